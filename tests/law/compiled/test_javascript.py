"""What a browser computes is, to the last bit, what NumPy computes; where it cannot, it says so."""

from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from platform import machine
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from allervers.law.compiled.graph import DType, Node, loop_of
from allervers.law.compiled.javascript import FIGURES, Unwritten, bundle, in_figures, module
from allervers.law.compiled.numpy_steps import Line, Listing
from allervers.law.compiled.words import Words
from tests.law.compiled.node import MISSING, Compared, Given, compare, compare_all, node

#: Of two zeros, and of what an integer cannot hold, NumPy keeps what the processor keeps: the programs are x86's.
X86 = machine() in ("x86_64", "AMD64")
FRACTIONS = [0.0, -0.0, 0.1, -0.1, 0.5, -0.5, 1.5, 2.5, -2.5, 1 / 3, 3.0, 12.0, -7.0, 100.0, 1033.32, 16777217.0, 1e7,
             4503599627370495.5, -4503599627370497.5, 9007199254740993.0, 1e-45, 5e-324, 3e38, -1e300, 1.7e308,
             2147483647.5, -2147483648.5, np.inf, -np.inf, np.nan]  # fmt: skip
ORDERED = ["less", "less_equal", "greater", "greater_equal", "equal", "not_equal"]
LOGICAL = ["logical_and", "logical_or", "logical_xor"]
BITS = ["bitwise_and", "bitwise_or", "bitwise_xor"]
SIGNS = ["add", "subtract", "multiply"]
EXTREMES = ["maximum", "minimum"]
ROUNDED = ["floor", "ceil", "trunc"]
NUMBERS = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "f4", "f8"]
OPERATIONS = {
    "b1": [*ORDERED, *LOGICAL, *BITS, "add", "multiply", *EXTREMES, "logical_not"],
    **{kind: [*ORDERED, *LOGICAL, *SIGNS, *EXTREMES, "divide", "negative", "absolute", "fabs", "rint", *ROUNDED, "sqrt",
              "isnan", "logical_not", "positive"] for kind in ("f4", "f8")},
    **{kind: [*ORDERED, *LOGICAL, *BITS, *SIGNS, *EXTREMES, "negative", "absolute", *ROUNDED, "logical_not", "positive"]
       for kind in ("i1", "i2", "i4", "i8", "u1", "u2", "u4")},
    "M8[D]": [*ORDERED, *EXTREMES, "subtract"],
    "m8[D]": [*ORDERED, *SIGNS[:2], *EXTREMES, "divide", "negative", "absolute"],
}  # fmt: skip
UNITS = ["M8[D]", "M8[M]", "M8[Y]"]


def values(kind: str) -> NDArray[Any]:
    """Ordinary values of a kind, and those where computers differ."""
    dtype = np.dtype(kind)
    if dtype.kind == "b":
        return np.array([False, True])
    if dtype.kind == "f":
        with np.errstate(all="ignore"):
            return np.array(FRACTIONS).astype(dtype)
    if dtype.kind in "Mm":
        days = [0, 1, -1, 31, 59, 365, 11016, 19782, 20697, -719162, 100_000, -141_428]
        return np.array([*days, "NaT"], dtype)
    edges = (-(2**53) + 1, 2**53 - 1) if kind == "i8" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    known = [0, 1, 2, 3, 7, 100, -1, -2, -50, 46341, 65536, 94906267, 2**31, -(2**31) - 1]
    return np.array([*edges, *(one for one in known if edges[0] <= one <= edges[1])], dtype)


def pairs(one: str, other: str) -> list[NDArray[Any]]:
    """Each value with each other."""
    first, second = values(one), values(other)
    return [np.repeat(first, len(second)), np.tile(second, len(first))]


def program(
    lines: Sequence[Line], registers: Sequence[DType], inputs: int, outputs: Sequence[Any], checks: tuple[Any, ...] = ()
) -> Listing:
    """The first registers are given; each output has one member."""
    given = tuple((("facts", "2026-09", at), at) for at in range(inputs))
    return Listing(tuple(lines), tuple(registers), given, tuple((place,) for place in outputs), checks, ())


def one_line(line: Line, kinds: Sequence[DType], result: DType) -> Listing:
    """Its result, and the same as a double: a column of float32 would round it once more by itself."""
    place, double = line.into, np.dtype(np.float64)
    if result.kind != "f":
        return program([line], [*kinds, result], len(kinds), [place])
    cast = Line("cast", (place,), place + 1, None)
    return program([line, cast], [*kinds, result, double], len(kinds), [place, place + 1])


def one_call(name: str, kinds: Sequence[str]) -> Listing:
    """One operation on what is given."""
    dtypes = tuple(np.dtype(kind) for kind in kinds)
    return one_line(Line(name, tuple(range(len(dtypes))), len(dtypes), None), dtypes, loop_of(name, dtypes)[-1])


def one_cast(source: str, into: str) -> Listing:
    return one_line(Line("cast", (0,), 1, None), [np.dtype(source)], np.dtype(into))


def called() -> Iterator[tuple[str, Listing, list[NDArray[Any]]]]:
    for kind, names in OPERATIONS.items():
        for name in names:
            count = getattr(np, name).nin
            given = pairs(kind, kind) if count == 2 else [values(kind)]
            if name in EXTREMES and not X86:
                kept = ~((given[0] == 0) & (given[1] == 0))
                given = [column[kept] for column in given]
            yield f"{name} {kind}", one_call(name, [kind] * count), given
    yield "add M8[D] m8[D]", one_call("add", ["M8[D]", "m8[D]"]), pairs("M8[D]", "m8[D]")
    yield "multiply m8[D] i8", one_call("multiply", ["m8[D]", "i8"]), pairs("m8[D]", "i8")


def cast() -> Iterator[tuple[str, Listing, list[NDArray[Any]]]]:
    for source, into in product(["b1", *NUMBERS], ["b1", *NUMBERS]):
        fraction = source in ("f4", "f8")
        if fraction and into == "u4":
            continue
        given = values(source)
        if fraction and into not in ("b1", "f4", "f8") and not X86:
            info = np.iinfo(into)
            given = given[(given >= info.min) & (given <= info.max)]
        yield f"{source} as {into}", one_cast(source, into), [given]
    for source, into in [*product(UNITS, UNITS), ("M8[D]", "i8"), ("m8[D]", "i8"), ("m8[D]", "i4"), ("m8[D]", "f8"),
                         ("m8[D]", "f4"), ("i8", "M8[D]"), ("i4", "m8[D]"), ("M8[D]", "M8[D]")]:  # fmt: skip
        given = [values("i8")[2:]] if source == "i8" else [values(source)]
        yield f"{source} as {into}", one_cast(source, into), given


def chosen() -> Iterator[tuple[str, Listing, list[NDArray[Any]]]]:
    """`where` and `take` on every kind."""
    for kind in [*OPERATIONS]:
        dtype, column = np.dtype(kind), values(kind)
        condition = np.arange(len(column)) % 3 == 0
        lines = [Line("where", (0, 1, 2), 3, None)]
        yield (f"where {kind}", program(lines, [np.dtype(bool), dtype, dtype, dtype], 3, [3]),
               [condition, column, column[::-1].copy()])  # fmt: skip
        if dtype.kind in "Mm":
            continue
        table = (tuple(column.tolist()), dtype.str, (True,) * len(column))
        for codes in ("i1", "i2", "i4", "i8", "u1"):
            code = np.array([0, 1, 2, 3, len(column) - 1, len(column), 100, -1, -100]).astype(codes)
            listing = program([Line("take", (0,), 1, table)], [np.dtype(codes), dtype], 1, [1])
            yield f"take {kind} at {codes}", listing, [code]


def constants() -> Iterator[tuple[str, Listing, list[NDArray[Any]]]]:
    """Each value as a constant of the law: handed out as it is, then compared."""
    for kind in OPERATIONS:
        dtype = np.dtype(kind)
        column = values(kind)
        lines = [Line("equal", (0, one), at + 1, None) for at, one in enumerate(column)]
        registers = [dtype, *[np.dtype(bool)] * len(column)]
        listing = program(lines, registers, 1, [*column, *range(1, len(column) + 1)])
        yield f"constants {kind}", listing, [column]


def drawn(seed: int) -> tuple[Listing, list[NDArray[Any]]]:
    """A few hundred operations drawn at random, registers being used again, on more than one block of households."""
    draw = np.random.default_rng(seed)
    registers = [np.dtype(kind) for kind in ("f4", "f4", "f8", "f8", "b1", "b1", "i4", "i8")] * 4
    inputs = 16
    lines = [Line("cast", (at - inputs,), at, None) for at in range(inputs, len(registers))]
    for _ in range(400):
        kind = str(draw.choice(["f4", "f8", "b1", "i4"]))
        name = str(draw.choice([*OPERATIONS[kind], "cast", "where"]))
        args = [place_of(np.dtype(kind), registers, draw) for _ in range(2)]
        if name == "cast":
            into = int(draw.integers(inputs, len(registers)))
            source = place_of(np.dtype(kind), registers, draw)
            if registers[into].str != "<i8" or kind != "f8":
                lines.append(Line("cast", (source,), into, None))
            continue
        if name == "where":
            args = [place_of(np.dtype(bool), registers, draw), *args]
        args = args[: 3 if name == "where" else getattr(np, name).nin]
        dtype = np.dtype(kind) if name == "where" else loop_of(name, (np.dtype(kind),) * len(args))[-1]
        into = place_of(dtype, registers, draw, inputs)
        if into not in args:  # as in every listing
            lines.append(Line(name, tuple(args), into, None))
    given = [draw.choice(values(dtype.str[1:]) if dtype != np.dtype(np.int64) else np.arange(-9, 9), 150).astype(dtype)
             for dtype in registers[:inputs]]  # fmt: skip
    return program(lines, registers, inputs, range(inputs, len(registers))), given


def place_of(dtype: DType, registers: Sequence[DType], draw: Any, least: int = 0) -> int:
    return int(draw.choice([at for at, one in enumerate(registers) if one == dtype and at >= least]))


FAMILIES: dict[str, dict[str, tuple[Listing, Given]]] = {
    family: {name: (listing, given) for name, listing, given in found}
    for family, found in {
        "operations": called(),
        "casts": cast(),
        "choices": chosen(),
        "constants": constants(),
    }.items()
} | {"drawn at random": {f"drawn {seed}": drawn(seed) for seed in range(20)} if X86 else {}}
PROGRAMS = {name: program for programs in FAMILIES.values() for name, program in programs.items()}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Compared]:
    """Every program, in one process."""
    if node() is None:
        pytest.skip(MISSING)
    return compare_all(PROGRAMS, tmp_path_factory.mktemp("law"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    if node() is None:
        pytest.skip(MISSING)
    return tmp_path


@pytest.mark.parametrize("family", FAMILIES)
def test_a_browser_gives_the_bits_that_numpy_gives(family: str, found: dict[str, Compared]) -> None:
    names = FAMILIES[family]
    assert {name: found[name].differences[:3] for name in names if found[name].differences} == {}
    assert all(found[name].compared for name in names)


def test_no_household_is_set_aside_when_every_number_is_exact(found: dict[str, Compared]) -> None:
    """Neither 64-bit numbers nor days are in these programs."""
    exact = [name for name in PROGRAMS if not {"i8", "m8[D]", "M8[D]", "drawn"} & set(name.split())]
    assert [name for name in exact if found[name].aside.any()] == []


@pytest.mark.parametrize("name", SIGNS)
def test_a_household_whose_whole_numbers_pass_2_to_the_53_is_set_aside(name: str, found: dict[str, Compared]) -> None:
    one, other = (column.astype(object) for column in PROGRAMS[f"{name} i8"][1])
    exact = getattr(np, name)(one, other)
    assert (found[f"{name} i8"].aside == 2).tolist() == [abs(value) >= 2**53 for value in exact]


def test_a_fraction_too_great_for_a_whole_number_sets_its_household_aside(found: dict[str, Compared]) -> None:
    for source in ("f4", "f8"):
        given = PROGRAMS[f"{source} as i8"][1][0].astype(float)
        assert (found[f"{source} as i8"].aside == 2).tolist() == [not abs(value) < 2**53 for value in given]


def test_a_day_that_is_not_said_has_no_number_and_sets_its_household_aside(found: dict[str, Compared]) -> None:
    for kind in ("M8[D]", "m8[D]"):
        days = PROGRAMS[f"{kind} as i8"][1][0]
        assert (found[f"{kind} as i8"].aside == 2).tolist() == np.isnat(days).tolist()


def test_a_given_whole_number_beyond_2_to_the_53_sets_its_household_aside(folder: Path) -> None:
    given = np.array([2**53 - 1, 2**53, -(2**53), 5])
    assert compare(one_call("equal", ["i8", "i8"]), [given, given], folder).aside.tolist() == [0, 2, 2, 0]


def test_a_household_for_which_a_check_holds_is_set_aside(folder: Path) -> None:
    """Whether the check is computed or given, and beside the other reason."""
    registers = [np.dtype(kind) for kind in ("f4", "b1", "i8", "b1")]
    line = Line("greater", (0, np.float32(100)), 3, None)
    columns = [np.array([50, 150, 100, 0], np.float32), np.array([0, 0, 0, 1], bool), np.array([0, 2**60, 2**60, 0])]
    done = compare(program([line], registers, 3, [0], checks=(3, 1, np.False_)), columns, folder)
    assert done.aside.tolist() == [0, 3, 2, 1]


def test_a_module_describes_what_it_is_given_and_what_it_gives(folder: Path) -> None:
    """Inputs in order, then what the words of a commune and of a birth decide, with the node that each column holds."""
    kinds = [np.dtype(kind) for kind in ("f4", "b1", "f4", "b1", "f8")]
    commune, birth = Node("input", (), None, np.dtype("U5"), None), Node("input", (), None, np.dtype("M8[D]"), None)
    listing = Listing(
        (Line("cast", (0,), 4, None),),
        tuple(kinds),
        ((("loyer", "2026-09", 0), 0), (("salaire_net", "2026-08", 1), 2)),
        ((4, 0), (np.int16(3),), (3, 1)),
        (),
        (
            Words(attr=("depcom", "2026-09", 0), nodes=(commune,), signs=("",), handed=((12, 1),)),
            Words(attr=("date_naissance", "ETERNITY", 1), nodes=(birth,), signs=("",), handed=((0, 3),)),
        ),
    )
    columns = [np.ones(3, np.float32), np.zeros(3, np.float32), np.ones(3, bool), np.array([True, False, True])]
    done = compare(listing, columns, folder)
    assert done.differences == ()
    assert done.said["inputs"] == [
        ["loyer", "2026-09", 0, "f4"],
        ["salaire_net", "2026-08", 1, "f4"],
        ["depcom", "2026-09", 0, "b1", 12],
        ["date_naissance", "ETERNITY", 1, "b1", 0],
    ]
    assert done.said["outputs"] == [["f8", "f4"], ["i2"], ["b1", "b1"]]


def test_a_program_is_as_exact_after_thousands_of_operations_in_a_row(folder: Path) -> None:
    """Each reading the one before: an expression as deep as it is long."""
    kind = np.dtype(np.float32)
    calls = (("multiply", np.float32(1.1)), ("subtract", np.float32(1 / 3)), ("divide", np.float32(1.09)))
    lines = [Line(name, (int(at > 0), by), 1, None) for at in range(5_000) for name, by in [calls[at % 3]]]
    column = np.linspace(0, 5000, 1000).astype(np.float32)
    assert compare(program(lines, [kind, kind], 1, [1]), [column], folder).differences == ()


def test_a_name_read_much_later_still_has_its_value(folder: Path) -> None:
    """Four thousand values, all read in the end: names are counted in more than one sign."""
    kind = np.dtype(np.float64)
    lines = [Line("add", (0, np.float64(at)), at + 1, None) for at in range(4_000)]
    lines += [Line("multiply", (at + 1, 4_000 - at), 4_001 + at, None) for at in range(4_000)]
    listing = program(lines, [kind] * 8_001, 1, range(4_001, 8_001, 100))
    assert compare(listing, [np.array([0.5, -3.25])], folder).differences == ()


def test_what_has_no_javascript_is_refused() -> None:
    for listing in (
        one_call("power", ["f8", "f8"]),
        one_call("add", ["u8", "u8"]),
        one_cast("f8", "u4"),
        one_cast("M8[s]", "M8[D]"),
        program([], [], 0, [np.int64(2**60)]),
    ):
        with pytest.raises(Unwritten):
            module(listing)


def test_a_module_builds_no_code_from_text() -> None:
    """The content policy of our pages forbids it."""
    text = bundle({"one": PROGRAMS["add f4"][0], "two": PROGRAMS["M8[D] as M8[M]"][0]})
    assert "eval" not in text
    assert "Function" not in text


def test_figures_are_written_in_few_signs() -> None:
    assert len(FIGURES) == 93
    assert [len(in_figures([value])) for value in (0, 62, 63, 2_759, 2_760, 93**3 - 1)] == [1, 1, 2, 2, 4, 4]
