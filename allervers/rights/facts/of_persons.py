"""Facts about persons, as OpenFisca's inputs: which variable holds which fact, over which months."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.rights.facts.conversions import (
    DISABILITY_RATES,
    LIVRET_A_CEILING,
    NET_OF_GROSS,
    TAXABLE_OF_NET,
)
from allervers.rights.facts.known import KINDS, KnownPerson, horizon, month_index, years

Inputs = dict[tuple[str, str], NDArray[Any]]

ACTIVITIES = {
    "employee": "actif",
    "self_employed": "actif",
    "apprentice": "actif",
    "jobseeker": "chomeur",
    "student": "etudiant",
    "retired": "retraite",
    "at_home": "inactif",
    "unable_to_work": "inactif",
}
SCHOOLS = {
    "primary": "primaire",
    "college": "college",
    "lycee": "lycee",
    "higher": "enseignement_superieur",
    "none": "inconnue",
}
NATIONALITIES = {"french": "FR", "eu": "DE", "other": "DZ"}

#: Facts that hold over the whole horizon: variable -> value of a person.
STEADY: dict[str, Callable[[KnownPerson], Any]] = {
    "activite": lambda one: ACTIVITIES[one.activity],
    "apprenti": lambda one: one.activity == "apprentice",
    # Students of higher education: a pupil is none.
    "etudiant": lambda one: one.activity == "student" and (one.role != "child" or one.school == "higher"),
    "nationalite": lambda one: NATIONALITIES[one.nationality],
    "duree_possession_titre_sejour": lambda one: one.title_years,
    "taux_incapacite": lambda one: DISABILITY_RATES[one.disability],
    "handicap": lambda one: one.disability > 0 if one.role != "child" else one.aeeh_category is not None,
    "aeeh_niveau_handicap": lambda one: one.aeeh_category or 0,
    "aah_restriction_substantielle_durable_acces_emploi": lambda one: one.work_restriction,
    "inapte_travail": lambda one: one.unfit,
    "gir": lambda one: f"gir_{one.dependency}",
    "enceinte": lambda one: one.pregnant,
    "garde_alternee": lambda one: one.custody == "shared",
    "scolarite": lambda one: SCHOOLS[one.school],
    # R.5423-1 of the code du travail asks for five years of work; the insurance must have been used up.
    "ass_precondition_remplie": lambda one: one.insured_out and one.years_worked_of_10 >= 5,
    # D.262-25-1 of the code de l'action sociale et des familles: two years of work in three, under 25.
    "rsa_jeune_condition_heures_travail_remplie": lambda one: one.years_worked_of_3 >= 2,
    "bourse_criteres_sociaux": lambda one: 0.0,
}

#: Inputs of each month: variable -> (kind of income, factor), summed.
MONTHLY: dict[str, tuple[tuple[str, float], ...]] = {
    "salaire_net": (("wage", 1.0),),
    "salaire_imposable": (("wage", TAXABLE_OF_NET),),
    "salaire_de_base": (("wage", 1 / NET_OF_GROSS),),
    "rpns_auto_entrepreneur_benefice": (("self_employment", 1.0),),
    "chomage_net": (("unemployment", 1.0),),
    "chomage_brut": (("unemployment", 1.0),),
    "chomage_imposable": (("unemployment", 1.0), ("sick_pay", 1.0)),
    "retraite_nette": (("pension", 1.0),),
    "retraite_brute": (("pension", 1.0),),
    "retraite_imposable": (("pension", 1.0),),
    "pensions_invalidite": (("disability_pension", 1.0),),
    "indemnites_journalieres_maladie": (("sick_pay", 1.0),),
    "indemnites_journalieres_imposables": (("sick_pay", 1.0),),
    "pensions_alimentaires_percues": (("alimony", 1.0),),
    "bourse_enseignement_sup": (("scholarship", 1.0),),
    "revenus_locatifs": (("rental", 1.0),),
    "revenus_capital": (("investment", 1.0),),
    "gains_exceptionnels": (("other", 1.0),),
}


def whole(day: date) -> str:
    """The period of the whole horizon."""
    return f"year:{years(day)[0]}-01:{len(years(day))}"


def each_month(variable: str, amounts: Any, day: date) -> Inputs:
    """The same amount in each month: OpenFisca would share out one that is given for the whole horizon."""
    values = np.asarray(amounts, dtype=np.float64)
    return {(variable, month): values for month in horizon(day)}


def incomes_of(persons: Sequence[KnownPerson], day: date) -> dict[str, NDArray[np.float32]]:
    """By kind of income, (persons, months of the horizon) amounts in €."""
    none = (0.0,) * len(horizon(day))
    return {
        kind: np.array([one.incomes.get(kind, none) for one in persons], dtype=np.float32)  # type: ignore[call-overload]
        for kind in KINDS
    }


def person_inputs(persons: Sequence[KnownPerson], day: date) -> Inputs:
    """Every input about persons, one value a person."""
    found: Inputs = {
        (variable, whole(day)): np.array([value(one) for one in persons]) for variable, value in STEADY.items()
    }
    found["date_naissance", "ETERNITY"] = np.array([one.born for one in persons], dtype="datetime64[D]")
    amounts = incomes_of(persons, day)
    for variable, parts in MONTHLY.items():
        total = sum(amounts[kind] * np.float32(factor) for kind, factor in parts)
        for place, month in enumerate(horizon(day)):
            found[variable, month] = np.ascontiguousarray(np.asarray(total)[:, place])
    for place, year in enumerate(years(day)):
        months = slice(12 * place, 12 * place + 12)
        found["rpns_imposables", str(year)] = amounts["self_employment"][:, months].sum(axis=1)
    found |= each_month("dependance_plan_aide_domicile_accepte", [one.care_plan for one in persons], day)
    found["date_debut_chomage", "ETERNITY"] = np.array(
        [out_of_work_since(one, day) for one in persons], dtype="datetime64[D]"
    )
    return found


def savings_inputs(amounts: NDArray[np.float64], day: date) -> Inputs:
    """Savings of each person, €: on a livret A up to its ceiling, then on other accounts free of tax."""
    return {
        ("livret_a", whole(day)): np.minimum(amounts, LIVRET_A_CEILING),
        ("epargne_revenus_non_imposables", whole(day)): np.maximum(amounts - LIVRET_A_CEILING, 0.0),
    }


def out_of_work_since(person: KnownPerson, day: date) -> date:
    """First day of the month after the last wage, for a jobseeker; the end of time for others."""
    if person.activity != "jobseeker":
        return date(9999, 12, 31)
    now = month_index(day)
    wages = person.incomes.get("wage", ())
    last = max((place for place, wage in enumerate(wages[: now + 1]) if wage > 0), default=-1)
    months = horizon(day)
    return date.fromisoformat(f"{months[min(last + 1, now)]}-01")
