"""What happens in a journey: a right asked, a dated fact, a step, a change of lead, an end; each can be taken back."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accompaniment import ops, reading
from allervers.accompaniment.choices import EventKind
from allervers.accompaniment.models import Claim, Event, Journey, Step
from allervers.accompaniment.rights import is_money, name_of
from allervers.accounts.rules import require
from allervers.base import clock
from allervers.web.desk.asking import attempt, carry_out
from allervers.web.desk.forms import journeys as forms
from allervers.web.desk.views.journeys.page import context_of, leads_of

STEP_GESTURES = {
    "finish": ("C'est fait.", ops.finish_step),
    "drop": ("Ce pas est laissé.", ops.drop_step),
    "reopen": ("Ce pas est repris.", ops.reopen_step),
}


@require_POST
def claim(request, journey_id):
    """Begin to claim one more right."""
    found, person = reading.open_journey(journey_id, by=request.user)
    form = forms.NewClaim(request.POST, auto_id="claim_%s")
    if form.is_valid() and attempt(form, ops.open_claim, journey=found, **form.cleaned_data, by=request.user):
        messages.success(request, "La demande est commencée.")
        return redirect("journey", found.pk)
    return refused(request, found, person, claim_form=form)


@require_POST
def remove_claim(request, claim_id):
    """Take back a claim opened by mistake."""
    require(request.user, "lead_journey")
    found = reading.found(Claim, claim_id)
    carry_out(request, "La demande est retirée.", ops.remove_claim, claim=found, by=request.user)
    return redirect("journey", found.journey_id)


@require_http_methods(["GET", "POST"])
def event(request, claim_id):
    """Note what happened, on its day."""
    require(request.user, "lead_journey")
    found = reading.found(Claim, claim_id)
    _, person = reading.open_journey(found.journey_id, by=request.user)
    kind = request.GET.get("kind") if request.GET.get("kind") in EventKind.values else None
    form = forms.NewEvent(request.POST or None, initial={"id": uuid.uuid4(), "kind": kind, **suggested(found, kind)})
    if request.method == "POST" and form.is_valid():
        noted = attempt(form, ops.record_event, claim=found, **form.cleaned_data, by=request.user)
        if noted:
            messages.success(request, f"Noté : {noted.get_kind_display()}.")
            return redirect("journey", found.journey_id)
    return render(request, "desk/journeys/event.html", {"claim": found, "person": person, **asked_of(found, form)})


def asked_of(found, form) -> dict:
    """What the page of a fact shows: what may follow from where the claim stands first, the rest folded away."""
    likely = reading.gestures_for(reading.standing_of(found), money=is_money(found.right))
    others = [kind for kind in EventKind if kind not in likely]
    dated = ("amount", "starts_on", "until")
    return {
        "form": form,
        "name": name_of(found.right),
        "likely": likely,
        "others": others,
        "others_open": form["kind"].value() in others,
        "dated_open": any(form[name].value() or form[name].errors for name in dated) or wants_a_start(form),
    }


def wants_a_start(form) -> bool:
    """Whether the fact is a grant: its first day is needed."""
    return form["kind"].value() in (EventKind.GRANTED, EventKind.RENEWED)


def suggested(found, kind) -> dict:
    """What a grant probably says: from this month, and as much as the computation found when it was sure of it."""
    if kind != EventKind.GRANTED:
        return {}
    low, high = found.expected_low, found.expected_high
    sure = low is not None and high is not None and high - low < 1
    return {"starts_on": clock.today().replace(day=1), "amount": high if sure else None}


@require_POST
def strike(request, event_id):
    """Take a fact back."""
    require(request.user, "lead_journey")
    found = reading.found(Event, event_id)
    carry_out(request, "C'est annulé.", ops.strike_event, event=found, by=request.user)
    return redirect("journey", found.claim.journey_id)


@require_POST
def step(request, journey_id):
    """Agree on a step."""
    found, person = reading.open_journey(journey_id, by=request.user)
    form = forms.NewStep(request.POST, auto_id="step_%s")
    if form.is_valid() and attempt(form, ops.agree_step, journey=found, **form.cleaned_data, by=request.user):
        messages.success(request, "Le pas est écrit.")
        return redirect("journey", found.pk)
    return refused(request, found, person, step_form=form)


@require_POST
def change_step(request, step_id):
    """A step is done, let go, or taken up again."""
    require(request.user, "lead_journey")
    found, asked = reading.found(Step, step_id), request.POST.get("gesture", "finish")
    if asked not in STEP_GESTURES:
        raise Http404
    done, gesture = STEP_GESTURES[asked]
    carry_out(request, done, gesture, step=found, by=request.user)
    return redirect("today" if request.POST.get("from") == "today" else reverse("journey", args=[found.journey_id]))


@require_POST
def lead(request, journey_id):
    """The person chooses somebody else."""
    found, person = reading.open_journey(journey_id, by=request.user)
    form = forms.ChangeLead(request.POST, leads=leads_of(found.team))
    asked = {"journey": found, "lead_chosen_by_person_on": clock.today(), "by": request.user}
    if form.is_valid() and attempt(form, ops.change_lead, lead=form.cleaned_data["lead"], **asked):
        messages.success(request, "C'est noté.")
        return redirect("journey", found.pk)
    return refused(request, found, person, lead_form=form)


@require_POST
def end(request, journey_id):
    """The journey ends, as the person wishes."""
    found, person = reading.open_journey(journey_id, by=request.user)
    form = forms.End(request.POST, auto_id="end_%s")
    if form.is_valid() and attempt(form, ops.end_journey, journey=found, **form.cleaned_data, by=request.user):
        messages.success(request, "Le parcours est fini. On peut le reprendre si la personne le souhaite.")
        return redirect("journey", found.pk)
    return refused(request, found, person, end_form=form)


def refused(request, found, person, **form):
    """The journey's page again, with what was typed and why it could not be."""
    [why] = form.values()
    return render(request, "desk/journeys/journey.html", context_of(found, person, request.user, refused=why, **form))


@require_POST
def reopen(request, journey_id):
    """Take the journey up again."""
    require(request.user, "lead_journey")
    found = reading.found(Journey, journey_id)
    carry_out(request, "Le parcours reprend.", ops.reopen_journey, journey=found, by=request.user)
    return redirect("journey", found.pk)
