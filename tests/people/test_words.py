"""What the person says and wants kept, who they count on; removed as soon as they ask."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from allervers.accounts.models import Agent
from allervers.base.errors import Refused
from allervers.people import access, ops, reading
from allervers.people.choices import Purpose
from allervers.people.models import CloseOne, Person, Saying
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent() -> Agent:
    return AgentFactory(teams=[TeamFactory()])


@pytest.fixture
def person(agent: Agent) -> Person:
    return PersonFactory(by=agent)


def opened(person: Person, agent: Agent) -> Person:
    return access.open_person(person.pk, by=agent, purpose=Purpose.RECORD)


def test_words_are_kept_as_they_were_said(agent: Agent, person: Person) -> None:
    told = {"id": person.pk, "person_id": person.pk, "kind": "strength", "text": " je sais coudre ", "by": agent}
    assert ops.keep_saying(**told) == ops.keep_saying(**told)
    assert [one.text for one in reading.sayings_of(opened(person, agent))] == ["je sais coudre"]


def test_words_removed_are_gone_not_hidden(agent: Agent, person: Person) -> None:
    said = ops.keep_saying(person_id=person.pk, kind="own_words", text="j'en ai assez", by=agent)
    ops.remove_saying(saying_id=said.pk, by=agent)
    ops.remove_saying(saying_id=said.pk, by=agent)
    assert not reading.sayings_of(opened(person, agent)).exists()
    assert not Saying.objects.filter(text__contains="assez").exists()


def test_an_empty_saying_is_given_back(agent: Agent, person: Person) -> None:
    with pytest.raises(ValidationError):
        ops.keep_saying(person_id=person.pk, kind="own_words", text="   ", by=agent)


def test_somebody_close_is_noted_by_a_first_name_and_removed_whole(agent: Agent, person: Person) -> None:
    close = ops.note_close_one(person_id=person.pk, who="la voisine", link="garde le petit", by=agent)
    assert [one.who for one in reading.close_circle_of(opened(person, agent))] == ["la voisine"]
    ops.remove_close_one(close_one_id=close.pk, by=agent)
    ops.remove_close_one(close_one_id=close.pk, by=agent)
    assert not reading.close_circle_of(opened(person, agent)).exists()
    assert not CloseOne.objects.filter(who__contains="voisine").exists()


def test_a_stranger_removes_nothing(agent: Agent, person: Person) -> None:
    said = ops.keep_saying(person_id=person.pk, kind="wish", text="un travail", by=agent)
    close = ops.note_close_one(person_id=person.pk, who="un frère", by=agent)
    stranger = AgentFactory(teams=[TeamFactory()])
    for verb, told in ((ops.remove_saying, {"saying_id": said.pk}), (ops.remove_close_one, {"close_one_id": close.pk})):
        with pytest.raises(Refused, match="n'existe pas, ou la personne"):
            verb(**told, by=stranger)
    with pytest.raises(Refused, match="n'existe pas, ou la personne"):
        ops.remove_saying(saying_id=person.pk, by=agent)


def test_what_is_written_is_put_right_as_the_person_asks(agent: Agent, person: Person) -> None:
    changed = ops.correct_person(
        person_id=person.pk, changes={"name": "  Élodie Inventée ", "phone": "06.12.34.56.78"}, by=agent
    )
    assert (changed.name, changed.search_key, changed.phone_key) == (
        "Élodie Inventée",
        "elodie inventee",
        "+33612345678",
    )


@pytest.mark.parametrize(("changes", "why"), [({"phone": "je ne sais plus"}, "numéro"), ({"phone": "12"}, "numéro")])
def test_what_is_not_a_phone_is_given_back(agent: Agent, person: Person, changes: dict, why: str) -> None:
    with pytest.raises(Refused, match=why):
        ops.correct_person(person_id=person.pk, changes=changes, by=agent)


def test_nobody_is_born_tomorrow(agent: Agent) -> None:
    with pytest.raises(Refused, match="futur"):
        PersonFactory(by=agent, born=date(2100, 1, 1))


def test_a_field_that_does_not_exist_is_a_fault_of_ours(agent: Agent, person: Person) -> None:
    with pytest.raises(ValueError, match="no such field"):
        ops.correct_person(person_id=person.pk, changes={"score": 3}, by=agent)
