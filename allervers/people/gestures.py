"""The journal about a person, in plain words: who, when, what for, which gesture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from allervers.accounts import reading as accounts
from allervers.base.models import Entry
from allervers.people.choices import Purpose

GESTURES: Final[dict[str, str]] = {
    "people.opened": "a ouvert la fiche",
    "people.named": "a vu le nom dans une liste",
    "people.welcomed": "a ouvert la fiche avec votre accord",
    "people.corrected": "a corrigé la fiche",
    "people.agreement_recorded": "a noté votre réponse à une demande d'accord",
    "people.agreement_withdrawn": "a noté que vous retiriez un accord",
    "people.agreement_invalidated": "a noté qu'un accord ne valait pas",
    "people.refusal_recorded": "a noté un refus",
    "people.refusal_lifted": "a noté que vous leviez un refus",
    "people.facts_noted": "a noté des faits sur votre foyer",
    "people.saying_kept": "a gardé vos mots",
    "people.saying_removed": "a retiré vos mots",
    "people.close_one_noted": "a noté un proche",
    "people.close_one_removed": "a retiré un proche",
    "people.merged": "a réuni deux fiches",
    "people.parted": "a séparé deux fiches",
}
OTHERWISE: Final = "a agi sur votre dossier"


@dataclass(frozen=True)
class Gesture:
    """One line of the journal as the person reads it: an agent's full name, when, the gesture, what for."""

    at: datetime
    who: str
    gesture: str
    purpose: str
    is_reading: bool


def gestures_about(keys: Iterable[UUID], words: Mapping[str, str]) -> list[Gesture]:
    """The lines about these keys, latest first, in French: two queries however many lines."""
    lines = list(_lines(list(keys)))
    names = accounts.full_names({line.by for line in lines})
    return [
        Gesture(
            at=line.at,
            who=names.get(line.by, "un compte effacé"),
            gesture=words.get(line.what, OTHERWISE),
            purpose=_purpose(line),
            is_reading=line.what in ("people.opened", "people.named"),
        )
        for line in lines
    ]


def _lines(keys: list[UUID]) -> Iterable[Entry]:
    listed = Q()
    for key in keys:
        listed |= Q(what="people.named", facts__people__icontains=str(key))
    return Entry.objects.filter(Q(person__in=keys) | listed).order_by("-number")


def _purpose(line: Entry) -> str:
    code = line.facts.get("purpose", "")
    return Purpose(code).label if code in Purpose.values else ""
