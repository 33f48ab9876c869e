"""Agents and teams, made by the ops themselves."""

from typing import Any

import factory

from allervers.accounts import ops
from allervers.accounts.models import Agent, Role, Team

PASSWORD = "une phrase de quatre mots"


def administrator() -> Agent:
    """The administrator of the test, opened as the first account the first time."""
    known = Agent.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("created_at").first()
    return known or ops.open_first_account(username="administration", full_name="Admin Inventée", password=PASSWORD)


class TeamFactory(factory.Factory):
    """A team of our organisation; `is_partner=True` for a partner's."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Équipe inventée {n}")
    organisation = "Organisme inventé"
    is_partner = False

    @classmethod
    def _create(cls, model_class: type[Team], *args: Any, **kwargs: Any) -> Team:
        return ops.create_team(**{"by": administrator(), **kwargs})


class AgentFactory(factory.Factory):
    """A practitioner without a team; give `role` and `teams` for others."""

    class Meta:
        model = Agent

    username = factory.Sequence(lambda n: f"agent{n}")
    full_name = factory.Sequence(lambda n: f"Agent Inventé {n}")
    role = Role.PRACTITIONER
    password = PASSWORD
    teams = factory.LazyFunction(list)

    @classmethod
    def _create(cls, model_class: type[Agent], *args: Any, **kwargs: Any) -> Agent:
        return ops.open_account(**{"by": administrator(), **kwargs})
