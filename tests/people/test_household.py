"""Facts kept one by one make the household file again."""

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.people.household import document_of, facts_of, is_of_the_list, is_path
from allervers.rights.household import read

DAY = date(2026, 9, 1)

FAMILY: dict[str, Any] = {
    "day": "2026-09-01",
    "home": {"commune": "31555", "status": "tenant", "rent": 450, "charges": {"from": 40, "to": 60}},
    "couple": "married",
    "people": [
        {
            "role": "claimant",
            "born": "1988-03-15",
            "incomes": {"unemployment": 620, "wage": {"2026-05": 1400, "2026-06": 1400}},
            "no_other_income": True,
        },
        {"role": "partner", "age": 36},
        {"role": "child", "born": "2019-05-02", "custody": "full"},
        {"role": "child", "age": 3},
    ],
    "savings": 1500,
    "tax": {"reference_income": 9800, "year": 2024},
    "receives": {"housing_aid": 210, "rsa": False},
}


def test_a_household_file_is_read_back_from_its_facts() -> None:
    assert document_of(facts_of(FAMILY), DAY) == FAMILY


def test_each_fact_stands_at_its_path() -> None:
    facts = facts_of(FAMILY)
    assert facts["home.rent"] == 450
    assert facts["people[claimant].incomes.unemployment"] == 620
    assert facts["people[child2].age"] == 3
    assert facts["more_people"] is False
    assert all(is_path(path) for path in facts)


def test_a_single_fact_does_not_say_that_nobody_else_lives_there() -> None:
    alone = document_of({"people[claimant].age": 38}, DAY)
    assert alone["more_people"] is True
    assert not read(alone).complete_list


def test_labels_of_the_file_are_dropped_since_they_could_be_names() -> None:
    family = copy.deepcopy(FAMILY)
    family["people"][0]["id"] = "jeanne"
    assert "jeanne" not in str(facts_of(family))


def test_somebody_of_whom_nothing_is_known_is_still_there() -> None:
    document = {"day": "2026-09-01", "people": [{"role": "claimant"}, {"role": "child"}]}
    assert document_of(facts_of(document), DAY) == document


@pytest.mark.parametrize(
    "path",
    ["", "day", "people", "people[jeanne].age", "home.rent.x", "Home.rent", "people[child0].age"],
)
def test_what_has_no_place_in_a_household_is_not_a_path(path: str) -> None:
    assert not is_path(path)


def test_children_are_a_list_that_stands_as_one() -> None:
    assert is_of_the_list("people[child1].age")
    assert is_of_the_list("more_people")
    assert not is_of_the_list("people[claimant].age")


amounts = st.integers(0, 5000) | st.fixed_dictionaries({"from": st.integers(0, 100), "to": st.integers(101, 900)})
persons = st.fixed_dictionaries(
    {}, optional={"age": st.integers(0, 60), "incomes": st.dictionaries(st.sampled_from(["wage", "other"]), amounts)}
)
homes = st.fixed_dictionaries({}, optional={"rent": amounts, "shared": st.booleans(), "commune": st.just("31555")})


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    people = [{"role": "claimant", **draw(persons)}] if draw(st.booleans()) else []
    people += [{"role": "child", **draw(persons)} for _ in range(draw(st.integers(0, 12)) if people else 0)]
    document: dict[str, Any] = {"day": DAY.isoformat()}
    document |= {"home": home} if (home := draw(homes)) else {}
    document |= {"people": people} if people else {}
    document |= {"more_people": True} if people and draw(st.booleans()) else {}
    return document


@given(documents())
def test_any_household_is_read_back_from_its_facts(document: dict[str, Any]) -> None:
    for person in document.get("people", []):
        if not person.get("incomes"):
            person.pop("incomes", None)
    assert document_of(facts_of(document), DAY) == document
