"""AEEH: a child of category n draws the complement n."""

from datetime import date
from typing import Any

from openfisca_france.model.base import Famille

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, Source
from allervers.law.corrections.formulas import call


def _unshifted(old: FormulaFunction | None) -> FormulaFunction:
    def formula(famille: Any, period: Any, parameters: Any) -> Any:
        family_benefits = parameters(period).prestations_sociales.prestations_familiales
        aeeh = family_benefits.education_presence_parentale.aeeh
        rates = aeeh.complement_allocation
        category = famille.members("aeeh_niveau_handicap", period)
        # OpenFisca pays category n the rate of n - 1, for n from 2 to 5; the lone parent's increase is right.
        missing = sum((category == n) * (rates[f"categorie_{n}"] - rates[f"categorie_{n - 1}"]) for n in range(2, 6))
        young = famille.members("age", period) < aeeh.age_maximum_enfant
        owed = famille.members("handicap", period) * young * missing * family_benefits.bmaf.bmaf
        return call(old, famille, period, parameters) + famille.sum(owed, role=Famille.ENFANT)

    return formula


CORRECTION = Correction(
    name="aeeh-complements",
    what="Complements of the AEEH, categories 2 to 5",
    old="category 2 pays complement 1, 3 pays 2, 4 pays 3, 5 pays 4: 128 to 240 € a month too little",
    new="category n pays complement n (65, 92, 142.57, 182.21 % of the BMAF for 2 to 5)",
    since=date(2006, 1, 1),
    mark=Mark.SOURCED,
    rights=("aeeh",),
    sources=(
        Source(
            "AVH, AEEH et majoration parent isolé, barèmes 2024 et 2025",
            "2025-04",
            "https://www.avh.asso.fr/accompagnement-social-juridique/aeeh-majoration-parent-isole",
        ),
        Source(
            "APAJH, guide des aides financières, AEEH 2023",
            "2023-04",
            "https://www.apajh.org/guide-prat-mises-a-jour-2021/aides-financieres-compensations-et-questions-sur-la-fiscalite-et-la-succession",
        ),
    ),
    formulas=(Formula("aeeh", date(2006, 1, 1), _unshifted),),
)
