"""Find a person again, or write a record with them."""

import uuid

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accounts import reading as accounts
from allervers.accounts.rules import may, require
from allervers.people import access, likeness, ops, search, wordings
from allervers.people.choices import Purpose
from allervers.web.desk.asking import attempt
from allervers.web.desk.forms.people import NewPerson

A_PAGE = 30


@require_safe
def people(request):
    """Those the agent's teams may see; `q` finds by name or phone."""
    require(request.user, "open_person")
    q = request.GET.get("q", "").strip()
    purpose = purpose_of(request.user)
    found = (
        search.find(q, by=request.user, purpose=purpose)
        if q
        else access.visible_people(by=request.user, purpose=purpose)
    )
    page = Paginator(found.select_related("area"), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "q": q, "may_write": may(request.user, "write_person")}
    return render(request, "desk/people/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request):
    """Write a record, with the words read and the person's answer."""
    require(request.user, "write_person")
    teams = accounts.teams_of(request.user)
    form = NewPerson(request.POST or None, teams=teams, initial={"id": uuid.uuid4()})
    context = {"form": form, "wording": wordings.TEXTS[Purpose.RECORD], "next": request.GET.get("next", "")}
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        alike = [] if request.POST.get("another") else likely_same(asked, request.user)
        if alike:
            return render(request, "desk/people/new.html", {**context, "alike": alike})
        if person := attempt(form, ops.welcome_person, **welcome(asked), by=request.user):
            return redirect(next_page(request, person))
    return render(request, "desk/people/new.html", context)


def welcome(asked) -> dict:
    """The form, in the words of the op."""
    agreement = wordings.standard(Purpose.RECORD, route=asked["route"])
    plain = {name: asked[name] for name in ("id", "team", "name", "is_pseudonym", "phone", "area")}
    return {**plain, "agreement": agreement}


def likely_same(asked, agent) -> list:
    """Records that may be of the same person: shown, never imposed; itself excepted, when the page is sent twice."""
    area = asked["area"].pk if asked["area"] else None
    draft = likeness.Draft(name=asked["name"], phone=asked["phone"], area=area, is_pseudonym=asked["is_pseudonym"])
    return [pair for pair in likeness.likely_same(draft, by=agent) if pair[0].pk != asked["id"]]


def next_page(request, person) -> str:
    """Where the page that sent us wants to go on (`{person}` stands for the new record), else the record."""
    wanted = request.GET.get("next", "").replace("{person}", str(person.pk))
    safe = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if safe else reverse("person", args=[person.pk])


def purpose_of(agent) -> str:
    """What a list of persons is for, in this role."""
    return Purpose.SHARE if agent.role == "partner_agent" else Purpose.RECORD
