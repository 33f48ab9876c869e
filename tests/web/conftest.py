"""The desk's pages asked as a browser asks them, by somebody signed in."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from allervers.accounts.models import Agent


@pytest.fixture
def signed_in() -> Callable[[Agent], Client]:
    """`signed_in(agent)` is a browser where the agent has signed in."""

    def enter(agent: Agent) -> Client:
        browser = Client()
        browser.force_login(agent, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return enter


@pytest.fixture
def queries_for() -> Callable[[Callable[[], object]], int]:
    """`queries_for(lambda: browser.get("/"))` is how many questions the page asks the database."""

    def count(read: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            read()
        return len(asked)

    return count
