"""The questions: one at a time, each can be skipped, each can be taken back, results at any moment."""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from allervers.accounts.rules import require
from allervers.base import clock
from allervers.encounters import reading
from allervers.people import access
from allervers.rights.household import Faults
from allervers.rights.questions import Question, asked, find, relevant, understood
from allervers.territory.models import Area, AreaKind
from allervers.web.desk.views.rights.talk import Talk, begun, opened
from allervers.web.desk.views.rights.towns import code_of


@require_safe
def start(request):
    """What is about to happen, and that nothing is kept."""
    require(request.user, "work_out_rights")
    encounter, person = key(request.GET.get("encounter")), key(request.GET.get("person"))
    known, name = {}, ""
    if encounter:
        reading.open_encounter(encounter, by=request.user)
    if person:
        found = access.open_person(person, by=request.user, purpose="rights")
        known, name = access.household_document(found, clock.today()), found.name
    talk = begun(encounter=encounter, person=person, document=known)
    return render(request, "desk/rights/start.html", {"talk": talk, "name": name, "known": len(known)})


@require_POST
def ask(request):
    """Take the answer given, then ask what comes next."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None:
        return redirect("rights-start")
    fault = None
    try:
        talk = answered(talk, request.POST)
    except Faults as faults:
        fault = " ".join(one.message for one in faults.faults)
    question = find(talk.document, request.POST["question"]) if fault else talk.question()
    if question is None:
        return render(request, "desk/rights/enough.html", {"talk": talk})
    return render(request, "desk/rights/question.html", page_of(talk, question, fault, request.POST))


def talk_of(request) -> Talk | None:
    """The talk carried by the page; None, with a message, where it is too old to be trusted."""
    try:
        return opened(request.POST.get("talk", ""))
    except signing.BadSignature:
        messages.warning(request, "La page était ouverte depuis trop longtemps. Recommençons : rien n'a été gardé.")
        return None


def answered(talk: Talk, sent) -> Talk:
    """The talk after what the page sent: an answer, a skip, a step back, a question to take up again."""
    if "back" in sent:
        return talk.back()
    if again := sent.get("reopen"):
        return talk.reopen(again)
    question = find(talk.document, sent.get("question", ""))
    if question is None:
        return talk
    if "skip" in sent:
        return talk.decline(question)
    return spoken(talk, question, sent)


def spoken(talk: Talk, question: Question, sent) -> Talk:
    """The talk after the words typed or chosen; nothing typed is a skip."""
    low, high = (understood(question, sent.get(f"{question.id}-{end}", "")) for end in ("from", "to"))
    if question.kind == "amount" and (low is not None or high is not None):
        ends = {"from": low, "to": high}
        return talk.say(question, {end: value for end, value in ends.items() if value is not None})
    given = ["none"] if "none" in sent else sent.getlist(question.id)
    if question.kind == "commune":
        given = [code_of(question, " ".join(given))]
    answer = understood(question, given)
    return talk.decline(question) if answer is None else talk.say(question, answer)


def page_of(talk: Talk, question: Question, fault: str | None, sent) -> dict:
    """What the page of one question shows."""
    document = read_document(talk)
    remaining = [one for one in relevant(document) if one.fact not in talk.declined and one.id not in talk.trail]
    towns = Area.objects.filter(kind=AreaKind.COMMUNE).values_list("name", "code") if question.kind == "commune" else ()
    return {
        "talk": talk,
        "question": question,
        "options": list(question.labels.items()),
        "fault": fault,
        "typed": sent.get(question.id, "") if fault else "",
        "answered": len(talk.trail),
        "remaining": len(remaining),
        "total": len(asked()),
        "towns": towns,
    }


def read_document(talk: Talk):
    """The household as far as it is known."""
    from allervers.rights.household import read

    return read(talk.document)


def key(text: str | None) -> UUID | None:
    """A key of the address bar; a wrong one is a page that does not exist."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
