"""What a person answers to a team for a purpose: given, refused, taken back; and what falls with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db.models import QuerySet

from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.people import access, told
from allervers.people.choices import Answer, Purpose
from allervers.people.models import Agreement, CloseOne, Fact, Person, Saying
from allervers.people.ops.people import refuse_a_team_not_ones_own, words_of
from allervers.people.wordings import AgreementGiven

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team

REPLACED = "remplacé par une nouvelle réponse"
EMPTY = {"name": "", "is_pseudonym": False, "born": None, "phone": "", "language": "", "area": None}
NO_WISH = {"may_call": None, "may_text": None, "may_write": None, "may_visit": None, "contact_note": ""}
NO_KEYS = {"search_key": "", "phone_key": ""}


@dataclass
class Fallen:
    """What fell with an agreement: (team, purpose) of each answer closed, how many facts, whether nothing is left."""

    agreements: list[tuple[UUID, str]] = field(default_factory=list)
    facts: int = 0
    emptied: bool = False

    @property
    def purposes(self) -> set[str]:
        return {purpose for _, purpose in self.agreements}


@op
def record_agreement(
    *,
    id: UUID | None = None,
    person_id: UUID,
    team: Team,
    purpose: str,
    answer: str,
    agreement: AgreementGiven,
    by: Agent,
) -> Agreement:
    """Note what somebody answers to a team for a purpose; a new answer closes the one before."""
    require(by, "write_person")
    person = access.reach_person(person_id, by=by, purpose=Purpose.RECORD)
    said = {"team": team, "purpose": purpose, "answer": answer, "recorded_by": by, **words_of(agreement)}
    if known := told.already(Agreement, id, said):
        return known
    _refuse_the_wrong_team(team, purpose, by)
    _refuse_what_has_no_ground(person, team, purpose, answer, agreement)
    before = list(_standing(person).filter(team=team, purpose=purpose))
    if answer == Answer.GIVEN:
        _replace(before)
        fallen = Fallen()
    else:
        _replace(one for one in before if one.answer != Answer.GIVEN)
        fallen = _fall(person, [one for one in before if one.answer == Answer.GIVEN], by)
    new = Agreement(id=id or uuid4(), person=person, answered_at=clock.now(), **said)
    new.checked()
    journal.write(
        "people.agreement_recorded",
        by=by,
        about=new,
        person=person.pk,
        team=team.pk,
        purpose=purpose,
        answer=answer,
        fell=sorted(fallen.purposes),
    )
    return new


@op
def withdraw_agreement(*, person_id: UUID, team: Team, purpose: str, by: Agent) -> Fallen:
    """Take an agreement back, as the person asks; what stood on it falls with it, at once. Returns what fell.

    Without `record`, a team keeps nothing: its other agreements fall. Without `rights`, facts are deleted. When no team
    may keep the record any more, it is emptied: only its key, its answers and its refusals are left.
    """
    require(by, "write_person")
    person = access.reach_person(person_id, by=by, purpose=Purpose.RECORD)
    given = list(_standing(person).filter(team=team, purpose=purpose, answer=Answer.GIVEN))
    if not given:
        journal.nothing_changed()
        return Fallen()
    fallen = _fall(person, given, by)
    journal.write(
        "people.agreement_withdrawn",
        by=by,
        about=given[0],
        person=person.pk,
        team=team.pk,
        purpose=purpose,
        fell=sorted(fallen.purposes),
        facts=fallen.facts,
        emptied=fallen.emptied,
    )
    return fallen


@op
def invalidate_agreement(*, agreement_id: UUID, why: str, by: Agent) -> Fallen:
    """Declare that an agreement was not one (not understood, given by somebody else); what stood on it falls."""
    require(by, "write_person")
    known = Agreement.objects.filter(pk=agreement_id).first()
    if known is None:
        raise access.not_visible()
    person = access.reach_person(known.person_id, by=by, purpose=Purpose.RECORD)
    if known.withdrawn_at or known.invalidated_at:
        journal.nothing_changed()
        return Fallen()
    if not why.strip():
        raise Refused(
            "say-why",
            why="Il manque la raison pour laquelle cet accord ne vaut pas.",
            remedy="Dites en quelques mots ce qui s'est passé ; la personne pourra le lire.",
        )
    known.invalidated_at, known.invalidated_why = clock.now(), why.strip()
    known.checked()
    fallen = _fall(person, [], by, lost=[known])
    journal.write(
        "people.agreement_invalidated", by=by, about=known, person=person.pk, purpose=known.purpose, team=known.team_id
    )
    return fallen


def _standing(person: Person) -> QuerySet[Agreement]:
    """The answers neither taken back nor void, those past their day included."""
    return Agreement.objects.filter(person__in=person.keys, withdrawn_at=None, invalidated_at=None)


def _refuse_the_wrong_team(team: Team, purpose: str, by: Agent) -> None:
    """What is shared is agreed to for a partner's team; anything else, for a team of one's own."""
    if purpose != Purpose.SHARE:
        refuse_a_team_not_ones_own(team, by)
    elif not team.is_partner:
        raise Refused(
            "share-needs-a-partner",
            why="On partage avec l'équipe d'un partenaire, et la personne doit savoir laquelle.",
            remedy="Choisissez l'équipe du partenaire.",
        )


def _refuse_what_has_no_ground(person: Person, team: Team, purpose: str, answer: str, given: AgreementGiven) -> None:
    if given.expires_on and given.expires_on < clock.today():
        raise Refused(
            "already-over",
            why="Cet accord finirait avant de commencer.",
            remedy="Choisissez une date à venir, ou laissez la date vide.",
        )
    live = access.live_agreements(clock.today()).filter(person__in=person.keys, team=team, purpose=Purpose.RECORD)
    needed = answer == Answer.GIVEN and purpose not in (Purpose.RECORD, Purpose.SHARE)
    if needed and not live.exists():
        raise Refused(
            "no-record-agreement",
            why="Cette équipe n'a pas l'accord de la personne pour garder une fiche.",
            remedy="Demandez d'abord cet accord : les autres en dépendent.",
        )


def _replace(before: Iterable[Agreement]) -> None:
    for one in before:
        one.invalidated_at, one.invalidated_why = clock.now(), REPLACED
        one.checked()


def _fall(person: Person, given: list[Agreement], by: Agent, *, lost: Iterable[Agreement] = ()) -> Fallen:
    """Withdraw these agreements and all that stood on them and on those `lost`; the order is that of the grounds."""
    fallen = Fallen([(one.team_id, one.purpose) for one in lost])
    _withdraw(given, by, fallen)
    for team, purpose in list(fallen.agreements):
        if purpose == Purpose.RECORD and not _holds(person, Purpose.RECORD, team=team):
            _withdraw(_standing(person).filter(team=team, answer=Answer.GIVEN), by, fallen)
    if not _holds(person, Purpose.RECORD):
        _withdraw(_standing(person).filter(answer=Answer.GIVEN), by, fallen)
    if Purpose.RIGHTS in fallen.purposes and not _holds(person, Purpose.RIGHTS):
        fallen.facts, _ = Fact.objects.filter(person__in=person.keys).delete()
    if not _holds(person, Purpose.RECORD):
        _empty(person)
        fallen.emptied = True
    return fallen


def _withdraw(given: Iterable[Agreement], by: Agent, fallen: Fallen) -> None:
    for one in given:
        one.withdrawn_at, one.withdrawn_by = clock.now(), by
        one.checked()
        fallen.agreements.append((one.team_id, one.purpose))


def _holds(person: Person, purpose: str, *, team: UUID | None = None) -> bool:
    live = access.live_agreements(clock.today()).filter(person__in=person.keys, purpose=purpose)
    return (live.filter(team=team) if team else live).exists()


def _empty(person: Person) -> None:
    """Nobody may keep this record any more (RGPD, article 17, 1 b): what it says of the person goes."""
    keys = person.keys
    for model in (Fact, Saying, CloseOne):
        model.objects.filter(person__in=keys).delete()
    Person.objects.filter(pk__in=keys).update(**EMPTY, **NO_WISH, **NO_KEYS)
    person.refresh_from_db()
