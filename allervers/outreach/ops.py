"""Prepare an outing, go, debrief; and take each of these back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from allervers.accounts.models import Agent, Membership, Role, Team
from allervers.accounts.reading import is_in
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused
from allervers.base.ops import op
from allervers.outreach import rules
from allervers.outreach.models import Outing
from allervers.outreach.rules import State

if TYPE_CHECKING:
    from allervers.territory.models import Area, Partner, Place


@op
def prepare_outing(
    *,
    id: UUID | None = None,
    kind: str,
    area: Area,
    place: Place | None = None,
    starts_at: datetime,
    ends_at: datetime,
    team: Team,
    agents: Sequence[Agent] = (),
    partners: Sequence[Partner] = (),
    purpose: str,
    why_here: str = "",
    after_the_fact: bool = False,
    despite_overlap: bool = False,
    by: Agent,
) -> Outing:
    """Say when and where a team will go, who goes, with which partners, what for.

    `after_the_fact` writes down an outing already over; `despite_overlap` overrules the warning about an agent who is
    expected elsewhere. Raises Refused, and Conflict when `id` already stands for another outing.
    """
    require(by, "prepare_outing")
    told = {
        "kind": kind, "area": area, "place": place, "starts_at": starts_at, "ends_at": ends_at, "team": team,
        "purpose": purpose.strip(), "why_here": why_here.strip(),
    }  # fmt: skip
    if id and (known := Outing.objects.filter(pk=id).first()):
        return _same_or_conflict(known, told, agents, partners)
    _refuse_stranger(by, team)
    outing = Outing(**({"id": id} if id else {}), **told, prepared_by=by)
    _refuse_faults(outing, agents, after_the_fact=after_the_fact, despite_overlap=despite_overlap)
    outing.checked()
    outing.agents.set(agents)
    outing.partners.set(partners)
    journal.write("outreach.prepared", by=by, about=outing, kind=kind, area=area.code, starts_at=starts_at)
    return outing


@op
def change_outing(
    *,
    outing: Outing,
    kind: str,
    area: Area,
    place: Place | None,
    starts_at: datetime,
    ends_at: datetime,
    agents: Sequence[Agent],
    partners: Sequence[Partner],
    purpose: str,
    why_here: str = "",
    after_the_fact: bool = False,
    despite_overlap: bool = False,
    by: Agent,
) -> Outing:
    """Replace what was prepared, as long as nobody has left."""
    outing = _take(outing, "prepare_outing", by)
    _refuse_unless(outing, {State.PREPARED, State.MISSED}, "On ne change que ce qui n'a pas commencé.")
    told = {
        "kind": kind, "area": area, "place": place, "starts_at": starts_at, "ends_at": ends_at,
        "purpose": purpose.strip(), "why_here": why_here.strip(),
    }  # fmt: skip
    changed = _differences(outing, told, agents, partners)
    if not changed:
        journal.nothing_changed()
        return outing
    for name, value in told.items():
        setattr(outing, name, value)
    _refuse_faults(outing, agents, after_the_fact=after_the_fact, despite_overlap=despite_overlap)
    outing.checked()
    outing.agents.set(agents)
    outing.partners.set(partners)
    journal.write("outreach.changed", by=by, about=outing, fields=changed)
    return outing


@op
def start_outing(*, outing: Outing, at: datetime | None = None, by: Agent) -> Outing:
    """Leave: the outing is under way from `at` (now by default). Started twice, it keeps its first start."""
    outing = _take(outing, "run_outing", by)
    if outing.started_at:
        journal.nothing_changed()
        return outing
    _refuse_unless(outing, {State.PREPARED, State.MISSED}, "Cette sortie ne peut pas commencer.")
    moment = at or clock.now()
    if moment > clock.now():
        raise Refused(
            "in-the-future", why="Le départ est daté dans le futur.", remedy="Vérifiez l'heure de l'appareil."
        )
    if not rules.opens_at(outing) <= moment < outing.ends_at:
        raise Refused(
            "not-at-that-time",
            why="Ce départ n'est pas dans les heures de la sortie.",
            remedy="Changez les heures de la sortie, ou débriefez-la si elle est finie.",
        )
    outing.started_at = moment
    outing.checked()
    journal.write("outreach.started", by=by, about=outing, at=moment)
    return outing


@op
def undo_start(*, outing: Outing, by: Agent) -> Outing:
    """Take back a start told by mistake."""
    outing = _take(outing, "run_outing", by)
    if not outing.started_at:
        journal.nothing_changed()
        return outing
    _refuse_unless(outing, {State.UNDER_WAY, State.TO_DEBRIEF}, "Le départ ne peut plus être annulé.")
    outing.started_at = None
    outing.checked()
    journal.write("outreach.start_undone", by=by, about=outing)
    return outing


@op
def debrief_outing(
    *,
    outing: Outing,
    went_well: str = "",
    was_hard: str = "",
    people_said: str = "",
    presence_minutes: int | None = None,
    by: Agent,
) -> Outing:
    """Write down, together, how it went. An outing that nobody had started is known to have taken place by this.

    `presence_minutes` is the time spent there, all agents alike (not multiplied by them). Raises Refused.
    """
    outing = _take(outing, "run_outing", by)
    told = {
        "went_well": went_well.strip(), "was_hard": was_hard.strip(), "people_said": people_said.strip(),
        "presence_minutes": presence_minutes,
    }  # fmt: skip
    if outing.debriefed_at and all(getattr(outing, name) == value for name, value in told.items()):
        journal.nothing_changed()
        return outing
    _refuse_unless(outing, {State.UNDER_WAY, State.TO_DEBRIEF, State.MISSED}, _not_to_debrief(outing))
    rules.refuse_long_presence(presence_minutes)
    for name, value in told.items():
        setattr(outing, name, value)
    outing.started_at = outing.started_at or outing.starts_at
    outing.debriefed_at = clock.now()
    outing.checked()
    journal.write("outreach.debriefed", by=by, about=outing, presence_minutes=presence_minutes)
    return outing


@op
def reopen_debrief(*, outing: Outing, by: Agent) -> Outing:
    """Take the debriefing up again; its words stay, to be corrected."""
    outing = _take(outing, "run_outing", by)
    if not outing.debriefed_at:
        journal.nothing_changed()
        return outing
    outing.debriefed_at = None
    outing.checked()
    journal.write("outreach.debrief_reopened", by=by, about=outing)
    return outing


@op
def cancel_outing(*, outing: Outing, why: str, by: Agent) -> Outing:
    """Say that the team will not go, and why."""
    outing = _take(outing, "prepare_outing", by)
    if outing.cancelled_at and outing.cancelled_why == why.strip():
        journal.nothing_changed()
        return outing
    _refuse_unless(outing, {State.PREPARED, State.MISSED}, "On n'annule pas une sortie qui a commencé.")
    if not why.strip():
        raise Refused(
            "no-reason", why="Une annulation dit pourquoi.", remedy="Écrivez la raison en quelques mots : pluie, fête…"
        )
    outing.cancelled_at, outing.cancelled_why = clock.now(), why.strip()
    outing.checked()
    journal.write("outreach.cancelled", by=by, about=outing)
    return outing


@op
def restore_outing(*, outing: Outing, despite_overlap: bool = False, by: Agent) -> Outing:
    """Take a cancellation back."""
    outing = _take(outing, "prepare_outing", by)
    if not outing.cancelled_at:
        journal.nothing_changed()
        return outing
    outing.cancelled_at, outing.cancelled_why = None, ""
    _refuse_overlap(outing, outing.agents.all(), despite_overlap=despite_overlap)
    outing.checked()
    journal.write("outreach.restored", by=by, about=outing)
    return outing


def _take(outing: Outing, gesture: str, by: Agent) -> Outing:
    """The outing as it is now, for the op alone, if the agent's role and team open it."""
    require(by, gesture)
    fresh = Outing.objects.select_for_update(of=("self",)).select_related("team", "area", "place").get(pk=outing.pk)
    _refuse_stranger(by, fresh.team)
    return fresh


def _refuse_stranger(by: Agent, team: Team) -> None:
    if by.role != Role.COORDINATOR and not is_in(by, team):
        raise Refused(
            "not-your-team",
            why="Cette sortie est celle d'une équipe où vous n'êtes pas.",
            remedy="Choisissez une de vos équipes, ou demandez à la coordination.",
        )


def _refuse_unless(outing: Outing, states: set[State], why: str) -> None:
    now = rules.state(outing, clock.now())
    if now not in states:
        raise Refused(
            "not-in-this-state",
            why=f"{why} Elle est {now.label}.",
            remedy="Revenez d'abord sur ce qui a été noté (départ, débriefing ou annulation), puis recommencez.",
        )


def _not_to_debrief(outing: Outing) -> str:
    if outing.debriefed_at:
        return "Le débriefing est déjà écrit autrement."
    return "On ne débriefe qu'une sortie qui a eu lieu."


def _refuse_faults(outing: Outing, agents: Iterable[Agent], *, after_the_fact: bool, despite_overlap: bool) -> None:
    now = clock.now()
    rules.refuse_impossible_times(outing.starts_at, outing.ends_at, now=now, after_the_fact=after_the_fact)
    rules.refuse_wrong_place(outing.area, outing.place)
    _refuse_agents_outside_team(outing, agents)
    _refuse_overlap(outing, agents, despite_overlap=despite_overlap)


def _refuse_agents_outside_team(outing: Outing, agents: Iterable[Agent]) -> None:
    day = outing.starts_at.astimezone(clock.PARIS).date()
    there = Membership.objects.filter(team=outing.team, since__lte=day).exclude(until__lt=day).values_list("agent_id")
    inside = {pk for (pk,) in there}
    outside = sorted(str(agent) for agent in agents if agent.pk not in inside or not agent.is_active)
    if outside:
        raise Refused(
            "agent-not-in-team",
            why=f"Ce jour-là, dans l'équipe « {outing.team} », il n'y a pas : {', '.join(outside)}.",
            remedy="Choisissez des membres de l'équipe, ou faites mettre l'équipe à jour.",
        )


def _refuse_overlap(outing: Outing, agents: Iterable[Agent], *, despite_overlap: bool) -> None:
    if despite_overlap:
        return
    others = Outing.objects.not_cancelled().between(outing.starts_at, outing.ends_at).exclude(pk=outing.pk)
    busy = Agent.objects.filter(pk__in=[agent.pk for agent in agents], outings__in=others).distinct()
    names = [str(agent) for agent in busy.order_by("full_name", "id")]
    if names:
        raise Refused(
            "overlap",
            why=f"Au même moment, une autre sortie attend : {', '.join(names)}.",
            remedy="Changez l'heure ou les personnes, ou confirmez malgré tout.",
        )


def _same_or_conflict(
    known: Outing, told: dict[str, Any], agents: Iterable[Agent], partners: Iterable[Partner]
) -> Outing:
    if _differences(known, told, agents, partners):
        raise Conflict(
            "told-differently",
            why="Cette sortie est déjà écrite autrement.",
            remedy="Ouvrez la sortie déjà écrite et corrigez-la, ou préparez-en une nouvelle.",
        )
    journal.nothing_changed()
    return known


def _differences(
    known: Outing, told: dict[str, Any], agents: Iterable[Agent], partners: Iterable[Partner]
) -> list[str]:
    """The names of what is told otherwise than it is written."""
    names = [name for name, value in told.items() if getattr(known, name) != value]
    kept = {"agents": (known.agents, agents), "partners": (known.partners, partners)}
    return names + [
        name for name, (there, asked) in kept.items() if _keys(there.all()) != _keys(cast("Iterable[Any]", asked))
    ]


def _keys(rows: Iterable[Any]) -> set[UUID]:
    return {row.pk for row in rows}
