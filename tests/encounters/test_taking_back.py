"""A meeting corrected, struck, put back; news promised and given."""

from datetime import date

import pytest

from allervers.accounts.models import Role
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.encounters import ops
from allervers.encounters.models import Encounter
from tests.factories.accounts import AgentFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.people import signed
from tests.factories.territory import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def met():
    by, team = signed(None, None)
    return EncounterFactory(by=by, team=team, anonymous_count=2, said="On ne sait pas à qui demander"), by


def test_a_meeting_struck_leaves_every_list_and_comes_back_as_it_was(met):
    encounter, by = met
    before = Encounter.objects.values().get()
    ops.strike_encounter(encounter=encounter, by=by)
    assert not Encounter.objects.live().exists()
    ops.unstrike_encounter(encounter=encounter, by=by)
    assert Encounter.objects.values().get() == before


@pytest.mark.parametrize("gesture", [ops.strike_encounter, ops.unstrike_encounter])
def test_striking_twice_leaves_one_line_at_most(met, gesture):
    encounter, by = met
    gesture(encounter=encounter, by=by)
    lines = Entry.objects.count()
    gesture(encounter=encounter, by=by)
    assert Entry.objects.count() == lines


def test_a_meeting_struck_is_put_back_before_anything_else(met):
    encounter, by = met
    ops.strike_encounter(encounter=encounter, by=by)
    with pytest.raises(Refused, match="Rétablissez-la"):
        ops.name_people(encounter=encounter, people=[], by=by)
    with pytest.raises(Refused, match="Rétablissez-la"):
        AssessmentFactory(by=by, team=encounter.team, encounter=encounter)


def test_what_was_written_wrong_is_written_again(met):
    encounter, by = met
    place = PlaceFactory(area=encounter.area)
    told = {"how": "expressed_wish", "anonymous_count": 1, "said": "Il manque un papier", "place": place}
    kept = ops.correct_encounter(encounter=encounter, **told, offered=["papers"], by=by)
    assert (kept.how, kept.anonymous_count, kept.said, kept.place) == tuple(told.values())
    assert Entry.objects.order_by("-number").first().facts["fields"] == list(told)[:3] + ["offered", "place"]


def test_a_correction_leaves_somebody_in_the_meeting(met):
    encounter, by = met
    with pytest.raises(Refused) as refusal:
        ops.correct_encounter(encounter=encounter, how="trust", anonymous_count=0, by=by)
    assert refusal.value.code == "nobody-met"


def test_news_asked_for_waits_until_it_is_given_and_can_be_taken_back():
    by, team = signed(None, None)
    later = EncounterFactory(by=by, team=team, outcome="news", news_by=date(2026, 6, 20))
    someday = EncounterFactory(by=by, team=team, outcome="news")
    soon = EncounterFactory(by=by, team=team, outcome="agreed_step", news_by=date(2026, 6, 5))
    EncounterFactory(by=by, team=team)
    assert list(Encounter.objects.waiting_for_news()) == [soon, later, someday]
    ops.give_news(encounter=soon, by=by)
    assert list(Encounter.objects.waiting_for_news()) == [later, someday]
    ops.undo_news(encounter=soon, by=by)
    ops.strike_encounter(encounter=someday, by=by)
    assert list(Encounter.objects.waiting_for_news()) == [soon, later]


def test_news_that_nobody_asked_for_is_not_given(met):
    encounter, by = met
    with pytest.raises(Refused) as refusal:
        ops.give_news(encounter=encounter, by=by)
    assert refusal.value.code == "no-news-promised"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_team", [True, False])
def test_who_may_take_a_meeting_back(role, in_team):
    encounter = EncounterFactory()
    by = AgentFactory(role=role, teams=[encounter.team] if in_team else [])
    opens = role == Role.COORDINATOR or (in_team and role in (Role.PRACTITIONER, Role.JOURNEY_LEAD))
    if opens:
        assert ops.strike_encounter(encounter=encounter, by=by).struck_by == by
    else:
        with pytest.raises(Refused) as refusal:
            ops.strike_encounter(encounter=encounter, by=by)
        assert refusal.value.code in ("not-visible", "role-does-not-open-this")


def test_a_peer_supporter_takes_back_their_own():
    by, team = signed(None, None)
    peer = AgentFactory(role=Role.PEER_SUPPORTER, teams=[team])
    assert ops.strike_encounter(encounter=EncounterFactory(by=peer, team=team), by=peer).struck_by == peer
