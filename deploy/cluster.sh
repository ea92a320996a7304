#!/usr/bin/env bash
# A whole cluster on this machine, every part a process of its own: PostgreSQL, an S3 server, gateways, control silos, GPU silos.
#   deploy/cluster.sh up [GPU-SILOS]          starts what does not run; a new cluster has two of each, a GPU silo has one CPU slot
#   deploy/cluster.sh status                  processes, silos and their slots
#   deploy/cluster.sh add-silo [gpu|control]  one silo more (default gpu)
#   deploy/cluster.sh drain-silo NAME         stops a silo through the admin API: its work is finished or handed back
#   deploy/cluster.sh kill-silo NAME          kill -9 of any process that status names
#   deploy/cluster.sh start NAME              starts a process again
#   deploy/cluster.sh roll                    restarts all silos and gateways, one after the other, while the others serve
#   deploy/cluster.sh logs NAME [OPTIONS]     the end of a log; OPTIONS are tail's, such as -f
#   deploy/cluster.sh down                    stops everything; jobs, credits and media stay
# LIPSYNC_DATA  where data, logs, keys and passwords lie (default .lipsync/cluster in this checkout)
# LIPSYNC_PORT  the first port (default 8080): gateways have it and the next, PostgreSQL + 2, the S3 server + 3,
#               silos + 100 to + 599. All listen on the loopback interface only.
# The first start opens the account 'dev' and writes its key and the operator's. Then, for example:
#   LIPSYNC_DATA=.lipsync/cluster deploy/demo.sh
set -euo pipefail
export LC_ALL=C.UTF-8
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
data="${LIPSYNC_DATA:-$root/.lipsync/cluster}"
start_limit=120 # seconds until a process is ready
stop_limit=100  # seconds until a process that was told to stop is gone; silos need 60 at most

fail() { printf '%s\n' "$*" >&2; exit 1; }
usage() { sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; }
seconds_since() { # <microseconds of the epoch>
    local tenths=$(((${EPOCHREALTIME/./} - $1) / 100000))
    printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# Names are postgres, s3, control-N, gpu-N and gateway-N. Each has a file run/NAME: empty, or its process's id and start time,
# because ids are used again.
members() { # [kind]...: names, in the order in which they start
    [ $# -gt 0 ] || set -- postgres s3 control gpu gateway
    local kind file
    for kind in "$@"; do
        for file in "$data/run/$kind" "$data/run/$kind"-*; do
            [ ! -f "$file" ] || printf '%s\n' "${file##*/}"
        done | sort -V
    done
}

require_cluster() { [ -d "$data/run" ] || fail "There is no cluster in '$data'. Start one with: deploy/cluster.sh up"; }

require_member() {
    require_cluster
    [ -n "$1" ] || fail "Which process? This cluster has: $(members | paste -sd ' ')"
    members | grep -Fx -e "$1" >/dev/null || fail "This cluster has no process '$1'. It has: $(members | paste -sd ' ')"
}

# <pid>: sets fields to what the kernel tells after the program's name; 0 is the state, 19 the start time.
read_process() {
    local line=""
    read -r line 2>/dev/null <"/proc/$1/stat" || true
    read -ra fields <<<"${line##*) }"
}

# <name>: sets state to up, frozen or down, and pid, which is empty where it is down.
look() {
    local started="" fields=()
    pid="" state=down
    read -r pid started 2>/dev/null <"$data/run/$1" || true
    [ -z "$pid" ] || read_process "$pid"
    case "${fields[0]:-X}:${fields[19]:-}" in
        [ZX]:*) pid="" ;;
        [Tt]:"$started") state=frozen ;;
        *:"$started") state=up ;;
        *) pid="" ;;
    esac
}
is_down() { look "$1"; [ "$state" = down ]; }

service_runs() {
    local name
    for name in $(members control gpu gateway); do
        is_down "$name" || return 0
    done
    return 1
}

port_of() { # <name>: where it serves, or tells its health
    case "$1" in
        gateway-*) echo $((port + ${1#*-} - 1)) ;;
        postgres) echo $((port + 2)) ;;
        s3) echo $((port + 3)) ;;
        control-*) echo $((port + 100 + ${1#*-})) ;;
        gpu-*) echo $((port + 200 + ${1#*-})) ;;
    esac
}
silo_ports_of() { # <name>: where other silos and gateways connect
    case "$1" in
        control-*) echo $((port + 300 + ${1#*-})) $((port + 400 + ${1#*-})) ;;
        gpu-*) echo $((port + 500 + ${1#*-})) ;;
    esac
}
is_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# --- Starting

random_hex() { od -An -v -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }

# Sets port, programs, and the passwords; makes what is not there yet.
prepare() {
    [ ! -e "$data/lipsync.db" ] || fail "'$data' is the data folder of a service in one process. Choose another with LIPSYNC_DATA."
    mkdir -p "$data/run" "$data/logs"
    data="$(cd "$data" && pwd)"
    load_port
    if [ ! -f "$data/secrets" ]; then
        (
            umask 077
            for name in superuser_password owner_password service_password s3_secret; do
                printf '%s=%s\n' "$name" "$(random_hex 24)"
            done >"$data/secrets.new"
            random_hex 32 >"$data/admin-key"
            mv "$data/secrets.new" "$data/secrets"
        )
    fi
    # shellcheck source=/dev/null
    source "$data/secrets"

    # Debian keeps the server's programs out of the PATH, a folder for each version.
    programs="$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1 | grep . || command -v initdb)")"
    # It refuses to run as root.
    as_server=()
    [ "$(id -u)" -ne 0 ] || as_server=(setpriv --reuid=postgres --regid=postgres --init-groups)
}

# The port is remembered: later calls find the cluster without LIPSYNC_PORT.
load_port() {
    local remembered=""
    read -r remembered 2>/dev/null <"$data/port" || true
    port="${LIPSYNC_PORT:-${remembered:-8080}}"
    [[ "$port" =~ ^[0-9]{4,5}$ ]] && [ "$port" -ge 1024 ] && [ "$port" -le 64900 ] || fail "LIPSYNC_PORT is '$port'. It must be a number from 1024 to 64900."
    if [ "$port" != "${remembered:-$port}" ]; then
        local name
        for name in $(members); do
            is_down "$name" || fail "This cluster runs at port $remembered. Stop it with 'down' before you start it at port $port."
        done
    fi
    [ ! -d "$data/run" ] || printf '%s\n' "$port" >"$data/port"
}

# One caller at a time changes who runs. Must be called before anything is started.
lock() {
    exec 8>"$data/lock"
    flock -n 8 || { echo "Another cluster.sh is at work; waiting for it."; flock 8; }
}

create_database() {
    [ ! -d "$data/postgres" ] || return 0
    echo "creating the database"
    rm -rf "$data/postgres.new"
    install -d -m 700 "$data/postgres.new"
    (umask 077; printf '%s\n' "$superuser_password" >"$data/superuser-password")
    [ ${#as_server[@]} -eq 0 ] || chown postgres:postgres "$data/postgres.new" "$data/superuser-password"
    (cd / && "${as_server[@]}" test -w "$data/postgres.new") ||
        fail "PostgreSQL runs as the user 'postgres', who can't reach '$data'. Choose another folder with LIPSYNC_DATA."
    (cd / && "${as_server[@]}" "$programs/initdb" -D "$data/postgres.new" -U postgres -A scram-sha-256 --pwfile "$data/superuser-password" \
        -E UTF8 --locale=C.UTF-8 >"$data/logs/initdb.log" 2>&1) || { tail -n 20 "$data/logs/initdb.log" >&2; fail "The database could not be created."; }
    rm "$data/superuser-password"
    mv "$data/postgres.new" "$data/postgres"
}

# A copy, of which every process is until all are down: a build would change the files under those that run. The gateway's program lies
# beside the silo's, which can host it.
install_program() {
    local built
    # 8>&-: the build servers that stay behind must not keep the lock.
    built="$("$root/deploy/build.sh" 8>&-)"
    rm -rf "$data/program"
    cp -R "$(dirname "$built")" "$data/program"
}

# The roles that the head of deploy/sql/migrate asks for, then the schema.
migrate() {
    PGPASSWORD="$superuser_password" "$programs/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(port_of postgres)" -U postgres postgres <<EOF
SELECT 'CREATE ROLE lipsync_app NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lipsync_app') \gexec
SELECT 'CREATE ROLE lipsync LOGIN IN ROLE lipsync_app' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lipsync') \gexec
SELECT 'CREATE ROLE lipsync_owner LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lipsync_owner') \gexec
ALTER ROLE lipsync PASSWORD '$service_password';
ALTER ROLE lipsync_owner PASSWORD '$owner_password';
SELECT 'CREATE DATABASE lipsync OWNER lipsync_owner' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'lipsync') \gexec
EOF
    LipSync__Database__MigrationConnectionString="$(database_as lipsync_owner "$owner_password")" "$root/deploy/sql/migrate"
}
database_as() { printf 'Host=127.0.0.1;Port=%s;Database=lipsync;Username=%s;Password=%s' "$(port_of postgres)" "$1" "$2"; }

# <name> <command>...: in a session of its own, which outlives this one.
launch() {
    local name="$1" fields=()
    shift
    (
        exec 8>&- </dev/null >>"$data/logs/$name.log" 2>&1
        cd /
        exec setsid "$@"
    ) &
    read_process $!
    printf '%s %s\n' $! "${fields[19]:-}" >"$data/run/$name"
}

# <name>: a killed process keeps its id until its parent has noticed, and PostgreSQL takes it for a server that runs.
await_burial() {
    local old="" tries fields=(Z)
    read -r old _ <"$data/run/$1" || return 0
    for ((tries = 100; tries > 0; tries--)); do
        read_process "$old"
        [ "${fields[0]:-}" = Z ] || return 0
        sleep 0.1
    done
}

# <name>: starts it where it does not run.
begin() {
    local number name="$1"
    is_down "$name" || return 0
    for number in $(port_of "$name") $(silo_ports_of "$name"); do
        ! is_open "$number" || fail "Port $number, which $name needs, is in use by another program. Choose other ports with LIPSYNC_PORT."
    done
    case "$name" in
        postgres)
            await_burial postgres
            launch postgres "${as_server[@]}" "$programs/postgres" -D "$data/postgres" -h 127.0.0.1 -p "$(port_of postgres)" -k '' -c max_connections=300
            ;;
        s3)
            S3_ACCESS_KEY=lipsync S3_SECRET_KEY="$s3_secret" \
                launch s3 node --openssl-legacy-provider "$root/deploy/s3/server.js" "$data/s3" "$(port_of s3)" lipsync
            ;;
        *) (begin_service "$name") ;;
    esac
}

begin_service() { # <name>
    local ports program=Silo
    # Native memory: by default every thread gets a heap of its own, which keeps what it once needed.
    export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX:-2}"
    export ASPNETCORE_URLS="http://localhost:$(port_of "$1")"
    export LipSync__Database__ConnectionString="$(database_as lipsync "$service_password")"
    export LipSync__Media__Store=S3 LipSync__Media__S3__Bucket=lipsync LipSync__Media__S3__CacheFolder="$data/local/$1/cache"
    export LipSync__Media__S3__ServiceUrl="http://127.0.0.1:$(port_of s3)" LipSync__Media__S3__AccessKey=lipsync LipSync__Media__S3__SecretKey="$s3_secret"
    read -ra ports < <(silo_ports_of "$1") || true
    case "$1" in
        gateway-*)
            program=Gateway
            export LipSync__Admin__Key="$(<"$data/admin-key")"
            ;;
        control-*) export LipSync__Silo__Role=Control LipSync__Cluster__GatewayPort="${ports[1]}" ;;
        # A GPU of this machine would be used by each of them at once.
        gpu-*) export LipSync__Silo__Role=Gpu LipSync__Slots__CpuSlots=1 LipSync__Slots__DiscoverGpus=false ;;
    esac
    if [ $program = Silo ]; then
        export LipSync__Slots__Worker="$1" LipSync__Slots__ScratchFolder="$data/local/$1/scratch"
        export LipSync__Cluster__SiloPort="${ports[0]}" LipSync__Cluster__AdvertisedAddress=127.0.0.1
    fi
    launch "$1" dotnet "$data/program/LipSync.$program.dll"
}

is_ready() { # <name>
    case "$1" in
        postgres) "$programs/pg_isready" -q -h 127.0.0.1 -p "$(port_of postgres)" ;;
        s3) is_open "$(port_of s3)" ;;
        *) curl -sf -o /dev/null --max-time 2 "http://localhost:$(port_of "$1")/health/ready" ;;
    esac
}

start_all() { # <name>...: all at once, and waits until they are ready
    local name begun="${EPOCHREALTIME/./}"
    for name in "$@"; do
        begin "$name"
    done
    for name in "$@"; do
        printf '%-10s ' "$name"
        until is_ready "$name"; do
            if is_down "$name"; then
                echo "ended. The end of its log:"
                tail -n 15 "$data/logs/$name.log" >&2
                fail "$name did not start. Its log: $data/logs/$name.log"
            fi
            [ "$((${EPOCHREALTIME/./} - begun))" -lt "${start_limit}000000" ] ||
                fail "is not ready after $start_limit s. Its log: $data/logs/$name.log"
            sleep 0.2
        done
        echo "ready after $(seconds_since "$begun")"
    done
}

# Once, the account to begin with.
open_account() {
    [ ! -s "$data/dev-api-key" ] || return 0
    local key
    key="$(admin POST accounts '{"accountId":"dev","plan":"pro","credits":1000}' | jq -r '.key')"
    (umask 077; printf '%s\n' "$key" >"$data/dev-api-key.new")
    mv "$data/dev-api-key.new" "$data/dev-api-key"
}

# --- The admin API

admin() { # <method> <path> [JSON]: prints the answer's data
    local name answer body=()
    [ $# -lt 3 ] || body=(-H 'Content-Type: application/json' -d "$3")
    for name in $(members gateway); do
        answer="$(curl -s --max-time 15 -X "$1" -H @<(printf 'X-Admin-Key: %s\n' "$(<"$data/admin-key")") "${body[@]}" \
            "http://localhost:$(port_of "$name")/api/v1/admin/$2")" || continue
        case "$(jq -r '.code // .success' <<<"$answer")" in
            true) jq -c '.data' <<<"$answer"; return ;;
            temporarily_unavailable) ;;
            *) fail "$name refuses: $(jq -r '.error' <<<"$answer")" ;;
        esac
    done
    fail "No gateway gives an answer of the cluster. 'status' shows what runs, 'up' starts what does not."
}

# --- Stopping

signal() { # <signal> <name>
    is_down "$2" || kill "-$1" "$pid" 2>/dev/null || true
}

await_end() { # <name>
    local begun="${EPOCHREALTIME/./}"
    until is_down "$1"; do
        [ "$((${EPOCHREALTIME/./} - begun))" -lt "${stop_limit}000000" ] || return 1
        sleep 0.1
    done
}

stop_all() { # <name>...
    local name running=()
    for name in "$@"; do
        is_down "$name" || running+=("$name")
    done
    for name in "${running[@]}"; do
        # To PostgreSQL TERM means: when the last client has gone.
        [ "$name" = postgres ] && signal INT "$name" || signal TERM "$name"
        signal CONT "$name" # it may be frozen
    done
    for name in "${running[@]}"; do
        printf '%-10s ' "$name"
        if await_end "$name"; then
            echo "stopped"
        else
            signal KILL "$name"
            await_end "$name" || fail "can't be ended, not by kill -9 either."
            echo "killed: it did not stop within $stop_limit s"
        fi
    done
}

drain() { # <name>
    local begun="${EPOCHREALTIME/./}"
    case "$1" in
        gateway-*) signal TERM "$1" ;; # it is no silo, and has no work to drain but requests
        *) admin POST "silos/$1/drain" >/dev/null ;;
    esac
    printf '%-10s drains ' "$1"
    await_end "$1" || fail "and has not ended after $stop_limit s. Its log: $data/logs/$1.log"
    echo "and has ended after $(seconds_since "$begun")"
}

# --- What a caller may ask for

up() { # [number of GPU silos]
    local name number missing=() gpus="${1:-}"
    [[ "$gpus" =~ ^([1-9][0-9]?)?$ ]] || fail "'$gpus' is no number of GPU silos. It must be from 1 to 99."
    "$root/deploy/setup.sh" --cluster
    prepare
    lock
    : "${gpus:=$([ -n "$(members gpu)" ] || echo 2)}"
    for name in $(members gpu); do
        # Those beyond the number that was asked for; what runs is drained, not left out.
        [ -z "$gpus" ] || [ "${name#*-}" -le "$gpus" ] || ! is_down "$name" || rm "$data/run/$name"
    done
    for name in postgres s3 gateway-1 gateway-2 control-1 control-2 $(seq -f 'gpu-%.0f' 1 "${gpus:-0}"); do
        [ -f "$data/run/$name" ] || : >"$data/run/$name"
    done
    for name in $(members); do
        ! is_down "$name" || missing+=("$name")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        echo "Everything runs."
    else
        create_database
        start_all postgres s3
        service_runs || { install_program; migrate; }
        # Who comes before there are jobs to ask for, or silos to ask, would only log that it waits.
        start_all $(members control)
        start_all $(members gpu gateway)
    fi
    open_account
    printf '%s\n' "" "The cluster serves at http://localhost:$(port_of gateway-1) and http://localhost:$(port_of gateway-2)." \
        "Keys: $data/dev-api-key (account dev), $data/admin-key (operator)."
}

add_silo() { # [kind]
    local kind="${1:-gpu}" number=1
    case "$kind" in
        gpu | control) ;;
        *) fail "'$kind' is no kind of silo. There are gpu and control." ;;
    esac
    require_cluster
    prepare
    lock
    service_runs || fail "The cluster does not run. Start it with: deploy/cluster.sh up"
    while [ -f "$data/run/$kind-$number" ]; do
        number=$((number + 1))
    done
    [ "$number" -le 99 ] || fail "There are 99 silos of this kind already."
    : >"$data/run/$kind-$number"
    start_all "$kind-$number"
}

start() { # <name>
    require_member "$1"
    prepare
    lock
    look "$1"
    [ "$state" = down ] || fail "$1 is $state already, as process $pid."
    start_all "$1"
}

drain_silo() { # <name>
    require_member "$1"
    prepare
    case "$1" in
        gpu-* | control-*) ;;
        *) fail "$1 is no silo: it has no work to drain. 'kill-silo' ends any process, 'down' stops all." ;;
    esac
    ! is_down "$1" || fail "$1 does not run."
    drain "$1"
}

kill_silo() { # <name>
    require_member "$1"
    ! is_down "$1" || fail "$1 does not run."
    local killed="$pid"
    signal KILL "$1"
    await_end "$1" || fail "$1 (process $killed) can't be ended."
    echo "$1 (process $killed) is killed."
}

roll() {
    local name
    require_cluster
    prepare
    lock
    for name in $(members); do
        ! is_down "$name" || fail "$name does not run. Start everything with 'up' before you restart it."
    done
    for name in $(members gpu control gateway); do
        drain "$name"
        start_all "$name"
    done
}

logs() { # <name> [option of tail]...
    require_member "${1:-}"
    local name="$1"
    shift
    [ -f "$data/logs/$name.log" ] || fail "$name has not been started yet."
    tail -n 50 "$@" -- "$data/logs/$name.log"
}

down() {
    require_cluster
    lock
    if [ -z "$(for name in $(members); do is_down "$name" || echo "$name"; done)" ]; then
        echo "Nothing runs."
        return
    fi
    # Silos that do the work before those that it is reported to, and what both need at the end.
    stop_all $(members gateway gpu)
    stop_all $(members control)
    stop_all $(members s3 postgres)
}

role_of() { # <name>
    case "$1" in
        postgres) echo database ;;
        s3) echo media ;;
        *) echo "${1%-*}" ;;
    esac
}

status() {
    require_cluster
    prepare
    local name ready silos
    printf '%-11s %-9s %7s  %-7s %-6s %s\n' PROCESS ROLE PID STATE READY ADDRESS
    for name in $(members); do
        look "$name"
        ready=no
        [ "$state" != up ] || ! is_ready "$name" || ready=yes
        printf '%-11s %-9s %7s  %-7s %-6s %s\n' "$name" "$(role_of "$name")" "${pid:--}" "$state" "$ready" "localhost:$(port_of "$name")"
    done
    echo
    silos="$(admin GET silos)" || exit 1
    printf '%-11s %-12s %-8s %-9s %7s %6s %9s  %s\n' SILO STATE DEVICE SLOT FOR ITEMS FRAMES/S ITEM
    jq -r '.silos[]
        | . as $silo
        | (if .unreachable then "unreachable" elif .draining then "draining" else "active" end) as $state
        | ((.slots // []) | if length > 0 then .[] else {} end)
        | [$silo.worker, $state, .device // "-", .state // "-",
           (if .since then "\(now - (.since | sub("\\.[0-9]+"; "") | fromdate) | floor) s" else "-" end),
           .itemsDone // "-", .framesPerSecond // "-", .item // "-"] | @tsv' <<<"$silos" |
        while IFS=$'\t' read -r -a row; do
            printf '%-11s %-12s %-8s %-9s %7s %6s %9s  %s\n' "${row[@]}"
        done
}

case "${1:-}" in
    up) up "${2:-}" ;;
    status) status ;;
    add-silo) add_silo "${2:-}" ;;
    drain-silo) drain_silo "${2:-}" ;;
    kill-silo) kill_silo "${2:-}" ;;
    start) start "${2:-}" ;;
    roll) roll ;;
    logs) logs "${@:2}" ;;
    down) down ;;
    help | -h | --help) usage ;;
    "") usage >&2; exit 2 ;;
    *) usage >&2; fail "There is no '$1'." ;;
esac
