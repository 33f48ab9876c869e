"""Comptes et équipes: for the administration, which opens no person."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allervers.accounts import ops
from allervers.accounts.models import Agent, Membership, Team
from allervers.accounts.rules import require
from allervers.base.errors import Refused
from allervers.web.desk.asking import attempt, carry_out, sent
from allervers.web.desk.forms import accounts as forms
from allervers.web.desk.listing import page_of

NOW_IN = Prefetch("memberships", Membership.objects.filter(until=None).select_related("team"), to_attr="now_in")


@require_safe
def accounts(request):
    """Who may sign in, with which role, in which teams; and the teams."""
    require(request.user, "change_accounts")
    form = forms.AccountFilter(request.GET or None)
    page = page_of(request, filtered(Agent.objects.prefetch_related(NOW_IN), form))
    inside = Count("memberships", filter=Q(memberships__until=None))
    teams = Team.objects.annotate(inside=inside).order_by("name", "id")
    filtering = any(request.GET.get(name) for name in form.fields)
    return render(
        request, "desk/accounts/list.html", {"form": form, "page": page, "teams": teams, "filtering": filtering}
    )


def filtered(rows, form):
    """What the filter asks for: open accounts, unless closed ones are asked for too."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if not asked.get("closed"):
        rows = rows.filter(is_active=True)
    if sought := asked.get("q"):
        rows = rows.filter(Q(full_name__icontains=sought) | Q(username__icontains=sought))
    if role := asked.get("role"):
        rows = rows.filter(role=role)
    if team := asked.get("team"):
        rows = rows.filter(pk__in=Membership.objects.filter(team=team, until=None).values("agent"))
    return rows.order_by("full_name", "id")


@require_http_methods(["GET", "POST"])
def new(request):
    """Open an account for somebody who joins."""
    require(request.user, "change_accounts")
    form = forms.NewAccount(request.POST or None)
    if sent(request, form) and (agent := attempt(form, ops.open_account, **form.cleaned_data, by=request.user)):
        messages.success(request, f"Le compte de {agent} est ouvert. Donnez-lui le mot de passe de vive voix.")
        return redirect("account", agent.pk)
    return render(request, "desk/accounts/new.html", {"form": form})


@require_safe
def account(request, agent_id: UUID):
    """One account: role, teams, password, closing."""
    return page(request, agent_or_refuse(request, agent_id))


def page(request, agent, **bound):
    """The account's page, with the form that was just refused, if any."""
    forms_of = {
        "role_form": forms.ChangeRole(initial={"role": agent.role}),
        "team_form": forms.JoinTeam(agent=agent),
        "password_form": forms.NewPassword(),
    }
    teams = agent.memberships.filter(until=None).select_related("team").order_by("team__name", "id")
    past = agent.memberships.exclude(until=None).select_related("team").order_by("-until", "id")
    return render(
        request, "desk/accounts/account.html", {"agent": agent, "memberships": teams, "past": past, **forms_of, **bound}
    )


@require_POST
def change_role(request, agent_id: UUID):
    """Another role."""
    agent, form = agent_or_refuse(request, agent_id), forms.ChangeRole(request.POST)
    if form.is_valid() and attempt(form, ops.change_role, agent=agent, role=form.cleaned_data["role"], by=request.user):
        messages.success(request, f"Le rôle de {agent} est changé.")
        return redirect("account", agent.pk)
    return page(request, agent_or_refuse(request, agent_id), role_form=form)


@require_POST
def change_password(request, agent_id: UUID):
    """Another password, told to the person."""
    agent, form = agent_or_refuse(request, agent_id), forms.NewPassword(request.POST)
    asked = {"agent": agent, "by": request.user}
    if form.is_valid() and attempt(form, ops.change_password, password=form.cleaned_data["password"], **asked):
        messages.success(request, f"Le mot de passe de {agent} est changé. Donnez-le de vive voix.")
        return redirect("account", agent.pk)
    return page(request, agent, password_form=form)


@require_POST
def join(request, agent_id: UUID):
    """One more team."""
    agent = agent_or_refuse(request, agent_id)
    form = forms.JoinTeam(request.POST, agent=agent)
    if form.is_valid() and attempt(form, ops.join_team, agent=agent, team=form.cleaned_data["team"], by=request.user):
        messages.success(request, f"{agent} est dans l'équipe {form.cleaned_data['team']}.")
        return redirect("account", agent.pk)
    return page(request, agent, team_form=form)


@require_POST
def leave(request, agent_id: UUID, team_id: UUID):
    """One team less."""
    agent = agent_or_refuse(request, agent_id)
    if team := Team.objects.filter(pk=team_id).first():
        done = f"{agent} n'est plus dans l'équipe {team}."
        carry_out(request, done, ops.leave_team, agent=agent, team=team, by=request.user)
    return redirect("account", agent.pk)


@require_http_methods(["GET", "POST"])
def close(request, agent_id: UUID):
    """Close an account, once the consequences are read."""
    agent = agent_or_refuse(request, agent_id)
    if request.method == "POST":
        done = f"Le compte de {agent} est fermé."
        carry_out(request, done, ops.close_account, agent=agent, by=request.user)
        return redirect("account", agent.pk)
    return render(request, "desk/accounts/close.html", {"agent": agent})


@require_http_methods(["GET", "POST"])
def new_team(request):
    """Make a team."""
    require(request.user, "change_accounts")
    form = forms.NewTeam(request.POST or None)
    if sent(request, form) and (team := attempt(form, ops.create_team, **form.cleaned_data, by=request.user)):
        messages.success(request, f"L'équipe {team} est créée.")
        return redirect("accounts")
    return render(request, "desk/accounts/new_team.html", {"form": form})


def agent_or_refuse(request, agent_id: UUID) -> Agent:
    """The account. Raises Refused."""
    require(request.user, "change_accounts")
    found = Agent.objects.filter(pk=agent_id).first()
    if found is None:
        raise Refused("not-visible", why="Ce compte n'existe pas.", remedy="Revenez à la liste des comptes.")
    return found


ONE = "comptes/<uuid:agent_id>"
addresses = [
    path("comptes", accounts, name="accounts"),
    path("comptes/nouveau", new, name="account-new"),
    path("comptes/equipes/nouvelle", new_team, name="team-new"),
    path(ONE, account, name="account"),
    path(f"{ONE}/role", change_role, name="account-role"),
    path(f"{ONE}/mot-de-passe", change_password, name="account-password"),
    path(f"{ONE}/equipes", join, name="account-team-join"),
    path(f"{ONE}/equipes/<uuid:team_id>/quitter", leave, name="account-team-leave"),
    path(f"{ONE}/fermer", close, name="account-close"),
]
