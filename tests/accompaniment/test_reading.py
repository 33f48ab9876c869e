"""What waits for whom: the claims of one's teams, of persons who still agree, in the order of their days."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allervers.accompaniment import ops, reading
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.people import ops as people
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note, open_right
from tests.factories.accounts import AgentFactory, TeamFactory

pytestmark = pytest.mark.django_db


def journey_lines(*, by):
    return reading.journey_lines(reading.journeys_under_way(by=by), by=by)


@pytest.fixture(autouse=True)
def _some_day(at):
    at("2026-09-01")


@pytest.fixture
def journey():
    return JourneyFactory()


def test_claims_that_wait_come_by_their_days_and_those_without_a_day_last(journey):
    to_prepare = ClaimFactory(journey=journey, right="css")
    soon, overdue = ClaimFactory(journey=journey), ClaimFactory(journey=journey, right="housing_aid")
    note(soon, "filed", date(2026, 8, 1))
    note(overdue, "filed", date(2026, 5, 1))
    open_right(ClaimFactory(journey=journey, right="asf"))
    lines = reading.claims_waiting(by=journey.lead)
    assert [line.claim for line in lines] == [overdue, soon, to_prepare]
    assert [line.claim for line in reading.late(by=journey.lead)] == [overdue]
    assert lines[0].name == journey.person.label
    assert lines[0].right_name != "housing_aid"


def test_nothing_waits_once_the_agreement_is_taken_back(journey):
    note(ClaimFactory(journey=journey), "filed")
    people.withdraw_agreement(person_id=journey.person_id, team=journey.team, purpose="journey", by=journey.lead)
    assert reading.claims_waiting(by=journey.lead) == []
    assert journey_lines(by=journey.lead) == []
    with pytest.raises(Refused):
        reading.open_journey(journey.pk, by=journey.lead)


def test_a_journey_whose_person_closed_their_record_is_neither_listed_nor_counted(journey):
    people.withdraw_agreement(person_id=journey.person_id, team=journey.team, purpose="record", by=journey.lead)
    assert not reading.journeys_under_way(by=journey.lead).exists()


def test_a_journey_of_the_list_says_how_many_rights_it_claims(journey):
    ClaimFactory(journey=journey), ClaimFactory(journey=journey, right="css")
    [line] = journey_lines(by=journey.lead)
    assert (line.journey, line.name, line.claims) == (journey, journey.person.label, 2)


@pytest.mark.parametrize(
    ("role", "in_the_team", "sees"),
    [
        ("practitioner", True, True),
        ("journey_lead", True, True),
        ("practitioner", False, False),
        ("coordinator", True, False),
        ("peer_supporter", True, False),
        ("partner_agent", True, False),
        ("administrator", True, False),
    ],
)
def test_who_sees_the_journeys_of_a_team(journey, role, in_the_team, sees):
    agent = AgentFactory(role=role, teams=[journey.team if in_the_team else TeamFactory()])
    assert bool(journey_lines(by=agent)) is sees
    if not sees:
        with pytest.raises(Refused):
            reading.open_journey(journey.pk, by=agent)


def test_opening_a_journey_leaves_the_line_that_its_person_was_opened(journey):
    opened, person = reading.open_journey(journey.pk, by=journey.lead)
    line = Entry.objects.order_by("number").last()
    assert (opened, person.pk) == (journey, journey.person_id)
    assert (line.what, line.person) == ("people.opened", journey.person_id)


def test_after_two_records_are_reunited_the_journey_opens_as_the_one_kept(journey):
    from tests.factories.people import PersonFactory

    kept = PersonFactory(by=journey.lead, team=journey.team)
    people.merge_people(keep=kept.pk, other=journey.person_id, by=journey.lead)
    _, person = reading.open_journey(journey.pk, by=journey.lead)
    assert person == kept
    [line] = journey_lines(by=journey.lead)
    assert line.name == kept.label
    with pytest.raises(Refused, match="déjà un parcours"):
        JourneyFactory(by=journey.lead, team=journey.team, person=kept)


@pytest.mark.parametrize("read", [reading.claims_waiting, journey_lines, reading.steps_to_do])
def test_as_many_questions_for_one_journey_as_for_many(read):
    lead = AgentFactory(teams=[TeamFactory()])

    def ask():
        with CaptureQueriesContext(connection) as asked:
            rows = read(by=lead)
        return len(asked), len(rows)

    def walk():
        journey = JourneyFactory(by=lead)
        note(ClaimFactory(journey=journey), "filed", date(2026, 6, 1))
        ops.agree_step(journey=journey, says="Appeler", who="together", by=lead)

    walk()
    few, one = ask()
    for _ in range(4):
        walk()
    many, five = ask()
    assert (one, five) == (1, 5)
    assert few == many
