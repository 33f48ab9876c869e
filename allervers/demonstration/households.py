"""Households like those met on outings, invented; and their rights, worked out once each on the law of their month."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from allervers.rights import assess, read
from allervers.rights.household import known_days

Document = dict[str, Any]


@dataclass(frozen=True)
class Met:
    """A household, the day its rights were worked out for, and the answer."""

    document: Document
    day: date
    answer: dict[str, Any]


def of(day: date, commune: str, **more: Any) -> Document:
    return {"day": day, "home": {"commune": commune, "status": "tenant", **more.pop("home", {})}, **more}


def claimant(age: int, **more: Any) -> Document:
    return {"id": "a", "role": "claimant", "age": age, "nationality": "french", "no_other_income": True, **more}


def child(name: str, age: int, **more: Any) -> Document:
    return {"id": name, "role": "child", "age": age, "custody": "full", **more}


def partner(age: int, **more: Any) -> Document:
    return {**claimant(age, **more), "id": "b", "role": "partner"}


def jobless(day: date) -> Document:
    people = [claimant(34, activity="jobseeker", incomes={})]
    home = {"status": "social_tenant", "rent": 320, "charges": 60}
    return of(day, "31555", home=home, couple="none", people=people, savings=0, receives={"rsa": False})


def lone_parent(day: date) -> Document:
    people = [claimant(29, activity="employee", incomes={"wage": 780}), child("c", 4), child("d", 7)]
    return of(day, "31555", home={"rent": 540}, couple="none", people=people, savings=200, alimony_paid=0)


def couple_with_one_wage(day: date) -> Document:
    people = [
        claimant(38, activity="employee", incomes={"wage": 1420}),
        partner(36, activity="at_home", incomes={}),
        child("c", 6),
        child("d", 10),
    ]
    return of(day, "31149", home={"rent": 610}, couple="married", people=people, savings=900)


def old_woman(day: date) -> Document:
    people = [claimant(74, activity="retired", incomes={"pension": 690})]
    return of(day, "31483", home={"rent": 380}, couple="none", people=people, savings=1200)


def old_couple(day: date) -> Document:
    people = [
        claimant(71, activity="retired", incomes={"pension": 610}),
        partner(69, activity="retired", incomes={"pension": 240}),
    ]
    return of(day, "31020", home={"status": "owner"}, couple="married", people=people, savings=4000)


def young_worker(day: date) -> Document:
    people = [claimant(24, activity="employee", incomes={"wage": 1310})]
    return of(day, "31395", home={"rent": 470}, couple="none", people=people, savings=300)


def disabled(day: date) -> Document:
    people = [claimant(47, activity="unable_to_work", incomes={}, disability=80)]
    return of(day, "31451", home={"rent": 400}, couple="none", people=people, savings=0)


def without_a_home(day: date) -> Document:
    people = [claimant(52, activity="jobseeker", incomes={})]
    return of(day, "31555", home={"status": "homeless"}, couple="none", people=people)


def newborn(day: date) -> Document:
    people = [
        claimant(31, activity="jobseeker", incomes={"unemployment": 910}),
        partner(30, activity="at_home", incomes={}),
        child("c", 0),
    ]
    return of(day, "31582", home={"rent": 560}, couple="pacs", people=people)


def farmer(day: date) -> Document:
    people = [claimant(56, activity="self_employed", incomes={"self_employment": 480})]
    return of(day, "31390", home={"status": "owner"}, couple="none", people=people, savings=2500)


def part_time(day: date) -> Document:
    people = [claimant(44, activity="employee", incomes={"wage": 640}), child("c", 15)]
    return of(day, "31396", home={"rent": 450}, couple="none", people=people)


def hardly_known(day: date) -> Document:
    """Somebody who said two things at a stall: unknown stays unknown."""
    return {
        "day": day,
        "home": {"commune": "31555"},
        "couple": "none",
        "people": [{"id": "a", "role": "claimant", "age": 58}],
    }


KINDS: tuple[Callable[[date], Document], ...] = (
    jobless, lone_parent, couple_with_one_wage, old_woman, old_couple, young_worker, disabled, without_a_home, newborn,
    farmer, part_time, hardly_known,
)  # fmt: skip
WINDOWS = (92, 61, 31)  # days ago at which each third of the three months begins


def work_out(today: date) -> Iterator[tuple[int, Met]]:
    """Each household with the third of the three months in which it was met; one computation each, on real law.

    Once the law known here has ended, its last day is the day of the computation.
    """
    _, last = known_days()
    for place, kind in enumerate(KINDS):
        window = place % len(WINDOWS)
        day = min(today - timedelta(days=WINDOWS[window]), last)
        document = kind(day)
        answer = assess(read(document)).as_json()
        yield window, Met({**document, "day": day.isoformat()}, day, answer)
