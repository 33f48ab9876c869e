"""The real application, in its own process, on a database of its own: what the journeys in a browser talk to.

The world (see tests/journeys/world.py) is laid once for all the processes of a run, then copied for each of them.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.harness import browser

ROOT = Path(__file__).parents[2]


@dataclass
class Application:
    """A running application; `address` has no trailing slash."""

    address: str
    database_url: str
    log: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop it; its database goes with the run's temporary folder."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(database_url: str, folder: Path) -> Application:
    """Serve `database_url` with the server used in production, on a free port already open: nothing has to wait."""
    log = folder / "server.log"
    with socket.socket() as door, log.open("wb") as words:
        door.bind(("127.0.0.1", 0))
        door.listen(64)
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"fd://{door.fileno()}"]
        command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
        process = subprocess.Popen(
            command,
            env=environment(database_url, folder),
            cwd=ROOT,
            pass_fds=[door.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )
    return Application(address, database_url, log, process)


def environment(database_url: str, folder: Path) -> dict[str, str]:
    """What the application's process sees: nothing of what a browser needed in this one."""
    inherited = {name: value for name, value in os.environ.items() if name != browser.ASYNC_UNSAFE}
    return {**inherited, "DATABASE_URL": database_url, "ALLERVERS_VAR": str(folder)}


def run(module: str, database_url: str, folder: Path) -> None:
    """Run a Python module on a database; raises RuntimeError with what it said when it fails."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", module],
        env=environment(database_url, folder),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        text=True,
        capture_output=True,
    )
    if done.returncode:
        raise RuntimeError(f"{module} failed on {database_url}:\n{done.stdout}\n{done.stderr}")


def a_world(shared: Path, name: str, *, laid_by: str = "tests.journeys.world") -> str:
    """The URL of a fresh database named `name`, copied from the world that `laid_by` lays once for the run.

    `shared` is the folder that the processes of the run have in common.
    """
    model = shared / "world"
    with (shared / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (model / "laid").exists():
            model.mkdir(exist_ok=True)
            run(laid_by, empty(model, "allervers_world"), model)
            (model / "laid").touch()
        return copied(model, shared, name)


def empty(folder: Path, name: str) -> str:
    """The URL of a new, empty database."""
    if on_sqlite():
        return f"sqlite:///{folder / name}.sqlite3"
    create(name)
    return sibling(name)


def copied(model: Path, shared: Path, name: str) -> str:
    """The URL of a copy of the world."""
    if on_sqlite():
        target = shared / f"{name}.sqlite3"
        shutil.copyfile(model / "allervers_world.sqlite3", target)
        return f"sqlite:///{target}"
    create(f"allervers_{name}", template="allervers_world")
    return sibling(f"allervers_{name}")


def on_sqlite() -> bool:
    """The engine of this run."""
    return os.environ["DATABASE_URL"].startswith("sqlite")


def sibling(name: str) -> str:
    """The URL of another database of the server of this run."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def create(name: str, template: str = "template1") -> None:
    """Create a database on the server of this run."""
    with psycopg.connect(sibling("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
