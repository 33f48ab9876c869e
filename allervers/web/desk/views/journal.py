"""The journal, for the administration: who did or read what, when; keys and codes, never somebody's name."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.apps import apps
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from allervers.accounts.reading import full_names
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.models import Entry
from allervers.web.desk.forms.journal import JournalFilter
from allervers.web.desk.gestures import in_words
from allervers.web.desk.listing import page_of

SHORT = 8  # characters of a key: enough to see that two lines speak of the same thing


@dataclass(frozen=True)
class Line:
    """A line as it is shown."""

    number: int
    at: datetime
    who: str
    gesture: str
    about: str
    person: str


@require_safe
def lines(request):
    """The lines, latest first."""
    require(request.user, "read_journal")
    form = JournalFilter(request.GET or None)
    page = page_of(request, filtered(Entry.objects.order_by("-number"), form))
    names = full_names({entry.by for entry in page})
    shown = [line_of(entry, names) for entry in page]
    filtering = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "page": page, "lines": shown, "filtering": filtering, "any": Entry.objects.exists()}
    return render(request, "desk/journal/list.html", context)


def filtered(rows, form):
    """What the filter asks for."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if what := asked.get("what"):
        rows = rows.filter(what=what)
    if by := asked.get("by"):
        rows = rows.filter(by=str(by.pk))
    if day := asked.get("day"):
        midnight = datetime.combine(day, time(), clock.PARIS)
        following = datetime.combine(day + timedelta(days=1), time(), clock.PARIS)
        rows = rows.filter(at__gte=midnight, at__lt=following)
    return rows


def line_of(entry: Entry, names) -> Line:
    """The codes of a line, in words."""
    label, _, key = entry.about.partition(":")
    return Line(
        number=entry.number,
        at=entry.at,
        who=names.get(entry.by, "un compte effacé"),
        gesture=in_words(entry.what),
        about=f"{thing(label)} {key[:SHORT]}",
        person=str(entry.person)[:SHORT] if entry.person else "",
    )


def thing(label: str) -> str:
    """`outreach.Outing` → `sortie`; a table that no longer exists keeps its code."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


@require_POST
def verify(request):
    """Walk the whole chain and say whether it holds."""
    require(request.user, "read_journal")
    verdict = journal.verify()
    if verdict.fault:
        messages.error(
            request, f"{verdict.fault} Ne touchez à rien, gardez une copie de la base et prévenez qui en répond."
        )
    else:
        messages.success(request, f"{verdict.lines} lignes, toutes à leur place. Sceau : {verdict.seal}")
    return redirect("journal")


addresses = [
    path("journal", lines, name="journal"),
    path("journal/verifier", verify, name="journal-verify"),
]
