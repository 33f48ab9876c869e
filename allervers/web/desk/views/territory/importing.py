"""Bring a public file in: read it, slice by slice when it is large; see what it would do; then all of it or nothing."""

import re

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accounts.rules import require
from allervers.base.errors import Refused
from allervers.territory import imports
from allervers.territory.models import Import
from allervers.web.desk import incoming
from allervers.web.desk.asking import attempt, carry_out, sent
from allervers.web.desk.forms.territory import FileForm

A_SLICE = 2.0  # seconds of reading in one request
PRINT = re.compile(r"[0-9a-f]{64}")


@require_http_methods(["GET", "POST"])
def choose(request):
    """Choose a file; what waits already is shown above."""
    require(request.user, "change_territory")
    form = form_of(request)
    if sent(request, form) and begin(request, form):
        return redirect("territory-import-read")
    past = Import.objects.select_related("imported_by")[:10]
    context = {"form": form, "past": past, "waiting": incoming.of(request.user)}
    return render(request, "desk/territory/import.html", context)


def begin(request, form):
    """Keep the file aside and read its first slice; on a refusal, keep nothing."""
    file = request.FILES["file"]
    folder = incoming.keep(file, by=request.user)
    asked = {"kind": form.cleaned_data["kind"], "departements": departments_of(form.cleaned_data["departments"])}
    with (folder / "file").open("rb") as kept:
        reading = attempt(form, imports.begin, file=kept, filename=file.name[:200], **asked, seconds=A_SLICE)
    if reading:
        incoming.save(folder, reading)
    else:
        incoming.forget(folder)
    return reading


@require_http_methods(["GET", "POST"])
def read(request):
    """How far the file is read, or what it would do once it is read whole; a POST reads one slice more."""
    require(request.user, "change_territory")
    if request.method == "POST":
        return read_on(request)
    waiting = incoming.of(request.user)
    if waiting is None:
        return nothing_waits(request)
    page = "preview" if waiting.reading.preview else "reading"
    return render(request, f"desk/territory/{page}.html", {"waiting": waiting, "seen": waiting.reading.preview})


def read_on(request):
    """One slice more."""
    with incoming.held(request.user, request.POST.get("key", "")) as waiting:
        if waiting is None:
            return nothing_waits(request)
        if waiting.reading.preview is None and not a_slice_read(request, waiting):
            return redirect("territory-import")
    return redirect("territory-import-read")


def a_slice_read(request, waiting) -> bool:
    """Whether one slice more could be read; a file refused half-way is forgotten, and why is said."""
    try:
        with waiting.opened() as file:
            reading = imports.read_on(file, waiting.reading, seconds=A_SLICE)
    except Refused as refusal:
        incoming.forget(waiting.folder)
        messages.warning(request, f"{refusal.why} {refusal.remedy}")
        return False
    incoming.save(waiting.folder, reading)
    return True


@require_POST
def carry(request):
    """Do what the preview showed: all of it in one transaction."""
    require(request.user, "change_territory")
    with incoming.held(request.user, request.POST.get("key", "")) as waiting:
        if waiting is None:
            return nothing_waits(request)
        if waiting.reading.preview is None:
            return redirect("territory-import-read")
        done = brought_in(request, waiting)
        incoming.forget(waiting.folder)
    if done is None:
        return redirect("territory-import")
    said = f"{done.created} créées, {done.changed} changées, {done.unchanged} inchangées, {len(done.faults)} refusées."
    messages.info(request, f"Lignes : {said}")
    return redirect("territory")


def brought_in(request, waiting):
    """The import, or None when it is refused; why is said."""
    read = waiting.reading
    told = {"filename": read.filename, "kind": read.kind, "departements": read.departements, "by": request.user}
    with waiting.opened() as file:
        return carry_out(request, "Le fichier est importé.", imports.carry_out, file=file, **told)


@require_POST
def stop(request):
    """Forget the file; nothing of it was written."""
    require(request.user, "change_territory")
    with incoming.held(request.user, request.POST.get("key", "")) as waiting:
        if waiting is None:
            return nothing_waits(request)
        incoming.forget(waiting.folder)
    messages.success(request, "L'import est arrêté : rien n'a été écrit.")
    return redirect("territory-import")


def nothing_waits(request):
    """The button pressed twice, or much later."""
    known = request.POST.get("sha256", "")
    if PRINT.fullmatch(known) and Import.objects.filter(sha256=known).exists():
        messages.success(request, "Ce fichier est déjà importé.")
        return redirect("territory")
    why = "Le fichier n'est plus là : arrêté, remplacé par un autre, ou laissé plus d'une heure. Rien n'a été écrit."
    messages.warning(request, f"{why} Choisissez-le de nouveau.")
    return redirect("territory-import")


def form_of(request) -> FileForm:
    """The form, with the kinds of file we can read."""
    form = FileForm(request.POST or None, request.FILES or None)
    form.offer([(name, reader.title) for name, reader in imports.KINDS.items()])
    return form


def departments_of(text: str) -> list[str]:
    """ "31, 09" → ["31", "09"]."""
    return [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
