"""What seems open, about how much, why, what would settle it, what to do: read by two people."""

import uuid
from dataclasses import replace
from datetime import date

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from allervers.accounts.rules import may, require
from allervers.people import access, reading
from allervers.people.choices import Purpose
from allervers.rights import assess
from allervers.rights.catalogue import all_rights
from allervers.rights.household import read
from allervers.rights.questions import relevant
from allervers.web.desk.views.journeys.reading import live_claims
from allervers.web.desk.views.rights.asking import talk_of

ORDER = {"certain": 0, "likely": 1, "possible": 2, "excluded": 3}
CHOICES = ("ask", "not_now", "no")


@require_http_methods(["GET", "POST"])
def see(request):
    """Work the rights out on what is known, and show them side by side with the person."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None:
        return redirect("rights-start")
    if talk.answer is None:
        talk = replace(talk, answer=assess(read(talk.document)).as_json(), key=str(uuid.uuid4()))
    return results(request, talk)


@require_http_methods(["GET", "POST"])
def sheet(request):
    """The page that the person takes away: no name, one sheet, black on white."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None or talk.answer is None:
        return redirect("rights-start")
    chosen = choices_of(request.POST)
    groups = groups_of(talk, chosen)
    wanted = [line for line in groups["open"] + groups["to_check"] if line["choice"] == "ask"]
    others = [line for line in groups["open"] if line["choice"] == ""]
    told = (wanted + others)[: described(len(groups["open"]) + len(groups["to_check"]))]
    left = {"also": wanted + others, "to_check": [line for line in groups["to_check"] if line["choice"] == ""]}
    briefly = {name: [line for line in lines if line not in told] for name, lines in left.items()}
    return render(request, "desk/rights/sheet.html", {**groups, **briefly, "told": told, "chosen": chosen})


def described(rights: int) -> int:
    """How many rights are told in full, so that all of them hold on one sheet; the others keep a line."""
    return 6 if rights <= 15 else 5 if rights <= 21 else 4


def results(request, talk, *, fault=""):
    """The page of the results, with the choices as they stand; `fault`: why they could not be noted."""
    chosen = choices_of(request.POST)
    context = {
        **groups_of(talk, chosen, history_of(talk, request.user)),
        "may_settle": bool(talk.person) and may(request.user, "write_person"),
        "may_count": bool(talk.encounter) and not talk.person,
        "fault": fault,
    }
    return render(request, "desk/rights/results.html", context)


def choices_of(sent) -> dict[str, str]:
    """Right → what was chosen, for the rights where something was."""
    told = {right: sent.get(f"choice-{right}") for right in all_rights()}
    return {right: choice for right, choice in told.items() if choice in CHOICES}


def history_of(talk, agent) -> dict[str, dict]:
    """Right → what is already known of it with this person: a no they said, a claim under way."""
    if not talk.person or not may(agent, "open_person"):
        return {}
    person = access.open_person(uuid.UUID(talk.person), by=agent, purpose=Purpose.RECORD)
    nos = reading.refusals_of(person).exclude(right="").filter(lifted_at=None).order_by("said_at")
    known: dict[str, dict[str, object]] = {no.right: {"no": no} for no in nos}
    for right, claim in live_claims(person, agent).items():
        known.setdefault(right, {})["claim"] = claim
    return known


def groups_of(talk, chosen, history=None) -> dict:
    """Lines of the results in groups: `open`, `to_check`, `received`, `not_open`; amounts in € a month."""
    groups = {"open": [], "to_check": [], "received": [], "not_open": []}
    for line in sorted(lines_of(talk), key=importance):
        known = {"no": None, "claim": None, **(history or {}).get(line["id"], {})}
        groups[group_of(line)].append({**line, **known, "choice": chosen.get(line["id"], "")})
    day, engine = date.fromisoformat(talk.answer["day"]), talk.answer["engine"]
    return {"talk": talk, **groups, "day": day, "engine": engine}


def lines_of(talk) -> list[dict]:
    """A line a right; the forms of a right (the two of the CSS) go with it."""
    answers = talk.answer["rights"]
    questions = {one.fact: one for one in relevant(read(talk.document))}
    forms = {found["id"]: [one for one in answers if one.get("form_of") == found["id"]] for found in answers}
    return [line_of(found, forms[found["id"]], questions) for found in answers if not found.get("form_of")]


def line_of(found: dict, forms: list[dict], questions: dict) -> dict:
    """One right: the answer, its sheet of the catalogue, its forms, and the questions that would settle it."""
    right = all_rights()[found["id"]]
    named = {form.id: form.names for form in right.forms}
    open_forms = [named[one["id"]] for one in forms if one["certainty"] != "excluded"]
    wanted = {one["text"]: one["fact"] for one in reversed(found["would_settle_it"])}  # the same words once
    settling = [{"says": text, "question": questions.get(fact)} for text, fact in reversed(wanted.items())]
    own = found[found["paid"]] if found.get("paid") else found["monthly"]
    return {**found, "sheet": right, "forms": open_forms, "settling": settling, "own": own}


def importance(line: dict) -> tuple:
    """Surer first, then larger: an order among rights, never among people."""
    return ORDER[line["certainty"]], -line["unclaimed"]["likely"], line["sheet"].names.plain


def group_of(line: dict) -> str:
    """Where a line is shown."""
    if line["certainty"] == "excluded":
        return "not_open"
    if line["is_received"] and line["unclaimed"]["high"] <= 1:
        return "received"
    return "to_check" if line["certainty"] == "possible" else "open"
