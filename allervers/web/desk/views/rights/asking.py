"""The questions: one at a time, each can be skipped, each can be taken back, results at any moment."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters import reading
from allervers.people import access
from allervers.people.choices import Purpose
from allervers.rights.household import Faults, known_days, read
from allervers.rights.questions import Question, find, is_answered, plainly, relevant, understood
from allervers.territory.models import Area, AreaKind
from allervers.web.desk.views.rights.talk import Talk, begun, opened
from allervers.web.desk.views.rights.towns import code_of

TOO_OLD = "La page était ouverte depuis trop longtemps. Recommençons : rien n'a été gardé."
TOLD_BEFORE = timedelta(days=30)  # how long before the end of the law known here the desk says it


@never_cache
@require_safe
def start(request):
    """What is about to happen, and what is kept: nothing, unless the person known to us agreed to it."""
    require(request.user, "work_out_rights")
    encounter, whose = key(request.GET.get("encounter")), key(request.GET.get("person"))
    if encounter:
        met = reading.open_encounter(encounter, by=request.user)
        whose = whose or alone_in(met)
    agreed = whose is None or access.may_open(whose, by=request.user, purpose=Purpose.RIGHTS)
    purpose = Purpose.RIGHTS if agreed else Purpose.RECORD
    person = access.open_person(whose, by=request.user, purpose=purpose) if whose else None
    known = access.household_document(person, clock.today()) if person and agreed else {}
    talk = begun(agent=request.user.pk, encounter=encounter, person=whose if agreed else None, document=known)
    shown = {"talk": talk, "person": person, "agreed": agreed, "known": len(known), "here": request.get_full_path()}
    shown |= {"may_write": may(request.user, "write_person"), **end_of_the_law()}
    return render(request, "desk/rights/start.html", shown)


def end_of_the_law() -> dict:
    """The last day of the law known here, once it is near; and whether it has passed."""
    _, last = known_days()
    left = last - clock.today()
    return {"law_ends_on": last if left <= TOLD_BEFORE else None, "law_ended": left < timedelta(0)}


def alone_in(met) -> UUID | None:
    """The only person of an encounter, when there was nobody else and the agent may know who it was."""
    return next(iter(met.people)) if len(met.people) == 1 and met.met == 1 else None


def refuse_a_day_without_law() -> None:
    """The law of some years is not written yet. Raises Refused."""
    first, last = known_days()
    if not first <= clock.today() <= last:
        raise Refused(
            "law-not-known",
            why=f"La loi d'aujourd'hui n'est pas connue ici : elle l'est du {first:%d/%m/%Y} au {last:%d/%m/%Y}.",
            remedy="Prévenez l'administration : une mise à jour est nécessaire. D'ici là, ne donnez pas de montant.",
        )


@require_http_methods(["GET", "POST"])
def ask(request):
    """Take the answer given, then ask what comes next."""
    require(request.user, "work_out_rights")
    talk = talk_of(request)
    if talk is None:
        return redirect("rights-start")
    talk = replace(talk, answer=None, key="")  # an answer more, and what was worked out no longer holds
    fault, wanted = None, reopened(talk, request.POST)
    try:
        talk = answered(talk, request.POST)
    except Faults as faults:
        fault, wanted = plainly(faults), request.POST.get("question", "")
    question = (find(talk.document, wanted) if wanted else None) or talk.question()
    if question is None:
        return render(request, "desk/rights/enough.html", {"talk": talk})
    return render(request, "desk/rights/question.html", page_of(talk, question, fault, request.POST))


def talk_of(request) -> Talk | None:
    """The talk carried by the page; None, with a message, where it is too old to be trusted."""
    if request.method != "POST":
        return None  # an address typed again, or asked again after signing in
    refuse_a_day_without_law()
    try:
        return opened(request.POST.get("talk", ""), request.user.pk)
    except (signing.BadSignature, Faults):
        messages.warning(request, TOO_OLD)
        return None


def reopened(talk: Talk, sent) -> str:
    """The id of the question to ask again, when the page asks for one."""
    return talk.trail[-1] if "back" in sent and talk.trail else sent.get("reopen", "")


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
    """What the page of one question shows; what was typed stays where it could not be understood."""
    household = read(talk.document)
    waiting = [one for one in relevant(household) if one.fact not in talk.declined]
    towns = Area.objects.filter(kind=AreaKind.COMMUNE).values_list("name", "code") if question.kind == "commune" else ()
    typed = {end: sent.get(f"{question.id}{end}", "") if fault else "" for end in ("", "-from", "-to")}
    return {
        "talk": talk,
        "question": question,
        "options": list(question.labels.items()),
        "fault": fault,
        "typed": typed[""],
        "low": typed["-from"],
        "high": typed["-to"],
        "answered": len(talk.trail),
        "remaining": sum(not is_answered(one, household) for one in waiting),
        "towns": towns,
    }


def key(text: str | None) -> UUID | None:
    """A key of the address bar; a wrong one is a page that does not exist."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
