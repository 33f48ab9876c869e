"""A fact of the household, as one would say it: its question, its answer, where it comes from."""

import re
from functools import cache
from typing import Any

from allervers.rights.questions import asked

PLACED = re.compile(r"people\[(claimant|partner|child(\d+)|other(\d+))\]\.(.+)")
WHO = {"claimant": "", "partner": "conjoint : "}
WORDS = {"more_people": "D'autres personnes dans le foyer", "born": "Né ou née le", "role": "Place dans le foyer"}
TRUTH = {True: "oui", False: "non"}


def in_words(fact) -> dict[str, Any]:
    """`label`, `says`, `source`, `known_on` of a kept fact."""
    return {
        "label": label_of(fact.path),
        "says": says(fact.path, fact.value),
        "source": fact.get_source_display(),
        "known_on": fact.known_on,
    }


def label_of(path: str) -> str:
    """The plain question of a path, with whose it is."""
    question = questions().get(generic(path))
    placed = PLACED.fullmatch(path)
    last = path.rpartition(".")[2]
    text = question.text if question and "{" not in question.text else WORDS.get(last, kinds().get(last, last))
    who = "" if not placed else WHO.get(placed[1], f"enfant {placed[2]} : " if placed[2] else f"autre {placed[3]} : ")
    return f"{who}{text}"


def says(path: str, value: Any) -> str:
    """The answer in plain words: a label, an amount, a range, a date."""
    question = questions().get(generic(path))
    if question and not isinstance(value, dict | list) and value in question.labels:
        return question.labels[value]
    if isinstance(value, bool):
        return TRUTH[value]
    if isinstance(value, dict):
        return ranged(value)
    if isinstance(value, list):
        return ", ".join(kinds().get(str(one), str(one)) for one in value) or "rien"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def ranged(value: dict) -> str:
    """`{"from": 600, "to": 900}` → « entre 600 et 900 »; months one by one otherwise."""
    if set(value) <= {"from", "to"}:
        ends = value.get("from"), value.get("to")
        if None not in ends:
            return f"entre {ends[0]} et {ends[1]}"
        return f"au moins {ends[0]}" if ends[1] is None else f"au plus {ends[1]}"
    return " ; ".join(f"{month} : {says('', amount)}" for month, amount in sorted(value.items()))


def generic(path: str) -> str:
    """The path of the question that asked it: a child's place does not matter."""
    placed = PLACED.fullmatch(path)
    return placed[4] if placed and placed[1] not in WHO else path


@cache
def questions() -> dict:
    """Every question by its fact."""
    return {one.fact: one for one in asked()}


@cache
def kinds() -> dict:
    """The kinds of income in plain words."""
    return next(one.labels for one in asked() if one.id == "incomes")
