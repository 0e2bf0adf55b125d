#!/usr/bin/env bash
# Makes .venv from requirements.lock, with the system libraries it leans on. Does nothing when nothing changed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh
PYTHON=${PYTHON:-python3}

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed, and '$PYTHON' is not it. Name another: make PYTHON=/path/to/python3 …" >&2
    exit 1
fi
need_packages "for documents" "${PDF_PACKAGES[@]}"

has_uv() { uv --version >/dev/null 2>&1; }

make_venv() {
    if has_uv && uv venv --quiet --clear --python "$(command -v "$PYTHON")" .venv; then return; fi
    "$PYTHON" -c 'import ensurepip' 2>/dev/null || need_packages "for .venv" python3-venv
    "$PYTHON" -m venv --clear .venv
}

install_lock() {
    if has_uv && uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock; then return; fi
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
}

stamp=.venv/.lock-installed
wanted="$(sha256sum <requirements.lock) $(.venv/bin/python -V 2>/dev/null || true)"
if ! .venv/bin/python -c '' 2>/dev/null || [ "$(cat $stamp 2>/dev/null)" != "$wanted" ]; then
    started=$SECONDS
    echo "Installing Python packages into .venv …"
    .venv/bin/python -c '' 2>/dev/null || make_venv
    install_lock
    echo "$(sha256sum <requirements.lock) $(.venv/bin/python -V)" >$stamp
    echo "Installed in $((SECONDS - started)) s."
fi
.venv/bin/python scripts/compile_messages.py
