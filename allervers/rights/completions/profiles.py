"""Lives in which one right or another opens: tried on whatever is unknown, so that no right is excluded by chance.

Keys are facts ("claimant.age", "home.status"), or "incomes" for every income of every adult, "before" for those of
over two years ago. What is known of the household always prevails; what a profile does not say is typical.
"""

from collections.abc import Callable
from typing import Any

from allervers.rights.prior import Choose, Prior

Profile = dict[str, Any]

ASSESSED = ("assessed.family_benefits", "assessed.housing_aid", "assessed.css")

POOR: Profile = {
    "incomes": 0.0,
    "before": "none",
    "savings": 0.0,
    "alimony_paid": 0.0,
    "tax.other_year": 0.0,
    "tax.reference_income": 0.0,
    **dict.fromkeys(ASSESSED, 0.0),
}
RICH: Profile = {
    "incomes": 1e9,
    "before": "more",
    "savings": 1e9,
    "tax.other_year": 3.0,
    "tax.reference_income": 1e9,
    **dict.fromkeys(ASSESSED, 1e9),
}
RENTING: Profile = {
    "home.status": "tenant",
    "home.rent": 600.0,
    "home.zone": 1,
    "home.shared": False,
    "home.room": False,
    "home.landlord_is_family": False,
}
ALONE: Profile = {"couple": "none", "partner": None}

PROFILES: dict[str, Profile] = {
    "alone without income": POOR | ALONE | {"claimant.age": 40, "claimant.activity": "at_home"},
    "homeless": POOR | ALONE | {"claimant.age": 40, "home.status": "homeless"},
    "renting without income": POOR | ALONE | RENTING | {"claimant.age": 30, "claimant.activity": "jobseeker"},
    "lone parent": POOR | ALONE | RENTING | {"claimant.age": 30, "children": (1, 4), "custody": "full"},
    "lone parent of a baby": POOR | ALONE | RENTING | {"claimant.age": 30, "children": (0,), "alone_since": True},
    "lone parent at work": ALONE
    | RENTING
    | {"claimant.age": 30, "children": (7,), "claimant.activity": "employee", "claimant.incomes.wage": 1450.0},
    "couple with three": POOR
    | RENTING
    | {"couple": "married", "claimant.age": 40, "children": (4, 8, 12), "custody": "full"},
    "large family": POOR
    | RENTING
    | {"couple": "married", "claimant.age": 45, "children": (0, 4, 8, 12, 16), "custody": "full"},
    "children at school": POOR | {"claimant.age": 40, "children": (12, 15), "custody": "full"},
    "one at lycée": POOR | {"claimant.age": 40, "children": (16,), "school": "lycee"},
    "one at collège": POOR | {"claimant.age": 40, "children": (12,), "school": "college"},
    "expecting": POOR | RENTING | {"couple": "married", "claimant.age": 30, "pregnant": True},
    "disabled child": POOR
    | {"claimant.age": 40, "children": (7,), "children.disability": 80, "child.disability": 80, "aeeh_category": 3},
    "disabled": POOR | ALONE | RENTING | {"claimant.age": 40, "disability": 80},
    "disabled and restricted": POOR
    | ALONE
    | RENTING
    | {"claimant.age": 40, "disability": 50, "work_restriction": True},
    "disability pension": POOR
    | {"claimant.age": 50, "claimant.activity": "unable_to_work", "incomes.disability_pension": 350.0},
    "retired without pension": POOR | {"claimant.age": 70, "partner.age": 70, "activity": "retired", "dependency": 6},
    "retired and unfit": POOR | {"claimant.age": 64, "activity": "unable_to_work", "unfit": True, "disability": 80},
    "frail and old": POOR
    | {"claimant.age": 85, "activity": "retired", "dependency": 2, "care_plan": 1000.0, "partner.age": 80},
    "out of insurance": POOR
    | {
        "claimant.age": 45,
        "activity": "jobseeker",
        "unemployment_ends": True,
        "years_worked_of_10": 7.0,
    },
    "young and idle": POOR | ALONE | {"claimant.age": 19, "claimant.activity": "jobseeker", "children": ()},
    "young and disabled": POOR | ALONE | {"claimant.age": 22, "claimant.activity": "at_home", "disability": 80},
    "young with years of work": POOR | ALONE | {"claimant.age": 22, "activity": "at_home", "years_worked_of_3": 2.5},
    "young couple": POOR | RENTING | {"couple": "cohabiting", "age": 22, "activity": "jobseeker", "children": ()},
    "grown child out of work": POOR
    | {"claimant.age": 50, "children": (20,), "children.activity": "jobseeker", "child.activity": "jobseeker"},
    "student": POOR | ALONE | RENTING | {"claimant.age": 20, "claimant.activity": "student", "children": ()},
    "apprentice": ALONE
    | RENTING
    | {"claimant.age": 20, "claimant.activity": "apprentice", "claimant.incomes.wage": 1100.0},
    "minimum wage": ALONE
    | RENTING
    | {"claimant.age": 35, "claimant.activity": "employee", "claimant.incomes.wage": 1450.0},
    "half-time": ALONE
    | RENTING
    | {"claimant.age": 35, "claimant.activity": "employee", "claimant.incomes.wage": 700.0},
    "two minimum wages": RENTING
    | {"couple": "married", "claimant.age": 35, "activity": "employee", "incomes.wage": 1450.0, "children": (7,)},
    "one wage, two adults": RENTING
    | {"couple": "married", "claimant.incomes.wage": 1450.0, "claimant.activity": "employee", "partner.incomes": 0.0},
    "self-employed": RENTING | {"claimant.activity": "self_employed", "claimant.incomes.self_employment": 600.0},
    "new in France": POOR | ALONE | RENTING | {"nationality": "other", "resident_since": 0.1},
    "rich": RICH | {"couple": "married", "claimant.age": 45, "activity": "employee", "home.status": "owner"},
    "rich and alone": RICH | ALONE | {"claimant.age": 45, "activity": "employee", "children": ()},
    "rich with children": RICH | {"couple": "married", "claimant.age": 45, "children": (4, 8, 12)},
    "rich and retired": RICH | {"claimant.age": 70, "activity": "retired", "home.status": "owner"},
    "housed by family": RICH | {"home.status": "tenant", "home.landlord_is_family": True},
    "put up": POOR | {"home.status": "hosted", "home.rent": 0.0},
    "children grown up": RICH | {"children": (), "custody": "visits", "school": "none", "age": 60},
    "shared custody": RICH | {"custody": "shared", "couple": "none"},
}


def leaning(profile: Profile, otherwise: Callable[[Prior], Any]) -> Choose:
    """A chooser that says what the profile says, and leaves the rest to another chooser."""

    def choose(prior: Prior) -> Any:
        for key in keys(prior.fact):
            if key in profile:
                return _level(profile[key], prior)
        return otherwise(prior)

    return choose


def _level(value: Any, prior: Prior) -> Any:
    """A level of income as this fact says it: an amount among those tried, or a manner of filling months."""
    if not isinstance(value, float) or isinstance(prior.typical, bool):
        return value
    if isinstance(prior.typical, str):
        return "none" if value == 0 else "more"
    if prior.low is not None or not all(isinstance(one, float) for one in prior.extremes):
        return value
    return min((*prior.values, *prior.extremes), key=lambda one: (abs(one - value), one))


def keys(fact: str) -> tuple[str, ...]:
    """How a profile may name a fact, the most precise first."""
    if not fact.startswith("people["):
        return (fact,)
    who, _, rest = fact.removeprefix("people[").partition("].")
    role = who if who in ("claimant", "partner") else "child"
    found = [f"{role}.{rest}", rest]
    if rest == "incomes_before":
        found.append("before")
    if rest.startswith("incomes."):
        found[1:1] = [f"{role}.incomes"]
        found.append("incomes")
    if role == "child":
        found = [one for one in found if one not in ("age", "activity", "disability", "incomes")]
    return tuple(found)
