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
    """Run both engines; 0 only when both pass. The last lines are pytest's own closing lines, one an engine."""
    fetch_what_is_missing()
    arguments = [*shlex.split(os.environ.get("ARGS", "")), *arguments]
    closing = {}
    code, closing["sqlite"] = pytest("sqlite", *arguments)
    failed = code != 0
    if postgres.present():
        code, closing["postgresql"] = pytest("postgresql", "-m", "database", *arguments)
        failed |= code not in (0, NONE_ASKS)
    print()
    for words in left_out():
        print(f"!!! LEFT OUT: {words}")
    for engine, words in closing.items():
        print(f"{engine}: {words}", flush=True)
    return int(failed)


def pytest(engine: str, *arguments: str) -> tuple[int, str]:
    """Run pytest on an engine, one process a core; its code and its closing line, said as it goes."""
    workers = str(max(1, min(4, os.cpu_count() or 1)))
    print(f"\n=== {engine}", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", workers, "--dist", "loadscope", f"--engine={engine}", *arguments]
    tail = b""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0) as run:
        while said := run.stdout.read(65536) if run.stdout else b"":
            sys.stdout.buffer.write(said)
            sys.stdout.buffer.flush()
            tail = (tail + said)[-2000:]
    lines = tail.decode(errors="replace").strip().splitlines()
    if run.returncode < 0 or not lines:
        return 1, f"stopped before its end (signal {-run.returncode}): nothing can be said of it"
    return run.returncode, lines[-1]


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
