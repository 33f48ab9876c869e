"""RSA and prime d'activité look at the months M-4 to M-2 since 1 March 2025."""

from datetime import date
from typing import Any

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, Source


def _everywhere(_: FormulaFunction | None) -> FormulaFunction:
    def formula(famille: Any, period: Any, parameters: Any) -> Any:
        return famille.filled_array(True)

    return formula


CORRECTION = Correction(
    name="reference-quarter",
    what="Reference quarter of the RSA and of the prime d'activité",
    old="months M-3 to M-1, unless the input departement_experimentation_rsa says otherwise",
    new="months M-4 to M-2 for every family (the MSA may set the date apart: note under R.262-7)",
    since=date(2025, 3, 1),
    mark=Mark.SOURCED,
    rights=("rsa", "prime_activite", "css", "christmas_bonus", "cej"),
    sources=(
        Source(
            "Décret n° 2025-185 du 26 février 2025, art. 1 (articles R.262-7 et R.843-1)",
            "2025-02-26",
            "https://legal.tricoteuses.fr/articles/JORFARTI000051253833",
        ),
        Source(
            "Code de l'action sociale et des familles, article R.262-7",
            "2025-03-01",
            "https://tricoteuses.fr/legifrance/articles/LEGIARTI000051258523",
        ),
    ),
    formulas=(Formula("departement_experimentation_rsa", date(2025, 3, 1), _everywhere),),
)
