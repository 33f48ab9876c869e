"""Aujourd'hui: what waits for me, each with its next gesture one click away. What a role does not open is not asked."""

from dataclasses import dataclass
from datetime import timedelta

from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allervers.accompaniment import reading as journeys
from allervers.accounts.models import Agent, Role, Team
from allervers.accounts.reading import memberships_now, teams_of
from allervers.accounts.rules import may
from allervers.base import clock
from allervers.base.models import Entry
from allervers.encounters.models import Encounter
from allervers.encounters.reading import seen_in_order, waiting_for_news
from allervers.outreach import rules
from allervers.outreach.models import Outing
from allervers.people import access
from allervers.people.choices import Purpose

AHEAD = timedelta(days=7)
SOON = timedelta(days=30)
A_FEW = 8  # lines of each part; the whole list is one click away
LOOKED_AT = 200  # promises of news read, of which those that may be kept are shown


@never_cache
@require_safe
def today(request):
    """The page one begins with."""
    agent = request.user
    shown = {"day": clock.today(), **outings_of(agent), **own_part(agent, request.GET.get("nouvelles"))}
    shown |= {"new": nothing_yet(shown), "teamless": is_teamless(agent)}
    return render(request, "desk/today/today.html", shown)


def is_teamless(agent) -> bool:
    """Whether nothing can be seen yet for want of a team."""
    return agent.role not in (Role.COORDINATOR, Role.ADMINISTRATOR) and not teams_of(agent).exists()


def own_part(agent, everything) -> dict:
    """What the role adds to the outings; `everything` shows each promise of news rather than the first ones."""
    shown = {
        "news": [],
        "more_news": 0,
        "claims": [],
        "late": [],
        "more_claims": 0,
        "steps": [],
        "shared": [],
        "charge": None,
    }
    if may(agent, "record_encounter") and agent.role != Role.COORDINATOR:
        shown |= promised(agent, everything=bool(everything))
    if may(agent, "lead_journey"):
        shown |= waiting(agent)
    if agent.role == Role.PARTNER_AGENT:
        shown["shared"] = list(access.visible_people(by=agent, purpose=Purpose.SHARE)[:A_FEW])
    if may(agent, "change_accounts"):
        shown["charge"] = in_charge()
    return shown


def outings_of(agent) -> dict:
    """The outings under way, of the coming days, and those that nobody has spoken of yet."""
    if not may(agent, "see_outings"):
        return {
            "now_on": [],
            "ahead": [],
            "left": [],
            "more_left": 0,
            "may_run": False,
            "may_prepare": False,
            "any": True,
        }
    now, mine = clock.now(), Outing.objects.visible_to(agent)
    coming = list(mine.with_everything().ahead(now).filter(starts_at__lt=now + AHEAD)[: A_FEW * 2])
    left = mine.not_cancelled().filter(ends_at__lte=now, debriefed_at=None).order_by("-starts_at", "id")
    return {
        "now_on": [one for one in coming if one.started_at],
        "ahead": [line_of(one, agent) for one in coming if not one.started_at][:A_FEW],
        "left": [(one, rules.state(one, now)) for one in left.with_everything()[:A_FEW]],
        "more_left": max(0, left.count() - A_FEW),
        "may_run": may(agent, "run_outing"),
        "may_prepare": may(agent, "prepare_outing"),
        "any": mine.exists(),
    }


@dataclass(frozen=True)
class Coming:
    """An outing to come: whether the agent goes, whether one may leave now."""

    outing: Outing
    mine: bool
    may_leave: bool


def line_of(outing: Outing, agent: Agent) -> Coming:
    """Read from what is prefetched: no query."""
    mine = agent.pk in {one.pk for one in outing.agents.all()}
    return Coming(outing, mine, rules.opens_at(outing) <= clock.now() < outing.ends_at)


@dataclass(frozen=True)
class Promise:
    """News asked for or promised: to whom (or nobody's name), by which ways one may, if any is known, before when."""

    encounter: Encounter
    name: str
    person: object
    ways: list[str]
    unsaid: bool
    agreed: str
    late: bool


def promised(agent, *, everything: bool) -> dict:
    """The promises of news that may be kept today, and how many more than those shown; only these are named.

    First those who may be approached, then somebody without a name.
    """
    there = waiting_for_news(by=agent, most=LOOKED_AT)
    reach = access.reachable({key for keys in there.values() for key in keys}, by=agent)
    kept = [met for met, keys in there.items() if not keys or any(key in reach for key in keys)]
    kept.sort(key=lambda met: not there[met])
    shown = seen_in_order(kept if everything else kept[:A_FEW], by=agent)
    return {"news": [promise(row, reach) for row in shown], "more_news": len(kept) - len(shown)}


def promise(row, reach) -> Promise:
    """One line of the list."""
    key = next((key for key in row.people if key in reach), None)
    due = row.encounter.news_by
    return Promise(
        encounter=row.encounter,
        name=reach[key].label if key else "",
        person=key,
        ways=[way.label for way in reach[key].ways] if key else [],
        unsaid=bool(key and reach[key].unsaid),
        agreed=row.agreed,
        late=bool(due and due < clock.today()),
    )


def waiting(agent) -> dict:
    """What waits in the journeys that I lead: the claims, those late apart, and the steps agreed."""
    found = journeys.waiting_for_lead(by=agent, within=SOON, most=A_FEW)
    steps = journeys.steps_for_lead(by=agent, within=SOON, most=A_FEW)
    return {"late": found.late, "claims": found.soon, "more_claims": found.left_out, "steps": steps}


def in_charge() -> dict:
    """What the administration looks after: accounts and the journal, never a person."""
    open_accounts = Agent.objects.filter(is_active=True)
    placed = memberships_now().values("agent")
    loose = open_accounts.exclude(role=Role.ADMINISTRATOR).exclude(pk__in=placed)
    return {
        "accounts": open_accounts.count(),
        "teams": Team.objects.count(),
        "loose": list(loose.order_by("full_name", "id")[:A_FEW]),
        "lines": Entry.objects.count(),
    }


def nothing_yet(shown) -> bool:
    """Whether the team has just begun: no outing ever, and nothing that waits."""
    parts = ("now_on", "ahead", "left", "news", "claims", "late", "steps", "shared")
    return not shown["any"] and not any(shown[part] for part in parts)


addresses = [path("", today, name="today")]
