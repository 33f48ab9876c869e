"""Nothing recorded in the field is lost or doubled; a meeting needs no name; figures add up. In any order."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.encounters import ops
from allervers.encounters.models import Encounter, Offer, Outcome
from tests.conftest import morning_of
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory, signed
from tests.factories.territory import AreaFactory
from tests.harness.effort import examples

pytestmark = pytest.mark.django_db
some = settings(max_examples=examples(12), deadline=None, suppress_health_check=list(HealthCheck))
SPACE = UUID(int=20260602)


@contextmanager
def a_world() -> Iterator[tuple]:
    """A team in the field with three persons on record, undone at the end."""
    with clock.at(morning_of("2026-06-02")), transaction.atomic():
        by, team = signed(None, None)
        yield by, team, AreaFactory(), [PersonFactory(by=by, team=team) for _ in range(3)]
        transaction.set_rollback(True)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
meetings = st.fixed_dictionaries(
    {"anonymous_count": st.integers(1, 6)},
    optional={
        "said": words,
        "offered": st.lists(st.sampled_from(Offer.values), max_size=3),
        "outcome": st.sampled_from(Outcome.values),
        "how": st.sampled_from(["acknowledged", "conversation", "trust"]),
    },
)


@some
@given(meetings)
def test_a_meeting_without_a_name_is_whole_and_stores_none(told):
    with a_world() as (by, team, area, _):
        met = ops.record_encounter(team=team, area=area, **told, by=by)
        assert (met.anonymous_count, met.people.count()) == (told["anonymous_count"], 0)
        line = Entry.objects.order_by("-number")[0]
        assert (line.what, line.person) == ("encounters.recorded", None)


@some
@given(st.lists(st.tuples(st.integers(0, 3), meetings), max_size=8), st.randoms(use_true_random=False))
def test_whatever_the_order_and_the_repeats_each_meeting_is_written_once(sent, dice):
    """Four meetings at most, told again and again, sometimes differently: the first telling of each holds."""
    with a_world() as (by, team, area, _):
        kept: dict[int, dict] = {}
        again = sent * 2
        dice.shuffle(again)
        for number, told in again:
            key = uuid5(SPACE, str(number))
            try:
                ops.record_encounter(id=key, team=team, area=area, **told, by=by)
            except Conflict:
                assert kept[number] != told
            kept.setdefault(number, told)
        assert Encounter.objects.count() == len(kept)
        expected = sum(told["anonymous_count"] for told in kept.values())
        assert sum(Encounter.objects.values_list("anonymous_count", flat=True)) == expected
        assert Entry.objects.filter(what="encounters.recorded").count() == len(kept)


steps = st.lists(
    st.tuples(st.sampled_from(["name", "unname", "strike", "unstrike", "leave"]), st.integers(0, 2)), max_size=8
)


@some
@given(st.integers(1, 4), steps)
def test_naming_taking_off_striking_and_leaving_never_change_how_many_were_met(count, gestures):
    with a_world() as (by, team, area, people):
        met = ops.record_encounter(team=team, area=area, anonymous_count=count, said="Bonjour", by=by)
        for gesture, number in gestures:
            person = people[number].pk
            try:
                {
                    "name": lambda p=person: ops.name_people(encounter=met, people=[p], by=by),
                    "unname": lambda p=person: ops.take_name_off(encounter=met, person_id=p, by=by),
                    "strike": lambda: ops.strike_encounter(encounter=met, by=by),
                    "unstrike": lambda: ops.unstrike_encounter(encounter=met, by=by),
                    "leave": lambda p=person: ops.make_anonymous(person_id=p, by=by),
                }[gesture]()
            except Refused as refused:
                assert refused.code in ("struck", "nobody-left-to-name")
            now = Encounter.objects.get()
            assert now.anonymous_count + now.people.count() == count
            assert now.anonymous_count >= 0


@some
@given(st.booleans(), st.booleans(), st.booleans())
def test_a_meeting_never_lies_elsewhere_than_its_outing(other_area, other_team, far):
    with a_world() as (by, team, area, _):
        outing = OutingFactory(by=by, team=team, area=area)
        told = {
            "area": AreaFactory() if other_area else None,
            "team": signed(None, None)[1] if other_team else None,
            "happened_at": clock.now().replace(month=4) if far else None,
        }
        try:
            met = ops.record_encounter(outing=outing, anonymous_count=1, **told, by=by)
        except Refused:
            assert other_area or other_team or far
            assert not Encounter.objects.exists()
        else:
            assert (met.area, met.team) == (outing.area, outing.team)
            assert not (other_area or other_team or far)


@some
@given(st.lists(st.booleans(), max_size=6))
def test_striking_and_putting_back_ends_where_the_last_gesture_says(gestures):
    with a_world() as (by, team, area, _):
        met = ops.record_encounter(team=team, area=area, anonymous_count=1, by=by)
        lines = 0
        state = False
        for strike in gestures:
            (ops.strike_encounter if strike else ops.unstrike_encounter)(encounter=met, by=by)
            lines, state = lines + (strike is not state), strike
        assert Encounter.objects.live().exists() is not state
        assert Entry.objects.filter(what__in=["encounters.struck", "encounters.unstruck"]).count() == lines
