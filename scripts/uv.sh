#!/bin/sh
# Print the path of a recent enough uv: the one on PATH, or one installed by pip into .tools.
set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
OLDEST=0.9 # the build backend that pyproject.toml asks for

recent() {
    found=$("$1" --version 2>/dev/null | awk '{print $2}')
    [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$OLDEST" "$found" | sort -V | head -n 1)" = "$OLDEST" ]
}

for candidate in uv .tools/bin/uv; do
    if command -v "$candidate" >/dev/null 2>&1 && recent "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done

echo "Installing uv into .tools…" >&2
if ! "$PYTHON" -m venv .tools >/dev/null 2>&1; then
    echo "python3 cannot make a virtual environment (Debian, Ubuntu: apt-get install python3-venv). Then run make again." >&2
    exit 1
fi
.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=$OLDEST" >&2
echo .tools/bin/uv
