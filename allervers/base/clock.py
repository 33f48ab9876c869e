"""The only place that reads the clock, so that any day can be replayed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The day it is in France."""
    return now().astimezone(PARIS).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Live the block as if it were `moment` (aware)."""
    if moment.tzinfo is None:
        raise ValueError(f"clock.at({moment!r}): an aware datetime is expected.")
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
