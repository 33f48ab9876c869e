"""Load the demonstration in one go: all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from allervers.accompaniment import ops as accompaniment
from allervers.accounts.models import Agent, Role
from allervers.base import clock
from allervers.demonstration import accounts, outings, territory
from allervers.demonstration.households import KINDS, work_out
from allervers.demonstration.meetings import Known, Street
from allervers.demonstration.stories import Walk
from allervers.demonstration.timeline import Timeline
from allervers.people import ops as people
from allervers.people import wordings

Told = Callable[[str, int, int], None]
SEED = 31
DAYS = 91
BEFORE = 100  # days ago when accounts and territory are laid


def is_empty() -> bool:
    """Whether nothing has been written here yet."""
    return not Agent.objects.exists()


def is_loaded() -> bool:
    """Whether these are the demonstration's accounts."""
    known = {one.username for one in accounts.ACCOUNTS}
    return Agent.objects.filter(username__in=known).count() == len(known)


def load(*, seed: int = SEED, days: int | None = None, tell: Told = lambda what, done, of: None) -> Timeline:
    """Live the days that end now. `tell(what, done, of)` hears the progress. The database must be empty."""
    line = Timeline(seed, clock.now())
    households = []
    for found in work_out(line.today):
        households.append(found)
        tell("Droits calculés sur la loi", len(households), len(KINDS))
    with transaction.atomic():
        live(line, households, tell, days or DAYS)
    return line


def live(line: Timeline, households: list, tell: Told, days: int) -> None:
    """Lay the ground, plan everything, tell it in order."""
    with clock.at(line.day(BEFORE, 9)):
        teams, agents = accounts.open_accounts()
        areas, places, partners = territory.lay(by=agents["marion.coordination"])
    street = Street(line, households, lambda known: Walk(line, known).begin())
    found = outings.crews(teams, agents, areas, places)
    for crew in found:
        outings.plan(line, crew, partners, street.held, days)
    outings.under_way(line, found[0], partners, street.held)
    outings.nobody_said_it_started(line, found[1], partners)
    line.plan(line.day(9, 17), lambda: reunite(line, found[0]))
    line.plan(line.day(6, 17), lambda: leave(street))
    line.plan(line.day(4, 17), lambda: share(street, teams[accounts.PARTNER]))
    line.live(lambda told, planned: tell("Trois mois vécus", told, planned))


def reunite(line: Timeline, crew: outings.Crew) -> None:
    """Two records of one person, reunited; two others reunited by mistake, and parted again."""
    by = next(agent for agent in crew.agents if agent.role == Role.PRACTITIONER)
    keys = [
        people.welcome_person(id=line.key(), team=crew.team, agreement=wordings.standard("record"), name=name, by=by).pk
        for name in ("Coquelicot Exemple", "Coquelicot Exemple", "Bleuet Exemple", "Bluet Exemple")
    ]
    for keep, other in (keys[:2], keys[2:]):
        people.merge_people(keep=keep, other=other, by=by)
    people.undo_merge(other=keys[3], by=by)


def leave(street: Street) -> None:
    """One person asks to be forgotten: everything about them goes, the figures stay right."""
    here = [one for one in street.known if "gone" not in one.agreed]
    if here:
        gone: Known = here[len(here) // 2]
        gone.agreed.add("gone")
        accompaniment.let_go(person_id=gone.id, by=gone.by)


def share(street: Street, partner) -> None:
    """A few agree that what is useful be shared with a partner, for a time."""
    for known in [one for one in street.known if "gone" not in one.agreed and "journey" in one.agreed][:4]:
        people.record_agreement(
            person_id=known.id, team=partner, purpose="share", answer="given", by=known.by,
            agreement=wordings.standard("share", expires_on=clock.today() + timedelta(days=90)),
        )  # fmt: skip
