#!/bin/sh
# Put in .venv exactly what uv.lock says. Needs python3 >= 3.11 only; instant when nothing changed since last time.
set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
wanted=$(cksum pyproject.toml uv.lock)
if [ -x .venv/bin/python ] && [ "$(cat .venv/.ready 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

say() { printf '%s\n' "$*" >&2; }

if ! command -v "$PYTHON" >/dev/null 2>&1; then
    say "$PYTHON is not installed. Install Python 3.11 or newer, then run make again."
    exit 1
fi
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python 3.11 or newer is needed, and $PYTHON is $("$PYTHON" -V 2>&1)."
    say "Install a newer one beside it, then say which: PYTHON=python3.12 make …"
    exit 1
fi

# An absent or read-only home must not matter: caches then stay in the project.
if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    export UV_CACHE_DIR="${UV_CACHE_DIR:-$PWD/.tools/cache}" PIP_NO_CACHE_DIR=1
fi

uv=$(PYTHON="$PYTHON" sh scripts/uv.sh)
say "Installing what uv.lock says into .venv…"
UV_PYTHON_DOWNLOADS=never "$uv" sync --frozen --quiet --python "$(command -v "$PYTHON")"
printf '%s\n' "$wanted" >.venv/.ready
