"""Bring a public file in: first what it would do, then do it; whole or not at all."""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accounts.rules import require
from allervers.territory.imports import KINDS, carry_out, preview
from allervers.territory.models import Import
from allervers.web.desk.asking import attempt
from allervers.web.desk.forms.territory import FileForm

LARGEST = 200 * 1024 * 1024
KEPT = re.compile(r"[0-9a-f]{64}")


@require_http_methods(["GET", "POST"])
def choose(request):
    """Choose a file, and see what it would change."""
    require(request.user, "change_territory")
    form = form_of(request)
    if request.method == "POST" and form.is_valid():
        key = kept(request.FILES["file"])
        asked = {"kind": form.cleaned_data["kind"], "departements": departments_of(form.cleaned_data["departments"])}
        with place_of(key).open("rb") as file:
            seen = attempt(form, preview, file=file, filename=request.FILES["file"].name, **asked)
        if seen:
            context = {"seen": seen, "key": key, "departments": form.cleaned_data["departments"]}
            return render(request, "desk/territory/preview.html", context)
    past = Import.objects.select_related("imported_by")[:10]
    return render(request, "desk/territory/import.html", {"form": form, "past": past})


@require_POST
def carry(request):
    """Do what the preview showed."""
    require(request.user, "change_territory")
    key, form = request.POST.get("key", ""), form_of(request)
    if not KEPT.fullmatch(key) or not place_of(key).exists():
        messages.warning(request, "Le fichier n'est plus là. Choisissez-le de nouveau.")
        return redirect("territory-import")
    asked = {"kind": request.POST.get("kind", ""), "departements": departments_of(request.POST.get("departments", ""))}
    form.is_valid()
    form.errors.clear()
    with place_of(key).open("rb") as file:
        name = request.POST.get("filename", "")[:200]
        done = attempt(form, carry_out, file=file, filename=name, **asked, by=request.user)
    if done is None:
        return render(request, "desk/territory/import.html", {"form": form, "past": []})
    place_of(key).unlink(missing_ok=True)
    said = f"{done.created} créées, {done.changed} changées, {done.unchanged} inchangées, {len(done.faults)} refusées."
    messages.success(request, f"Fichier importé : {said}")
    return redirect("territory")


def form_of(request) -> FileForm:
    """The form, with the kinds of file we can read."""
    form = FileForm(request.POST or None, request.FILES or None)
    form.offer([(name, reader.title) for name, reader in KINDS.items()])
    return form


def departments_of(text: str) -> list[str]:
    """ "31, 09" → ["31", "09"]."""
    return [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]


def kept(upload) -> str:
    """Keep the file aside until it is confirmed, under the print of its content; answers that print."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    place = place_of(digest.hexdigest())
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    return digest.hexdigest()


def place_of(key: str) -> Path:
    """Where a file waits: public data only, never anything about a person."""
    return settings.VAR / "incoming" / key
