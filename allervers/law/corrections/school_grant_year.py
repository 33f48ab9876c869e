"""School grants from September to December: incomes and minimum wage of the year before, not of two years before."""

from datetime import date
from typing import Any

from openfisca_core.periods import Period

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, Source
from allervers.law.corrections.formulas import call

SINCE = date(2022, 9, 1)
SEPTEMBER = 9


class MonthOfSchoolYear(Period):
    """A month whose `n_2` is the year before the one in which its school year began.

    From January to August that is already N-2; from September on it is N-1.
    """

    @property
    def n_2(self) -> Any:
        return self.last_year if self.start.month >= SEPTEMBER else super().n_2


def _school_year(old: FormulaFunction | None) -> FormulaFunction:
    def formula(famille: Any, period: Any, parameters: Any) -> Any:
        return call(old, famille, MonthOfSchoolYear(period), parameters)

    return formula


CORRECTION = Correction(
    name="school-grant-year",
    what="Year of the reference income and of the minimum wage for the grants of collège and lycée",
    old="both of N-2, whatever the month",
    new="both of the year before the school year began: N-1 from September to December, N-2 from January to August",
    since=SINCE,
    mark=Mark.SOURCED,
    rights=("scholarship_college", "scholarship_lycee"),
    sources=(
        Source(
            "Service-public.fr, fiche F616 (bourse de lycée 2022-2023: avis 2022, revenus de 2021; "
            "19 014 € = 1 855 × Smic du 1er juillet 2021)",
            "2022",
            "https://marcilly-en-villette.fr/la-mairie/les-demarches-administratives/?xml=F616",
        ),
        Source(
            "BeInCrypto, bourses 2024-2025 (17 927 € pour un enfant au collège = 1 556,2 × Smic du 1er juillet 2023)",
            "2024-11",
            "https://www.beincrypto1.de/votre-argent/bonne-nouvelle-pour-les-demandeurs-de-la-bourse-des-colleges-et-des-lycees-la-date-limite-repoussee-1504433",
        ),
        Source(
            "Mes-allocs, plafonds de la bourse de lycée (2025-2026: avis 2025, revenus de 2024, année N-1)",
            "2025",
            "https://www.mes-allocs.fr/guides/bourse-etudiant/bourse-lycee/conditions-bourse-lycee/plafonds-bourse-lycee",
        ),
    ),
    formulas=(
        Formula("bourse_college_echelon", SINCE, _school_year),
        Formula("bourse_lycee_echelon", SINCE, _school_year),
    ),
)
