"""Declared conditions, over the facts of a household file: true, false, or not known.

A right without a computation is only ever possible; it is excluded when one of its conditions is known to
be false. A fact left out is unknown, never zero and never false; a range answers only on one side of a limit.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from allervers.rights.catalogue.right import Condition

Household = Mapping[str, Any]
Truth = bool | None  # None: not known

ENDLESS = float("inf")


@dataclass(frozen=True)
class Between:
    """A number known only to lie between two ends, both included; equal ends: it is known."""

    low: float
    high: float


@dataclass(frozen=True)
class Line:
    """One condition of a right and whether it holds for this household."""

    says: str
    holds: Truth


@dataclass(frozen=True)
class Verdict:
    """What the conditions of a declared right say of a household."""

    lines: tuple[Line, ...]

    @property
    def excluded(self) -> bool:
        """True when a condition is known to be false."""
        return any(line.holds is False for line in self.lines)

    @property
    def because(self) -> list[str]:
        """The sentences that decide: those known to be false, as what is missing; else those known to hold."""
        if self.excluded:
            return [f"Il faut : {said_within(line.says)}" for line in self.lines if line.holds is False]
        return [line.says for line in self.lines if line.holds is True]

    @property
    def would_settle_it(self) -> list[str]:
        """The sentences nothing is known of; none once the right is excluded."""
        return [] if self.excluded else [line.says for line in self.lines if line.holds is None]


def said_within(sentence: str) -> str:
    """A sentence as it reads after a colon."""
    return sentence[:1].lower() + sentence[1:]


def judge(conditions: Iterable[Condition], household: Household) -> Verdict:
    """What is known of each condition for a plain household document, as the household file gives it."""
    return Verdict(tuple(Line(one.says, truth(one, household)) for one in conditions))


def truth(condition: Condition, household: Household) -> Truth:
    """Whether a condition holds; what no file holds is never known."""
    if condition.unwritten:
        return None
    if condition.any_of:
        return one_of([truth(one, household) for one in condition.any_of])
    if condition.all_of:
        return all_of([truth(one, household) for one in condition.all_of])
    assert condition.fact is not None and condition.op is not None  # the schema says so
    return OPERATIONS[condition.op](read_fact(condition.fact, household), condition.value)


def one_of(answers: list[Truth]) -> Truth:
    """True when one is true, false when all are false, otherwise not known."""
    if True in answers:
        return True
    return None if None in answers else False


def all_of(answers: list[Truth]) -> Truth:
    """True when all are true, false when one is false, otherwise not known."""
    if False in answers:
        return False
    return None if None in answers else True


def read_fact(fact: str, household: Household) -> Any:
    """A named fact, or the value at a path of the document; None when the file does not say."""
    if fact in NAMED:
        return NAMED[fact](household)
    found: Any = household
    for step in fact.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return as_range(found) if isinstance(found, Mapping) else found


def as_range(found: Mapping[str, Any]) -> Between:
    """`{from: 600, to: 900}` as two ends, either of which may be missing."""
    return Between(float(found.get("from", -ENDLESS)), float(found.get("to", ENDLESS)))


# ---------------------------------------------------------------- operations


def is_value(found: Any, value: Any) -> Truth:
    """Equal to one value."""
    return None if found is None else bool(found == value)


def is_in(found: Any, values: Any) -> Truth:
    """One of several values."""
    return None if found is None else found in values


def is_not_in(found: Any, values: Any) -> Truth:
    """None of several values."""
    return None if found is None else found not in values


def is_at_least(found: Any, limit: Any) -> Truth:
    """A number not below a limit."""
    below = is_below(found, limit)
    return None if below is None else not below


def is_below(found: Any, limit: Any) -> Truth:
    """A number below a limit; a range answers when it lies on one side."""
    if found is None:
        return None
    ends = found if isinstance(found, Between) else Between(float(found), float(found))
    if ends.high < limit:
        return True
    return False if ends.low >= limit else None


def starts_with(found: Any, start: Any) -> Truth:
    """A code that begins with another, such as a municipality of a département."""
    return None if found is None else str(found).startswith(str(start))


def does_not_start_with(found: Any, start: Any) -> Truth:
    """A code that begins otherwise."""
    starts = starts_with(found, start)
    return None if starts is None else not starts


OPERATIONS: dict[str, Callable[[Any, Any], Truth]] = {
    "is": is_value,
    "in": is_in,
    "not_in": is_not_in,
    "at_least": is_at_least,
    "below": is_below,
    "starts_with": starts_with,
    "does_not_start_with": does_not_start_with,
}


# ---------------------------------------------------------------- named facts


def people(household: Household) -> list[Mapping[str, Any]]:
    """Those listed."""
    return list(household.get("people") or ())


def is_closed(household: Household) -> bool:
    """True when nobody is missing from the list."""
    return not household.get("more_people", False)


def age_of(person: Mapping[str, Any], household: Household) -> Between:
    """Completed years on the day of the file; endless when neither birth nor age is given."""
    if "born" in person:
        return exact(completed_years(as_date(person["born"]), as_date(household["day"])))
    if "age" not in person:
        return Between(0, ENDLESS)
    age = person["age"]
    return as_range(age) if isinstance(age, Mapping) else exact(float(age))


def exact(value: float) -> Between:
    """A number that is known."""
    return Between(value, value)


def as_date(value: date | str) -> date:
    """A date as YAML (a date) or JSON (a text) gives it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def completed_years(born: date, on: date) -> int:
    """Birthdays passed."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def youngest_child_age(household: Household) -> Between:
    """Age of the youngest child; endless when there is none, from zero when children may be missing."""
    ages = [age_of(one, household) for one in people(household) if one.get("role") == "child"]
    low = min((age.low for age in ages), default=ENDLESS)
    high = min((age.high for age in ages), default=ENDLESS)
    return Between(low if is_closed(household) else 0, high)


def lone_parent(household: Household) -> Truth:
    """A child and no partner."""
    alone = None if household.get("couple") is None else household["couple"] == "none"
    if any(one.get("role") == "partner" for one in people(household)):
        alone = False
    has_child = any(one.get("role") == "child" for one in people(household)) or (
        False if is_closed(household) else None
    )
    return all_of([alone, has_child])


def some_disability(household: Household) -> Truth:
    """True at the least sign of one; never false: a disability that nobody recognised is a disability."""
    signs = any(shows_disability(one) for one in people(household))
    return True if signs else None


def shows_disability(person: Mapping[str, Any]) -> bool:
    """A recognised rate, a work restriction, an activity or income that says so, or GIR 1 to 4."""
    return bool(
        person.get("disability")
        or person.get("work_restriction")
        or person.get("aeeh_category")
        or person.get("activity") == "unable_to_work"
        or "disability_pension" in (person.get("incomes") or {})
        or person.get("dependency") in (1, 2, 3, 4)
    )


def some_foreigner(household: Household) -> Truth:
    """Somebody who is not French; false when all are known to be."""
    said = [one.get("nationality") for one in people(household)]
    if any(nationality in ("eu", "other") for nationality in said):
        return True
    return False if is_closed(household) and all(nationality == "french" for nationality in said) else None


def some_student(household: Household) -> Truth:
    """A claimant or a partner who studies; false when both are known to do something else."""
    couple = household.get("couple")
    adults = [one for one in people(household) if one.get("role") in ("claimant", "partner")]
    if any(one.get("activity") == "student" for one in adults):
        return True
    alone = couple == "none" or (couple is not None and len(adults) > 1)
    return False if alone and adults and all(one.get("activity") for one in adults) else None


NAMED: dict[str, Callable[[Household], Any]] = {
    "youngest_child_age": youngest_child_age,
    "lone_parent": lone_parent,
    "some_disability": some_disability,
    "some_foreigner": some_foreigner,
    "some_student": some_student,
}

__all__ = ["NAMED", "OPERATIONS", "Between", "Line", "Truth", "Verdict", "judge", "truth"]
