"""Charts and maps as SVG made on the server: they work without a script, and on paper.

Each drawing is decorative for a screen reader: the page says the same in a table beside it.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, wraps
from typing import Any

import altair as alt
import vl_convert
from django.utils.safestring import SafeString, mark_safe

TEAL, SUN, INK, LINE = "#0b5d57", "#d98a2b", "#1d2b2a", "#d9d4c9"
SHADES = ["#e4efed", "#a9cdc8", "#5d9f98", "#0b5d57", "#063733"]
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
KEPT = 64  # drawings remembered: the map of a large département weighs a megabyte
SPOKEN = re.compile(r'\s(?:role|aria-[a-z]+)="[^"]*"')


def drawn_once(draw: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """Remember the last drawings: what is drawn depends on the rows and the words given, and on nothing else."""
    kept = lru_cache(maxsize=KEPT)(lambda rows, words: draw(json.loads(rows), **dict(words)))

    @wraps(draw)
    def once(rows: Iterable[Any], **words: str) -> SafeString:
        return kept(json.dumps(list(rows)), tuple(sorted(words.items())))

    return once


@drawn_once
def map_of(areas: Iterable[Mapping[str, Any]], *, legend: str, unit: str) -> SafeString:
    """Communes as their outline where it is known, else as points sized by their inhabitants.

    `areas`: `name`, `latitude`, `longitude`, `outline` (GeoJSON geometry or None), `people`, `value` (or None).
    """
    points = [dict(area) for area in areas if area["latitude"] is not None and area["longitude"] is not None]
    shapes = [
        {"type": "Feature", "geometry": area["outline"], "properties": {"value": area["value"]}}
        for area in areas
        if area["outline"]
    ]
    layers: list[Any] = [_outlines(shapes)] if shapes else []
    layers += [_dots(points, f"{legend} ({unit})"), _names(points)]
    chart = alt.layer(*layers).properties(width=460, height=520).project(type="mercator")
    return drawn(chart)


def _outlines(shapes: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=shapes)).mark_geoshape(stroke="#fff", fill=LINE)


def _dots(points: list[dict[str, Any]], legend: str) -> Any:
    known = [point for point in points if point["value"] is not None]
    silent = [point for point in points if point["value"] is None]
    size = alt.Size("people:Q", scale=alt.Scale(type="sqrt", range=[60, 2200]), legend=None)
    place = {"longitude": "longitude:Q", "latitude": "latitude:Q", "size": size}
    colour = alt.Color(
        "value:Q",
        scale=alt.Scale(range=SHADES[1:]),
        legend=alt.Legend(title=legend, orient="bottom", gradientLength=240),
    )
    full = alt.Chart(alt.Data(values=known)).mark_circle(opacity=0.9, stroke="#fff").encode(color=colour, **place)
    hollow = alt.Chart(alt.Data(values=silent)).mark_circle(fill="#fff", stroke=INK, strokeDash=[3, 2], opacity=1)
    return alt.layer(full, hollow.encode(**place))


def _names(points: list[dict[str, Any]]) -> Any:
    named = [point for point in points if not crowded(point, points)]
    base = alt.Chart(alt.Data(values=named)).encode(longitude="longitude:Q", latitude="latitude:Q", text="name:N")
    halo = base.mark_text(dy=-17, fontSize=13, stroke="#faf8f4", strokeWidth=4)
    return alt.layer(halo, base.mark_text(dy=-17, fontSize=13, color=INK))


def crowded(point: Mapping[str, Any], points: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a larger commune lies so near that the two names would overlap."""
    return any(
        (other["people"] or 0) > (point["people"] or 0)
        and abs(other["latitude"] - point["latitude"]) < 0.05
        and abs(other["longitude"] - point["longitude"]) < 0.34
        for other in points
    )


@drawn_once
def bars(rows: Iterable[tuple[str, float]], *, title: str) -> SafeString:
    """Horizontal bars, one a row, in the order given, each with its figure."""
    values = [{"label": label, "value": value} for label, value in rows]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=260, ticks=False, domain=False)),
        x=alt.X("value:Q", title=title, axis=alt.Axis(tickMinStep=1, grid=True)),
    )
    chart = base.mark_bar(color=TEAL, height=18) + base.mark_text(align="left", dx=4, color=INK).encode(text="value:Q")
    return drawn(chart.properties(width=460, height=alt.Step(30)))


@drawn_once
def columns(rows: Iterable[tuple[str, str, float]], *, title: str) -> SafeString:
    """Stacked columns over time: (when, series, value), in the order given."""
    values = [{"when": when, "series": series, "value": value} for when, series, value in rows]
    chart = (
        alt.Chart(alt.Data(values=values))
        .mark_bar()
        .encode(
            x=alt.X("when:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("value:Q", title=title, axis=alt.Axis(tickMinStep=1)),
            color=alt.Color(
                "series:N", sort=None, scale=alt.Scale(range=[TEAL, SUN, "#7a6a9c", "#5c8a3a"]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
        )
    )  # fmt: skip
    return drawn(chart.properties(width=600, height=240))


def drawn(chart: Any) -> SafeString:
    """The SVG of a chart, silent for screen readers."""
    config = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {"labelFontSize": 13, "titleFontSize": 13},
    }
    spec = {**chart.to_dict(validate=False), "config": config}
    svg = SPOKEN.sub("", vl_convert.vegalite_to_svg(spec))
    return mark_safe(svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))
