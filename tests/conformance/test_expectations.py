"""How an answer is compared with a worked example."""

import pytest

from tests.conformance.cases import Line, line_of, totals
from tests.conformance.expectations import faults


def answer(**rights):
    """An answer with, by right, a monthly amount, or a certainty, or both."""
    return {"rights": [{"id": name, "certainty": "certain", **facts} for name, facts in rights.items()]}


def euros(value):
    return {"low": value, "likely": value, "high": value}


def test_an_amount_agrees_within_the_tolerance_of_its_source():
    given = answer(rsa={"monthly": euros(646.52)})
    assert faults({"rsa": {"monthly": 646.5, "tolerance": 0.02}}, given) == []
    assert faults({"rsa": {"monthly": 640, "tolerance": 1}}, given) == [
        "rsa: expected 640 ± 1, came 646.52 (differs by +6.52)"
    ]


def test_a_figure_before_the_contribution_is_compared_before_it():
    paid = answer(prime_activite={"monthly": euros(99.5)})
    assert faults({"prime_activite": {"monthly": 100, "tolerance": 0.01, "before_crds": True}}, paid) == []
    assert faults({"prime_activite": {"monthly": 100, "tolerance": 0.01}}, paid)


def test_two_rights_may_be_expected_together():
    given = answer(aah={"monthly": euros(400)}, asi={"monthly": euros(233.32)})
    assert faults({"aah+asi": {"monthly": 633.32, "tolerance": 0.01}}, given) == []


def test_a_yearly_figure_is_compared_with_the_yearly_amount():
    given = answer(lep={}, energy_cheque={"monthly": euros(16.17), "paid": "yearly", "yearly": euros(194)})
    assert faults({"energy_cheque": {"yearly": 194, "tolerance": 0.5}}, given) == []


@pytest.mark.parametrize(
    ("certainty", "entitled", "excluded"),
    [("certain", True, False), ("likely", True, False), ("possible", False, False), ("excluded", False, True)],
)
def test_entitled_is_at_least_likely_and_excluded_is_excluded(certainty, entitled, excluded):
    given = answer(css={"certainty": certainty})
    assert (faults({"css": {"entitled": True}}, given) == []) is entitled
    assert (faults({"css": {"certainty": "excluded"}}, given) == []) is excluded


def test_a_right_without_answer_differs():
    assert faults({"rsa": {"monthly": 1, "tolerance": 1}}, answer()) == ["rsa: no answer for rsa"]


EXAMPLE = {
    "id": "one",
    "expressible": True,
    "expect": {"rsa": {"monthly": 100, "tolerance": 1}},
    "household": {"day": "2026-09-01"},
}


def test_an_example_agrees_differs_or_breaks_on_its_own():
    assert line_of(EXAMPLE, lambda _: answer(rsa={"monthly": euros(100)})).kind == "agrees"
    assert line_of(EXAMPLE, lambda _: answer(rsa={"monthly": euros(0)})).kind == "differs"

    def broken(_):
        raise ValueError("no")

    assert line_of(EXAMPLE, broken) == Line("one", "differs", "ValueError: no")


def test_a_doubtful_source_is_told_and_not_counted():
    line = line_of(EXAMPLE | {"doubt": "sources disagree"}, lambda _: answer(rsa={"monthly": euros(0)}))
    assert line.kind == "doubtful"
    assert "sources disagree" in line.why
    assert totals([line]) == "0 agrees, 0 differs, 0 cannot be expressed, 1 doubtful"


def test_what_cannot_be_written_down_says_why():
    line = line_of(EXAMPLE | {"expressible": False, "why_not": "no such fact"}, lambda _: answer())
    assert str(line).endswith("cannot be expressed: no such fact")
