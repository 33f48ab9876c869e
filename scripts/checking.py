"""`make check` and `make fix`: every check is run and named, so that one fault never hides another."""

import subprocess
import sys
import time

PY = sys.executable

CHECKS = {
    "style": [PY, "-m", "ruff", "check", "."],
    "shape": [PY, "-m", "ruff", "format", "--check", "."],
    "types": [PY, "-m", "mypy"],
    "import contracts": ["lint-imports"],
    "templates": ["djlint", "--lint", "--quiet", "allervers"],
    "migrations": [PY, "manage.py", "makemigrations", "--check", "--dry-run"],
    "lock": ["sh", "-c", '"$(sh scripts/uv.sh)" lock --check'],
    "repository": [PY, "-m", "pytest", "tests/repository", "-p", "no:cacheprovider"],
}
FIXES = {
    "style": [PY, "-m", "ruff", "check", "--fix", "."],
    "shape": [PY, "-m", "ruff", "format", "."],
}


def main(arguments: list[str]) -> int:
    """Run them all; 1 when one fails."""
    failed = [
        name for name, command in (FIXES if "--fix" in arguments else CHECKS).items() if not passes(name, command)
    ]
    if failed:
        print(f"\nTo mend: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    """Run one check, show its words only when it fails."""
    if not command[0].startswith(("/", "sh")):
        command = [f"{sys.prefix}/bin/{command[0]}", *command[1:]]
    started = time.monotonic()
    done = subprocess.run(
        command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    mark = "ok" if done.returncode == 0 else "FAULT"
    print(f"{mark:6} {name} ({time.monotonic() - started:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
