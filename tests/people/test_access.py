"""Who may open whom: role, team, agreement, purpose. The whole table, no row left out."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allervers.accounts import ops as accounts
from allervers.accounts.models import Agent, Role, Team
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.people import access, ops
from allervers.people.choices import Answer, Purpose
from allervers.people.models import Person
from allervers.people.rules import State
from tests.conftest import morning_of
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db

OPENS_PERSONS = {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.PARTNER_AGENT}


def expected(role: str, in_team: bool, state: State, purpose: str) -> bool:
    """The table: a role that opens persons, in the team, with a live agreement; partners for what is shared only."""
    if role not in OPENS_PERSONS or not in_team or state is not State.GIVEN:
        return False
    return role != Role.PARTNER_AGENT or purpose == Purpose.SHARE


def person_in(state: State, purpose: str, *, team: Team, by: Agent) -> Person:
    """A person on record with another team, whose answer to `team` for `purpose` comes to stand in `state`."""
    other = TeamFactory()
    accounts.join_team(agent=by, team=other, by=administrator())
    person = PersonFactory(by=by, team=other)
    if purpose != Purpose.RECORD:
        agree(person, Purpose.RECORD, team=team, by=by)
    if state is State.NOT_ASKED:
        return person
    until = clock.today() if state is State.EXPIRED else None
    answer = Answer.REFUSED if state is State.REFUSED else Answer.GIVEN
    given = agree(person, purpose, team=team, by=by, answer=answer, expires_on=until)
    if state is State.WITHDRAWN:
        ops.withdraw_agreement(person_id=person.pk, team=team, purpose=purpose, by=by)
    if state is State.INVALIDATED:
        ops.invalidate_agreement(agreement_id=given.pk, why="donné par quelqu'un d'autre", by=by)
    return person


@pytest.mark.parametrize(("state", "purpose"), list(product(State, Purpose.values)))
def test_a_person_opens_only_as_the_table_says(state: State, purpose: str) -> None:
    with clock.at(morning_of("2026-09-01")):
        team, elsewhere = TeamFactory(is_partner=purpose == Purpose.SHARE), TeamFactory()
        writer = AgentFactory(teams=[team])
        person = person_in(state, purpose, team=team, by=writer)
    with clock.at(morning_of("2026-09-02")):
        for role, in_team in product(Role.values, (True, False)):
            agent = AgentFactory(role=role, teams=[team if in_team else elsewhere])
            opens = expected(role, in_team, state, purpose)
            assert access.may_open(person.pk, by=agent, purpose=purpose) is opens, (role, in_team)
            assert listed(person, agent, purpose) is opens, (role, in_team)
            assert (person.pk in access.names([person.pk], by=agent, purpose=purpose)) is opens, (role, in_team)


def listed(person: Person, agent: Agent, purpose: str) -> bool:
    try:
        return access.visible_people(by=agent, purpose=purpose).filter(pk=person.pk).exists()
    except Refused:
        return False


def test_unknown_and_forbidden_answer_alike() -> None:
    stranger, person = AgentFactory(teams=[TeamFactory()]), PersonFactory()
    said = []
    for key in (person.pk, TeamFactory().pk):
        with pytest.raises(Refused) as refusal:
            access.open_person(key, by=stranger, purpose=Purpose.RECORD)
        said.append((refusal.value.code, str(refusal.value)))
    assert said[0] == said[1]
    assert said[0][0] == "not-visible"


def test_each_opening_leaves_a_line_and_a_refusal_none() -> None:
    person = PersonFactory()
    stranger = AgentFactory(teams=[TeamFactory()])
    mine = person.agreements.get().recorded_by
    access.open_person(person.pk, by=mine, purpose=Purpose.RECORD)
    with pytest.raises(Refused):
        access.open_person(person.pk, by=stranger, purpose=Purpose.RECORD)
    lines = journal.about_person(person.pk).filter(what="people.opened")
    assert [(line.by, line.facts) for line in lines] == [(str(mine.pk), {"purpose": "record"})]


def test_leaving_the_team_closes_the_door_the_same_day() -> None:
    team = TeamFactory()
    agent = AgentFactory(teams=[team])
    person = PersonFactory(by=agent)
    accounts.leave_team(agent=agent, team=team, by=administrator())
    assert not access.may_open(person.pk, by=agent, purpose=Purpose.RECORD)
    accounts.join_team(agent=agent, team=team, by=administrator())
    assert access.may_open(person.pk, by=agent, purpose=Purpose.RECORD)


def test_a_closed_account_opens_nobody() -> None:
    person = PersonFactory()
    agent = person.agreements.get().recorded_by
    accounts.close_account(agent=agent, by=administrator())
    assert not access.may_open(person.pk, by=agent, purpose=Purpose.RECORD)


def test_when_the_ground_expires_what_stood_on_it_closes() -> None:
    with clock.at(morning_of("2026-09-01")):
        team = TeamFactory()
        agent = AgentFactory(teams=[team])
        person = PersonFactory(by=agent, purposes=[Purpose.RIGHTS])
        agree(person, Purpose.RECORD, team=team, by=agent, expires_on=clock.today())
        assert access.may_open(person.pk, by=agent, purpose=Purpose.RIGHTS)
    with clock.at(morning_of("2026-09-02")):
        assert not access.may_open(person.pk, by=agent, purpose=Purpose.RIGHTS)
        assert not listed(person, agent, Purpose.RIGHTS)


def test_a_partner_opens_what_the_person_shares_and_nothing_else() -> None:
    partner = TeamFactory(is_partner=True)
    guest = AgentFactory(role=Role.PARTNER_AGENT, teams=[partner])
    person = PersonFactory()
    writer = person.agreements.get().recorded_by
    agree(person, Purpose.SHARE, team=partner, by=writer)
    assert access.open_person(person.pk, by=guest, purpose=Purpose.SHARE) == person
    with pytest.raises(Refused, match="partenaire"):
        access.open_person(person.pk, by=guest, purpose=Purpose.RECORD)


def test_lists_ask_as_much_for_ten_as_for_one() -> None:
    team = TeamFactory()
    agent = AgentFactory(teams=[team])
    asked = []
    for more in (1, 9):
        for _ in range(more):
            person = PersonFactory(by=agent, team=team, purposes=[Purpose.CONTACT], phone="06 12 34 56 78")
            ops.record_refusal(person_id=person.pk, kind="not_this_channel", channel="letter", by=agent)
        with CaptureQueriesContext(connection) as queries:
            keys = [one.pk for one in access.visible_people(by=agent, purpose=Purpose.RECORD)]
            access.names(keys, by=agent, purpose=Purpose.RECORD)
            assert len(access.approachable(by=agent, channel="call")) == len(keys)
            access.who_read(keys[0], by=agent)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_list_of_names_leaves_one_line_with_its_keys() -> None:
    team = TeamFactory()
    agent = AgentFactory(teams=[team])
    people = [PersonFactory(by=agent, team=team) for _ in range(3)]
    hidden = PersonFactory()
    named = access.names([one.pk for one in (*people, hidden)], by=agent, purpose=Purpose.RECORD)
    assert named == {one.pk: one.name for one in people}
    line = Entry.objects.get(what="people.named")
    assert set(line.facts["people"]) == {str(one.pk) for one in people}


def test_a_nickname_reads_as_a_nickname_and_no_name_as_no_name() -> None:
    team = TeamFactory()
    agent = AgentFactory(teams=[team])
    nick = PersonFactory(by=agent, name="Le Grand", is_pseudonym=True)
    nobody = PersonFactory(by=agent, name="")
    named = access.names([nick.pk, nobody.pk], by=agent, purpose=Purpose.RECORD)
    assert named == {nick.pk: "«\u202fLe Grand\u202f»", nobody.pk: "personne sans nom"}


def test_the_person_reads_who_read_them_and_what_for() -> None:
    team = TeamFactory()
    agent = AgentFactory(teams=[team], full_name="Alix Inventée")
    person = PersonFactory(by=agent)
    access.open_person(person.pk, by=agent, purpose=Purpose.RECORD)
    access.names([person.pk], by=agent, purpose=Purpose.RECORD)
    ops.keep_saying(person_id=person.pk, kind="wish", text="revoir la mer", by=agent)
    read = access.who_read(person.pk, by=agent)
    assert {one.who for one in read} == {"Alix Inventée"}
    assert [one.gesture for one in read] == [
        "a ouvert la fiche",
        "a gardé vos mots",
        "a vu le nom dans une liste",
        "a ouvert la fiche",
        "a ouvert la fiche avec votre accord",
    ]
    assert read[0].purpose == "garder une fiche à mon sujet"


def test_writing_outside_an_op_is_not_a_way_in() -> None:
    person = PersonFactory()
    with pytest.raises(RuntimeError, match="outside an op"):
        access.reach_person(person.pk, by=person.agreements.get().recorded_by, purpose=Purpose.RECORD)
