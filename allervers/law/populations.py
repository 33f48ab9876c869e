"""OpenFisca's populations, filled from columns, with stable sorts.

OpenFisca ranks the members of a group with an unstable sort: among equals (twins), the order depends on the machine
and may depend on the widest group of the batch. Here the order of persons decides.
"""

from typing import Any

import numpy as np
from openfisca_core.periods import Period
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.projectors import Projector, projectable

from allervers.law.columns import ROLES, Columns, Group
from allervers.law.faults import LawFault


class Asked:
    """For a population: the shortest way from a formula that asks for a variable to the simulation."""

    entity: Any
    simulation: Any

    def __call__(self, variable_name: str, period: Any, options: Any = None) -> Any:
        if options is not None or not isinstance(period, Period):
            return super().__call__(variable_name, period, options)  # type: ignore[misc]
        known = self.__dict__.setdefault("_known_here", set())
        if variable_name not in known:
            self.entity.check_variable_defined_for_entity(variable_name)
            known.add(variable_name)
        return self.simulation.calculate(variable_name, period)


class Groups(Asked, GroupPopulation):  # type: ignore[misc]
    """The groups of one kind."""


class Persons(Asked, Population):  # type: ignore[misc]
    """The persons of all households."""

    @projectable  # type: ignore[untyped-decorator]
    def get_rank(self, entity: Any, criteria: Any, condition: Any = True) -> Any:
        """Rank of each person in its group by `criteria`, smallest first; -1 where `condition` is false."""
        group = entity.reference_entity if isinstance(entity, Projector) else entity
        filtered = np.where(condition, criteria, np.inf)
        ids = group.members_entity_id
        order = np.lexsort((np.arange(self.count), filtered, ids))
        starts = np.concatenate(([0], np.cumsum(np.bincount(ids, minlength=group.count))[:-1]))
        rank = np.empty(self.count, dtype=np.intp)
        rank[order] = np.arange(self.count) - starts[ids[order]]
        return np.where(condition, rank, -1)


def populations(system: Any, columns: Columns) -> dict[str, Any]:
    """The four populations of a simulation: persons, familles, foyers_fiscaux, menages."""
    _check_persons(columns)
    persons = Persons(system.person_entity)
    persons.count = columns.persons
    persons.ids = range(columns.persons)
    found = {system.person_entity.key: persons}
    for entity in system.group_entities:
        found[entity.key] = _group(entity, persons, columns.groups[entity.key])
    return found


def _group(entity: Any, persons: Persons, group: Group) -> Any:
    _check_group(entity, group, persons.count)
    of_person = np.asarray(group.of_person, dtype=np.intp)
    found = Groups(entity, persons)
    found.count = group.count
    found.ids = range(group.count)
    found.members_entity_id = of_person
    found._members_role = _roles(entity, group, of_person)
    found._ordered_members_map = np.argsort(of_person, kind="stable")
    return found


def _roles(entity: Any, group: Group, of_person: Any) -> Any:
    """OpenFisca's role of each person: "parent" becomes its first or second sub-role by order of person."""
    roles = np.empty(len(of_person), dtype=object)
    for role in entity.flattened_roles:
        roles[group.role == role.key] = role
    for role in (role for role in entity.roles if role.subroles):
        members = np.flatnonzero(group.role == role.key)
        position = _position(of_person[members], group.count)
        if (position >= len(role.subroles)).any():
            raise LawFault(entity.key, expected=f"at most {len(role.subroles)} {role.key}", came="more in a group")
        for place, subrole in enumerate(role.subroles):
            roles[members[position == place]] = subrole
    for role in (role for role in entity.flattened_roles if role.max == 1):
        if (np.bincount(of_person[roles == role], minlength=group.count) > 1).any():
            raise LawFault(entity.key, expected=f"at most 1 {role.key}", came="more in a group")
    return roles


def _position(of_person: Any, count: int) -> Any:
    """Position of each person among those of the same group, in order of person."""
    order = np.argsort(of_person, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(of_person, minlength=count))[:-1]))
    position = np.empty(len(of_person), dtype=np.intp)
    position[order] = np.arange(len(of_person)) - starts[of_person[order]]
    return position


def _check_persons(columns: Columns) -> None:
    if columns.persons < 1:
        raise LawFault("persons", expected="at least 1", came=str(columns.persons))
    if set(columns.groups) != set(ROLES):
        raise LawFault("groups", expected=f"{sorted(ROLES)}", came=f"{sorted(columns.groups)}")


def _check_group(entity: Any, group: Group, persons: int) -> None:
    key = entity.key
    for name, values in (("of_person", group.of_person), ("role", group.role)):
        if values.shape != (persons,):
            raise LawFault(f"{key}.{name}", expected=f"shape ({persons},)", came=str(values.shape))
    if (np.asarray(group.of_person) < 0).any() or (np.asarray(group.of_person) >= group.count).any():
        raise LawFault(f"{key}.of_person", expected=f"0 to {group.count - 1}", came="an index outside")
    if len(np.unique(group.of_person)) != group.count:
        raise LawFault(f"{key}.count", expected="a member in each group", came="an empty group")
    known = [role.key for role in (*entity.roles, *entity.flattened_roles)]
    if unknown := sorted({str(role) for role in np.unique(group.role)} - set(known)):
        raise LawFault(f"{key}.role", expected=f"{list(ROLES[key])}", came=str(unknown))
