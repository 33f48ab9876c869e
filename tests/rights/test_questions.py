"""The questions: in a fixed order, each skippable; an answer goes where it belongs and nowhere else."""

from copy import deepcopy
from typing import Any

import pytest

from allervers.rights.household import Faults, read
from allervers.rights.questions import asked, find, is_answered, next_question, put, relevant, understood
from allervers.rights.questions.relevant import WHEN

START: dict[str, Any] = {"day": "2026-09-01", "more_people": True}
ALONE: dict[str, Any] = {"day": "2026-09-01", "couple": "none", "people": [{"role": "claimant", "age": 40}]}
ANSWERS: dict[str, Any] = {
    "choice": None,
    "yes_no": False,
    "amount": 300,
    "age": 44,
    "count": 2,
    "date": "2024-05-01",
    "kinds": ["wage"],
    "ages": [4, 9],
    "commune": "31555",
}


def question(document: dict[str, Any], id: str) -> Any:
    found = find(document, id)
    assert found is not None, id
    return found


def test_the_first_question_is_the_age() -> None:
    first = next_question(START)
    assert first is not None and first.id == "age"


def test_a_declined_fact_is_not_asked_again() -> None:
    second = next_question(START, declined=["people[claimant].age"])
    assert second is not None and second.id == "couple"


def test_answering_everything_ends_and_the_document_can_still_be_read() -> None:
    document: dict[str, Any] = deepcopy(START)
    asked_ids = []
    while (one := next_question(document)) is not None:
        asked_ids.append(one.id)
        answer = one.options[0] if one.kind == "choice" else ANSWERS[one.kind]
        document = put(document, one, answer)
    assert len(asked_ids) == len(set(asked_ids)) > 20
    assert read(document).complete_list


def test_declining_everything_ends() -> None:
    declined: list[str] = []
    while (one := next_question(START, declined)) is not None:
        declined.append(one.fact)
    assert len(declined) == len(set(declined))


def test_the_document_given_is_left_as_it_was() -> None:
    before = deepcopy(START)
    put(START, question(START, "couple"), "married")
    assert before == START


def test_children_are_written_as_people_and_close_the_list() -> None:
    found = put(START, question(START, "children"), [3, 8])
    assert found["people"] == [{"role": "claimant"}, {"role": "child", "age": 3}, {"role": "child", "age": 8}]
    assert "more_people" not in found


def test_a_child_already_described_keeps_what_was_said_when_the_ages_are_corrected() -> None:
    known = {**ALONE, "people": [*ALONE["people"], {"role": "child", "age": 8, "custody": "shared"}]}
    found = put(known, question(known, "children"), [8, 2])
    assert found["people"][1:] == [{"role": "child", "age": 8, "custody": "shared"}, {"role": "child", "age": 2}]


def test_kinds_that_come_in_are_written_from_one_euro_and_close_the_others() -> None:
    found = put(ALONE, question(ALONE, "incomes"), ["wage", "alimony"])
    assert found["people"][0]["incomes"] == {"wage": {"from": 1}, "alimony": {"from": 1}}
    assert found["people"][0]["no_other_income"] is True
    amounts = [one.fact for one in relevant(read(found)) if one.id.startswith("income-")]
    assert amounts == ["people[claimant].incomes.wage", "people[claimant].incomes.alimony"]


def test_no_kind_of_income_is_an_answer() -> None:
    found = put(ALONE, question(ALONE, "incomes"), [])
    assert found["people"][0] == {"role": "claimant", "age": 40, "incomes": {}, "no_other_income": True}


def test_living_alone_takes_the_partner_away() -> None:
    couple = put(ALONE, question(ALONE, "couple"), "married")
    couple = put(couple, question(couple, "partner-age"), 35)
    assert [one["role"] for one in couple["people"]] == ["claimant", "partner"]
    alone = put(couple, question(couple, "couple"), "none")
    assert [one["role"] for one in alone["people"]] == ["claimant"]
    assert find(alone, "partner-age") is None


def test_an_answer_can_be_taken_back() -> None:
    said = put(ALONE, question(ALONE, "home-status"), "tenant")
    assert put(said, question(said, "home-status"), None)["home"] == {}


def test_a_range_is_an_amount() -> None:
    found = put(ALONE, question(ALONE, "savings"), {"from": 600, "to": 900})
    assert is_answered(question(found, "savings"), read(found))


def test_the_reference_income_comes_with_the_year_of_the_latest_notice() -> None:
    september = put(ALONE, question(ALONE, "reference-income"), 9000)
    assert september["tax"] == {"reference_income": 9000, "year": 2025}
    spring = {**ALONE, "day": "2026-04-01"}
    assert put(spring, question(spring, "reference-income"), 9000)["tax"]["year"] == 2024


@pytest.mark.parametrize(
    ("id", "answer"),
    [
        ("couple", "maybe"),
        ("couple", True),
        ("receives-rsa", "oui"),
        ("children", 3),
        ("children", [99]),
        ("incomes", ["gold"]),
        ("savings", -3),
        ("age", 7.5),
    ],
)
def test_what_is_not_an_answer_is_refused(id: str, answer: Any) -> None:
    with pytest.raises(Faults):
        put(ALONE, question(ALONE, id), answer)


@pytest.mark.parametrize(
    ("id", "raw", "answer"),
    [
        ("savings", "1 400,50 €", 1400.5),
        ("savings", "1\u202f400", 1400),
        ("savings", "", None),
        ("age", "38", 38),
        ("couple", "married", "married"),
        ("disability", "80", 80),
        ("receives-rsa", "oui", True),
        ("receives-rsa", "non", False),
        ("children", "3, 8 et 12".replace("et", ","), [3, 8, 12]),
        ("children", "none", []),
        ("children", "", None),
        ("incomes", ["wage", "alimony"], ["wage", "alimony"]),
        ("incomes", ["none"], []),
        ("incomes", [], None),
    ],
)
def test_what_a_form_sends_is_understood(id: str, raw: Any, answer: Any) -> None:
    assert understood(question(ALONE, id), raw) == answer


def test_a_number_that_is_none_is_refused_in_french() -> None:
    with pytest.raises(Faults, match="Attendu : un nombre"):
        understood(question(ALONE, "savings"), "beaucoup")


def test_each_question_is_plain_and_says_why() -> None:
    ids = [one.id for one in asked()]
    assert len(ids) == len(set(ids))
    for one in asked():
        assert "?" in one.text, one.id
        assert one.why.endswith("."), one.id
        assert len(one.text) <= 120 and 0.5 <= one.cost <= 3, one.id
        assert one.when is None or one.when in WHEN, one.id


def test_a_question_speaks_the_words_of_the_wire() -> None:
    found = question(START, "home-status").as_json()
    assert found["fact"] == "home.status" and found["kind"] == "choice"
    assert found["options"][0] == "tenant" and found["labels"]["tenant"].startswith("Je loue")
    assert {"id", "text", "why", "cost"} <= set(found)


def test_a_lone_parent_is_asked_about_each_child() -> None:
    document = {**ALONE, "people": [*ALONE["people"], {"role": "child", "age": 3}, {"role": "child", "age": 8}]}
    facts = [one.fact for one in relevant(read(document)) if one.id.startswith("custody")]
    assert facts == ["people[1].custody", "people[2].custody"]
    found = put(document, question(document, "custody-2"), "shared")
    assert found["people"][2] == {"role": "child", "age": 8, "custody": "shared"}
