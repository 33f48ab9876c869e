"""Who sees what of a meeting: its count, its words, the names in it."""

import pytest

from allervers.accounts.models import Role
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.encounters import ops, reading
from allervers.people import ops as people
from tests.factories.accounts import AgentFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.people import PersonFactory, agree, signed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def world():
    """An agent in a team, and somebody who agreed to be on record with it."""
    by, team = signed(None, None)
    return by, team, PersonFactory(by=by, team=team, name="Ada Inventée")


SEES = {  # role → (in the team: sees the meeting, the name, the words), (elsewhere: the same)
    Role.PRACTITIONER: ((True, True, True), (False, False, False)),
    Role.JOURNEY_LEAD: ((True, True, True), (False, False, False)),
    Role.COORDINATOR: ((True, False, False), (True, False, False)),
    Role.PEER_SUPPORTER: ((False, False, False), (False, False, False)),
    Role.PARTNER_AGENT: ((False, False, False), (False, False, False)),
    Role.ADMINISTRATOR: ((False, False, False), (False, False, False)),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("in_team", [True, False])
def test_who_sees_a_meeting_its_names_and_its_words(world, role, in_team):
    writer, team, person = world
    EncounterFactory(by=writer, team=team, people=[person.pk], said="Mes mots")
    by = AgentFactory(role=role, teams=[team] if in_team else [])
    meeting, name, words = SEES[role][0 if in_team else 1]
    rows = reading.seen(reading.visible_encounters(by=by), by=by)
    assert [row.known for row in rows] == ([1] if meeting else [])
    assert [list(row.people.values()) for row in rows] == ([["Ada Inventée"] if name else []] if meeting else [])
    assert [row.said for row in rows] == (["Mes mots" if words else ""] if meeting else [])


def test_a_peer_supporter_sees_their_own_meetings_only(world):
    _, team, _ = world
    peer, other = (AgentFactory(role=Role.PEER_SUPPORTER, teams=[team]) for _ in range(2))
    mine = EncounterFactory(by=peer, team=team, said="Le bus ne passe plus")
    EncounterFactory(by=other, team=team)
    [row] = reading.seen(reading.visible_encounters(by=peer), by=peer)
    assert (row.encounter, row.said, row.met) == (mine, "Le bus ne passe plus", 1)


def test_the_coordination_reads_the_words_of_those_without_a_name(world):
    by, team, _ = world
    EncounterFactory(by=by, team=team, said="On nous renvoie d'un guichet à l'autre")
    coordinator = AgentFactory(role=Role.COORDINATOR)
    [row] = reading.seen(reading.visible_encounters(by=coordinator), by=coordinator)
    assert (row.said, row.words_hidden) == ("On nous renvoie d'un guichet à l'autre", False)


def test_once_the_agreement_is_withdrawn_neither_name_nor_words_are_seen(world):
    by, team, person = world
    EncounterFactory(by=by, team=team, people=[person.pk], said="Mes mots")
    people.withdraw_agreement(person_id=person.pk, team=team, purpose="record", by=by)
    [row] = reading.seen(reading.visible_encounters(by=by), by=by)
    assert (row.people, row.known, row.said, row.words_hidden) == ({}, 1, "", True)


def test_the_words_of_two_are_read_when_both_may_be_seen(world):
    by, team, person = world
    other = PersonFactory(by=by, team=team)
    EncounterFactory(by=by, team=team, people=[person.pk, other.pk], said="Nos mots")
    assert [row.said for row in reading.seen(reading.visible_encounters(by=by), by=by)] == ["Nos mots"]
    people.withdraw_agreement(person_id=other.pk, team=team, purpose="record", by=by)
    assert [row.said for row in reading.seen(reading.visible_encounters(by=by), by=by)] == [""]


def test_a_meeting_struck_is_listed_no_more_but_its_page_opens_to_put_it_back(world):
    by, team, _ = world
    struck = ops.strike_encounter(encounter=EncounterFactory(by=by, team=team), by=by)
    assert not reading.visible_encounters(by=by).exists()
    assert reading.open_encounter(struck.pk, by=by).encounter == struck


def test_a_meeting_unknown_and_a_meeting_of_others_answer_alike(world):
    stranger, _ = signed(None, None)
    by, team, _ = world
    met = EncounterFactory(by=by, team=team)
    said = set()
    for key in (met.pk, met.team_id):
        with pytest.raises(Refused) as refusal:
            reading.open_encounter(key, by=stranger)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_the_meetings_of_a_person_pass_the_door_and_stay_with_each_team(world):
    by, team, person = world
    other_by, other = signed(None, None)
    mine = EncounterFactory(by=by, team=team, people=[person.pk])
    EncounterFactory(by=by, team=team)
    with pytest.raises(Refused):
        reading.encounters_of(person.pk, by=other_by)
    assert list(reading.encounters_of(person.pk, by=by)) == [mine]
    assert Entry.objects.order_by("-number").first().what == "people.opened"


def test_the_meetings_of_two_records_reunited_are_read_together(world):
    by, team, person = world
    double = PersonFactory(by=by, team=team)
    both = {EncounterFactory(by=by, team=team, people=[one.pk]) for one in (person, double)}
    people.merge_people(keep=person.pk, other=double.pk, person_agrees=True, by=by)
    assert set(reading.encounters_of(person.pk, by=by)) == both


def test_the_computations_of_a_person_need_their_agreement_to_keep_facts(world):
    by, team, person = world
    kept = AssessmentFactory(by=by, team=team, person_id=person.pk)
    with pytest.raises(Refused):
        reading.assessments_of(person.pk, by=by)
    agree(person, "rights", team=team, by=by)
    assert list(reading.assessments_of(person.pk, by=by)) == [kept]


def test_a_computation_opens_to_its_team_or_through_the_person(world):
    by, team, person = world
    stranger, _ = signed(None, None)
    nameless = AssessmentFactory(by=by, team=team)
    named = AssessmentFactory(by=by, team=team, person_id=person.pk)
    for kept in (nameless, named):
        assert reading.open_assessment(kept.pk, by=by) == kept
        with pytest.raises(Refused) as refusal:
            reading.open_assessment(kept.pk, by=stranger)
        assert refusal.value.code == "not-visible"


def test_a_list_of_meetings_asks_as_much_for_one_as_for_ten(world, django_assert_num_queries):
    by, team, _ = world

    def read():
        rows = reading.seen(reading.visible_encounters(by=by), by=by)
        return [(str(row.encounter.team), str(row.encounter.area), row.encounter.recorded_by.full_name) for row in rows]

    asked = []
    for many in (1, 9):
        for _ in range(many):
            EncounterFactory(by=by, team=team, people=[PersonFactory(by=by, team=team).pk])
        with django_assert_num_queries(asked[0] if asked else 20, exact=bool(asked)) as queries:
            read()
        asked.append(len(queries))
