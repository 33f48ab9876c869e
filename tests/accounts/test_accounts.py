"""Accounts open, close and change hands; nobody signs in with a weak word; somebody always holds the keys."""

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.test import RequestFactory

from allervers.accounts import ops, reading
from allervers.accounts.models import Agent, Membership, Role, Team
from allervers.accounts.rules import OPENS, may, require
from allervers.base import clock
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from tests.conftest import morning_of
from tests.factories.accounts import PASSWORD, AgentFactory, TeamFactory, administrator

pytestmark = pytest.mark.django_db


def test_the_first_account_signs_for_itself_and_opens_only_once() -> None:
    first = ops.open_first_account(username="Cle", full_name="Clé Inventée", password=PASSWORD)
    line = Entry.objects.get(what="accounts.first_opened")
    assert (line.by, first.role, first.username) == (str(first.pk), Role.ADMINISTRATOR, "cle")
    with pytest.raises(Refused, match="ne s'ouvre qu'une fois"):
        ops.open_first_account(username="autre", full_name="Autre Inventée", password=PASSWORD)


def test_an_account_opens_with_its_teams_and_signs_in_whatever_the_case() -> None:
    teams = [TeamFactory(), TeamFactory()]
    agent = AgentFactory(username="Maya.Inventee", teams=teams)
    assert set(reading.teams_of(agent)) == set(teams)
    for typed in ("maya.inventee", "MAYA.Inventee"):
        assert authenticate(username=typed, password=PASSWORD, request=request()) == agent


def request() -> HttpRequest:
    return RequestFactory().post("/connexion")


def test_two_accounts_never_share_a_username() -> None:
    AgentFactory(username="maya")
    with pytest.raises(Refused, match="déjà pris"):
        AgentFactory(username="MAYA")


def test_an_account_told_twice_is_one() -> None:
    team = TeamFactory()
    told = {"id": team.pk, "username": "x", "full_name": "X Inventé", "role": "practitioner", "teams": [team]}
    told |= {"password": PASSWORD, "by": administrator()}
    assert ops.open_account(**told) == ops.open_account(**told)
    for change in ({"role": "coordinator"}, {"teams": []}):
        with pytest.raises(Conflict, match="décrit autrement"):
            ops.open_account(**{**told, **change})


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("court", "trop court"),
        ("telechargement", "trop courant"),
        ("918273645564738", "entièrement numérique"),
        ("maya.inventee1", "trop semblable"),
    ],
)
def test_a_weak_password_is_refused_in_french_with_what_to_do(password: str, why: str) -> None:
    with pytest.raises(Refused) as refusal:
        AgentFactory(username="maya.inventee1", password=password)
    assert refusal.value.code == "weak-password"
    assert "mot" in refusal.value.remedy
    assert why in refusal.value.why


def test_one_changes_ones_own_password_knowing_the_current_one() -> None:
    agent = AgentFactory()
    new = "encore une autre phrase"
    with pytest.raises(Refused, match="n'est pas le bon"):
        ops.change_password(agent=agent, password=new, by=agent)
    with pytest.raises(Refused, match="n'est pas le bon"):
        ops.change_password(agent=agent, password=new, current="faux", by=agent)
    ops.change_password(agent=agent, password=new, current=PASSWORD, by=agent)
    assert agent.check_password(new)


def test_the_administration_gives_another_password_and_nobody_else_does() -> None:
    agent = AgentFactory()
    ops.change_password(agent=agent, password="encore une autre phrase", by=administrator())
    with pytest.raises(Refused, match="rôle"):
        ops.change_password(agent=agent, password=PASSWORD, by=AgentFactory(role=Role.COORDINATOR))


def test_a_closed_account_signs_in_nowhere_and_is_in_no_team() -> None:
    agent = AgentFactory(teams=[TeamFactory()])
    ops.close_account(agent=agent, by=administrator())
    assert authenticate(username=agent.username, password=PASSWORD, request=request()) is None
    assert not reading.teams_of(agent).exists()
    assert not Membership.objects.filter(agent=agent, until=None).exists()
    lines = Entry.objects.count()
    ops.close_account(agent=agent, by=administrator())
    assert Entry.objects.count() == lines
    with pytest.raises(Refused, match="fermé"):
        ops.join_team(agent=agent, team=TeamFactory(), by=administrator())


def test_somebody_always_holds_the_keys() -> None:
    only = administrator()
    for verb in (ops.close_account, lambda **told: ops.change_role(role=Role.COORDINATOR, **told)):
        with pytest.raises(Refused, match="dernier compte d'administration"):
            verb(agent=only, by=only)
    second = AgentFactory(role=Role.ADMINISTRATOR)
    ops.change_role(agent=only, role=Role.COORDINATOR, by=second)
    assert Agent.objects.get(pk=only.pk).role == Role.COORDINATOR


def test_the_same_role_again_changes_nothing() -> None:
    agent = AgentFactory()
    lines = Entry.objects.count()
    ops.change_role(agent=agent, role=agent.role, by=administrator())
    assert Entry.objects.count() <= lines + 1  # the administrator of the test may have just been opened


def test_an_unknown_role_is_refused() -> None:
    with pytest.raises(ValidationError):
        ops.change_role(agent=AgentFactory(), role="chief", by=administrator())


def test_one_joins_and_leaves_a_team_and_comes_back() -> None:
    agent, team = AgentFactory(), TeamFactory()
    for _ in range(2):
        ops.join_team(agent=agent, team=team, by=administrator())
        assert reading.is_in(agent, team)
        ops.leave_team(agent=agent, team=team, by=administrator())
        assert not reading.is_in(agent, team)
    ops.leave_team(agent=agent, team=team, by=administrator())
    assert agent.memberships.count() == 2


def test_one_is_in_a_team_from_the_day_one_joins() -> None:
    with clock.at(morning_of("2026-09-02")):
        team = TeamFactory()
        agent = AgentFactory(teams=[team])
    with clock.at(morning_of("2026-09-01")):
        assert not reading.is_in(agent, team)


def test_colleagues_share_a_team_today() -> None:
    team = TeamFactory()
    one, two, gone = (AgentFactory(teams=[team]) for _ in range(3))
    ops.leave_team(agent=gone, team=team, by=administrator())
    AgentFactory(teams=[TeamFactory()])
    assert set(reading.colleagues_of(one)) == {one, two}


def test_a_team_told_twice_is_one() -> None:
    told = {"id": administrator().pk, "name": " Maraude ", "organisation": "Organisme inventé", "by": administrator()}
    assert ops.create_team(**told) == ops.create_team(**told)
    assert Team.objects.get().name == "Maraude"
    with pytest.raises(Conflict):
        ops.create_team(**{**told, "is_partner": True})


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_only_the_administration_changes_accounts(role: str) -> None:
    agent, team = AgentFactory(role=role), TeamFactory()
    for verb, told in (
        (ops.create_team, {"name": "x", "organisation": "x"}),
        (ops.open_account, {"username": "x", "full_name": "x", "role": role, "password": PASSWORD}),
        (ops.close_account, {"agent": agent}),
        (ops.change_role, {"agent": agent, "role": Role.ADMINISTRATOR}),
        (ops.join_team, {"agent": agent, "team": team}),
        (ops.leave_team, {"agent": agent, "team": team}),
    ):
        with pytest.raises(Refused) as refusal:
            verb(**told, by=agent)
        assert refusal.value.code == "role-does-not-open-this"


def test_a_role_opens_what_the_table_says_and_a_closed_account_nothing() -> None:
    for role in Role.values:
        agent = AgentFactory(role=role)
        for gesture, roles in OPENS.items():
            assert may(agent, gesture) is (role in roles)
        agent.is_active = False
        assert not any(may(agent, gesture) for gesture in OPENS)
        with pytest.raises(Refused, match="rôle"):
            require(agent, "see_territory")


def test_no_role_is_unknown_to_the_table_and_the_administration_opens_no_person() -> None:
    assert set().union(*OPENS.values()) == set(Role.values)
    assert not any(Role.ADMINISTRATOR in OPENS[gesture] for gesture in ("open_person", "write_person", "drill_figures"))


def test_a_membership_ends_after_it_starts_and_is_not_doubled() -> None:
    agent, team = AgentFactory(), TeamFactory()
    membership = ops.join_team(agent=agent, team=team, by=administrator())
    twin = Membership(agent=agent, team=team, since=clock.today())
    with pytest.raises(ValidationError, match="déjà dans cette équipe"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    membership.until = membership.since.replace(year=membership.since.year - 1)
    with pytest.raises(ValidationError, match="avant d'y être entré"):
        membership.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        membership.save()


def test_the_journal_never_holds_a_name_nor_a_password() -> None:
    agent = AgentFactory(username="zoe.unique", full_name="Zoé Unique", teams=[TeamFactory(name="Équipe Unique")])
    ops.change_password(agent=agent, password="encore une autre phrase", by=administrator())
    written = " ".join(f"{line.what} {line.by} {line.about} {line.facts}" for line in Entry.objects.all())
    for word in ("zoe", "Zoé", "Unique", "phrase"):
        assert word not in written
