"""A prepared program: OpenFisca's figures to the bit, and OpenFisca itself wherever a program would be guessing."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from allervers.law import Columns, LawFault, Program, Tally, compute, prepare
from allervers.law.compiled import machine
from allervers.law.compiled.batch import households_of
from allervers.law.compiled.inputs import MOST, load
from allervers.law.compiled.samples import invented
from allervers.law.compute import simulate
from allervers.law.system import chosen, tax_benefit_system
from tests.law.homes import columns, home

DAY = date(2026, 9, 1)
FIGURES = ["cheque_energie", "asf", "zone_apl", "nb_parents", "age", ("rfr", "2024")]
TENANT = {"statut_occupation_logement": "locataire_vide", "loyer": 500.0, "depcom": "31555"}
LIKE = columns(home(DAY, {"salaire_imposable": 900.0, "retraite_imposable": 100.0}, **TENANT))
KINDS = ("ordinary", "families", "extreme")


def system() -> Any:
    return tax_benefit_system(chosen(True, None))


@cache
def program() -> Program:
    """One for all: shapes are compiled as they are met."""
    return prepare(LIKE, FIGURES, DAY)


def some(kind: str, count: int = 60, seed: int = 1) -> Columns:
    return invented(system(), program().pattern, count, np.random.default_rng(seed), kind=kind)


def same(found: Any, expected: Any) -> None:
    for wanted, values in expected.items():
        assert found[wanted].dtype == values.dtype, wanted
        assert np.array_equal(found[wanted], values, equal_nan=values.dtype.kind == "f"), wanted


def openfisca(given: Columns) -> dict[Any, Any]:
    with np.errstate(all="ignore"):
        return compute(given, FIGURES, DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_program_gives_openfisca_s_figures_to_the_bit(kind):
    given, tally = some(kind), Tally()
    same(program().run(given, tally=tally), openfisca(given))
    assert tally.compiled > 50, tally


def test_the_comparison_would_see_two_per_cent_more_on_one_month():
    given = some("ordinary")
    more = {key: values * 1.02 if key[0] == "salaire_imposable" else values for key, values in given.inputs.items()}
    found = program().run(given)
    expected = openfisca(Columns(given.persons, given.groups, more))
    with pytest.raises(AssertionError):
        same(found, expected)


def test_a_household_does_not_depend_on_its_neighbours_nor_on_the_size_of_the_batch():
    given = some("ordinary", 40)
    whole = program().run(given)
    simulation = load(system(), given).simulation
    first = households_of(simulation).of["foyer_fiscal"] == 0
    alone = some("ordinary", 40)
    kept = {key: values.copy() for key, values in alone.inputs.items()}
    for (name, _), values in kept.items():
        of = households_of(simulation).of[system().get_variable(name).entity.key]
        values[of != 0] = values[of != 0][::-1]
    changed = program().run(Columns(alone.persons, alone.groups, shared(alone, kept)))
    rfr = ("rfr", "2024")
    assert whole[rfr][first].tolist() == changed[rfr][first].tolist()
    assert whole[rfr].tolist() != changed[rfr].tolist()


def shared(given: Columns, kept: dict[Any, Any]) -> dict[Any, Any]:
    """The same array for the periods that shared one."""
    arrays = {id(given.inputs[key]): values for key, values in kept.items()}
    return {key: arrays[id(values)] for key, values in given.inputs.items()}


def test_two_cores_give_what_one_gives(monkeypatch):
    monkeypatch.setattr("allervers.law.compiled.batch.BLOCK", 16)
    given = some("ordinary", 200)
    same(program().run(given, cores=2), program().run(given))


def test_machine_code_and_numpy_agree_on_every_figure():
    given, tally = some("extreme"), Tally()
    numpy_only = replace(program(), _built={})
    for (shape, signed), built in program()._built.items():
        assert built.native
        numpy_only._built[shape, signed] = machine.built(built.found, native=False)
    same(numpy_only.run(given, tally=tally), program().run(given))
    assert tally.compiled > 50


def test_amounts_beyond_measure_are_left_to_openfisca():
    given, tally = some("ordinary", 12), Tally()
    salary = given.inputs["salaire_imposable", "2026-09"]
    salary[0] = 2 * MOST
    same(program().run(given, tally=tally), openfisca(given))
    assert (tally.strange, tally.compiled) == (1, 11)


def test_a_zero_below_zero_is_left_to_openfisca():
    given, tally = some("ordinary", 12), Tally()
    given.inputs["salaire_imposable", "2026-09"][3] = -0.0
    program().run(given, tally=tally)
    assert tally.strange == 1


def test_a_shape_that_few_have_is_left_to_openfisca_and_counted():
    careful = prepare(LIKE, FIGURES, DAY, rare=1000)
    given, tally = some("families", 10), Tally()
    same(careful.run(given, tally=tally), openfisca(given))
    assert (tally.rare, tally.compiled) == (10, 0)
    assert not careful._built


def test_what_openfisca_refuses_is_refused_for_the_same_reason():
    like = columns(home(DAY, {}, zone_apl="zone_1", **{**TENANT, "depcom": ""}))
    wanted = ["aide_logement"]
    nowhere = Columns(like.persons, like.groups, {
        key: np.array(["non_renseigne"]) if key[0] == "zone_apl" else values for key, values in like.inputs.items()
    })  # fmt: skip
    made = prepare(nowhere, wanted, DAY)
    with pytest.raises(LawFault) as theirs:
        compute(nowhere, wanted, DAY)
    with pytest.raises(LawFault) as ours:
        made.run(nowhere)
    assert str(ours.value) == str(theirs.value)


def test_a_figure_asked_twice_is_answered_twice():
    twice = ["nb_parents", ("nb_parents", "2026-09")]
    same(prepare(LIKE, twice, DAY).run(LIKE), compute(LIKE, twice, DAY))


def test_facts_given_otherwise_than_the_program_was_made_for_are_refused():
    other = columns(home(DAY, {"salaire_imposable": 900.0}, **TENANT))
    with pytest.raises(LawFault, match="those that the program was made for"):
        program().run(other)


def test_openfisca_is_left_exactly_as_it_was():
    from openfisca_core.taxscales import MarginalRateTaxScale

    given, calc = some("ordinary", 8), MarginalRateTaxScale.calc
    before = openfisca(given)
    prepare(LIKE, FIGURES, DAY).traced()
    assert MarginalRateTaxScale.calc is calc
    same(openfisca(given), before)
    populations = simulate(system(), given).populations.values()
    assert not any(type(one).__name__.startswith("Traced") for one in populations)
