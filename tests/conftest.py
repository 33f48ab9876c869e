"""How every test runs: strict about templates, order and the clock; quick about passwords; without a network."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from allervers.base import clock
from tests.harness import effort, sharing, shuffled, templates


def pytest_configure(config: pytest.Config) -> None:
    """Argon2 is slow on purpose; static files are read where they lie."""
    config.addinivalue_line("markers", "database: asks the database (set by the harness); runs on both engines")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    templates.be_strict()
    # Playwright leaves an event loop running here: Django would open a second connection beside the first.
    connections._connections = threading.local()
    effort.choose()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> sharing.ByWhatIsLaid:
    """Tests that share something long to lay stay with one process; the others go to whichever is free."""
    return sharing.ByWhatIsLaid(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database, so that `-m database` runs it again on the other engine."""
    for item in items:
        asked = {"db", "server"} & set(getattr(item, "fixturenames", ()))
        if asked or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(autouse=True)
def _rows_without_an_order_come_in_any_order(request: pytest.FixtureRequest) -> Iterator[None]:
    """A queryset that names no order answers in another one each time, from the seed that pytest prints."""
    with shuffled.by(f"{request.config.getoption('randomly_seed', 0)}{request.node.nodeid}"):
        yield


@pytest.fixture
def at() -> Iterator[Callable[[date | datetime | str], datetime]]:
    """`at("2026-09-01")` lives the rest of the test on that day, at ten in the morning in Paris."""
    with ExitStack() as days:

        def live(day: date | datetime | str) -> datetime:
            moment = day if isinstance(day, datetime) else morning_of(day)
            days.enter_context(clock.at(moment))
            return moment

        yield live


def morning_of(day: date | str) -> datetime:
    """Ten in the morning in Paris on a day, given as a date or in ISO."""
    known = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(known, time(10), clock.PARIS)
