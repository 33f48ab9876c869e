"""OpenFisca's tax and benefit systems: loaded once for each set of corrections, shared by all threads."""

from collections.abc import Collection
from threading import RLock
from typing import Any

from openfisca_core.periods import period
from openfisca_core.reforms import Reform
from openfisca_core.variables import Variable
from openfisca_france import FranceTaxBenefitSystem

from allervers.law.corrections import ALL, Correction
from allervers.law.corrections.entry import Formula
from allervers.law.corrections.parameters import add, change
from allervers.law.faults import LawFault
from allervers.law.parameters import ReadsOneByOne

_lock = RLock()
_systems: dict[frozenset[str], Any] = {}


class Published(ReadsOneByOne, FranceTaxBenefitSystem):  # type: ignore[misc]
    """OpenFisca-France as published."""


def tax_benefit_system(names: frozenset[str]) -> Any:
    """OpenFisca-France with the corrections `names`; the first call takes seconds, the next ones nothing."""
    system = _systems.get(names)
    if system is not None:
        return system
    with _lock:
        if names not in _systems:
            _systems[names] = _load(names)
        return _systems[names]


def chosen(corrected: bool, corrections: Collection[str] | None) -> frozenset[str]:
    """Names of the corrections to apply: none, all (`corrections` is None) or the ones given."""
    known = frozenset(correction.name for correction in ALL)
    if not corrected:
        return frozenset()
    if corrections is None:
        return known
    if unknown := sorted(set(corrections) - known):
        raise LawFault("corrections", expected=f"names among {sorted(known)}", came=str(unknown))
    return frozenset(corrections)


def _load(names: frozenset[str]) -> Any:
    if not names:
        return Published()
    return _reformed(tax_benefit_system(frozenset()), [c for c in ALL if c.name in names])


def _reformed(baseline: Any, corrections: list[Correction]) -> Any:
    def edited(root: Any) -> Any:
        for correction in corrections:
            for addition in correction.additions:
                add(root, addition)
            for entry in correction.changes:
                change(root, entry)
        return root

    def apply(reform: Any) -> None:
        reform.modify_parameters(modifier_function=edited)
        for correction in corrections:
            for formula in correction.formulas:
                reform.update_variable(_rewritten(reform, formula))

    return type("Corrected", (ReadsOneByOne, Reform), {"apply": apply})(baseline)


def _rewritten(system: Any, entry: Formula) -> type:
    """A class of OpenFisca variable whose formula, from `entry.since`, is made from the one it replaces."""
    variable = system.get_variable(entry.variable, check_existence=True)
    later = [start for start in variable.formulas if start > entry.since.isoformat()]
    assert not later, f"{entry.variable} has formulas of {later}, which the correction would hide"
    replaced = variable.get_formula(period(entry.since.isoformat()))
    return type(entry.variable, (Variable,), {f"formula_{entry.since:%Y_%m_%d}": entry.rewrite(replaced)})
