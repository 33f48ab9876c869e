"""Figures add up, come from facts and from nothing else, and go back when a fact is taken back."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.accompaniment import ops as accompaniment
from allervers.accompaniment import reading, rules
from allervers.accompaniment.models import Claim
from allervers.base import clock
from allervers.encounters import ops as encounters
from allervers.encounters.models import RightFound
from allervers.learning.definitions import ALL, BY_ID, Unit
from allervers.learning.drilling import facts_behind
from allervers.learning.figures import figures, figures_by
from allervers.learning.periods import Period
from allervers.learning.scope import SPLITS, Scope
from allervers.people import ops as people
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note, open_right
from tests.factories.encounters import AssessmentFactory, EncounterFactory, answer
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory
from tests.harness.effort import examples
from tests.learning import lives
from tests.learning.lives import PERIOD, TODAY, gestures

pytestmark = pytest.mark.django_db
ADDING_UP = [one.id for one in ALL if one.adds_up]
lived = settings(max_examples=examples(10), deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def world():
    return lives.world()


@contextmanager
def life(world, told):
    """The world in which these gestures were told, as it was before afterwards."""
    with clock.at(TODAY), transaction.atomic():
        here = replace(world, met=[], claims={}, events=[])
        lives.live(here, told)
        yield here
        transaction.set_rollback(True)


def values(found):
    return {**found.total.values, **{name: one.days for name, one in found.total.medians.items()}}


# ------------------------------------------------------------------ laws


@lived
@given(gestures, st.sampled_from(sorted(SPLITS)))
def test_the_rows_of_every_split_add_up_to_the_total(world, told, split):
    with life(world, told):
        whole, found = figures(period=PERIOD), figures(period=PERIOD, split=split)
        for one in found.shown:
            assert found.total[one.id] == whole.total[one.id], one.id
            if one.adds_up:
                assert sum(row[one.id] for row in found.rows) == found.total[one.id], one.id


@lived
@given(gestures, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_were_written_changes_nothing(world, told, dice):
    kept = [gesture for gesture in told if gesture["do"] in ("meet", "note") and gesture.get("kind") != "set_aside"]
    with life(world, kept) as here:
        first, written = values(figures(period=PERIOD)), len(here.events)
    dice.shuffle(kept)
    with life(world, kept) as here:
        if len(here.events) == written:  # a rule may refuse in one order what it accepts in another
            assert values(figures(period=PERIOD)) == first


@lived
@given(gestures)
def test_striking_everything_leaves_nothing(world, told):
    with life(world, [gesture for gesture in told if gesture["do"] in ("meet", "note")]) as here:
        for met in here.met:
            encounters.strike_encounter(encounter=met, by=here.by)
        for event in here.events:
            accompaniment.strike_event(event=event, by=here.by)
        assert not any(values(figures(period=PERIOD)).values())


@lived
@given(gestures)
def test_rights_open_in_the_figures_exactly_when_they_do_in_the_claims(world, told):
    with life(world, told):
        opened = [reading.standing_of(claim).opened_on for claim in Claim.objects.order_by("pk")]
        assert figures(period=PERIOD).total["rights_opened"] == sum(day is not None for day in opened)
        for day in set(filter(None, opened)):
            assert figures(period=Period(day, day)).total["rights_opened"] == opened.count(day)


@lived
@given(gestures)
def test_the_delay_of_the_payment_is_counted_for_each_claim_paid_after_its_grant(world, told):
    with life(world, told):
        standings = [reading.standing_of(claim) for claim in Claim.objects.order_by("pk")]
        paid = [one for one in standings if one.granted_on and one.first_payment_on]
        followed = [one for one in paid if one.granted_on <= one.first_payment_on]
        assert figures(period=PERIOD).total.counted("days_to_payment") == len(followed)


@lived
@given(gestures)
def test_each_month_counts_the_claims_that_one_counts_by_hand(world, told):
    with life(world, told):
        by_hand = Counter()
        for claim in Claim.objects.order_by("pk").prefetch_related("events"):
            facts = [fact for fact in claim.events.all() if fact.struck_at is None]
            asked, granted = rules.first_day(facts, "filed", "receipt"), rules.first_day(facts, "granted")
            days = {"rights_asked": asked, "rights_granted": granted, "rights_opened": opened_on(claim)}
            by_hand.update((figure, f"{day:%m}") for figure, day in days.items() if day)
        for month, row in zip(("06", "07", "08", "09"), figures(period=PERIOD, split="month").rows, strict=True):
            for figure in ("rights_asked", "rights_granted", "rights_opened"):
                assert row[figure] == by_hand[figure, month], (figure, month)


def opened_on(claim):
    return reading.standing_of(claim).opened_on


@lived
@given(gestures, st.sets(st.sampled_from([None, *SPLITS]), min_size=2))
def test_splits_read_together_say_what_each_says_alone(world, told, splits):
    with life(world, told):
        together = figures_by(splits, scope=Scope(PERIOD))
        for split in splits:
            assert together[split] == figures(period=PERIOD, split=split)


@lived
@given(gestures)
def test_a_right_is_found_once_a_person_whatever_the_computations(world, told):
    with life(world, told):
        rows = RightFound.objects.order_by("pk").values_list("assessment__person", "assessment", "right", "certainty")
        once = {(person or computed, right, sure == "possible") for person, computed, right, sure in rows}
        total = figures(period=PERIOD).total
        assert total["rights_found"] == sum(not possible for *_, possible in once)
        assert total["rights_possible"] == sum(possible for *_, possible in once)


@lived
@given(gestures, st.integers(1, 90))
def test_two_periods_side_by_side_add_up_to_both(world, told, days):
    middle = PERIOD.since + timedelta(days=days)
    with life(world, told):
        before, after, both = (
            figures(period=period).total
            for period in (Period(PERIOD.since, middle), Period(middle + timedelta(days=1), PERIOD.until), PERIOD)
        )
        for figure in ADDING_UP:
            assert before[figure] + after[figure] == both[figure], figure


# ------------------------------------------------------------------ examples


@pytest.fixture(autouse=True)
def _today(at):
    at(TODAY)


def test_nothing_happened_is_zero_and_not_an_error():
    found = figures(period=PERIOD, split="week")
    assert set(found.total.values.values()) == {0}
    assert found.total["days_to_open"] is None
    assert len(found.rows) == 14


def test_people_are_counted_with_or_without_a_name():
    person = PersonFactory()
    EncounterFactory(anonymous_count=3)
    EncounterFactory(people=[person.pk], by=person.agreements.get().recorded_by, how="acknowledged")
    total = figures(period=PERIOD).total
    counted = ("met", "met_anonymous", "met_known", "known_people", "encounters", "conversations")
    assert [total[name] for name in counted] == [4, 3, 1, 1, 2, 1]


def test_somebody_met_twice_is_one_person_met_twice():
    person = PersonFactory()
    by = person.agreements.get().recorded_by
    for _ in range(2):
        EncounterFactory(people=[person.pk], by=by)
    total = figures(period=PERIOD, split="area").total
    assert (total["met_known"], total["known_people"]) == (2, 1)


def test_a_right_found_twice_for_a_person_is_found_once_and_twice_for_nobody():
    person = PersonFactory(purposes=["rights"])
    by = person.agreements.first().recorded_by
    for _ in range(2):
        AssessmentFactory(person_id=person.pk, by=by)
        AssessmentFactory()
    assert figures(period=PERIOD).total["rights_found"] == 3


def test_when_a_meeting_is_struck_the_next_computation_is_the_first_to_find():
    person = PersonFactory(purposes=["rights"])
    by = person.agreements.first().recorded_by
    met = EncounterFactory(by=by, people=[person.pk])
    for encounter in (met, None, None):
        AssessmentFactory(person_id=person.pk, encounter=encounter, by=by)
    for gesture in (encounters.strike_encounter, encounters.unstrike_encounter):
        gesture(encounter=met, by=by)
        assert figures(period=PERIOD).total["rights_found"] == 1


def test_a_right_only_possible_is_counted_apart():
    AssessmentFactory(answer=answer(rsa=("possible", 300), css=("certain", None), aspa=("excluded", None)))
    total = figures(period=PERIOD).total
    assert (total["rights_found"], total["rights_possible"]) == (1, 1)


def test_a_claim_lived_to_its_end_moves_exactly_its_own_figures():
    journey = JourneyFactory()
    before = values(figures(period=PERIOD))
    open_right(ClaimFactory(journey=journey), amount=Decimal("312.50"))
    after = values(figures(period=PERIOD))
    moved = {name: after[name] - (before[name] or 0) for name in after if after[name] != before[name]}
    assert moved == {
        "rights_asked": 1, "rights_granted": 1, "rights_opened": 1, "euros_opened": Decimal("312.50"),
        "days_to_grant": 14, "days_to_payment": 6,
    }  # fmt: skip


def test_from_the_grant_to_the_payment_only_money_seen_after_its_grant_is_counted():
    journey = JourneyFactory()
    open_right(ClaimFactory(journey=journey))
    note(ClaimFactory(journey=journey, right="css"), "granted")
    note(ClaimFactory(journey=journey, right="aspa"), "granted")
    early = ClaimFactory(journey=journey, right="housing_aid")
    note(early, "first_payment", TODAY.date() - timedelta(days=9))
    note(early, "granted", starts_on=TODAY.date() - timedelta(days=30))
    total = figures(period=PERIOD).total
    assert (total["rights_opened"], total["days_to_payment"], total.counted("days_to_payment")) == (3, 6, 1)
    [line] = facts_behind("days_to_payment", period=PERIOD, by=journey.lead).lines
    assert (line.day, line.weight) == (TODAY.date(), 6)


def test_a_claim_belongs_to_the_place_and_the_outing_where_the_person_was_met():
    person = PersonFactory(purposes=["journey"])
    by = person.agreements.first().recorded_by
    outing = OutingFactory(by=by)
    EncounterFactory(by=by, outing=outing, people=[person.pk], happened_at=outing.starts_at - timedelta(hours=1))
    note(ClaimFactory(journey=JourneyFactory(by=by, person=person)), "filed")
    for split, key in (("area", outing.area_id), ("outing", outing.pk)):
        found = figures(period=PERIOD, split=split)
        assert {row.key: row["rights_asked"] for row in found.rows if row["rights_asked"]} == {str(key): 1}
    assert figures(period=PERIOD, area=outing.area).total["rights_asked"] == 1
    assert figures(period=PERIOD, outing=outing).total["days_to_filing"] == 0


@pytest.mark.parametrize("gesture", ["recorded", "named", "put back"])
def test_a_meeting_written_after_the_claim_says_all_the_same_when_the_person_was_met(gesture):
    person = PersonFactory(purposes=["journey"])
    by = person.agreements.first().recorded_by
    note(ClaimFactory(journey=JourneyFactory(by=by, person=person)), "filed")
    assert figures(period=PERIOD).total["days_to_filing"] is None
    there = [] if gesture == "named" else [person.pk]
    met = EncounterFactory(by=by, people=there, happened_at=TODAY - timedelta(days=86))
    if gesture == "named":
        encounters.name_people(encounter=met, people=[person.pk], by=by)
    if gesture == "put back":
        encounters.strike_encounter(encounter=met, by=by)
        assert figures(period=PERIOD).total["days_to_filing"] is None
        encounters.unstrike_encounter(encounter=met, by=by)
    assert figures(period=PERIOD).total["days_to_filing"] == 86
    encounters.take_name_off(encounter=met, person_id=person.pk, by=by)
    assert figures(period=PERIOD).total["days_to_filing"] is None


@pytest.mark.parametrize("leaves", ["ended", "stood down", "let go"])
def test_when_a_person_leaves_the_day_they_were_met_stays_counted_even_written_after_the_claim(leaves):
    person = PersonFactory(purposes=["journey"])
    by = person.agreements.first().recorded_by
    journey = JourneyFactory(by=by, person=person)
    note(ClaimFactory(journey=journey), "filed")
    EncounterFactory(by=by, people=[person.pk], happened_at=TODAY - timedelta(days=30))
    if leaves == "ended":
        accompaniment.end_journey(journey=journey, ending="on_their_own", by=by)
    if leaves == "stood down":
        people.withdraw_agreement(person_id=person.pk, team=by.teams.get(), purpose="journey", by=by)
        accompaniment.stand_down(person_id=person.pk, by=by)
    if leaves == "let go":
        accompaniment.let_go(person_id=person.pk, by=by)
    else:
        encounters.make_anonymous(person_id=person.pk, by=by)
    assert figures(period=PERIOD).total["days_to_filing"] == 30


def test_a_meeting_in_a_neighbourhood_counts_in_its_commune(world):
    EncounterFactory(by=world.by, area=world.areas[2])
    [row] = [row for row in figures(period=PERIOD, split="area").rows if row["met"]]
    assert row.label == world.areas[0].name
    assert figures(period=PERIOD, area=world.areas[0]).total["met"] == 1


def test_half_past_midnight_in_paris_is_the_next_day():
    late = TODAY.replace(day=1, hour=0, minute=30)
    EncounterFactory(happened_at=late)
    assert figures(period=Period(late.date(), late.date())).total["met"] == 1
    assert figures(period=Period(date(2026, 8, 31), date(2026, 8, 31))).total["met"] == 0


def test_a_right_left_by_choice_is_counted_once_and_apart():
    journey = JourneyFactory()
    for right in ("rsa", "css"):
        note(ClaimFactory(journey=journey, right=right), "set_aside")
    people.record_refusal(person_id=journey.person_id, kind="not_this_right", right="rsa", by=journey.lead)
    total = figures(period=PERIOD).total
    assert (total["rights_declined"], total["claims_set_aside"], total["left_by_choice"]) == (1, 1, 2)
    assert total["rights_refused"] == 0


def test_when_a_person_leaves_the_figures_stay_right():
    person = PersonFactory(purposes=["rights", "journey"])
    by = person.agreements.first().recorded_by
    EncounterFactory(by=by, people=[person.pk], anonymous_count=1)
    for _ in range(2):
        AssessmentFactory(person_id=person.pk, by=by)
    open_right(ClaimFactory(journey=JourneyFactory(by=by, person=person)))
    before = figures(period=PERIOD, split="area")
    accompaniment.let_go(person_id=person.pk, by=by)
    after = figures(period=PERIOD, split="area")
    nameless = {"met_anonymous": 2, "met_known": 0, "known_people": 0}
    assert values(after) == {**values(before), **nameless}
    assert [(row.label, row["rights_opened"]) for row in after.rows] == [
        (row.label, row["rights_opened"]) for row in before.rows
    ]


@pytest.mark.parametrize("split", [None, *SPLITS])
def test_as_many_questions_for_one_fact_as_for_many(split):
    def ask():
        with CaptureQueriesContext(connection) as asked:
            figures(period=PERIOD, split=split)
        return len(asked)

    def live():
        journey = JourneyFactory()
        open_right(ClaimFactory(journey=journey))
        EncounterFactory(by=journey.lead, people=[journey.person_id])
        AssessmentFactory()

    live()
    few = ask()
    for _ in range(6):
        live()
    assert ask() == few < 25


def test_every_figure_is_defined_in_words_with_its_records():
    total = figures(period=PERIOD).total
    assert {*total.values, *total.medians} == set(BY_ID)
    for one in ALL:
        assert one.says.endswith((".", "médiane.")), one.id
        assert one.tables, one.id
        assert (one.unit == Unit.EUROS) == bool(one.hidden_with)
