"""A listing as machine code through LLVM: the same operations, in the same order, on a few households at a time.

No fast mathematics: each operation is the IEEE one that NumPy does. The code is cut in pieces of a few hundred
operations, since LLVM's time grows faster than a piece; what crosses from one piece to the next goes through a frame
of memory small enough for the processor's first caches.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

from allervers.law.compiled.graph import DType
from allervers.law.compiled.numpy_steps import Line, Listing

BOOL = np.dtype(bool)
LANES = 16
PIECE = 400
HOLDS = {"b1": "i8", "i1": "i8", "u1": "i8", "i2": "i16", "u2": "i16", "i4": "i32", "u4": "i32", "i8": "i64",
         "u8": "i64", "f4": "float", "f8": "double", "M8": "i64", "m8": "i64"}  # fmt: skip
ORDERED = {"less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge", "equal": "eq", "not_equal": "ne"}
PLAIN = {"add": "add", "subtract": "sub", "multiply": "mul"}
LOGIC = {"add": "or", "multiply": "and", "logical_and": "and", "logical_or": "or", "bitwise_and": "and",
         "bitwise_or": "or", "not_equal": "xor", "logical_xor": "xor", "bitwise_xor": "xor"}  # fmt: skip
NEAREST = {"rint": "llvm.nearbyint", "floor": "llvm.floor", "ceil": "llvm.ceil", "absolute": "llvm.fabs"}


class Unwritten(TypeError):
    """An operation that has no machine code here: NumPy runs the whole listing."""


def key(dtype: DType) -> str:
    return f"{dtype.kind}{dtype.itemsize}"


def held(dtype: DType) -> str:
    """The LLVM type in memory of one value."""
    try:
        return HOLDS[key(dtype)]
    except KeyError:
        raise Unwritten(f"values of {dtype}") from None


def vector(dtype: DType) -> str:
    """The LLVM type of the lanes while they are worked on; a boolean is one bit."""
    return f"<{LANES} x {'i1' if dtype.kind == 'b' else held(dtype)}>"


class Piece:
    """The text of one function: a run of lines, with the values it holds."""

    def __init__(self, name: str, code: "Code") -> None:
        self.name, self.code = name, code
        self.text: list[str] = []
        self.known: dict[int, str] = {}
        self.written: dict[int, None] = {}
        self.count = 0

    def new(self, words: str) -> str:
        self.count += 1
        self.text.append(f"  %v{self.count} = {words}")
        return f"%v{self.count}"

    def place(self, at: Any, dtype: DType) -> str:
        """The value of a register, or of a constant."""
        if not isinstance(at, int):
            return constant(at, dtype)
        if at not in self.known:
            self.known[at] = self.load(at, dtype)
        return self.known[at]

    def load(self, at: int, dtype: DType) -> str:
        kind, pointer = f"<{LANES} x {held(dtype)}>", self.pointer(at, dtype)
        aligned = dtype.itemsize if at in self.code.inputs else 64
        value = self.new(f"load {kind}, ptr {pointer}, align {aligned}")
        return self.new(f"trunc {kind} {value} to {vector(dtype)}") if dtype.kind == "b" else value

    def store(self, at: int, dtype: DType) -> None:
        value, kind = self.known[at], f"<{LANES} x {held(dtype)}>"
        if dtype.kind == "b":
            value = self.new(f"zext {vector(dtype)} {value} to {kind}")
        self.text.append(f"  store {kind} {value}, ptr {self.pointer(at, dtype)}, align 64")

    def pointer(self, at: int, dtype: DType) -> str:
        if at in self.code.inputs:
            base = self.new(f"getelementptr ptr, ptr %columns, i64 {self.code.inputs[at]}")
            column = self.new(f"load ptr, ptr {base}, align 8")
            return self.new(f"getelementptr {held(dtype)}, ptr {column}, i64 %row")
        return self.new(f"getelementptr i8, ptr %frame, i64 {self.code.offsets[at]}")

    def write(self, line: Line) -> None:
        dtype = self.code.dtypes[line.into]
        self.known[line.into] = self.value(line, dtype)
        self.written[line.into] = None

    def value(self, line: Line, dtype: DType) -> str:
        kinds = [self.code.dtypes[arg] if isinstance(arg, int) else np.asarray(arg).dtype for arg in line.args]
        args = [self.place(arg, kind) for arg, kind in zip(line.args, kinds, strict=True)]
        if line.op == "cast":
            return self.cast(args[0], kinds[0], dtype)
        if line.op == "where":
            bits, of = vector(BOOL), vector(dtype)
            return self.new(f"select {bits} {args[0]}, {of} {args[1]}, {of} {args[2]}")
        if line.op == "take":
            return self.take(args[0], kinds[0], line.attr, dtype)
        return self.call(line.op, args, kinds)

    def call(self, op: str, args: list[str], kinds: list[DType]) -> str:
        kind, of = kinds[0], vector(kinds[0])
        if len({key(one).lower() for one in kinds}) > 1:
            raise Unwritten(f"{op} of {' and '.join(map(str, kinds))}")
        if kind.kind == "b":
            return self.logic(op, args, of)
        if op in ("maximum", "minimum"):
            return self.extreme(op, args, kind, of)
        if kind.kind == "f" and op in NEAREST:
            return self.intrinsic(NEAREST[op], args[0], kind)
        words = real(op) if kind.kind == "f" else whole(op, kind)
        if words is None:
            raise Unwritten(f"{op} of {kind}")
        other = args[1] if len(args) > 1 else "zeroinitializer"
        if op == "negative" and kind.kind != "f":
            return self.new(f"sub {of} zeroinitializer, {args[0]}")
        return self.new(f"{words} {of} {args[0]}" if words == "fneg" else f"{words} {of} {args[0]}, {other}")

    def logic(self, op: str, args: list[str], of: str) -> str:
        if op == "logical_not":
            return self.new(f"xor {of} {args[0]}, splat (i1 true)")
        if op in LOGIC:
            return self.new(f"{LOGIC[op]} {of} {args[0]}, {args[1]}")
        if op == "equal":
            different = self.new(f"xor {of} {args[0]}, {args[1]}")
            return self.new(f"xor {of} {different}, splat (i1 true)")
        raise Unwritten(f"{op} of booleans")

    def extreme(self, op: str, args: list[str], kind: DType, of: str) -> str:
        """NumPy's: a NaN wins, the first one first; of two zeros, the second."""
        one, other = args
        how = "greater" if op == "maximum" else "less"
        better = self.new(f"{real(how) if kind.kind == 'f' else whole(how, kind)} {of} {one}, {other}")
        if kind.kind == "f":
            absent = self.new(f"fcmp uno {of} {one}, {one}")  # where the other is NaN, it is not beaten
            better = self.new(f"or {vector(BOOL)} {better}, {absent}")
        return self.new(f"select {vector(BOOL)} {better}, {of} {one}, {of} {other}")

    def intrinsic(self, name: str, value: str, kind: DType) -> str:
        of = vector(kind)
        full = f"{name}.v{LANES}f{kind.itemsize * 8}"
        self.code.declared.add(f"declare {of} @{full}({of})")
        return self.new(f"call {of} @{full}({of} {value})")

    def cast(self, value: str, source: DType, dtype: DType) -> str:
        before, after = vector(source), vector(dtype)
        if dtype.kind in "Mm" and source.kind in "Mm" and dtype != source:
            raise Unwritten(f"a cast from {source} to {dtype}")
        if dtype.kind == "b":
            return self.new(f"{'fcmp une' if source.kind == 'f' else 'icmp ne'} {before} {value}, zeroinitializer")
        if source.kind == "f" and dtype.kind != "f":
            return self.to_whole(value, source, dtype)
        how = converted(source, dtype)
        return self.new(f"{how} {before} {value} to {after}") if how else value

    def to_whole(self, value: str, source: DType, dtype: DType) -> str:
        """Towards zero; what the integer cannot hold gives its least value, as the processor does for NumPy."""
        if dtype.kind != "i" or dtype.itemsize < 4:
            raise Unwritten(f"a cast from {source} to {dtype}")
        before, after, bits = vector(source), vector(dtype), vector(BOOL)
        edge = float(2.0 ** (dtype.itemsize * 8 - 1))
        low = self.new(f"fcmp oge {before} {value}, {constant(source.type(-edge), source)}")
        high = self.new(f"fcmp olt {before} {value}, {constant(source.type(edge), source)}")
        inside = self.new(f"and {bits} {low}, {high}")
        safe = self.new(f"select {bits} {inside}, {before} {value}, {before} zeroinitializer")
        found = self.new(f"fptosi {before} {safe} to {after}")
        least = constant(np.iinfo(dtype).min, dtype)
        return self.new(f"select {bits} {inside}, {after} {found}, {after} {least}")

    def take(self, codes: str, kind: DType, attr: Any, dtype: DType) -> str:
        """One figure a lane, codes outside brought to the nearest end."""
        table, size = self.code.table(attr), len(attr[0])
        wide = codes if key(kind) == "i8" else self.cast(codes, kind, np.dtype(np.int64))
        of, bits = vector(np.dtype(np.int64)), vector(BOOL)
        for how, edge in (("slt", 0), ("sgt", size - 1)):
            limit = constant(edge, np.dtype(np.int64))
            outside = self.new(f"icmp {how} {of} {wide}, {limit}")
            wide = self.new(f"select {bits} {outside}, {of} {limit}, {of} {wide}")
        found = "poison"
        for lane in range(LANES):
            at = self.new(f"extractelement {of} {wide}, i32 {lane}")
            pointer = self.new(f"getelementptr {held(dtype)}, ptr {table}, i64 {at}")
            one = self.new(f"load {held(dtype)}, ptr {pointer}, align {dtype.itemsize}")
            memory = f"<{LANES} x {held(dtype)}>"
            found = self.new(f"insertelement {memory} {found}, {held(dtype)} {one}, i32 {lane}")
        return self.new(f"trunc <{LANES} x i8> {found} to {vector(dtype)}") if dtype.kind == "b" else found

    def closed(self, read_later: set[int]) -> str:
        for at in self.written:
            if at in read_later:
                self.store(at, self.code.dtypes[at])
        head = f"define internal void @{self.name}(ptr noalias %frame, ptr noalias readonly %columns, i64 %row) {{"
        return "\n".join([head, *self.text, "  ret void", "}"])


def real(op: str) -> str | None:
    """The instruction on floats; what is not ordered is different."""
    if op in ORDERED:
        return "fcmp une" if op == "not_equal" else f"fcmp o{ORDERED[op]}"
    return {**{name: f"f{how}" for name, how in PLAIN.items()}, "divide": "fdiv", "negative": "fneg",
            "logical_not": "fcmp oeq"}.get(op)  # fmt: skip


def whole(op: str, kind: DType) -> str | None:
    """The instruction on whole numbers and days; it wraps as NumPy does."""
    if op in ("equal", "not_equal"):
        return f"icmp {ORDERED[op]}"
    if op in ORDERED:
        return f"icmp {'u' if kind.kind == 'u' else 's'}{ORDERED[op]}"
    return {**PLAIN, "negative": "sub", "logical_not": "icmp eq"}.get(op)


def converted(source: DType, dtype: DType) -> str:
    """The instruction from one number to another; empty when the bits are the same."""
    wider, unsigned = dtype.itemsize > source.itemsize, source.kind in "bu"
    if dtype.kind == "f":
        if source.kind != "f":
            return "uitofp" if unsigned else "sitofp"
        return "" if source == dtype else "fpext" if wider else "fptrunc"
    if source.kind == "b" or (wider and unsigned):
        return "zext"
    return "" if source.itemsize == dtype.itemsize else "sext" if wider else "trunc"


def constant(value: Any, dtype: DType) -> str:
    """The same value in every lane."""
    return f"splat ({scalar(value, dtype)})"


def scalar(value: Any, dtype: DType) -> str:
    if dtype.kind == "b":
        return f"i1 {'true' if value else 'false'}"
    if dtype.kind == "f":
        # LLVM writes a float as the double that is equal to it
        return f"{held(dtype)} 0x{int(np.float64(dtype.type(value)).view(np.uint64)):016X}"
    number = int(np.asarray(value, dtype).astype(np.int64)) if dtype.kind in "Mm" else int(value)
    return f"{held(dtype)} {number}"


class Code:
    """The whole text of a listing."""

    def __init__(self, found: Listing) -> None:
        self.found = found
        self.dtypes = found.registers
        given = [at for _, at in found.inputs] + [at for words in found.words for _, at in words.handed]
        self.inputs = {at: place for place, at in enumerate(given)}
        self.offsets, self.frame = self.laid_out()
        self.declared: set[str] = set()
        self.tables: dict[str, tuple[str, Any]] = {}

    def laid_out(self) -> tuple[dict[int, int], int]:
        offsets, size = {}, 0
        for at, dtype in enumerate(self.dtypes):
            if at not in self.inputs:
                offsets[at] = size
                size += -(-LANES * dtype.itemsize // 64) * 64
        return offsets, size

    def table(self, attr: Any) -> str:
        known = repr(attr)  # a table of 0.0 is equal to a table of -0.0
        if known not in self.tables:
            self.tables[known] = (f"@table{len(self.tables)}", attr)
        return self.tables[known][0]

    def text(self) -> str:
        lines, kept = self.found.lines, {at for output in self.found.outputs for at in output if isinstance(at, int)}
        kept |= {at for at in self.found.checks if isinstance(at, int)}
        runs = [lines[start : start + PIECE] for start in range(0, len(lines), PIECE)]
        pieces = []
        for number, run in enumerate(runs):
            piece = Piece(f"piece{number}", self)
            for line in run:
                piece.write(line)
            pieces.append(piece.closed(read_after(runs[number + 1 :]) | kept))
        main = self.main(len(pieces), sorted(kept))
        tables = [written(attr, name) for name, attr in self.tables.values()]
        return "\n".join([*tables, *pieces, main, *sorted(self.declared)])

    def main(self, pieces: int, kept: list[int]) -> str:
        """For each few households: every piece, then what is kept goes to its column."""
        last = Piece("main", self)
        last.text = [f"  call void @piece{n}(ptr %frame, ptr %columns, i64 %row)" for n in range(pieces)]
        for number, at in enumerate(kept):
            dtype = self.dtypes[at]
            if at in self.inputs:
                continue
            kind = f"<{LANES} x {held(dtype)}>"
            value = last.new(f"load {kind}, ptr {last.pointer(at, dtype)}, align 64")
            base = last.new(f"getelementptr ptr, ptr %results, i64 {number}")
            column = last.new(f"load ptr, ptr {base}, align 8")
            pointer = last.new(f"getelementptr {held(dtype)}, ptr {column}, i64 %row")
            last.text.append(f"  store {kind} {value}, ptr {pointer}, align {dtype.itemsize}")
        return "\n".join([
            "define void @run(ptr noalias %frame, ptr noalias readonly %columns, ptr noalias readonly %results,",
            "                 i64 %count) {",
            "start:", "  br label %loop", "loop:", "  %row = phi i64 [ 0, %start ], [ %next, %loop ]", *last.text,
            f"  %next = add i64 %row, {LANES}", "  %more = icmp slt i64 %next, %count",
            "  br i1 %more, label %loop, label %end", "end:", "  ret void", "}",
        ])  # fmt: skip


def read_after(runs: Iterable[tuple[Line, ...]]) -> set[int]:
    return {arg for run in runs for line in run for arg in line.args if isinstance(arg, int)}


def written(attr: Any, name: str) -> str:
    """A table among the constants of the code."""
    values, kind, _ = attr
    dtype = np.dtype(kind)
    items = [scalar(dtype.type(value), dtype) if dtype.kind != "b" else f"i8 {int(value)}" for value in values]
    return f"{name} = internal constant [{len(items)} x {held(dtype)}] [{', '.join(items)}]"
