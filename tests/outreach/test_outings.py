"""An outing: prepared, under way, debriefed, and each of these taken back."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from allervers.accounts.models import Role
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.outreach import ops
from allervers.outreach.models import Outing
from allervers.outreach.rules import State, state
from tests.conftest import morning_of
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.outreach import OutingFactory
from tests.factories.territory import AreaFactory, PartnerFactory, PlaceFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


def agent(role=Role.PRACTITIONER, **told):
    """Somebody in a team of their own."""
    return AgentFactory(role=role, teams=[TeamFactory()], **told)


def now_state(outing: Outing) -> State:
    return state(Outing.objects.get(pk=outing.pk), clock.now())


def told(outing: Outing, **others):
    """What a form sends to change an outing."""
    names = ("kind", "area", "place", "starts_at", "ends_at", "purpose", "why_here")
    kept = {name: getattr(outing, name) for name in names}
    return {**kept, "agents": list(outing.agents.all()), "partners": list(outing.partners.all()), **others}


def code_of(refusal) -> str:
    return refusal.value.code


def last_line() -> str:
    return Entry.objects.order_by("-number").first().what


# ---------------------------------------------------------------- the life of an outing


def test_an_outing_is_prepared_then_under_way_then_to_debrief_then_debriefed():
    by = agent()
    outing = OutingFactory(by=by, starts_at=clock.now() + HOUR)
    assert now_state(outing) == State.PREPARED
    with clock.at(clock.now() + HOUR):
        ops.start_outing(outing=outing, by=by)
        assert now_state(outing) == State.UNDER_WAY
    with clock.at(clock.now() + 5 * HOUR):
        assert now_state(outing) == State.TO_DEBRIEF
        ops.debrief_outing(outing=outing, went_well="Du café, du monde.", presence_minutes=150, by=by)
        assert now_state(outing) == State.DEBRIEFED
    outing.refresh_from_db()
    assert (outing.went_well, outing.presence_minutes) == ("Du café, du monde.", 150)


def test_an_outing_over_that_nobody_started_is_missed():
    outing = OutingFactory()
    with clock.at(outing.ends_at):
        assert now_state(outing) == State.MISSED


def test_debriefing_an_outing_that_nobody_started_says_that_it_took_place():
    by = agent()
    outing = OutingFactory(by=by)
    with clock.at(outing.ends_at + HOUR):
        ops.debrief_outing(outing=outing, by=by)
    outing.refresh_from_db()
    assert outing.started_at == outing.starts_at


def test_an_outing_to_come_cannot_be_debriefed():
    by = agent()
    with pytest.raises(Refused, match="qui a eu lieu") as refusal:
        ops.debrief_outing(outing=OutingFactory(by=by), by=by)
    assert code_of(refusal) == "not-in-this-state"


def test_a_start_told_by_mistake_is_taken_back():
    by = agent()
    outing = OutingFactory(by=by)
    ops.start_outing(outing=outing, by=by)
    ops.undo_start(outing=outing, by=by)
    assert now_state(outing) == State.PREPARED


def test_a_debriefing_is_reopened_with_its_words_and_closed_again():
    by = agent()
    outing = OutingFactory(by=by)
    ops.start_outing(outing=outing, by=by)
    ops.debrief_outing(outing=outing, was_hard="Le vent.", by=by)
    with pytest.raises(Refused, match="déjà écrit autrement"):
        ops.debrief_outing(outing=outing, was_hard="La pluie.", by=by)
    assert ops.reopen_debrief(outing=outing, by=by).was_hard == "Le vent."
    assert ops.debrief_outing(outing=outing, was_hard="La pluie.", by=by).was_hard == "La pluie."
    assert now_state(outing) == State.DEBRIEFED


def test_a_cancellation_says_why_and_can_be_taken_back():
    by = agent()
    outing = OutingFactory(by=by)
    with pytest.raises(Refused, match="dit pourquoi"):
        ops.cancel_outing(outing=outing, why="  ", by=by)
    ops.cancel_outing(outing=outing, why="Orage annoncé", by=by)
    assert now_state(outing) == State.CANCELLED
    ops.restore_outing(outing=outing, by=by)
    outing.refresh_from_db()
    assert (now_state(outing), outing.cancelled_why) == (State.PREPARED, "")


def test_an_outing_under_way_is_not_cancelled():
    by = agent()
    outing = OutingFactory(by=by)
    ops.start_outing(outing=outing, by=by)
    with pytest.raises(Refused, match="Elle est en cours"):
        ops.cancel_outing(outing=outing, why="Orage", by=by)


@pytest.mark.parametrize(
    ("gesture", "words"),
    [
        (ops.start_outing, {}),
        (ops.debrief_outing, {"went_well": "Bien."}),
        (ops.reopen_debrief, {}),
        (ops.undo_start, {}),
        (ops.restore_outing, {}),
    ],
)
def test_the_same_gesture_twice_leaves_one_line(gesture, words):
    by = agent()
    outing = OutingFactory(by=by)
    if gesture in (ops.debrief_outing, ops.reopen_debrief, ops.undo_start):
        ops.start_outing(outing=outing, by=by)
    if gesture is ops.reopen_debrief:
        ops.debrief_outing(outing=outing, by=by)
    if gesture is ops.restore_outing:
        ops.cancel_outing(outing=outing, why="Orage", by=by)
    before = Entry.objects.count()
    gesture(outing=outing, by=by, **words)
    gesture(outing=outing, by=by, **words)
    assert Entry.objects.count() == before + 1


def test_no_line_of_the_journal_holds_words():
    by = agent()
    outing = OutingFactory(by=by, purpose="Parler-des-droits", why_here="Parce-que-ici")
    ops.start_outing(outing=outing, by=by)
    ops.debrief_outing(outing=outing, went_well="Beaucoup-de-monde", people_said="Revenez", by=by)
    ops.reopen_debrief(outing=outing, by=by)
    facts = " ".join(str(line.facts) for line in Entry.objects.filter(what__startswith="outreach."))
    assert not any(words in facts for words in ("Parler", "Parce", "Beaucoup", "Revenez"))


# ---------------------------------------------------------------- told twice


def test_the_same_outing_told_twice_is_written_once():
    by, key, area = agent(), uuid4(), AreaFactory()
    partner = PartnerFactory()
    asked = {"id": key, "by": by, "area": area, "agents": [by], "partners": [partner]}
    assert OutingFactory(**asked) == OutingFactory(**asked)
    assert Outing.objects.count() == 1
    assert Entry.objects.filter(what="outreach.prepared").count() == 1


def test_the_same_key_for_another_outing_is_a_conflict():
    by, key, area = agent(), uuid4(), AreaFactory()
    OutingFactory(id=key, by=by, area=area)
    with pytest.raises(Conflict, match="écrite autrement"):
        OutingFactory(id=key, by=by, area=area, kind="street_round")


# ---------------------------------------------------------------- what cannot be


@pytest.mark.parametrize(
    ("start", "hours", "code"),
    [
        (1, -1, "ends-before-it-starts"),
        (1, 0, "ends-before-it-starts"),
        (1, 17, "too-long"),
        (24 * 800, 3, "too-far-ahead"),
        (-24, 3, "in-the-past"),
    ],
)
def test_impossible_times_are_refused_in_plain_words(start, hours, code):
    starts_at = clock.now() + start * HOUR
    with pytest.raises(Refused) as refusal:
        OutingFactory(starts_at=starts_at, ends_at=starts_at + hours * HOUR)
    assert code_of(refusal) == code
    assert refusal.value.remedy


def test_an_outing_over_is_written_after_the_fact_when_said_so():
    outing = OutingFactory(starts_at=clock.now() - 24 * HOUR, after_the_fact=True)
    assert now_state(outing) == State.MISSED


def test_a_place_elsewhere_is_refused():
    place = PlaceFactory()
    with pytest.raises(Refused, match=place.area.name):
        OutingFactory(place=place, area=AreaFactory())


def test_a_place_in_a_quarter_of_the_commune_is_not_elsewhere():
    commune = AreaFactory(code="97301")
    quarter = AreaFactory(code="973010101", commune=commune)
    outing = OutingFactory(area=commune, place=PlaceFactory(area=quarter))
    assert outing.place.area == quarter


def test_only_members_of_the_team_go_out():
    by, stranger = agent(), agent(full_name="Une Autre")
    with pytest.raises(Refused, match="Une Autre") as refusal:
        OutingFactory(by=by, agents=[by, stranger])
    assert code_of(refusal) == "agent-not-in-team"


def test_somebody_expected_elsewhere_is_a_warning_that_the_team_may_overrule():
    by = agent(full_name="Prise Deux-Fois")
    OutingFactory(by=by, agents=[by])
    with pytest.raises(Refused, match="Prise Deux-Fois") as refusal:
        OutingFactory(by=by, agents=[by])
    assert code_of(refusal) == "overlap"
    assert OutingFactory(by=by, agents=[by], despite_overlap=True).agents.get() == by


def test_two_outings_that_only_touch_do_not_overlap():
    by = agent()
    first = OutingFactory(by=by, agents=[by])
    assert OutingFactory(by=by, agents=[by], starts_at=first.ends_at)


def test_a_cancelled_outing_holds_nobody_until_it_is_restored():
    by = agent()
    first = OutingFactory(by=by, agents=[by])
    ops.cancel_outing(outing=first, why="Orage", by=by)
    OutingFactory(by=by, agents=[by])
    with pytest.raises(Refused) as refusal:
        ops.restore_outing(outing=first, by=by)
    assert code_of(refusal) == "overlap"


def test_an_outing_changes_until_it_starts():
    by = agent()
    outing = OutingFactory(by=by, agents=[by], partners=[PartnerFactory()])
    place = PlaceFactory(area=outing.area)
    changed = ops.change_outing(outing=outing, **told(outing, place=place, partners=[]), by=by)
    assert (changed.place, list(changed.partners.all())) == (place, [])
    assert Entry.objects.order_by("-number").first().facts["fields"] == ["place", "partners"]
    ops.start_outing(outing=outing, by=by)
    with pytest.raises(Refused, match="n'a pas commencé"):
        ops.change_outing(outing=outing, **told(outing, purpose="Autre chose"), by=by)


def test_changing_nothing_leaves_no_line():
    by = agent()
    outing = OutingFactory(by=by, agents=[by])
    before = Entry.objects.count()
    ops.change_outing(outing=outing, **told(outing), by=by)
    assert Entry.objects.count() == before


def test_an_outing_without_purpose_is_refused_by_the_model_in_french():
    with pytest.raises(ValidationError, match="obligatoire|vide"):
        OutingFactory(purpose=" ")


@pytest.mark.parametrize("shift", [-3 * HOUR, 4 * HOUR])
def test_one_does_not_start_far_from_the_hours_said(shift):
    by = agent()
    outing = OutingFactory(by=by, starts_at=clock.now() + 10 * HOUR)
    moment: datetime = outing.starts_at + shift
    with clock.at(moment + 20 * HOUR), pytest.raises(Refused) as refusal:
        ops.start_outing(outing=outing, at=moment, by=by)
    assert code_of(refusal) == "not-at-that-time"


def test_a_start_in_the_future_is_refused():
    by = agent()
    outing = OutingFactory(by=by)
    with pytest.raises(Refused, match="futur"):
        ops.start_outing(outing=outing, at=clock.now() + HOUR, by=by)


def test_more_than_a_day_of_presence_is_refused():
    by = agent()
    outing = OutingFactory(by=by)
    ops.start_outing(outing=outing, by=by)
    with pytest.raises(Refused, match="seize heures"):
        ops.debrief_outing(outing=outing, presence_minutes=60 * 17, by=by)


# ---------------------------------------------------------------- who


ROLES = {
    ops.start_outing: {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR, Role.PEER_SUPPORTER},
    ops.cancel_outing: {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR},
}


@pytest.mark.parametrize("gesture", ROLES)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("same_team", [True, False])
def test_who_may_move_an_outing(gesture, role, same_team):
    owner = agent()
    outing = OutingFactory(by=owner)
    by = AgentFactory(role=role, teams=[outing.team] if same_team else [])
    words = {"why": "Orage"} if gesture is ops.cancel_outing else {}
    if role in ROLES[gesture] and (same_team or role == Role.COORDINATOR):
        gesture(outing=outing, by=by, **words)
        assert last_line() in ("outreach.started", "outreach.cancelled")
    else:
        with pytest.raises(Refused) as refusal:
            gesture(outing=outing, by=by, **words)
        assert code_of(refusal) in ("role-does-not-open-this", "not-your-team")


@pytest.mark.parametrize(
    ("role", "in_team", "sees"),
    [
        (Role.PRACTITIONER, True, True),
        (Role.PRACTITIONER, False, False),
        (Role.PEER_SUPPORTER, True, True),
        (Role.PARTNER_AGENT, True, True),
        (Role.PARTNER_AGENT, False, False),
        (Role.COORDINATOR, False, True),
        (Role.ADMINISTRATOR, True, False),
    ],
)
def test_who_sees_an_outing(role, in_team, sees):
    outing = OutingFactory()
    by = AgentFactory(role=role, teams=[outing.team] if in_team else [])
    assert Outing.objects.visible_to(by).filter(pk=outing.pk).exists() is sees


def test_the_lists_of_a_team_hold_each_outing_once():
    by = agent()
    now = clock.now()
    coming = OutingFactory(by=by, starts_at=now + HOUR)
    late = OutingFactory(by=by, starts_at=now - 20 * HOUR, after_the_fact=True)
    left = OutingFactory(by=by, starts_at=now - 30 * HOUR, after_the_fact=True)
    Outing.objects.filter(pk=left.pk).update(started_at=left.starts_at)
    gone = OutingFactory(by=by, starts_at=now + 8 * HOUR)
    ops.cancel_outing(outing=gone, why="Orage", by=by)
    rows = Outing.objects.visible_to(by)
    assert list(rows.ahead(now)) == [coming]
    assert list(rows.missed(now)) == [late]
    assert list(rows.to_debrief(now)) == [left]


def test_a_list_of_outings_asks_as_much_for_one_as_for_ten(django_assert_num_queries):
    by = agent()

    def read():
        rows = Outing.objects.visible_to(by).with_everything()
        return [(str(o), o.team.name, [str(a) for a in o.agents.all()], len(o.partners.all())) for o in rows]

    for many in (1, 9):
        for _ in range(many):
            OutingFactory(by=by, agents=[by], partners=[PartnerFactory()], despite_overlap=True)
        with django_assert_num_queries(3):  # outings, agents, partners
            read()


def test_morning_and_evening_of_the_same_day_are_two_outings():
    by = agent()
    day = morning_of("2026-07-01")
    first = OutingFactory(by=by, agents=[by], starts_at=day)
    second = OutingFactory(by=by, agents=[by], starts_at=day + 6 * HOUR)
    assert set(Outing.objects.between(day, day + 12 * HOUR)) == {first, second}
