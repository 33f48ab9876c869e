"""`make test`: everything on SQLite, then what asks the database again on PostgreSQL; journeys in a browser on both.

What is missing (Chromium, PostgreSQL) is fetched where it can be; elsewhere its tests are left out, and that is said
loudly at the end.
"""

import os
import shlex
import shutil
import subprocess
import sys

from tests.harness import browser, postgres

NONE_ASKS = 5  # pytest's code when ARGS leaves no test that asks the database
PACKAGES = {"chromium": browser.present, "postgresql": postgres.present}


def main(arguments: list[str]) -> int:
    """Run both engines; 0 only when both pass."""
    fetch_what_is_missing()
    arguments = [*shlex.split(os.environ.get("ARGS", "")), *arguments]
    failed = pytest("sqlite", *arguments) != 0
    if postgres.present():
        failed |= pytest("postgresql", "-m", "database", *arguments) not in (0, NONE_ASKS)
    for words in left_out():
        print(f"\n!!! LEFT OUT: {words}", flush=True)
    return int(failed)


def pytest(engine: str, *arguments: str) -> int:
    """Run pytest on an engine, one process a core; its own closing line is the last thing it prints."""
    workers = str(max(1, min(4, os.cpu_count() or 1)))
    print(f"\n=== {engine}", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "worksteal", f"--engine={engine}", *arguments]
    return subprocess.run(command, stdin=subprocess.DEVNULL).returncode


def fetch_what_is_missing() -> None:
    """Install Debian's packages where we are root; elsewhere change nothing."""
    wanted = [package for package, present in PACKAGES.items() if not present()]
    if not wanted or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Fetching {' and '.join(wanted)} with apt-get…", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *wanted]):
        done = subprocess.run(
            ["apt-get", *command], env=quiet, text=True, capture_output=True, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            print(f"apt-get {command[0]} failed:\n{done.stderr}", flush=True)
            return


def left_out() -> list[str]:
    """What could not be tested here, and what to install."""
    words = []
    if not browser.present():
        words.append(f"the journeys in a browser. {browser.MISSING}")
    if not postgres.present():
        words.append(f"everything on PostgreSQL. {postgres.MISSING}")
    return words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
