"""Is a parameter stale? Its own past says how often it moves."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Any

#: A figure is late once its usual interval has passed and this many months more.
MARGIN = 3
#: Shortest interval taken for usual: a figure that moves several times a year is late like a yearly one.
YEAR = 12
#: A sum in euros that has no rhythm is doubtful when nobody has looked at it for this many months.
UNSEEN = 36
#: How far back habits are learnt, in months; a figure that has not moved for so long has lost its rhythm.
MEMORY = 120


class State(StrEnum):
    """What a parameter's dates say, for a day."""

    CURRENT = "current"  # moved when it should, or is not of those that move
    CONFIRMED = "confirmed"  # late, but OpenFisca says to have checked it since
    STALE = "stale"  # should have moved by now
    DOUBTFUL = "doubtful"  # a sum in euros without rhythm that nobody has checked for three years


@dataclass(frozen=True)
class History:
    """The past of one parameter. Dates are those of its values; `usual` is in months, None without a rhythm."""

    name: str
    value: Any
    last: date | None
    checked: date | None
    usual: float | None
    euros: bool


def history(name: str, parameter: Any, day: date, *, euros: bool) -> History:
    """What is known of a parameter (an OpenFisca Parameter) on `day`."""
    moves = [each for each in _moves(parameter) if each[0] <= day]
    dates = [at for at, _ in moves]
    checked = parameter.metadata.get("last_value_still_valid_on")
    return History(
        name=name,
        value=moves[-1][1] if moves else None,
        last=dates[-1] if dates else None,
        checked=date.fromisoformat(str(checked)) if checked else None,
        usual=_usual(dates),
        euros=euros,
    )


def state(past: History, day: date) -> State:
    """Whether a parameter looks stale on `day`."""
    if past.last is None or past.value is None:
        return State.CURRENT
    age = _months(past.last, day)
    if past.usual is None or age > MEMORY:
        unseen = _months(max(past.last, past.checked or past.last), day)
        return State.DOUBTFUL if past.euros and unseen > UNSEEN else State.CURRENT
    if age <= past.usual + MARGIN:
        return State.CURRENT
    was_due = past.checked is not None and _months(past.last, past.checked) >= past.usual
    return State.CONFIRMED if was_due else State.STALE


def _moves(parameter: Any) -> list[tuple[date, Any]]:
    """(date, value) each time the value really changed, oldest first."""
    found: list[tuple[date, Any]] = []
    for each in reversed(parameter.values_list):
        if not found or found[-1][1] != each.value:
            found.append((date.fromisoformat(each.instant_str), each.value))
    return found


def _usual(dates: list[date]) -> float | None:
    """The median interval of the last moves, a year at least; None for a figure that seldom moves."""
    recent = [at for at in dates if _months(at, dates[-1]) <= MEMORY]
    if len(recent) < 4:
        return None
    gaps = [_months(before, after) for before, after in zip(recent, recent[1:], strict=False)]
    return max(YEAR, median(gaps))


def _months(before: date, after: date) -> int:
    return (after.year - before.year) * 12 + after.month - before.month
