#!/usr/bin/env bash
# Django's deployment check as in production; and without SECRET_KEY the start must be refused by name.
set -uo pipefail
cd "$(dirname "$0")/.."
export CABI_MODE=production DEBUG=False DATABASE_URL=postgres://cabi@127.0.0.1:5432/cabi
export ALLOWED_HOSTS=crm.example.dk BASE_URL=https://crm.example.dk EMAIL_URL=consolemail://
SECRET_KEY=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
    .venv/bin/python manage.py check --deploy --fail-level WARNING || exit 1

if refusal=$(SECRET_KEY='' .venv/bin/python manage.py check 2>&1); then
    echo "A start without SECRET_KEY was not refused."
    exit 1
fi
grep -q 'SECRET_KEY' <<<"$refusal" || { echo "The refusal does not name SECRET_KEY: $refusal"; exit 1; }
