"""Files that wait between two requests: read slice by slice, then brought in, or stopped. Public data only.

Each waits in a folder of its agent, under a random key: nobody else's key opens it. It stays an hour after it was last
read. One file at a time for an agent: a new one takes the place of the other.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from allervers.base import clock
from allervers.territory.imports import Reading, reading_of

AN_HOUR = 3600  # seconds
KEY = re.compile(r"[0-9a-f]{32}")


@dataclass
class Waiting:
    """A file that waits, and how far it is read."""

    folder: Path
    reading: Reading

    @property
    def key(self) -> str:
        return self.folder.name.rpartition("_")[2]

    def opened(self) -> BinaryIO:
        """The file itself."""
        return (self.folder / "file").open("rb")


def keep(upload, *, by) -> Path:
    """Keep what was sent in a folder of its own, in the place of what this agent sent before."""
    forget_the_old()
    for one in folders(f"{by.pk}_*"):
        forget(one)
    folder = home() / f"{by.pk}_{secrets.token_hex(16)}"
    folder.mkdir(mode=0o700, parents=True)
    with (folder / "file").open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    return folder


def save(folder: Path, reading: Reading) -> None:
    """Note how far it is read, whole or not at all; nothing when another file took its place meanwhile."""
    with suppress(FileNotFoundError):
        (folder / "fresh").write_text(reading.written())
        os.replace(folder / "fresh", folder / "reading")


def forget(folder: Path) -> None:
    """Leave nothing of it."""
    shutil.rmtree(folder, ignore_errors=True)


def forget_the_old() -> None:
    """Whoever's they are: each time a file comes in, is read, is brought in or is stopped."""
    for one in folders("*"):
        if is_old(one):
            forget(one)


def of(agent) -> Waiting | None:
    """The file of this agent that waits, if there is one; only looked at."""
    found = (look(one) for one in folders(f"{agent.pk}_*"))
    return next((one for one in found if one), None)


@contextmanager
def held(agent, key: str) -> Iterator[Waiting | None]:
    """The file of this agent under that key, for this request alone; None when it is no longer there."""
    folder = home() / f"{agent.pk}_{key}"
    forget_the_old()
    file = there(folder / "file") if KEY.fullmatch(key) else None
    if file is None:
        yield None
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)  # pressed twice: the second waits, then finds what the first made of it
        yield look(folder)


def there(file: Path) -> BinaryIO | None:
    """The file, open; None when it is no longer there."""
    try:
        return file.open("rb")
    except FileNotFoundError:
        return None


def look(folder: Path) -> Waiting | None:
    """What waits in a folder; None when it is lost, or older than an hour."""
    try:
        reading = reading_of((folder / "reading").read_text())
    except FileNotFoundError:
        return None
    return Waiting(folder, reading) if (folder / "file").exists() and not is_old(folder) else None


def is_old(folder: Path) -> bool:
    """Whether nobody read it for an hour."""
    try:
        return clock.now().timestamp() - folder.stat().st_mtime > AN_HOUR
    except FileNotFoundError:
        return True


def folders(pattern: str) -> list[Path]:
    """The folders that wait, of that name."""
    return [one for one in home().glob(pattern) if one.is_dir()]


def home() -> Path:
    """Where they wait."""
    return settings.VAR / "incoming"
