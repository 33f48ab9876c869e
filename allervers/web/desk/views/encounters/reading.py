"""The page of one encounter: what is written, whom it concerns as far as one may know, what can follow."""

from uuid import UUID

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from allervers.accounts.rules import may, require
from allervers.encounters import reading
from allervers.encounters.models import Offer
from allervers.people import access, search
from allervers.people.choices import Purpose
from allervers.web.desk.views.encounters.recording import SHOWN, key_of


@never_cache
@require_safe
def encounter(request, encounter_id: UUID):
    """What is written of a meeting, and what can follow."""
    require(request.user, "record_encounter")
    seen = reading.open_encounter(encounter_id, by=request.user)
    one = seen.encounter
    return render(
        request,
        "desk/encounters/encounter.html",
        {
            "seen": seen,
            "one": one,
            "offered": [Offer(code).label for code in one.offered],
            "hidden": seen.known - len(seen.people),
            "computed": one.assessments.order_by("-worked_out_at", "id").prefetch_related("found"),
            "candidates": candidates(request, seen),
            "q": request.GET.get("q", ""),
            "may_know": may(request.user, "open_person"),
            "may_write": may(request.user, "write_person"),
            "may_rights": may(request.user, "work_out_rights"),
            "next_page": f"{request.path}?person={{person}}",
        },
    )


def candidates(request, seen) -> dict[UUID, str]:
    """Key → name of those who could be joined to the encounter: just written down, or looked for."""
    if not may(request.user, "open_person") or not seen.encounter.anonymous_count:
        return {}
    asked, sought = key_of(request.GET.get("person")), request.GET.get("q", "").strip()
    found = access.names([asked], by=request.user, purpose=Purpose.RECORD) if asked else {}
    if sought:
        people = search.find(sought, by=request.user, purpose=Purpose.RECORD)[:SHOWN]
        found |= {person.pk: person.label for person in people}
    return {key: name for key, name in found.items() if key not in seen.people}
