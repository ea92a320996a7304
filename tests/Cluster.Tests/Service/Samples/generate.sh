#!/usr/bin/env bash
# The curl sample of LipSync.dev's documentation: host and key are the only differences.
set -euo pipefail
host="$1" api_key="$2" video_url="$3" audio_url="$4"

job_id="$(curl -sSf -X POST "$host/api/v1/lipsync/generate" \
  -H "X-API-Key: $api_key" -H "Content-Type: application/json" \
  -d "{\"videoUrl\": \"$video_url\", \"audioUrl\": \"$audio_url\", \"settings\": {\"resolution\": \"480p\", \"fps\": 25}}" | jq -r .data.jobId)"

while :; do
  job="$(curl -sSf "$host/api/v1/lipsync/status/$job_id" -H "X-API-Key: $api_key")"
  case "$(jq -r .data.status <<<"$job")" in queued | processing) sleep 0.5 ;; *) break ;; esac
done
jq -c '{status: .data.status, outputUrl: .data.outputUrl}' <<<"$job"
