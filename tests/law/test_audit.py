"""The audit says what each right really reads, and what looks stale on a day."""

import json
from datetime import date
from functools import cache

import pytest
from click.testing import CliRunner
from openfisca_core.parameters import Parameter

from allervers.cli.law import law
from allervers.law.audit import Line, RightAudit, State, audit, history, state

DAY = date(2026, 9, 1)
ASKED = {
    "rsa": ("rsa",),
    "css": ("cmu_c", "css_participation_forfaitaire"),
    "energy_cheque": ("cheque_energie",),
    "asi": ("asi",),
    "aspa": ("aspa",),
    "apa_home": ("apa_domicile",),
    "aeeh": ("aeeh",),
    "cej": ("contrat_engagement_jeune",),
    "ass": ("ass",),
    "housing_aid": ("aide_logement",),
    "paje_cmg": (),
}
MINIMA = "prestations_sociales.solidarite_insertion.minima_sociaux"
HEALTH = "prestations_sociales.prestations_etat_de_sante"
FAMILY = "prestations_sociales.prestations_familiales"
CHEQUE = "prestations_sociales.solidarite_insertion.autre_solidarite.cheque_energie.baremes"
CEJ = "prestations_sociales.education.contrat_engagement_jeune.montants"


@cache
def audits() -> dict[str, RightAudit]:
    return {each.right: each for each in audit(ASKED, DAY)}


def line(right: str, name: str) -> Line:
    found = [each for each in audits()[right].lines if each.name == name]
    assert found, f"{right} reads no {name}"
    return found[0]


@pytest.mark.parametrize(
    ("right", "name", "mender", "mark"),
    [
        ("css", f"{MINIMA}.cs.cmu.plafond_base", "css-ceiling", "C"),
        ("asi", f"{HEALTH}.invalidite.asi.plafond_ressource_seul", "asi-uprating-2026", "C"),
        ("asi", f"{HEALTH}.invalidite.asi.plafond_ressource_couple", "asi-uprating-2026", "C"),
        ("apa_home", f"{HEALTH}.perte_autonomie_personnes_agees.mtp", "mtp-uprating", "C"),
        (
            "aeeh",
            f"{FAMILY}.education_presence_parentale.aeeh.complement_allocation.categorie_6",
            "mtp-uprating",
            "C",
        ),
        ("cej", f"{CEJ}.montant_majeurs_non_imposables", "cej-uprating-2026", "C"),
        ("cej", f"{CEJ}.montant_mineurs", "cej-uprating-2026", "C"),
    ],
)
def test_a_stale_figure_is_named_with_the_correction_that_mends_it(
    right: str, name: str, mender: str, mark: str
) -> None:
    found = line(right, name)

    assert found.state is State.STALE
    assert found.mended_by == (mender,)
    assert found.mark == mark


@pytest.mark.parametrize("place", [1, 2, 3, 4])
def test_the_thresholds_of_the_energy_cheque_are_doubtful_and_mended(place: int) -> None:
    found = line("energy_cheque", f"{CHEQUE}.une_uc.brackets[{place}].threshold")

    assert found.state is State.DOUBTFUL
    assert found.mended_by == ("energy-cheque-thresholds",)


def test_an_input_whose_default_is_wrong_today_is_named() -> None:
    assert line("rsa", "departement_experimentation_rsa").mended_by == ("reference-quarter",)


@pytest.mark.parametrize(
    ("right", "variable", "mender"), [("aeeh", "aeeh", "aeeh-complements"), ("asi", "asi", "asi-couple")]
)
def test_a_wrong_formula_is_named(right: str, variable: str, mender: str) -> None:
    assert line(right, variable).mended_by == (mender,)


def test_the_legal_age_is_named_as_a_limit() -> None:
    assert line("aspa", f"{HEALTH}.invalidite.aah.age_legal_retraite").limited_by == ("legal-age",)


def test_a_stale_ceiling_that_no_formula_reads_is_named_as_not_read() -> None:
    found = line("ass", "chomage.allocations_assurance_chomage.ass.plafond_ressources_mensuel.personne_seule")

    assert found.state is State.STALE
    assert not found.read


@pytest.mark.parametrize(
    ("right", "name"),
    [
        ("rsa", f"{MINIMA}.rsa.rsa_m.montant_de_base_du_rsa"),
        ("aspa", "prestations_sociales.solidarite_insertion.minimum_vieillesse.aspa.montant_maximum_annuel.couples"),
        ("aeeh", f"{FAMILY}.bmaf.bmaf"),
        ("ass", "chomage.allocations_assurance_chomage.ass.montant_plein"),
    ],
)
def test_a_figure_of_the_year_is_current_and_mended_by_nobody(right: str, name: str) -> None:
    found = line(right, name)

    assert found.state is State.CURRENT
    assert found.past is not None and found.past.last is not None and found.past.last.year == 2026
    assert not found.suspect


def test_a_right_says_through_which_other_rights_it_goes() -> None:
    assert "asi" in audits()["css"].through
    assert "asi_eligibilite" in audits()["css"].variables
    assert not [each for each in audits()["css"].lines if ".invalidite.asi." in each.name]


def test_a_right_that_is_not_computed_still_says_its_limits() -> None:
    assert audits()["paje_cmg"].variables == ()
    assert "depuis septembre 2025" in audits()["paje_cmg"].limits[0]


def parameter(*dates: str, checked: str | None = None) -> Parameter:
    values = {at: {"value": float(index)} for index, at in enumerate(dates)}
    return Parameter("p", {"values": values, "metadata": {"last_value_still_valid_on": checked} if checked else {}})


YEARLY = ("2021-04-01", "2022-04-01", "2023-04-01", "2024-04-01", "2025-04-01")


@pytest.mark.parametrize(
    ("found", "euros", "day", "expected"),
    [
        (parameter(*YEARLY), True, date(2026, 7, 1), State.CURRENT),
        (parameter(*YEARLY), True, date(2026, 8, 1), State.STALE),
        (parameter(*YEARLY, checked="2026-05-01"), True, date(2026, 9, 1), State.CONFIRMED),
        (parameter(*YEARLY, checked="2026-03-01"), True, date(2026, 9, 1), State.STALE),
        (parameter(*YEARLY), True, date(2024, 9, 1), State.CURRENT),
        (parameter("2021-04-01"), True, date(2026, 9, 1), State.DOUBTFUL),
        (parameter("2021-04-01", checked="2025-11-01"), True, date(2026, 9, 1), State.CURRENT),
        (parameter("2021-04-01"), False, date(2026, 9, 1), State.CURRENT),
        (parameter("2004-01-01", "2005-01-01", "2006-01-01", "2007-01-01"), True, date(2026, 9, 1), State.DOUBTFUL),
    ],
)
def test_a_figure_is_stale_when_it_missed_its_own_rhythm(
    found: Parameter, euros: bool, day: date, expected: State
) -> None:
    assert state(history("p", found, day, euros=euros), day) is expected


def test_the_command_prints_what_is_stale_and_what_mends_it() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(
        law, ["audit", "--day", "2026-09-01", "--right", "css", "--stale"]
    )

    assert result.exit_code == 0, result.output
    assert "ps.solidarite_insertion.minima_sociaux.cs.cmu.plafond_base" in result.output
    assert "css-ceiling (C, à confirmer)" in result.output
    assert "cotisations" not in result.output
    assert "s'arrête au 31/12/2026" in result.output


def test_the_command_gives_everything_as_json() -> None:
    result = CliRunner().invoke(law, ["audit", "--day", "2026-09-01", "--right", "aeeh", "--json"])

    found = json.loads(result.output)
    names = {each["name"]: each for each in found["rights"][0]["reads"]}
    assert found["engine"] == "openfisca-france 176.1.8 + corrections 2026-11"
    assert names["aeeh"]["state"] == "wrong"
    assert names[f"{FAMILY}.bmaf.bmaf"]["last"] == "2026-04-01"


def test_the_command_refuses_a_right_that_the_catalogue_does_not_have() -> None:
    result = CliRunner().invoke(law, ["audit", "--right", "rsaa"])

    assert result.exit_code == 2
    assert "droit inconnu : rsaa" in result.output
