"""The code of a shape, ready to run: LLVM's where it knows every operation, NumPy's steps otherwise."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from allervers.law.compiled import llvm_code
from allervers.law.compiled.numpy_steps import Listing, run, steps

try:
    import llvmlite.binding as llvm
except ImportError:  # pragma: no cover - a machine without it computes with NumPy
    llvm = None

#: Households at once: what they read and write stays in the processor's second cache.
BLOCK = 1024


class Workspace(Protocol):
    """Memory of one thread for one shape: inputs go into `columns`, `work` fills `results` for the first `count`."""

    columns: dict[int, NDArray[Any]]
    results: dict[int, NDArray[Any]]

    def work(self, count: int) -> None: ...


def given(found: Listing) -> list[int]:
    """The registers that are filled before it runs."""
    return [at for _, at in found.inputs] + [at for words in found.words for _, at in words.handed]


def kept(found: Listing) -> list[int]:
    """The registers that are read afterwards."""
    places = {at for output in found.outputs for at in output} | set(found.checks)
    return sorted(at for at in places if isinstance(at, int))


@dataclass
class Steps:
    """NumPy's workspace."""

    columns: dict[int, NDArray[Any]]
    results: dict[int, NDArray[Any]]
    calls: Sequence[Any]

    def work(self, count: int) -> None:
        with np.errstate(all="ignore"):
            run(self.calls)


class Native:
    """Machine code's workspace."""

    def __init__(self, found: Listing, engine: Any, frame: int) -> None:
        kinds = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
        self._engine = engine  # it owns the code
        self._function = ctypes.CFUNCTYPE(None, *kinds)(engine.get_function_address("run"))
        inside = given(found)
        self.columns = {at: np.zeros(BLOCK, found.registers[at]) for at in inside}
        self.results = {
            at: self.columns[at] if at in self.columns else np.zeros(BLOCK, found.registers[at]) for at in kept(found)
        }
        self._memory = np.zeros(frame + 64, np.uint8)
        self._frame = ctypes.c_void_p(self._memory.ctypes.data + (-self._memory.ctypes.data) % 64)
        self._given = pointers([self.columns[at] for at in inside])
        self._kept = pointers([self.results[at] for at in kept(found)])

    def work(self, count: int) -> None:
        self._function(self._frame, self._given, self._kept, count)


def pointers(arrays: Sequence[NDArray[Any]]) -> Any:
    return (ctypes.c_void_p * max(1, len(arrays)))(*[array.ctypes.data for array in arrays])


@dataclass(frozen=True)
class Built:
    """A listing and what makes a workspace for it; `native` says which back end it is."""

    found: Listing
    workspace: Callable[[], Workspace]
    native: bool
    spare: list[Workspace] = field(default_factory=list)

    @contextmanager
    def lent(self) -> Iterator[Workspace]:
        """A workspace for one thread, given back at the end for the next one."""
        try:
            space = self.spare.pop()
        except IndexError:
            space = self.workspace()
        yield space
        self.spare.append(space)


def built(found: Listing, *, native: bool = True) -> Built:
    """The best that this machine can do with a listing; NumPy's steps when `native` is false."""
    if native and llvm is not None:
        try:
            return built_native(found)
        except llvm_code.Unwritten:
            pass
    return Built(found, lambda: in_steps(found), native=False)


def in_steps(found: Listing) -> Steps:
    calls, registers = steps(found, BLOCK)
    return Steps({at: registers[at] for at in given(found)}, {at: registers[at] for at in kept(found)}, calls)


def built_native(found: Listing) -> Built:
    """Compile a listing for this processor; raises `llvm_code.Unwritten` where it has no code for an operation."""
    code = llvm_code.Code(found)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(code.text()), processor())
    engine.finalize_object()
    return Built(found, lambda: Native(found, engine, code.frame), native=True)


@cache
def ready() -> None:
    """LLVM knows this machine."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()


def processor() -> Any:
    """This machine's own, with what it can do; each compiler keeps its own to the end."""
    ready()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=1, codemodel="jitdefault"
    )
