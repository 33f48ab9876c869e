"""Writing down a meeting: a name is never needed; what cannot be is refused; told twice, it happened once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from allervers.accounts import ops as accounts
from allervers.accounts.models import Role
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.encounters import ops
from allervers.encounters.models import Encounter
from allervers.outreach import ops as outings
from allervers.outreach.models import Outing
from allervers.outreach.rules import State, state
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.encounters import EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory, signed
from tests.factories.territory import AreaFactory, PlaceFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def stall():
    """A market stall that began an hour ago at a place, and the agent there."""
    by, team = signed(None, None)
    place = PlaceFactory()
    return OutingFactory(by=by, team=team, area=place.area, place=place, starts_at=clock.now() - HOUR), by


# ---------------------------------------------------------------- no name needed


def test_three_people_without_a_name_are_one_gesture_during_an_outing(stall):
    outing, by = stall
    met = ops.record_encounter(outing=outing, anonymous_count=3, by=by)
    assert (met.team, met.area, met.place) == (outing.team, outing.area, outing.place)
    assert met.happened_at == clock.now()
    assert not met.people.exists()


def test_the_first_meeting_starts_an_outing_that_nobody_had_started(stall):
    outing, by = stall
    ops.record_encounter(outing=outing, anonymous_count=1, happened_at=clock.now() - HOUR / 2, by=by)
    kept = Outing.objects.get(pk=outing.pk)
    assert kept.started_at == clock.now() - HOUR / 2
    assert state(kept, clock.now()) == State.UNDER_WAY


def test_a_meeting_told_the_day_after_is_dated_at_the_end_of_its_outing(stall):
    outing, by = stall
    with clock.at(outing.ends_at + 20 * HOUR):
        met = ops.record_encounter(outing=outing, anonymous_count=1, by=by)
    assert met.happened_at == outing.ends_at
    assert Outing.objects.get(pk=outing.pk).started_at == outing.starts_at


def test_a_meeting_outside_any_outing_says_its_team_and_its_ground():
    by, team = signed(None, None)
    place = PlaceFactory()
    met = ops.record_encounter(team=team, place=place, anonymous_count=1, by=by)
    assert (met.outing, met.area) == (None, place.area)
    with pytest.raises(Refused, match="quelle équipe"):
        ops.record_encounter(area=place.area, anonymous_count=1, by=by)
    with pytest.raises(Refused, match="quelle commune"):
        ops.record_encounter(team=team, anonymous_count=1, by=by)


def test_a_known_person_is_met_by_their_agreement_only():
    by, team = signed(None, None)
    known, stranger = PersonFactory(by=by, team=team), PersonFactory()
    met = EncounterFactory(by=by, team=team, people=[known.pk])
    assert (met.people.get(), met.anonymous_count) == (known, 0)
    with pytest.raises(Refused) as refusal:
        EncounterFactory(by=by, team=team, people=[stranger.pk])
    assert refusal.value.code == "not-visible"
    assert Encounter.objects.count() == 1


def test_the_line_concerns_the_person_met_and_holds_no_word():
    by, team = signed(None, None)
    person = PersonFactory(by=by, team=team)
    EncounterFactory(by=by, team=team, people=[person.pk], said="Ma-retraite-tarde", agreed="Rappeler-lundi")
    line = Entry.objects.get(what="encounters.recorded")
    assert line.person == person.pk
    assert not any(word in str(line.facts) for word in ("retraite", "lundi", person.name))


def test_two_persons_met_together_each_find_the_meeting_in_who_read_them():
    by, team = signed(None, None)
    both = [PersonFactory(by=by, team=team).pk, PersonFactory(by=by, team=team).pk]
    EncounterFactory(by=by, team=team, people=both)
    opened = Entry.objects.filter(what="people.opened").values_list("person", flat=True)
    assert set(opened) == set(both)


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(("count", "code"), [(0, "nobody-met"), (-1, "impossible-count"), (201, "impossible-count")])
def test_nobody_or_a_crowd_is_refused(count, code):
    with pytest.raises(Refused) as refusal:
        EncounterFactory(anonymous_count=count)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("shift", "code"), [(timedelta(minutes=1), "in-the-future"), (timedelta(days=-367), "too-long-ago")]
)
def test_a_clock_that_is_wrong_is_refused(shift, code):
    with pytest.raises(Refused, match="heure de l'appareil") as refusal:
        EncounterFactory(happened_at=clock.now() + shift)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("hours", "accepted"),
    [(-2, True), (-2.1, False), (0, True), (3, True), (14.9, True), (15.1, False)],
)
def test_a_meeting_is_dated_around_its_outing(stall, hours, accepted):
    outing, by = stall
    moment = outing.starts_at + hours * HOUR
    with clock.at(outing.starts_at + 48 * HOUR):
        if accepted:
            assert ops.record_encounter(outing=outing, happened_at=moment, anonymous_count=1, by=by)
        else:
            with pytest.raises(Refused, match="en dehors de la sortie"):
                ops.record_encounter(outing=outing, happened_at=moment, anonymous_count=1, by=by)


def test_nobody_is_met_during_an_outing_that_was_cancelled():
    by, team = signed(None, None)
    outing = OutingFactory(by=by, team=team)
    outings.cancel_outing(outing=outing, why="Orage", by=by)
    outing.refresh_from_db()
    with pytest.raises(Refused, match="annulée"):
        ops.record_encounter(outing=outing, anonymous_count=1, by=by)


def test_the_ground_of_a_meeting_is_that_of_its_outing(stall):
    outing, by = stall
    with pytest.raises(Refused) as refusal:
        ops.record_encounter(outing=outing, area=AreaFactory(), anonymous_count=1, by=by)
    assert refusal.value.code == "area-outside-the-outing"
    with pytest.raises(Refused) as refusal:
        ops.record_encounter(outing=outing, place=PlaceFactory(), anonymous_count=1, by=by)
    assert refusal.value.code == "place-elsewhere"


def test_a_quarter_of_the_commune_of_the_outing_is_not_elsewhere():
    by, team = signed(None, None)
    commune = AreaFactory(code="97302")
    quarter = AreaFactory(code="973020101", commune=commune)
    outing = OutingFactory(by=by, team=team, area=commune)
    met = ops.record_encounter(outing=outing, area=quarter, anonymous_count=1, by=by)
    assert (met.area, met.place) == (quarter, None)


def test_a_meeting_belongs_to_the_team_of_its_outing(stall):
    outing, by = stall
    other = TeamFactory()
    accounts.join_team(agent=by, team=other, by=administrator())
    with pytest.raises(Refused) as refusal:
        ops.record_encounter(outing=outing, team=other, anonymous_count=1, by=by)
    assert refusal.value.code == "another-team"


def test_what_was_offered_comes_from_a_closed_list():
    assert EncounterFactory(offered=["rights", "listening", "rights"]).offered == ["listening", "rights"]
    with pytest.raises(Refused, match="baguette"):
        EncounterFactory(offered=["baguette"])


@pytest.mark.parametrize(("outcome", "kept"), [("no", True), ("not_now", True), ("met", False), ("news", False)])
def test_a_reason_is_kept_with_a_no_only(outcome, kept):
    if kept:
        assert EncounterFactory(outcome=outcome, form="non_claiming").form == "non_claiming"
    else:
        with pytest.raises(Refused) as refusal:
            EncounterFactory(outcome=outcome, form="non_claiming")
        assert refusal.value.code == "reason-without-refusal"


def test_news_is_promised_for_a_day_to_come():
    with pytest.raises(Refused, match="jour d'avant"):
        EncounterFactory(outcome="news", news_by=date(2026, 6, 1))
    assert EncounterFactory(outcome="news", news_by=date(2026, 6, 2))


# ---------------------------------------------------------------- who


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_team", [True, False])
def test_who_may_write_a_meeting(role, in_team):
    team = TeamFactory()
    by = AgentFactory(role=role, teams=[team] if in_team else [])
    area = AreaFactory()
    opens = role == Role.COORDINATOR or (
        in_team and role in (Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.PEER_SUPPORTER)
    )
    if opens:
        assert ops.record_encounter(team=team, area=area, anonymous_count=1, by=by)
    else:
        with pytest.raises(Refused):
            ops.record_encounter(team=team, area=area, anonymous_count=1, by=by)


def test_a_meeting_of_yesterday_arrives_from_somebody_who_has_left_the_team_today():
    by, team = signed(None, None)
    outing = OutingFactory(by=by, team=team, starts_at=clock.now() + HOUR)
    met_at = clock.now() + 2 * HOUR
    with clock.at(clock.now() + 24 * HOUR):
        accounts.leave_team(agent=by, team=team, by=administrator())
    with clock.at(clock.now() + 48 * HOUR):
        assert ops.record_encounter(outing=outing, happened_at=met_at, anonymous_count=2, by=by)
        with pytest.raises(Refused, match="pas dans l'équipe"):
            ops.record_encounter(team=team, area=outing.area, anonymous_count=2, by=by)


# ---------------------------------------------------------------- told twice


def test_the_same_meeting_told_twice_is_counted_once(stall):
    outing, by = stall
    told = {"id": uuid4(), "outing": outing, "anonymous_count": 2, "said": "Il fait beau", "by": by}
    first = ops.record_encounter(**told)
    lines = Entry.objects.count()
    assert ops.record_encounter(**told) == first
    assert (Encounter.objects.count(), Entry.objects.count()) == (1, lines)


@pytest.mark.parametrize("other", [{"anonymous_count": 3}, {"said": "Autre chose"}, {"outcome": "no"}])
def test_the_same_key_for_another_meeting_is_a_conflict(stall, other):
    outing, by = stall
    told = {"id": uuid4(), "outing": outing, "anonymous_count": 2, "by": by}
    ops.record_encounter(**told)
    with pytest.raises(Conflict, match="écrite autrement"):
        ops.record_encounter(**{**told, **other})
    assert Encounter.objects.get().anonymous_count == 2


def test_a_repeat_changes_nothing_whatever_became_of_the_meeting():
    by, team = signed(None, None)
    person = PersonFactory(by=by, team=team)
    told = {"id": uuid4(), "team": team, "area": AreaFactory(), "anonymous_count": 2, "said": "Bonjour", "by": by}
    met = ops.record_encounter(**told)
    ops.name_people(encounter=met, people=[person.pk], by=by)
    ops.correct_encounter(encounter=met, how="trust", anonymous_count=1, said="Bonsoir", by=by)
    ops.strike_encounter(encounter=met, by=by)
    kept = ops.record_encounter(**told)
    assert (kept.said, kept.anonymous_count, kept.people.get(), bool(kept.struck_at)) == ("Bonsoir", 1, person, True)
