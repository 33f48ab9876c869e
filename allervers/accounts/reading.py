"""Questions about agents and teams, asked of the database."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from allervers.accounts.models import Agent, Membership, Team
from allervers.base import clock


def memberships_now() -> QuerySet[Membership]:
    """Who is in which team today."""
    return Membership.objects.filter(until=None, since__lte=clock.today())


def teams_of(agent: Agent) -> QuerySet[Team]:
    """The teams the agent is in today; none once the account is closed."""
    if not agent.is_active:
        return Team.objects.none()
    return Team.objects.filter(pk__in=memberships_now().filter(agent=agent).values("team"))


def is_in(agent: Agent, team: Team) -> bool:
    """Whether the agent is in the team today."""
    return teams_of(agent).filter(pk=team.pk).exists()


def colleagues_of(agent: Agent) -> QuerySet[Agent]:
    """The agents who share a team with this one today, themselves included."""
    theirs = memberships_now().filter(team__in=teams_of(agent).values("pk")).values("agent")
    return Agent.objects.filter(Q(pk=agent.pk) | Q(pk__in=theirs), is_active=True)


def full_names(keys: Iterable[str | UUID]) -> dict[str, str]:
    """The full names of agents by their key as text, closed accounts included: the journal cites them by key."""
    asked = {UUID(str(key)) for key in keys}
    return {str(pk): name for pk, name in Agent.objects.filter(pk__in=asked).values_list("pk", "full_name")}


def members_of(team: Team) -> QuerySet[Agent]:
    """The agents who are in the team today."""
    return Agent.objects.filter(pk__in=memberships_now().filter(team=team).values("agent"), is_active=True)
