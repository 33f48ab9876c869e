"""Read a large file slice by slice: each takes a few seconds, then says enough for another process to read on.

Nothing is written: what the file would do is known at the end, and carried out at once by `carry_out`.
"""

from __future__ import annotations

import json
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from allervers.territory.imports.carrying import Reader, chunks, opened, preview_of, weigh
from allervers.territory.imports.outcome import Fate, Preview, Tally


@dataclass
class Reading:
    """How far a file is read; `preview` is there once it is read whole."""

    kind: str
    filename: str
    departements: list[str]
    expected: int = 0
    tally: Tally = field(default_factory=Tally)
    seen: dict[str, int] = field(default_factory=dict)
    preview: Preview | None = None

    @property
    def percent(self) -> int:
        """How much is read, of what the file announces; 100 only when it is read whole."""
        if self.preview:
            return 100
        return min(99, self.tally.rows * 100 // max(1, self.expected))

    def written(self) -> str:
        """The reading as text, to be kept."""
        preview = asdict(self.preview) if self.preview else None
        return json.dumps({**vars(self), "tally": vars(self.tally), "preview": preview})


def reading_of(text: str) -> Reading:
    """The reading that was kept as text."""
    kept: dict[str, Any] = json.loads(text)
    fates = Counter({Fate(name): count for name, count in kept["tally"]["fates"].items()})
    kept["tally"] = Tally(**{**kept["tally"], "fates": fates})
    kept["preview"] = Preview(**kept["preview"]) if kept["preview"] else None
    return Reading(**kept)


def begin(file: BinaryIO, *, filename: str, kind: str, departements: Iterable[str] = (), seconds: float) -> Reading:
    """Read the first slice. Raises Refused when the file is not of this kind."""
    return read_on(file, Reading(kind, filename, list(departements)), seconds=seconds)


def read_on(file: BinaryIO, reading: Reading, *, seconds: float) -> Reading:
    """Read one slice more: for that long, one chunk at least. Raises Refused."""
    reader = opened(file, reading.kind, reading.departements)
    reader.resume(reading.seen)
    reader.begin(write=False)
    is_whole = _read(reader, reading.tally, seconds)
    reading.seen, reading.expected = reader.seen, max(reading.tally.rows, reader.table.expected_rows)
    if is_whole:
        reading.preview = preview_of(reader, reading.tally, kind=reading.kind, filename=reading.filename)
    return reading


def _read(reader: Reader, tally: Tally, seconds: float) -> bool:
    """Whether the end of the file was reached in time."""
    rows = reader.table.rows
    deque(islice(rows, tally.rows), maxlen=0)  # finding the place again is not counted, so that each slice moves on
    until = time.monotonic() + seconds
    for chunk in chunks(rows):
        weigh(reader, chunk, tally, write=False)
        if time.monotonic() >= until:
            return False
    return True
