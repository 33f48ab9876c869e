"""What each right gives in each completion: one call of the law for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law import Columns, compute, entity_of
from allervers.rights.catalogue import Amount, all_rights
from allervers.rights.facts import Entities, Known, KnownPerson, columns, wanted_first, with_counted
from allervers.rights.facts.conversions import CRDS

Floats = NDArray[np.float64]

HEALTH_COVER = ("cmu_c", "css_participation_forfaitaire")
BIRTH_GRANT = "paje_naissance"
# The grant is due after the sixth month of pregnancy (D.531-2 of the code de la sécurité sociale).
MONTHS_BEFORE_BIRTH = 2


@dataclass(frozen=True)
class Computed:
    """One right, or one form of a right, that the law works out."""

    id: str
    amount: Amount
    form_of: str | None = None


@cache
def computed_rights() -> tuple[Computed, ...]:
    """Every right and form with an amount or a yes to compute, in the order of the catalogue."""
    found = []
    for right in all_rights().values():
        if right.computed is not None:
            found.append(Computed(right.id, right.computed))
            found += [Computed(form.id, form.computed, right.id) for form in right.forms]
    return tuple(found)


def values(batch: Sequence[Known], day: date) -> dict[str, Floats]:
    """By right, (households,) what it gives: € as the right is paid, net of CRDS; 1 or 0 for a yes or a no.

    An amount of a month for monthly rights, of a year or of once for the others. All are seen on `day`.
    """
    alike: dict[tuple[Any, ...], list[int]] = {}
    for place, known in enumerate(batch):
        alike.setdefault(known.manner, []).append(place)
    found = {one.id: np.zeros(len(batch)) for one in computed_rights()}
    for places in alike.values():
        for right, amounts in _values_alike([batch[place] for place in places], day).items():
            found[right][places] = amounts
    return found


def _values_alike(batch: Sequence[Known], day: date) -> dict[str, Floats]:
    expecting = [place for place, known in enumerate(batch) if any(one.pregnant for one in known.people)]
    twins = [_near_birth(batch[place], day) for place in expecting]
    everyone = [*batch, *twins]
    raw, rows = _compute(everyone, day)
    found = {}
    for one in computed_rights():
        per_household = sum(_per_household(variable, raw[variable], rows) for variable in one.amount.variables)
        total = np.asarray(per_household, dtype=np.float64)
        if BIRTH_GRANT in one.amount.variables:
            born_soon = np.zeros(len(batch))
            born_soon[expecting] = total[len(batch) :]
            total = born_soon
        found[one.id] = _net(total[: len(batch)], one.amount)
    return found


def _near_birth(known: Known, day: date) -> Known:
    """The same household when the birth grant is due: the birth is two months away."""
    month = day.year * 12 + day.month - 1 + MONTHS_BEFORE_BIRTH
    unborn = KnownPerson(role="child", born=date(month // 12, month % 12 + 1, 1), activity="student", school="none")
    return replace(known, people=(*known.people, unborn))


def _compute(batch: Sequence[Known], day: date) -> tuple[dict[Any, NDArray[Any]], Entities]:
    found, rows = columns(batch)
    wanted = wanted_first(batch, rows)
    first = compute(found, wanted, day) if wanted else {}
    complete: Columns = with_counted(found, batch, rows, first)
    variables = sorted({name for one in computed_rights() for name in one.amount.variables})
    result = dict(compute(complete, variables, day))
    if batch[0].received.get("rsa") == 0 and (result["rsa"] > 0).any():
        result |= compute(_without_rsa(complete, day), HEALTH_COVER, day)
    return result, rows


def _without_rsa(found: Columns, day: date) -> Columns:
    """The RSA opens the free CSS once it is paid, not before: what is open today is worked out without it."""
    none = np.zeros(found.groups["famille"].count)
    return replace(found, inputs=dict(found.inputs) | {("rsa", f"{day:%Y-%m}"): none})


def _per_household(variable: str, result: NDArray[Any], rows: Entities) -> Floats:
    """Sum over the claimant's family for what belongs to persons; else the claimant's own group."""
    entity = entity_of(variable)
    if entity == "individu":
        count = len(rows.own["famille"])
        weights = result.astype(np.float64) * rows.in_family
        return np.bincount(rows.household, weights, count).astype(np.float64)
    return np.asarray(result[rows.own[entity]], dtype=np.float64)


def _net(total: Floats, amount: Amount) -> Floats:
    if amount.unit == "yes_no":
        return (total > 0).astype(np.float64)
    return np.round(total * (1 - CRDS if amount.crds else 1.0), 2)
