"""What the catalogue says of OpenFisca's variables, checked against the tax and benefit system itself."""

import pytest
from openfisca_core.periods import DateUnit
from openfisca_france import FranceTaxBenefitSystem

from allervers.rights.catalogue import Amount, all_rights

AMOUNTS = [
    pytest.param(amount, id=name)
    for right in all_rights().values()
    for name, amount in [(right.id, right.computed), *((form.id, form.computed) for form in right.forms)]
    if amount is not None
]
# Both forms of the CSS: a boolean, and the price paid, whose sign alone says that the right exists.
YES_NO = {"cmu_c", "css_participation_forfaitaire", "livret_epargne_populaire_eligibilite"}


@pytest.fixture(scope="module")
def system() -> FranceTaxBenefitSystem:
    return FranceTaxBenefitSystem()


@pytest.mark.parametrize("amount", AMOUNTS)
def test_every_variable_exists_and_has_a_formula(system, amount: Amount):
    for name in amount.variables:
        variable = system.get_variable(name)
        assert variable is not None, name
        assert variable.formulas, f"{name} is an input only: it cannot be computed"
        assert variable.end is None or variable.end.year >= 2026, f"{name} ended on {variable.end}"


@pytest.mark.parametrize("amount", AMOUNTS)
def test_the_unit_is_the_period_of_the_variable(system, amount: Amount):
    yearly = amount.unit == "year" and amount.carried is None
    for name in amount.variables:
        expected = DateUnit.YEAR if yearly else DateUnit.MONTH
        assert system.get_variable(name).definition_period == expected, name


@pytest.mark.parametrize("amount", AMOUNTS)
def test_a_yearly_amount_carried_by_months_says_so(system, amount: Amount):
    for name in amount.variables:
        variable = system.get_variable(name)
        if "annuel" in (variable.label or "").lower() and name not in YES_NO:
            assert amount.carried == "yearly_by_month", name
            assert amount.paid == "yearly"


@pytest.mark.parametrize("amount", AMOUNTS)
def test_yes_or_no_is_not_an_amount(amount: Amount):
    assert (amount.unit == "yes_no") == set(amount.variables).issubset(YES_NO)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_the_contribution_is_taken_off_once(system, amount: Amount):
    """Housing aid is already net; the family benefits and the prime d'activité are not (the label does not say)."""
    for name in amount.variables:
        assert not (amount.crds and "net de CRDS" in (system.get_variable(name).label or ""))
    gross = {"ppa", "af", "cf", "asf", "paje_naissance", "paje_base", "ars"}
    assert amount.crds == bool(gross & set(amount.variables))


def test_the_autonomy_supplement_checks_more_than_the_housing_aid(system):
    """`mva` alone is paid to anyone with a housing aid; `caah` asks for the AAH and no earnings."""
    assert all_rights()["mva"].computed.variables == ("caah",)
