"""ASI in a couple with one beneficiary: never more than what one person alone would get."""

from datetime import date
from typing import Any

import numpy as np

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, NewParameter, Source
from allervers.law.corrections.formulas import call

MINIMUM_PENSION = "prestations_sociales.prestations_etat_de_sante.invalidite.asi.pension_invalidite_minimale"


def _capped(old: FormulaFunction | None) -> FormulaFunction:
    def formula(individu: Any, period: Any, parameters: Any) -> Any:
        amount = call(old, individu, period, parameters)
        asi = parameters(period).prestations_sociales.prestations_etat_de_sante.invalidite.asi
        most = asi.plafond_ressource_seul / 12 - asi.pension_invalidite_minimale
        one_of_two = individu.famille("en_couple", period) * (individu.famille("asi_aspa_nb_alloc", period) == 1)
        return np.where(one_of_two, np.minimum(amount, most), amount)

    return formula


CORRECTION = Correction(
    name="asi-couple",
    what="ASI of a couple in which one person only is entitled",
    old="up to the couple's ceiling, without a cap: 1,262 to 1,266 € a month",
    new="at most the single person's ceiling less the minimum disability pension: 579.56 € in 2025",
    since=date(2024, 1, 1),
    mark=Mark.SOURCED,
    rights=("asi",),
    sources=(
        Source(
            "Cleiss, brèves (circulaire Cnav 2025-30: pension minimale 338,31 €)",
            "2026-01",
            "https://www.cleiss.fr/actu/breves2601.html",
        ),
        Source(
            "AVH, pension d'invalidité et ASI",
            "2025-06",
            "https://www.avh.asso.fr/accompagnement-social-juridique/pension-invalidite",
        ),
        Source(
            "Ameli CPAM 21, exemples d'ASI",
            "2022-07",
            "https://solidarite.ameli-cpam21.fr",
        ),
        Source(
            "Journal des seniors, pension minimale 328,07 € en 2024 et 335,29 € en 2025",
            "2025-04",
            "https://journaldesseniors.20minutes.fr/argent/handicap-la-pension-dinvalidite-augmente-au-1er-avril-voici-les-nouveaux-montants",
        ),
    ),
    additions=(
        NewParameter(
            MINIMUM_PENSION,
            "Pension d'invalidité minimale, en euros par mois",
            ((date(2024, 1, 1), 328.07), (date(2025, 1, 1), 335.29), (date(2026, 1, 1), 338.31)),
        ),
    ),
    formulas=(Formula("asi", date(2024, 1, 1), _capped),),
)
