"""Our own worked examples, in `cases/`: what the law gives for the most ordinary completion of each household.

Each has its source. They hold the law and the way facts reach it, without anything beside the repository; that an
answer is certain whatever is unknown is held elsewhere.
"""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from allervers.rights import read
from allervers.rights.assessment.values import computed_rights, values
from allervers.rights.catalogue import all_rights
from allervers.rights.completions import complete, typical
from allervers.rights.facts import Known
from tests.conformance.expectations import faults

FOLDER = Path(__file__).parent / "cases"
CASES = [case for file in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(file.read_text("utf-8"))]
MARKS = {"S", "S-JO", "P", "C", "K"}


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    """By case, an answer as `allervers rights` shapes it; households that say alike are worked out together."""
    alike: dict[tuple[Any, ...], list[tuple[str, Known]]] = defaultdict(list)
    for case in CASES:
        known = complete(read(case["household"]), typical).known
        alike[what_is_said(known)].append((case["id"], known))
    found = {}
    for group in alike.values():
        given = values([known for _, known in group], group[0][1].day)
        for place, (name, _) in enumerate(group):
            found[name] = answer({right: float(column[place]) for right, column in given.items()})
    return found


def what_is_said(known: Known) -> tuple[Any, ...]:
    """The day, and which of the facts that a batch must share are known."""
    counted = (known.family_benefits, known.housing_aid, known.css, known.shares, known.commune)
    return known.day, tuple(known.received), tuple(known.reference_income), *(one is None for one in counted)


def answer(given: dict[str, float]) -> dict[str, Any]:
    """Rights as an answer shapes them, each certain or excluded."""
    rights = []
    for one in computed_rights():
        value = given[one.id]
        paid = all_rights()[one.form_of or one.id].computed.paid
        amounts = {"monthly": {"likely": value}} if paid == "monthly" else {paid: {"likely": value}}
        rights.append({"id": one.id, "certainty": "certain" if value > 0 else "excluded", **amounts})
    return {"rights": rights}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_the_law_gives_what_the_source_says(case, answers):
    assert faults(case["expect"], answers[case["id"]]) == [], case["says"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_every_example_tells_its_household_and_names_its_source(case):
    assert case["says"].endswith((".", ")", "€"))
    assert case["source"]["mark"] in MARKS
    assert len(case["source"]["title"]) > 10
    assert case["expect"]


def test_examples_bear_different_names():
    names = [case["id"] for case in CASES]
    assert len(set(names)) == len(names)


def test_every_right_that_is_worked_out_has_an_example():
    shown = {right for case in CASES for key in case["expect"] for right in key.split("+")}
    expected = {one.id for one in computed_rights()}
    assert expected - shown == set()
