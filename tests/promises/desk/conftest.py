"""The world is laid once for all the questions: each is asked inside a transaction that is then taken back."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from allervers.base import clock
from tests.promises.desk import world as laid
from tests.promises.desk.world import World


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Laid on 1 June, looked at on the 11th."""
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.at(laid.LAID):
            made = laid.lay()
        with clock.at(laid.NOW):
            yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def ask(world: World) -> Callable[..., Any]:
    """`ask(role, "POST", "/personnes")` is the answer somebody of that role gets; nothing it did is kept."""
    from tests.promises.desk.asking import Desk

    return Desk(world).ask
