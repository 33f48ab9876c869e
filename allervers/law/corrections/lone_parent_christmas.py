"""Prime de Noël of 2023: 35 % more for lone parents, that year only."""

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.populations import ADD

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, NewParameter, Source
from allervers.law.corrections.formulas import call

RATE = "prestations_sociales.solidarite_insertion.autre_solidarite.aefa.taux_majoration.parent_isole"


def _increased(old: FormulaFunction | None) -> FormulaFunction:
    def formula(famille: Any, period: Any, parameters: Any) -> Any:
        bonus = call(old, famille, period, parameters)
        first = period.first_month
        alone = (famille("nb_parents", first) == 1) * (famille("af_nbenf", first) > 0)
        through_rsa = famille("rsa", period, options=[ADD]) > 0
        more = parameters(period).prestations_sociales.solidarite_insertion.autre_solidarite.aefa.taux_majoration
        return np.where(alone * through_rsa, bonus * (1 + more.parent_isole), bonus)

    return formula


CORRECTION = Correction(
    name="lone-parent-christmas",
    what="prime de Noël of a lone parent on RSA, December 2023",
    old="no increase",
    new="35 % more in 2023; nothing more since: the ministry did not renew it in 2024",
    since=date(2023, 1, 1),
    mark=Mark.SOURCED,
    rights=("christmas_bonus",),
    sources=(
        Source(
            "Enfance jeunesse infos, la prime de Noël sera versée à partir du 15 décembre",
            "2023-12",
            "https://www.enfancejeunesseinfos.fr/la-prime-de-noel-sera-versee-a-partir-du-15-decembre/",
        ),
        Source("le-public.com, pas de surprime en 2024 (ministère)", "2024-11", "https://le-public.com/?p=12724"),
    ),
    additions=(
        NewParameter(
            RATE,
            "Majoration exceptionnelle des parents isolés, en part de la prime",
            ((date(2023, 1, 1), 0.35), (date(2024, 1, 1), 0.0)),
        ),
    ),
    formulas=(Formula("aefa", date(2023, 1, 1), _increased),),
)
