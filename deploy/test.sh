#!/usr/bin/env bash
# Sets up what is missing and runs every test but the long ones of deploy/faults.sh. The last line is 'N passed, N failed', with ', N skipped' where tests were skipped.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT

"$root/deploy/setup.sh" --tests

# The lock of the other scripts: a service that starts meanwhile builds into the same folders. Build servers must not keep it.
build() (
    exec 9>"$root/.setup.lock"
    flock 9
    dotnet build "$root/Orleans.LipSync.sln" -c Release -v quiet --nologo -clp:NoSummary\;ErrorsOnly 9>&-
)
if ! build; then
    echo "The solution does not build."
    echo "0 passed, 1 failed"
    exit 1
fi

# Most processes here live for seconds: the profile that the compiler would gather costs them more than it gives.
export DOTNET_TieredPGO=0

# One project after the other: they share two cores and measure time-outs.
status=0
dotnet test "$root/Orleans.LipSync.sln" -c Release --no-build --nologo -m:1 -v quiet \
    --filter 'Set!=Long' --logger trx --logger 'console;verbosity=normal' --results-directory "$results" --blame-hang-timeout 5m \
    | tee "$results/output" || status=$?

# Once more, for whoever reads only the end.
if [ "$status" -ne 0 ]; then
    printf '\nWhat failed:\n'
    grep -E -A 15 '^ *Failed [A-Z]|[Tt]est host process crashed|Test Run Aborted' "$results/output" || true
fi

grep -ho '<Counters [^>]*>' "$results"/*.trx | awk -v status="$status" '
    function count(name) { match($0, " " name "=\"[0-9]+\""); return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) + 0 }
    { passed += count("passed"); failed += count("total") - count("passed") - (count("total") - count("executed")); skipped += count("total") - count("executed") }
    END {
        # A test host that crashed leaves no failed test behind: it counts as one.
        if (status != 0 && failed == 0) failed = 1
        printf "%d passed, %d failed%s\n", passed, failed, skipped ? ", " skipped " skipped" : ""
        exit failed > 0 || passed == 0
    }'
