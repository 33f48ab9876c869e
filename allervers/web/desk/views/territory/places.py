"""Add a place where people already go, or correct it."""

import uuid

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from allervers.accounts.rules import require
from allervers.territory import ops
from allervers.territory.models import Area, Place
from allervers.web.desk.asking import attempt
from allervers.web.desk.forms.territory import PlaceForm


@require_http_methods(["GET", "POST"])
def new(request, code):
    """Add a place to a commune."""
    require(request.user, "change_territory")
    area = get_object_or_404(Area, code=code)
    form = PlaceForm(request.POST or None, initial={"id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        added = attempt(form, ops.add_place, area=area, **form.cleaned_data, by=request.user)
        if added:
            messages.success(request, f"{added.name} est ajouté.")
            return redirect("area", area.code)
    return render(request, "desk/territory/place.html", {"area": area, "form": form, "title": "Ajouter un lieu"})


@require_http_methods(["GET", "POST"])
def change(request, place_id):
    """Correct a place, and say when it was checked."""
    require(request.user, "change_territory")
    place = get_object_or_404(Place.objects.select_related("area"), pk=place_id)
    names = ("name", "kind", "address", "opening_hours", "note", "checked_on")
    form = PlaceForm(request.POST or None, initial={name: getattr(place, name) for name in names})
    if request.method == "POST" and form.is_valid():
        if attempt(form, corrected, place=place, said=form.cleaned_data, by=request.user):
            messages.success(request, "C'est corrigé.")
        if not form.errors:
            return redirect("area", place.area.code)
    return render(request, "desk/territory/place.html", {"area": place.area, "form": form, "title": place.name})


def corrected(*, place, said, by):
    """What was corrected, then the day it was checked."""
    told = {name: said[name] for name in ("name", "kind", "address", "opening_hours", "note")}
    place = ops.correct_place(
        place=place, area=place.area, latitude=place.latitude, longitude=place.longitude, **told, by=by
    )
    if said["checked_on"] and said["checked_on"] != place.checked_on:
        place = ops.check_place(place=place, on=said["checked_on"], by=by)
    return place
