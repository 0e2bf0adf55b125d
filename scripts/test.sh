#!/usr/bin/env bash
# The whole suite: on SQLite, on a PostgreSQL it starts itself, and in a browser. Ends with pytest's own closing lines.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/postgres.sh
bash scripts/setup.sh || exit 1
need_packages "for the tests" postgresql poppler-utils chromium gettext

out=$(mktemp -d)
failed=0
closing=()

# run NAME ARGUMENT… – one pytest run; 5 (nothing collected) is a failure, since each run must have tests.
run() {
    local name=$1 code
    shift
    printf '\n== %s\n' "$name"
    .venv/bin/python -m pytest "$@" 2>&1 | tee "$out/log"
    code=${PIPESTATUS[0]}
    [ "$code" -eq 0 ] || failed=1
    closing+=("$name: $(grep -E '^=+ .* in [0-9.]+s.* =+$|^[0-9]+ (passed|failed).* in [0-9.]+s' "$out/log" | tail -n 1)")
}

workers=${WORKERS:-2}
run "SQLite" -n "$workers" --ignore=tests/browser "$@"
start_postgres
# What is said about the source is the same whatever the database.
DATABASE_URL=$POSTGRES_URL run "PostgreSQL" -n "$workers" --ignore=tests/browser --ignore=tests/architecture "$@"
run "Browser" -n 0 tests/browser "$@"

printf '\n'
printf '%s\n' "${closing[@]}"
rm -rf "$out"
exit $failed
