"""One person of whom something is unknown, completed."""

from datetime import date, timedelta
from typing import Any

from allervers.rights.completions.incomes import before, incomes_of
from allervers.rights.facts import KnownPerson
from allervers.rights.household import Person
from allervers.rights.prior import (
    AGE_EXTREMES,
    AGES,
    Choose,
    Prior,
    activities,
    dependency,
    of,
    within,
    years,
)

# Years after which a stay in France counts for every right that asks for one (ASPA: ten).
LONG_AGO = 15.0
OLDEST_CHILD_AT_SCHOOL = 25


def adult(person: Person, who: str, day: date, choose: Choose, *, past: bool) -> KnownPerson:
    """The claimant, the partner or another adult; `past` is whether incomes of over two years ago matter."""
    born = _born(person, who, day, choose, years(f"people[{who}].age", AGES, 40, AGE_EXTREMES))
    age = _age(born, day)
    activity = _said(person.activity, f"people[{who}].activity", activities(age), choose)
    incomes = incomes_of(person, who, activity, day, choose)
    if past:
        incomes = before(incomes, who, day, choose)
    gir = _gir(person, who, age, choose)
    rate = _said(person.disability, f"people[{who}].disability", {0: 92, 50: 4, 80: 4}, choose)
    return KnownPerson(
        role=person.role,
        born=born,
        activity=activity,
        incomes=incomes,
        nationality=_said(
            person.nationality, f"people[{who}].nationality", {"french": 86, "eu": 5, "other": 9}, choose
        ),
        title_years=_title(person, who, day, choose),
        disability=rate,
        work_restriction=_restriction(person, who, rate, choose),
        unfit=_unfit(person, who, activity, age, choose),
        years_worked_of_3=_worked_young(person, who, age, choose),
        dependency=gir,
        care_plan=_care_plan(person, who, gir, choose),
        pregnant=_pregnant(person, who, age, choose),
        **_worked(person, who, activity, age, day, choose),
    )


def child(person: Person, who: str, day: date, choose: Choose, *, alone: bool, past: bool) -> KnownPerson:
    """A child of the household; `alone` is whether one parent is there."""
    ages = {2: 1, 6: 2, 10: 2, 14: 2}
    extremes = (0, 1, 2, 3, 5, 6, 10, 11, 14, 15, 16, 17, 18, 19, 20, 22)
    born = _born(person, who, day, choose, years(f"people[{who}].age", ages, 6, extremes))
    age = _age(born, day)
    activity = _child_activity(person, who, age, choose)
    incomes = _child_incomes(person, who, age, activity, day, choose, past=past)
    rate = _said(person.disability, f"people[{who}].disability", {0: 95, 50: 2, 80: 3}, choose)
    grown = age >= 16
    return KnownPerson(
        role="child",
        born=born,
        activity=activity,
        incomes=incomes,
        nationality=person.nationality or "french",
        title_years=LONG_AGO,
        disability=rate,
        work_restriction=_restriction(person, who, rate, choose) if grown else False,
        custody=_custody(person, who, alone, choose),
        aeeh_category=_aeeh(person, who, rate, age, choose),
        school=_school(person, who, born, age, activity, day, choose),
        pregnant=_pregnant(person, who, age, choose) if person.pregnant else False,
    )


def _said(known: Any, fact: str, weights: dict[Any, float], choose: Choose) -> Any:
    return choose(of(fact, weights)) if known is None else known


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _born(person: Person, who: str, day: date, choose: Choose, ages: Prior) -> date:
    """The day of birth: known, or somewhere in the year that the age leaves."""
    if person.born is not None:
        return person.born
    age = choose(ages) if person.age is None else person.age
    months = choose(of(f"people[{who}].born", {6: 1, 0: 1, 3: 1, 9: 1, 11.9: 1}, typical=6))
    return _years_before(day, age) - timedelta(days=round(months * 30.4))


def _years_before(day: date, age: int) -> date:
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # 29 February
        return day.replace(year=day.year - age, day=28)


def _title(person: Person, who: str, day: date, choose: Choose) -> float:
    if person.nationality == "french":
        return LONG_AGO
    if person.resident_since is not None:
        return (day - person.resident_since).days / 365.25
    fact = f"people[{who}].resident_since"
    years = {LONG_AGO: 45, 7.0: 25, 3.0: 20, 0.1: 10}
    chosen: float = choose(of(fact, years, typical=LONG_AGO))
    return chosen


def _restriction(person: Person, who: str, rate: int, choose: Choose) -> bool:
    if person.work_restriction is not None or rate != 50:
        return bool(person.work_restriction)
    return bool(choose(of(f"people[{who}].work_restriction", {True: 5, False: 5}, typical=False)))


def _worked_young(person: Person, who: str, age: int, choose: Choose) -> float:
    """Years of work of the last three: they open the RSA before 25."""
    if person.years_worked_of_3 is not None or not 18 <= age < 25:
        return person.years_worked_of_3 or 0.0
    if person.years_worked_of_10 is not None and person.years_worked_of_10 < 2:
        return 0.0
    return float(choose(of(f"people[{who}].years_worked_of_3", {0.5: 93, 2.5: 7})))


def _unfit(person: Person, who: str, activity: str, age: int, choose: Choose) -> bool:
    """Recognised unfit by a pension fund: asked only where it can change a right."""
    if person.unfit is not None:
        return person.unfit
    if activity != "unable_to_work" or not 60 <= age < 66:
        return False
    return bool(choose(of(f"people[{who}].unfit", {True: 5, False: 5}, typical=False)))


def _gir(person: Person, who: str, age: int, choose: Choose) -> int:
    if person.dependency is not None or age < 60:
        return person.dependency or 6
    return int(choose(of(f"people[{who}].dependency", dict(dependency(age)), extremes=(6, 5, 4, 1))))


def _care_plan(person: Person, who: str, gir: int, choose: Choose) -> float:
    fact = f"people[{who}].care_plan"
    if person.care_plan is not None:
        if person.care_plan.exact:
            return person.care_plan.value
        return float(choose(within(fact, person.care_plan.low, person.care_plan.high, 1800.0)))
    if gir > 4:
        return 0.0
    return float(choose(of(fact, {0.0: 1, 350.0: 3, 700.0: 3, 1100.0: 1}, 350.0, (0.0, 40.0, 500.0, 1800.0))))


def _pregnant(person: Person, who: str, age: int, choose: Choose) -> bool:
    if person.pregnant is not None or person.due is not None:
        return bool(person.pregnant or person.due)
    if not 15 <= age <= 50:
        return False
    return bool(choose(of(f"people[{who}].pregnant", {False: 97, True: 3})))


def _worked(person: Person, who: str, activity: str, age: int, day: date, choose: Choose) -> dict[str, Any]:
    """Whether unemployment insurance is over, and years worked: asked where the ASS may follow."""
    years, ends = person.years_worked_of_10, person.unemployment_ends
    out: bool | None = None if ends is None else ends <= day
    if out is False or (out is None and age >= 68) or (years is not None and years < 5):
        return {"insured_out": False, "years_worked_of_10": years or 0.0}
    if out is None:
        weights = {True: 40, False: 60} if activity == "jobseeker" else {False: 97, True: 3}
        out = bool(choose(of(f"people[{who}].unemployment_ends", weights)))
    if years is None:
        years = 0.0 if not out else choose(of(f"people[{who}].years_worked_of_10", {7.0: 6, 2.0: 4}))
    return {"insured_out": out, "years_worked_of_10": years}


def _child_activity(person: Person, who: str, age: int, choose: Choose) -> Any:
    if person.activity is not None or age < 16:
        return person.activity or "student"
    weights = {"student": 85, "apprentice": 6, "jobseeker": 6, "employee": 3}
    return choose(of(f"people[{who}].activity", weights))


def _child_incomes(
    person: Person, who: str, age: int, activity: str, day: date, choose: Choose, *, past: bool
) -> dict[Any, Any]:
    """A child under sixteen has no income of its own unless it says so; older ones may have a wage."""
    if age < 16 or person.no_other_income or person.incomes:
        closed = Person(role="child", incomes=person.incomes, no_other_income=True)
        return incomes_of(closed, who, activity, day, choose)
    weights = {0.0: 90, 600.0: 5, 1300.0: 5} if activity in ("student", "jobseeker") else {900.0: 6, 1300.0: 4}
    wage = choose(of(f"people[{who}].incomes.wage", weights, extremes=(0.0, 700.0, 1600.0)))
    return {"wage": (wage,) * 48} if wage else {}


def _custody(person: Person, who: str, alone: bool, choose: Choose) -> Any:
    if person.custody is not None:
        return person.custody
    weights = {"full": 85, "shared": 13, "visits": 2} if alone else {"full": 95, "shared": 5}
    return choose(of(f"people[{who}].custody", weights))


def _aeeh(person: Person, who: str, rate: int, age: int, choose: Choose) -> int | None:
    """Category of the complement; None where the child has no AEEH (from 50 to 79 % it also asks for care)."""
    if rate == 0 or age >= 20:
        return None
    if person.aeeh_category is not None:
        return person.aeeh_category
    fact = f"people[{who}].aeeh_category"
    if rate == 80:
        return int(choose(of(fact, {0: 6, 1: 1, 2: 2, 3: 1, 4: 1}, extremes=tuple(range(7)))))
    chosen = choose(of(fact, {-1: 4, 0: 5, 2: 1}, 0, (-1, 0, 2, 6)))
    return None if chosen < 0 else int(chosen)


def _school(person: Person, who: str, born: date, age: int, activity: str, day: date, choose: Choose) -> Any:
    """The school that goes with the year of birth; around each step, one year early or late."""
    if person.school is not None:
        return person.school
    start = day.year if day.month >= 9 else day.year - 1
    reached = start - born.year
    if activity != "student" or reached < 6 or age >= OLDEST_CHILD_AT_SCHOOL:
        return "none"
    usual = _usual_school(reached)
    others = {_usual_school(reached - 1), _usual_school(reached + 1), _drop_out(reached)} - {usual}
    if not others:
        return usual
    weights = {usual: 90.0} | {other: 10.0 / len(others) for other in sorted(others)}
    return choose(of(f"people[{who}].school", weights, typical=usual))


def _usual_school(reached: int) -> str:
    """School of a child who reaches this age in the calendar year when the school year starts."""
    for last, school in ((10, "primary"), (14, "college"), (17, "lycee")):
        if reached <= last:
            return school
    return "higher"


def _drop_out(reached: int) -> str:
    return "none" if reached >= 17 else _usual_school(reached)
