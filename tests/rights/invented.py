"""Invented households, whole documents drawn without the prior of `rights`: any age, any amount, any family.

Another generator than the one that `assess` completes with: what it finds, `assess` must not have called sure.
"""

from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

Document = dict[str, Any]

DAY = date(2026, 9, 1)
KINDS = (
    "wage",
    "self_employment",
    "unemployment",
    "pension",
    "disability_pension",
    "sick_pay",
    "alimony",
    "scholarship",
    "rental",
    "investment",
    "other",
)
ACTIVITIES = (
    "employee",
    "self_employed",
    "jobseeker",
    "student",
    "apprentice",
    "retired",
    "at_home",
    "unable_to_work",
)
STATUSES = ("tenant", "social_tenant", "owner", "buying", "hosted", "hostel", "homeless")
DROPPABLE_OF_HOME = ("status", "rent", "furnished", "shared", "room", "landlord_is_family", "charges")
DROPPABLE_OF_PERSON = (
    "born",
    "activity",
    "nationality",
    "resident_since",
    "no_other_income",
    "incomes",
    "unemployment_ends",
    "years_worked_of_10",
    "years_worked_of_3",
    "unfit",
    "disability",
    "work_restriction",
    "dependency",
    "care_plan",
    "pregnant",
    "custody",
    "aeeh_category",
    "school",
    "alone_since",
)


def whole(dice: Random, day: date = DAY) -> Document:
    """A document that says everything."""
    couple = dice.choice(("married", "pacs", "cohabiting", "none", "none"))
    claimant = adult(dice, "claimant", day)
    people = [claimant]
    if couple != "none":
        people.append(adult(dice, "partner", day))
    oldest = min(day.year - int(one["born"][:4]) for one in people) - 16
    people += [
        child(dice, day, min(24, oldest)) for _ in range(dice.choice((0, 0, 0, 1, 1, 2, 2, 3, 4, 6))) if oldest > 0
    ]
    return {
        "day": day.isoformat(),
        "couple": couple,
        "people": people,
        "home": home(dice),
        "savings": money(dice, 100_000),
        "alimony_paid": dice.choice((0, 0, 0, money(dice, 900))),
    }


def money(dice: Random, most: float) -> float:
    """Zero a third of the time, else small amounts more often than large ones."""
    return 0 if dice.random() < 0.33 else round(most * dice.random() ** 2, 2)


def a_day(dice: Random, day: date, years_ago: float, to_years_ago: float = 0.0) -> str:
    back = to_years_ago + dice.random() * (years_ago - to_years_ago)
    return (day - timedelta(days=round(back * 365.25))).isoformat()


def adult(dice: Random, role: str, day: date) -> Document:
    age = dice.choice((18 + dice.random() * 10, 25 + dice.random() * 40, 60 + dice.random() * 35))
    found: Document = {
        "role": role,
        "born": a_day(dice, day, age, age),
        "activity": dice.choice(ACTIVITIES),
        "nationality": dice.choice(("french", "french", "eu", "other")),
        "incomes": {kind: money(dice, 4000) for kind in dice.sample(KINDS, dice.choice((0, 0, 1, 1, 2)))},
        "no_other_income": True,
        "unemployment_ends": a_day(dice, day, 3, -2),
        "years_worked_of_3": dice.randint(0, 3),
        "unfit": dice.random() < 0.2,
        "years_worked_of_10": dice.randint(0, 10),
        "disability": dice.choice((0, 0, 0, 50, 80)),
        "work_restriction": dice.random() < 0.5,
        "dependency": dice.randint(1, 6) if age >= 60 else 6,
        "care_plan": money(dice, 1500) if age >= 60 else 0,
        "pregnant": dice.random() < 0.1 and age < 50,
        "alone_since": a_day(dice, day, 5),
    }
    if found["nationality"] != "french":
        found["resident_since"] = a_day(dice, day, min(age, 20))
    found["years_worked_of_3"] = min(found["years_worked_of_3"], found["years_worked_of_10"])
    if found["dependency"] > 4:
        found["care_plan"] = 0
    return found


def child(dice: Random, day: date, oldest: float) -> Document:
    age = dice.random() * oldest
    found: Document = {
        "role": "child",
        "born": a_day(dice, day, age, age),
        "custody": dice.choice(("full", "full", "full", "shared")),
        "disability": dice.choice((0, 0, 0, 0, 80)),
        "activity": "student",
        "no_other_income": True,
    }
    if found["disability"]:
        found["aeeh_category"] = dice.randint(0, 6)
    if age >= 17:
        found["activity"] = dice.choice(("student", "jobseeker", "employee"))
        found["incomes"] = {"wage": money(dice, 2000)}
    return found


def home(dice: Random) -> Document:
    return {
        "commune": "31555",
        "status": dice.choice(STATUSES),
        "rent": round(dice.random() * 1200, 2),
        "charges": 40,
        "furnished": dice.random() < 0.3,
        "shared": dice.random() < 0.2,
        "room": dice.random() < 0.1,
        "landlord_is_family": dice.random() < 0.1,
    }


def partial(dice: Random, said: Document, share: float) -> Document:
    """The document with each fact left out with probability `share`, sometimes the partner or the children too."""
    found = deepcopy(said)
    for key in ("savings", "alimony_paid"):
        if dice.random() < share:
            del found[key]
    for key in DROPPABLE_OF_HOME:
        if dice.random() < share:
            found["home"].pop(key, None)
    for person in found["people"]:
        for key in DROPPABLE_OF_PERSON:
            if dice.random() < share:
                _leave_out(person, key, day=date.fromisoformat(said["day"]), dice=dice)
    return _fewer_people(dice, found, share)


def _leave_out(person: Document, key: str, day: date, dice: Random) -> None:
    if key == "born" and person["role"] == "child":
        born = date.fromisoformat(person.pop("born"))
        person["age"] = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    elif key == "incomes" and person.get("incomes") and dice.random() < 0.5:
        kind, amount = next(iter(person["incomes"].items()))
        person["incomes"][kind] = {"from": round(amount * 0.7, 2), "to": round(amount * 1.3 + 50, 2)}
    elif key == "incomes":
        person.pop("incomes", None)
        person.pop("no_other_income", None)
    else:
        person.pop(key, None)


def _fewer_people(dice: Random, found: Document, share: float) -> Document:
    if dice.random() < share / 2:
        found["people"] = [one for one in found["people"] if one["role"] != "child"]
        found["more_people"] = True
    if dice.random() < share / 2:
        found["people"] = [one for one in found["people"] if one["role"] != "partner"]
        if dice.random() < 0.5:
            del found["couple"]
    return found
