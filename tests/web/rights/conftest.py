"""Somebody of a team, their browser, a person who agreed that facts are kept, and an engine that answers at once."""

import pytest

from allervers.people.choices import Purpose
from allervers.web.desk.views.rights import results
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory
from tests.web.rights.conversation import USUAL, answered


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def engine(monkeypatch):
    """An invented answer, and what it was asked; the real law answers in `test_on_the_law.py`."""
    asked = []

    def answer(household):
        asked.append(household)
        return answered(*USUAL)

    monkeypatch.setattr(results, "assess", answer)
    return asked


@pytest.fixture
def awa():
    return AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


@pytest.fixture
def nour(awa):
    return PersonFactory(by=awa, name="Nour Inventée", purposes=[Purpose.RIGHTS])
