"""Two records of one person are reunited, read as one, and parted again with nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from allervers.accounts import ops as accounts
from allervers.accounts.models import Agent, Team
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.people import access, ops, reading
from allervers.people.choices import Answer, Purpose
from allervers.people.models import Agreement, CloseOne, Fact, Person, Refusal, Saying
from tests.conftest import morning_of
from tests.factories.accounts import AgentFactory, TeamFactory, administrator
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def agent(team: Team) -> Agent:
    return AgentFactory(teams=[team])


@pytest.fixture
def kept(agent: Agent) -> Person:
    return PersonFactory(by=agent, name="Aïcha Modèle", purposes=[Purpose.RIGHTS, Purpose.CONTACT])


@pytest.fixture
def other(agent: Agent) -> Person:
    return PersonFactory(by=agent, name="Aicha Modelle", purposes=[Purpose.RIGHTS], phone="06 12 34 56 78")


def everything_written() -> list[dict[str, Any]]:
    tables = (Person, Agreement, Fact, Refusal, Saying, CloseOne)
    return [row for table in tables for row in table.objects.order_by("pk").values()]


def note(person: Person, path: str, value: Any, agent: Agent) -> None:
    ops.note_fact(person_id=person.pk, path=path, value=value, source="said", by=agent)


def test_reunited_then_parted_leaves_all_as_it_was(agent: Agent, kept: Person, other: Person) -> None:
    note(kept, "home.rent", 400, agent)
    note(other, "home.rent", 450, agent)
    ops.keep_saying(person_id=other.pk, kind="wish", text="un vélo", by=agent)
    ops.record_refusal(person_id=kept.pk, kind="not_now", by=agent)
    before = everything_written()
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    assert everything_written() != before
    ops.undo_merge(other=other.pk, by=agent)
    assert everything_written() == before


def test_reunited_records_are_read_as_one(agent: Agent, kept: Person, other: Person) -> None:
    ops.keep_saying(person_id=other.pk, kind="wish", text="un vélo", by=agent)
    note(kept, "savings", 100, agent)
    note(other, "home.rent", 450, agent)
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    for key in (kept.pk, other.pk):
        opened = access.open_person(key, by=agent, purpose=Purpose.RECORD)
        assert opened == kept
        assert [one.text for one in reading.sayings_of(opened)] == ["un vélo"]
        facts = access.household_document(access.open_person(key, by=agent, purpose=Purpose.RIGHTS), clock.today())
        assert (facts["savings"], facts["home"]) == (100, {"rent": 450})
    assert list(access.visible_people(by=agent, purpose=Purpose.RECORD)) == [kept]
    assert access.names([kept.pk, other.pk], by=agent, purpose=Purpose.RECORD) == dict.fromkeys(
        (kept.pk, other.pk), "Aïcha Modèle"
    )
    assert len(access.who_read(other.pk, by=agent)) > 6


def test_a_no_said_on_either_record_stands_for_both(agent: Agent, kept: Person, other: Person) -> None:
    ops.record_refusal(person_id=other.pk, kind="not_this_channel", channel="call", by=agent)
    ops.correct_person(person_id=other.pk, changes={"may_text": False}, by=agent)
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    assert access.approachable(by=agent, channel="call") == access.approachable(by=agent, channel="text") == []
    assert access.approachable(by=agent, channel="letter") == [kept]
    assert access.approachable(by=agent, channel="letter", among=[other.pk]) == [kept]


def test_what_was_taken_back_last_stands(team: Team, agent: Agent) -> None:
    with clock.at(morning_of("2027-03-01")):
        other = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
        kept = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
    with clock.at(morning_of("2027-03-02")):
        ops.withdraw_agreement(person_id=other.pk, team=team, purpose=Purpose.CONTACT, by=agent)
    with clock.at(morning_of("2027-03-03")):
        before = everything_written()
        ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
        assert not access.may_open(kept.pk, by=agent, purpose=Purpose.CONTACT)
    with clock.at(morning_of("2027-03-04")):
        ops.undo_merge(other=other.pk, by=agent)
        assert everything_written() == before


def test_what_was_given_after_a_refusal_stands(team: Team, agent: Agent) -> None:
    with clock.at(morning_of("2027-03-01")):
        other, kept = PersonFactory(by=agent), PersonFactory(by=agent)
        agree(other, Purpose.CONTACT, team=team, by=agent, answer=Answer.REFUSED)
    with clock.at(morning_of("2027-03-02")):
        agree(kept, Purpose.CONTACT, team=team, by=agent)
        ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
        assert access.may_open(kept.pk, by=agent, purpose=Purpose.CONTACT)


def test_an_agreement_taken_back_while_reunited_is_not_given_back_by_parting(team: Team, agent: Agent) -> None:
    with clock.at(morning_of("2027-03-01")):
        other = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
        kept = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
        ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    with clock.at(morning_of("2027-03-02")):
        ops.withdraw_agreement(person_id=kept.pk, team=team, purpose=Purpose.CONTACT, by=agent)
        ops.undo_merge(other=other.pk, by=agent)
        for one in (kept, other):
            assert not access.may_open(one.pk, by=agent, purpose=Purpose.CONTACT)


def test_a_fact_noted_while_reunited_stays_with_the_record_kept(agent: Agent, kept: Person, other: Person) -> None:
    with clock.at(clock.now() + timedelta(days=1)):
        note(other, "home.rent", 450, agent)
        note(other, "savings", 10, agent)
        ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
        note(kept, "home.rent", 500, agent)
        note(kept, "savings", None, agent)
        ops.undo_merge(other=other.pk, by=agent)
        rents = {}
        for one in (kept, other):
            opened = access.open_person(one.pk, by=agent, purpose=Purpose.RIGHTS)
            rents[one.pk] = access.household_document(opened, clock.today())
    assert rents[kept.pk]["home"] == {"rent": 500}
    assert rents[other.pk]["home"] == {"rent": 450}
    assert "savings" not in rents[other.pk]


def test_the_children_of_one_record_are_never_mixed_with_those_of_the_other(
    agent: Agent, kept: Person, other: Person
) -> None:
    note(kept, "children", [3], agent)
    note(other, "children", [4, 8], agent)
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    opened = access.open_person(kept.pk, by=agent, purpose=Purpose.RIGHTS)
    people = access.household_document(opened, clock.today())["people"]
    ages = [one["age"] for one in people if one["role"] == "child"]
    assert ages in ([3], [4, 8])


def test_a_nickname_is_linked_to_a_name_only_if_the_person_agrees(agent: Agent, kept: Person) -> None:
    nick = PersonFactory(by=agent, name="Le Grand", is_pseudonym=True)
    with pytest.raises(Refused, match="dire qui est la personne"):
        ops.merge_people(keep=kept.pk, other=nick.pk, by=agent)
    assert ops.merge_people(keep=kept.pk, other=nick.pk, person_agrees=True, by=agent) == kept


def test_records_of_two_teams_are_reunited_only_if_the_person_agrees_that_both_read_all(
    team: Team, agent: Agent, kept: Person
) -> None:
    second = TeamFactory(name="Équipe du Lauragais")
    colleague = AgentFactory(teams=[second])
    accounts.join_team(agent=agent, team=second, by=administrator())
    theirs = PersonFactory(by=agent, team=second)
    ops.keep_saying(person_id=kept.pk, kind="wish", text="un vélo", by=agent)
    with pytest.raises(Refused, match=r"Équipe du Lauragais.*chaque équipe lira tout") as refusal:
        ops.merge_people(keep=theirs.pk, other=kept.pk, person_agrees=True, by=agent)
    assert refusal.value.code == "opens-to-other-teams"
    assert not access.may_open(kept.pk, by=colleague, purpose=Purpose.RECORD)
    ops.merge_people(keep=theirs.pk, other=kept.pk, teams_read_both=True, by=agent)
    opened = access.open_person(kept.pk, by=colleague, purpose=Purpose.RECORD)
    assert [one.text for one in reading.sayings_of(opened)] == ["un vélo"]
    assert Entry.objects.get(what="people.merged").facts["teams_read_both"] is True


def test_one_cannot_reunite_with_somebody_one_may_not_see(agent: Agent, kept: Person) -> None:
    with pytest.raises(Refused) as refusal:
        ops.merge_people(keep=kept.pk, other=PersonFactory().pk, by=agent)
    assert refusal.value.code == "not-visible"


def test_a_record_that_reunites_others_is_kept_not_merged(agent: Agent, kept: Person, other: Person) -> None:
    third = PersonFactory(by=agent)
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    with pytest.raises(Refused, match="en réunit déjà d'autres"):
        ops.merge_people(keep=third.pk, other=kept.pk, by=agent)
    assert ops.merge_people(keep=other.pk, other=third.pk, by=agent) == kept
    assert len(access.open_person(third.pk, by=agent, purpose=Purpose.RECORD).keys) == 3


def test_reuniting_with_oneself_or_parting_what_is_apart_changes_nothing(agent: Agent, kept: Person) -> None:
    before = everything_written()
    ops.merge_people(keep=kept.pk, other=kept.pk, by=agent)
    ops.undo_merge(other=kept.pk, by=agent)
    assert everything_written() == before


def test_a_reunion_that_would_close_both_records_is_refused(team: Team, agent: Agent) -> None:
    second = TeamFactory()
    accounts.join_team(agent=agent, team=second, by=administrator())
    with clock.at(morning_of("2027-03-01")):
        one, two = PersonFactory(by=agent, team=team), PersonFactory(by=agent, team=second)
    with clock.at(morning_of("2027-03-02")):
        agree(one, Purpose.RECORD, team=second, by=agent)
        agree(two, Purpose.RECORD, team=team, by=agent)
    with clock.at(morning_of("2027-03-03")):
        ops.withdraw_agreement(person_id=one.pk, team=second, purpose=Purpose.RECORD, by=agent)
        ops.withdraw_agreement(person_id=two.pk, team=team, purpose=Purpose.RECORD, by=agent)
        with pytest.raises(Refused, match="se fermeraient"):
            ops.merge_people(keep=one.pk, other=two.pk, teams_read_both=True, by=agent)


def test_erasing_takes_the_reunited_records_too(agent: Agent, kept: Person, other: Person) -> None:
    ops.merge_people(keep=kept.pk, other=other.pk, by=agent)
    ops.erase_person(person_id=other.pk, by=agent)
    assert not Person.objects.exists()


def test_a_reunion_has_its_date(kept: Person, other: Person) -> None:
    other.merged_into = kept
    with pytest.raises(ValidationError, match="Une réunion de fiches a une date"):
        other.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
