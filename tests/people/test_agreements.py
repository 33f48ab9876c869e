"""An answer has a life: asked, given, refused, taken back; what stood on it falls with it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from allervers.accounts import ops as accounts
from allervers.accounts.models import Agent, Role, Team
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.people import access, ops, reading, search, wordings
from allervers.people.choices import Answer, Purpose
from allervers.people.models import Agreement, Fact, Person
from allervers.people.rules import State
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def agent(team: Team) -> Agent:
    return AgentFactory(teams=[team])


def states(person: Person, by: Agent) -> list[tuple[str, State]]:
    opened = access.open_person(person.pk, by=by, purpose=Purpose.RECORD)
    return [(one.purpose, state) for one, state in reading.agreements_of(opened)]


def test_nobody_is_written_down_without_an_agreement(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    agreement = person.agreements.get()
    assert (agreement.purpose, agreement.answer, agreement.team) == (Purpose.RECORD, Answer.GIVEN, team)
    assert agreement.wording == wordings.TEXTS[Purpose.RECORD]
    assert agreement.wording_version == wordings.VERSION


def test_a_person_may_be_written_down_under_no_name_at_all(agent: Agent) -> None:
    person = PersonFactory(by=agent, name="")
    assert access.open_person(person.pk, by=agent, purpose=Purpose.RECORD).label == "personne sans nom"


def test_welcoming_twice_from_a_lost_reply_makes_one_person(team: Team, agent: Agent) -> None:
    told = {"id": team.pk, "team": team, "agreement": wordings.standard(Purpose.RECORD), "name": "Inès", "by": agent}
    first = ops.welcome_person(**told)
    assert ops.welcome_person(**told) == first
    assert Agreement.objects.count() == 1
    with pytest.raises(Conflict, match="autre contenu"):
        ops.welcome_person(**{**told, "name": "Agnès"})


def test_an_agreement_is_asked_by_somebody_of_the_team(agent: Agent) -> None:
    with pytest.raises(Refused, match="pas dans cette équipe"):
        ops.welcome_person(team=TeamFactory(), agreement=wordings.standard(Purpose.RECORD), by=agent)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PEER_SUPPORTER, Role.PARTNER_AGENT, Role.ADMINISTRATOR])
def test_some_roles_write_nobody_down(team: Team, role: str) -> None:
    with pytest.raises(Refused) as refusal:
        ops.welcome_person(
            team=team, agreement=wordings.standard(Purpose.RECORD), by=AgentFactory(role=role, teams=[team])
        )
    assert refusal.value.code == "role-does-not-open-this"


def test_a_new_answer_replaces_the_one_before(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    agree(person, Purpose.CONTACT, team=team, by=agent, answer=Answer.REFUSED)
    assert (Purpose.CONTACT, State.REFUSED) in states(person, agent)
    agree(person, Purpose.CONTACT, team=team, by=agent)
    assert sorted(state for purpose, state in states(person, agent) if purpose == Purpose.CONTACT) == [
        State.GIVEN,
        State.INVALIDATED,
    ]


def test_refusing_what_was_given_takes_it_back(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent, purposes=[Purpose.RIGHTS])
    ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    agree(person, Purpose.RIGHTS, team=team, by=agent, answer=Answer.REFUSED)
    assert sorted(state for purpose, state in states(person, agent) if purpose == Purpose.RIGHTS) == [
        State.REFUSED,
        State.WITHDRAWN,
    ]
    assert not Fact.objects.exists()


def test_without_a_record_nothing_else_can_be_agreed_to(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    second = TeamFactory()
    accounts.join_team(agent=agent, team=second, by=administrator())
    with pytest.raises(Refused, match="garder une fiche"):
        agree(person, Purpose.RIGHTS, team=second, by=agent)


def test_what_is_shared_is_shared_with_a_partner_that_is_named(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    with pytest.raises(Refused, match="laquelle"):
        agree(person, Purpose.SHARE, team=team, by=agent)


def test_an_agreement_cannot_end_before_it_starts(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    with pytest.raises(Refused, match="finirait avant"):
        agree(person, Purpose.CONTACT, team=team, by=agent, expires_on=clock.today() - timedelta(days=1))


def test_withdrawing_the_record_closes_all_the_team_had_and_empties_it(team: Team, agent: Agent) -> None:
    everything = [Purpose.RIGHTS, Purpose.JOURNEY, Purpose.CONTACT]
    person = PersonFactory(by=agent, purposes=everything, phone="06 12 34 56 78", name="Yacine")
    partner = TeamFactory(is_partner=True)
    agree(person, Purpose.SHARE, team=partner, by=agent)
    ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    ops.keep_saying(person_id=person.pk, kind="wish", text="un jardin", by=agent)
    fallen = ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.RECORD, by=agent)
    assert fallen.purposes == {*everything, Purpose.RECORD, Purpose.SHARE}
    assert (fallen.facts, fallen.emptied) == (1, True)
    person.refresh_from_db()
    assert (person.name, person.phone, person.search_key, person.phone_key) == ("", "", "", "")
    assert not person.facts.exists()
    assert not person.sayings.exists()
    assert not any(access.may_open(person.pk, by=agent, purpose=purpose) for purpose in Purpose.values)


def test_withdrawing_from_one_team_leaves_the_other_as_it_was(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent, purposes=[Purpose.RIGHTS], name="Nour")
    second = TeamFactory()
    accounts.join_team(agent=agent, team=second, by=administrator())
    agree(person, Purpose.RECORD, team=second, by=agent)
    agree(person, Purpose.RIGHTS, team=second, by=agent)
    ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    fallen = ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.RECORD, by=agent)
    assert fallen.agreements == [(team.pk, Purpose.RECORD), (team.pk, Purpose.RIGHTS)]
    assert (fallen.facts, fallen.emptied) == (0, False)
    assert access.open_person(person.pk, by=agent, purpose=Purpose.RIGHTS).name == "Nour"
    assert person.facts.count() == 1


def test_withdrawing_rights_deletes_the_facts_and_nothing_else(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent, purposes=[Purpose.RIGHTS, Purpose.JOURNEY])
    ops.note_fact(person_id=person.pk, path="home.rent", value=400, source="said", by=agent)
    ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="document", by=agent)
    fallen = ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.RIGHTS, by=agent)
    assert (fallen.purposes, fallen.facts) == ({Purpose.RIGHTS}, 2)
    assert access.may_open(person.pk, by=agent, purpose=Purpose.JOURNEY)


def test_withdrawing_twice_changes_nothing_more(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
    ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.CONTACT, by=agent)
    lines = Entry.objects.count()
    assert not ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.CONTACT, by=agent).agreements
    assert Entry.objects.count() == lines


def test_an_agreement_that_was_not_one_falls_with_what_stood_on_it(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    given = agree(person, Purpose.RIGHTS, team=team, by=agent)
    ops.note_fact(person_id=person.pk, path="home.rent", value=400, source="said", by=agent)
    with pytest.raises(Refused, match="raison"):
        ops.invalidate_agreement(agreement_id=given.pk, why="  ", by=agent)
    fallen = ops.invalidate_agreement(agreement_id=given.pk, why="la personne n'avait pas compris", by=agent)
    assert (fallen.purposes, fallen.facts) == ({Purpose.RIGHTS}, 1)
    assert (Purpose.RIGHTS, State.INVALIDATED) in states(person, agent)


def test_a_record_is_erased_even_after_it_was_withdrawn(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    ops.record_refusal(person_id=person.pk, kind="no_more", by=agent)
    ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.RECORD, by=agent)
    with pytest.raises(Refused):
        ops.erase_person(person_id=person.pk, by=AgentFactory(teams=[TeamFactory()]))
    ops.erase_person(person_id=person.pk, by=agent)
    assert not Person.objects.exists()
    assert not Agreement.objects.exists()
    line = Entry.objects.get(what="people.erased")
    assert (line.person, line.facts) == (person.pk, {"records": 1})


def test_two_live_answers_to_one_team_for_one_purpose_are_refused_by_the_database(agent: Agent) -> None:
    person = PersonFactory(by=agent)
    first = person.agreements.get()
    second = Agreement.objects.get(pk=first.pk)
    second._state.adding, second.pk = True, person.pk
    with pytest.raises(ValidationError, match="La personne a déjà répondu à cette équipe pour cet usage"):
        second.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_an_agreement_is_not_withdrawn_before_it_is_given_nor_by_nobody(agent: Agent) -> None:
    agreement = PersonFactory(by=agent).agreements.get()
    agreement.withdrawn_at, agreement.withdrawn_by = agreement.answered_at - timedelta(days=1), agent
    with pytest.raises(ValidationError, match="ne peut être retiré avant d'être donné, ni sans dire qui l'écrit"):
        agreement.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement.save()
    agreement.withdrawn_at, agreement.withdrawn_by = clock.now(), None
    with pytest.raises(IntegrityError), transaction.atomic():
        agreement.save()


def test_every_purpose_has_its_words() -> None:
    assert set(wordings.TEXTS) == set(Purpose.values)
    for purpose in Purpose.values:
        longest = max(len(sentence.split()) for sentence in wordings.TEXTS[purpose].split(". "))
        assert longest <= 30, purpose


def test_the_answer_that_stands_is_one_still_good_else_the_latest(team: Team, agent: Agent) -> None:
    person = PersonFactory(by=agent)
    agree(person, Purpose.CONTACT, team=team, by=agent)
    agree(person, Purpose.CONTACT, team=team, by=agent, answer=Answer.REFUSED)
    agree(person, Purpose.JOURNEY, team=team, by=agent, answer=Answer.REFUSED)
    agree(person, Purpose.JOURNEY, team=team, by=agent)
    partner = TeamFactory(is_partner=True)
    agree(person, Purpose.SHARE, team=partner, by=agent)
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RECORD)
    latest = reading.latest_agreements(opened, by=agent)
    assert {key: one.answer for key, one in latest.items()} == {
        (Purpose.RECORD, team): Answer.GIVEN,
        (Purpose.CONTACT, team): Answer.REFUSED,
        (Purpose.JOURNEY, team): Answer.GIVEN,
        (Purpose.SHARE, partner): Answer.GIVEN,
    }
    assert reading.team_of(opened, by=agent) == team


def reunited(agent: Agent, teams: list[Team], **more: Any) -> Person:
    """One person, written down once by each of these teams, then reunited."""
    kept, other = [PersonFactory(by=agent, team=team, name=f"Zélie {team.name}", **more) for team in teams]
    return ops.merge_people(keep=kept.pk, other=other.pk, teams_read_both=True, by=agent)


def test_reunited_the_record_closes_once_each_team_that_was_agreed_to_is_told(team: Team, agent: Agent) -> None:
    second = TeamFactory()
    accounts.join_team(agent=agent, team=second, by=administrator())
    person = reunited(agent, [team, second], purposes=[Purpose.JOURNEY])
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RECORD)
    told = reading.teams_agreed_to(opened, purpose=Purpose.RECORD, by=agent)
    assert {*told} == {team, second}
    for one in told:
        assert access.may_open(person.pk, by=agent, purpose=Purpose.RECORD)
        ops.withdraw_agreement(person_id=person.pk, team=one, purpose=Purpose.RECORD, by=agent)
    assert not any(access.may_open(key, by=agent, purpose=purpose) for key in person.keys for purpose in Purpose.values)
    assert not search.find("zélie", by=agent).exists()
    assert set(Person.objects.values_list("name", "search_key")) == {("", "")}


def test_a_team_one_is_not_in_is_named_and_keeps_its_own_agreement(team: Team, agent: Agent) -> None:
    second = TeamFactory()
    colleague = AgentFactory(teams=[team, second])
    person = reunited(colleague, [team, second])
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RECORD)
    assert reading.teams_agreed_to(opened, purpose=Purpose.RECORD, by=agent) == [team]
    assert reading.other_teams_agreed_to(opened, purpose=Purpose.RECORD, by=agent) == [second]
    ops.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.RECORD, by=agent)
    assert not access.may_open(person.pk, by=agent, purpose=Purpose.RECORD)
    assert access.may_open(person.pk, by=colleague, purpose=Purpose.RECORD)
