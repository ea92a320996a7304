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
LIPSYNC_API_KEY="$(cat "$data/dev-api-key")" "$root/deploy/lipsync" --url "$url" generate "$visual" "$speech" --output "$output" --contact-sheet "$output.png"
