"""A journey: with the person's agreement only, led by somebody they chose, ended when they wish."""

from datetime import timedelta
from uuid import uuid4

import pytest

from allervers.accompaniment import ops
from allervers.accompaniment.models import Journey
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.people import ops as people
from tests.factories.accompaniment import JourneyFactory
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return TeamFactory()


@pytest.fixture
def lead(team):
    return AgentFactory(teams=[team])


def begin(person, team, by, **more):
    told = {"lead": by, "lead_chosen_by_person_on": clock.today(), "by": by, **more}
    return ops.open_journey(person_id=person.pk, team=team, **told)


def test_a_journey_rests_on_the_agreement_it_was_opened_with(team, lead):
    person = PersonFactory(by=lead, purposes=["journey"])
    journey = begin(person, team, lead, what_matters="  Payer mon loyer.  ")
    assert journey.agreement.purpose == "journey"
    assert journey.what_matters == "Payer mon loyer."
    line = Entry.objects.order_by("number").last()
    assert (line.what, line.person) == ("accompaniment.journey_opened", person.pk)
    assert "loyer" not in str(line.facts)


def test_without_an_agreement_there_is_no_journey(team, lead):
    person = PersonFactory(by=lead)
    with pytest.raises(Refused, match="accord"):
        begin(person, team, lead)
    assert not Journey.objects.exists()


def test_the_agreement_given_to_another_team_opens_nothing_here(team, lead):
    person = PersonFactory(purposes=["journey"])
    with pytest.raises(Refused) as refusal:
        begin(person, team, lead)
    assert refusal.value.code == "not-visible"


@pytest.mark.parametrize(
    ("role", "in_the_team", "may_lead"),
    [
        ("practitioner", True, True),
        ("journey_lead", True, True),
        ("journey_lead", False, False),
        ("coordinator", True, False),
        ("peer_supporter", True, False),
        ("partner_agent", True, False),
        ("administrator", True, False),
    ],
)
def test_who_may_be_chosen_to_lead(team, lead, role, in_the_team, may_lead):
    chosen = AgentFactory(role=role, teams=[team] if in_the_team else [TeamFactory()])
    person = PersonFactory(by=lead, purposes=["journey"])
    if may_lead:
        assert begin(person, team, lead, lead=chosen).lead == chosen
    else:
        with pytest.raises(Refused, match="Proposez à la personne"):
            begin(person, team, lead, lead=chosen)


def test_nobody_chose_a_lead_tomorrow(team, lead):
    person = PersonFactory(by=lead, purposes=["journey"])
    with pytest.raises(Refused, match="pas encore venu"):
        begin(person, team, lead, lead_chosen_by_person_on=clock.today() + timedelta(days=1))


def test_one_journey_at_a_time_with_a_team(team, lead):
    journey = JourneyFactory(by=lead)
    with pytest.raises(Refused, match="déjà un parcours en cours"):
        begin(journey.person, team, lead)


def test_the_same_journey_told_twice_is_one_journey(team, lead):
    person, key = PersonFactory(by=lead, purposes=["journey"]), uuid4()
    first, again = (begin(person, team, lead, id=key) for _ in range(2))
    assert first == again
    assert Entry.objects.filter(what="accompaniment.journey_opened").count() == 1
    with pytest.raises(Conflict):
        begin(person, team, lead, id=key, what_matters="autre chose")


def test_the_person_may_choose_another_lead(team, lead):
    journey, other = JourneyFactory(by=lead), AgentFactory(teams=[team])
    assert ops.change_lead(journey=journey, lead=other, lead_chosen_by_person_on=clock.today(), by=lead).lead == other


@pytest.mark.parametrize("ending", ["on_their_own", "handed_over", "person_ended", "moved_away"])
def test_a_journey_ends_as_the_person_wishes_and_can_be_taken_up_again(lead, ending):
    journey = JourneyFactory(by=lead)
    ended = ops.end_journey(journey=journey, ending=ending, by=lead)
    assert ended.ending == ending
    with pytest.raises(Refused, match="terminé"):
        ops.write_what_matters(journey=journey, what_matters="encore", by=lead)
    assert ops.reopen_journey(journey=journey, by=lead).ended_at is None


def test_an_ending_that_is_not_in_the_list_is_refused(lead):
    with pytest.raises(Refused, match="Dites comment"):
        ops.end_journey(journey=JourneyFactory(by=lead), ending="failed", by=lead)


def test_a_colleague_of_another_team_sees_no_journey_at_all(lead):
    journey, stranger = JourneyFactory(by=lead), AgentFactory(teams=[TeamFactory()])
    with pytest.raises(Refused) as refusal:
        ops.end_journey(journey=journey, ending="moved_away", by=stranger)
    assert refusal.value.code == "not-visible"


def test_when_the_agreement_is_withdrawn_the_journey_stands_down(team, lead):
    journey = JourneyFactory(by=lead)
    person = journey.person
    people.withdraw_agreement(person_id=person.pk, team=team, purpose="journey", by=lead)
    with pytest.raises(Refused):
        ops.write_what_matters(journey=journey, what_matters="encore", by=lead)
    left = ops.stand_down(person_id=person.pk, by=lead)
    journey.refresh_from_db()
    assert (left.journeys, journey.ending) == (1, "person_ended")
    assert "fermées à tous" in left.kept


def test_standing_down_twice_or_with_an_agreement_still_given_changes_nothing(team, lead):
    journey = JourneyFactory(by=lead)
    assert ops.stand_down(person_id=journey.person_id, by=lead).journeys == 0
    journey.refresh_from_db()
    assert journey.ended_at is None


def test_a_journey_is_not_taken_up_again_without_a_new_agreement(team, lead):
    journey = JourneyFactory(by=lead)
    person = journey.person
    people.withdraw_agreement(person_id=person.pk, team=team, purpose="journey", by=lead)
    ops.stand_down(person_id=person.pk, by=lead)
    with pytest.raises(Refused):
        ops.reopen_journey(journey=journey, by=lead)
