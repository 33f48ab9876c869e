"""Record that we met, correct it, strike it; keep the promise of news."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction

from allervers.accounts.models import Agent, Role, Team
from allervers.accounts.reading import is_in
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused
from allervers.base.ops import op
from allervers.encounters import rules
from allervers.encounters.models import Encounter, Outcome
from allervers.encounters.ops.finding_once import tell_first_findings
from allervers.encounters.ops.taking import reach_people, refuse_stranger, sole, take
from allervers.outreach import ops as outings
from allervers.outreach.rules import refuse_wrong_place

if TYPE_CHECKING:
    from allervers.outreach.models import Outing
    from allervers.people.models import Person
    from allervers.territory.models import Area, Place


@op
def record_encounter(
    *,
    id: UUID | None = None,
    outing: Outing | None = None,
    team: Team | None = None,
    area: Area | None = None,
    place: Place | None = None,
    happened_at: datetime | None = None,
    how: str = "conversation",
    anonymous_count: int = 0,
    people: Sequence[UUID] = (),
    said: str = "",
    offered: Sequence[str] = (),
    outcome: str = "met",
    agreed: str = "",
    form: str = "",
    news_by: date | None = None,
    by: Agent,
) -> Encounter:
    """Write down a meeting, with a name or without. Only how many people is required.

    Team, area and place come from the outing when they are not told; the time is now. An outing that nobody had
    started starts with its first meeting. Told again with the same `id`: nothing more happens, whatever became of the
    encounter since; told differently: Conflict. Raises Refused.
    """
    require(by, "record_encounter")
    words = {"how": how, "said": said.strip(), "outcome": outcome, "agreed": agreed.strip(), "form": form}
    told = words | {
        "outing": outing, "team": team, "area": area, "place": place, "happened_at": happened_at,
        "anonymous_count": anonymous_count, "people": sorted(map(str, set(people))),
        "offered": sorted(set(offered)), "news_by": news_by,
    }  # fmt: skip
    if known := _already_told(id, seal := seal_of(told)):
        return known
    where = _where(outing=outing, team=team, area=area, place=place)
    moment = happened_at or rules.moment_of(outing, clock.now())
    refuse_stranger(by, where.team, moment.astimezone(clock.PARIS).date())
    encounter = Encounter(
        **({"id": id} if id else {}), outing=outing, team=where.team, area=where.area, place=where.place,
        happened_at=moment, anonymous_count=anonymous_count, offered=sorted(set(offered)), news_by=news_by,
        recorded_by=by, recorded_at=clock.now(), told=seal, **words,
    )  # fmt: skip
    _refuse_faults(encounter, known=len(people))
    met = reach_people(people, by)
    if known := _keep_once(encounter, met):
        return known
    _start(outing, moment, by)
    journal.write(
        "encounters.recorded", by=by, about=encounter, person=sole(met), how=how, outcome=outcome,
        anonymous=anonymous_count, known=len(met), outing=outing and outing.pk,
    )  # fmt: skip
    return encounter


@op
def correct_encounter(
    *,
    encounter: Encounter,
    how: str,
    anonymous_count: int,
    said: str = "",
    offered: Sequence[str] = (),
    outcome: str = "met",
    agreed: str = "",
    form: str = "",
    news_by: date | None = None,
    place: Place | None = None,
    by: Agent,
) -> Encounter:
    """Write again what was written wrong; where, when and who stay (strike it and record it anew for these)."""
    encounter = take(encounter, by)
    told = {
        "how": how, "anonymous_count": anonymous_count, "said": said.strip(), "offered": sorted(set(offered)),
        "outcome": outcome, "agreed": agreed.strip(), "form": form, "news_by": news_by, "place": place,
    }  # fmt: skip
    changed = [name for name, value in told.items() if getattr(encounter, name) != value]
    if not changed:
        journal.nothing_changed()
        return encounter
    for name, value in told.items():
        setattr(encounter, name, value)
    there = list(encounter.people.all())
    refuse_wrong_place(encounter.area, place)
    _refuse_faults(encounter, known=len(there))
    encounter.checked()
    journal.write("encounters.corrected", by=by, about=encounter, person=sole(there), fields=changed)
    return encounter


@op
def strike_encounter(*, encounter: Encounter, by: Agent) -> Encounter:
    """Take an encounter out of every list and figure: it was told by mistake."""
    encounter = take(encounter, by, struck=True)
    if encounter.struck_at:
        journal.nothing_changed()
        return encounter
    encounter.struck_at, encounter.struck_by = clock.now(), by
    encounter.checked()
    tell_first_findings(encounter.assessments.values_list("person", flat=True))
    journal.write("encounters.struck", by=by, about=encounter, person=sole(encounter.people.all()))
    return encounter


@op
def unstrike_encounter(*, encounter: Encounter, by: Agent) -> Encounter:
    """Put an encounter back where it was."""
    encounter = take(encounter, by, struck=True)
    if not encounter.struck_at:
        journal.nothing_changed()
        return encounter
    encounter.struck_at = encounter.struck_by = None
    encounter.checked()
    tell_first_findings(encounter.assessments.values_list("person", flat=True))
    journal.write("encounters.unstruck", by=by, about=encounter, person=sole(encounter.people.all()))
    return encounter


@op
def give_news(*, encounter: Encounter, by: Agent) -> Encounter:
    """Note that the news asked for, or promised, was given."""
    encounter = take(encounter, by)
    if encounter.news_given_at:
        journal.nothing_changed()
        return encounter
    if encounter.outcome != Outcome.NEWS and not encounter.news_by:
        raise Refused(
            "no-news-promised",
            why="À cette rencontre, personne n'a demandé de nouvelles.",
            remedy="Enregistrez une nouvelle rencontre si vous vous êtes revus.",
        )
    encounter.news_given_at = clock.now()
    encounter.checked()
    journal.write("encounters.news_given", by=by, about=encounter, person=sole(encounter.people.all()))
    return encounter


@op
def undo_news(*, encounter: Encounter, by: Agent) -> Encounter:
    """Take back that news was given."""
    encounter = take(encounter, by)
    if not encounter.news_given_at:
        journal.nothing_changed()
        return encounter
    encounter.news_given_at = None
    encounter.checked()
    journal.write("encounters.news_undone", by=by, about=encounter, person=sole(encounter.people.all()))
    return encounter


def seal_of(told: dict[str, Any]) -> str:
    """SHA-256 of what was sent, as it was sent: recognises a repeat even after the encounter changed."""
    text = json.dumps(told, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value.pk)


def _already_told(id: UUID | None, seal: str) -> Encounter | None:
    known = Encounter.objects.filter(pk=id).first() if id else None
    if known is None:
        return None
    if known.told not in ("", seal):  # the seal goes when a name is erased: the repeat is then taken as known
        raise Conflict(
            "told-differently",
            why="Cette rencontre est déjà écrite autrement.",
            remedy="Ouvrez la rencontre déjà écrite et corrigez-la, ou enregistrez-en une nouvelle.",
        )
    journal.nothing_changed()
    return known


def _keep_once(encounter: Encounter, met: Iterable[Person]) -> Encounter | None:
    """Save; when the same id arrives from two places at once, the second finds what the first told."""
    encounter.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            encounter.save(force_insert=True)
    except IntegrityError:
        known = _already_told(encounter.pk, encounter.told)
        if known is None:
            raise
        return known
    encounter.people.set(met)
    return None


@dataclass(frozen=True)
class Where:
    """The team and the ground of a meeting, told or taken from its outing."""

    team: Team
    area: Area
    place: Place | None


def _where(*, outing: Outing | None, team: Team | None, area: Area | None, place: Place | None) -> Where:
    if outing:
        rules.refuse_outing_that_did_not_happen(outing, clock.now())
        team, area = team or outing.team, area or outing.area
    elif place:
        area = area or place.area
    if team is None or area is None:
        raise Refused(
            "where",
            why="Cette rencontre ne dit pas " + ("quelle équipe." if team is None else "dans quelle commune."),
            remedy="Choisissez une sortie, ou l'équipe et la commune.",
        )
    if outing:
        _refuse_other_team(outing, team)
        rules.refuse_area_outside(outing, area)
        place = place or (outing.place if outing.place and area.pk == outing.area_id else None)
    refuse_wrong_place(area, place)
    return Where(team, area, place)


def _refuse_other_team(outing: Outing, team: Team) -> None:
    if team.pk != outing.team_id:
        raise Refused(
            "another-team",
            why=f"Cette sortie est celle de l'équipe « {outing.team} ».",
            remedy="Choisissez cette équipe, ou enregistrez la rencontre sans sortie.",
        )


def _refuse_faults(encounter: Encounter, *, known: int) -> None:
    rules.refuse_nobody(encounter.anonymous_count, known)
    rules.refuse_impossible_moment(encounter.happened_at, now=clock.now(), outing=encounter.outing)
    rules.refuse_unknown_offers(encounter.offered)
    rules.refuse_reason_without_refusal(encounter.outcome, encounter.form)
    rules.refuse_news_before_the_meeting(encounter.news_by, encounter.happened_at)


def _start(outing: Outing | None, moment: datetime, by: Agent) -> None:
    """The first meeting starts an outing nobody had started; when told by who left the team, the debriefing will."""
    if outing and outing.started_at is None and (by.role == Role.COORDINATOR or is_in(by, outing.team)):
        start = moment if moment < outing.ends_at else outing.starts_at
        outing.started_at = outings.start_outing(outing=outing, at=start, by=by).started_at
