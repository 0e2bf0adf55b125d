#!/usr/bin/env bash
# The demo municipality on a machine that has nothing yet: set-up, data the first time, then the server.
set -euo pipefail
cd "$(dirname "$0")/.."
bash scripts/setup.sh
export PORT=${PORT:-8000}
# Links in the mails that the demo begins with lead here.
export BASE_URL=${BASE_URL:-http://127.0.0.1:$PORT}
exec .venv/bin/python manage.py demo "$@"
