#!/usr/bin/env bash
# Sets up what is missing, builds, and runs the whole service in one process until SIGTERM or Ctrl-C.
#   LIPSYNC_URL   where it listens         (default http://localhost:8080)
#   LIPSYNC_DATA  where it keeps its data  (default .lipsync in this checkout)
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
url="${LIPSYNC_URL:-http://localhost:8080}"
url="${url%/}"
data="${LIPSYNC_DATA:-$root/.lipsync}"

"$root/deploy/setup.sh"

# Before the build, which would replace the program under a running service.
if curl -s -o /dev/null --max-time 2 "$url/health/live"; then
    echo "A service already answers at $url. Stop it, or choose another address with LIPSYNC_URL." >&2
    exit 1
fi

program="$("$root/deploy/build.sh")"
mkdir -p "$data"
data="$(cd "$data" && pwd)"
export ASPNETCORE_URLS="$url" LipSync__Data__Folder="$data"
# Native memory: by default every thread gets a heap of its own, which keeps what it once needed.
export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
# Prints 'LipSync ready at <url>' when it serves.
exec dotnet "$program"
