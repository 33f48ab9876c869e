"""Declared conditions: true, false, or not known; a fact left out is never zero and never false."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.rights.catalogue import all_rights
from allervers.rights.catalogue.conditions import NAMED, judge, truth
from allervers.rights.catalogue.right import Condition
from allervers.rights.household import Home

DAY = "2026-09-01"


def household(*people, **facts):
    return {"day": DAY, "people": [{"id": "a", "role": "claimant"}, *people], **facts}


def child(**facts):
    return {"id": "c", "role": "child", **facts}


def condition(**shape):
    return Condition.model_validate({"says": "Une condition.", **shape})


def verdict(right, document):
    return judge(all_rights()[right].conditions, document)


def test_a_fact_left_out_is_not_known():
    rent = condition(fact="home.rent", op="below", value=500)
    assert truth(rent, household()) is None
    assert truth(rent, household(home={})) is None
    assert truth(rent, household(home={"rent": 0})) is True


@pytest.mark.parametrize(
    ("rent", "expected"),
    [
        ({"from": 100, "to": 400}, True),
        ({"from": 400, "to": 600}, None),
        ({"from": 500, "to": 600}, False),
        ({"to": 499.99}, True),
        ({"from": 500}, False),
        ({"from": 100}, None),
    ],
)
def test_a_range_answers_only_on_one_side_of_the_limit(rent, expected):
    assert truth(condition(fact="home.rent", op="below", value=500), household(home={"rent": rent})) is expected
    opposite = None if expected is None else not expected
    at_least = condition(fact="home.rent", op="at_least", value=500)
    assert truth(at_least, household(home={"rent": rent})) is opposite


def facts_of(conditions):
    """Every fact that conditions and their parts read."""
    for one in conditions:
        yield from facts_of((*one.any_of, *one.all_of))
        if one.fact:
            yield one.fact


def test_conditions_read_facts_that_a_household_file_holds():
    paths = {f"home.{field.name}" for field in dataclasses.fields(Home)} | {"couple", "savings"}
    for right in all_rights().values():
        assert set(facts_of(right.conditions)) <= paths | set(NAMED), right.id


def test_one_true_alternative_suffices():
    either = condition(
        any_of=[
            {"says": "Locataire.", "fact": "home.status", "op": "in", "value": ["tenant", "social_tenant"]},
            {"says": "Loyer bas.", "fact": "home.rent", "op": "below", "value": 300},
        ]
    )
    assert truth(either, household(home={"status": "tenant"})) is True
    assert truth(either, household(home={"status": "owner"})) is None
    assert truth(either, household(home={"status": "owner", "rent": 700})) is False


def test_what_no_file_holds_is_never_known():
    assert truth(condition(unwritten=True), household(home={"status": "tenant"})) is None


def test_help_with_childcare_stops_at_six_but_at_twelve_for_a_lone_parent():
    assert verdict("paje_cmg", household(child(age=8), couple="married")).excluded
    assert not verdict("paje_cmg", household(child(age=8), couple="none")).excluded
    assert verdict("paje_cmg", household(child(age=12), couple="none")).excluded
    assert not verdict("paje_cmg", household(child(born="2020-09-02"), couple="married")).excluded
    assert verdict("paje_cmg", household(child(born="2020-09-01"), couple="married")).excluded


def test_without_children_no_help_with_childcare_unless_some_may_be_missing():
    assert verdict("paje_cmg", household(couple="none")).excluded
    assert not verdict("paje_cmg", household(couple="none", more_people=True)).excluded


def test_a_child_of_unknown_age_leaves_help_with_childcare_open():
    assert not verdict("paje_cmg", household(child(), couple="married")).excluded
    assert not verdict("paje_cmg", household(child(age={"from": 4, "to": 9}), couple="married")).excluded
    assert verdict("paje_cmg", household(child(age={"from": 7, "to": 9}), couple="married")).excluded


def test_a_disability_that_nobody_recognised_still_leaves_its_compensation_open():
    nothing = verdict("pch", household())
    assert not nothing.excluded
    assert len(nothing.would_settle_it) == 1
    assert not verdict("pch", {"day": DAY, "people": [{"role": "claimant", "disability": 0}]}).excluded
    known = verdict("pch", {"day": DAY, "people": [{"role": "claimant", "disability": 80}]})
    assert len(known.because) == 1
    assert known.would_settle_it == []


def test_a_student_has_no_housing_fund_in_haute_garonne_but_may_elsewhere():
    student = {"id": "a", "role": "claimant", "activity": "student"}
    alone = {"day": DAY, "couple": "none", "people": [student]}
    assert verdict("fsl", alone | {"home": {"commune": "31555"}}).excluded
    assert not verdict("fsl", alone | {"home": {"commune": "75056"}}).excluded
    assert not verdict("fsl", alone).excluded
    working = {"day": DAY, "couple": "none", "people": [student | {"activity": "employee"}]}
    assert not verdict("fsl", working | {"home": {"commune": "31555"}}).excluded


def test_a_partner_of_whom_nothing_is_known_may_be_a_student():
    claimant = {"id": "a", "role": "claimant", "activity": "employee"}
    couple = {"day": DAY, "couple": "married", "people": [claimant], "home": {"commune": "31555"}}
    assert verdict("fsl", couple).because == []
    partner = {"id": "b", "role": "partner", "activity": "student"}
    assert verdict("fsl", couple | {"people": [claimant, partner]}).excluded


def test_local_help_is_never_excluded():
    assert not verdict("local_aids", household(home={"commune": "75056"})).excluded


def test_medical_help_for_foreigners_never_asks_for_papers_in_writing():
    french = {"id": "a", "role": "claimant", "nationality": "french"}
    assert verdict("ame", {"day": DAY, "people": [french]}).excluded
    assert not verdict("ame", household()).excluded
    other = {**french, "nationality": "other"}
    assert len(verdict("ame", {"day": DAY, "people": [other]}).would_settle_it) == 1


def test_once_excluded_nothing_is_left_to_ask():
    too_old = verdict("paje_cmg", household(child(age=13), couple="none"))
    assert too_old.excluded
    assert too_old.would_settle_it == []
    assert too_old.because == [
        "Il faut : un enfant de moins de 6 ans, ou de moins de 12 ans si l'on est seul à l'élever."
    ]


FACTS = st.fixed_dictionaries(
    {},
    optional={
        "home": st.fixed_dictionaries({}, optional={"commune": st.sampled_from(["31555", "75056"])}),
        "couple": st.sampled_from(["married", "none"]),
        "more_people": st.booleans(),
    },
)
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {"role": st.sampled_from(["child", "other"])},
        optional={
            "age": st.integers(0, 30),
            "nationality": st.sampled_from(["french", "eu", "other"]),
            "disability": st.sampled_from([0, 50, 80]),
        },
    ),
    max_size=3,
)


@given(FACTS, PEOPLE, st.sampled_from(["paje_cmg", "pch", "fsl", "local_aids", "ame"]), st.data())
def test_forgetting_a_fact_never_excludes_what_was_open(facts, people, right, data):
    """Knowing less can only leave more doors open."""
    whole = household(*people, **facts)
    index = data.draw(st.integers(0, len(whole["people"]) - 1))
    forgotten = data.draw(st.sampled_from(["age", "nationality", "disability", "home", "couple"]))
    kept = [
        {key: value for key, value in one.items() if not (rank == index and key == forgotten)}
        for rank, one in enumerate(whole["people"])
    ]
    less = {key: value for key, value in whole.items() if key != forgotten} | {"people": kept}
    if not verdict(right, whole).excluded:
        assert not verdict(right, less).excluded
