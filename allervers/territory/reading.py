"""Read the territory: the latest figures of areas, in a number of queries that does not depend on how many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from uuid import UUID

from allervers.territory.models import Area, Figure
from allervers.territory.rules import departement_of

Figures = dict[UUID, dict[str, Figure]]


def latest_figures(areas: Iterable[Area], *, indicators: Collection[str] | None = None) -> Figures:
    """Area → indicator → its figure from the latest period observed, published or not; with its source."""
    keys = [area.pk for area in areas]
    found = Figure.objects.filter(area__in=keys).select_related("source")
    if indicators is not None:
        found = found.filter(indicator__in=indicators)
    latest: Figures = defaultdict(dict)
    for figure in found.order_by("source__reference_period", "source__retrieved_on", "id"):
        latest[figure.area_id][figure.indicator] = figure
    return {key: latest.get(key, {}) for key in keys}


def published_elsewhere(area: Area, figures: Collection[Figure]) -> dict[str, list[Decimal]]:
    """Indicator → the values published for the other areas of the territory, from the same source.

    The territory is what is known of the same département: communes are compared with communes, quarters with quarters.
    """
    start = departement_of(area.code)
    known = Area.objects.filter(kind=area.kind, code__startswith=start).order_by()
    found = Figure.objects.filter(
        area__in=known.values("pk"),
        source__in={figure.source_id for figure in figures},
        indicator__in={figure.indicator for figure in figures},
        value__isnull=False,
    ).exclude(area=area)
    same = {(figure.indicator, figure.source_id) for figure in figures}
    values: dict[str, list[Decimal]] = {figure.indicator: [] for figure in figures}
    for indicator, source, value in found.order_by().values_list("indicator", "source_id", "value"):
        if (indicator, source) in same and value is not None:
            values[indicator].append(value)
    return values
