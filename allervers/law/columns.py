"""Columns of households: what goes in at the door."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Roles of each group: at most two parents, two declarants, one personne_de_reference and one conjoint.
#: OpenFisca's sub-roles may be said instead: "demandeur" or "conjoint" for a parent, "declarant_principal" or
#: "conjoint" for a declarant.
ROLES: dict[str, tuple[str, ...]] = {
    "famille": ("parent", "enfant"),
    "foyer_fiscal": ("declarant", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant", "autre"),
}


@dataclass(frozen=True)
class Group:
    """The groups of one kind ("famille", "foyer_fiscal" or "menage") and who belongs to which.

    `count`: how many groups, each with at least one member. `of_person`: (persons,) index of each person's
    group. `role`: (persons,) role key, one of `ROLES`; two parents or two declarants rank by order of person,
    unless their sub-roles are said.
    """

    count: int
    of_person: NDArray[np.intp]
    role: NDArray[np.str_]


@dataclass(frozen=True)
class Columns:
    """Facts of any number of households.

    `inputs` maps (variable, period) to one value per member of the variable's entity. Periods are "2026-09",
    "2026" or "ETERNITY". Enums are the string names of their items, dates are datetime64[D], amounts are
    euros. What is left out takes OpenFisca's default, usually zero or false: to say "unknown", compute several
    times.
    """

    persons: int
    groups: Mapping[str, Group]
    inputs: Mapping[tuple[str, str], NDArray[Any]]
