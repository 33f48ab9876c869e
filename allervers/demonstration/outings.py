"""Outings of each sort and state over three months, and those to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allervers.accounts.models import Agent, Team
from allervers.demonstration import words
from allervers.demonstration.accounts import COMMINGES, LAURAGAIS, TOULOUSE
from allervers.demonstration.timeline import Timeline
from allervers.outreach import ops
from allervers.outreach.models import Outing, OutingKind
from allervers.territory.models import Area, Partner, Place, PlaceKind
from allervers.territory.why import why_here

GROUND = {  # where each team goes: communes
    TOULOUSE: ("31555", "31149", "31395"),
    COMMINGES: ("31483", "31390", "31020", "31042"),
    LAURAGAIS: ("31582", "31396", "31048", "31451"),
}
KINDS = {
    PlaceKind.MARKET: OutingKind.MARKET_STALL,
    PlaceKind.ESTATE: OutingKind.BUILDING_FOOT,
    PlaceKind.SQUARE: OutingKind.STREET_ROUND,
    PlaceKind.DAY_CENTRE: OutingKind.MOBILE_DROP_IN,
    PlaceKind.FOOD_AID: OutingKind.MOBILE_DROP_IN,
    PlaceKind.TOWN_HALL: OutingKind.MOBILE_DROP_IN,
    PlaceKind.FRANCE_SERVICES: OutingKind.MOBILE_DROP_IN,
    PlaceKind.SOCIAL_HOUSE: OutingKind.HOME_VISIT,
}
HOURS = 3
PREPARED_AHEAD = 6  # days


@dataclass
class Crew:
    """A team, who goes, and where it goes."""

    team: Team
    agents: list[Agent]
    places: list[Place]
    areas: list[Area]

    @property
    def lead(self) -> Agent:
        return self.agents[0]


def crews(teams: dict[str, Team], agents: dict[str, Agent], areas: dict[str, Area], places: list[Place]) -> list[Crew]:
    """The teams that go out, with those of their agents who do."""
    found = []
    for name, codes in GROUND.items():
        members = [one for one in agents.values() if teams[name] in one.teams.all() and one.role != "coordinator"]
        theirs = [place for place in places if place.area.code in codes]
        found.append(Crew(teams[name], members, theirs, [areas[code] for code in codes]))
    return found


def plan(line: Timeline, crew: Crew, partners: list[Partner], held, days: int) -> None:
    """Plan the team's outings, one a week over so many days: `held(outing, crew)` is told when people are met there."""
    for ago in range(days, 1, -7):
        day = ago - line.dice.randrange(5)
        hour = line.one((9, 9, 10, 14))
        past(line, crew, partners, max(day, 2), hour, held)
    for ahead in (3, 8, 15):
        coming(line, crew, partners, ahead + line.dice.randrange(3))


def past(line: Timeline, crew: Crew, partners: list[Partner], ago: int, hour: int, held) -> None:
    """An outing of a past day, from preparing to debriefing; now and then cancelled."""
    place, starts_at = line.one(crew.places), line.day(ago, hour)
    state: dict[str, Outing] = {}

    def prepare() -> None:
        state["outing"] = prepared(line, crew, partners, place, starts_at)

    def begin() -> None:
        if line.chance(0.06):
            ops.cancel_outing(outing=state["outing"], why="Alerte orange, vent violent", by=crew.lead)
            return
        ops.start_outing(outing=state["outing"], by=crew.lead)
        held(state["outing"], crew)
        line.plan(starts_at + timedelta(hours=HOURS + 1), debrief)

    def debrief() -> None:
        debriefed(line, crew, state["outing"])

    line.plan(starts_at - timedelta(days=PREPARED_AHEAD), prepare)
    line.plan(starts_at, begin)


def prepared(
    line: Timeline, crew: Crew, partners: list[Partner], place: Place, starts_at: datetime, after_the_fact: bool = False
) -> Outing:
    """An outing prepared at the present of the timeline."""
    local = [one for one in partners if one.area_id == place.area_id]
    reasons = [says for says in why_here(place.area) if "%" in says or "€" in says]
    return ops.prepare_outing(
        id=line.key(), kind=KINDS[PlaceKind(place.kind)], area=place.area, place=place, starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=HOURS), team=crew.team, agents=crew.agents[:2], partners=local[:1],
        purpose=line.one(words.PURPOSES), why_here=" ".join(reasons)[:600], despite_overlap=True,
        after_the_fact=after_the_fact, by=crew.lead,
    )  # fmt: skip


def debriefed(line: Timeline, crew: Crew, outing: Outing) -> None:
    """What the team says of it; one outing in ten waits for its debriefing."""
    if line.chance(0.08):
        return
    ops.debrief_outing(
        outing=outing, went_well=line.one(words.WENT_WELL), was_hard=line.one(words.WAS_HARD),
        people_said=line.one(words.PEOPLE_SAID), presence_minutes=HOURS * 60 - line.one((0, 15, 30, 45)), by=crew.lead,
    )  # fmt: skip


def coming(line: Timeline, crew: Crew, partners: list[Partner], ahead: int) -> None:
    """An outing of the coming days."""
    place, starts_at = line.one(crew.places), line.day(-ahead, 9)
    line.plan(line.now - timedelta(days=1), lambda: prepared(line, crew, partners, place, starts_at))


def under_way(line: Timeline, crew: Crew, partners: list[Partner], held) -> None:
    """An outing that began an hour ago."""
    starts_at = line.now - timedelta(hours=1)
    state: dict[str, Outing] = {}

    def prepare() -> None:
        state["outing"] = prepared(line, crew, partners, crew.places[0], starts_at)

    def begin() -> None:
        ops.start_outing(outing=state["outing"], by=crew.lead)
        held(state["outing"], crew)

    line.plan(starts_at - timedelta(days=2), prepare)
    line.plan(starts_at, begin)


def nobody_said_it_started(line: Timeline, crew: Crew, partners: list[Partner]) -> None:
    """An outing of yesterday that nobody spoke of."""
    starts_at = line.day(1, 14)
    line.plan(starts_at - timedelta(days=3), lambda: prepared(line, crew, partners, crew.places[-1], starts_at))
