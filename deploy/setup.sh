#!/usr/bin/env bash
# Installs what the service needs and this machine lacks, with --cluster also what deploy/cluster.sh needs, with --tests what the
# tests need, and that too.
# Safe to run again: it then does nothing and takes no time.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

# ldconfig is in no ordinary user's PATH. Not grep -q: it would end the pipe early, and pipefail calls that a failure.
has_library() { PATH="$PATH:/usr/sbin:/sbin" ldconfig -p | grep -F "$1" >/dev/null; }

[ "$(uname -sm)" = "Linux x86_64" ] || fail "this is $(uname -sm); the native libraries are restored for Linux on x86-64 only."

missing=()
need_command() { command -v "$1" >/dev/null 2>&1 || missing+=("$2"); }
need_command ffmpeg ffmpeg          # reads and writes all media, as a separate process
need_command ffprobe ffmpeg
need_command espeak-ng espeak-ng    # speaks the demo's text, as a separate process
need_command prlimit util-linux     # limits what a hostile file can use
need_command setpriv util-linux     # ends ffmpeg when the service dies
need_command bwrap bubblewrap      # keeps ffmpeg away from files and network that are not its input
need_command curl curl              # the demo is a client like any other
need_command jq jq
need_command npm npm                # restores the face models, pinned by hash
case "${1:-}" in
    "") cluster="" ;;
    --cluster | --tests) cluster=yes ;;
    *) fail "unknown option '$1'. There are --cluster and --tests." ;;
esac
if [ -n "$cluster" ]; then
    need_command node nodejs              # runs the S3 server, and the client samples of the tests
    # Debian keeps the server's programs out of the PATH. Servers of our own are started, as the user postgres where we are root.
    command -v initdb >/dev/null 2>&1 || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
fi
if [ "${1:-}" = --tests ]; then
    need_command git git                  # the tests of the architecture list the files
    python3 -c 'import requests' 2>/dev/null || missing+=(python3 python3-requests)
fi
has_library libgtk-3.so.0 || missing+=(libgtk-3-0)   # OpenCV's native library is linked against these two
has_library libatomic.so.1 || missing+=(libatomic1)

dotnet --list-sdks 2>/dev/null | grep '^10\.' >/dev/null || missing+=(dotnet-sdk-10.0)

if [ ${#missing[@]} -gt 0 ]; then
    mapfile -t packages < <(printf '%s\n' "${missing[@]}" | sort -u)
    command -v apt-get >/dev/null 2>&1 || fail "missing: ${packages[*]}. Install them with this system's package manager and run this again."
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || fail "missing: ${packages[*]}. Install them as root and run this again."
        as_root=(sudo)
    fi
    say "installing ${packages[*]}"
    "${as_root[@]}" apt-get update -qq
    if [[ " ${packages[*]} " == *" dotnet-sdk-10.0 "* ]] && ! apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then
        fail "the .NET 10 SDK is missing, and this system's packages don't offer it. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
    fi
    # env, because sudo keeps no variable of ours.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# One at a time: two scripts started together would restore into the same folder.
exec 9>"$root/.setup.lock"
flock 9
restore() { # <folder> <what it is>
    if ! cmp -s "$1/package-lock.json" "$1/node_modules/.restored-lock"; then
        say "restoring $2"
        npm ci --prefix "$1" --loglevel error --no-audit --no-fund >/dev/null 9>&-
        cp "$1/package-lock.json" "$1/node_modules/.restored-lock"
    fi
}
restore "$root/Inference/Models" "the face models"
[ -z "$cluster" ] || restore "$root/deploy/s3" "the S3 server"
[ "${1:-}" != --tests ] || restore "$root/tests/Clients" "the generator of the TypeScript client"
