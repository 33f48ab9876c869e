"""The real communes of Haute-Garonne with their published figures; places and partners that do not exist."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from allervers.accounts.models import Agent
from allervers.territory import ops
from allervers.territory.models import Area, Partner, Place, PlaceKind

COMMUNES = Path(__file__).parent / "data" / "communes.csv"
VINTAGE = 2017  # INSEE's geography of that publication
FIGURES = ("population", "median_living_standard", "poverty_rate", "minimum_benefits_share")

PLACES: tuple[tuple[str, str, str, str], ...] = (  # commune, name, kind, opening hours
    ("31555", "Marché du samedi (démonstration)", PlaceKind.MARKET, "samedi, 8 h – 13 h"),
    ("31555", "Résidence des Tilleuls (démonstration)", PlaceKind.ESTATE, ""),
    ("31555", "Accueil de jour du Canal (démonstration)", PlaceKind.DAY_CENTRE, "du lundi au vendredi, 9 h – 12 h"),
    ("31555", "Place de la Fontaine (démonstration)", PlaceKind.SQUARE, ""),
    ("31149", "Pied d'immeuble des Érables (démonstration)", PlaceKind.ESTATE, ""),
    ("31395", "Marché du samedi (démonstration)", PlaceKind.MARKET, "samedi, 8 h – 13 h"),
    ("31483", "Marché du jeudi (démonstration)", PlaceKind.MARKET, "jeudi, 8 h – 13 h"),
    ("31483", "France services (démonstration)", PlaceKind.FRANCE_SERVICES, "du mardi au vendredi, 9 h – 17 h"),
    ("31390", "Halle (démonstration)", PlaceKind.MARKET, "lundi, 8 h – 12 h"),
    ("31020", "Marché du mercredi (démonstration)", PlaceKind.MARKET, "mercredi, 8 h – 12 h"),
    ("31042", "Distribution alimentaire (démonstration)", PlaceKind.FOOD_AID, "vendredi, 14 h – 17 h"),
    ("31582", "Marché du vendredi (démonstration)", PlaceKind.MARKET, "vendredi, 8 h – 12 h"),
    ("31396", "Mairie (démonstration)", PlaceKind.TOWN_HALL, "du lundi au vendredi, 9 h – 12 h"),
    ("31048", "Résidence du Lac (démonstration)", PlaceKind.ESTATE, ""),
    ("31451", "Maison des solidarités (démonstration)", PlaceKind.SOCIAL_HOUSE, "sur rendez-vous"),
    ("31451", "Marché du samedi (démonstration)", PlaceKind.MARKET, "samedi, 8 h – 13 h"),
)
PARTNERS: tuple[tuple[str, str, str], ...] = (  # commune, name, network
    ("31555", "Les Passerelles (fictif)", "association"),
    ("31555", "La Bricole solidaire (fictif)", "association"),
    ("31483", "Point d'écoute du Comminges (fictif)", "association"),
    ("31451", "CCAS de démonstration", "ccas-cias"),
    ("31582", "Bailleur social de démonstration", "bailleur"),
    ("31395", "France services de démonstration", "france-services"),
)
SERVICES = {
    "Les Passerelles (fictif)": ("Accès aux droits, aide aux papiers", ["acces-aux-droits-et-citoyennete"]),
    "Point d'écoute du Comminges (fictif)": ("Écoute et santé", ["sante"]),
    "CCAS de démonstration": ("Aides d'urgence", ["equipement-et-alimentation"]),
    "France services de démonstration": ("Démarches en ligne", ["numerique"]),
}


def communes() -> list[dict[str, str]]:
    """The rows of the data file, as INSEE publishes them; empty: not published."""
    with COMMUNES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lay(*, by: Agent) -> tuple[dict[str, Area], list[Place], list[Partner]]:
    """Communes by code with their figures, places, partners with what they offer."""
    source = ops.cite_source(
        title="Revenus et pauvreté des ménages (Filosofi), par commune",
        publisher="INSEE",
        reference_period="2016",
        retrieved_on=date(2019, 9, 1),
        address="https://www.insee.fr/fr/statistiques/4291712",
        licence="Licence Ouverte",
        by=by,
    )
    areas = {}
    for row in communes():
        area = ops.add_area(
            code=row["code"], name=row["name"], vintage=VINTAGE, latitude=float(row["latitude"]),
            longitude=float(row["longitude"]), by=by,
        )  # fmt: skip
        for indicator in FIGURES:
            value = Decimal(row[indicator]) if row[indicator] else None
            ops.record_figure(area=area, indicator=indicator, value=value, source=source, by=by)
        areas[area.code] = area
    return areas, [_place(areas, *told, by=by) for told in PLACES], [_partner(areas, *told, by=by) for told in PARTNERS]


def _place(areas: dict[str, Area], code: str, name: str, kind: str, hours: str, *, by: Agent) -> Place:
    return ops.add_place(name=name, kind=kind, area=areas[code], opening_hours=hours, by=by)


def _partner(areas: dict[str, Area], code: str, name: str, network: str, *, by: Agent) -> Partner:
    partner = ops.add_partner(name=name, network=network, area=areas[code], by=by)
    if name in SERVICES:
        says, themes = SERVICES[name]
        ops.add_service(partner=partner, name=says, themes=themes, eligible_codes=[code], by=by)
    return partner
