"""Two records of one person, reunited; and parted again. Nothing moves: reading follows `merged_into`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.people import access
from allervers.people.choices import Answer, Purpose
from allervers.people.models import Agreement, Fact, Person

if TYPE_CHECKING:
    from allervers.accounts.models import Agent

OVERTAKEN = "réunion de fiches : la personne a dit autrement depuis"


@op
def merge_people(
    *, keep: UUID, other: UUID, person_agrees: bool = False, teams_read_both: bool = False, by: Agent
) -> Person:
    """Reunite two records of one person: `other` opens as `keep` from now on. Undone by `undo_merge`.

    Linking a nickname or a record without a name to a name needs the person's agreement (`person_agrees`).
    So does opening to a team what was written for another (`teams_read_both`): each agreed to itself alone.
    Where both answered one team for one purpose, what was said last stands.
    """
    require(by, "write_person")
    kept = access.reach_person(keep, by=by, purpose=Purpose.RECORD)
    merged = access.reach_person(other, by=by, purpose=Purpose.RECORD)
    if kept == merged:
        journal.nothing_changed()
        return kept
    _refuse_a_chain(merged)
    _refuse_a_link_nobody_agreed_to(kept, merged, person_agrees)
    _refuse_to_open_to_other_teams(kept, merged, teams_read_both)
    now = clock.now()
    merged.merged_into, merged.merged_at = kept, now
    merged.checked()
    kept.__dict__.pop("keys", None)
    overtaken = _void_what_was_overtaken(kept, now)
    _refuse_to_lock_oneself_out(kept, by)
    journal.write(
        "people.merged",
        by=by,
        about=kept,
        person=kept.pk,
        other=merged.pk,
        person_agrees=person_agrees,
        teams_read_both=teams_read_both,
        overtaken=overtaken,
    )
    return kept


@op
def undo_merge(*, other: UUID, by: Agent) -> Person:
    """Part a record again from the one it was reunited with; each has again what it had.

    What was written since the reunion stays with the record kept; what the person took back since stays taken back.
    """
    require(by, "write_person")
    kept = access.reach_person(other, by=by, purpose=Purpose.RECORD)
    merged = Person.objects.filter(pk=other).get()
    if merged.merged_into_id is None:
        journal.nothing_changed()
        return merged
    _give_back_agreements(kept, merged)
    _give_back_facts(kept, merged)
    merged.merged_into, merged.merged_at = None, None
    merged.checked()
    journal.write("people.parted", by=by, about=merged, person=merged.pk, other=kept.pk)
    return merged


def _refuse_a_chain(merged: Person) -> None:
    if len(merged.keys) > 1:
        raise Refused(
            "already-reunites-others",
            why="La fiche à réunir en réunit déjà d'autres.",
            remedy="Gardez plutôt celle-là, ou défaites d'abord sa réunion.",
        )


def _refuse_a_link_nobody_agreed_to(kept: Person, merged: Person, person_agrees: bool) -> None:
    """A nickname is chosen so as not to be linked; two nicknames, or two names, may be a slip of the team."""
    named = {bool(one.name) and not one.is_pseudonym for one in (kept, merged)}
    if len(named) == 2 and not person_agrees:
        raise Refused(
            "linked-without-agreeing",
            why="L'une des fiches n'a pas de nom : la réunir à un nom, c'est dire qui est la personne.",
            remedy="Demandez-lui si elle est d'accord, puis recommencez en le notant.",
        )


def _refuse_to_open_to_other_teams(kept: Person, merged: Person, teams_read_both: bool) -> None:
    """« Seule notre équipe peut l'ouvrir » was read for each record: reunited, every team of either reads both."""
    of_one, of_other = _keepers(kept), _keepers(merged)
    if of_one != of_other and not teams_read_both:
        names = ", ".join(sorted(of_one | of_other))
        raise Refused(
            "opens-to-other-teams",
            why=f"Les deux fiches ne sont pas gardées par les mêmes équipes ({names}) : "
            "réunies, chaque équipe lira tout ce que l'autre a écrit.",
            remedy="Dites-le à la personne. Si elle l'accepte, cochez la case qui le dit, puis recommencez.",
        )


def _keepers(person: Person) -> set[str]:
    """The names, which are unique, of the teams that may keep this record today."""
    live = access.live_agreements(clock.today()).filter(person__in=person.keys, purpose=Purpose.RECORD)
    return set(live.values_list("team__name", flat=True))


def _void_what_was_overtaken(kept: Person, at: datetime) -> int:
    """Void the agreements given before the same person said otherwise to the same team, on the other record."""
    rows = Agreement.objects.filter(person__in=kept.keys)
    voided = 0
    for given in rows.filter(answer=Answer.GIVEN, withdrawn_at=None, invalidated_at=None):
        same = rows.filter(team=given.team_id, purpose=given.purpose).exclude(person=given.person_id)
        refused = Q(answer=Answer.REFUSED, invalidated_at=None, answered_at__gt=given.answered_at)
        if same.filter(refused | Q(withdrawn_at__gt=given.answered_at)).exists():
            given.invalidated_at, given.invalidated_why = at, OVERTAKEN
            given.checked()
            voided += 1
    return voided


def _refuse_to_lock_oneself_out(kept: Person, by: Agent) -> None:
    """A reunion that nobody could see could not be undone."""
    if not access.may_open(kept.pk, by=by, purpose=Purpose.RECORD):
        raise Refused(
            "closes-the-record",
            why="La personne a retiré depuis son accord à votre équipe : réunies, les deux fiches se fermeraient.",
            remedy="Demandez-lui d'abord si elle veut que vous gardiez une fiche.",
        )


def _give_back_agreements(kept: Person, merged: Person) -> None:
    """Restore what the reunion voided, unless the person has spoken since to that team about that, or at all."""
    rows = Agreement.objects.filter(person__in=kept.keys)
    for one in rows.filter(invalidated_at=merged.merged_at, invalidated_why=OVERTAKEN):
        since = Q(answered_at__gte=merged.merged_at) | Q(withdrawn_at__gte=merged.merged_at)
        spoken = rows.filter(since, team=one.team_id, purpose__in=[one.purpose, Purpose.RECORD])
        if not spoken.exists():
            one.invalidated_at, one.invalidated_why = None, ""
            one.checked()


def _give_back_facts(kept: Person, merged: Person) -> None:
    """Restore the facts that a newer one, on the record kept, took the place of; one no longer known stays so."""
    replaced = Fact.objects.filter(person=merged, replaced_at__gte=merged.merged_at)
    live = Fact.objects.filter(person=kept, replaced_at=None).values("path")
    replaced.filter(path__in=live).update(replaced_at=None)
