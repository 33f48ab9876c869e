"""The CSS counts the resources of the months M-13 to M-2."""

from datetime import date
from typing import Any

from openfisca_core.periods import Period

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, Source
from allervers.law.corrections.formulas import rebound

SINCE = date(2022, 1, 1)


def thirteenth_to_second_month(period: Any) -> Any:
    """The twelve months that end with M-2, for a right of month M."""
    return Period(("year", period.start.offset(-13, "month"), 1))


def _window(old: FormulaFunction | None) -> FormulaFunction:
    return rebound(old, compute_previous_year=thirteenth_to_second_month)


CORRECTION = Correction(
    name="css-window",
    what="Months whose resources count for the CSS",
    old="M-12 to M-1",
    new="M-13 to M-2: « du treizième au deuxième mois civil précédant le mois de la demande »",
    since=SINCE,
    mark=Mark.SOURCED,
    rights=("css", "css_free", "css_participation"),
    sources=(
        Source(
            "Code de la sécurité sociale, article R.861-8 (décret de décembre 2021)",
            "2021-12",
            "https://legal.tricoteuses.fr/articles/JORFARTI000044488248",
        ),
    ),
    formulas=(
        Formula("css_cmu_base_ressources_individu", SINCE, _window),
        Formula("css_cmu_base_ressources", SINCE, _window),
    ),
)
