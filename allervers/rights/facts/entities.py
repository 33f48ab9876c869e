"""Who belongs to which family, tax household and dwelling.

The family: the claimant, the partner, the children under 25 who live there. An older child, and any other person, is
a family of one's own under the same roof. The tax household: spouses together, cohabiting partners apart; children
under 21, or students under 25, or disabled, with the claimant (art. 6 of the code général des impôts). A child who
only visits belongs to the other parent's household.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from allervers.law import Group
from allervers.rights.facts.known import Known, KnownPerson

GROWN_UP = 25
OF_AGE_FOR_TAX = 21

Ints = NDArray[np.intp]


@dataclass
class _Rows:
    """Groups being filled: for each person its group and role; for each household the claimant's group."""

    of_person: list[int] = field(default_factory=list)
    role: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, roles: Sequence[str | None], alone: str) -> int:
        """Add one household's people: those with a role share a first group, each other gets its own."""
        first = self.count
        self.count += 1
        for role in roles:
            if role is None:
                self.of_person.append(self.count)
                self.count += 1
            else:
                self.of_person.append(first)
            self.role.append(role or alone)
        return first

    def group(self) -> Group:
        return Group(self.count, np.array(self.of_person, dtype=np.intp), np.array(self.role))


@dataclass(frozen=True)
class Entities:
    """The persons of a batch in order, their groups, and where each household's own are.

    `own`: for each kind of group, (households,) the claimant's group. `household`: (persons,) index of household.
    `in_family`: (persons,) whether the person belongs to the claimant's family.
    """

    persons: tuple[KnownPerson, ...]
    groups: dict[str, Group]
    own: dict[str, Ints]
    household: Ints
    in_family: NDArray[np.bool_]


def entities(batch: Sequence[Known]) -> Entities:
    """The persons and groups of a batch of households, in order."""
    rows = {"famille": _Rows(), "foyer_fiscal": _Rows(), "menage": _Rows()}
    own: dict[str, list[int]] = {key: [] for key in rows}
    persons: list[KnownPerson] = []
    household: list[int] = []
    for place, known in enumerate(batch):
        present = [one for one in known.people if one.custody != "visits"]
        persons += present
        household += [place] * len(present)
        own["famille"].append(rows["famille"].add([_in_family(one, known) for one in present], "parent"))
        own["foyer_fiscal"].append(rows["foyer_fiscal"].add([_in_tax(one, known) for one in present], "declarant"))
        own["menage"].append(rows["menage"].add([_in_home(one) for one in present], "autre"))
    family = rows["famille"].group()
    where = np.array(household, dtype=np.intp)
    mine = np.array(own["famille"], dtype=np.intp)
    return Entities(
        persons=tuple(persons),
        groups={key: one.group() for key, one in rows.items()},
        own={key: np.array(one, dtype=np.intp) for key, one in own.items()},
        household=where,
        in_family=family.of_person == mine[where],
    )


def _in_family(person: KnownPerson, known: Known) -> str | None:
    if person.role in ("claimant", "partner"):
        return "parent"
    if person.role == "child" and person.age_on(known.day) < GROWN_UP:
        return "enfant"
    return None


def _in_tax(person: KnownPerson, known: Known) -> str | None:
    if person.role == "claimant" or (person.role == "partner" and known.couple in ("married", "pacs")):
        return "declarant"
    if person.role != "child":
        return None
    age = person.age_on(known.day)
    with_parents = age < OF_AGE_FOR_TAX or person.disability >= 80
    if with_parents or (age < GROWN_UP and person.activity == "student"):
        return "personne_a_charge"
    return None


def _in_home(person: KnownPerson) -> str:
    roles = {"claimant": "personne_de_reference", "partner": "conjoint", "child": "enfant"}
    return roles.get(person.role, "autre")
