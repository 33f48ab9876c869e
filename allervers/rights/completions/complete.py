"""A household of which something is unknown, completed by what a chooser says of each unknown fact."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from allervers.rights.completions.persons import adult, child
from allervers.rights.facts import Known, KnownPerson
from allervers.rights.household import Amount, Household, Income, Person
from allervers.rights.prior import (
    CHILDREN,
    CHILDREN_EXTREMES,
    RENT_EXTREMES,
    RENTS,
    SAVINGS,
    SAVINGS_EXTREMES,
    STATUSES,
    Choose,
    Prior,
    of,
    within,
)

# Children of whom only the age is supposed: categories of the AEEH, the age from which they may work, for how much.
AEEH = {0: 6.0, 1: 1.0, 2: 1.0, 3: 1.0, 4: 0.5, 5: 0.3, 6: 0.2}
AT_WORK_FROM = 16
ORDINARY_WAGE = 1300.0
# € a month for a RSA that comes in, amount unknown: what reads the RSA of past months only asks whether it came.
PRESENCE = 1.0
# Housing aid for buyers stops with loans signed from this day on (loi de finances 2018, art. 126).
LOANS_STOP_COUNTING = date(2018, 1, 1)
LONGEST_ISOLATION = 548  # days: eighteen months (R.262-1 of the code de l'action sociale et des familles)


@dataclass(frozen=True)
class Completion:
    """One way to complete a household: everything known, and what was chosen for each fact that was not."""

    known: Known
    chosen: dict[str, Any]
    priors: dict[str, Prior]


def complete(household: Household, chooser: Choose) -> Completion:
    """The household with each unknown fact as `chooser` says, asked once, in a fixed order."""
    chosen: dict[str, Any] = {}
    priors: dict[str, Prior] = {}

    def choose(prior: Prior) -> Any:
        if prior.fact not in chosen:
            chosen[prior.fact] = prior.admit(chooser(prior))
            priors[prior.fact] = prior
        return chosen[prior.fact]

    return Completion(_known(household, choose), chosen, priors)


def _known(household: Household, choose: Choose) -> Known:
    couple = _couple(household, choose)
    people = _people(household, couple, choose)
    lone_parent = couple == "none" and any(one.role == "child" or one.pregnant for one in people)
    return Known(
        day=household.day,
        couple=couple,
        people=people,
        alone_recently=_alone_recently(household, choose) if lone_parent else False,
        alimony_paid=_alimony_paid(household, choose),
        other_reference_income=_unseen_notice(household, choose),
        savings=_amount(household.savings, "savings", SAVINGS, SAVINGS_EXTREMES, choose),
        received=_received(household),
        shares=household.tax.shares,
        reference_income=_reference_incomes(household, choose),
        **_assessed(household, choose),
        **_home(household, choose),
    )


def _couple(household: Household, choose: Choose) -> Any:
    if household.couple is not None:
        return household.couple
    together = {"cohabiting": 12, "married": 14, "pacs": 5}
    weights = together if household.partner else {"none": 64.0} | together
    return choose(of("couple", dict(weights)))


def _people(household: Household, couple: str, choose: Choose) -> tuple[KnownPerson, ...]:
    past = past_matters(household)
    day = household.day
    found = [adult(household.claimant, "claimant", day, choose, past=past)]
    if couple != "none":
        partner = household.partner or Person(role="partner")
        found.append(adult(partner, "partner", day, choose, past=past))
    for place, person in enumerate(household.people):
        if person.role == "child":
            found.append(child(person, str(place), day, choose, alone=couple == "none", past=past))
        elif person.role == "other":
            found.append(adult(person, str(place), day, choose, past=False))
    return (*found, *_unlisted(household, found[0], couple, choose))


def _unlisted(household: Household, claimant: KnownPerson, couple: str, choose: Choose) -> list[KnownPerson]:
    """Children and another adult who may be there, when the list is not known to be whole."""
    if household.complete_list:
        return []
    ages = choose(of("children", dict(CHILDREN), (), CHILDREN_EXTREMES))
    oldest = claimant.age_on(household.day) - 15
    found = []
    for place, age in enumerate(ages):
        if age <= oldest:
            found.append(_new_child(age, place, household.day, couple, choose))
    if choose(of("others", {False: 93, True: 7})):
        found.append(KnownPerson(role="other", born=date(1960, 6, 15), activity="retired", incomes={}))
    return found


def _new_child(age: int, place: int, day: date, couple: str, choose: Choose) -> KnownPerson:
    """A child of whom only the age is supposed; the eldest may be disabled, grown ones may look for work."""
    said = Person(role="child", age=age, disability=0, custody="full", no_other_income=True)
    if couple == "none":
        said = replace(said, custody=choose(of("children.custody", {"full": 88, "shared": 12})))
    if place == 0 and choose(of("children.disability", {0: 97, 80: 3})):
        said = replace(said, disability=80, aeeh_category=choose(of("children.aeeh_category", AEEH)))
    if age >= AT_WORK_FROM:
        said = replace(said, activity=choose(of("children.activity", {"student": 80, "jobseeker": 12, "employee": 8})))
    if said.activity == "employee":
        said = replace(said, incomes={"wage": Income(steady=Amount.of(ORDINARY_WAGE))})
    return child(said, f"new{place}", day, lambda prior: prior.typical, alone=couple == "none", past=False)


def past_matters(household: Household) -> bool:
    """Whether incomes of over two years ago can change a right: unless the fund's own count of them is known."""
    disabled = any(one.disability for one in household.people if one.role != "child")
    return household.assessed.family_benefits is None or disabled


def _alimony_paid(household: Household, choose: Choose) -> float:
    """Alimony paid: unknown, unless every adult said all that comes in (`no_other_income`) and none that goes out."""
    adults = [one for one in household.people if one.role in ("claimant", "partner")]
    alone = household.couple == "none" or household.partner is not None
    closed = household.complete_list and alone and all(one.no_other_income for one in adults)
    if household.alimony_paid is None and closed:
        return 0.0
    return _amount(household.alimony_paid, "alimony_paid", {0.0: 94, 150.0: 6}, (0.0, 800.0), choose)


def _unseen_notice(household: Household, choose: Choose) -> float:
    """Income that only a tax notice would show, when none was seen."""
    if household.tax.reference_income is not None:
        return 0.0
    return float(choose(of("tax.reference_income", {0.0: 92, 5000.0: 8}, 0.0, (0.0, 50_000.0))))


def _alone_recently(household: Household, choose: Choose) -> bool:
    since = household.claimant.alone_since
    if since is not None:
        return (household.day - since).days <= LONGEST_ISOLATION
    return bool(choose(of("people[claimant].alone_since", {False: 88, True: 12})))


def _amount(
    amount: Amount | None, fact: str, weights: Mapping[float, float], extremes: tuple[float, ...], choose: Choose
) -> float:
    if amount is None:
        return float(choose(of(fact, dict(weights), extremes=extremes)))
    return _ranged(amount, fact, max(extremes), choose)


def _ranged(amount: Amount, fact: str, most: float, choose: Choose) -> float:
    return amount.value if amount.exact else float(choose(within(fact, amount.low, amount.high, most)))


def _received(household: Household) -> dict[str, float]:
    """What came in for sure, € a month; "yes" without an amount is left to what the law gives."""
    found = {}
    for right, said in household.receives.items():
        if said is False:
            found[right] = 0.0
        elif said is True and right == "rsa":
            found[right] = PRESENCE
        elif isinstance(said, Amount) and said.exact:
            found[right] = said.value
    return found


def _reference_incomes(household: Household, choose: Choose) -> dict[int, float]:
    """The reference income by year: the notice's own year, and the other of the last two, taken alike if unknown."""
    said, last = household.tax.reference_income, household.day.year
    if said is None:
        return {}
    value = _ranged(said, "tax.reference_income", 60_000.0, choose)
    year = household.tax.year or last - 2
    found = {year: value}
    for other in (last - 2, last - 1):
        if other != year:
            ratio = choose(of("tax.other_year", {1.0: 80, 0.6: 10, 1.5: 10}, 1.0, (0.0, 1.0, 3.0)))
            found[other] = value * ratio
    return found


def _assessed(household: Household, choose: Choose) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("family_benefits", "housing_aid", "css"):
        said = getattr(household.assessed, name)
        if said is not None:
            found[name] = _ranged(said, f"assessed.{name}", 100_000.0, choose)
    return found


def _home(household: Household, choose: Choose) -> dict[str, Any]:
    home = household.home
    status = home.status or choose(of("home.status", dict(STATUSES), "social_tenant"))
    rents = status in ("tenant", "social_tenant", "hostel")
    found = {
        "status": status,
        "commune": home.commune,
        "zone": home.zone,
        "rent": _rent(home.rent, status, choose),
        "charges": 0.0 if home.charges is None else _ranged(home.charges, "home.charges", 300.0, choose),
    }
    if home.commune is None and home.zone is None:
        found["zone"] = choose(of("home.zone", {2: 5, 3: 3, 1: 2}))
    if home.loan_since is not None:
        found["old_loan"] = home.loan_since < LOANS_STOP_COUNTING
    elif status == "buying":
        found["old_loan"] = bool(choose(of("home.loan_since", {False: 85, True: 15})))
    for name, yes in (("furnished", 15.0), ("shared", 7.0), ("room", 5.0), ("landlord_is_family", 3.0)):
        found[name] = _truth(getattr(home, name), f"home.{name}", yes, rents, choose)
    return found


def _rent(said: Amount | None, status: str, choose: Choose) -> float:
    if said is not None:
        return _ranged(said, "home.rent", 2000.0, choose)
    if status not in RENTS:
        return 0.0
    return float(choose(of("home.rent", dict(RENTS[status]), extremes=RENT_EXTREMES)))


def _truth(known: bool | None, fact: str, yes: float, matters: bool, choose: Choose) -> bool:
    if known is not None or not matters:
        return bool(known)
    return bool(choose(of(fact, {False: 100 - yes, True: yes})))


def with_claimant(household: Household, **changes: Any) -> Household:
    """The household with other facts about the claimant."""
    people = list(household.people) or [Person(role="claimant")]
    place = next((n for n, one in enumerate(people) if one.role == "claimant"), None)
    if place is None:
        people.insert(0, replace(Person(role="claimant"), **changes))
        return replace(household, people=tuple(people), more_people=True)
    people[place] = replace(people[place], **changes)
    more = household.more_people or not household.people
    return replace(household, people=tuple(people), more_people=more)
