#!/usr/bin/env bash
# Collects message ids into locale/da. No line numbers and no wrapping, so that a diff shows texts only.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
need_packages "to collect messages" gettext
CABI_MODE=test "${MESSAGES_PYTHON:-.venv/bin/python}" manage.py makemessages --locale da --no-obsolete \
    --no-location --no-wrap --ignore '.venv/*' --ignore 'tests/*' --ignore 'data/*' --verbosity 0
