#!/usr/bin/env bash
# Builds the service, or with 'cli' the command-line client, if a source is newer than the last build. Prints the path of the program.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
case "${1:-}" in
    "") project=Silo program=LipSync.Silo.dll sources=("$root") other="$root/deploy/cli" ;;
    cli) project=deploy/cli program=lipsync.dll sources=("$root/deploy/cli" "$root"/Directory.*.props) other="" ;;
    *) echo "build.sh: unknown '$1'; there is 'cli'." >&2; exit 2 ;;
esac
program="$root/$project/bin/Release/net10.0/$program"
stamp="$root/$project/obj/built"

exec 9>"$root/.setup.lock"
flock 9
changed() {
    [ ! -f "$program" ] || [ ! -f "$stamp" ] || [ -n "$(find "${sources[@]}" \
        \( -name bin -o -name obj -o -name node_modules -o -name tests -o -name '.?*' -o -path "$other" \) -prune -o \
        \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.sql' -o -name '*.json' \) -newer "$stamp" -print -quit)" ]
}
if changed; then
    echo "building" >&2
    mkdir -p "$root/$project/obj"
    touch "$stamp.begun"
    # 9>&-: the build servers that stay behind must not keep the lock.
    dotnet build "$root/$project" -c Release -v quiet --nologo -clp:NoSummary\;ErrorsOnly >&2 9>&-
    mv "$stamp.begun" "$stamp"
fi
printf '%s\n' "$program"
