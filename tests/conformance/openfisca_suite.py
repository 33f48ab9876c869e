"""OpenFisca-France's own social tests through the door of the law, with and without our corrections.

`python -m tests.conformance.openfisca_suite [--only TEXT] [--sample] [--fresh]`. A test that our corrections move is
expected: it is named with the correction that moves it, found by leaving each out in turn. A test that fails without
any correction is a fault of the door, and the command ends with status 1.
"""

import argparse
import hashlib
import json
import os
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from allervers.law import engine
from allervers.law.corrections import ALL
from allervers.law.system import tax_benefit_system
from tests.conformance.openfisca_source import CACHE, REPOSITORY, suite
from tests.conformance.openfisca_tests import Case, faults, faults_alone, outputs, prepare, read

FOLDERS = ("mes-aides.gouv.fr", "formulas", "patrimoine", "prestations")
SOCIAL = ("/model/prestations/", "/model/patrimoine/livret_epargne_populaire")
SAMPLE = 20
"""With --sample, one file in twenty."""
MEANING = {
    "agrees": "agree with and without our corrections",
    "corrected": "moved by a correction of ours, and by nothing else",
    "unexplained": "moved by our corrections together, by none alone",
    "door": "pass in OpenFisca and fail through the door: our fault",
    "openfisca": "fail in OpenFisca itself",
    "broken": "could not be run",
}


@dataclass(frozen=True)
class Line:
    """What became of one test."""

    file: str
    name: str
    outcome: str
    because: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = f"{self.file}: {self.name.strip()}: {'; '.join(self.faults)}"
        return f"{told} [{', '.join(self.because)}]" if self.because else told


def main(arguments: Sequence[str] = ()) -> int:
    """Run the suite and print what differs and why; 1 when a difference is not explained by a correction."""
    chosen = parse(arguments)
    try:
        root = suite()
    except RuntimeError as fault:
        print(f"OpenFisca-France's own tests: {fault}", file=sys.stderr)
        return 1
    started = time.monotonic()
    files = wanted(root, chosen.only, chosen.sample)
    lines = [line for found in run(root, files, fresh=chosen.fresh) for line in found]
    print(report(lines, len(files), time.monotonic() - started))
    return int(any(line.outcome not in ("agrees", "corrected") for line in lines))


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.openfisca_suite", description=__doc__)
    parser.add_argument("--only", default="", help="run the files whose path contains this text")
    parser.add_argument("--sample", action="store_true", help="run one file in twenty")
    parser.add_argument("--fresh", action="store_true", help="forget the results already known for this code")
    return parser.parse_args(arguments)


def wanted(root: Path, only: str = "", sample: bool = False) -> list[Path]:
    """The files of the social folders, in order."""
    files = [file for folder in FOLDERS for file in sorted(root.glob(f"{folder}/**/*.y*ml"))]
    files = [file for file in files if only in str(file.relative_to(root))]
    return files[::SAMPLE] if sample else files


def run(root: Path, files: list[Path], *, fresh: bool = False) -> Iterator[list[Line]]:
    """The lines of each file; those known for this very code are not run again."""
    known = CACHE / f"results-{fingerprint()}.jsonl"
    if fresh:
        known.unlink(missing_ok=True)
    done = {found["file"]: found["lines"] for found in remembered(known)}
    waiting = []
    for file in files:
        name = str(file.relative_to(root))
        if name in done:
            yield [Line(kept[0], kept[1], kept[2], tuple(kept[3]), tuple(kept[4])) for kept in done[name]]
        else:
            waiting.append(file)
    with known.open("a", encoding="utf-8") as kept:
        for name, lines in in_parallel(root, waiting):
            kept.write(json.dumps({"file": name, "lines": [astuple(line) for line in lines]}) + "\n")
            kept.flush()
            yield lines


def remembered(known: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in known.read_text(encoding="utf-8").splitlines()] if known.exists() else []


def fingerprint() -> str:
    """Changes with any line of the law or of this suite, and with OpenFisca's version."""
    sources = [
        *sorted((REPOSITORY / "allervers" / "law").rglob("*.py")),
        *sorted(Path(__file__).parent.glob("openfisca_*.py")),
    ]
    digest = hashlib.sha256(engine().encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def in_parallel(root: Path, files: list[Path]) -> Iterator[tuple[str, list[Line]]]:
    """Each file's lines as they come, with a progress bar on a terminal."""
    columns = (TextColumn("OpenFisca's tests"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, transient=True, disable=not sys.stderr.isatty()) as progress:
        bar = progress.add_task("", total=len(files))
        with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
            futures: dict[Future[list[Line]], Path] = {pool.submit(lines_of, root, file): file for file in files}
            for future in as_completed(futures):
                progress.advance(bar)
                yield str(futures[future].relative_to(root)), future.result()


def lines_of(root: Path, file: Path) -> list[Line]:
    """A line for each social test of a file."""
    warnings.simplefilter("ignore")
    name = str(file.relative_to(root))
    return [line_of(name, test) for test in read(file) if is_social(test)]


def is_social(test: dict[str, Any]) -> bool:
    """True when a test expects a variable that OpenFisca keeps among the benefits (or the savings account LEP)."""
    variables = tax_benefit_system(frozenset()).variables
    paths = [variables[name].introspection_data[0] for name in outputs(test)]
    return any(part in path for path in paths for part in SOCIAL)


def line_of(file: str, test: dict[str, Any]) -> Line:
    """Run one test without corrections, with all of them, and, where it moves, without each in turn."""
    every = [correction.name for correction in ALL]
    name = str(test.get("name", ""))
    try:
        case = prepare(test)
        published = faults(case, [])
        if published:
            return Line(file, name, "openfisca" if faults_alone(case) else "door", faults=tuple(published))
        corrected = faults(case, every)
        if not corrected:
            return Line(file, name, "agrees")
        movers = tuple(mover for mover in every if moves_alone(case, mover))
        return Line(file, name, "corrected" if movers else "unexplained", movers, tuple(corrected))
    except Exception as fault:  # one test that breaks must not hide the others
        return Line(file, name, "broken", faults=(f"{type(fault).__name__}: {fault}".splitlines()[0],))


def moves_alone(case: Case, correction: str) -> bool:
    """True when this correction alone makes the test fail."""
    return bool(faults(case, [correction]))


def report(lines: list[Line], files: int, seconds: float) -> str:
    """What differs and why, then the totals."""
    count = Counter(line.outcome for line in lines)
    movers = Counter(mover for line in lines for mover in line.because)
    told = [f"{line.outcome}: {line}" for line in sorted(lines, key=str) if line.outcome != "agrees"]
    told += ["", f"OpenFisca-France's own social tests through the law: {len(lines)} tests of {files} files"]
    told += [f"  {count[outcome]:5} {meaning}" for outcome, meaning in MEANING.items() if count[outcome]]
    told += [f"        {number} by {mover}" for mover, number in movers.most_common()]
    return "\n".join([*told, f"  {engine()}, {seconds:.0f} s"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
