"""A name joins a meeting by agreement only, and leaves it without changing any figure."""

from uuid import uuid4

import pytest

from allervers.accounts import ops as accounts
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.encounters import ops
from allervers.encounters.models import Assessment, Encounter, RightFound
from allervers.people import ops as people
from tests.factories.accounts import TeamFactory, administrator
from tests.factories.encounters import AssessmentFactory, EncounterFactory, answer
from tests.factories.people import PersonFactory, agree, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def world():
    """An agent in a team, and somebody who agreed to be on record with it."""
    by, team = signed(None, None)
    return by, team, PersonFactory(by=by, team=team)


def test_a_person_who_agrees_takes_the_place_of_somebody_without_a_name(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team, anonymous_count=2)
    named = ops.name_people(encounter=met, people=[person.pk], by=by)
    assert (named.anonymous_count, named.people.get()) == (1, person)


def test_nobody_is_joined_without_their_agreement(world):
    by, team, _ = world
    met, stranger = EncounterFactory(by=by, team=team), PersonFactory()
    for key in (stranger.pk, uuid4()):
        with pytest.raises(Refused) as refusal:
            ops.name_people(encounter=met, people=[key], by=by)
        assert refusal.value.code == "not-visible"
    assert (Encounter.objects.get().anonymous_count, met.people.count()) == (1, 0)


def test_more_names_than_people_met_are_refused(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team, anonymous_count=1)
    ops.name_people(encounter=met, people=[person.pk], by=by)
    with pytest.raises(Refused, match="nombre de personnes"):
        ops.name_people(encounter=met, people=[PersonFactory(by=by, team=team).pk], by=by)


def test_the_same_name_twice_is_there_once(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team, anonymous_count=2)
    ops.name_people(encounter=met, people=[person.pk, person.pk], by=by)
    lines = Entry.objects.filter(what="encounters.named").count()
    ops.name_people(encounter=met, people=[person.pk], by=by)
    assert Encounter.objects.get().anonymous_count == 1
    assert Entry.objects.filter(what="encounters.named").count() == lines


def test_a_name_put_by_mistake_is_taken_off_and_the_person_stays_counted(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team, people=[person.pk], said="Merci d'être passés")
    kept = ops.take_name_off(encounter=met, person_id=person.pk, by=by)
    assert (kept.anonymous_count, kept.people.count(), kept.said) == (1, 0, "Merci d'être passés")


def test_who_leaves_stays_counted_and_their_words_go(world):
    by, team, person = world
    agree(person, "rights", team=team, by=by)
    told = {"by": by, "team": team, "said": "Je dors dans ma voiture", "agreed": "Revenir jeudi"}
    alone = EncounterFactory(people=[person.pk], **told)
    together = EncounterFactory(people=[person.pk], anonymous_count=1, **told)
    elsewhere = EncounterFactory(**told)
    AssessmentFactory(by=by, team=team, encounter=alone, person_id=person.pk, facts={"home": {}})
    assert ops.make_anonymous(person_id=person.pk, by=by) == 2
    rows = {row.pk: (row.anonymous_count, row.people.count(), row.said) for row in Encounter.objects.all()}
    assert rows[alone.pk] == (1, 0, "")
    assert rows[together.pk] == (2, 0, "Je dors dans ma voiture")
    assert rows[elsewhere.pk] == (1, 0, "Je dors dans ma voiture")
    kept = Assessment.objects.get()
    assert (kept.person, kept.facts, kept.answer["rights"][0]["because"]) == (None, None, [])
    assert RightFound.objects.get().likely == 300


def test_making_anonymous_twice_changes_nothing_more(world):
    by, team, person = world
    EncounterFactory(by=by, team=team, people=[person.pk])
    ops.make_anonymous(person_id=person.pk, by=by)
    lines = Entry.objects.count()
    assert ops.make_anonymous(person_id=person.pk, by=by) == 0
    assert Entry.objects.count() == lines


def test_who_leaves_one_team_stays_known_to_the_other(world):
    by, team, person = world
    other = TeamFactory()
    accounts.join_team(agent=by, team=other, by=administrator())
    agree(person, "record", team=other, by=by)
    first = EncounterFactory(by=by, team=team, people=[person.pk])
    second = EncounterFactory(by=by, team=other, people=[person.pk])
    ops.make_anonymous(person_id=person.pk, team=team, by=by)
    assert (first.people.count(), second.people.count()) == (0, 1)


def test_two_records_reunited_are_one_person_in_a_meeting_and_leave_together(world):
    by, team, person = world
    other = PersonFactory(by=by, team=team)
    before = EncounterFactory(by=by, team=team, people=[other.pk])
    people.merge_people(keep=person.pk, other=other.pk, person_agrees=True, by=by)
    after = EncounterFactory(by=by, team=team, people=[other.pk, person.pk])
    assert (after.people.get(), after.anonymous_count) == (person, 0)
    assert ops.make_anonymous(person_id=other.pk, by=by) == 2
    assert [row.people.count() for row in (before, after)] == [0, 0]


def test_facts_are_kept_only_if_the_person_agrees_to_that(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team, people=[person.pk])
    told = {"by": by, "team": team, "encounter": met, "person_id": person.pk}
    with pytest.raises(Refused) as refusal:
        AssessmentFactory(**told, facts={"home": {"rent": 450}})
    assert refusal.value.code == "not-visible"
    assert AssessmentFactory(**told).facts is None
    agree(person, "rights", team=team, by=by)
    assert AssessmentFactory(**told, facts={"home": {"rent": 450}}).facts == {"home": {"rent": 450}}


def test_without_a_person_neither_facts_nor_sentences_about_them_are_kept():
    by, team = signed(None, None)
    with pytest.raises(Refused) as refusal:
        AssessmentFactory(by=by, team=team, facts={"home": {"rent": 450}})
    assert refusal.value.code == "facts-without-a-person"
    kept = AssessmentFactory(by=by, team=team, answer=answer(rsa=("likely", 300)))
    assert "620" not in str(kept.answer)
    assert kept.answer["rights"][0]["monthly"]["likely"] == 300


def test_withdrawing_forgets_the_facts_and_keeps_the_results(world):
    by, team, person = world
    agree(person, "rights", team=team, by=by)
    AssessmentFactory(by=by, team=team, person_id=person.pk, facts={"home": {"rent": 450}})
    people.withdraw_agreement(person_id=person.pk, team=team, purpose="rights", by=by)
    assert ops.forget_facts(person_id=person.pk, by=by) == 1
    kept = Assessment.objects.get()
    assert (kept.facts, kept.person_id, kept.found.count()) == (None, person.pk, 1)
    assert "620" not in str(kept.answer)
    assert ops.forget_facts(person_id=person.pk, by=by) == 0


def test_a_person_who_is_not_in_the_meeting_is_not_slipped_in_by_a_computation(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team)
    with pytest.raises(Refused) as refusal:
        AssessmentFactory(by=by, team=team, encounter=met, person_id=person.pk)
    assert refusal.value.code == "not-in-the-encounter"


def test_rights_worked_out_without_a_name_are_given_to_the_person_who_now_agrees(world):
    by, team, person = world
    met = EncounterFactory(by=by, team=team)
    kept = AssessmentFactory(by=by, team=team, encounter=met)
    ops.name_people(encounter=met, people=[person.pk], by=by)
    assert ops.join_assessment(assessment=kept, person_id=person.pk, by=by).person == person
    other = PersonFactory(by=by, team=team)
    with pytest.raises(Refused, match="autre personne"):
        ops.join_assessment(assessment=kept, person_id=other.pk, by=by)
