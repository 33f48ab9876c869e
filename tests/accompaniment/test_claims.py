"""Claims and what happens to them, through the ops."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.accompaniment import ops, reading
from allervers.accompaniment.choices import EventKind, State
from allervers.accompaniment.models import Claim, Event
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.people import ops as people
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note, open_right
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.harness.effort import examples

pytestmark = pytest.mark.django_db
K = EventKind


@pytest.fixture(autouse=True)
def _some_day(at):
    at("2026-09-01")


@pytest.fixture
def journey():
    return JourneyFactory()


def test_from_preparing_to_the_first_payment(journey):
    claim = ClaimFactory(journey=journey)
    assert reading.standing_of(claim).code == State.TO_PREPARE
    open_right(claim, amount=Decimal("312.50"))
    standing = reading.standing_of(claim)
    assert (standing.code, standing.monthly_amount) == (State.PAID, Decimal("312.50"))


def test_each_fact_leaves_one_line_without_a_word_of_it(journey):
    claim = ClaimFactory(journey=journey)
    before = Entry.objects.count()
    note(claim, K.FILED, note="déposée avec sa sœur")
    lines = Entry.objects.filter(number__gt=before)
    assert [line.what for line in lines] == ["accompaniment.event_recorded"]
    assert "sœur" not in str(lines[0].facts)


def test_a_right_that_is_not_in_the_catalogue_cannot_be_claimed(journey):
    with pytest.raises(Refused, match="catalogue"):
        ClaimFactory(journey=journey, right="free_lunch")


def test_a_right_the_person_does_not_want_is_not_claimed_until_they_say_otherwise(journey):
    lead = journey.lead
    no = people.record_refusal(person_id=journey.person_id, kind="not_this_right", right="rsa", by=lead)
    with pytest.raises(Refused, match="a dit non pour ce droit"):
        ClaimFactory(journey=journey)
    assert ClaimFactory(journey=journey, right="css")
    people.lift_refusal(refusal_id=no.pk, by=lead)
    assert ClaimFactory(journey=journey)


def test_the_same_right_is_not_claimed_twice_at_once(journey):
    first = ClaimFactory(journey=journey)
    with pytest.raises(Refused, match="déjà en cours"):
        ClaimFactory(journey=journey)
    note(first, K.REFUSED)
    assert ClaimFactory(journey=journey)


def test_the_same_claim_told_twice_is_one_claim(journey):
    key = uuid4()
    assert ClaimFactory(id=key, journey=journey) == ClaimFactory(id=key, journey=journey)
    with pytest.raises(Conflict):
        ClaimFactory(id=key, journey=journey, right="css")


def test_the_same_fact_told_twice_is_one_fact(journey):
    claim, key = ClaimFactory(journey=journey), uuid4()
    note(claim, K.FILED, id=key)
    note(claim, K.FILED, id=key)
    assert claim.events.count() == 1
    with pytest.raises(Conflict):
        note(claim, K.FILED, id=key, note="autrement")


@pytest.mark.parametrize(
    ("kind", "told", "why"),
    [
        (K.FILED, {"happened_on": date(2026, 9, 2)}, "pas encore venu"),
        (K.FILED, {"happened_on": date(2016, 9, 1)}, "plus de cinq ans"),
        (K.GRANTED, {"amount": Decimal(-1)}, "entre 0 et 10"),
        (K.GRANTED, {"amount": Decimal(10_001)}, "entre 0 et 10"),
        (K.GRANTED, {"starts_on": None}, "à partir de quand"),
        (K.GRANTED, {"until": date(2026, 8, 1)}, "avant d'avoir commencé"),
        (K.DOCUMENTS_ASKED, {"answer_by": date(2026, 8, 1)}, "avant le fait"),
        (K.GRANTED, {"happened_on": date(2026, 6, 30)}, "viendrait avant"),
        (K.REFUSED, {"happened_on": date(2026, 6, 30)}, "viendrait avant"),
        (K.FIRST_PAYMENT, {"happened_on": date(2026, 6, 30)}, "viendrait avant"),
        (K.FILED, {"happened_on": date(2026, 7, 1)}, "déjà noté ce jour-là"),
        ("won", {}, "pas dans la liste"),
    ],
)
def test_what_cannot_have_happened_is_refused_with_its_reason_and_what_to_do(journey, kind, told, why):
    claim = ClaimFactory(journey=journey)
    note(claim, K.FILED, date(2026, 7, 1))
    with pytest.raises(Refused, match=why) as refusal:
        note(claim, kind, **told)
    assert refusal.value.remedy
    assert claim.events.count() == 1


@pytest.mark.parametrize("paid", [date(2026, 6, 1), date(2026, 8, 20)])
def test_a_first_payment_is_seen_once_until_it_is_taken_back(journey, paid):
    claim = ClaimFactory(journey=journey)
    first = note(claim, K.FIRST_PAYMENT, date(2026, 8, 1))
    with pytest.raises(Refused, match=r"déjà noté pour cette demande, au 01/08/2026.*annulez-le"):
        note(claim, K.FIRST_PAYMENT, paid)
    ops.strike_event(event=first, by=journey.lead)
    assert note(claim, K.FIRST_PAYMENT, paid)


@pytest.mark.parametrize("closing", [K.REFUSED, K.STOPPED, K.SET_ASIDE])
def test_a_right_closed_then_granted_again_has_a_first_payment_again(journey, closing):
    claim = ClaimFactory(journey=journey)
    facts = [(K.GRANTED, 1), (K.FIRST_PAYMENT, 5), (closing, 10), (K.GRANTED, 15), (K.FIRST_PAYMENT, 20)]
    for kind, day in facts:
        note(claim, kind, date(2026, 8, day))
    assert reading.standing_of(claim).is_open


GRANT = (K.GRANTED, date(2026, 8, 10))
PAYMENT = (K.FIRST_PAYMENT, date(2026, 8, 20))


@pytest.mark.parametrize("first", [GRANT, PAYMENT])
@pytest.mark.parametrize("starts_on", [date(2026, 8, 21), date(2030, 1, 1)])
def test_nothing_is_paid_before_the_right_begins_whichever_is_written_first(journey, first, starts_on):
    claim = ClaimFactory(journey=journey)
    written = sorted([GRANT, PAYMENT], key=lambda fact: fact != first)
    events = []
    with pytest.raises(Refused, match=rf"20/08/2026.*avant le début du droit.*{starts_on:%d/%m/%Y}.*annulez-le"):
        for kind, day in written:
            events.append(note(claim, kind, day, **({"starts_on": starts_on} if kind == K.GRANTED else {})))
    assert len(events) == 1
    assert not reading.standing_of(claim).is_open


@pytest.mark.parametrize("first", [GRANT, PAYMENT])
def test_a_payment_seen_before_the_letter_stands_when_the_right_had_begun(journey, first):
    claim = ClaimFactory(journey=journey)
    paid, granted = (K.FIRST_PAYMENT, date(2026, 8, 5)), GRANT
    for kind, day in (paid, granted) if first == PAYMENT else (granted, paid):
        note(claim, kind, day, **({"starts_on": date(2026, 8, 5)} if kind == K.GRANTED else {}))
    assert reading.standing_of(claim).opened_on == date(2026, 8, 10)


def test_a_cover_has_no_payment_and_no_amount(journey):
    claim = ClaimFactory(journey=journey, right="css")
    for kind, more in ((K.FIRST_PAYMENT, {}), (K.GRANTED, {"amount": Decimal(10)})):
        with pytest.raises(Refused, match="ne se verse pas en argent"):
            note(claim, kind, **more)
    note(claim, K.GRANTED)
    assert reading.standing_of(claim).is_open


def test_a_claim_filed_before_we_met_can_be_told(journey):
    claim = ClaimFactory(journey=journey)
    note(claim, K.FILED, date(2026, 2, 1))
    assert reading.standing_of(claim).late


def test_a_fact_noted_by_mistake_is_taken_back_and_stays_written(journey):
    claim = open_right(ClaimFactory(journey=journey))
    payment = claim.events.get(kind=K.FIRST_PAYMENT)
    ops.strike_event(event=payment, by=journey.lead)
    assert reading.standing_of(claim).code == State.GRANTED
    assert claim.events.filter(struck_by=journey.lead).count() == 1
    note(claim, K.FIRST_PAYMENT)
    assert reading.standing_of(claim).code == State.PAID


def test_a_claim_opened_by_mistake_goes_as_long_as_nothing_happened(journey):
    claim = ClaimFactory(journey=journey)
    event = note(claim, K.PREPARED)
    with pytest.raises(Refused, match="Des faits sont notés"):
        ops.remove_claim(claim=claim, by=journey.lead)
    ops.strike_event(event=event, by=journey.lead)
    ops.remove_claim(claim=claim, by=journey.lead)
    assert not Claim.objects.exists()


def test_a_stranger_notes_nothing(journey):
    claim, stranger = ClaimFactory(journey=journey), AgentFactory(teams=[TeamFactory()])
    with pytest.raises(Refused) as refusal:
        note(claim, K.FILED, by=stranger)
    assert refusal.value.code == "not-visible"


def test_a_word_in_the_journey_s_team_is_not_enough_without_the_person_s_agreement(journey):
    claim = ClaimFactory(journey=journey)
    people.withdraw_agreement(person_id=journey.person_id, team=journey.team, purpose="journey", by=journey.lead)
    with pytest.raises(Refused):
        note(claim, K.FILED)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations([0, 1, 2, 3]))
def test_facts_written_in_any_order_say_the_same(journey, order):
    claim = ClaimFactory(journey=journey, right="rsa") if not Claim.objects.exists() else Claim.objects.get()
    Event.objects.all().delete()
    days = [date(2026, 7, 1) + timedelta(days=10 * n) for n in range(4)]
    kinds = [K.FILED, K.RECEIPT, K.GRANTED, K.FIRST_PAYMENT]
    for place in order:
        note(claim, kinds[place], days[place])
    standing = reading.standing_of(Claim.objects.get())
    assert (standing.code, standing.opened_on) == (State.PAID, days[3])


# ------------------------------------------------------------------ steps


def test_a_step_is_agreed_done_taken_back_and_let_go(journey):
    by = journey.lead
    step = ops.agree_step(journey=journey, says="Apporter le bail", who="person", due_on=date(2026, 9, 8), by=by)
    assert reading.steps_to_do(by=by)[0].step == step
    assert ops.finish_step(step=step, by=by).done_on == clock.today()
    assert reading.steps_to_do(by=by) == []
    assert ops.reopen_step(step=step, by=by).done_on is None
    assert ops.drop_step(step=step, by=by).dropped_on == clock.today()


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"says": "  "}, "ne dit rien"),
        ({"who": "the state"}, "qui s'en charge"),
        ({"due_on": date(2026, 8, 31)}, "déjà passé"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(journey, told, why):
    with pytest.raises(Refused, match=why):
        ops.agree_step(**{"journey": journey, "says": "Appeler la CAF", "who": "together", "by": journey.lead, **told})


def test_a_step_is_not_done_tomorrow(journey):
    step = ops.agree_step(journey=journey, says="Appeler la CAF", who="team", by=journey.lead)
    with pytest.raises(Refused, match="pas encore venu"):
        ops.finish_step(step=step, done_on=date(2026, 9, 2), by=journey.lead)
