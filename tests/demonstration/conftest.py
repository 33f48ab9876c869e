"""Fewer meetings than a real demonstration, and invented answers: no law has to be loaded to live these days."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from allervers.base import clock
from allervers.demonstration import loading, meetings
from allervers.demonstration.households import WINDOWS, Met
from tests.conftest import morning_of
from tests.factories.encounters import answer

TODAY = "2026-09-15"
DAYS = 49  # enough for a claim to be paid


@pytest.fixture(autouse=True)
def _some_day(at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    at(TODAY)
    meet_fewer(monkeypatch)


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The days of the demonstration, lived once for all the questions asked about them."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch, clock.at(morning_of(TODAY)):
            meet_fewer(patch)
            loading.load(days=DAYS)
        yield
        transaction.set_rollback(True)


def meet_fewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nine meetings an outing or so, an answer for each third of the months."""
    monkeypatch.setattr(meetings, "A_TIME", 9)
    monkeypatch.setattr(meetings, "NAMED", 0.45)
    monkeypatch.setattr(loading, "work_out", lambda today: [(n, met(today, n)) for n in range(len(WINDOWS))])


def met(today: date, window: int) -> Met:
    """Somebody of forty whose rights were worked out at the beginning of that third."""
    day = today - timedelta(days=WINDOWS[window])
    document = {"day": day.isoformat(), "couple": "none", "people": [{"id": "a", "role": "claimant", "age": 40}]}
    found = answer(rsa=("likely", 500), housing_aid=("certain", 210), css=("certain", None), aspa=("possible", 90))
    return Met(document, day, found)
