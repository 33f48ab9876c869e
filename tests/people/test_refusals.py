"""A no is noted, respected for every way of reaching somebody, lifted when they say so, and costs nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from allervers.accounts.models import Agent, Team
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.people import access, ops
from allervers.people.choices import Channel, Purpose
from allervers.people.models import Person, Refusal
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return TeamFactory()


@pytest.fixture
def agent(team: Team) -> Agent:
    return AgentFactory(teams=[team])


@pytest.fixture
def person(agent: Agent) -> Person:
    return PersonFactory(by=agent, purposes=[Purpose.RIGHTS, Purpose.JOURNEY, Purpose.CONTACT])


def reached(agent: Agent, right: str | None = None) -> set[str]:
    """The ways by which the agent may take the initiative to reach the only person there is."""
    return {one for one in Channel.values if access.approachable(by=agent, channel=one, right=right)}


def test_who_agreed_to_be_contacted_is_reached_by_every_way(agent: Agent, person: Person) -> None:
    assert reached(agent) == set(Channel.values)


def test_who_did_not_is_reached_by_none(agent: Agent) -> None:
    PersonFactory(by=agent)
    assert reached(agent) == set()


def test_no_more_closes_every_way_and_lifting_it_opens_them_again(agent: Agent, person: Person) -> None:
    no = ops.record_refusal(person_id=person.pk, kind="no_more", own_words="laissez-moi", by=agent)
    assert reached(agent) == set()
    ops.lift_refusal(refusal_id=no.pk, by=agent)
    ops.lift_refusal(refusal_id=no.pk, by=agent)
    assert reached(agent) == set(Channel.values)


def test_a_no_about_one_right_closes_that_right_alone(agent: Agent, person: Person) -> None:
    ops.record_refusal(person_id=person.pk, kind="not_this_right", right="rsa", form="non_claiming", by=agent)
    assert reached(agent, "rsa") == set()
    assert reached(agent, "aspa") == reached(agent) == set(Channel.values)


def test_a_no_costs_nothing_elsewhere(agent: Agent, person: Person) -> None:
    ops.note_fact(person_id=person.pk, path="home.rent", value=450, source="said", by=agent)
    before = {purpose: access.may_open(person.pk, by=agent, purpose=purpose) for purpose in Purpose.values}
    ops.record_refusal(person_id=person.pk, kind="no_more", by=agent)
    assert before == {purpose: access.may_open(person.pk, by=agent, purpose=purpose) for purpose in Purpose.values}
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.RIGHTS)
    assert access.household_document(opened, clock.today())["home"] == {"rent": 450}
    assert list(access.visible_people(by=agent, purpose=Purpose.JOURNEY)) == [person]


def test_the_list_and_the_person_give_the_same_answer(agent: Agent, person: Person) -> None:
    ops.record_refusal(person_id=person.pk, kind="not_this_channel", channel="visit", by=agent)
    ops.correct_person(person_id=person.pk, changes={"may_text": False}, by=agent)
    opened = access.open_person(person.pk, by=agent, purpose=Purpose.CONTACT)
    one = {channel for channel in Channel.values if access.approach(opened, by=agent, channel=channel).ok}
    assert one == reached(agent) == {"outing", "call", "letter"}
    assert "SMS" in access.approach(opened, by=agent, channel="text").why


def test_a_list_can_be_kept_to_some(agent: Agent, team: Team, person: Person) -> None:
    other = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
    assert access.approachable(by=agent, channel="call", among=[other.pk]) == [other]
    assert access.approachable(by=agent, channel="call", among=[]) == []


def test_a_refusal_told_twice_is_one(agent: Agent, person: Person) -> None:
    told = {"id": person.pk, "person_id": person.pk, "kind": "not_now", "own_words": "plus tard", "by": agent}
    assert ops.record_refusal(**told) == ops.record_refusal(**told)
    assert Refusal.objects.count() == 1
    with pytest.raises(Conflict):
        ops.record_refusal(**{**told, "kind": "no_more"})


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind": "no_more", "may_come_back": True}, "Plus du tout"),
        ({"kind": "not_now", "may_come_back": False, "come_back_on": 30}, "pas de date de retour"),
        ({"kind": "not_now", "come_back_on": 0}, "déjà passée"),
        ({"kind": "not_this_right", "right": "une aide inventée"}, "pas dans le catalogue"),
        ({"kind": "not_now", "said_at": 1}, "dans le futur"),
    ],
)
def test_a_refusal_that_contradicts_itself_is_given_back(agent: Agent, person: Person, said: dict, why: str) -> None:
    if "come_back_on" in said:
        said = {**said, "come_back_on": clock.today() + timedelta(days=said["come_back_on"])}
    if "said_at" in said:
        said = {**said, "said_at": clock.now() + timedelta(days=said["said_at"])}
    with pytest.raises(Refused, match=why) as refusal:
        ops.record_refusal(person_id=person.pk, by=agent, **said)
    assert refusal.value.remedy


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"kind": "not_this_right"}, "Dites de quel droit il s'agit"),
        ({"kind": "not_this_channel"}, "Dites par quel moyen"),
    ],
)
def test_the_database_itself_wants_to_know_which(agent: Agent, person: Person, said: dict, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        ops.record_refusal(person_id=person.pk, by=agent, **said)
    bare = Refusal(person=person, said_at=clock.now(), recorded_by=agent, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        bare.save()


def test_a_refusal_is_not_lifted_before_it_is_said(agent: Agent, person: Person) -> None:
    no = ops.record_refusal(person_id=person.pk, kind="not_now", by=agent)
    no.lifted_at, no.lifted_by = no.said_at - timedelta(minutes=1), agent
    with pytest.raises(ValidationError, match="ne peut être levé avant d'être dit"):
        no.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        no.save()


def test_a_stranger_lifts_nothing(agent: Agent, person: Person) -> None:
    no = ops.record_refusal(person_id=person.pk, kind="not_now", by=agent)
    stranger = AgentFactory(teams=[TeamFactory()])
    for key in (no.pk, person.pk):
        with pytest.raises(Refused) as refusal:
            ops.lift_refusal(refusal_id=key, by=stranger)
        assert refusal.value.code == "not-visible"


def test_who_may_be_reached_comes_with_the_ways_they_accept(agent: Agent, person: Person) -> None:
    silent = PersonFactory(by=agent)
    closed = PersonFactory(by=agent, purposes=[Purpose.CONTACT])
    ops.record_refusal(person_id=closed.pk, kind="no_more", by=agent)
    said = {"may_call": False, "may_text": True, "may_write": True, "phone": "0600000000"}
    ops.correct_person(person_id=person.pk, changes=said, by=agent)
    found = access.reachable([person.pk, silent.pk, closed.pk], by=agent)
    assert found == {person.pk: access.Reach(person.name, (Channel.OUTING, Channel.TEXT, Channel.LETTER))}
    assert access.reachable([person.pk], by=AgentFactory(role="coordinator")) == {}


def test_silence_is_no_way_to_reach_somebody_nor_a_call_without_a_number(agent: Agent, person: Person) -> None:
    assert access.reachable([person.pk], by=agent)[person.pk] == access.Reach(person.name, (Channel.OUTING,), True)
    ops.correct_person(person_id=person.pk, changes={"may_call": True, "phone": ""}, by=agent)
    assert access.reachable([person.pk], by=agent)[person.pk].ways == (Channel.OUTING,)
    ops.correct_person(person_id=person.pk, changes={"phone": "0600000000"}, by=agent)
    assert access.reachable([person.pk], by=agent)[person.pk].ways == (Channel.OUTING, Channel.CALL)
    ops.record_refusal(person_id=person.pk, kind="not_this_channel", channel="outing", by=agent)
    assert access.reachable([person.pk], by=agent)[person.pk] == access.Reach(person.name, (Channel.CALL,))
