"""Listings as an ES module that stands alone: the same operations, bit for bit, in any browser.

Code that a browser has to optimise before it is quick is of no use to whoever asks once. So a listing becomes data: its
expressions in postfix order, which a small loop reads once, then runs operation by operation on blocks of households,
as NumPy does; each operation is a loop of its own, soon optimised. Nothing is built from text: a strict content policy
holds.

A program (what `module` exports, and what `bundle` exports once for each listing, in `programs`) has

- `inputs`: the columns that `run` is given, in order, as [variable, period, member, kind]; what one name or one day
  decides (`Listing.words`: a commune, a birth) comes after, with a fifth item, the node of those words that the column
  holds: the caller works it out beforehand;
- `outputs`: for each output of the listing, for each member, its kind;
- `prepare()`: reads the program and runs it once for nothing, while the page waits, so that the first `run` is quick;
- `run(columns, count)`: `{outputs, aside}`. A column is the typed array that `ARRAYS` says, or an array;
  `outputs[output][member]` are typed arrays too; `aside[household]` is 0, or says why its results are void: 1, a check
  of the listing holds; 2, a whole number went beyond 2^53; 3, both.

Every value is a JavaScript number. Rounding once more the double sum, difference, product, quotient or root of float32
gives float32's own. int64 is exact up to 2^53, and watched wherever ranges do not prove that it stays there. Days,
months and years are counted from 1970, NaT being NaN. Of two zeros, maximum and minimum keep the second, as NumPy does
on x86.
"""

from allervers.law.compiled.javascript.program import FIGURES, bundle, in_figures, module
from allervers.law.compiled.javascript.texts import ARRAYS, Unwritten, key
from allervers.law.compiled.javascript.values import given_registers

__all__ = ["ARRAYS", "FIGURES", "Unwritten", "bundle", "given_registers", "in_figures", "key", "module"]
