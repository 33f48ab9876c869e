"""What a fund or the tax office already counted, used instead of what incomes would give.

Some of it needs a first pass of the law: the CSS adds its housing flat rate to the resources counted, and a tax
household of which no notice is known keeps the reference income that its own incomes give.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law import Columns
from allervers.rights.facts.entities import Entities
from allervers.rights.facts.known import Known

Wanted = str | tuple[str, str]

FLAT_RATE_FREE_HOME = "css_cmu_forfait_logement_base"
FLAT_RATE_WITH_AID = "css_cmu_forfait_logement_al"


def wanted_first(batch: Sequence[Known], rows: Entities) -> tuple[Wanted, ...]:
    """The variables to compute before what was counted can be put in; often none."""
    wanted: list[Wanted] = []
    if batch[0].css is not None:
        wanted += [FLAT_RATE_FREE_HOME, FLAT_RATE_WITH_AID]
    if rows.groups["foyer_fiscal"].count > len(batch):
        wanted += [("rfr", str(year)) for year in batch[0].reference_income]
        wanted += [("nbptr", str(year)) for year in _notice_years(batch)]
    return tuple(wanted)


def with_counted(
    found: Columns, batch: Sequence[Known], rows: Entities, first: Mapping[Wanted, NDArray[Any]]
) -> Columns:
    """The columns with what was counted put in; `first` holds the values of `wanted_first`."""
    inputs = dict(found.inputs)
    for year in batch[0].reference_income:
        values = [known.reference_income[year] for known in batch]
        inputs["rfr", str(year)] = _tax(values, rows, first.get(("rfr", str(year))))
    for year in _notice_years(batch):
        shares = [known.shares for known in batch]
        inputs["nbptr", str(year)] = _tax(shares, rows, first.get(("nbptr", str(year))))
    if batch[0].css is not None:
        inputs["css_cmu_base_ressources", f"{batch[0].day:%Y-%m}"] = _css(batch, rows, first)
    return Columns(found.persons, found.groups, inputs)


def _notice_years(batch: Sequence[Known]) -> tuple[int, ...]:
    """The years whose number of shares is known: the last two notices have the same."""
    year = batch[0].day.year
    return (year - 2, year - 1) if batch[0].shares is not None else ()


def _tax(values: Sequence[Any], rows: Entities, first: NDArray[Any] | None) -> NDArray[Any]:
    found = np.zeros(rows.groups["foyer_fiscal"].count) if first is None else first.astype(np.float64)
    found[rows.own["foyer_fiscal"]] = values
    return found


def _css(batch: Sequence[Known], rows: Entities, first: Mapping[Wanted, NDArray[Any]]) -> NDArray[Any]:
    """Resources counted plus the flat rate of who lives free of rent or gets housing aid (R.861-5, R.861-7)."""
    free = np.array([known.status in ("owner", "hosted") for known in batch])
    own = rows.own["famille"]
    total = np.zeros(rows.groups["famille"].count)
    total[own] = [known.css for known in batch]
    total[own] += free * first[FLAT_RATE_FREE_HOME][own] + first[FLAT_RATE_WITH_AID][own]
    return total
