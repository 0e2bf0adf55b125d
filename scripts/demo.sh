#!/usr/bin/env bash
# The demo municipality on a machine that has nothing yet: set-up, data the first time, then the server.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/setup.sh
export PORT=${PORT:-8000}
exec .venv/bin/python manage.py demo "$@"
