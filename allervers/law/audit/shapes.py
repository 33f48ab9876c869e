"""Households of many shapes, so that a computation goes down every branch of the law."""

from datetime import date
from typing import Any

import numpy as np

from allervers.law.columns import Columns, Group

#: Who lives in each household: (role, age). A "parent" without "partner" is alone.
HOUSEHOLDS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("parent", 38),),
    (("parent", 35), ("partner", 33), ("child", 1), ("child", 4), ("child", 12)),
    (("parent", 29), ("child", 7), ("child", 16)),
    (("parent", 70), ("partner", 66)),
    (("parent", 22),),
    (("parent", 50), ("partner", 48), ("child", 10)),
    (("parent", 63),),
    (("parent", 45), ("child", 14), ("child", 19)),
)
ROLES = {
    "parent": {"famille": "parent", "foyer_fiscal": "declarant", "menage": "personne_de_reference"},
    "partner": {"famille": "parent", "foyer_fiscal": "declarant", "menage": "conjoint"},
    "child": {"famille": "enfant", "foyer_fiscal": "personne_a_charge", "menage": "enfant"},
}
#: One value a household, in turn.
HOMES: dict[str, tuple[Any, ...]] = {
    "statut_occupation_logement": (
        "locataire_vide",
        "locataire_hlm",
        "locataire_meuble",
        "proprietaire",
        "locataire_foyer",
        "primo_accedant",
        "loge_gratuitement",
        "locataire_vide",
    ),
    "loyer": (450.0, 620.0, 500.0, 0.0, 380.0, 700.0, 0.0, 800.0),
    "depcom": ("31555", "75056", "69123", "97411", "15014", "33063", "97105", "31555"),
}
#: One value a household, for its first parent.
ADULTS: dict[str, tuple[float, ...]] = {
    "salaire_net": (0.0, 1500.0, 700.0, 0.0, 0.0, 1200.0, 0.0, 900.0),
    "chomage_net": (600.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "retraite_nette": (0.0, 0.0, 0.0, 600.0, 0.0, 0.0, 0.0, 0.0),
    "pensions_invalidite": (0.0, 0.0, 0.0, 0.0, 0.0, 400.0, 0.0, 0.0),
    "taux_incapacite": (0.0, 0.0, 0.0, 0.0, 0.6, 0.0, 0.85, 0.0),
}


def shapes(system: Any, day: date) -> Columns:
    """The households of `HOUSEHOLDS` on `day`, with facts that hold for the 26 months before it."""
    place = np.array([index for index, people in enumerate(HOUSEHOLDS) for _ in people], dtype=np.intp)
    roles = [role for people in HOUSEHOLDS for role, _ in people]
    first = np.array([role == "parent" for role in roles])
    ages = np.array([age for people in HOUSEHOLDS for _, age in people])
    inputs: dict[tuple[str, str], Any] = {("date_naissance", "ETERNITY"): _births(day, ages)}
    for month in _months(day, 26):
        for name, values in HOMES.items():
            inputs[name, month] = np.array(values, dtype=object if isinstance(values[0], str) else float)
        for name, values in ADULTS.items():
            inputs[name, month] = np.where(first, np.array(values)[place], 0.0)
        inputs["handicap", month] = (inputs["taux_incapacite", month] > 0) | (ages == 10)
        inputs["aeeh_niveau_handicap", month] = np.where(ages == 10, 3, 0)
    groups = {key: _group(key, place, roles) for key in ("famille", "foyer_fiscal", "menage")}
    return Columns(len(roles), groups, inputs)


def _group(key: str, place: Any, roles: list[str]) -> Group:
    return Group(len(HOUSEHOLDS), place, np.array([ROLES[role][key] for role in roles]))


def _births(day: date, ages: Any) -> Any:
    return np.array([f"{day.year - age}-01-15" for age in ages], dtype="datetime64[D]")


def _months(day: date, count: int) -> list[str]:
    last = day.year * 12 + day.month - 1
    return [f"{index // 12}-{index % 12 + 1:02d}" for index in range(last, last - count, -1)]
