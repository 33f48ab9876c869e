"""The figures shown of an area: in plain words, with unit, INSEE's column, what it says and what it does not say.

Source of the definitions: INSEE, Fichier localisé social et fiscal (Filosofi), dictionary of variables.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

SECRET: Final = (
    "Quand l'INSEE ne publie pas ce chiffre (trop peu de ménages : secret statistique), il manque : "
    "il ne vaut pas zéro."
)


@dataclass(frozen=True)
class Indicator:
    """One figure of an area.

    `columns` are INSEE's names without their year (MED16 → MED), the first found serves. `lowest` and `highest` bound
    what can be true. `draws` says which way a place draws attention: "high", "low", or "" when neither.
    """

    code: str
    label: str
    unit: str
    columns: tuple[str, ...]
    explains: str
    caveat: str = SECRET
    lowest: Decimal = Decimal(0)
    highest: Decimal = Decimal(100)
    decimals: int = 0
    draws: str = ""
    masculine: bool = True
    shown_first: bool = False

    def fault(self, value: Decimal) -> str | None:
        """Why the value cannot be true, in French; None when it can."""
        if not value.is_finite():
            return f"« {self.label} » : un nombre est attendu, « {value} » est venu."
        if self.lowest <= value <= self.highest:
            return None
        bounds = f"entre {plain(self.lowest)} et {plain(self.highest)}"
        return f"« {self.label} » : un nombre {bounds} {self.unit} est attendu, {plain(value)} est venu."

    def written(self, value: Decimal | None) -> str:
        """The value as a team reads it: "20 430 € par an", "19 %", "non publié"."""
        return "non publié" if value is None else f"{plain(value, self.decimals)}\N{NO-BREAK SPACE}{self.unit}"


def plain(value: Decimal, decimals: int = 0) -> str:
    """A number as it is written in French: spaces between thousands, a comma."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def share(code: str, label: str, column: str, explains: str, **more: object) -> Indicator:
    """A share of all the disposable income received in the area, in percent."""
    return Indicator(
        code, label, "% des revenus", (column,), explains, lowest=Decimal(-100), decimals=1, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def poverty(code: str, label: str, columns: tuple[str, ...], explains: str, **more: object) -> Indicator:
    """A share of people below 60 % of the national median living standard, in percent."""
    return Indicator(code, label, "%", columns, explains, draws="high", **more)  # type: ignore[arg-type]


_ALL: Final = (
    Indicator(
        "population", "habitants des ménages fiscaux", "personnes", ("NBPERSMENFISC",),
        "Combien de personnes vivent dans les ménages qui remplissent une déclaration d'impôt.",
        "Les personnes sans domicile ou en foyer n'y sont pas comptées. " + SECRET,
        highest=Decimal(5_000_000), shown_first=True,
    ),
    Indicator(
        "households", "ménages fiscaux", "ménages", ("NBMENFISC",),
        "Combien de ménages remplissent une déclaration d'impôt.",
        "Les personnes sans domicile ou en foyer n'y sont pas comptées. " + SECRET, highest=Decimal(3_000_000),
    ),
    Indicator(
        "median_living_standard", "niveau de vie médian", "€ par an", ("MED", "Q2"),
        "La moitié des personnes vit avec moins, l'autre moitié avec plus : le revenu du ménage, impôts retirés et "
        "aides ajoutées, partagé selon sa taille.",
        highest=Decimal(500_000), draws="low", shown_first=True,
    ),
    poverty(
        "poverty_rate", "taux de pauvreté", ("TP60",),
        "Part des personnes dont le niveau de vie est sous 60 % du niveau médian du pays.",
        caveat="Il ne dit pas qui a droit à quoi, ni qui ne demande pas. " + SECRET, shown_first=True,
    ),
    poverty(
        "poverty_under_30", "pauvreté des ménages de moins de 30 ans", ("TP60AGE1",),
        "Le taux de pauvreté quand la personne de référence du ménage a moins de 30 ans.", masculine=False,
    ),
    poverty(
        "poverty_60_to_74", "pauvreté des ménages de 60 à 74 ans", ("TP60AGE5",),
        "Le taux de pauvreté quand la personne de référence du ménage a de 60 à 74 ans.", masculine=False,
    ),
    poverty(
        "poverty_over_75", "pauvreté des ménages de 75 ans et plus", ("TP60AGE6",),
        "Le taux de pauvreté quand la personne de référence du ménage a 75 ans ou plus.", masculine=False,
    ),
    poverty(
        "poverty_tenants", "pauvreté des ménages locataires", ("TP60TOL2",),
        "Le taux de pauvreté parmi les ménages qui louent leur logement.", masculine=False,
    ),
    Indicator(
        "first_decile", "premier décile de niveau de vie", "€ par an", ("D1",),
        "Une personne sur dix vit avec moins que cela.",
        highest=Decimal(500_000), draws="low",
    ),
    Indicator(
        "first_quartile", "premier quartile de niveau de vie", "€ par an", ("Q1",),
        "Une personne sur quatre vit avec moins que cela.", highest=Decimal(500_000), draws="low",
    ),
    share(
        "minimum_benefits_share", "part des minima sociaux", "PPMINI",
        "Sur 100 € de revenus reçus ici, combien viennent du RSA, de l'AAH, de l'ASPA ou d'un autre minimum social.",
        caveat="Une part faible peut vouloir dire que peu de gens y ont droit, ou que peu les demandent : le chiffre "
        "ne départage pas. " + SECRET, draws="high", masculine=False, shown_first=True,
    ),
    share(
        "housing_benefits_share", "part des aides au logement", "PPLOGT",
        "Sur 100 € de revenus reçus ici, combien viennent des aides au logement.", masculine=False,
    ),
    share(
        "family_benefits_share", "part des prestations familiales", "PPFAM",
        "Sur 100 € de revenus reçus ici, combien viennent des prestations familiales.", masculine=False,
    ),
    share(
        "social_benefits_share", "part des prestations sociales", "PPSOC",
        "Sur 100 € de revenus reçus ici, combien viennent de l'ensemble des prestations sociales.", masculine=False,
    ),
    share(
        "unemployment_share", "part des indemnités de chômage", "PCHO",
        "Sur 100 € de revenus reçus ici, combien viennent des indemnités de chômage.", masculine=False,
    ),
    share(
        "pensions_share", "part des pensions et retraites", "PPEN",
        "Sur 100 € de revenus reçus ici, combien viennent des pensions, retraites et rentes.", masculine=False,
    ),
)  # fmt: skip
INDICATORS: Final[dict[str, Indicator]] = {indicator.code: indicator for indicator in _ALL}
SHOWN_FIRST: Final[tuple[Indicator, ...]] = tuple(indicator for indicator in _ALL if indicator.shown_first)
