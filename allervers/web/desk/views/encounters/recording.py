"""Write that we met: one tap during an outing, or a page where nothing but the number is needed."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.encounters import ops
from allervers.encounters.models import Contact, Encounter
from allervers.outreach.models import Outing
from allervers.outreach.rules import EARLIEST
from allervers.people import access, search
from allervers.people.choices import Purpose
from allervers.territory.models import Area
from allervers.web.desk.asking import attempt, carry_out, sent
from allervers.web.desk.forms.encounters import ElsewhereForm, EncounterForm
from allervers.web.desk.views.outings import outing_or_refuse, teams_open_to

WITHOUT = "sans"  # `?outing=sans`: the encounter belongs to no outing
RECENT = timedelta(days=14)
SHOWN = 12  # outings to choose from, persons found
TWICE = "Cette rencontre était déjà notée : elle n'est comptée qu'une fois."


@require_POST
def tally(request, outing_id: UUID):
    """One tap: somebody without a name, a word or a greeting."""
    require(request.user, "record_encounter")
    outing = outing_or_refuse(request, outing_id)
    key, how = key_of(request.POST.get("id")), request.POST.get("how")
    if how not in Contact.values:
        how = Contact.CONVERSATION
    done = TWICE if is_known(key) else f"Noté : {Contact(how).label}."
    told = {"id": key, "outing": outing, "how": how, "anonymous_count": 1}
    carry_out(request, done, ops.record_encounter, **told, by=request.user)
    return redirect("outing", outing.pk)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request):
    """A new encounter; everything but the number is optional and folded away."""
    require(request.user, "record_encounter")
    wanted = request.GET.get("outing", "")
    key = key_of(wanted)
    outing = outing_or_refuse(request, key) if key else under_way(request.user)
    if wanted != WITHOUT and outing is None:
        return choose(request)
    return write(request, None if wanted == WITHOUT else outing)


def write(request, outing):
    """The page of an encounter during `outing`, or outside any."""
    people, looking = people_asked(request)
    start = {"people": [str(key) for key in people], "found": request.POST.get("find", "")}
    form = form_for(request, outing, people, start)
    if looking:
        form.data = form.data.copy()
        form.data["found"] = request.POST["find"]
    elif sent(request, form):
        known = is_known(form.cleaned_data["id"])
        if encounter := attempt(form, ops.record_encounter, **form.told(), by=request.user):
            messages.success(request, TWICE if known else "La rencontre est notée.")
            return redirect(after(request, encounter))
    shown = {
        "form": form,
        "outing": outing,
        "looking": looking,
        "may_know": may(request.user, "open_person"),
        "may_write": may(request.user, "write_person"),
        "may_rights": may(request.user, "work_out_rights"),
        "more": looking or bool(form.errors) or "people" in form.fields,
        "next_page": here_with_person(request),
        "towns": known_towns(request.user) if outing is None else (),
    }
    return render(request, "desk/encounters/new.html", shown)


def form_for(request, outing, people, start):
    """The form that fits: with an outing, or with a team and a commune."""
    if outing:
        return EncounterForm(request.POST or None, outing=outing, people=people, initial=start)
    start["town"] = next(iter(known_towns(request.user)), "")
    return ElsewhereForm(request.POST or None, teams=teams_open_to(request.user), people=people, initial=start)


def people_asked(request):
    """Key → name of those already chosen and of those just looked for; and whether the page is only looking."""
    if not may(request.user, "open_person"):
        return {}, False
    chosen = [key for one in [*request.POST.getlist("people"), request.GET.get("person")] if (key := key_of(one))]
    people = access.names(chosen, by=request.user, purpose=Purpose.RECORD) if chosen else {}
    sought = request.POST.get("find", "").strip()
    looking = bool(sought) and sought != request.POST.get("found", "").strip()
    if sought:
        found = search.find(sought, by=request.user, purpose=Purpose.RECORD)[:SHOWN]
        people |= {person.pk: person.label for person in found}
    return people, looking


def after(request, encounter) -> str:
    """Where the button pressed leads: rights with the person, the next encounter, or the outing."""
    if "rights" in request.POST:
        return f"{reverse('rights-start')}?encounter={encounter.pk}"
    if encounter.outing_id:
        return reverse("outing", args=[encounter.outing_id])
    return reverse("encounter", args=[encounter.pk])


def here_with_person(request) -> str:
    """This page again, with the person who will have been written down in between."""
    query = request.GET.copy()
    query.pop("person", None)
    return f"{request.path}?{query.urlencode()}{'&' if query else ''}person={{person}}"


def choose(request):
    """During which outing? The recent ones, or none."""
    now = clock.now()
    mine = Outing.objects.visible_to(request.user).not_cancelled().select_related("area", "place", "team")
    recent = mine.between(now - RECENT, now + EARLIEST).order_by("-starts_at", "id")[:SHOWN]
    return render(request, "desk/encounters/choose.html", {"outings": recent, "without": WITHOUT})


def under_way(agent) -> Outing | None:
    """The outing where the agent is now, when there is just one."""
    now = clock.now()
    mine = Outing.objects.visible_to(agent).with_everything().not_cancelled().filter(debriefed_at=None)
    now_on = mine.filter(started_at__lte=now, ends_at__gt=now)
    there = list(now_on.filter(Q(agents=agent) | Q(prepared_by=agent)).distinct().order_by("starts_at", "id")[:2])
    return there[0] if len(there) == 1 else None


def known_towns(agent) -> list[str]:
    """The communes where the agent's teams have been, latest first."""
    seen = Outing.objects.visible_to(agent).order_by("-starts_at", "id")[:50].values_list("area", flat=True)
    names = Area.objects.select_related("commune").in_bulk(set(seen))
    return list(dict.fromkeys((names[key].commune or names[key]).name for key in seen))


def is_known(key: UUID | None) -> bool:
    """Whether this key was already told: the same meeting, sent again."""
    return key is not None and Encounter.objects.filter(pk=key).exists()


def key_of(text) -> UUID | None:
    """The key written in the text, or none."""
    try:
        return UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None
