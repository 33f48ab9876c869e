"""Incomes of one person, month by month: what is known, then what is chosen for what is not."""

from datetime import date
from typing import Any

from allervers.rights.facts import horizon, month_index
from allervers.rights.household import Amount, Income, Person
from allervers.rights.household.shape import STEADY_MONTHS
from allervers.rights.household.words import IncomeKind
from allervers.rights.prior import INCOMES, MOST, Choose, income, of, within

Series = tuple[float, ...]

# A wage of the years before, for somebody who says nothing of them.
ONCE_A_GOOD_WAGE = 2600.0


def incomes_of(person: Person, who: str, activity: str, day: date, choose: Choose) -> dict[IncomeKind, Series]:
    """By kind, the amounts of each month of the horizon; kinds that are zero throughout are left out."""
    found: dict[IncomeKind, Series] = {}
    for kind in MOST:
        series = _series(person, kind, f"people[{who}].incomes.{kind}", activity, day, choose)  # type: ignore[arg-type]
        if any(series):
            found[kind] = series  # type: ignore[index]
    return found


def before(found: dict[IncomeKind, Series], who: str, day: date, choose: Choose) -> dict[IncomeKind, Series]:
    """The same incomes, with what is chosen of the months that nobody spoke of: those more than two years old."""
    fact = f"people[{who}].incomes_before"
    past = choose(of(fact, {"same": 80, "none": 8, "more": 12}, typical="same"))
    if past == "same":
        return found
    cut = month_index(day) - STEADY_MONTHS
    changed = {kind: (0.0,) * cut + series[cut:] for kind, series in found.items()}
    if past == "more":
        wage = found.get("wage", (0.0,) * len(horizon(day)))
        changed["wage"] = (ONCE_A_GOOD_WAGE,) * cut + wage[cut:]
    return changed


def _series(person: Person, kind: IncomeKind, fact: str, activity: str, day: date, choose: Choose) -> Series:
    length = len(horizon(day))
    said = person.incomes.get(kind)
    if said is None:
        level = 0.0 if person.no_other_income else choose(income(fact, kind, activity))
        return (level,) * length
    if said.steady is not None:
        return (_amount(said.steady, fact, MOST[kind], choose),) * length
    return _months(said, kind, fact, day, choose)


def _amount(amount: Amount, fact: str, most: float, choose: Choose) -> float:
    if amount.exact:
        return amount.value
    chosen: float = choose(within(fact, amount.low, amount.high, most))
    return chosen


def _months(said: Income, kind: str, fact: str, day: date, choose: Choose) -> Series:
    """Months given, and the others: gone on as before, nothing, or an ordinary amount."""
    months, now = horizon(day), month_index(day)
    known = [said.months.get(month) for month in months]
    window = known[now - STEADY_MONTHS : now + 1]
    manner: Any = "same"
    if any(one is None or not one.exact for one in window):
        # Months not given are unknown; those given as ranges follow: low with nothing, high with more.
        manner = choose(of(fact, {"same": 70, "none": 20, "more": 10}, typical="same"))
    exact = [None if one is None else _end(one, manner, MOST[kind]) for one in known]
    if manner == "same":
        return _carried(exact)
    fill = 0.0 if manner == "none" else _ordinary(kind)
    return _carried([fill if one is None and place <= now else one for place, one in enumerate(exact)])


def _end(amount: Amount, manner: str, most: float) -> float:
    if amount.exact:
        return amount.value
    low = 0.0 if amount.low is None else amount.low
    high = max(most, low) if amount.high is None else amount.high
    return {"none": low, "more": high}.get(manner, (low + high) / 2 if amount.high is not None else low)


def _ordinary(kind: str) -> float:
    """An ordinary amount of this kind of income, € a month."""
    weights = next((one for (of_kind, _), one in INCOMES.items() if of_kind == kind), {400.0: 1.0})
    return max(weights, key=lambda amount: (weights[amount] if amount else 0.0, amount))


def _carried(known: list[float | None]) -> Series:
    """Each month unknown takes the month before, or the first one known."""
    first = next((one for one in known if one is not None), 0.0)
    found, last = [], first
    for one in known:
        last = last if one is None else one
        found.append(last)
    return tuple(found)
