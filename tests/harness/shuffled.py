"""Rows asked without an order come in any order: a database promises nothing else, and SQLite hides it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db.models import QuerySet

_fetch_all, _iterator = QuerySet._fetch_all, QuerySet._iterator


@contextmanager
def by(seed: str) -> Iterator[None]:
    """Inside the block, querysets without an order answer in one drawn from `seed`."""
    dice = random.Random(seed)

    def fetch_all_in_any_order(self: QuerySet) -> None:
        fresh = self._result_cache is None
        _fetch_all(self)
        if fresh and not self.ordered:
            dice.shuffle(self._result_cache)

    def iterate_in_any_order(self: QuerySet, *args: Any) -> Iterator[Any]:
        rows = _iterator(self, *args)
        if self.ordered:
            return rows
        drawn = list(rows)
        dice.shuffle(drawn)
        return iter(drawn)

    with (
        patch.object(QuerySet, "_fetch_all", fetch_all_in_any_order),
        patch.object(QuerySet, "_iterator", iterate_in_any_order),
    ):
        yield
