"""What seems open, about how much, why, what would settle it, what to do: read by two people."""

import uuid
from dataclasses import replace
from datetime import date

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from allervers.accounts.rules import may, require
from allervers.rights import assess
from allervers.rights.catalogue import all_rights
from allervers.rights.household import read
from allervers.rights.questions import relevant
from allervers.web.desk.views.rights.asking import talk_of

ORDER = {"certain": 0, "likely": 1, "possible": 2, "excluded": 3}


@require_POST
def see(request):
    """Work the rights out on what is known, and show them side by side with the person."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None:
        return redirect("rights-start")
    talk = replace(talk, answer=assess(read(talk.document)).as_json(), key=str(uuid.uuid4()))
    return render(request, "desk/rights/results.html", shown(talk, request.user))


@require_POST
def sheet(request):
    """The page that the person takes away: no name, one sheet, black on white."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None or talk.answer is None:
        return redirect("rights-start")
    asked = {name.removeprefix("choice-") for name, value in request.POST.items() if value == "ask"}
    return render(request, "desk/rights/sheet.html", {**shown(talk, request.user), "asked": asked})


def shown(talk, agent) -> dict:
    """Lines of the results in groups: `open`, `to_check`, `received`, `not_open`; amounts in € a month."""
    lines = sorted(lines_of(talk), key=importance)
    groups = {"open": [], "to_check": [], "received": [], "not_open": []}
    for line in lines:
        groups[group_of(line)].append(line)
    return {
        "talk": talk,
        **groups,
        "day": date.fromisoformat(talk.answer["day"]),
        "engine": talk.answer["engine"],
        "may_settle": bool(talk.person) and may(agent, "write_person"),
        "may_count": bool(talk.encounter) and not talk.person,
    }


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
    settling = [{"says": one["text"], "question": questions.get(one["fact"])} for one in found["would_settle_it"]]
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
