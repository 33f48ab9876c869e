"""Dated facts of a claim, as plain data: what `rules` reads, without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from allervers.accompaniment.choices import EventKind

TODAY = date(2026, 9, 1)
LONG_AGO = date(2026, 1, 1)
STRUCK = datetime(2026, 8, 31, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Fact:
    """A fact of a claim, on its day."""

    kind: str
    happened_on: date
    amount: Decimal | None = None
    starts_on: date | None = None
    until: date | None = None
    answer_by: date | None = None
    struck_at: datetime | None = None


def on(kind: EventKind, day: str, **more) -> Fact:
    """`on(FILED, "03-12")`: filed on 12 March 2026."""
    dates = {
        name: date.fromisoformat(f"2026-{more.pop(name)}")
        for name in ("starts_on", "until", "answer_by")
        if name in more
    }
    if "amount" in more:
        more["amount"] = Decimal(more["amount"])
    return Fact(kind, date.fromisoformat(f"2026-{day}"), **dates, **more)


days = st.integers(0, (TODAY - LONG_AGO).days).map(lambda n: LONG_AGO + timedelta(days=n))
amounts = st.none() | st.integers(0, 2000).map(Decimal)


@st.composite
def facts(draw, kinds=tuple(EventKind)) -> Fact:
    """Any fact of this year, struck one time in five."""
    day = draw(days)
    return Fact(
        kind=draw(st.sampled_from(kinds)),
        happened_on=day,
        amount=draw(amounts),
        starts_on=draw(st.none() | days),
        until=draw(st.none() | st.integers(0, 400).map(lambda n: day + timedelta(days=n))),
        answer_by=draw(st.none() | st.integers(0, 90).map(lambda n: day + timedelta(days=n))),
        struck_at=draw(st.sampled_from([None, None, None, None, STRUCK])),
    )


stories = st.lists(facts(), max_size=9)
