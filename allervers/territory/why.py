"""Why go here: what the figures, the places and our own past say in plain words, and what nobody knows. No score."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.db.models import Q
from django.utils.formats import date_format

from allervers.base import clock
from allervers.territory.indicators import INDICATORS, SHOWN_FIRST, Indicator
from allervers.territory.models import Area, AreaKind, Figure, Place
from allervers.territory.reading import latest_figures, published_elsewhere

ENOUGH: Final = 4  # areas to compare with: with fewer, a rank says nothing
OLD: Final = 3  # years after which a figure is said to be old
STEPS: Final = (
    (Fraction(9, 10), "9 {areas} sur 10"),
    (Fraction(3, 4), "3 {areas} sur 4"),
    (Fraction(2, 3), "2 {areas} sur 3"),
    (Fraction(1, 2), "la moitié des {areas}"),
)
NEVER_KNOWN: Final = (
    "Ce que personne ne sait : combien d'habitants, ici, ont droit à une aide sans l'avoir. "
    "Ces chiffres décrivent un lieu, jamais une personne."
)


def why_here(area: Area, *, past_outings: Sequence[date] = ()) -> list[str]:
    """Sentences for a team that wonders whether to go there; what is not known comes last.

    `past_outings` are the days when teams went there: the caller knows them, the territory does not.
    """
    figures = latest_figures([area])[area.pk]
    others = published_elsewhere(area, list(figures.values()))
    places = list(Place.objects.filter(Q(area=area) | Q(area__commune=area)))
    today = clock.today()
    return [
        *_of_figures(area, figures, others),
        *_of_places(places, today),
        _of_past(sorted(past_outings), today),
        *_unknown(figures, today),
        NEVER_KNOWN,
    ]


def what_figures_say(area: Area) -> list[str]:
    """The sentences that come from figures alone: what a team may start from to say why it goes there."""
    found = latest_figures([area])[area.pk].items()
    figures = {code: figure for code, figure in found if code in INDICATORS and INDICATORS[code].draws}
    return list(_of_figures(area, figures, published_elsewhere(area, list(figures.values()))))


def compared(indicator: Indicator, value: Decimal, others: Collection[Decimal], areas: str = "communes") -> str:
    """Where a value stands among the others, in words that are literally true; empty when there are too few."""
    if len(others) < ENOUGH:
        return ""
    lower = Fraction(sum(other < value for other in others), len(others))
    higher = Fraction(sum(other > value for other in others), len(others))
    high, low = ("élevé", "bas") if indicator.masculine else ("élevée", "basse")
    for part, word in (lower, high), (higher, low):
        if part == 1:
            return f"le plus {word} du territoire" if indicator.masculine else f"la plus {word} du territoire"
        for least, words in STEPS:
            if part >= least:
                return f"plus {word} que dans {words.format(areas=areas)} du territoire"
    return "vers le milieu du territoire"


def stands_out(indicator: Indicator, value: Decimal, others: Collection[Decimal]) -> bool:
    """Whether the value is further than three areas out of four, on the side that draws attention."""
    if len(others) < ENOUGH or not indicator.draws:
        return False
    beyond = sum(other < value if indicator.draws == "high" else other > value for other in others)
    return Fraction(beyond, len(others)) >= Fraction(3, 4)


def _of_figures(area: Area, figures: Mapping[str, Figure], others: Mapping[str, Collection[Decimal]]) -> Iterator[str]:
    areas = "communes" if area.kind == AreaKind.COMMUNE else "quartiers"
    for indicator in INDICATORS.values():
        figure = figures.get(indicator.code)
        if figure is None or figure.value is None:
            continue
        peers = others.get(indicator.code, ())
        if indicator.shown_first or stands_out(indicator, figure.value, peers):
            words = compared(indicator, figure.value, peers, areas) if indicator.draws else ""
            said = f"{_capital(indicator.label)} : {indicator.written(figure.value)}"
            yield f"{said}{', ' + words if words else ''} ({figure.source})."


def _of_places(places: Sequence[Place], today: date) -> Iterator[str]:
    if not places:
        yield "Aucun lieu n'est encore noté ici : où les gens vont-ils déjà ?"
        return
    first = [f"{place.name} ({place.opening_hours})" if place.opening_hours else place.name for place in places[:4]]
    rest = f", et {len(places) - 4} autres" if len(places) > 4 else ""
    yield f"On y vient déjà : {', '.join(first)}{rest}."
    stale = [place.name for place in places if place.checked_on is None or (today - place.checked_on).days > 365]
    if stale:
        yield f"À vérifier avant d'y aller, personne ne l'a fait depuis un an : {', '.join(stale[:4])}."


def _of_past(days: Sequence[date], today: date) -> str:
    gone = [day for day in days if day <= today]
    if not gone:
        return "Aucune de nos sorties n'est notée ici."
    ago = (today - gone[-1]).days
    when = "aujourd'hui" if ago == 0 else "hier" if ago == 1 else f"il y a {ago} jours"
    many = "Une sortie" if len(gone) == 1 else f"{len(gone)} sorties"
    return f"{many} ici ; la dernière {when}, le {date_format(gone[-1], 'j F Y')}."


def _unknown(figures: Mapping[str, Figure], today: date) -> Iterator[str]:
    if not figures:
        yield "Aucun chiffre n'est connu ici : aucun fichier de l'INSEE importé ne parle de ce territoire."
        return
    secret = [i.label for i in SHOWN_FIRST if (figure := figures.get(i.code)) and figure.value is None]
    absent = [i.label for i in SHOWN_FIRST if i.code not in figures]
    if secret:
        yield f"Non publié ici (secret statistique : trop peu de ménages), ce qui n'est pas zéro : {_list(secret)}."
    if absent:
        yield f"Pas dans les fichiers importés : {_list(absent)}."
    years = sorted({figure.source.reference_period for figure in figures.values()})
    old = [year for year in years if year.isdigit() and today.year - int(year) > OLD]
    if old:
        yield f"Ces chiffres sont de {_list(old)} : beaucoup a pu changer depuis."


def _list(words: Sequence[str]) -> str:
    return " et ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
