"""A household of which everything is known: what the law can compute."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from allervers.rights.household.words import (
    INCOME_KINDS,
    Activity,
    Couple,
    Custody,
    IncomeKind,
    Nationality,
    Role,
    School,
    Status,
)

# Rights look at incomes of the year before last; those of last year's months look one year further back.
YEARS_BACK = 3


@cache
def horizon(day: date) -> tuple[str, ...]:
    """The months of which incomes are given to the law: from January three years ago to December of the year.

    Rights of a whole year (the Christmas bonus) read the months to come: an income goes on as it is.
    """
    return tuple(f"{year}-{month:02}" for year in years(day) for month in range(1, 13))


def years(day: date) -> tuple[int, ...]:
    """The years of the horizon, oldest first."""
    return tuple(range(day.year - YEARS_BACK, day.year + 1))


def month_index(day: date) -> int:
    """Where the month of `day` stands in the horizon."""
    return YEARS_BACK * 12 + day.month - 1


@dataclass(frozen=True)
class KnownPerson:
    """One person. `incomes`: € of each month of the horizon, net as paid, by kind; a kind left out is zero.

    `title_years`: years of lawful stay in France (for foreigners). `insured_out`: unemployment insurance was paid
    and is over. `unfit`: recognised unfit for work by a pension fund. `aeeh_category`: None where no AEEH applies.
    """

    role: Role
    born: date
    activity: Activity
    nationality: Nationality = "french"
    title_years: float = 0.0
    incomes: Mapping[IncomeKind, tuple[float, ...]] = field(default_factory=dict)
    insured_out: bool = False
    years_worked_of_10: float = 0.0
    years_worked_of_3: float = 0.0
    disability: int = 0
    work_restriction: bool = False
    unfit: bool = False
    dependency: int = 6
    care_plan: float = 0.0
    pregnant: bool = False
    custody: Custody = "full"
    aeeh_category: int | None = None
    school: School = "none"

    def age_on(self, day: date) -> int:
        """Whole years on `day`; negative before birth."""
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    def income(self, kind: IncomeKind, place: int) -> float:
        """€ of one month of the horizon."""
        return self.incomes[kind][place] if kind in self.incomes else 0.0


@dataclass(frozen=True)
class Known:
    """One household. Amounts in € a month unless said; `people` starts with the claimant.

    `reference_income`: by year, only where the tax notice says it; `other_reference_income`: € a year that only it
    counts. `family_benefits`, `housing_aid`, `css`: what the fund itself counted, € a year, or None to work it out.
    `received`: € a month that did come in, by right, where known (0: known not to). `old_loan`: the home loan was
    signed before 2018.
    """

    day: date
    people: tuple[KnownPerson, ...]
    couple: Couple
    status: Status
    commune: str | None = None
    zone: int | None = None
    furnished: bool = False
    shared: bool = False
    room: bool = False
    rent: float = 0.0
    charges: float = 0.0
    landlord_is_family: bool = False
    old_loan: bool = False
    alone_recently: bool = False
    alimony_paid: float = 0.0
    savings: float = 0.0
    reference_income: Mapping[int, float] = field(default_factory=dict)
    shares: float | None = None
    other_reference_income: float = 0.0
    family_benefits: float | None = None
    housing_aid: float | None = None
    css: float | None = None
    received: Mapping[str, float] = field(default_factory=dict)

    @property
    def claimant(self) -> KnownPerson:
        return self.people[0]

    @property
    def manner(self) -> tuple[Any, ...]:
        """What must be alike for households to be worked out in one batch: the law takes an input for all or none."""
        said = (self.family_benefits, self.housing_aid, self.css, self.shares, self.commune)
        counted = tuple(one is not None for one in said)
        return (self.day, tuple(sorted(self.received)), tuple(sorted(self.reference_income)), counted)


KINDS: tuple[str, ...] = INCOME_KINDS
