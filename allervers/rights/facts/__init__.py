"""From a household of which everything is known to the columns that the law computes.

It knows OpenFisca's inputs, their periods and traps, and how net amounts become taxable or gross ones, with sources.
It promises that nothing here decides a right: it only says in the law's words what the household said in its own.
"""

from allervers.rights.facts.columns import columns
from allervers.rights.facts.counted import wanted_first, with_counted
from allervers.rights.facts.entities import Entities
from allervers.rights.facts.known import Known, KnownPerson, horizon, month_index, years

__all__ = [
    "Entities",
    "Known",
    "KnownPerson",
    "columns",
    "horizon",
    "month_index",
    "wanted_first",
    "with_counted",
    "years",
]
