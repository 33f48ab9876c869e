"""A household as far as it is known. `None` is unknown, never zero and never false."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from allervers.rights.household.words import (
    Activity,
    Couple,
    Custody,
    IncomeKind,
    Nationality,
    Role,
    School,
    Status,
)

STEADY_MONTHS = 24


@dataclass(frozen=True)
class Amount:
    """Euros known to lie within [low, high]; a missing end is unknown."""

    low: float | None
    high: float | None

    @classmethod
    def of(cls, value: float) -> "Amount":
        return cls(value, value)

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def value(self) -> float:
        """The amount, for one that is exact."""
        if self.low is None or not self.exact:
            raise ValueError("this amount is only known as a range")
        return self.low


@dataclass(frozen=True)
class Income:
    """One kind of income of one person, € a month, net as paid: the same each month, or month by month."""

    steady: Amount | None = None
    months: Mapping[str, Amount] = field(default_factory=dict)

    def at(self, month: str, day: date) -> Amount | None:
        """What is known of `month` ("2026-05") when the household is seen on `day`.

        A steady amount holds for the month of `day` and the twenty-four before it; nothing is said of older ones.
        """
        if self.steady is None:
            return self.months.get(month)
        return self.steady if 0 <= months_between(month, day) <= STEADY_MONTHS else None


@dataclass(frozen=True)
class Home:
    """Where the household lives. `rent` and `charges` in € a month; `zone` 1, 2 or 3."""

    commune: str | None = None
    zone: int | None = None
    status: Status | None = None
    furnished: bool | None = None
    shared: bool | None = None
    room: bool | None = None
    rent: Amount | None = None
    charges: Amount | None = None
    landlord_is_family: bool | None = None
    loan_since: date | None = None


@dataclass(frozen=True)
class Person:
    """One person of the household. `no_other_income` is only ever stated true; otherwise it is unknown."""

    role: Role
    id: str | None = None
    born: date | None = None
    age: int | None = None
    activity: Activity | None = None
    nationality: Nationality | None = None
    resident_since: date | None = None
    incomes: Mapping[IncomeKind, Income] = field(default_factory=dict)
    no_other_income: bool = False
    unemployment_ends: date | None = None
    years_worked_of_10: float | None = None
    years_worked_of_3: float | None = None
    disability: int | None = None
    work_restriction: bool | None = None
    unfit: bool | None = None
    dependency: int | None = None
    care_plan: Amount | None = None
    pregnant: bool | None = None
    due: date | None = None
    custody: Custody | None = None
    aeeh_category: int | None = None
    school: School | None = None
    alone_since: date | None = None

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`, from the date of birth where it is known."""
        return self.age if self.born is None else years_between(self.born, day)


@dataclass(frozen=True)
class Tax:
    """The tax notice: reference income in € a year, the year of those incomes, the number of shares."""

    reference_income: Amount | None = None
    year: int | None = None
    shares: float | None = None


@dataclass(frozen=True)
class Assessed:
    """Resources as the fund itself counted them, € a year."""

    family_benefits: Amount | None = None
    housing_aid: Amount | None = None
    css: Amount | None = None


Received = Amount | bool


@dataclass(frozen=True)
class Household:
    """All that is known of one household on `day`; `people` may be empty: nobody has been spoken of yet."""

    day: date
    home: Home = field(default_factory=Home)
    couple: Couple | None = None
    people: tuple[Person, ...] = ()
    more_people: bool = False
    alimony_paid: Amount | None = None
    savings: Amount | None = None
    tax: Tax = field(default_factory=Tax)
    assessed: Assessed = field(default_factory=Assessed)
    receives: Mapping[str, Received] = field(default_factory=dict)

    @property
    def claimant(self) -> Person:
        """The claimant, of whom nothing may be known."""
        return next((one for one in self.people if one.role == "claimant"), Person(role="claimant"))

    @property
    def partner(self) -> Person | None:
        """The partner as listed; None also where there is one of whom nothing is known."""
        return next((one for one in self.people if one.role == "partner"), None)

    @property
    def complete_list(self) -> bool:
        """Whether the people listed are the whole household (an unlisted partner aside)."""
        return bool(self.people) and not self.more_people


def years_between(born: date, day: date) -> int:
    """Whole years from `born` to `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_between(month: str, day: date) -> int:
    """How many months `month` ("2026-05") lies before the month of `day`; negative when after."""
    year, number = month.split("-")
    return (day.year - int(year)) * 12 + day.month - int(number)
