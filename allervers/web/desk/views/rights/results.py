"""What seems open, about how much, why, what would settle it, what to do: read by two people."""

from dataclasses import replace
from datetime import date

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from allervers.accounts.rules import may, require
from allervers.rights import assess
from allervers.rights.catalogue import all_rights
from allervers.rights.household import read
from allervers.rights.questions import find
from allervers.web.desk.views.rights.asking import talk_of

ORDER = {"certain": 0, "likely": 1, "possible": 2, "excluded": 3}


@require_POST
def see(request):
    """Work the rights out on what is known, and show them side by side with the person."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None:
        return redirect("rights-start")
    talk = replace(talk, answer=assess(read(talk.document)).as_json())
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
    lines = sorted((line_of(found, talk) for found in talk.answer["rights"]), key=importance)
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


def line_of(found: dict, talk) -> dict:
    """One right: the answer, its sheet of the catalogue, and the questions that would settle it."""
    right = all_rights()[found["id"]]
    settling = [question_of(wanted, talk) for wanted in found["would_settle_it"]]
    return {**found, "sheet": right, "settling": settling}


def question_of(wanted, talk) -> dict:
    """A fact that would settle a right: its words, and the question to take up again (if it is one of ours)."""
    question = find(talk.document, wanted.get("question", "")) if wanted.get("question") else None
    return {"says": wanted["says"], "question": question}


def importance(line: dict) -> tuple:
    """Surer first, then larger: an order among rights, never among people."""
    return ORDER[line["certainty"]], -(line.get("unclaimed") or line["monthly"])["likely"], line["sheet"].names.plain


def group_of(line: dict) -> str:
    """Where a line is shown."""
    if line["certainty"] == "excluded":
        return "not_open"
    if line.get("received") and not (line.get("unclaimed") or {"high": 0})["high"]:
        return "received"
    return "to_check" if line["certainty"] == "possible" else "open"
