"""Ways to make a formula from OpenFisca's own, so that no rule of law is written twice."""

import builtins
from types import FunctionType
from typing import Any

from allervers.law.corrections.entry import FormulaFunction


def call(formula: FormulaFunction | None, population: Any, period: Any, parameters: Any) -> Any:
    """What OpenFisca's formula gives; formulas that read no parameter take two arguments."""
    if formula is None:
        return None
    if formula.__code__.co_argcount == 2:
        return formula(population, period)
    return formula(population, period, parameters)


def rebound(formula: FormulaFunction | None, **names: Any) -> FormulaFunction:
    """The same formula with some of its global or built-in names bound to something else, for itself alone.

    OpenFisca loads the files of variables as modules of its own, shared by every system of the process: replacing
    a helper in the module would change the uncorrected law too.
    """
    assert isinstance(formula, FunctionType), "only a formula written in Python can be rebound"
    missing = set(names) - set(formula.__globals__) - set(dir(builtins))
    assert not missing, f"the formula reads no {missing}"
    return FunctionType(
        formula.__code__,
        {**formula.__globals__, **names},
        formula.__name__,
        formula.__defaults__,
        formula.__closure__,
    )
