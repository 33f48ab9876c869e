"""The door of the law: what it gives is OpenFisca's, whatever else is computed beside it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

from allervers.law import Columns, DayOutsideLaw, Group, LawFault, compute, engine, first_day, last_day
from allervers.law.compute import period_of, simulate
from allervers.law.populations import populations
from allervers.law.system import tax_benefit_system
from tests.harness.effort import examples
from tests.law.homes import columns, home, months_before, one

DAY = date(2026, 9, 1)
VARIABLES = [
    "rsa", "ppa", "aide_logement", "cmu_c", "css_participation_forfaitaire", "aspa", "asi", "aah", "mva", "aeeh", "asf",
    "af", "cf", "paje_naissance", "paje_base", "ars", "cheque_energie", "ass", "apa_domicile", "bourse_college",
    "bourse_lycee", "aefa", "livret_epargne_populaire_eligibilite", "contrat_engagement_jeune",
]  # fmt: skip
FEW = ["rsa", "ppa", "aide_logement", "af", "css_cmu_base_ressources", "cmu_c_plafond"]
TENANT: dict[str, Any] = {"statut_occupation_logement": "locataire_vide", "loyer": 500.0, "depcom": "31555"}
HOSTED: dict[str, Any] = {"statut_occupation_logement": "loge_gratuitement", "depcom": "75056"}


def child(age: int, **facts: Any) -> dict[str, Any]:
    return {"is": "child", "born": f"{DAY.year - age}-05-02", **facts}


HOMES = {
    "a person alone without income": home(DAY, {}, **TENANT),
    "a couple with two children and one wage": home(
        DAY, {"salaire_net": 1300.0}, {"is": "partner", "born": "1990-07-01"}, child(3), child(12, scolarite="college"),
        **TENANT,
    ),
    "a lone mother with three children, two of them twins": home(
        DAY, {"salaire_net": 600.0}, child(1), child(7), child(7), **(TENANT | {"loyer": 700.0, "depcom": "97411"})
    ),
    "a lone mother of triplets, one of them half of the time": home(
        DAY, {"salaire_net": 900.0}, child(5, garde_alternee=True), child(5), child(5), **TENANT
    ),
    "a family of ten": home(
        DAY, {}, {"is": "partner"}, *[child(age) for age in (17, 15, 14, 11, 9, 8, 6, 3)], **TENANT
    ),
    "an old person with a small pension": home(
        DAY, {"born": "1950-02-03", "retraite_brute": 500.0, "retraite_nette": 470.0}, **HOSTED
    ),
    "a disabled person": home(DAY, {"taux_incapacite": 0.85, "handicap": True}, **TENANT),
    "a couple with a disability pension and a disabled child": home(
        DAY, {"pensions_invalidite": 400.0}, {"is": "partner"}, child(10, handicap=True, aeeh_niveau_handicap=3),
        **HOSTED,
    ),
    "a young person out of school": home(DAY, {"born": "2005-01-01", "activite": "inactif"}, **HOSTED),
}  # fmt: skip


def situation(given: Columns) -> dict[str, Any]:
    """Households as OpenFisca's own builder reads them."""
    people: dict[str, Any] = {f"p{index}": {} for index in range(given.persons)}
    entities: dict[str, Any] = {"individus": people}
    plurals = {"famille": "familles", "foyer_fiscal": "foyers_fiscaux", "menage": "menages"}
    lists = {
        "parent": "parents",
        "enfant": "enfants",
        "declarant": "declarants",
        "personne_a_charge": "personnes_a_charge",
    }
    for key, group in given.groups.items():
        named = entities[plurals[key]] = {f"g{index}": {} for index in range(group.count)}
        for index, (of, role) in enumerate(zip(group.of_person, group.role, strict=True)):
            name = "enfants" if role == "enfant" else lists.get(str(role), str(role))
            named[f"g{of}"].setdefault(name, []).append(f"p{index}")
    variables = published().variables
    for (variable, period), values in given.inputs.items():
        owner = variables[variable].entity
        rows = list(people.values()) if owner.is_person else list(entities[plurals[owner.key]].values())
        for row, value in zip(rows, values, strict=True):
            row.setdefault(variable, {})[period] = (
                str(value) if isinstance(value, np.datetime64) else getattr(value, "item", lambda v=value: v)()
            )
    return entities


@cache
def published() -> Any:
    """OpenFisca-France with nothing of ours in it."""
    return FranceTaxBenefitSystem()


@cache
def theirs() -> dict[Any, np.ndarray]:
    """Every household told to OpenFisca alone, through its own builder; asked in the same order as ours.

    Uncorrected, the CSS of a disabled person is another when it is the first thing asked: a spiral with the AAH.
    """
    alone = SimulationBuilder().build_from_entities(published(), situation(columns(*HOMES.values())))
    return {name: alone.calculate(name, period_of(published().variables[name], DAY)) for name in VARIABLES}


@cache
def ours() -> dict[Any, np.ndarray]:
    """Every household through the door, without corrections."""
    return compute(columns(*HOMES.values()), VARIABLES, DAY, corrected=False)


@pytest.mark.parametrize("name", VARIABLES)
def test_the_door_gives_what_openfisca_gives_through_its_own_builder(name: str) -> None:
    assert ours()[name].tolist() == theirs()[name].tolist()


def test_a_household_alone_through_the_builder_is_the_same() -> None:
    """The one whose persons rank among equals: in a crowd as by herself."""
    says = "a lone mother with three children, two of them twins"
    by_herself = SimulationBuilder().build_from_entities(published(), situation(columns(HOMES[says])))
    for name, values in compute(columns(HOMES[says]), VARIABLES, DAY, corrected=False).items():
        assert values.tolist() == by_herself.calculate(name, period_of(published().variables[name], DAY)).tolist(), name


ALL_OF_THEM = [*VARIABLES, "cmu_c_plafond"]


@cache
def crowd(*, reverse: bool) -> dict[Any, np.ndarray]:
    """Every household at once, in one order or the other."""
    homes = [*HOMES.values()]
    return compute(columns(*(homes[::-1] if reverse else homes)), ALL_OF_THEM, DAY)


@pytest.mark.parametrize("place", range(len(HOMES)), ids=[*HOMES])
def test_a_household_does_not_depend_on_its_neighbours_nor_on_their_order(place: int) -> None:
    homes = [*HOMES.values()]
    before = sum(len(each.people) for each in homes[:place])
    everyone = sum(len(each.people) for each in homes)

    for name, values in compute(columns(homes[place]), ALL_OF_THEM, DAY).items():
        among, backwards = crowd(reverse=False)[name], crowd(reverse=True)[name]
        start = before if len(among) == everyone else place
        stop = start + len(values)
        assert among[start:stop].tolist() == values.tolist(), name
        assert backwards[len(among) - stop : len(among) - start].tolist() == values.tolist(), name


def test_equals_rank_in_the_order_of_persons() -> None:
    given = one(DAY, {}, {"is": "partner"}, *[child(age) for age in (17, 15, 5, 5, 5)])
    found = populations(tax_benefit_system(frozenset()), given)
    ages = np.array([38, 36, 17, 15, 5, 5, 5])

    ranks = found["individu"].get_rank(found["famille"], -ages, condition=ages < 20)

    assert ranks.tolist() == [-1, -1, 0, 1, 2, 3, 4]


@settings(max_examples=examples(2), deadline=None)
@given(copies=st.integers(2, 300), place=st.integers(0, 1_000_000), wage=st.integers(0, 3000))
def test_the_size_of_the_batch_does_not_matter(copies: int, place: int, wage: int) -> None:
    household = home(DAY, {"salaire_net": float(wage)}, child(4), child(4), **TENANT)
    by_itself = compute(columns(household), FEW, DAY)

    among = compute(columns(*[household] * copies), FEW, DAY)

    for name in FEW:
        assert among[name][place % copies] == by_itself[name][0]


CHILDREN = [child(6), child(6), child(15), child(20)]


@cache
def of_the_family(order: tuple[int, ...]) -> dict[Any, np.ndarray]:
    """What a lone parent draws whose children are told in this order."""
    children = [CHILDREN[place] for place in order]
    return compute(one(DAY, {"salaire_net": 1200.0}, *children, **TENANT), FEW, DAY)


@settings(max_examples=examples(3), deadline=None)
@given(order=st.permutations(range(4)))
def test_the_order_of_people_of_the_same_role_and_age_does_not_matter(order: list[int]) -> None:
    found, straight = of_the_family(tuple(order)), of_the_family((0, 1, 2, 3))
    for name in FEW:
        assert found[name].tolist() == straight[name].tolist()


def test_what_is_asked_beside_does_not_change_what_is_found() -> None:
    given = columns(*HOMES.values())
    forwards = compute(given, VARIABLES, DAY)

    backwards = compute(given, VARIABLES[::-1], DAY)

    for name in VARIABLES:
        assert backwards[name].tolist() == forwards[name].tolist(), name


def test_several_threads_get_the_same_figures() -> None:
    given = columns(HOMES["a couple with two children and one wage"])
    expected = compute(given, FEW, DAY)

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda _: compute(given, FEW, DAY), range(3)))

    assert all(found[name].tolist() == expected[name].tolist() for found in results for name in FEW)


def test_what_is_given_is_left_as_it_was_and_what_comes_back_is_the_caller_s() -> None:
    given = columns(HOMES["a couple with two children and one wage"])
    before = {key: values.copy() for key, values in given.inputs.items()}

    first = compute(given, ["rsa", ("salaire_net", "2026-08")], DAY)
    for values in first.values():
        values[:] = -1

    assert all((given.inputs[key] == values).all() for key, values in before.items())
    assert compute(given, ["rsa"], DAY)["rsa"][0] >= 0


def test_a_bare_name_means_the_month_or_the_year_of_the_day() -> None:
    given = columns(HOMES["a person alone without income"])

    found = compute(given, ["rsa", ("rsa", "2026-09"), "cheque_energie", ("cheque_energie", "2026")], DAY)

    assert found["rsa"] == found["rsa", "2026-09"]
    assert found["cheque_energie"] == found["cheque_energie", "2026"]


def test_enums_come_back_as_names_and_dates_as_days() -> None:
    given = columns(HOMES["a person alone without income"])

    found = compute(given, ["statut_occupation_logement", "zone_apl", "date_naissance"], DAY)

    assert found["statut_occupation_logement"].tolist() == ["locataire_vide"]
    assert found["zone_apl"].tolist() == ["zone_2"]
    assert found["date_naissance"].dtype == np.dtype("datetime64[D]")


def test_the_engine_says_its_name_and_the_date_of_its_corrections() -> None:
    assert engine() == "openfisca-france 176.1.8 + corrections 2026-11"


def test_the_law_is_known_from_the_first_rsa_to_the_eve_of_the_next_yearly_revision() -> None:
    assert first_day() == date(2009, 6, 1)
    assert last_day() == date(2026, 12, 31)


@pytest.mark.parametrize("day", [date(2009, 5, 31), date(2027, 1, 1), date(1900, 1, 1)])
def test_a_day_whose_law_is_not_known_is_refused(day: date) -> None:
    with pytest.raises(DayOutsideLaw, match="from 2009-06-01 to 2026-12-31") as fault:
        compute(alone(), ["rsa"], day)
    assert (fault.value.first, fault.value.last, fault.value.day) == (first_day(), last_day(), day)


MONTH = months_before(DAY, 0)[0]


@cache
def alone() -> Columns:
    return columns(HOMES["a person alone without income"])


@pytest.mark.parametrize(
    ("variable", "period", "values", "expected"),
    [
        ("salaire_nte", MONTH, np.zeros(1), "a variable of OpenFisca-France"),
        ("salaire_net", MONTH, np.zeros(2), "1 values, one per individu"),
        ("salaire_net", MONTH, np.array([np.nan]), "finite numbers"),
        ("salaire_net", MONTH, np.array(["1200"]), "numbers"),
        ("salaire_net", "September", np.zeros(1), "a month"),
        ("handicap", MONTH, np.array([1.0]), "booleans"),
        ("rfr", MONTH, np.zeros(1), "a year"),
        ("statut_occupation_logement", MONTH, np.array(["locataire"]), "names among"),
        ("date_naissance", "ETERNITY", np.array(["NaT"], dtype="datetime64[D]"), "dates"),
        ("date_naissance", "ETERNITY", np.array(["1988-03-15"]), "dates"),
        ("aes", MONTH, np.zeros(1), "a period until 2005-12-31"),
    ],
)
def test_a_fact_that_the_law_cannot_read_is_refused_by_name(
    variable: str, period: str, values: np.ndarray, expected: str
) -> None:
    given = Columns(1, alone().groups, {**alone().inputs, (variable, period): values})

    with pytest.raises(LawFault, match=expected) as fault:
        compute(given, ["rsa"], DAY)

    assert (fault.value.subject, fault.value.period) == (variable, period)


def group(key: str, **changed: Any) -> Columns:
    facts = {"count": 1, "of_person": np.zeros(3, dtype=np.intp), "role": np.array(["parent", "parent", "enfant"])}
    families = Group(**(facts | changed))
    others = {
        "foyer_fiscal": Group(1, np.zeros(3, dtype=np.intp), np.array(["declarant", "declarant", "personne_a_charge"])),
        "menage": Group(1, np.zeros(3, dtype=np.intp), np.array(["personne_de_reference", "conjoint", "enfant"])),
    }
    return Columns(3, {"famille": families, **others} if key else others, {})


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (group(""), "famille"),
        (group("famille", count=2), "a member in each group"),
        (group("famille", of_person=np.array([0, 0, 1])), "0 to 0"),
        (group("famille", of_person=np.array([0, 0])), r"shape \(3,\)"),
        (group("famille", role=np.array(["parent", "parent", "parent"])), "at most 2 parent"),
        (group("famille", role=np.array(["parent", "spouse", "enfant"])), "'parent', 'enfant'"),
        (group("famille", role=np.array(["demandeur", "demandeur", "enfant"])), "at most 1 demandeur"),
        (group("famille", role=np.array(["parent", "demandeur", "enfant"])), "at most 1 demandeur"),
        (Columns(0, {}, {}), "at least 1"),
    ],
)
def test_groups_that_do_not_stand_are_refused(given: Columns, expected: str) -> None:
    with pytest.raises(LawFault, match=expected):
        compute(given, ["rsa"], DAY)


def test_a_sub_role_says_who_asks_whatever_the_order_of_persons() -> None:
    wage = {("salaire_net", MONTH): np.array([0.0, 1500.0, 0.0])}
    ordered, said = group("famille"), group("famille", role=np.array(["conjoint", "demandeur", "enfant"]))
    system = tax_benefit_system(frozenset())

    asks = [
        simulate(system, Columns(3, each.groups, wage)).famille.demandeur("salaire_net", MONTH)
        for each in (ordered, said)
    ]

    assert [amount.tolist() for amount in asks] == [[0.0], [1500.0]]


def test_a_figure_of_the_law_of_before_is_refused_rather_than_wrong() -> None:
    with pytest.raises(LawFault, match="paje_cmg at 2026-09: expected a period before 2025-09"):
        compute(alone(), ["paje_cmg"], DAY)

    assert compute(alone(), [("paje_cmg", "2025-08")], DAY)
    assert compute(alone(), ["paje_cmg"], DAY, corrected=False)


def test_what_is_asked_must_exist_and_fit_its_period() -> None:
    with pytest.raises(LawFault, match="rsaa: expected a variable"):
        compute(alone(), ["rsaa"], DAY)
    with pytest.raises(LawFault, match="cheque_energie at 2026-09: expected a year"):
        compute(alone(), [("cheque_energie", "2026-09")], DAY)
    with pytest.raises(LawFault, match="bourse_college at 2010-09: expected a period whose figures are known"):
        compute(alone(), ["bourse_college"], date(2010, 9, 1))
    with pytest.raises(LawFault, match="corrections: expected names among"):
        compute(alone(), ["rsa"], DAY, corrections=["nothing-of-the-kind"])
