"""Questions about outings, answered from what is known: no query, no clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import TextChoices

from allervers.base.errors import Refused

if TYPE_CHECKING:
    from allervers.outreach.models import Outing
    from allervers.territory.models import Area, Place

EARLIEST: Final = timedelta(hours=2)  # people are met while the stall is being set up
LONGEST: Final = timedelta(hours=16)  # a longer outing is a slip of the keyboard
FURTHEST: Final = timedelta(days=730)  # and so is a date later than this


class State(TextChoices):
    """Where an outing stands. Computed, never written."""

    PREPARED = "prepared", "préparée"
    UNDER_WAY = "under_way", "en cours"
    TO_DEBRIEF = "to_debrief", "à débriefer"
    DEBRIEFED = "debriefed", "débriefée"
    CANCELLED = "cancelled", "annulée"
    MISSED = "missed", "passée sans départ noté"


def state(outing: Outing, now: datetime) -> State:
    """Where the outing stands at `now` (aware), from its dated facts."""
    if outing.cancelled_at:
        return State.CANCELLED
    if outing.debriefed_at:
        return State.DEBRIEFED
    over = now >= outing.ends_at
    if outing.started_at:
        return State.TO_DEBRIEF if over else State.UNDER_WAY
    return State.MISSED if over else State.PREPARED


def opens_at(outing: Outing) -> datetime:
    """The first moment when somebody can have been met during it."""
    planned = outing.starts_at - EARLIEST
    return min(planned, outing.started_at) if outing.started_at else planned


def covers(area: Area, place: Place) -> bool:
    """Whether the place lies in the area: the same one, an IRIS of that commune, or the commune of that IRIS."""
    return area.pk in {place.area_id, place.area.commune_id} or area.commune_id == place.area_id


def refuse_wrong_place(area: Area, place: Place | None) -> None:
    """Refuse a place that lies elsewhere than in the area told."""
    if place and not covers(area, place):
        raise Refused(
            "place-elsewhere",
            why=f"Le lieu « {place.name} » est à {place.area.name}, pas à {area.name}.",
            remedy="Choisissez un lieu de cette commune, ou changez la commune.",
        )


def refuse_impossible_times(starts_at: datetime, ends_at: datetime, *, now: datetime, after_the_fact: bool) -> None:
    """Refuse times that can only be slips: upside down, endless, years away, or already over unless said so."""
    if ends_at <= starts_at:
        raise Refused(
            "ends-before-it-starts",
            why="La sortie finit avant d'avoir commencé.",
            remedy="Vérifiez les deux heures ; une sortie qui passe minuit finit le lendemain.",
        )
    if ends_at - starts_at > LONGEST:
        raise Refused(
            "too-long",
            why="Cette sortie durerait plus de seize heures.",
            remedy="Vérifiez les dates, ou préparez une sortie par jour.",
        )
    if starts_at > now + FURTHEST:
        raise Refused(
            "too-far-ahead",
            why="Cette sortie aurait lieu dans plus de deux ans.",
            remedy="Vérifiez l'année.",
        )
    if ends_at <= now and not after_the_fact:
        raise Refused(
            "in-the-past",
            why="Cette sortie est déjà passée.",
            remedy="Vérifiez la date. Si la sortie a bien eu lieu, dites que vous l'écrivez après coup.",
        )


def refuse_long_presence(minutes: int | None) -> None:
    """Refuse a time spent there that no outing can last."""
    if minutes is not None and timedelta(minutes=minutes) > LONGEST:
        raise Refused(
            "too-long",
            why="Plus de seize heures de présence pour une seule sortie.",
            remedy="Comptez le temps passé sur place, en minutes, une seule fois pour toute l'équipe.",
        )
