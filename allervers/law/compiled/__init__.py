"""OpenFisca-France's formulas followed once, then made into small programs that give the same figures, faster.

It knows graphs, dtypes and shapes of households; it writes no rule of law: what it cannot follow stays OpenFisca's.
It promises the same figures to the bit, and says which households OpenFisca itself worked out, and why.
"""

from allervers.law.compiled.program import Program, Tally, prepare

__all__ = ["Program", "Tally", "prepare"]
