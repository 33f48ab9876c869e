"""CEJ: the profit of one's own micro-enterprise, not that of everybody in the batch."""

from datetime import date
from typing import Any

from allervers.law.corrections.entry import Correction, Formula, FormulaFunction, Mark, Source
from allervers.law.corrections.formulas import rebound

SINCE = date(2009, 6, 1)


def _ones_own(values: Any) -> Any:
    return values


def _of_each(old: FormulaFunction | None) -> FormulaFunction:
    # OpenFisca adds with Python's own `sum`, which runs through every person of the simulation.
    return rebound(old, sum=_ones_own)


CORRECTION = Correction(
    name="micro-enterprise-neighbours",
    what="Profit of micro-enterprises taxed at source, in the net income of the self-employed",
    old="the sum over every person computed together, whoever their household is",
    new="that of the person's own tax household",
    since=SINCE,
    mark=Mark.SOURCED,
    rights=("cej",),
    sources=(
        Source(
            "OpenFisca-France 176.1.8, variable revenus_non_salarie_nets: `sum(microentreprise_i)`",
            "2026-11",
            "https://github.com/openfisca/openfisca-france/blob/master/openfisca_france/model/prelevements_obligatoires/prelevements_sociaux/contributions_sociales/activite.py",
        ),
    ),
    formulas=(Formula("revenus_non_salarie_nets", SINCE, _of_each),),
)
