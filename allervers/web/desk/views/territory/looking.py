"""The communes as a table and a map, and the page of one: figures, places, past outings, why here."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from allervers.accounts.rules import may, require
from allervers.outreach.models import Outing
from allervers.people.keys import name_key
from allervers.territory import reading
from allervers.territory.indicators import INDICATORS, SHOWN_FIRST, plain
from allervers.territory.models import Area, AreaKind
from allervers.territory.why import why_here
from allervers.web.desk import drawing

A_PAGE = 50
A_FEW = 20  # outings shown of a commune
MAPPED = 600  # communes of a large département


@require_safe
def territory(request):
    """Every commune, by name or by a figure; the map coloured by that figure."""
    require(request.user, "see_territory")
    q, by = request.GET.get("q", "").strip(), request.GET.get("par", "")
    indicator = INDICATORS.get(by, INDICATORS["poverty_rate"])
    areas = [area for area in communes() if name_key(q) in name_key(area.name) or q == area.code]
    figures = reading.latest_figures(areas, indicators=[one.code for one in SHOWN_FIRST] + [indicator.code])
    if by in INDICATORS:
        areas.sort(key=lambda area: value_key(figures[area.pk].get(indicator.code)))
    page = Paginator(areas, A_PAGE).get_page(request.GET.get("page"))
    sources = {figure.source for known in figures.values() for figure in known.values()}
    context = {
        "page": page,
        "rows": [row_of(area, figures[area.pk]) for area in page],
        "columns": SHOWN_FIRST,
        "indicators": INDICATORS.values(),
        "by": by,
        "indicator": indicator,
        "q": q,
        "map": map_of(areas, figures, indicator) if areas else "",
        "sources": sorted(sources, key=str),
        "may_change": may(request.user, "change_territory"),
    }
    return render(request, "desk/territory/list.html", context)


@require_safe
def area(request, code):
    """One commune or IRIS: its figures with their sources, its places, our outings, why here."""
    require(request.user, "see_territory")
    found = get_object_or_404(Area.objects.select_related("commune"), code=code)
    outings = Outing.objects.filter(area=found, cancelled_at=None)
    past = [moment.date() for moment in outings.exclude(started_at=None).values_list("starts_at", flat=True)]
    figures = reading.latest_figures([found])[found.pk]
    context = {
        "area": found,
        "why": why_here(found, past_outings=past),
        "figures": [(INDICATORS[code], figure) for code, figure in figures.items() if code in INDICATORS],
        "places": found.places.all(),
        "partners": found.partners.prefetch_related("services"),
        "outings": outings.select_related("team")[:A_FEW],
        "iris": found.iris.all(),
        "may_change": may(request.user, "change_territory"),
        "may_prepare": may(request.user, "prepare_outing"),
    }
    return render(request, "desk/territory/area.html", context)


def communes():
    """The communes of the territory, by name."""
    return Area.objects.filter(kind=AreaKind.COMMUNE).defer("outline")


def value_key(figure) -> tuple:
    """The largest figure first; what is not published, last."""
    value = figure.value if figure else None
    return value is None, -(value or 0)


def row_of(found, figures) -> dict:
    """A line of the table: the commune and its first figures; their unit is at the head of the column."""
    known = {one.code: cell_of(one, figures[one.code]) for one in SHOWN_FIRST if one.code in figures}
    return {"area": found, "cells": [(one, known.get(one.code, "pas connu")) for one in SHOWN_FIRST]}


def cell_of(indicator, figure) -> str:
    """A figure as short as it can be read under its column: "19 %", "20 430", "non publié"."""
    if figure.value is None or indicator.unit == "%":
        return indicator.written(figure.value)
    return plain(figure.value, indicator.decimals)


def map_of(areas, figures, indicator):
    """The map of the areas shown, coloured by one figure."""
    outlines = dict(Area.objects.filter(pk__in=[one.pk for one in areas[:MAPPED]]).values_list("pk", "outline"))
    return drawing.map_of(
        [
            {
                "name": one.name,
                "latitude": one.latitude,
                "longitude": one.longitude,
                "outline": outlines.get(one.pk),
                "people": number(figures[one.pk].get("population")),
                "value": number(figures[one.pk].get(indicator.code)),
            }
            for one in areas[:MAPPED]
        ],
        legend=indicator.label,
        unit=indicator.unit,
    )


def number(figure) -> float | None:
    """A figure as a number for a drawing."""
    return float(figure.value) if figure and figure.value is not None else None
