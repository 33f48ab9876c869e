"""What is refused in the same words whatever the verb: a day in the future, a thing told twice differently."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused

M = TypeVar("M", bound=Model)


def already(model: type[M], id: UUID | None, told: Mapping[str, Any]) -> M | None:
    """The row this id stands for, when it was told the same way; None when it is new.

    Raises Conflict when the id stands for something told otherwise.
    """
    known = model._default_manager.filter(pk=id).first() if id else None
    if known is None:
        return None
    if any(getattr(known, field) != value for field, value in told.items()):
        raise Conflict(
            "told-otherwise",
            why="Cette fiche a déjà été envoyée, avec un autre contenu.",
            remedy="Ouvrez ce qui est écrit, comparez avec la personne, puis corrigez.",
        )
    journal.nothing_changed()
    return known


def refuse_a_future_day(day: date) -> None:
    if day > clock.today():
        raise Refused(
            "in-the-future",
            why="Ce jour est dans le futur.",
            remedy="Vérifiez la date, puis recommencez.",
        )


def moment(said_at: datetime | None) -> datetime:
    """When it was said: now unless told. Raises Refused for a moment in the future."""
    now = clock.now()
    if said_at is not None and said_at > now:
        raise Refused(
            "in-the-future",
            why="Cette parole est datée dans le futur.",
            remedy="Vérifiez l'heure de l'appareil, puis recommencez.",
        )
    return said_at or now
