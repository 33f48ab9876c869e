"""A prepared program: OpenFisca's figures, for one way of giving facts and one list of figures wanted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum, EnumArray

from allervers.law.audit.shapes import shapes as sample_of
from allervers.law.columns import Columns
from allervers.law.compiled import machine
from allervers.law.compiled.batch import Batch, Ints, households_of
from allervers.law.compiled.inputs import Pattern, load, ordinary
from allervers.law.compiled.machine import Built
from allervers.law.compiled.numpy_steps import Listing, listing
from allervers.law.compiled.shapes import Alike
from allervers.law.compiled.specialise import Shape, specialise
from allervers.law.compiled.tracing.simulation import Asked, Trace, trace
from allervers.law.compute import Wanted, asked_of
from allervers.law.days import check_day
from allervers.law.faults import LawFault
from allervers.law.system import chosen, tax_benefit_system


@dataclass
class Tally:
    """How many households a program worked out, and how many it left to OpenFisca itself.

    `guarded`: something asked of them that the sample never met, or a place that a table does not have; `strange`: an
    amount too large, or -0.0; `rare`: a shape met too seldom to be compiled.
    """

    compiled: int = 0
    guarded: int = 0
    strange: int = 0
    rare: int = 0


@dataclass
class Program:
    """Figures `wanted` on `day`, from inputs that vary as `pattern` says, with the law of `system`.

    A shape is compiled when it is first met, once for whoever gives no negative number and once for the others; met by
    fewer than `rare` households together, it goes to OpenFisca. Threads may share a program.
    """

    system: Any
    wanted: dict[Wanted, Asked]
    pattern: Pattern
    day: date
    rare: int = 1
    _trace: Trace | None = None
    _built: dict[tuple[Shape, bool], Built] = field(default_factory=dict)
    _lock: Any = field(default_factory=Lock)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The figures, each once: "rsa" and ("rsa", "2026-09") may be the same."""
        return tuple(dict.fromkeys(self.wanted.values()))

    def run(self, columns: Columns, *, cores: int = 1, tally: Tally | None = None) -> dict[Wanted, NDArray[Any]]:
        """The figures of a batch, as `compute` gives them. Raises LawFault, also for facts given otherwise."""
        given = load(self.system, columns)
        if given.pattern() != self.pattern:
            raise LawFault("inputs", expected="those that the program was made for", came="others, or other periods")
        tally = Tally() if tally is None else tally
        batch = Batch(self.system, self.asked, given, households_of(given.simulation))
        below, beyond = batch.sorted_out()
        left = [np.flatnonzero(beyond)]
        tally.strange += len(left[0])
        for alike in batch.found.alike:
            for signed in (False, True):
                mine = alike.only(~beyond[alike.households] & (below[alike.households] == signed))
                left.append(self.work(batch, mine, signed, cores, tally))
        batch.by_openfisca(np.sort(np.concatenate(left)))
        return {wanted: self.decoded(asked, batch.results[asked]) for wanted, asked in self.wanted.items()}

    def work(self, batch: Batch, alike: Alike, signed: bool, cores: int, tally: Tally) -> Ints:
        """Work out households of one shape; those that are left to OpenFisca."""
        count = len(alike.households)
        if not count:
            return alike.households
        if count < self.rare and (alike.shape, signed) not in self._built:
            tally.rare += count
            return alike.households
        refused = batch.work(alike, self.built(alike.shape, signed), cores)
        tally.compiled += count - len(refused)
        tally.guarded += len(refused)
        return refused

    def built(self, shape: Shape, signed: bool) -> Built:
        """The code of a shape, made once."""
        with self._lock:
            known = self._built.get((shape, signed))
            if known is None:
                known = self._built[shape, signed] = machine.built(self.listing(shape, signed))
            return known

    def listing(self, shape: Shape, signed: bool) -> Listing:
        """The operations of a shape."""
        if self._trace is None:
            self._trace = self.traced()
        return listing(specialise(self._trace, shape, partial(self.within, signed=signed)))

    def within(self, name: str, dtype: Any, *, signed: bool) -> Any:
        return ordinary(self.system.get_variable(name), dtype, signed=signed)

    def traced(self) -> Trace:
        """OpenFisca's own formulas, followed once on a small invented sample."""
        sample = sample_of(self.system, self.day)
        return trace(self.system, Columns(sample.persons, sample.groups, {}), self.pattern, self.asked)

    def decoded(self, asked: Asked, values: NDArray[Any]) -> NDArray[Any]:
        """Names for the places of an enumeration's items."""
        variable = self.system.get_variable(asked[0])
        if variable.value_type is Enum:
            return np.asarray(EnumArray(values, variable.possible_values).decode_to_str())
        return values


def prepare(
    like: Columns,
    variables: Sequence[Wanted],
    day: date,
    *,
    corrected: bool = True,
    corrections: Collection[str] | None = None,
    rare: int = 1,
) -> Program:
    """A program for batches that give the same inputs for the same periods as `like`, and want the same figures.

    An array given for several periods (the same object) stays one input. The arguments are those of `compute`; raises
    LawFault, DayOutsideLaw. Nothing is compiled before the first run.
    """
    check_day(day)
    system = tax_benefit_system(chosen(corrected, corrections))
    limited = corrected and corrections is None
    wanted = asked_of(system, variables, day, limited=limited)
    return Program(system, wanted, load(system, like).pattern(), day, rare)
