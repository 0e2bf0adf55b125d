#!/usr/bin/env bash
# The benchmarks, on a PostgreSQL of its own and on SQLite.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
. scripts/postgres.sh
bash scripts/setup.sh
need_packages "for the benchmarks" postgresql
start_postgres
POSTGRES_URL=$POSTGRES_URL .venv/bin/python -m tests.benchmarks "$@"
