"""Listings run twice, by NumPy and by Node: what differs between the two."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allervers.law.compiled.javascript import ARRAYS, bundle, given_registers, key, module
from allervers.law.compiled.numpy_steps import Listing, run, steps

#: One array for each register of `javascript.given_registers`, in order.
Given = Sequence[NDArray[Any]]

MISSING = "Node is missing: install nodejs 18 or later (`apt install nodejs`), so that `node` is on the PATH"
#: Takes the columns of each program from a file of bytes, runs it, writes its outputs, then what is set aside.
RUNNER = """\
import{readFileSync,writeFileSync}from"node:fs";
const folder=process.argv[2],told=JSON.parse(readFileSync(folder+"/programs.json")),arrays={ARRAYS};
const law=await import("./law.mjs");
for(const[name,place,count]of told){
const{inputs,outputs,prepare,run}=law.programs?.[name]??law;
const bytes=readFileSync(place+"/columns");
let at=bytes.byteOffset;
const columns=inputs.map(i=>{const k=arrays[i[3]],size=k.BYTES_PER_ELEMENT*count,
  part=bytes.buffer.slice(at,at+size);at+=size;return new k(part)});
prepare();
const start=performance.now(),found=run(columns,count),took=performance.now()-start;
const parts=[...found.outputs.flat(),found.aside].map(o=>Buffer.from(o.buffer));
writeFileSync(place+"/results",Buffer.concat(parts));
writeFileSync(place+"/said.json",JSON.stringify({inputs,outputs,took}));
}
"""


def node() -> str | None:
    """Where Node is."""
    return shutil.which("node")


@dataclass(frozen=True)
class Compared:
    """`differences`: (output, member, household, NumPy's, Node's) among the households that are not set aside.

    `compared`: how many results of theirs; `said`: the inputs and outputs as the module describes them, and how many
    milliseconds it `took`.
    """

    compared: int
    aside: NDArray[Any]
    differences: tuple[tuple[int, int, int, Any, Any], ...]
    said: Mapping[str, Any]


def compare(listing: Listing, columns: Given, folder: Path) -> Compared:
    """One program, as a module; `folder` is to work in."""
    return in_node({"": (listing, columns)}, module(listing), folder)[""]


def compare_all(programs: Mapping[str, tuple[Listing, Given]], folder: Path) -> dict[str, Compared]:
    """Several programs, as one bundle, in one process of Node."""
    return in_node(programs, bundle({name: listing for name, (listing, _) in programs.items()}), folder)


def in_node(programs: Mapping[str, tuple[Listing, Given]], text: str, folder: Path) -> dict[str, Compared]:
    places = {name: folder / str(number) for number, name in enumerate(programs)}
    told = []
    for name, (_, columns) in programs.items():
        places[name].mkdir(parents=True, exist_ok=True)
        (places[name] / "columns").write_bytes(b"".join(as_held(column).tobytes() for column in columns))
        told.append((name, str(places[name]), len(columns[0])))
    arrays = ",".join(f"{kind}:{name}Array" for kind, name in ARRAYS.items())
    (folder / "programs.json").write_text(json.dumps(told))
    (folder / "law.mjs").write_text(text)
    (folder / "runner.mjs").write_text(RUNNER.replace("{ARRAYS}", f"{{{arrays}}}"))
    found = node()
    assert found, MISSING
    done = subprocess.run([found, "runner.mjs", "."], cwd=folder, timeout=300, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: read(listing, columns, places[name]) for name, (listing, columns) in programs.items()}


def as_held(column: NDArray[Any]) -> NDArray[Any]:
    """A column as JavaScript holds it: whole numbers of 64 bits and days are doubles, NaT is NaN."""
    held = np.dtype(ARRAYS[key(column.dtype)].lower())
    if column.dtype.kind not in "Mm":
        return column.astype(held)
    return np.where(np.isnat(column), np.nan, column.astype(np.int64).astype(held))


def expected(listing: Listing, columns: Given) -> list[list[NDArray[Any]]]:
    """What NumPy gives."""
    size = len(columns[0])
    calls, registers = steps(listing, size)
    for register, column in zip(given_registers(listing), columns, strict=True):
        registers[register][:] = column
    with np.errstate(all="ignore"):
        run(calls)
    return [
        [registers[place] if isinstance(place, int) else np.full(size, place) for place in output]
        for output in listing.outputs
    ]


def read(listing: Listing, columns: Given, place: Path) -> Compared:
    results, at, size = (place / "results").read_bytes(), 0, len(columns[0])
    aside = np.frombuffer(results[len(results) - size :], np.uint8)
    differences, wanted = [], expected(listing, columns)
    for output, members in enumerate(wanted):
        for member, one in enumerate(members):
            held = as_held(one)
            got = np.frombuffer(results, held.dtype, size, at)
            at += held.nbytes
            different = np.flatnonzero(~same(held, got) & (aside == 0))
            differences += [(output, member, int(row), held[row], got[row]) for row in different]
    count = sum(map(len, wanted)) * int((aside == 0).sum())
    return Compared(count, aside, tuple(differences), json.loads((place / "said.json").read_text()))


def same(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
    """Bit for bit, any NaN being the same NaN."""
    if one.dtype.kind != "f":
        return np.asarray(one == other)
    bits = f"u{one.dtype.itemsize}"
    return np.asarray((one.view(bits) == other.view(bits)) | (np.isnan(one) & np.isnan(other)))
