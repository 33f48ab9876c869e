"""What is decided at the end: ask, not now, no; kept with the person's agreement, or counted without a name."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from allervers.accompaniment import ops as accompaniment
from allervers.accounts.rules import require
from allervers.base.errors import Refused
from allervers.encounters import ops as encounters
from allervers.encounters import reading as met
from allervers.people import access, reading
from allervers.people import ops as people
from allervers.people.choices import FactSource, Purpose, RefusalKind
from allervers.web.desk.asking import DOORS
from allervers.web.desk.views.journeys.reading import claimed_in, live_journey
from allervers.web.desk.views.rights.asking import talk_of
from allervers.web.desk.views.rights.results import choices_of, results

KEPT = "Vos choix sont notés."
COUNTED = "Les droits repérés sont comptés, sans nom et sans aucun détail de la situation."


@require_http_methods(["GET", "POST"])
def settle(request):
    """Keep the answer, note each no, open each claim; or count the rights found, without a name."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None or talk.answer is None or not (talk.person or talk.encounter):
        return redirect("rights-start")
    try:
        return settled_with(request, talk, choices_of(request.POST)) if talk.person else counted(request, talk)
    except Refused as refusal:
        if refusal.code in DOORS:
            raise
        return results(request, talk, fault=f"{refusal.why} {refusal.remedy}")


@transaction.atomic
def counted(request, talk):
    """Attach the results, and nothing else, to the meeting."""
    meeting = met.open_encounter(UUID(talk.encounter), by=request.user).encounter
    answer, day = talk.answer, date.fromisoformat(talk.answer["day"])
    encounters.keep_assessment(
        id=UUID(talk.key), encounter=meeting, team=meeting.team, day=day, answer=answer, by=request.user
    )
    messages.success(request, COUNTED)
    return redirect("encounter", meeting.pk)


@transaction.atomic
def settled_with(request, talk, chosen):
    """All that the person decided, or nothing."""
    agent = request.user
    person = access.open_person(UUID(talk.person), by=agent, purpose=Purpose.RIGHTS)
    people.note_household(person_id=person.pk, document=talk.document, source=FactSource.SAID, by=agent)
    assessment = encounters.keep_assessment(
        id=UUID(talk.key),
        encounter=meeting_with(person, talk, agent),
        person_id=person.pk,
        team=reading.team_of(person, by=agent),
        day=date.fromisoformat(talk.answer["day"]),
        answer=talk.answer,
        facts=talk.document,
        by=agent,
    )
    note_refusals(person, chosen, UUID(talk.key), agent)
    after = open_claims(person, assessment, [right for right, choice in chosen.items() if choice == "ask"], agent)
    messages.success(request, KEPT)
    return redirect(after)


def meeting_with(person, talk, agent):
    """The meeting where this took place, the person in it; None when there is none."""
    if not talk.encounter:
        return None
    meeting = met.open_encounter(UUID(talk.encounter), by=agent).encounter
    if meeting.people.filter(pk__in=person.keys).exists():
        return meeting
    return encounters.name_people(encounter=meeting, people=[person.pk], by=agent)


def note_refusals(person, chosen, key, agent) -> None:
    """Each "not now" and each "no", about one right only; pressed twice, noted once."""
    kinds = {"not_now": (RefusalKind.NOT_NOW, True), "no": (RefusalKind.NOT_THIS_RIGHT, None)}
    for right, choice in chosen.items():
        if choice in kinds:
            kind, again = kinds[choice]
            people.record_refusal(
                id=uuid5(key, right), person_id=person.pk, kind=kind, right=right, may_come_back=again, by=agent
            )


def open_claims(person, assessment, rights, agent) -> str:
    """Open a claim for each right asked; where there is no journey yet, the page that proposes one."""
    if not rights:
        return reverse("person", args=[person.pk])
    change_of_mind(person, rights, agent)
    journey = live_journey(person, agent)
    if journey is None:
        wanted = urlencode({"right": rights, "assessment": assessment.pk}, doseq=True)
        return f"{reverse('journey-new', args=[person.pk])}?{wanted}"
    claimed = claimed_in(journey)
    for right in rights:
        if right not in claimed:
            accompaniment.open_claim(journey=journey, right=right, assessment=assessment, by=agent)
    return reverse("journey", args=[journey.pk])


def change_of_mind(person, rights, agent) -> None:
    """Asking for a right is the newest answer: what they had said of it, and of it only, no longer stands."""
    for no in reading.refusals_of(person).filter(right__in=rights, lifted_at=None):
        people.lift_refusal(refusal_id=no.pk, by=agent)
