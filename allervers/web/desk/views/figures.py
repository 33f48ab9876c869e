"""Chiffres: the figures of a period, what each counts, the facts behind, the CSV, the report to the prefecture."""

from itertools import groupby

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.learning import definitions
from allervers.learning.definitions import FORMS, Unit
from allervers.learning.drilling import PAGE, facts_behind
from allervers.learning.export import export_csv
from allervers.learning.figures import figures, figures_by
from allervers.learning.periods import Period
from allervers.learning.report import annual_report
from allervers.learning.scope import Scope
from allervers.web.desk import drawing
from allervers.web.desk.forms.figures import FIRST, LAST, asked_of
from allervers.web.desk.templatetags.desk import euros

MAIN = ("met", "conversations", "rights_found", "rights_asked", "rights_opened", "euros_opened")
A_TABLE = 50
LAST_PAGE = 1_000_000


@require_safe
def show(request):
    """The figures, by family; a split as a table; two drawings."""
    require(request.user, "see_figures")
    form, asked = asked_of(request.GET)
    told = figures_by((asked["split"], rhythm_of(asked["period"])), scope=scope_of(asked), once=False)
    found, in_time = told[asked["split"]], told[rhythm_of(asked["period"])]
    page = Paginator(found.rows, A_TABLE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "found": found,
        "families": families_of(found.total),
        "columns": [definitions.BY_ID[one] for one in MAIN],
        "page": page,
        "rows": [(row, [(one, said(one, row[one])) for one in MAIN if tells(found, one)]) for row in page],
        "split": asked["split"],
        "query": request.GET.urlencode(),
        "may_drill": may(request.user, "drill_figures"),
        "met_chart": chart_of_meetings(in_time),
        "no_chart": chart_of_forms(found.total),
        "is_empty": not any(found.total.values.values()),
    }
    return render(request, "desk/figures/figures.html", context)


@require_safe
def behind(request, figure):
    """The facts that a figure counts, for those allowed."""
    require(request.user, "drill_figures")
    if figure not in definitions.BY_ID:
        raise Http404
    _, asked = asked_of(request.GET)
    asked["split"] = asked["split"] if "key" in request.GET else None
    asked["key"] = request.GET.get("key", "")
    number = whole_number(request.GET.get("page", ""), least=1, most=LAST_PAGE) or 1
    found = facts_behind(figure, **asked, start=(number - 1) * PAGE, by=request.user)
    page = Paginator(range(found.count), PAGE).get_page(number)
    if page.number != number:
        found = facts_behind(figure, **asked, start=(page.number - 1) * PAGE, by=request.user)
    context = {"found": found, "page": page, "weight": said(figure, found.weight), "query": request.GET.urlencode()}
    return render(request, "desk/figures/behind.html", context)


@require_safe
def csv(request):
    """The same figures for a spreadsheet, the few hidden."""
    require(request.user, "see_figures")
    _, asked = asked_of(request.GET)
    answer = HttpResponse("\ufeff" + export_csv(figures(**asked)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="chiffres-{asked["period"].until}.csv"'
    return answer


@require_safe
def report(request):
    """The annual report to the prefecture, to print and complete."""
    require(request.user, "see_figures")
    this_year = clock.today().year
    year = whole_number(request.GET.get("year", ""), least=FIRST.year, most=LAST.year) or this_year
    found = annual_report(Period.year(year), by=request.user)
    context = {"report": found, "year": year, "years": range(this_year, this_year - 4, -1), "main": columns_of(found)}
    return render(request, "desk/figures/report.html", context)


def families_of(total) -> list:
    """The figures by family, each with its definition and what it says."""
    lines = [(one, said(one.id, total[one.id]), total.counted(one.id)) for one in definitions.ALL]
    return [(family.value, list(group)) for family, group in groupby(lines, key=lambda line: line[0].family)]


def said(figure, value) -> str:
    """A figure as one reads it: euros, hours, days, or a count."""
    unit = definitions.BY_ID[figure].unit
    if value is None:
        return "–"
    if unit == Unit.EUROS:
        return euros(value)
    if unit == Unit.MINUTES:
        return f"{value // 60} h {value % 60:02d}"
    return f"{value} j" if unit == Unit.DAYS else f"{value:,}".replace(",", "\u202f")


def tells(found, figure) -> bool:
    """Whether this split can tell this figure."""
    return any(one.id == figure for one in found.shown)


def scope_of(asked) -> Scope:
    """What the figures are asked about."""
    return Scope(asked["period"], area=asked["area"], team=asked["team"])


def rhythm_of(period) -> str:
    """How a period is drawn: by week, or by month when it is long."""
    return "week" if (period.until - period.since).days <= 120 else "month"


def chart_of_meetings(found) -> str:
    """People met, with and without a name, by week or by month."""
    parts = [("sans nom", "met_anonymous"), ("connues", "met_known")]
    values = [(short(row.label), name, int(row[figure] or 0)) for row in found.rows for name, figure in parts]
    return drawing.columns(values, title="Personnes") if any(value for _, _, value in values) else ""


def short(label) -> str:
    """ "semaine du 2 novembre 2026" → "2 novembre"."""
    return label.removeprefix("semaine du ").rpartition(" ")[0]


def chart_of_forms(total) -> str:
    """What people say of their "not now" and "no", in the five forms."""
    rows = [(definitions.BY_ID[one].label.partition(" (")[0], total[one]) for one in FORMS]
    return drawing.bars(rows, title="Réponses") if any(value for _, value in rows) else ""


def columns_of(found) -> list:
    """The columns of the report's tables."""
    return [definitions.BY_ID[one] for one in MAIN]


def whole_number(text, *, least, most) -> int | None:
    """A number typed in the address bar, when it is one and lies between these."""
    number = int(text) if text.isdecimal() and len(text) < 8 else None
    return number if number is not None and least <= number <= most else None


addresses = [
    path("chiffres", show, name="figures"),
    path("chiffres/tableur", csv, name="figures-csv"),
    path("chiffres/rapport", report, name="figures-report"),
    path("chiffres/faits/<slug:figure>", behind, name="figures-behind"),
]
