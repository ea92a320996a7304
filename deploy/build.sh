#!/usr/bin/env bash
# Builds the service if a source is newer than the last build. Prints the path of the program.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
program="$root/Silo/bin/Release/net10.0/LipSync.Silo.dll"
stamp="$root/Silo/obj/built"

exec 9>"$root/.setup.lock"
flock 9
changed() {
    [ ! -f "$program" ] || [ ! -f "$stamp" ] || [ -n "$(find "$root" -mindepth 1 \
        \( -name bin -o -name obj -o -name node_modules -o -name tests -o -name '.*' \) -prune -o \
        \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.sql' -o -name '*.json' \) -newer "$stamp" -print -quit)" ]
}
if changed; then
    echo "building" >&2
    mkdir -p "$root/Silo/obj"
    touch "$stamp.begun"
    # 9>&-: the build servers that stay behind must not keep the lock.
    dotnet build "$root/Silo/Silo.csproj" -c Release -v quiet --nologo -clp:NoSummary\;ErrorsOnly >&2 9>&-
    mv "$stamp.begun" "$stamp"
fi
printf '%s\n' "$program"
