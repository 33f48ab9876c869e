"""Arrays that carry a value and the operation that gave it; what is not tracked raises, never escapes.

A `Traced` is an ordinary NumPy array for whoever computes with it. Each ufunc writes a node in the tape's graph; the
functions of NumPy that formulas call stand in `functions`. Reading a value out of it (`float(x)`, `x[0]`, a loop, an
`if`) would fix in the program what was only true of the sample: it raises, or becomes a guard.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray

from allervers.law.compiled.graph import Graph


class Untracked(TypeError):
    """A formula did what a trace cannot follow."""


@dataclass(frozen=True)
class Guard:
    """What the sample answered to a question asked of a whole population: no member made `place` true."""

    place: int
    variable: str


@dataclass
class Tape:
    """The graph being written, its guards, and the variable whose formula is running."""

    graph: Graph = field(default_factory=Graph)
    guards: list[Guard] = field(default_factory=list)
    variable: str = ""

    def traced(self, values: Any, place: int, entity: str, items: Any = None) -> Any:
        """An array of these values, given by the node at `place`."""
        plain = np.asarray(values)
        if items is not None:
            found: Any = EnumArray(plain, items).view(TracedEnum)
        else:
            found = plain.view(Traced)
        found._tape, found._place, found._entity = self, place, entity
        return found

    def filled(self, value: Any, count: int, entity: str, dtype: Any = None) -> Any:
        """A constant, once for each of `count` members."""
        values = np.full(count, value, dtype)
        return self.traced(values, self.graph.const(values[:1][0] if count else np.zeros(1, values.dtype)[0]), entity)

    def place_of(self, given: Any) -> int:
        """The node of an operand: a traced array, or a constant."""
        if isinstance(given, Traced):
            if given._place is None:
                raise Untracked(f"{self.variable}: an array that was cut, or viewed otherwise")
            return given._place
        if isinstance(given, np.ndarray) and given.ndim:
            raise Untracked(f"{self.variable}: an array of {given.shape} that nobody traced")
        return self.graph.const(given)


class Traced(np.ndarray):
    """An array whose every element comes from the same operation."""

    _tape: Tape
    _place: int | None
    _entity: str

    def __array_finalize__(self, parent: Any) -> None:
        self._place = None
        self._tape = getattr(parent, "_tape", None)  # type: ignore[assignment]
        self._entity = getattr(parent, "_entity", "")

    def __array_ufunc__(self, ufunc: Any, method: str, *given: Any, **options: Any) -> Any:
        from allervers.law.compiled.tracing.functions import call

        if method != "__call__" or set(options) - {"out", "where"}:
            raise Untracked(f"{self._tape.variable}: {ufunc.__name__}.{method} with {sorted(options)}")
        return call(self._tape, ufunc, given, **options)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from allervers.law.compiled.tracing.functions import FUNCTIONS

        known = FUNCTIONS.get(function.__name__)
        if known is None:
            raise Untracked(f"{self._tape.variable}: {function.__name__}")
        return known(self._tape, *args, **kwargs)

    def astype(self, dtype: Any, *_: Any, **__: Any) -> Any:
        wanted = np.dtype(dtype)
        with np.errstate(all="ignore"):
            values = plain(self).astype(wanted)
        place = self._tape.graph.cast(self._tape.place_of(self), values.dtype)
        return self._tape.traced(values, place, self._entity)

    def any(self, *_: Any, **__: Any) -> Any:
        """False, and a guard; a batch in which one member says true goes another way."""
        place = self._tape.place_of(self)
        if plain(self).any():
            raise Untracked(f"{self._tape.variable}: the sample goes where few households go")
        if not self._tape.graph.is_const(place):
            self._tape.guards.append(Guard(place, self._tape.variable))
        return False

    def copy(self, *_: Any, **__: Any) -> Any:
        return self._tape.traced(plain(self).copy(), self._tape.place_of(self), self._entity)

    def fill(self, value: Any) -> None:
        self._refuse("fill")

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise Untracked(f"{self._tape.variable}: a value is read out of an array, or written into it")

    def __getitem__(self, which: Any) -> Any:
        """`x[mask]`: the members whom the mask keeps; only what was cut by the same mask goes with it."""
        mask = self._mask(which)
        return self._tape.traced(plain(self)[plain(which)], self._tape.place_of(self), cut_by(mask, self._entity))

    def __setitem__(self, which: Any, value: Any) -> None:
        """`x[mask] = y`: the array gives another value from now on."""
        mask, tape = self._mask(which), self._tape
        if isinstance(value, Traced) and value._entity != cut_by(mask, self._entity):
            raise Untracked(f"{tape.variable}: what is written was not cut by the same mask")
        place = tape.graph.where(mask, tape.place_of(value), tape.place_of(self), self.dtype)
        plain(self)[plain(which)] = plain(value)
        self._place = place

    def _mask(self, which: Any) -> int:
        if not isinstance(which, Traced) or which.dtype != bool or which._entity != self._entity:
            self._refuse()
        return self._tape.place_of(which)

    __bool__ = __int__ = __float__ = __complex__ = __index__ = __iter__ = __contains__ = _refuse
    all = min = max = sum = item = tolist = tobytes = argmax = argmin = mean = prod = cumsum = _refuse
    round = clip = take = repeat = dot = sort = searchsorted = nonzero = _refuse


class TracedEnum(Traced, EnumArray):  # type: ignore[misc]
    """Names of an enumeration, held as the places of its items."""

    def __array_finalize__(self, parent: Any) -> None:
        Traced.__array_finalize__(self, parent)
        EnumArray.__array_finalize__(self, parent)

    def __eq__(self, other: object) -> Any:
        codes = self.codes()
        if isinstance(other, Enum):
            if type(other) is not self.possible_values:
                return codes != codes
            return codes == np.asarray(other.index, codes.dtype)[()]
        if isinstance(other, TracedEnum):
            return codes == other.codes()
        raise Untracked(f"{self._tape.variable}: an enumeration compared with {other!r}")

    def __ne__(self, other: object) -> Any:
        return np.logical_not(self == other)

    __hash__ = None  # type: ignore[assignment]

    def codes(self) -> Any:
        """The places of the items, as numbers."""
        return self._tape.traced(plain(self), self._tape.place_of(self), self._entity)

    def copy(self, *_: Any, **__: Any) -> Any:
        return self._tape.traced(plain(self).copy(), self._tape.place_of(self), self._entity, self.possible_values)


def cut_by(mask: int, entity: str) -> str:
    """The name of the members of an entity whom a mask keeps."""
    return f"{entity} where {mask}"


def plain(given: Any) -> Any:
    """The values alone, of a traced array; anything else as it is."""
    return given.view(np.ndarray) if isinstance(given, np.ndarray) else given


def is_weak(given: Any) -> bool:
    """Whether NumPy lets the other operand choose the dtype: Python's own numbers."""
    return type(given) in (int, float, complex, bool)
