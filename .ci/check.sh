#!/bin/sh
# The one list of checks; run it by hand or through .ci/run. Fails when any of them fails.
set -u
cd "$(dirname "$0")/.." || exit 1
failed=""

check() {
    echo "== $*"
    "$@" </dev/null || failed="$failed
  $*"
}

# Addresses that nothing connects to: the type checker only reads the settings. No cache: it does
# not notice that a table has joined the app.
types() {
    ICESHOP_ENV=test DATABASE_URL=postgresql:///types REDIS_URL=redis://types \
        .venv/bin/python -m mypy --cache-dir=/dev/null
}

# Django's own checks, on servers that are thrown away.
django() {
    .venv/bin/python -m iceshop.embedded.throwaway .venv/bin/python manage.py "$@"
}

ICESHOP_DATA=$(mktemp -d)
export ICESHOP_DATA
trap 'rm -rf "$ICESHOP_DATA"' EXIT

check .venv/bin/python -m ruff check --output-format concise .
check .venv/bin/python -m ruff format --check .
check types
check .venv/bin/lint-imports --no-cache
check django makemigrations --check --dry-run
check django check --fail-level WARNING

[ -z "$failed" ] || { echo "Failed:$failed" >&2; exit 1; }
