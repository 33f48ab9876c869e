"""One question: what is asked, of what kind, and what its answer looks like."""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Kind = Literal["choice", "yes_no", "amount", "above", "age", "date", "count", "kinds", "ages", "commune"]
Option = str | int

FILE = Path(__file__).parent / "asked.yaml"


@dataclass(frozen=True)
class Question:
    """A plain question. `fact` is where the answer goes; `options` the answers of a `choice` or `kinds`.

    `cost` is what answering costs: 1 said at once, 3 a paper to find. `than` only for the kind `above`.
    """

    id: str
    fact: str
    kind: Kind
    text: str
    why: str
    cost: float = 1.0
    labels: dict[Option, str] = field(default_factory=dict)
    when: str | None = None
    per: str | None = None
    than: float | None = None

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(self.labels)

    def about(self, *, id: str, fact: str, **words: str) -> "Question":
        """The same question about one child or one kind of income, its text filled in."""
        return replace(self, id=id, fact=fact, text=self.text.format(**words), per=None)

    def as_json(self) -> dict[str, Any]:
        """The question in the words of the conversation on a wire."""
        found: dict[str, Any] = {"id": self.id, "fact": self.fact, "kind": self.kind}
        if self.labels:
            found |= {
                "options": list(self.labels),
                "labels": {str(option): label for option, label in self.labels.items()},
            }
        if self.than is not None:
            found["than"] = self.than
        return found | {"text": self.text, "why": self.why, "cost": self.cost}


@cache
def asked() -> tuple[Question, ...]:
    """Every question in order, those of each child and each kind of income still to be filled in."""
    lines = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(Question(labels=line.pop("options", {}), **line) for line in lines)
