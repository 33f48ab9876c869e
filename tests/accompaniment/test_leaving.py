"""A person who leaves takes everything that was theirs; what the team did stays counted, of nobody."""

import pytest
from django.apps import apps

from allervers.accompaniment import ops
from allervers.accompaniment.models import Claim, Journey, Step
from allervers.base import journal
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.people import ops as people
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note, open_right
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
SAID = "Zéphirine-Coquelicot"  # a word found nowhere else


@pytest.fixture
def journey():
    """Somebody about whom everything that can be written is written."""
    person = PersonFactory(name=f"{SAID} Exemple", purposes=["rights", "journey", "contact"])
    by = person.agreements.first().recorded_by
    told = JourneyFactory(by=by, person=person, what_matters=f"{SAID} : garder mon logement")
    met = EncounterFactory(by=by, people=[person.pk], said=f"{SAID} nous a parlé")
    AssessmentFactory(by=by, encounter=met, person_id=person.pk)
    people.keep_saying(person_id=person.pk, kind="strength", text=SAID, by=by)
    people.note_close_one(person_id=person.pk, who=SAID, by=by)
    people.record_refusal(person_id=person.pk, kind="not_now", own_words=SAID, by=by)
    claim = open_right(ClaimFactory(journey=told))
    note(claim, "stopped", note=f"appelé avec {SAID}")
    ops.agree_step(journey=told, says=f"{SAID} apporte le bail", who="person", claim=claim, by=by)
    return told


def where_it_is_written():
    """Every table that still holds the word."""
    found = set()
    for model in apps.get_models():
        for row in model._default_manager.order_by("pk").values():
            if SAID.casefold() in str(row).casefold() or "zephirine" in str(row).casefold():
                found.add(model._meta.label)
    return found


def test_no_word_of_the_person_is_left_anywhere(journey):
    assert {
        "people.Person",
        "accompaniment.Journey",
        "accompaniment.Event",
        "accompaniment.Step",
    } <= where_it_is_written()
    ops.let_go(person_id=journey.person_id, by=journey.lead)
    assert where_it_is_written() == set()


def test_the_claims_stay_of_nobody_and_the_steps_go(journey):
    left = ops.let_go(person_id=journey.person_id, by=journey.lead)
    kept = Journey.objects.get()
    assert (left.journeys, left.claims) == (1, 1)
    assert (kept.person, kept.agreement, kept.ending) == (None, None, "person_ended")
    assert Claim.objects.get().events.count() == 4
    assert not Step.objects.exists()
    assert journal.verify().fault is None


def test_nobody_opens_what_is_nobody_s(journey):
    ops.let_go(person_id=journey.person_id, by=journey.lead)
    with pytest.raises(Refused) as refusal:
        note(Claim.objects.get(), "filed", by=journey.lead)
    assert refusal.value.code == "not-visible"


def test_a_stranger_erases_nobody_and_nothing_of_it_happens(journey):
    stranger = AgentFactory(teams=[TeamFactory()])
    lines = Entry.objects.count()
    with pytest.raises(Refused):
        ops.let_go(person_id=journey.person_id, by=stranger)
    assert Entry.objects.count() == lines
    assert where_it_is_written() >= {"people.Person", "accompaniment.Journey"}


def test_somebody_who_has_no_journey_can_leave_too():
    person = PersonFactory()
    by = person.agreements.get().recorded_by
    assert ops.let_go(person_id=person.pk, by=by).journeys == 0
    assert not type(person).objects.exists()
