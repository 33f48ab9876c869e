"""Each correction moves a figure that its source gives, and the figure is wrong without it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from allervers.law import compute
from allervers.law.corrections import ALL
from allervers.law.corrections.parameters import find
from allervers.law.system import tax_benefit_system
from tests.law.homes import Home, columns, home, months_before

SEPTEMBER_2025 = date(2025, 9, 1)
SEPTEMBER_2026 = date(2026, 9, 1)
JUNE_2026 = date(2026, 6, 1)
TENANT = {"statut_occupation_logement": "locataire_vide", "loyer": 450.0, "depcom": "31555"}
HOMELESS = {"statut_occupation_logement": "sans_domicile"}


def falling_due(day: date, amount: float, *, since: int, until: int = 0) -> dict[str, float]:
    """`amount` in the months from M - since to M - until, nothing in the others of the last 26."""
    return {month: amount if until <= back <= since else 0.0 for back, month in enumerate(months_before(day, 25))}


@dataclass(frozen=True)
class Case:
    """What a household draws on a day, with every correction and with every one but this."""

    correction: str
    says: str
    home: Home
    variable: str
    day: date
    right: float
    wrong: float


def cases() -> list[Case]:
    jobless_until_april = falling_due(JUNE_2026, 1400.0, since=1)
    return [
        Case(
            "reference-quarter",
            "Who has earned 1,400 € since May draws a full RSA in June: February to April count.",
            home(JUNE_2026, {"salaire_net": jobless_until_april}, **TENANT),
            "rsa",
            JUNE_2026,
            573.49,
            106.82,
        ),
        Case(
            "css-ceiling",
            "Under 10,339 € of yearly resources the CSS is free in September 2025.",
            home(SEPTEMBER_2025, {"chomage_net": 10_300 / 12}, **HOMELESS),
            "cmu_c",
            SEPTEMBER_2025,
            True,
            False,
        ),
        Case(
            "css-ceiling",
            "Under 10,422 € of yearly resources the CSS is free in September 2026.",
            home(SEPTEMBER_2026, {"chomage_net": 10_400 / 12}, **HOMELESS),
            "cmu_c",
            SEPTEMBER_2026,
            True,
            False,
        ),
        Case(
            "css-window",
            "A large payment of last month does not count for the CSS of this month.",
            home(
                SEPTEMBER_2025,
                {"born": "2003-01-10", "chomage_net": falling_due(SEPTEMBER_2025, 11_000.0, since=1, until=1)},
                **HOMELESS,
            ),
            "cmu_c",
            SEPTEMBER_2025,
            True,
            False,
        ),
        Case(
            "css-window",
            "A large payment of thirteen months ago still counts for the CSS of this month.",
            home(
                SEPTEMBER_2025,
                {"born": "2003-01-10", "chomage_net": falling_due(SEPTEMBER_2025, 11_000.0, since=13, until=13)},
                **HOMELESS,
            ),
            "cmu_c",
            SEPTEMBER_2025,
            False,
            True,
        ),
        *[
            Case(
                "aeeh-complements",
                f"The AEEH of a child of category {category} was {amount} € in 2025 (AVH).",
                home(
                    SEPTEMBER_2025,
                    {},
                    {"is": "partner"},
                    {"is": "child", "born": "2015-05-02", "handicap": True, "aeeh_niveau_handicap": category},
                ),
                "aeeh",
                SEPTEMBER_2025,
                amount,
                shifted,
            )
            for category, amount, shifted in (
                (2, 460.14, 265.65),
                (3, 588.22, 460.14),
                (4, 828.11, 588.22),
                (5, 1016.15, 828.11),
            )
        ],
        Case(
            "energy-cheque-thresholds",
            "With 10,900 € of reference income one person alone draws 48 €.",
            home(SEPTEMBER_2025, {}, rfr=10_900.0, **TENANT),
            "cheque_energie",
            SEPTEMBER_2025,
            48.0,
            0.0,
        ),
        Case(
            "asi-couple",
            "With the minimum pension and a partner without resources, the ASI stops at 579.56 €.",
            home(SEPTEMBER_2025, {"pensions_invalidite": 335.29}, {"is": "partner"}),
            "asi",
            SEPTEMBER_2025,
            579.56,
            1265.71,
        ),
        Case(
            "asi-uprating-2026",
            "Alone with 338.31 € of disability pension, the ASI tops up to 922.18 €.",
            home(SEPTEMBER_2026, {"pensions_invalidite": 338.31}),
            "asi",
            SEPTEMBER_2026,
            583.87,
            576.55,
        ),
        Case(
            "mtp-uprating",
            "The AEEH of a child of category 6 follows the majoration pour tierce personne of April 2026.",
            home(
                SEPTEMBER_2026,
                {},
                {"is": "partner"},
                {"is": "child", "born": "2015-05-02", "handicap": True, "aeeh_niveau_handicap": 6},
            ),
            "aeeh",
            SEPTEMBER_2026,
            1451.45,
            1441.14,
        ),
        Case(
            "mtp-uprating",
            "In September 2024 the ceiling of the APA in GIR 1 is 1.615 × 1,266.59 €.",
            home(date(2024, 9, 1), {"born": "1940-01-01", "gir": "gir_1", "dependance_plan_aide_domicile": 3000.0}),
            "apa_domicile",
            date(2024, 9, 1),
            2045.54,
            1955.60,
        ),
        Case(
            "cej-uprating-2026",
            "At 22, not taxed, the contrat d'engagement jeune gives 566.17 €.",
            home(SEPTEMBER_2026, {"born": "2004-03-15", "activite": "inactif"}),
            "contrat_engagement_jeune",
            SEPTEMBER_2026,
            566.17,
            561.68,
        ),
        Case(
            "lep-ceiling-2026",
            "In March 2026 one share opens a LEP up to 23,028 € of reference income.",
            home(date(2026, 3, 1), {}),
            "livret_epargne_populaire_plafond",
            date(2026, 3, 1),
            23_028,
            22_823,
        ),
        Case(
            "school-grant-year",
            "In October 2024, 17,927 € of income in 2023 open a grant of échelon 1 for one child at collège.",
            home(
                date(2024, 10, 1),
                {},
                {"is": "child", "born": "2012-05-02", "scolarite": "college"},
                rfr={"2022": 30_000.0, "2023": 17_927.0},
            ),
            "bourse_college",
            date(2024, 10, 1),
            114.0,
            0.0,
        ),
        Case(
            "school-grant-year",
            "In October 2022, 19,014 € of income in 2021 open a grant of lycée for one child; 19,015 € do not.",
            home(
                date(2022, 10, 1),
                {},
                {"is": "child", "born": "2006-05-02", "scolarite": "lycee"},
                rfr={"2020": 10_000.0, "2021": 19_015.0},
            ),
            "bourse_lycee_echelon",
            date(2022, 10, 1),
            0,
            4,
        ),
        Case(
            "lone-parent-christmas",
            "In December 2023 a lone parent on RSA with a child of 6 draws 228.68 € and 35 % more.",
            home(date(2023, 12, 1), {}, {"is": "child", "born": "2017-03-15"}, **HOMELESS),
            "aefa",
            date(2023, 12, 1),
            308.71,
            228.68,
        ),
        Case(
            "micro-enterprise-neighbours",
            "A micro-enterprise of 3,000 € of turnover is its owner's income, not also that of whoever is beside them.",
            home(
                SEPTEMBER_2025,
                {"ebnc_impo": 3_000.0},
                {
                    "is": "partner",
                    "rpns_imposables": 5_000.0,
                    "csg_imposable_non_salarie": 0.0,
                    "crds_non_salarie": 0.0,
                },
            ),
            "revenus_non_salarie_nets",
            SEPTEMBER_2025,
            5_000.0,
            6_980.0,
        ),
    ]


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.correction}: {case.says}")
def test_a_correction_gives_the_figure_of_its_source_and_openfisca_alone_does_not(case: Case) -> None:
    others = [correction.name for correction in ALL if correction.name != case.correction]

    facts = columns(case.home)

    with_it = compute(facts, [case.variable], case.day)[case.variable]
    without = compute(facts, [case.variable], case.day, corrections=others)[case.variable]

    assert with_it.max() == pytest.approx(case.right, abs=0.011)
    assert without.max() == pytest.approx(case.wrong, abs=0.011)


def test_every_correction_has_its_case() -> None:
    assert {case.correction for case in CASES} == {correction.name for correction in ALL}


@pytest.mark.parametrize("correction", ALL, ids=lambda correction: correction.name)
def test_a_correction_says_what_since_when_and_on_whose_word(correction: Any) -> None:
    assert correction.what and correction.old and correction.new and correction.rights
    assert correction.changes or correction.formulas
    for source in correction.sources:
        assert source.title
        assert source.dated[:2] == "20"
        assert source.url.startswith("https://")


@pytest.mark.parametrize("correction", ALL, ids=lambda correction: correction.name)
def test_a_correction_replaces_the_value_it_says_it_replaces(correction: Any) -> None:
    """The day OpenFisca moves, the correction must be read again."""
    parameters = tax_benefit_system(frozenset()).parameters
    for change in correction.changes:
        assert find(parameters, change.parameter)(change.since.isoformat()) == pytest.approx(change.old)
