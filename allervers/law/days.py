"""The days whose law is known."""

from datetime import date

from allervers.law.faults import DayOutsideLaw


def first_day() -> date:
    return date(2010, 1, 1)


def last_day() -> date:
    return date(2026, 12, 31)


def check_day(day: date) -> None:
    """Raise DayOutsideLaw unless the law of `day` is known."""
    if not first_day() <= day <= last_day():
        raise DayOutsideLaw(day, first=first_day(), last=last_day())
