"""Write the journal, read it, and check that nobody altered it."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from allervers.base import clock
from allervers.base.models import Entry, Head

START = "0" * 64
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


def write(what: str, *, by: Model, about: Model, person: UUID | None = None, **facts: Any) -> Entry:
    """Record that something happened, in the transaction that makes it happen.

    `facts` holds codes, keys, amounts and dates: never a name, never anybody's words.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"journal.write({what!r}) outside a transaction: decorate the op with @op.")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    entry = Entry(
        number=head.lines + 1,
        at=clock.now(),
        what=what,
        by=str(by.pk),
        about=f"{about._meta.label}:{about.pk}",
        person=person,
        facts=json.loads(json.dumps(facts, default=str)),
        previous=head.seal,
    )
    entry.seal = seal_of(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(lines=entry.number, seal=entry.seal)
    remember(what)
    return entry


def nothing_changed() -> None:
    """Say that the op running found everything already as asked, so no line is owed."""
    remember("")


def remember(what: str) -> None:
    """Tell the op running that its line is written."""
    written = _written.get()
    if written is not None:
        written.append(what)


@contextmanager
def owing_a_line(name: str) -> Iterator[None]:
    """Fail the block if it ends without a line in the journal."""
    written: list[str] = []
    token = _written.set(written)
    try:
        yield
    finally:
        _written.reset(token)
    if not written:
        raise RuntimeError(f"{name} changed something and left no line: call journal.write in it.")
    remember(written[-1])


def is_owed() -> bool:
    """Whether an op is running: it will write its own line."""
    return _written.get() is not None


def seal_of(entry: Entry) -> str:
    """SHA-256 over the line and the seal of the line before it."""
    at = entry.at.astimezone(clock.PARIS).isoformat(timespec="microseconds")
    person = str(entry.person) if entry.person else ""
    told = [entry.number, at, entry.what, entry.by, entry.about, person, entry.facts, entry.previous]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: how many lines hold, the last seal, and the first fault in French (or None)."""

    lines: int
    seal: str
    fault: str | None


def verify() -> Verdict:
    """Walk the whole chain; memory does not grow with the journal."""
    last, lines = START, 0
    for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
        fault = fault_of(entry, after=lines, seal=last)
        if fault:
            return Verdict(lines, last, fault)
        last, lines = entry.seal, entry.number
    return Verdict(lines, last, fault_of_end(lines, last))


def fault_of(entry: Entry, *, after: int, seal: str) -> str | None:
    """Why this line cannot follow line `after`, sealed `seal`; None when it can."""
    if entry.number != after + 1:
        return f"La ligne {after + 1} manque."
    if entry.previous != seal:
        return f"La ligne {entry.number} ne suit plus la ligne {after} : l'une des deux a été changée."
    if entry.seal != seal_of(entry):
        return f"La ligne {entry.number} a été changée après avoir été écrite."
    return None


def fault_of_end(lines: int, seal: str) -> str | None:
    """Why the journal cannot end here; None when it can."""
    head = Head.objects.filter(pk=1).first()
    expected, known = (head.lines, head.seal) if head else (0, START)
    if expected > lines:
        return f"Les lignes {lines + 1} à {expected} manquent à la fin."
    if expected < lines or known != seal:
        return f"Le journal a {lines} lignes, mais sa tête en annonce {expected}."
    return None


def sealed(seal: str) -> bool:
    """Whether the journal still holds a line with this seal, kept elsewhere earlier (or is as empty as it was then)."""
    return seal == START or Entry.objects.filter(seal=seal).exists()


def about_person(person: UUID) -> Any:
    """The lines that concern a person, latest first."""
    return Entry.objects.filter(person=person).order_by("-number")
