"""Persons, made by the ops: nobody is written down without an agreement."""

from typing import Any

import factory

from allervers.accounts.models import Agent, Team
from allervers.people import ops, wordings
from allervers.people.choices import Answer, Purpose
from allervers.people.models import Agreement, Person
from tests.factories.accounts import AgentFactory, TeamFactory


class PersonFactory(factory.Factory):
    """A person known to a team: give `by` (an agent in a team), and `purposes` agreed to beside being on record."""

    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Personne Inventée {n}")

    @classmethod
    def _create(cls, model_class: type[Person], *args: Any, **kwargs: Any) -> Person:
        by, team = signed(kwargs.pop("by", None), kwargs.pop("team", None))
        purposes = kwargs.pop("purposes", ())
        person = ops.welcome_person(team=team, agreement=wordings.standard(Purpose.RECORD), by=by, **kwargs)
        for purpose in purposes:
            agree(person, purpose, team=team, by=by)
        return person


def signed(by: Agent | None, team: Team | None) -> tuple[Agent, Team]:
    """Somebody who can write persons down, and one of their teams."""
    if by is None:
        team = team or TeamFactory()
        return AgentFactory(teams=[team]), team
    return by, team or by.teams.get()


def agree(
    person: Person, purpose: str, *, team: Team, by: Agent, answer: str = Answer.GIVEN, **words: Any
) -> Agreement:
    """The person's answer to one more purpose."""
    read = wordings.standard(purpose, **words)
    return ops.record_agreement(person_id=person.pk, team=team, purpose=purpose, answer=answer, agreement=read, by=by)
