"""Which questions apply to a household as far as it is known, and which of them are answered."""

from collections.abc import Callable, Iterator
from typing import Any

from allervers.rights.household import Household, Income, Person
from allervers.rights.questions.question import Question, asked


def relevant(household: Household) -> tuple[Question, ...]:
    """The questions that apply, in order, answered or not; one for each child and each kind of income."""
    return tuple(
        one
        for question in asked()
        if question.when is None or WHEN[question.when](household)
        for one in _each(question, household)
    )


def is_answered(question: Question, household: Household) -> bool:
    """Whether the household already says what the question asks."""
    if question.fact == "children":
        return household.complete_list
    found = _found(question.fact, household)
    if question.kind == "kinds":
        return bool(found)
    return _is_known(found) if isinstance(found, Income) else found is not None


def person_at(place: str, household: Household) -> Person | None:
    """The person of "claimant", "partner", or a place in the list."""
    if place == "claimant":
        return household.claimant
    if place == "partner":
        return household.partner
    return household.people[int(place)] if int(place) < len(household.people) else None


def _found(fact: str, household: Household) -> Any:
    head, _, rest = fact.partition(".")
    if head.startswith("people["):
        return _of_person(rest, person_at(head[7:-1], household))
    if head == "receives":
        return household.receives.get(rest)
    return getattr(getattr(household, head), rest) if rest else getattr(household, head)


def _of_person(fact: str, person: Person | None) -> Any:
    if person is None:
        return None
    if fact == "incomes":
        return person.no_other_income
    if fact.startswith("incomes."):
        return dict(person.incomes).get(fact.removeprefix("incomes."))  # type: ignore[call-overload]
    if fact == "age":
        return person.age if person.born is None else person.born
    return getattr(person, fact)


def _is_known(income: Income) -> bool:
    return bool(income.months) or (income.steady is not None and income.steady.high is not None)


def _each(question: Question, household: Household) -> Iterator[Question]:
    if question.per is None:
        yield question
    elif question.per == "income":
        yield from _each_income(question, household)
    else:
        yield from _each_child(question, household)


def _each_income(question: Question, household: Household) -> Iterator[Question]:
    person = person_at(question.fact[len("people[") : question.fact.index("]")], household)
    labels = next(one for one in asked() if one.id == "incomes").labels
    for kind in person.incomes if person else ():
        yield question.about(
            id=f"{question.id}-{kind.replace('_', '-')}", fact=f"{question.fact}.{kind}", kind=labels[kind]
        )


def _each_child(question: Question, household: Household) -> Iterator[Question]:
    for place, child in enumerate(household.people):
        age = child.age_on(household.day)
        if child.role != "child" or age is None or age >= 20:
            continue
        if question.per == "disabled_child" and not child.disability:
            continue
        yield question.about(id=f"{question.id}-{place}", fact=f"people[{place}].{question.fact}", age=str(age))


def _age(household: Household) -> int | None:
    return household.claimant.age_on(household.day)


def _lone_parent(household: Household) -> bool:
    return household.couple == "none" and any(one.role == "child" for one in household.people)


def _jobseeker(household: Household) -> bool:
    return household.claimant.activity == "jobseeker" or "unemployment" in household.claimant.incomes


def _between(least: int, most: int) -> Callable[[Household], bool]:
    def asks(household: Household) -> bool:
        age = _age(household)
        return age is None or least <= age <= most

    return asks


WHEN: dict[str, Callable[[Household], bool]] = {
    "pays_for_home": lambda one: one.home.status in (None, "tenant", "social_tenant", "hostel", "buying"),
    "rents": lambda one: one.home.status in ("tenant", "social_tenant"),
    "zone_unknown": lambda one: one.home.zone is None,
    "has_partner": lambda one: one.partner is not None or one.couple not in (None, "none"),
    "half_disabled": lambda one: one.claimant.disability == 50,
    "may_be_pregnant": _between(15, 50),
    "eighteen_to_24": _between(18, 24),
    "buys": lambda one: one.home.status == "buying",
    "sixty_or_more": _between(60, 125),
    "foreigner": lambda one: one.claimant.nationality == "other",
    "jobseeker": _jobseeker,
    "needs_care": lambda one: (one.claimant.dependency or 6) <= 4,
    "lone_parent": _lone_parent,
    "has_notice": lambda one: one.tax.reference_income is not None,
}
