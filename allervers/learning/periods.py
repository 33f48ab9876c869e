"""Periods and their weeks and months, in the days of Paris. Pure."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from allervers.base.clock import PARIS
from allervers.base.errors import Refused

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
LONGEST_YEARS = 12


@dataclass(frozen=True)
class Bucket:
    """One week or month of a period, cut to it: first day included, `end` excluded."""

    key: str
    label: str
    start: date
    end: date


@dataclass(frozen=True)
class Period:
    """From a day to another, both included. Raises Refused when upside down or longer than twelve years."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.since or (self.until - self.since).days > 366 * LONGEST_YEARS:
            raise Refused(
                "impossible-period",
                why="La période finit avant d'avoir commencé, ou dure plus de douze ans.",
                remedy="Vérifiez les deux dates.",
            )

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def last_days(cls, days: int, today: date) -> Period:
        """The `days` days that end today."""
        return cls(today - timedelta(days=days - 1), today)

    @property
    def starts_at(self) -> datetime:
        """The first moment."""
        return datetime.combine(self.since, time(), PARIS)

    @property
    def ends_at(self) -> datetime:
        """The first moment after."""
        return datetime.combine(self.until + timedelta(days=1), time(), PARIS)

    @property
    def label(self) -> str:
        return f"du {in_french(self.since)} au {in_french(self.until)}"

    def weeks(self) -> list[Bucket]:
        """Its weeks, from Monday."""
        monday = self.since - timedelta(days=self.since.weekday())
        starts = [monday + timedelta(weeks=n) for n in range((self.until - monday).days // 7 + 1)]
        return [
            self._cut(f"{one:%G-W%V}", f"semaine du {in_french(one)}", one, one + timedelta(weeks=1)) for one in starts
        ]

    def months(self) -> list[Bucket]:
        """Its months."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.since, self.until))
        starts = [date(n // 12, n % 12 + 1, 1) for n in range(first, last + 2)]
        pairs = zip(starts[:-1], starts[1:], strict=True)
        return [self._cut(f"{a:%Y-%m}", f"{MONTHS[a.month - 1]} {a.year}", a, b) for a, b in pairs]

    def _cut(self, key: str, label: str, start: date, end: date) -> Bucket:
        return Bucket(key, label, max(start, self.since), min(end, self.until + timedelta(days=1)))


def in_french(day: date) -> str:
    """1er mars 2026"""
    return f"{day.day}{'er' if day.day == 1 else ''} {MONTHS[day.month - 1]} {day.year}"


def midnight(day: date) -> datetime:
    """The first moment of a day in Paris."""
    return datetime.combine(day, time(), PARIS)
