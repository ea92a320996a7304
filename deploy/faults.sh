#!/usr/bin/env bash
# Runs the long fault tests, about half an hour: kill -9 at every named point of a job, ten minutes of chaos over 200 jobs, a database
# that stands still. The short ones are part of deploy/test.sh.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
"$root/deploy/setup.sh" --tests
exec dotnet test "$root/tests/Cluster.Tests/Cluster.Tests.csproj" -c Release --nologo --filter 'Set=Long' --logger 'console;verbosity=normal' "$@"
