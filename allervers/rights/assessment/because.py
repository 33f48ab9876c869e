"""Why: which known facts open a right or close it, found by changing them one at a time.

No rule is written here. Each known fact is forgotten in turn and given other values; where the right changes, that
fact is a reason.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from allervers.rights.assessment.certainty import Floats
from allervers.rights.assessment.shape import Certainty
from allervers.rights.completions import Completion, complete, typical, with_claimant
from allervers.rights.completions.profiles import POOR, RENTING, RICH, Profile, leaning
from allervers.rights.household import Amount, Assessed, Home, Household, Tax

LEAD: dict[Certainty, str] = {
    "certain": "D'après ce que vous avez dit, ce droit est ouvert.",
    "likely": "Ce droit est probable. Il s'ouvre dans la plupart des cas, pas dans tous.",
    "possible": "Ce droit est possible. Cela dépend de ce qui n'est pas encore dit.",
    "excluded": "D'après ce que vous avez dit, ce droit n'est pas ouvert.",
}
WHOLE = "Ce qui n'est pas encore dit n'y change rien."
SEVERAL = "Plusieurs conditions manquent à la fois."
MOST_REASONS = 3


@dataclass(frozen=True)
class Topic:
    """Something a person said: how to forget it, what else it could be, and how to say that it counts."""

    name: str
    is_known: Callable[[Household], bool]
    forget: Callable[[Household], Household]
    others: tuple[Profile, ...]
    opens: str
    closes: str


@dataclass(frozen=True)
class Turned:
    """The household with one topic changed."""

    topic: Topic
    completion: Completion


def turned(household: Household) -> list[Turned]:
    """The household with each known topic changed in turn, all else as said."""
    return [
        Turned(topic, complete(topic.forget(household), leaning(other, typical)))
        for topic in TOPICS
        if topic.is_known(household)
        for other in topic.others
    ]


def reasons(
    certainty: Certainty, usual: float, values: Floats, changed: Sequence[Turned], *, settled: bool
) -> tuple[str, ...]:
    """A few short sentences. `usual` is the right in the usual completion, `values` in each changed household."""
    found = [LEAD[certainty]]
    if certainty in ("certain", "excluded") and not settled:
        found.append(WHOLE)
    decisive = list(_decisive(usual, values, changed))
    said = [topic.opens if usual > 0 else topic.closes for topic in decisive]
    if certainty == "excluded" and not said:
        said = [SEVERAL]
    if certainty == "possible" and usual == 0:
        said = []
    return (*found, *said[:MOST_REASONS])


def _decisive(usual: float, values: Floats, changed: Sequence[Turned]) -> Iterator[Topic]:
    """The topics that turn the right from open to closed, or the other way."""
    for topic in TOPICS:
        mine = np.array([value for value, one in zip(values, changed, strict=True) if one.topic is topic])
        if len(mine) and ((mine > 0) != (usual > 0)).any():
            yield topic


def _forget_incomes(household: Household) -> Household:
    people = tuple(
        replace(one, incomes={}, no_other_income=False) if one.role in ("claimant", "partner") else one
        for one in household.people
    )
    said, counted = household.tax, household.assessed
    tax = replace(said, reference_income=_any(said.reference_income))
    assessed = Assessed(_any(counted.family_benefits), _any(counted.housing_aid), _any(counted.css))
    return replace(household, people=people, tax=tax, assessed=assessed, savings=None)


def _any(amount: Amount | None) -> Amount | None:
    """Any amount where one was said; what was not said stays unsaid."""
    return None if amount is None else Amount(0.0, 100_000.0)


def _knows_incomes(household: Household) -> bool:
    said = any(one.incomes or one.no_other_income for one in household.people)
    return said or household.tax != Tax() or household.assessed != Assessed()


def _forget_children(household: Household) -> Household:
    people = tuple(one for one in household.people if one.role != "child")
    return replace(household, people=people, more_people=True)


def _forget_partner(household: Household) -> Household:
    people = tuple(one for one in household.people if one.role != "partner")
    return replace(household, people=people, couple=None)


def _knows(name: str) -> Callable[[Household], bool]:
    return lambda household: getattr(household.claimant, name) is not None


def _forgets(*names: str) -> Callable[[Household], Household]:
    return lambda household: with_claimant(household, **dict.fromkeys(names))


def _keeps_home(household: Household) -> Household:
    commune, zone = household.home.commune, household.home.zone
    return replace(household, home=Home(commune=commune, zone=zone))


def _ages(*ages: int) -> tuple[dict[str, Any], ...]:
    return tuple({"claimant.age": age} for age in ages)


CHILDREN = ((), (0,), (7,), (3, 8), (4, 8, 12), (12,), (16,))

TOPICS = (
    Topic(
        "incomes",
        _knows_incomes,
        _forget_incomes,
        (POOR, RICH, {"claimant.incomes.wage": 1450.0}, {"claimant.incomes.disability_pension": 350.0}),
        "Vos revenus le permettent.",
        "Vos revenus, tels que vous les dites, ne le permettent pas.",
    ),
    Topic(
        "age",
        lambda one: one.claimant.age is not None or one.claimant.born is not None,
        _forgets("age", "born"),
        _ages(20, 30, 40, 64, 70, 85),
        "Votre âge le permet.",
        "Votre âge ne le permet pas.",
    ),
    Topic(
        "children",
        lambda one: one.complete_list,
        _forget_children,
        tuple({"children": ages, "others": False} for ages in CHILDREN),
        "Les enfants à votre charge comptent pour ce droit.",
        "Ce droit dépend du nombre et de l'âge des enfants à charge.",
    ),
    Topic(
        "couple",
        lambda one: one.couple is not None,
        _forget_partner,
        ({"couple": "none"}, {"couple": "cohabiting", "partner.incomes": 0.0}),
        "Votre situation de couple le permet.",
        "Votre situation de couple ne le permet pas.",
    ),
    Topic(
        "home",
        lambda one: one.home.status is not None,
        _keeps_home,
        (RENTING, {"home.status": "owner"}, {"home.status": "homeless"}),
        "La façon dont vous êtes logé compte pour ce droit.",
        "La façon dont vous êtes logé ne le permet pas.",
    ),
    Topic(
        "disability",
        _knows("disability"),
        _forgets("disability", "work_restriction"),
        ({"claimant.disability": 80}, {"claimant.disability": 0}),
        "Le handicap reconnu ouvre ce droit.",
        "Ce droit demande un handicap reconnu.",
    ),
    Topic(
        "activity",
        _knows("activity"),
        _forgets("activity"),
        tuple({"claimant.activity": one} for one in ("employee", "jobseeker", "student", "at_home", "retired")),
        "Ce que vous faites en ce moment le permet.",
        "Ce que vous faites en ce moment ne le permet pas.",
    ),
    Topic(
        "nationality",
        _knows("nationality"),
        _forgets("nationality", "resident_since"),
        (
            {"claimant.nationality": "french", "claimant.resident_since": 15.0},
            {"claimant.nationality": "other", "claimant.resident_since": 0.1},
        ),
        "Votre nationalité ou votre durée de séjour le permet.",
        "Ce droit demande un titre de séjour depuis plus longtemps.",
    ),
    Topic(
        "pregnancy",
        _knows("pregnant"),
        _forgets("pregnant", "due"),
        ({"claimant.pregnant": True}, {"claimant.pregnant": False}),
        "Une naissance est attendue.",
        "Ce droit demande qu'une naissance soit attendue.",
    ),
    Topic(
        "dependency",
        _knows("dependency"),
        _forgets("dependency", "care_plan"),
        ({"claimant.dependency": 2, "claimant.care_plan": 1000.0}, {"claimant.dependency": 6}),
        "Vous avez besoin d'aide pour les gestes de tous les jours.",
        "Ce droit demande un besoin d'aide mesuré par le département.",
    ),
    Topic(
        "work",
        lambda one: one.claimant.years_worked_of_10 is not None or one.claimant.unemployment_ends is not None,
        _forgets("years_worked_of_10", "unemployment_ends"),
        (
            {"claimant.unemployment_ends": True, "claimant.years_worked_of_10": 7.0},
            {"claimant.unemployment_ends": False},
        ),
        "Vous avez assez travaillé, et l'assurance chômage est finie.",
        "Ce droit demande cinq ans de travail et la fin de l'assurance chômage.",
    ),
)
