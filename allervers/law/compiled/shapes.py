"""Which households are alike: the same number of persons, related in the same way, whoever they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law.compiled.specialise import PERSON, Kinship, Shape, single

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Alike:
    """Households of one shape: `households`, (n,) places; `members`, entity → (members, n) places in the batch."""

    shape: Shape
    households: Indices
    members: Mapping[str, Indices]

    def only(self, kept: NDArray[np.bool_]) -> "Alike":
        """Those that the mask keeps."""
        return Alike(self.shape, self.households[kept], {key: table[:, kept] for key, table in self.members.items()})

    def part(self, start: int, stop: int) -> "Alike":
        """Some of them, in a row."""
        some = slice(start, stop)
        return Alike(self.shape, self.households[some], {key: table[:, some] for key, table in self.members.items()})


@dataclass(frozen=True)
class Households:
    """A batch seen household by household. `of`: entity → (count,) the household of each member."""

    count: int
    of: Mapping[str, Indices]
    alike: tuple[Alike, ...]


def households(persons: int, groups: Mapping[str, tuple[int, Indices, NDArray[np.int64]]],
               roles: Mapping[str, tuple[str, ...]]) -> Households:  # fmt: skip
    """Sort a batch by shape.

    `groups`: kind → how many, whose member each person is, the place of each person's flat role in `roles[kind]`.
    Persons who share a group, at any remove, are one household; households keep the order of their first person.
    """
    home = joined(persons, groups)
    count = int(home.max()) + 1
    order = np.argsort(home, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(home, minlength=count))))
    position = np.empty(persons, np.intp)
    position[order] = np.arange(persons) - starts[home[order]]
    local = {kind: numbered(home, position, of_person, number) for kind, (number, of_person, _) in groups.items()}
    signature = np.zeros(persons, np.int64)
    for kind, (_, of_person, role) in sorted(groups.items()):
        most = int(local[kind].max()) + 1  # no two households of different shapes may be written alike
        signature = (signature * most + local[kind][of_person]) * len(roles[kind]) + role
    of = {PERSON: home, **{kind: whose(number, of_person, home) for kind, (number, of_person, _) in groups.items()}}
    found = [
        Alike(shape_of(order[starts[which[0]] : starts[which[0] + 1]], groups, local, roles), which,
              members_of(which, order, starts, groups, local))
        for which in sorted_by_signature(signature[order], starts)
    ]  # fmt: skip
    return Households(count, of, tuple(found))


def joined(persons: int, groups: Mapping[str, tuple[int, Indices, Any]]) -> Indices:
    """(persons,) The household of each person, numbered in order of their first person."""
    label = np.arange(persons)
    while True:
        before = label
        for count, of_person, _ in groups.values():
            least = np.full(count, persons, np.intp)
            np.minimum.at(least, of_person, label)
            label = least[of_person]
        if (label == before).all():
            home: Indices = np.unique(label, return_inverse=True)[1].astype(np.intp)
            return home


def numbered(home: Indices, position: Indices, of_person: Indices, count: int) -> Indices:
    """(count,) The place of each group among those of its household, in order of their first person."""
    first = np.full(count, np.iinfo(np.intp).max, np.intp)
    np.minimum.at(first, of_person, position)
    owner = whose(count, of_person, home)
    order = np.lexsort((first, owner))
    starts = np.concatenate(([0], np.cumsum(np.bincount(owner))))
    place = np.empty(count, np.intp)
    place[order] = np.arange(count) - starts[owner[order]]
    return place


def whose(count: int, of_person: Indices, home: Indices) -> Indices:
    """(count,) The household of each group."""
    found = np.empty(count, np.intp)
    found[of_person] = home
    return found


def sorted_by_signature(signature: NDArray[np.int64], starts: Indices) -> list[Indices]:
    """The households of each shape, commonest first; `signature` is that of persons in order of household."""
    sizes = np.diff(starts)
    found: list[Indices] = []
    for size in np.unique(sizes):
        same = np.flatnonzero(sizes == size)
        table = signature[starts[same][:, None] + np.arange(size)]
        _, which = np.unique(table, axis=0, return_inverse=True)
        which = which.reshape(-1)
        cuts = np.cumsum(np.bincount(which))[:-1]
        found += np.split(same[np.argsort(which, kind="stable")], cuts)
    return sorted(found, key=len, reverse=True)


def shape_of(persons: Indices, groups: Mapping[str, Any], local: Mapping[str, Indices],
             roles: Mapping[str, tuple[str, ...]]) -> Shape:  # fmt: skip
    """The shape of one household, given its persons in order."""
    kin = {}
    for kind, (_, of_person, role) in groups.items():
        mine = tuple(int(place) for place in local[kind][of_person[persons]])
        kin[kind] = Kinship(max(mine) + 1, mine, tuple(roles[kind][place] for place in role[persons]))
    return Shape(len(persons), single(kin))


def members_of(which: Indices, order: Indices, starts: Indices, groups: Mapping[str, Any],
               local: Mapping[str, Indices]) -> dict[str, Indices]:  # fmt: skip
    """entity → (members, n): where the members of these households stand in the batch."""
    size = int(starts[which[0] + 1] - starts[which[0]])
    persons = order[starts[which][None, :] + np.arange(size)[:, None]]
    found = {PERSON: persons}
    for kind, (_, of_person, _) in groups.items():
        theirs = of_person[persons]
        places = local[kind][theirs]
        table = np.empty((int(places.max()) + 1, len(which)), np.intp)
        table[places, np.arange(len(which))[None, :]] = theirs
        found[kind] = table
    return found
