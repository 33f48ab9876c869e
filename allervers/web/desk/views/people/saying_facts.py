"""The facts of the household as the person would say them: in words, whose it is, where it comes from."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from allervers.rights.catalogue import all_rights
from allervers.rights.questions import LABELS, asked
from allervers.territory.models import Area
from allervers.web.desk.templatetags.desk import euros

PLACED = re.compile(r"people\[(claimant|partner|child(\d+)|other(\d+))\]\.(.+)")
TRUTH = {True: "oui", False: "non"}
MONEY = {"home.rent", "home.charges", "alimony_paid", "savings", "tax.reference_income", "care_plan"}
ROLES = {"claimant": "la personne", "partner": "conjoint", "child": "enfant", "other": "autre"}
SCHOOLS = {
    "primary": "école primaire", "college": "collège", "lycee": "lycée", "higher": "études supérieures",
    "none": "pas scolarisé",
}  # fmt: skip


def facts_in_words(facts: Iterable[Any]) -> list[dict[str, Any]]:
    """`label`, `says`, `source`, `known_on` of each kept fact: the household first, then each of its people."""
    ranked = sorted(facts, key=lambda fact: rank(fact.path))
    codes = [fact.value for fact in ranked if fact.path == "home.commune"]
    towns = dict(Area.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}
    return [
        {
            "label": label_of(fact.path),
            "says": towns.get(fact.value, fact.value) if fact.path == "home.commune" else says(fact.path, fact.value),
            "source": fact.get_source_display(),
            "known_on": fact.known_on,
        }
        for fact in ranked
    ]


def rank(path: str) -> tuple:
    """Where a fact comes in the list: as one would tell it."""
    placed = PLACED.fullmatch(path)
    key = generic(path)
    order = list(LABELS)
    return whose_rank(placed), order.index(key) if key in order else len(order), path


def whose_rank(placed) -> tuple[int, int]:
    """The household, the person, the partner, each child, the others."""
    if placed is None:
        return 0, 0
    kind = placed[1].rstrip("0123456789")
    return ("", "claimant", "partner", "child", "other").index(kind), int(placed[2] or placed[3] or 0)


def label_of(path: str) -> str:
    """What the fact is, and whose."""
    placed = PLACED.fullmatch(path)
    label = told(generic(path))
    if placed is None or placed[1] == "claimant":
        return label
    kind, number = placed[1].rstrip("0123456789"), placed[2] or placed[3] or ""
    return f"{ROLES[kind].capitalize()} {number}".strip() + f" : {label[:1].lower()}{label[1:]}"


def told(key: str) -> str:
    """The words of a fact, of a kind of income, of something received."""
    group, _, last = key.rpartition(".")
    if group == "incomes":
        return kinds()[last]
    if group == "receives":
        return f"Reçoit déjà : {received(last)}"
    return LABELS.get(key, last)


def received(right: str) -> str:
    """The official name of a right, or of one of its forms."""
    forms = {form.id: form.names for one in all_rights().values() for form in one.forms}
    return forms[right].official if right in forms else all_rights()[right].names.official


def says(path: str, value: Any) -> str:
    """The answer in plain words: a label, an amount, a range, a date."""
    key = generic(path)
    if isinstance(value, dict):
        return ranged(value)
    if isinstance(value, bool):
        return TRUTH[value]
    if value in options().get(key, {}):
        return options()[key][value]
    if is_money(key):
        return euros(value)
    if key == "age":
        return f"{value} an{'s' if value > 1 else ''}"
    return written(value)


def written(value: Any) -> str:
    """A date, a number or a word."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and (day := parse_date(value)):
        return date_format(day, "j F Y")
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def ranged(value: dict) -> str:
    """`{"from": 600, "to": 900}` → « entre 600 € et 900 € »; months one by one otherwise."""
    if set(value) <= {"from", "to"}:
        low, high = (euros(value[end]) if value.get(end) is not None else "" for end in ("from", "to"))
        if low and high:
            return f"entre {low} et {high}"
        return ("oui, sans dire combien" if value["from"] == 1 else f"au moins {low}") if low else f"au plus {high}"
    return " ; ".join(f"{month} : {euros(amount)}" for month, amount in sorted(value.items()))


def generic(path: str) -> str:
    """The path without whose it is."""
    placed = PLACED.fullmatch(path)
    return placed[4] if placed else path


def is_money(key: str) -> bool:
    """Whether the fact is in euros."""
    return key in MONEY or key.partition(".")[0] in ("incomes", "receives", "assessed")


@cache
def options() -> dict[str, dict]:
    """Fact → its answers in words; the claimant's words serve for everybody where nothing else is written."""
    found: dict[str, dict] = {"role": ROLES, "school": SCHOOLS}
    for one in reversed(asked()):
        if one.kind == "choice":
            found[generic(one.fact)] = one.labels
    return found


@cache
def kinds() -> dict:
    """The kinds of income in plain words."""
    return next(one.labels for one in asked() if one.id == "incomes")
