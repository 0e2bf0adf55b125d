#!/usr/bin/env bash
# Everything that can be said about the code without running the suite. Runs all of it, then fails if any part did.
set -uo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
bash scripts/setup.sh || exit 1
need_packages "to check translations" gettext

failed=()
step() {
    local name=$1
    shift
    printf '%-14s' "$name"
    local started=$SECONDS log
    if log=$("$@" 2>&1); then
        echo "ok ($((SECONDS - started)) s)"
    else
        failed+=("$name")
        printf 'FAILED\n%s\n\n' "$log"
    fi
}

templates() { find templates cabi_crm -name '*.html' -print0 | xargs -0 -r "$@"; }
export CABI_MODE=test

step format .venv/bin/ruff format --check --quiet .
step lint .venv/bin/ruff check --quiet .
# djade alone: djangofmt stops at tags that open in one block and close in another, and at <{% if %}a{% else %}button{% endif %}>.
step templates templates .venv/bin/djade --check --target-version 5.2
step types .venv/bin/mypy
step architecture .venv/bin/lint-imports --no-logo
step migrations .venv/bin/python manage.py makemigrations --check --dry-run
step translations .venv/bin/python scripts/check_messages.py
step deployment bash scripts/check_deploy.sh
step words bash scripts/check_words.sh
step shell bash -n scripts/*.sh .ci/run

if [ ${#failed[@]} -gt 0 ]; then
    echo "make check failed: ${failed[*]}"
    exit 1
fi
echo "make check: all is well"
