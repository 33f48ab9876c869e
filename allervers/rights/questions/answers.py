"""An answer put into a household document; nothing else of the document moves."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from typing import Any

from allervers.rights.household import Fault, Faults, read
from allervers.rights.questions.question import Question

Document = dict[str, Any]


def put(document: Document, question: Question, answer: Any) -> Document:
    """A new document that holds `answer` to `question`; the one given is left as it was.

    `answer` is typed as the conversation on a wire says: an option, a truth, a number or a range
    `{"from": …, "to": …}`, an ISO date, a list of kinds or of ages. None takes the fact back: unknown again.
    Raises Faults where the answer is not one, or contradicts what the document says.
    """
    _check(question, answer)
    found = deepcopy(document)
    WRITERS.get(question.kind, _write)(found, question, answer)
    read(found)
    return found


def understood(question: Question, raw: str | list[str]) -> Any:
    """What a form sends, as an answer: "1 400,50" is 1400.5, "oui" is true, "" is None (nothing said).

    Raises Faults where the text cannot be understood.
    """
    texts = [raw] if isinstance(raw, str) else raw
    texts = [text.strip() for text in texts if text.strip()]
    if question.kind == "kinds":
        return [] if texts == ["none"] else texts or None
    if question.kind == "ages":
        ages = [part for text in texts for part in text.replace(";", " ").replace(",", " ").split()]
        return [] if ages == ["none"] else [_number(question, age) for age in ages] or None
    return _single(question, texts[0]) if texts else None


def _single(question: Question, text: str) -> Any:
    if question.kind == "choice":
        return next((option for option in question.options if str(option) == text), text)
    if question.kind == "yes_no":
        return {"oui": True, "true": True, "non": False, "false": False}.get(text.lower(), text)
    if question.kind in ("amount", "age", "count", "above"):
        return _number(question, text)
    return text


def _number(question: Question, text: str) -> float | int:
    plain = text.replace("\u202f", "").replace("\xa0", "").replace(" ", "").replace("€", "").replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        raise Faults([_fault(question, "un nombre", f"« {text[:40]} »")]) from None
    return int(value) if value.is_integer() else value


def _fault(question: Question, expected: str, came: str) -> Fault:
    return Fault(question.fact, expected, came, f"« {question.text} » Attendu : {expected}. Reçu : {came}.")


def _check(question: Question, answer: Any) -> None:
    """Refuse what is not an answer of the question's kind; the document's own reader checks the rest."""
    if answer is None:
        return
    if question.kind == "choice" and (isinstance(answer, bool) or answer not in question.options):
        raise Faults([_fault(question, "une des réponses proposées", f"« {str(answer)[:40]} »")])
    if question.kind == "yes_no" and not isinstance(answer, bool):
        raise Faults([_fault(question, "oui ou non", f"« {str(answer)[:40]} »")])
    if question.kind in ("kinds", "ages") and not isinstance(answer, list):
        raise Faults([_fault(question, "une liste", f"« {str(answer)[:40]} »")])
    if question.kind == "kinds" and (strange := [one for one in answer if one not in question.options]):
        raise Faults([_fault(question, "des réponses proposées", f"« {str(strange[0])[:40]} »")])


def _write(document: Document, question: Question, answer: Any) -> None:
    *steps, last = question.fact.split(".")
    holder = document
    for step in steps:
        holder = _step(holder, step)
    if answer is None and steps[-1:] == ["incomes"]:
        holder[last] = {"from": 1}  # it still comes in: only how much is unknown again
    elif answer is None:
        holder.pop(last, None)
    else:
        holder[last] = _range(question, answer)
    _follow(document, question, answer)


def _range(question: Question, answer: Any) -> Any:
    if question.kind == "above" and isinstance(answer, bool):
        return {"from": question.than} if answer else {"to": question.than}
    return answer


def _step(holder: Document, step: str) -> Document:
    if step.startswith("people["):
        return _person(holder, step[len("people[") : -1])
    found: Document = holder.setdefault(step, {})
    return found


def _person(document: Document, place: str) -> Document:
    people: list[Document] = document.setdefault("people", [])
    if not people:
        document["more_people"] = document.get("more_people", True)
    if place not in ("claimant", "partner"):
        return people[int(place)]
    for one in people:
        if one.get("role") == place:
            return one
    people.insert(0 if place == "claimant" else 1, {"role": place})
    if place == "partner" and not any(one.get("role") == "claimant" for one in people):
        people.insert(0, {"role": "claimant"})
    return next(one for one in people if one["role"] == place)


def _follow(document: Document, question: Question, answer: Any) -> None:
    """What an answer says beside itself: no partner in no couple; the year of the latest tax notice."""
    if question.fact == "couple" and answer == "none":
        document["people"] = [one for one in document.get("people", []) if one.get("role") != "partner"]
        if not document["people"]:
            del document["people"]
    if question.fact == "tax.reference_income" and answer is not None:
        document["tax"].setdefault("year", _latest_notice(document["day"]))
    if question.fact.endswith(".age") and answer is not None:
        _step(document, question.fact.rpartition(".")[0]).pop("born", None)


def _latest_notice(day: date | str) -> int:
    """The year of incomes of the latest notice: notices come from the end of July on."""
    when = day if isinstance(day, date) else date.fromisoformat(day)
    return when.year - 1 if when.month >= 8 else when.year - 2


def _write_kinds(document: Document, question: Question, answer: list[str] | None) -> None:
    person = _step(document, question.fact.partition(".")[0])
    if answer is None:
        person.pop("no_other_income", None)
        return
    known = person.get("incomes") or {}
    person["incomes"] = {kind: known.get(kind, {"from": 1}) for kind in answer}
    person["no_other_income"] = True


def _write_ages(document: Document, question: Question, answer: list[int] | None) -> None:
    if answer is None:
        document["more_people"] = True
        return
    _person(document, "claimant")
    known = [one for one in document["people"] if one.get("role") == "child"]
    document["people"] = [one for one in document["people"] if one.get("role") != "child"]
    for age in answer:
        same = next((one for one in known if one.get("age") == age and "born" not in one), None)
        document["people"].append(same or {"role": "child", "age": age})
        known = [one for one in known if one is not same]
    document.pop("more_people", None)


WRITERS: dict[str, Callable[[Document, Question, Any], None]] = {"kinds": _write_kinds, "ages": _write_ages}
