"""A real PostgreSQL of one's own, in a temporary directory, reached through a unix socket only.

`initdb` refuses root: root runs it as the user `postgres` that the packages create. Durability is off.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
MISSING = (
    "PostgreSQL is not installed here: no `initdb` on PATH nor under /usr/lib/postgresql/*/bin. "
    "Install it (Debian, Ubuntu: `apt-get install postgresql`; macOS: `brew install postgresql@15`), then run again."
)


def binary(name: str) -> Path | None:
    """Where a PostgreSQL program lives, newest version first; None when it is not installed."""
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]), reverse=True)
    found = shutil.which(name)
    return packaged[0] if packaged else Path(found) if found else None


def present() -> bool:
    """Whether a server can be started here."""
    return binary("initdb") is not None and binary("postgres") is not None


@dataclass
class Server:
    """A running server; `url(database)` reaches one of its databases."""

    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, database: str = "postgres") -> str:
        """A DATABASE_URL for `database`, which may not exist yet."""
        socket = str(self.folder).replace("/", "%2F")
        return f"postgresql://postgres@{socket}/{database}"

    def run(self, statement: str) -> None:
        """Run one statement outside any transaction, for instance CREATE DATABASE."""
        import psycopg

        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """Stop the server and leave nothing behind."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Server:
    """Start a server; raises RuntimeError saying what to install, or what the server said."""
    initdb, postgres = binary("initdb"), binary("postgres")
    if not initdb or not postgres:
        raise RuntimeError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="aller-vers-pg-"))
    who = given_to_postgres(folder) if os.geteuid() == 0 else {}
    data = folder / "data"
    made = subprocess.run(
        [initdb, "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}", "--no-sync"],
        capture_output=True,
        text=True,
        cwd=folder,
        **who,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed in {folder}:\n{made.stderr}")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "60",
    }
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([postgres, "-D", data, *options], stdout=log, stderr=log, cwd=folder, **who)
    server = Server(folder, process)
    wait_until_ready(server)
    return server


def given_to_postgres(folder: Path) -> dict[str, Any]:
    """Give the folder to the user `postgres`, and say how to run as that user."""
    try:
        owner = pwd.getpwnam("postgres")
    except KeyError:
        raise RuntimeError("PostgreSQL refuses to run as root, and this machine has no user `postgres`.") from None
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def wait_until_ready(server: Server, seconds: float = 30) -> None:
    """Return when the server answers; raises RuntimeError with its log when it does not."""
    import psycopg

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            server.run("SELECT 1")
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    log = (server.folder / "log").read_text()
    server.stop()
    raise RuntimeError(f"PostgreSQL did not start:\n{log}")


if __name__ == "__main__":  # `python -m tests.harness.postgres`: says whether a server can be started here
    print("PostgreSQL is here." if present() else MISSING)
    sys.exit(0 if present() else 1)
