"""Bring a public file in: first what it would do, then do it; whole or not at all."""

import hashlib
import re
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accounts.rules import require
from allervers.base import clock
from allervers.territory import imports
from allervers.territory.models import Import
from allervers.web.desk.asking import attempt, carry_out
from allervers.web.desk.forms.territory import FileForm

A_DAY = 24 * 3600  # seconds
KEPT = re.compile(r"[0-9a-f]{64}")


@require_http_methods(["GET", "POST"])
def choose(request):
    """Choose a file, and see what it would change."""
    require(request.user, "change_territory")
    form = form_of(request)
    if request.method == "POST" and form.is_valid():
        key, departments = kept(request.FILES["file"]), form.cleaned_data["departments"]
        asked = {"kind": form.cleaned_data["kind"], "departements": departments_of(departments)}
        with place_of(key).open("rb") as file:
            seen = attempt(form, imports.preview, file=file, filename=request.FILES["file"].name[:200], **asked)
        if seen:
            return render(
                request, "desk/territory/preview.html", {"seen": seen, "key": key, "departments": departments}
            )
        place_of(key).unlink(missing_ok=True)
    return page(request, form)


def page(request, form):
    """The form, and what was imported before."""
    past = Import.objects.select_related("imported_by")[:10]
    return render(request, "desk/territory/import.html", {"form": form, "past": past})


@require_POST
def carry(request):
    """Do what the preview showed."""
    require(request.user, "change_territory")
    key = request.POST.get("key", "")
    if not KEPT.fullmatch(key) or not place_of(key).exists():
        return nothing_waits(request, key)
    asked = {"kind": request.POST.get("kind", ""), "departements": departments_of(request.POST.get("departments", ""))}
    with place_of(key).open("rb") as file:
        told = {"file": file, "filename": request.POST.get("filename", "")[:200], **asked}
        done = carry_out(request, "Le fichier est importé.", imports.carry_out, **told, by=request.user)
    if done is None:
        return redirect("territory-import")
    place_of(key).unlink(missing_ok=True)
    said = f"{done.created} créées, {done.changed} changées, {done.unchanged} inchangées, {len(done.faults)} refusées."
    messages.info(request, f"Lignes : {said}")
    return redirect("territory")


def nothing_waits(request, key):
    """The button pressed twice, or much later."""
    if KEPT.fullmatch(key) and Import.objects.filter(sha256=key).exists():
        messages.success(request, "Ce fichier est déjà importé.")
        return redirect("territory")
    messages.warning(request, "Le fichier n'est plus là. Choisissez-le de nouveau.")
    return redirect("territory-import")


def form_of(request) -> FileForm:
    """The form, with the kinds of file we can read."""
    form = FileForm(request.POST or None, request.FILES or None)
    form.offer([(name, reader.title) for name, reader in imports.KINDS.items()])
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
    forget_the_old(place.parent)
    with place.open("wb") as out:
        for chunk in upload.chunks():
            out.write(chunk)
    return digest.hexdigest()


def forget_the_old(folder: Path) -> None:
    """Files that nobody confirmed do not wait more than a day."""
    for one in folder.iterdir():
        if clock.now().timestamp() - one.stat().st_mtime > A_DAY:
            one.unlink(missing_ok=True)


def place_of(key: str) -> Path:
    """Where a file waits: public data only, never anything about a person."""
    return settings.VAR / "incoming" / key
