#!/usr/bin/env bash
# Lip-syncs one video or portrait:  deploy/demo.sh [video-or-image] [audio-or-text] [output.mp4]
# Without arguments a portrait speaks a sentence. Starts the service if none runs at LIPSYNC_URL, and then stops it at the end.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
url="${LIPSYNC_URL:-http://localhost:8080}"
url="${url%/}"
data="${LIPSYNC_DATA:-$root/.lipsync}"
visual="${1:-$root/deploy/sample/astronaut.jpg}"
speech="${2:-Hello. I am a photograph, and this is the first time that I have ever spoken.}"
output="${3:-lipsync-demo.mp4}"

fail() { printf '%s\n' "$*" >&2; exit 1; }

[ -f "$visual" ] || fail "There is no file '$visual'. Give a video or a picture of a person as the first argument."
"$root/deploy/setup.sh"

work="$(mktemp -d)"
service=""
cleanup() {
    if [ -n "$service" ]; then
        kill -TERM "$service" 2>/dev/null || true
        wait "$service" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap cleanup EXIT

if [ ! -f "$speech" ]; then
    case "$speech" in
        *.wav | *.mp3 | *.flac | *.m4a | *.aac | *.ogg | *.opus | *.mp4) fail "There is no file '$speech'." ;;
    esac
    printf '%s\n' "$speech" | espeak-ng -v en-us -s 150 -w "$work/speech.wav"
    speech="$work/speech.wav"
fi

if ! curl -sf -o /dev/null --max-time 2 "$url/health/ready"; then
    mkdir -p "$data"
    echo "Starting the service at $url (its log: $data/service.log)"
    "$root/deploy/run.sh" >"$data/service.log" 2>&1 &
    service=$!
    until curl -sf -o /dev/null --max-time 2 "$url/health/ready"; do
        kill -0 "$service" 2>/dev/null || { service=""; tail -n 20 "$data/service.log" >&2; fail "The service did not start."; }
        sleep 0.5
    done
fi

[ -f "$data/dev-api-key" ] || fail "A service answers at $url, but its key is not in $data. Set LIPSYNC_DATA to the service's data folder."
key="$(cat "$data/dev-api-key")"

# Prints the 'data' of an answer, or the reason of a refusal. The key goes through a file: a command line can be read by others.
printf 'X-API-Key: %s\n' "$key" >"$work/headers"
call() {
    local answer
    answer="$(curl -sS -H "@$work/headers" "$@")" || fail "The service at $url does not answer."
    [ "$(jq -r '.success' <<<"$answer")" = true ] || fail "$(jq -r '"\(.error) (\(.code))"' <<<"$answer")"
    jq -c '.data' <<<"$answer"
}
# curl reads ';' and ',' in a file name as its own; a link with a plain name has none.
upload() {
    ln -s "$(realpath "$1")" "$work/$2"
    call -F "file=@$work/$2" "$url/api/v1/uploads" | jq -r '.url'
}

case "$(tr '[:upper:]' '[:lower:]' <<<"${visual##*.}")" in
    png | jpg | jpeg | webp | bmp) field=imageUrl ;;
    *) field=videoUrl ;;
esac
visual_url="$(upload "$visual" visual)"
speech_url="$(upload "$speech" speech)"
request="$(jq -n --arg field "$field" --arg visual "$visual_url" --arg speech "$speech_url" '{($field): $visual, audioUrl: $speech}')"
job="$(call -H 'Content-Type: application/json' -d "$request" "$url/api/v1/lipsync/generate" | jq -r '.jobId')"
echo "Job $job"

bar() {
    local filled=$(($1 * 40 / 100))
    printf '\r[%-40s] %3d%%  %-10s' "$(printf '%*s' "$filled" '' | tr ' ' '#')" "$1" "$2"
}
while :; do
    state="$(call "$url/api/v1/lipsync/status/$job")"
    status="$(jq -r '.status' <<<"$state")"
    bar "$(jq -r '.progress' <<<"$state")" "$(jq -r '.stage // .status' <<<"$state")"
    case "$status" in
        completed) break ;;
        failed | cancelled) echo; fail "The job $status: $(jq -r '.error.message' <<<"$state") ($(jq -r '.error.code' <<<"$state"))" ;;
    esac
    sleep 1
done
echo
curl -sSf -o "$output" "$(jq -r '.outputUrl' <<<"$state")"
jq -r --arg output "$output" \
    '"Saved \($output): \(.report.width)x\(.report.height), \(.report.duration) s, made in \(.processingTime) s. Cost: \(.creditsUsed) credit(s)."' <<<"$state"
sheet="$(jq -r '.report.contactSheetUrl // empty' <<<"$state")"
[ -z "$sheet" ] || curl -sSf -o "$output.png" "$sheet"
jq -r --arg sheet "$output.png" '.report
    | (select(.opening) | "The mouth follows the plan with r = \(.opening.r); \(.closures.achieved) of \(.closures.checked) closed lips that were checked are closed. Contact sheet: \($sheet)"),
      (.warnings[]? | "Mind: \(.)")' <<<"$state"
