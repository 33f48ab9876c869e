"""Keep the rights worked out together: results always, facts only if the person agrees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allervers.accounts.models import Agent, Team
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Conflict, Refused
from allervers.base.ops import op
from allervers.encounters import rules
from allervers.encounters.models import Assessment, Encounter, RightFound
from allervers.encounters.ops.finding_once import tell_first_findings
from allervers.encounters.ops.taking import computed_for, refuse_stranger, take
from allervers.people import access

if TYPE_CHECKING:
    from allervers.people.models import Person


@op
def keep_assessment(
    *,
    id: UUID | None = None,
    encounter: Encounter | None = None,
    person_id: UUID | None = None,
    team: Team,
    day: date,
    answer: Mapping[str, Any],
    facts: Mapping[str, Any] | None = None,
    by: Agent,
) -> Assessment:
    """Keep what `rights.assess` answered for `day`. Without a person: the results only, no sentence, no fact.

    `answer` is the JSON of household.md; `facts`, the household document, needs the person's agreement to keep it
    (purpose `rights`). Told again with the same `id`: nothing more; told differently: Conflict. Raises Refused.
    """
    require(by, "work_out_rights")
    rules.refuse_what_is_no_answer(answer)
    if known := _already_kept(id, answer, day, encounter, person_id):
        return known
    refuse_stranger(by, team, clock.today())
    if encounter:
        encounter = take(encounter, by)
    person = _opened(person_id, facts, by)
    _refuse_somebody_else(encounter, person)
    kept = dict(answer) if person else rules.bare(answer)
    assessment = Assessment(
        **({"id": id} if id else {}), encounter=encounter, person=person, team=team, day=day, answer=kept,
        engine=str(answer.get("engine", "")), facts=dict(facts) if facts is not None else None,
        worked_out_at=clock.now(), worked_out_by=by,
    )  # fmt: skip
    assessment.checked()
    found = [RightFound(assessment=assessment, **vars(finding)) for finding in rules.findings(answer)]
    RightFound.objects.bulk_create(found)
    tell_first_findings([assessment.person_id])
    journal.write(
        "encounters.rights_worked_out", by=by, about=assessment, person=person.pk if person else None, day=day,
        rights=[right.right for right in found], facts_kept=facts is not None,
    )  # fmt: skip
    return assessment


@op
def join_assessment(
    *, assessment: Assessment, person_id: UUID, facts: Mapping[str, Any] | None = None, by: Agent
) -> Assessment:
    """Give a computation made without a name to the person who now agrees; the facts too, if they agree to that."""
    assessment = _held(assessment, by)
    person = _opened(person_id, facts, by)
    assert person is not None
    if assessment.person_id == person.pk and assessment.facts == facts:
        journal.nothing_changed()
        return assessment
    if assessment.person_id not in (None, person.pk):
        raise Refused(
            "somebody-elses",
            why="Ce calcul est celui d'une autre personne.",
            remedy="Refaites le calcul avec cette personne.",
        )
    _refuse_somebody_else(assessment.encounter, person)
    assessment.person, assessment.facts = person, dict(facts) if facts is not None else None
    assessment.checked()
    tell_first_findings([person.pk])
    journal.write("encounters.assessment_joined", by=by, about=assessment, person=person.pk)
    return assessment


@op
def remove_assessment(*, assessment: Assessment, by: Agent) -> None:
    """Remove a computation kept by mistake, with the rights it found."""
    assessment = _held(assessment, by)
    journal.write("encounters.assessment_removed", by=by, about=assessment, person=assessment.person_id)
    assessment.delete()
    tell_first_findings([assessment.person_id])


@op
def forget_facts(*, person_id: UUID, team: Team | None = None, by: Agent) -> int:
    """Forget the household facts kept with a person's computations (a team's, or every team's); results stay.

    Called when the person withdraws the agreement, so it is not asked. Answers how many computations changed.
    """
    require(by, "write_person")
    kept = computed_for(person_id).filter(facts__isnull=False)
    forgotten = list(kept.filter(team=team) if team else kept)
    for assessment in forgotten:
        assessment.facts, assessment.answer = None, rules.bare(assessment.answer)
        assessment.checked()
    if forgotten:
        journal.write("encounters.facts_forgotten", by=by, about=forgotten[0], person=person_id, count=len(forgotten))
    else:
        journal.nothing_changed()
    return len(forgotten)


def _already_kept(
    id: UUID | None, answer: Mapping[str, Any], day: date, encounter: Encounter | None, person_id: UUID | None
) -> Assessment | None:
    known = Assessment.objects.filter(pk=id).first() if id else None
    if known is None:
        return None
    same = known.day == day and known.encounter_id == (encounter and encounter.pk)
    if not same or rules.bare(known.answer) != rules.bare(answer) or known.person_id not in (person_id, None):
        raise Conflict(
            "told-differently",
            why="Ce calcul est déjà enregistré autrement.",
            remedy="Refaites le calcul et enregistrez-le comme un nouveau.",
        )
    journal.nothing_changed()
    return known


def _opened(person_id: UUID | None, facts: Mapping[str, Any] | None, by: Agent) -> Person | None:
    if person_id:
        return access.reach_person(person_id, by=by, purpose="record" if facts is None else "rights")
    if facts is not None:
        raise Refused(
            "facts-without-a-person",
            why="Les faits d'un foyer ne se gardent qu'avec une personne qui l'accepte.",
            remedy="Gardez les résultats seuls, ou demandez son accord à la personne.",
        )
    return None


def _refuse_somebody_else(encounter: Encounter | None, person: Person | None) -> None:
    if encounter and person and not encounter.people.filter(pk__in=person.keys).exists():
        raise Refused(
            "not-in-the-encounter",
            why="Cette personne ne figure pas dans la rencontre.",
            remedy="Avec son accord, ajoutez-la d'abord à la rencontre.",
        )


def _held(assessment: Assessment, by: Agent) -> Assessment:
    require(by, "work_out_rights")
    fresh = Assessment.objects.select_for_update(of=("self",)).filter(pk=assessment.pk).first()
    if fresh is None:
        raise Refused("not-visible", why="Ce calcul n'existe plus.", remedy="Refaites le calcul.")
    refuse_stranger(by, fresh.team, clock.today())
    return fresh
