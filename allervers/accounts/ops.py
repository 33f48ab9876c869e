"""What changes in accounts and teams."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from allervers.accounts import rules
from allervers.accounts.models import Agent, Membership, Role, Team, plain
from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused
from allervers.base.ops import op


def open_first_account(*, username: str, full_name: str, password: str) -> Agent:
    """Open the very first account, an administrator's; the agent signs for themself. Refused once there is an agent."""
    agent = _draft(id=uuid4(), username=username, full_name=full_name, role=Role.ADMINISTRATOR)
    return sign_first_account(agent=agent, password=password, by=agent)


@op
def sign_first_account(*, agent: Agent, password: str, by: Agent) -> Agent:
    """Save the very first account, signed by the agent it is for."""
    if Agent.objects.exists():
        raise Refused(
            "accounts-exist",
            why="Des comptes existent déjà : le premier compte ne s'ouvre qu'une fois.",
            remedy="Demandez un compte à l'administration des comptes.",
        )
    _save_with_password(agent, password)
    journal.write("accounts.first_opened", by=by, about=agent, role=agent.role)
    return agent


@op
def open_account(
    *,
    id: UUID | None = None,
    username: str,
    full_name: str,
    role: str,
    password: str,
    teams: Iterable[Team] = (),
    by: Agent,
) -> Agent:
    """Open an account for somebody who joins the teams."""
    rules.require(by, "change_accounts")
    agent = _draft(id=id or uuid4(), username=username, full_name=full_name, role=role)
    told = list(teams)
    if known := Agent.objects.filter(pk=agent.pk).first():
        return _same_account(known, agent, told)
    _refuse_a_username_taken(agent.username)
    _save_with_password(agent, password)
    for team in told:
        Membership(agent=agent, team=team, since=clock.today()).checked()
    journal.write("accounts.opened", by=by, about=agent, role=agent.role, teams=[str(team.pk) for team in told])
    return agent


@op
def close_account(*, agent: Agent, by: Agent) -> None:
    """Close an account: nobody signs in with it any more, what it did stays signed."""
    rules.require(by, "change_accounts")
    if not agent.is_active:
        return journal.nothing_changed()
    _refuse_to_leave_nobody_in_charge(agent)
    agent.is_active = False
    agent.set_unusable_password()
    agent.checked()
    agent.memberships.filter(until=None, since__gt=clock.today()).delete()
    agent.memberships.filter(until=None).update(until=clock.today())
    journal.write("accounts.closed", by=by, about=agent)
    return None


@op
def change_role(*, agent: Agent, role: str, by: Agent) -> Agent:
    """Give an agent another role."""
    rules.require(by, "change_accounts")
    if agent.role == role:
        journal.nothing_changed()
        return agent
    _refuse_to_leave_nobody_in_charge(agent)
    before, agent.role = agent.role, role
    agent.checked()
    journal.write("accounts.role_changed", by=by, about=agent, before=before, role=role)
    return agent


@op
def change_password(*, agent: Agent, password: str, current: str | None = None, by: Agent) -> Agent:
    """Give an account another password: one's own, given the current one, or anybody's for the administration."""
    if agent.pk == by.pk:
        _refuse_a_wrong_password(agent, current)
    else:
        rules.require(by, "change_accounts")
    _check_password(agent, password)
    agent.set_password(password)
    agent.checked()
    journal.write("accounts.password_changed", by=by, about=agent)
    return agent


@op
def create_team(*, id: UUID | None = None, name: str, organisation: str, is_partner: bool = False, by: Agent) -> Team:
    """Create a team, of our organisation or of a partner."""
    rules.require(by, "change_accounts")
    told = {"name": name.strip(), "organisation": organisation.strip(), "is_partner": is_partner}
    if id and (known := Team.objects.filter(pk=id).first()):
        if any(getattr(known, field) != value for field, value in told.items()):
            raise _told_otherwise("Cette équipe")
        journal.nothing_changed()
        return known
    team = Team(id=id or uuid4(), **told)
    team.checked()
    journal.write("accounts.team_created", by=by, about=team, is_partner=is_partner)
    return team


@op
def join_team(*, agent: Agent, team: Team, by: Agent) -> Membership:
    """Put an agent in a team, from today."""
    rules.require(by, "change_accounts")
    if known := agent.memberships.filter(team=team, until=None).first():
        journal.nothing_changed()
        return known
    if not agent.is_active:
        raise Refused(
            "account-closed",
            why="Ce compte est fermé.",
            remedy="Ouvrez un nouveau compte à cette personne, puis ajoutez-la à l'équipe.",
        )
    membership = Membership(agent=agent, team=team, since=clock.today())
    membership.checked()
    journal.write("accounts.team_joined", by=by, about=agent, team=str(team.pk))
    return membership


@op
def leave_team(*, agent: Agent, team: Team, by: Agent) -> None:
    """Take an agent out of a team, from now."""
    rules.require(by, "change_accounts")
    membership = agent.memberships.filter(team=team, until=None).first()
    if membership is None:
        return journal.nothing_changed()
    membership.until = clock.today()
    membership.checked()
    journal.write("accounts.team_left", by=by, about=agent, team=str(team.pk))
    return None


def _draft(*, id: UUID, username: str, full_name: str, role: str) -> Agent:
    """An account not yet saved; usernames are kept in small letters, since people sign in with either."""
    return Agent(id=id, username=plain(username), full_name=full_name, role=role)


def _same_account(known: Agent, told: Agent, teams: list[Team]) -> Agent:
    """The account already opened under this id, if it was told the same way."""
    same = all(getattr(known, field) == getattr(told, field) for field in ("username", "full_name", "role"))
    if not same or {team.pk for team in teams} != set(known.memberships.values_list("team", flat=True)):
        raise _told_otherwise("Ce compte")
    journal.nothing_changed()
    return known


def _save_with_password(agent: Agent, password: str) -> None:
    _check_password(agent, password)
    agent.set_password(password)
    agent.checked()


def _check_password(agent: Agent, password: str) -> None:
    try:
        validate_password(password, agent)
    except ValidationError as faults:
        raise Refused(
            "weak-password",
            why=" ".join(faults.messages),
            remedy="Choisissez une phrase de plusieurs mots, facile à retenir pour vous seul.",
        ) from None


def _refuse_a_wrong_password(agent: Agent, current: str | None) -> None:
    if not agent.is_active or current is None or not agent.check_password(current):
        raise Refused(
            "wrong-password",
            why="Le mot de passe actuel n'est pas le bon.",
            remedy="Saisissez-le de nouveau, ou demandez-en un nouveau à l'administration des comptes.",
        )


def _refuse_a_username_taken(username: str) -> None:
    if Agent.objects.filter(username__iexact=username).exists():
        raise Refused(
            "username-taken",
            why="Cet identifiant est déjà pris.",
            remedy="Choisissez-en un autre, par exemple avec l'initiale du prénom.",
        )


def _refuse_to_leave_nobody_in_charge(agent: Agent) -> None:
    """An installation without an administrator could never open an account again."""
    in_charge = Agent.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    if agent.role == Role.ADMINISTRATOR and not in_charge.exclude(pk=agent.pk).exists():
        raise Refused(
            "last-administrator",
            why="C'est le dernier compte d'administration.",
            remedy="Donnez d'abord ce rôle à quelqu'un d'autre.",
        )


def _told_otherwise(what: str) -> Conflict:
    return Conflict(
        "told-otherwise",
        why=f"{what} existe déjà et a été décrit autrement.",
        remedy="Ouvrez ce qui existe, comparez, et corrigez ce qui doit l'être.",
    )
