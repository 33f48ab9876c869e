"""What a household that says nothing is taken to be: a simple prior on each fact, and the extremes of each.

Every weight below is an ASSUMPTION of this project about people met in outreach, not a published figure: round
numbers that give the order of magnitude, so that "likely" and "possible" can be told apart. They never decide
*certain* nor *excluded*, which must hold for every completion tried, extremes included. Extremes come from the
thresholds of the texts (ages 18, 20, 25, 60, 65; 30 000 € of savings; a rent above every ceiling…) and from zero.
Replace a weight by a margin of the territory where one is known, with its source.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

Choose = Callable[["Prior"], Any]


@dataclass(frozen=True)
class Prior:
    """Values that one unknown fact may take: `weights` for drawing, one `typical`, the `extremes` to try.

    `low` and `high` bound a number that is known to lie within a range.
    """

    fact: str
    values: tuple[Any, ...]
    weights: tuple[float, ...]
    typical: Any
    extremes: tuple[Any, ...]
    low: float | None = None
    high: float | None = None

    def draw(self, dice: np.random.Generator) -> Any:
        """One value by weight."""
        total = sum(self.weights)
        place = np.searchsorted(np.cumsum(self.weights) / total, dice.random(), side="right")
        return self.values[min(int(place), len(self.values) - 1)]

    def admit(self, value: Any) -> Any:
        """The closest value that the fact may take: a number within its bounds, else one of the values known."""
        if self.low is not None and self.high is not None:
            return min(max(value, type(value)(self.low)), type(value)(self.high))
        if isinstance(value, tuple):
            return value
        return value if value in self.values or value in self.extremes else self.typical


def of(fact: str, weights: Mapping[Any, float], typical: Any = None, extremes: Sequence[Any] | None = None) -> Prior:
    """A prior from values and their weights; the typical value is the heaviest, the extremes all of them."""
    likeliest = max(weights, key=lambda value: weights[value])
    return Prior(
        fact,
        tuple(weights),
        tuple(weights.values()),
        likeliest if typical is None else typical,
        tuple(weights) if extremes is None else tuple(extremes),
    )


def years(fact: str, weights: Mapping[int, float], typical: int, extremes: Sequence[int]) -> Prior:
    """A prior on an age: any number of years between the least and the most of those tried."""
    found = of(fact, weights, typical, extremes)
    return replace(found, low=min(extremes), high=max(extremes))


def within(fact: str, low: float | None, high: float | None, most: float) -> Prior:
    """A number known to lie in a range, all of it as likely; a missing end is zero, or `most`."""
    least = 0.0 if low is None else low
    top = max(most, least) if high is None else high
    least = min(least, top)
    middle = (least + top) / 2 if high is not None else min(top, max(least, typical_of_open(least, most)))
    steps = tuple(least + (top - least) * share for share in (0.1, 0.3, 0.5, 0.7, 0.9))
    return Prior(fact, steps, (1.0,) * 5, middle, (least, top), least, top)


def typical_of_open(least: float, most: float) -> float:
    """The middle of a range without a top: an ordinary amount rather than half the largest."""
    return max(least, most / 3)


AGES = {17: 1, 19: 4, 22: 6, 24: 3, 27: 10, 33: 14, 40: 16, 47: 14, 54: 10, 59: 5, 61: 3, 63: 3, 67: 5, 76: 5, 86: 2}
AGE_EXTREMES = (16, 18, 20, 22, 24, 25, 26, 30, 40, 50, 59, 61, 62, 63, 64, 65, 70, 85)
CHILDREN = {
    (): 55.0,
    (2,): 6.0,
    (7,): 7.0,
    (13,): 5.0,
    (1, 4): 5.0,
    (6, 9): 7.0,
    (12, 15): 5.0,
    (2, 6, 10): 4.0,
    (8, 12, 16): 3.0,
    (3, 7, 11, 15): 3.0,
}
CHILDREN_EXTREMES = (
    *CHILDREN,
    (0,),
    (1,),
    (3,),
    (5,),
    (10,),
    (11,),
    (14,),
    (16,),
    (17,),
    (18,),
    (20,),
    (23,),
    (0, 3),
    (3, 4, 5),
    (12, 13),
    (0, 4, 8, 12, 16),
    (1, 2, 3, 5, 7, 9, 12, 16),
)
STATUSES = {
    "social_tenant": 30,
    "tenant": 28,
    "owner": 15,
    "hosted": 10,
    "buying": 6,
    "hostel": 6,
    "homeless": 5,
}
RENTS: dict[str, dict[float, float]] = {
    "tenant": {350.0: 2, 450.0: 4, 550.0: 4, 700.0: 3, 950.0: 1},
    "social_tenant": {250.0: 2, 330.0: 4, 400.0: 4, 500.0: 2},
    "hostel": {300.0: 2, 400.0: 3, 500.0: 1},
    "buying": {400.0: 1, 650.0: 3, 900.0: 2},
    "hosted": {0.0: 85, 150.0: 15},
}
RENT_EXTREMES = (0.0, 60.0, 300.0, 600.0, 2000.0)
SAVINGS = {0.0: 45, 500.0: 20, 3000.0: 20, 12000.0: 11, 40000.0: 4}
SAVINGS_EXTREMES = (0.0, 1000.0, 25000.0, 60000.0, 500000.0)

# Weights of each kind of income by activity: amount -> weight. Amounts in € a month, net.
WAGES: dict[float, float] = {500.0: 1, 900.0: 2, 1200.0: 2, 1450.0: 6, 1750.0: 5, 2200.0: 3, 3200.0: 1}
SELF_EMPLOYED: dict[float, float] = {200.0: 2, 600.0: 3, 1000.0: 3, 1600.0: 2, 2600.0: 1}
UNEMPLOYMENT: dict[float, float] = {0.0: 6, 450.0: 1, 700.0: 2, 950.0: 2, 1250.0: 2}
PENSIONS: dict[float, float] = {350.0: 1, 650.0: 2, 850.0: 2, 1050.0: 3, 1400.0: 3, 1900.0: 1}
DISABILITY_PENSIONS: dict[float, float] = {0.0: 7, 350.0: 1, 600.0: 1, 900.0: 1}

INCOMES: dict[tuple[str, str], Mapping[float, float]] = {
    ("wage", "employee"): WAGES,
    ("wage", "apprentice"): {500.0: 1, 800.0: 2, 1100.0: 1},
    ("wage", "jobseeker"): {0.0: 85, 300.0: 10, 700.0: 5},
    ("wage", "student"): {0.0: 70, 350.0: 20, 700.0: 10},
    ("self_employment", "self_employed"): SELF_EMPLOYED,
    ("unemployment", "jobseeker"): UNEMPLOYMENT,
    ("pension", "retired"): PENSIONS,
    ("disability_pension", "unable_to_work"): DISABILITY_PENSIONS,
    ("sick_pay", "unable_to_work"): {0.0: 7, 600.0: 2, 1000.0: 1},
    ("scholarship", "student"): {0.0: 6, 250.0: 3, 500.0: 1},
    ("alimony", "*"): {0.0: 96, 150.0: 4},
    ("wage", "*"): {0.0: 97, 600.0: 2, 1400.0: 1},
    ("other", "*"): {0.0: 97, 150.0: 3},
}
RARE: dict[float, float] = {0.0: 98.5, 400.0: 1.5}
MOST: dict[str, float] = {
    "wage": 6000.0,
    "self_employment": 6000.0,
    "unemployment": 4000.0,
    "pension": 4000.0,
    "disability_pension": 1800.0,
    "sick_pay": 1800.0,
    "alimony": 1500.0,
    "scholarship": 700.0,
    "rental": 4000.0,
    "investment": 4000.0,
    "other": 2500.0,
}
INCOME_EXTREMES = {
    "wage": (0.0, 250.0, 700.0, 1450.0, 2000.0, 6000.0),
    "self_employment": (0.0, 300.0, 1400.0, 6000.0),
    "unemployment": (0.0, 500.0, 1200.0, 4000.0),
    "pension": (0.0, 400.0, 1000.0, 4000.0),
    "disability_pension": (0.0, 350.0, 800.0, 1800.0),
    "sick_pay": (0.0, 700.0, 1800.0),
}


def income(fact: str, kind: str, activity: str) -> Prior:
    """A kind of income of which nothing is known, € a month."""
    weights = INCOMES.get((kind, activity)) or INCOMES.get((kind, "*")) or RARE
    return of(fact, weights, extremes=INCOME_EXTREMES.get(kind, (0.0, MOST[kind] / 4, MOST[kind])))


def activities(age: int) -> dict[str, float]:
    """What an adult of this age does."""
    if age < 18:
        return {"student": 80, "apprentice": 10, "jobseeker": 10}
    if age < 26:
        return {"employee": 35, "student": 25, "jobseeker": 22, "apprentice": 6, "at_home": 8, "self_employed": 2}
    if age < 60:
        return {"employee": 42, "jobseeker": 27, "at_home": 14, "unable_to_work": 9, "self_employed": 6}
    if age < 65:
        return {"retired": 38, "employee": 25, "unable_to_work": 15, "jobseeker": 12, "at_home": 10}
    return {"retired": 94, "at_home": 6}


def dependency(age: int) -> dict[int, float]:
    """Level of dependency (GIR) by age: 6 means none."""
    return {6: 92, 5: 3, 4: 3, 2: 2} if age < 80 else {6: 75, 5: 8, 4: 10, 2: 7}
