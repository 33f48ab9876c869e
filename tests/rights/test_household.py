"""The household file: what may be written is read back; what may not gets every fault at once, each with its path."""

from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.rights.household import Amount, Faults, read, write
from tests.harness.effort import examples
from tests.rights.invented import partial, whole

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "household.yaml"


def faults_of(source: Any) -> dict[str, str]:
    """Path to sentence of each fault of a document."""
    with pytest.raises(Faults) as raised:
        read(source)
    return {fault.path: fault.message for fault in raised.value.faults}


def household(**more: Any) -> dict[str, Any]:
    return {"day": "2026-09-01", "people": [{"role": "claimant", "age": 38}], **more}


def test_the_example_of_the_contract_is_read_as_it_is_written() -> None:
    found = read(EXAMPLE.read_bytes())
    assert found.day == date(2026, 9, 1)
    assert found.claimant.born == date(1988, 3, 15)
    assert found.home.rent == Amount.of(450)
    assert found.receives == {"housing_aid": Amount.of(210), "rsa": False}
    assert found.claimant.incomes["wage"].at("2026-05", found.day) == Amount.of(1400)
    assert found.claimant.incomes["wage"].at("2026-08", found.day) is None
    assert found.claimant.incomes["unemployment"].at("2024-09", found.day) == Amount.of(620)
    assert found.claimant.incomes["unemployment"].at("2024-08", found.day) is None


def test_a_fact_left_out_is_unknown_never_zero_and_never_false() -> None:
    found = read({"day": "2026-09-01", "more_people": True})
    assert found.savings is found.couple is found.home.rent is found.claimant.pregnant is None
    assert not found.claimant.no_other_income
    assert not found.complete_list


def test_an_empty_value_is_left_out() -> None:
    assert read("day: 2026-09-01\nsavings:\nmore_people: true").savings is None


def test_a_range_may_miss_either_end() -> None:
    found = read(household(savings={"from": 600}, alimony_paid={"to": 900}))
    assert found.savings == Amount(600, None)
    assert found.alimony_paid == Amount(None, 900)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.sampled_from([0.0, 0.2, 0.6]))
def test_what_is_written_is_read_back(dice: Random, share: float) -> None:
    found = read(partial(dice, whole(dice), share))
    assert read(write(found)) == found
    assert read(yaml.safe_dump(write(found))) == found


@pytest.mark.parametrize(
    ("more", "path"),
    [
        pytest.param({"animals": 2}, "animals", id="unknown key"),
        pytest.param({"day": "2026-02-30"}, "day", id="impossible date"),
        pytest.param({"day": "2026-13-01"}, "day", id="thirteenth month"),
        pytest.param({"day": "01/09/2026"}, "day", id="French date"),
        pytest.param({"day": None}, "day", id="no day"),
        pytest.param({"day": "2015-12-31"}, "day", id="before the law known"),
        pytest.param({"day": "2036-09-01"}, "day", id="after the law known"),
        pytest.param({"home": {"rent": -1}}, "home.rent", id="negative rent"),
        pytest.param({"home": {"rent": float("nan")}}, "home.rent", id="NaN"),
        pytest.param({"home": {"rent": float("inf")}}, "home.rent", id="infinite rent"),
        pytest.param({"home": {"rent": True}}, "home.rent", id="yes where a number is due"),
        pytest.param({"home": {"rent": "450 €"}}, "home.rent", id="text where a number is due"),
        pytest.param({"home": {"rent": {"from": 900, "to": 600}}}, "home.rent", id="range upside down"),
        pytest.param({"home": {"rent": {"least": 1}}}, "home.rent.least", id="unknown end of a range"),
        pytest.param({"home": {"status": "castle"}}, "home.status", id="unknown status"),
        pytest.param({"home": {"commune": 31555}}, "home.commune", id="municipality as a number"),
        pytest.param({"home": {"commune": "99999"}}, "home.commune", id="municipality of nowhere"),
        pytest.param({"home": {"zone": 4}}, "home.zone", id="unknown zone"),
        pytest.param({"home": {"zone": 2, "commune": "31555"}}, "home.zone", id="zone and municipality"),
        pytest.param({"home": {"furnished": 1}}, "home.furnished", id="a number where yes or no is due"),
        pytest.param({"home": []}, "home", id="a list where fields are due"),
        pytest.param({"home": {"loan_since": "2027-01-01"}}, "home.loan_since", id="loan to come"),
        pytest.param({"couple": "maybe"}, "couple", id="unknown couple"),
        pytest.param({"people": {"role": "claimant"}}, "people", id="people not a list"),
        pytest.param({"people": [{"age": 40}]}, "people[0].role", id="no role"),
        pytest.param({"people": [{"role": "child", "age": 4}]}, "people", id="no claimant"),
        pytest.param({"savings": 1e12}, "savings", id="more money than there is"),
        pytest.param({"tax": {"year": 2030}}, "tax.year", id="notice of a year to come"),
        pytest.param({"tax": {"shares": 0.5}}, "tax.shares", id="half a share"),
        pytest.param({"receives": {"rsaa": True}}, "receives.rsaa", id="unknown right"),
        pytest.param({"receives": {"rsa": "yes"}}, "receives.rsa", id="text where an amount is due"),
        pytest.param({"more_people": "yes"}, "more_people", id="text where yes or no is due"),
    ],
)
def test_a_bad_document_is_refused_where_it_is_bad(more: dict[str, Any], path: str) -> None:
    assert set(faults_of(household(**more))) == {path}


@pytest.mark.parametrize(
    ("person", "field"),
    [
        pytest.param({"role": "claimant"}, "role", id="two claimants"),
        pytest.param({"role": "child", "age": 38}, "age", id="child as old as its parent"),
        pytest.param({"role": "child", "age": 60}, "age", id="child older than its parent"),
        pytest.param({"role": "child", "age": -1}, "age", id="negative age"),
        pytest.param({"role": "child", "age": 7.5}, "age", id="age with a comma"),
        pytest.param({"role": "child", "born": "2026-09-02"}, "born", id="born after the day"),
        pytest.param({"role": "child", "born": "2019-05-02", "age": 5}, "age", id="age and birth that disagree"),
        pytest.param({"role": "other", "born": "1850-01-01"}, "born", id="older than anybody"),
        pytest.param({"role": "other", "custody": "full"}, "custody", id="custody of an adult"),
        pytest.param({"role": "child", "disability": 0, "aeeh_category": 2}, "aeeh_category", id="complement alone"),
        pytest.param({"role": "other", "disability": 60}, "disability", id="rate that is not one of three"),
        pytest.param({"role": "other", "dependency": 7}, "dependency", id="GIR 7"),
        pytest.param({"role": "other", "pregnant": False, "due": "2026-12-01"}, "due", id="due and not pregnant"),
        pytest.param({"role": "other", "due": "2028-01-01"}, "due", id="due in two years"),
        pytest.param({"role": "other", "resident_since": "2027-01-01"}, "resident_since", id="stay to come"),
        pytest.param({"role": "other", "incomes": {"wages": 1}}, "incomes.wages", id="unknown kind of income"),
        pytest.param({"role": "other", "incomes": {"wage": -5}}, "incomes.wage", id="negative wage"),
        pytest.param({"role": "other", "incomes": {"wage": {"2026-13": 1}}}, "incomes.wage.2026-13", id="month 13"),
        pytest.param({"role": "other", "incomes": {"wage": {"2026-10": 1}}}, "incomes.wage.2026-10", id="next month"),
        pytest.param({"role": "other", "no_other_income": "wage"}, "no_other_income", id="kind for a yes"),
        pytest.param(
            {"role": "other", "years_worked_of_3": 3, "years_worked_of_10": 1}, "years_worked_of_3", id="3 years of 1"
        ),
        pytest.param({"role": "other", "nom": "Martin"}, "nom", id="a name"),
    ],
)
def test_a_bad_person_is_refused_where_it_is_bad(person: dict[str, Any], field: str) -> None:
    people = [{"role": "claimant", "age": 38}, person]
    assert set(faults_of(household(people=people))) == {f"people[1].{field}"}


def test_two_partners_are_one_too_many() -> None:
    people = [{"role": "claimant"}, {"role": "partner"}, {"role": "partner"}]
    assert set(faults_of(household(people=people))) == {"people[2].role"}


def test_a_partner_in_no_couple_contradicts_it() -> None:
    people = [{"role": "claimant"}, {"role": "partner"}]
    assert set(faults_of(household(couple="none", people=people))) == {"people[1].role"}


def test_one_label_is_one_person() -> None:
    people = [{"role": "claimant", "id": "a"}, {"role": "child", "age": 3, "id": "a"}]
    assert set(faults_of(household(people=people))) == {"people[1].id"}


def test_every_fault_is_said_at_once() -> None:
    document = """
day: 2026-02-30
home: {rent: -4, statu: tenant}
couple: yes
people:
  - {role: claimant, age: no, incomes: {wage: {2026-13: 4}}}
  - {role: claimant}
  - {custody: full}
"""
    assert set(faults_of(document)) == {
        "day",
        "home.rent",
        "home.statu",
        "couple",
        "people[0].age",
        "people[0].incomes.wage.2026-13",
        "people[1].role",
        "people[2].role",
        "people[2].custody",
    }


def test_a_fault_says_what_was_expected_what_came_and_the_closest_word() -> None:
    with pytest.raises(Faults) as raised:
        read(household(home={"statu": "tenant"}))
    (fault,) = raised.value.faults
    assert fault.path == "home.statu"
    assert "vouliez-vous écrire « status » ?" in fault.expected
    assert "statu" in fault.came
    assert fault.message.startswith("« home.statu » : champ inconnu.")


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("", id="empty"),
        pytest.param(b"  \n\t\n", id="blank"),
        pytest.param("day: [2026", id="not YAML"),
        pytest.param("- 1\n- 2", id="a list"),
        pytest.param("bonjour", id="a word"),
        pytest.param(b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00", id="an image"),
        pytest.param("day: 2026-09-01".encode("utf-16"), id="UTF-16"),
        pytest.param(b"day: 2026-09-01\n\x00", id="a zero byte"),
        pytest.param("%PDF-1.7", id="a PDF"),
        pytest.param(b"day: 2026-09-01\n" + b"#" * 50_000_000, id="50 MB"),
        pytest.param("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", id="alias bomb"),
        pytest.param(nested(5000), id="abyss"),
        pytest.param('{"a": ' + "[" * 100_000, id="abyss in JSON"),
        pytest.param("day: 2026-09-01\n---\nday: 2026-09-02", id="two documents"),
        pytest.param("day: !!python/object/apply:os.getcwd []", id="a Python object"),
        pytest.param("? {day: 1}\n: 2", id="a mapping as a key"),
        pytest.param("day: 2026-09-01\nsavings: " + "9" * 5000, id="five thousand digits"),
    ],
)
def test_what_is_no_household_is_refused_as_a_whole(source: str | bytes) -> None:
    assert len(faults_of(source)) == 1


@pytest.mark.parametrize(
    "source",
    ["day: 2026-09-01\nday: 2026-10-01", '{"day": "2026-09-01", "day": "2026-10-01"}'],
    ids=["YAML", "JSON"],
)
def test_the_same_key_twice_is_refused(source: str) -> None:
    assert set(faults_of(source)) == {"day"}


def test_the_same_key_twice_deep_inside_is_refused() -> None:
    assert set(faults_of("day: 2026-09-01\nhome: {rent: 1, rent: 2}")) == {"rent"}


def test_what_came_is_never_shown_whole() -> None:
    (message,) = faults_of(household(couple="x" * 10_000)).values()
    assert len(message) < 300


@settings(max_examples=examples(100))
@given(st.text(max_size=80) | st.binary(max_size=80))
def test_any_text_is_a_household_or_faults(source: str | bytes) -> None:
    try:
        read(source)
    except Faults as faults:
        assert all(fault.message for fault in faults.faults)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["day", "home", "people", "couple", "savings", "tax", "assessed", "receives", "more_people"])


@settings(max_examples=examples(100))
@given(st.dictionaries(KEYS, PLAIN, max_size=5))
def test_any_values_in_the_right_places_are_a_household_or_faults(document: dict[str, Any]) -> None:
    try:
        read(document)
    except Faults as faults:
        assert faults.faults
