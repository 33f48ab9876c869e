"""Lines to write and ways to alter them behind the application's back, as somebody holding the database could."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from allervers.accounts.models import Agent, Team
from allervers.base import journal
from allervers.base.models import Entry

AUTHOR = Agent(id=UUID(int=1), username="camille", full_name="Camille Exemple")
SUBJECT = Team(id=UUID(int=2), name="Équipe d'essai")
locks = importlib.import_module("allervers.base.migrations.0002_append_only")


def write(what: str = "tests.written", person: UUID | None = None, **facts: object) -> Entry:
    """One line, with its transaction."""
    with transaction.atomic():
        return journal.write(what, by=AUTHOR, about=SUBJECT, person=person, **facts)


def write_many(count: int) -> list[Entry]:
    return [write(person=UUID(int=100 + number), step=number) for number in range(count)]


@contextmanager
def held_by_a_forger() -> Iterator[None]:
    """Live the block with the triggers gone, then put everything back as it was before the block."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in locks.REVERSE[connection.vendor]:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def forge(statement: str, *parameters: object) -> None:
    """Run SQL that the application never runs."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
