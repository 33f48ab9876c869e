"""The worked examples kept beside the repository, each put through the rights of one household."""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from allervers.rights import assess, read
from tests.conformance.expectations import Answer, faults

EXAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "law-cases.yaml"
Kind = Literal["agrees", "differs", "cannot be expressed", "doubtful"]
ORDER: tuple[Kind, ...] = ("agrees", "differs", "cannot be expressed", "doubtful")
THROUGH_THE_COMMAND = 3
"""How many examples also go through `allervers rights FILE --json`, as a person types it."""


@dataclass(frozen=True)
class Line:
    """What became of one example."""

    id: str
    kind: Kind
    why: str = ""

    def __str__(self) -> str:
        return f"{self.id:28} {self.kind}{': ' if self.why else ''}{self.why}"


def read_examples(path: Path = EXAMPLES) -> list[dict[str, Any]] | None:
    """The examples, or None where the file is not beside the repository."""
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None


def line_of(example: Mapping[str, Any], answer_of: Callable[[Mapping[str, Any]], Answer]) -> Line:
    """Put one example through `answer_of` (a household document in, an answer out) and compare."""
    if not example["expressible"]:
        return Line(example["id"], "cannot be expressed", example["why_not"])
    try:
        found = faults(example["expect"], answer_of(example["household"]))
    except Exception as error:  # one example that breaks must not hide the others
        found = [f"{type(error).__name__}: {error}"]
    if example.get("doubt"):
        told = "; ".join(found) or "the answer agrees"
        return Line(example["id"], "doubtful", f"{told}. Source: {example['doubt']}")
    return Line(example["id"], "differs" if found else "agrees", "; ".join(found))


def totals(lines: Iterable[Line]) -> str:
    """How many of each kind, in a fixed order."""
    count = Counter(line.kind for line in lines)
    return ", ".join(f"{count[kind]} {kind}" for kind in ORDER)


def answer_of(document: Mapping[str, Any]) -> Answer:
    """The answer of the function behind `allervers rights`, for a household document."""
    return assess(read(dict(document))).as_json()


def compare(example: Mapping[str, Any]) -> Line:
    """One example through the function behind `allervers rights`."""
    return line_of(example, answer_of)


def main() -> int:
    """Print a line per example and the totals; 1 when one differs, 0 otherwise (also when there is no file)."""
    examples = read_examples()
    if examples is None:
        print(f"Worked examples: none beside the repository ({EXAMPLES.parent.name}/{EXAMPLES.name}): skipped.")
        return 0
    lines = []
    with ProcessPoolExecutor() as workers:  # one core each: an example takes several seconds
        for line in workers.map(compare, examples):
            lines.append(line)
            print(line, flush=True)
    typed = [line_of(one, typed_answer) for one in sample(examples, lines)]
    for line in typed:
        print(f"command line: {line}", flush=True)
    print(f"\nWorked examples: {totals(lines)}. Through the command line: {totals(typed)}.")
    return int(any(line.kind == "differs" for line in [*lines, *typed]))


def sample(examples: list[dict[str, Any]], lines: list[Line]) -> list[dict[str, Any]]:
    """The first examples that agree, spread over the file."""
    agreed = {line.id for line in lines if line.kind == "agrees"}
    chosen = [example for example in examples if example["id"] in agreed]
    return chosen[:: max(1, len(chosen) // THROUGH_THE_COMMAND)][:THROUGH_THE_COMMAND]


def typed_answer(document: Mapping[str, Any]) -> Answer:
    """The answer that `allervers rights FILE --json` prints for a household document."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "household.yaml"
        file.write_text(yaml.safe_dump(dict(document), allow_unicode=True), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("allervers")), "rights", str(file), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"exit status {done.returncode}: {done.stderr.strip()[-300:]}")
    answer: Answer = json.loads(done.stdout)
    return answer
