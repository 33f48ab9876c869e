"""What a computation of rights leaves behind: the rights that seem open and do not come in yet."""

from decimal import Decimal
from uuid import uuid4

import pytest

from allervers.accounts.models import Role
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.encounters import ops, rules
from allervers.encounters.models import Assessment, RightFound
from allervers.rights import assess, read
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory, answer
from tests.factories.people import signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


def found(**rights) -> dict[str, tuple[str, Decimal]]:
    return {f.right: (f.certainty, f.likely) for f in rules.findings(answer(**rights))}


@pytest.mark.parametrize("certainty", ["certain", "likely", "possible"])
def test_a_right_that_seems_open_is_found_whatever_its_certainty(certainty):
    assert found(rsa=(certainty, 312.456)) == {"rsa": (certainty, Decimal("312.46"))}


def test_a_right_excluded_is_not_found():
    assert found(rsa=("excluded", 0)) == {}


def test_a_right_that_already_comes_in_full_is_not_found():
    assert found(housing_aid=("certain", 0, 210)) == {}
    assert found(css=("certain", None, True)) == {}


def test_a_right_without_amount_is_found_too():
    assert found(css=("likely", None), lep=("certain", None, False)) == {
        "css": ("likely", Decimal(0)),
        "lep": ("certain", Decimal(0)),
    }


def test_the_forms_of_a_right_are_not_rights_more():
    told = answer(css=("likely", None), css_free=("likely", None))
    told["rights"][1]["form_of"] = "css"
    assert [finding.right for finding in rules.findings(told)] == ["css"]


def test_what_the_engine_answers_is_kept_as_it_is():
    """A tenant of thirty-five without work or income, on real law."""
    home = {"commune": "31555", "status": "tenant", "rent": 450, "landlord_is_family": False}
    alone = {"id": "a", "role": "claimant", "age": 35, "nationality": "french", "incomes": {}, "no_other_income": True}
    document = {"day": "2026-06-02", "home": home, "couple": "none", "people": [alone]}
    told = assess(read(document)).as_json()
    kept = AssessmentFactory(answer=told)
    expected = {r["id"] for r in told["rights"] if r["certainty"] != "excluded" and not r.get("form_of")}
    assert {"rsa", "housing_aid", "css"} <= {row.right for row in kept.found.all()} <= expected
    assert kept.found.get(right="rsa").likely > 0


def test_the_part_that_does_not_come_in_is_found():
    told = answer(housing_aid=("certain", 26, 210))
    [finding] = rules.findings(told)
    assert (finding.low, finding.high) == (Decimal("26.00"), Decimal("26.00"))


def test_a_computation_keeps_its_findings_with_it():
    kept = AssessmentFactory(answer=answer(rsa=("likely", 300), aspa=("excluded", 0), css=("possible", None)))
    assert [str(row) for row in kept.found.all()] == ["css possible", "rsa likely"]
    line = Entry.objects.get(what="encounters.rights_worked_out")
    assert line.facts["rights"] == ["rsa", "css"]


def test_the_same_computation_told_twice_is_counted_once():
    by, team = signed(None, None)
    told = {"id": uuid4(), "by": by, "team": team, "encounter": EncounterFactory(by=by, team=team)}
    assert AssessmentFactory(**told) == AssessmentFactory(**told)
    assert (Assessment.objects.count(), RightFound.objects.count()) == (1, 1)
    with pytest.raises(Conflict, match="autrement"):
        AssessmentFactory(**told, answer=answer(rsa=("likely", 301)))


def test_a_computation_kept_by_mistake_is_removed_with_what_it_found():
    by, team = signed(None, None)
    ops.remove_assessment(assessment=AssessmentFactory(by=by, team=team), by=by)
    assert not RightFound.objects.exists()
    assert Entry.objects.order_by("-number").first().what == "encounters.assessment_removed"


@pytest.mark.parametrize(
    "nonsense",
    [{}, {"rights": None}, {"rights": ["rsa"]}, {"rights": [{"id": "rsa"}]}],
)
def test_what_is_no_answer_is_refused(nonsense):
    with pytest.raises(Refused, match="illisible"):
        AssessmentFactory(answer=nonsense)


def test_a_right_twice_is_refused():
    twice = answer(rsa=("likely", 300))
    twice["rights"] *= 2
    with pytest.raises(Refused, match="deux fois"):
        AssessmentFactory(answer=twice)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_team", [True, False])
def test_who_may_keep_a_computation(role, in_team):
    team = TeamFactory()
    by = AgentFactory(role=role, teams=[team] if in_team else [])
    opens = role == Role.COORDINATOR or (
        in_team and role in (Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.PEER_SUPPORTER)
    )
    if opens:
        assert AssessmentFactory(by=by, team=team)
    else:
        with pytest.raises(Refused):
            AssessmentFactory(by=by, team=team)
