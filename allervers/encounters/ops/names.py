"""Put a known person in an encounter, by their agreement only; take them out and count them still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from allervers.accounts.rules import require
from allervers.base import journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.encounters import rules
from allervers.encounters.models import Assessment, Encounter, RightFound
from allervers.encounters.ops.finding_once import tell_first_findings
from allervers.encounters.ops.taking import computed_for, reach_people, sole, take, the_same

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team


@op
def name_people(*, encounter: Encounter, people: Sequence[UUID], by: Agent) -> Encounter:
    """Join persons who agreed to an encounter where they were counted without a name: the count stays the same."""
    encounter = take(encounter, by)
    there = set(encounter.people.values_list("pk", flat=True))
    joined = [person for person in reach_people(people, by) if person.pk not in there]
    if not joined:
        journal.nothing_changed()
        return encounter
    if len(joined) > encounter.anonymous_count:
        raise Refused(
            "nobody-left-to-name",
            why=f"Personnes sans nom dans cette rencontre : {encounter.anonymous_count}, pas {len(joined)}.",
            remedy="Corrigez d'abord le nombre de personnes rencontrées.",
        )
    encounter.anonymous_count -= len(joined)
    encounter.checked()
    encounter.people.add(*joined)
    journal.write("encounters.named", by=by, about=encounter, person=sole(joined), known=len(joined))
    return encounter


@op
def take_name_off(*, encounter: Encounter, person_id: UUID, by: Agent) -> Encounter:
    """Undo a name put by mistake: the person is counted without a name again."""
    encounter = take(encounter, by)
    [person] = reach_people([person_id], by)
    mistaken = list(encounter.people.filter(pk__in=person.keys))
    if not mistaken:
        journal.nothing_changed()
        return encounter
    encounter.people.remove(*mistaken)
    encounter.anonymous_count += len(mistaken)
    theirs = encounter.assessments.filter(person__in=mistaken)
    RightFound.objects.filter(assessment__in=theirs.order_by().values("pk")).update(again=False)
    theirs.update(person=None, facts=None)
    tell_first_findings(one.pk for one in mistaken)
    encounter.checked()
    journal.write("encounters.name_taken_off", by=by, about=encounter, person=person.pk)
    return encounter


@op
def make_anonymous(*, person_id: UUID, team: Team | None = None, by: Agent) -> int:
    """Take a person out of the encounters and computations of rights of a team, or of every team.

    Called when the person withdraws or is erased, so their agreement is not asked. Figures hold: they stay counted,
    without a name. What they said goes where they were alone; sentences that quote their household go everywhere.
    Answers how many encounters changed.
    """
    require(by, "write_person")
    theirs = Encounter.objects.filter(the_same("people", person_id)).order_by().values("pk")
    there = Encounter.objects.filter(pk__in=theirs).select_for_update(of=("self",)).order_by("pk")
    computed = computed_for(person_id)
    if team:
        there, computed = there.filter(team=team), computed.filter(team=team)
    changed = [_count_without_name(encounter, person_id) for encounter in there]
    worked_out = list(computed)
    for assessment in worked_out:
        _keep_results_only(assessment)
    if not changed and not worked_out:
        journal.nothing_changed()
        return 0
    about: Encounter | Assessment = changed[0] if changed else worked_out[0]
    journal.write(
        "encounters.made_anonymous", by=by, about=about, person=person_id,
        encounters=len(changed), assessments=len(worked_out),
    )  # fmt: skip
    return len(changed)


def _keep_results_only(assessment: Assessment) -> None:
    assessment.person, assessment.facts = None, None
    assessment.answer = rules.bare(assessment.answer)
    assessment.checked()


def _count_without_name(encounter: Encounter, person_id: UUID) -> Encounter:
    erased = list(encounter.people.filter(the_same("", person_id)).distinct())
    alone = encounter.anonymous_count == 0 and encounter.people.count() == len(erased)
    encounter.people.remove(*erased)
    encounter.anonymous_count += len(erased)
    encounter.told = ""
    if alone:
        encounter.said = encounter.agreed = ""
        encounter.news_by = None
    encounter.checked()
    return encounter
