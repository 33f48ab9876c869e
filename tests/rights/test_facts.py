"""What a household says, in the law's words: who belongs where, which months, which amounts."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from allervers.law import compute
from allervers.rights.assessment.values import values
from allervers.rights.facts import Known, KnownPerson, columns, horizon, month_index

DAY = date(2026, 9, 1)
MONTHS = len(horizon(DAY))


def steady(amount: float) -> tuple[float, ...]:
    return (amount,) * MONTHS


def person(role: Any = "claimant", born: int = 1986, **facts: Any) -> KnownPerson:
    return KnownPerson(role=role, born=date(born, 6, 15), activity=facts.pop("activity", "at_home"), **facts)


def known(*people: KnownPerson, **facts: Any) -> Known:
    """A household of Toulouse; alone and without a home of its own unless said."""
    said = {"couple": "none", "status": "homeless", "commune": "31555"} | facts
    return Known(day=DAY, people=people or (person(),), **said)


def given(household: Known, variable: str, period: str = "2026-09") -> Any:
    """What the law receives for one input."""
    found, _ = columns([household])
    return found.inputs[variable, period]


def right(id: str, household: Known) -> float:
    return float(values([household], DAY)[id][0])


def test_incomes_run_from_january_three_years_ago_to_december() -> None:
    assert horizon(DAY)[0] == "2023-01" and horizon(DAY)[-1] == "2026-12"
    assert horizon(DAY)[month_index(DAY)] == "2026-09"


def test_a_wage_is_given_net_taxable_and_gross() -> None:
    household = known(person(incomes={"wage": steady(1000)}))
    assert given(household, "salaire_net") == pytest.approx(1000)
    assert given(household, "salaire_imposable") == pytest.approx(1035)
    assert given(household, "salaire_de_base") == pytest.approx(1000 / 0.7916)


def test_a_rent_is_the_rent_of_each_month_not_a_share_of_four_years() -> None:
    household = known(status="tenant", rent=600.0, charges=50.0)
    assert given(household, "loyer") == 600
    assert given(household, "loyer", "2025-10") == 600
    assert given(household, "charges_locatives") == 50


def test_alimony_paid_and_a_care_plan_are_amounts_of_each_month() -> None:
    household = known(person(born=1940, dependency=2, care_plan=900.0), alimony_paid=150.0)
    assert given(household, "pensions_alimentaires_versees_individu") == 150
    assert given(household, "dependance_plan_aide_domicile_accepte") == 900


def test_savings_fill_a_livret_a_then_other_accounts() -> None:
    whole = "year:2023-01:4"
    household = known(savings=30_000.0)
    assert given(household, "livret_a", whole) == 22_950
    assert given(household, "epargne_revenus_non_imposables", whole) == 7_050


def test_the_family_holds_children_under_25_and_nobody_else() -> None:
    people = (
        person(),
        person("partner"),
        person("child", 2015),
        person("child", 2005),
        person("child", 1998),
        person("other", 1950),
    )
    found, rows = columns([known(*people, couple="cohabiting")])
    assert list(rows.in_family) == [True, True, True, True, False, False]
    assert list(found.groups["famille"].role) == ["parent", "parent", "enfant", "enfant", "parent", "parent"]
    assert found.groups["menage"].count == 1


def test_spouses_share_a_tax_notice_and_cohabiting_partners_do_not() -> None:
    couple = (person(), person("partner"))
    assert columns([known(*couple, couple="married")])[0].groups["foyer_fiscal"].count == 1
    assert columns([known(*couple, couple="pacs")])[0].groups["foyer_fiscal"].count == 1
    assert columns([known(*couple, couple="cohabiting")])[0].groups["foyer_fiscal"].count == 2


def test_a_child_who_only_visits_is_of_the_other_household() -> None:
    visiting = known(person(), person("child", 2018, custody="visits"))
    assert columns([visiting])[0].persons == 1


def test_the_month_itself_is_always_given() -> None:
    household = known(person(activity="employee", incomes={"wage": steady(1400)}))
    assert given(household, "salaire_net", "2026-09") == pytest.approx(1400)
    assert right("rsa", household) == 0


def test_the_rsa_looks_at_the_months_m_4_to_m_2() -> None:
    wages = [0.0] * MONTHS
    wages[month_index(DAY) - 1] = wages[month_index(DAY)] = 1400.0
    later = known(person(incomes={"wage": tuple(wages)}))
    assert right("rsa", later) == pytest.approx(651.69, abs=0.05)


def test_the_unmarried_partner_counts_as_much_as_the_married_one() -> None:
    couple = (person(), person("partner", incomes={"wage": steady(2500)}, activity="employee"))
    assert right("rsa", known(*couple, couple="cohabiting")) == right("rsa", known(*couple, couple="married")) == 0


def test_resources_that_the_fund_counted_prevail_over_incomes() -> None:
    rich = person(incomes={"wage": steady(9000)}, activity="employee")
    children = (person("child", 2018), person("child", 2016))
    counted = known(rich, *children, family_benefits=20_000.0)
    assert right("family_allowances", counted) > right("family_allowances", known(rich, *children))


def test_the_notice_prevails_over_incomes_for_its_own_tax_household_only() -> None:
    couple = (person(), person("partner", incomes={"wage": steady(700)}, activity="employee"))
    household = known(*couple, couple="cohabiting", status="tenant", rent=500.0, reference_income={2024: 100.0})
    worked_out = replace(household, reference_income={})
    assert right("energy_cheque", household) == right("energy_cheque", worked_out) > 0
    noticed = replace(household, reference_income={2024: 30_000.0})
    assert right("energy_cheque", noticed) == 0


def test_css_resources_are_counted_before_the_housing_flat_rate() -> None:
    homeless = known(css=10_400.0, received={"rsa": 0.0})
    put_up = replace(homeless, status="hosted")
    assert right("css_free", homeless) == 1
    assert right("css_free", put_up) == 0
    assert right("css_participation", put_up) == 1


def test_the_css_is_free_with_the_rsa_only_once_the_rsa_comes_in() -> None:
    no_income_counted_high = known(css=13_000.0)
    assert right("css_free", no_income_counted_high) == 1
    assert right("css_free", replace(no_income_counted_high, received={"rsa": 0.0})) == 0


def test_the_birth_grant_is_for_who_expects_a_child() -> None:
    assert right("paje_birth", known(person(pregnant=True))) == pytest.approx(1093.08, abs=0.02)
    assert right("paje_birth", known()) == 0


def test_expecting_a_child_does_not_add_one_to_the_rsa() -> None:
    couple = (person(), person("partner"))
    expecting = (person(pregnant=True), person("partner"))
    assert right("rsa", known(*couple, couple="married")) == right("rsa", known(*expecting, couple="married"))


def test_a_household_does_not_depend_on_its_neighbours() -> None:
    alone = known(status="tenant", rent=500.0)
    family = known(person(), person("child", 2020), person("child", 2018), family_benefits=12_000.0)
    together, by_itself, family_alone = (values(each, DAY) for each in ([alone, family, alone], [alone], [family]))
    for id, amounts in together.items():
        assert amounts[0] == amounts[2] == by_itself[id][0], id
        assert amounts[1] == family_alone[id][0], id


@pytest.mark.parametrize("variable", ["salaire_net", "chomage_net", "retraite_nette", "pensions_invalidite"])
def test_no_month_of_the_horizon_is_missing(variable: str) -> None:
    found, _ = columns([known()])
    assert all((variable, month) in found.inputs for month in horizon(DAY))


def test_amounts_reach_the_account_net_of_crds_where_it_applies() -> None:
    household = known(person(), person("child", 2020), person("child", 2018))
    found, _ = columns([household])
    gross = compute(found, ["af", "rsa"], DAY)
    assert right("family_allowances", household) == pytest.approx(float(gross["af"][0]) * 0.995, abs=0.01)
    assert right("rsa", household) == pytest.approx(float(gross["rsa"][0]), abs=0.01)


def test_the_columns_are_numbers_the_law_can_read() -> None:
    found, _ = columns([known(person(born=1960, unfit=True), status="tenant", rent=10.5)])
    for (variable, _period), array in found.inputs.items():
        assert array.dtype != np.object_, variable
