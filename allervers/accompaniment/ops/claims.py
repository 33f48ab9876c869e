"""A claim of one right, and its dated facts. Where it stands is computed from these: see `rules.state`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from allervers.accompaniment import rules
from allervers.accompaniment.choices import EventKind
from allervers.accompaniment.models import Claim, Event, Journey
from allervers.accompaniment.ops.taking import person_of, reach, same_or_conflict, take, take_claim
from allervers.accompaniment.rights import is_money, name_of, right_called
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.encounters.models import Assessment, Encounter
from allervers.people import access, reading
from allervers.people.choices import RefusalKind

if TYPE_CHECKING:
    from allervers.accounts.models import Agent
    from allervers.people.models import Person


@op
def open_claim(
    *, id: UUID | None = None, journey: Journey, right: str, assessment: Assessment | None = None, by: Agent
) -> Claim:
    """Begin to claim a right with the person, perhaps from a computation that found it. Raises Refused, Conflict."""
    journey = take(journey, by)
    told = {"journey_id": journey.pk, "right": right, "assessment_id": assessment and assessment.pk}
    if id and (known := Claim.objects.filter(pk=id).first()):
        return same_or_conflict(known, told, "Cette demande")
    person = reach(person_of(journey), by)
    right_called(right)
    _refuse_declined(person, right)
    _refuse_double(person, journey, right)
    _refuse_somebody_elses(person, assessment)
    claim = Claim(
        **({"id": id} if id else {}), **told, **_expected(assessment, right), **_origin(person, journey, assessment),
        opened_at=clock.now(), opened_by=by,
    )  # fmt: skip
    claim.checked()
    journal.write("accompaniment.claim_opened", by=by, about=claim, person=journey.person_id, right=right)
    return claim


@op
def remove_claim(*, claim: Claim, by: Agent) -> None:
    """Remove a claim opened by mistake, as long as nothing happened to it."""
    claim = take_claim(claim, by)
    if claim.events.filter(struck_at=None).exists():
        raise Refused(
            "claim-has-facts",
            why="Des faits sont notés pour cette demande.",
            remedy="Annulez-les d'abord s'ils sont faux ; si la personne renonce, notez « laissé de côté ».",
        )
    journal.write("accompaniment.claim_removed", by=by, about=claim, person=claim.journey.person_id, right=claim.right)
    claim.delete()


@op
def correct_expected(*, claim: Claim, low: Decimal | None, high: Decimal | None, by: Agent) -> Claim:
    """Write again how much is expected, in € a month."""
    claim = take_claim(claim, by)
    if (claim.expected_low, claim.expected_high) == (low, high):
        journal.nothing_changed()
        return claim
    if low is not None and high is not None and low > high:
        raise Refused(
            "upside-down", why="Le montant le plus bas dépasse le plus haut.", remedy="Échangez les deux montants."
        )
    claim.expected_low, claim.expected_high = low, high
    claim.checked()
    journal.write("accompaniment.expected_corrected", by=by, about=claim, person=claim.journey.person_id)
    return claim


@op
def record_event(
    *,
    id: UUID | None = None,
    claim: Claim,
    kind: str,
    happened_on: date,
    amount: Decimal | None = None,
    starts_on: date | None = None,
    until: date | None = None,
    answer_by: date | None = None,
    note: str = "",
    by: Agent,
) -> Event:
    """Note that something happened to the claim, on its day. Amounts in € a month. Raises Refused, Conflict."""
    claim = take_claim(claim, by)
    told = {
        "claim_id": claim.pk, "kind": kind, "happened_on": happened_on, "amount": amount, "starts_on": starts_on,
        "until": until, "answer_by": answer_by, "note": note.strip(),
    }  # fmt: skip
    if id and (known := Event.objects.filter(pk=id).first()):
        return same_or_conflict(known, told, "Ce fait")
    _refuse_unknown_kind(kind)
    event = Event(**({"id": id} if id else {}), **told, recorded_at=clock.now(), recorded_by=by)
    opened_on = claim.opened_at.astimezone(clock.PARIS).date()
    others = list(claim.events.order_by("happened_on", "id"))
    rules.refuse_impossible_event(event, others, today=clock.today(), opened_on=opened_on, money=is_money(claim.right))
    event.checked()
    journal.write(
        "accompaniment.event_recorded", by=by, about=event, person=claim.journey.person_id, claim=claim.pk,
        right=claim.right, kind=kind, happened_on=happened_on, amount=amount,
    )  # fmt: skip
    return event


@op
def strike_event(*, event: Event, by: Agent) -> Event:
    """Take a fact back: it was noted by mistake. It stays written, and counts for nothing."""
    claim = take_claim(event.claim, by)
    fresh = claim.events.select_for_update().get(pk=event.pk)
    if fresh.struck_at:
        journal.nothing_changed()
        return fresh
    fresh.struck_at, fresh.struck_by = clock.now(), by
    fresh.checked()
    journal.write(
        "accompaniment.event_struck", by=by, about=fresh, person=claim.journey.person_id, claim=claim.pk,
        kind=fresh.kind,
    )  # fmt: skip
    return fresh


def _refuse_unknown_kind(kind: str) -> None:
    if kind not in EventKind.values:
        raise Refused(
            "unknown-event",
            why="Ce fait n'est pas dans la liste.",
            remedy=f"Choisissez parmi : {', '.join(str(label) for label in EventKind.labels)}.",
        )


def _refuse_declined(person: Person, right: str) -> None:
    """A right the person does not want is not claimed, until they say otherwise."""
    no = reading.refusals_of(person).filter(kind=RefusalKind.NOT_THIS_RIGHT, right=right, lifted_at=None)
    if no.exists():
        raise Refused(
            "declined-by-the-person",
            why=f"La personne a dit non pour ce droit : {name_of(right)}.",
            remedy="Si elle a changé d'avis, écrivez d'abord que son refus est levé.",
        )


def _refuse_double(person: Person, journey: Journey, right: str) -> None:
    """One live claim of a right at a time, over the journeys of the team with this person."""
    theirs = Claim.objects.filter(journey__person__in=person.keys, journey__team=journey.team, right=right)
    for claim in theirs.prefetch_related("events").order_by("opened_at", "id"):
        standing = rules.state(claim.events.all(), clock.today(), money=is_money(right))
        if standing.is_live:
            raise Refused(
                "claimed-already",
                why=f"Une demande est déjà en cours pour ce droit ({standing.label}).",
                remedy="Continuez la demande qui existe, ou notez d'abord comment elle s'est arrêtée.",
            )


def _refuse_somebody_elses(person: Person, assessment: Assessment | None) -> None:
    if assessment is None or assessment.person_id in person.keys:
        return
    met = assessment.encounter_id and Encounter.objects.filter(pk=assessment.encounter_id, people__in=person.keys)
    if assessment.person_id or not met or not met.exists():
        raise Refused(
            "somebody-elses",
            why="Ce calcul n'est pas celui de cette personne.",
            remedy="Refaites le calcul avec elle, ou ouvrez la demande sans calcul.",
        )


def _expected(assessment: Assessment | None, right: str) -> dict[str, Any]:
    """How much the computation found, when it found this right and an amount."""
    found = assessment and assessment.found.filter(right=right).first()
    if not found or not is_money(right) or found.high == 0:
        return {}
    return {"expected_low": found.low, "expected_high": found.high}


def keep_first_meeting(journey: Journey) -> None:
    """Keep with its claims the day of the first meeting, where it was written after them: links may be erased now."""
    if journey.person_id and (first := _first_meeting(access.keys_of(journey.person_id), journey)):
        day = first.happened_at.astimezone(clock.PARIS).date()
        journey.claims.filter(Q(met_on=None) | Q(met_on__gt=day)).update(met_on=day)


def _origin(person: Person, journey: Journey, assessment: Assessment | None) -> dict[str, Any]:
    """Where and when the team met the person: at the computation's encounter, or the first time."""
    first = _first_meeting(person.keys, journey)
    here = (assessment and assessment.encounter) or first
    return {
        "met_on": first and first.happened_at.astimezone(clock.PARIS).date(),
        "area_id": here.area_id if here else person.area_id,
        "outing_id": here and here.outing_id,
    }


def _first_meeting(keys: list[UUID], journey: Journey) -> Encounter | None:
    met = Encounter.objects.filter(people__in=keys, struck_at=None, team=journey.team)
    return met.order_by("happened_at", "id").first()
