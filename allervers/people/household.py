"""Facts kept one by one, each at its path, and the household document they make together. Pure.

Paths are those of the household file: "home.rent", "couple", "people[claimant].incomes.wage", "people[child2].age".
Children and others are numbered in their order; labels of the file are dropped, since they could be names.
"more_people" is kept as true or false: unless the list was said to be whole, it is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from allervers.rights.household import Household, read

GROUPS = ("home", "tax", "assessed", "receives")
NUMBERED = ("child", "other")

_PLACE = re.compile(r"people\[(claimant|partner|child[1-9]\d?|other[1-9]\d?)\]\.(.+)")
_PLAIN = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40})?")


def is_path(path: str) -> bool:
    """Whether a fact can stand at this path; which keys there are is for the household file to say."""
    placed = _PLACE.fullmatch(path)
    return bool(_PLAIN.fullmatch(placed.group(2) if placed else path)) and path not in ("day", "people")


def is_of_the_list(path: str) -> bool:
    """Whether the fact is part of who lives there: children and others stand or fall together, as numbered."""
    placed = _PLACE.fullmatch(path)
    return path == "more_people" or bool(placed and placed.group(1).startswith(NUMBERED))


def facts_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Every fact of a household document by its path."""
    facts: dict[str, Any] = {}
    for key, value in document.items():
        if key in GROUPS:
            facts |= {f"{key}.{name}": inner for name, inner in value.items()}
        elif key not in ("day", "people", "more_people"):
            facts[key] = value
    people = document.get("people") or []
    if people or document.get("more_people"):
        facts["more_people"] = bool(document.get("more_people"))
    for place, person in zip(_places(people), people, strict=True):
        facts |= _facts_of_one(place, person)
    return facts


def document_of(facts: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The household document that these facts make, seen on `day`; whoever else lives there, somebody claims."""
    document: dict[str, Any] = {"day": day.isoformat()}
    people: dict[str, dict[str, Any]] = {}
    for path in sorted(facts):
        placed = _PLACE.fullmatch(path)
        if placed:
            _put_of_one(people, placed.group(1), placed.group(2), facts[path])
        elif path != "more_people":
            group, _, name = path.rpartition(".")
            (document.setdefault(group, {}) if group else document)[name] = facts[path]
    if people:
        people.setdefault("claimant", {"role": "claimant"})
        document["people"] = [people[place] for place in sorted(people, key=_rank)]
    if facts.get("more_people", bool(people)):
        document["more_people"] = True
    return document


def checked(facts: Mapping[str, Any], day: date) -> Household:
    """The household these facts make. Raises Faults with all that is wrong with them together."""
    return read(document_of(facts, day))


def _places(people: list[dict[str, Any]]) -> list[str]:
    """Each person's place: claimant, partner, child1, child2…"""
    places: list[str] = []
    for person in people:
        role = str(person.get("role"))
        number = 1 + sum(place.startswith(role) for place in places)
        places.append(f"{role}{number}" if role in NUMBERED else role)
    return places


def _facts_of_one(place: str, person: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for key, value in person.items():
        if key == "incomes":
            facts |= {f"people[{place}].incomes.{kind}": amount for kind, amount in value.items()}
        elif key not in ("id", "role"):
            facts[f"people[{place}].{key}"] = value
    return facts or {f"people[{place}].role": person["role"]}


def _put_of_one(people: dict[str, dict[str, Any]], place: str, path: str, value: Any) -> None:
    person = people.setdefault(place, {"role": place.rstrip("0123456789")})
    group, _, name = path.rpartition(".")
    (person.setdefault(group, {}) if group else person)[name] = value


def _rank(place: str) -> tuple[int, int]:
    role = place.rstrip("0123456789")
    return ("claimant", "partner", *NUMBERED).index(role), int(place.removeprefix(role) or 0)
