"""Withdrawing an agreement, reuniting two records, leaving: each says what follows before it is done."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accompaniment import ops as accompaniment
from allervers.accounts.rules import require
from allervers.encounters import ops as encounters
from allervers.people import likeness, ops, reading, search
from allervers.people.choices import Purpose
from allervers.web.desk.asking import attempt, carry_out, sent
from allervers.web.desk.forms.people import Certain, OtherRecord
from allervers.web.desk.listing import page_of
from allervers.web.desk.views.people.gestures import opened, page, purpose_asked

A_PAGE = 20
FOLLOWS = {
    Purpose.RECORD: [
        "La fiche se ferme pour chaque équipe nommée ici : plus personne ne peut la lire en son nom.",
        "Les autres accords qui lui étaient donnés sont retirés aussi.",
        "Si aucune autre équipe ne garde la fiche, le nom, le téléphone, les faits et les mots sont effacés.",
        "Le parcours en cours, s'il y en a un, s'arrête.",
        "Les rencontres avec l'équipe restent comptées, sans le nom de la personne.",
    ],
    Purpose.RIGHTS: ["Les faits gardés pour calculer les droits sont effacés tout de suite."],
    Purpose.JOURNEY: ["Le parcours en cours s'arrête. Ce qui est déjà demandé continue auprès des organismes."],
    Purpose.CONTACT: ["Nous ne reprendrons plus contact. La personne peut toujours venir nous voir."],
    Purpose.SHARE: ["Le partenaire ne peut plus rien lire."],
}


@require_http_methods(["GET", "POST"])
def withdraw(request, person_id, purpose):
    """The person takes an agreement back."""
    found, asked = opened(request, person_id), purpose_asked(purpose)
    teams = reading.teams_agreed_to(found, purpose=asked, by=request.user)
    if asked == Purpose.SHARE and "team" in request.GET:
        teams = [team for team in teams if str(team.pk) == request.GET["team"]]
    form = Certain(request.POST or None)
    told = {"found": found, "purpose": asked, "teams": teams, "by": request.user}
    if sent(request, form) and attempt(form, taken_back, **told) is not None:
        messages.success(request, "L'accord est retiré. Cela ne coûte rien à la personne.")
        return redirect("people") if asked == Purpose.RECORD else redirect("person", found.pk)
    return page(
        request, found, form, title=f"Retirer l'accord : {asked.label}", consequences=consequences(**told),
        button="Retirer l'accord", tone="danger",
    )  # fmt: skip


def consequences(*, found, purpose, teams, by) -> list[str]:
    """What follows: whose agreement is taken back, what falls with it, and who keeps theirs."""
    ours = [f"L'accord est retiré pour : {', '.join(map(str, teams))}."] if teams else []
    others = reading.other_teams_agreed_to(found, purpose=purpose, by=by)
    theirs = [f"{team} garde l'accord que la personne lui a donné, et peut le retirer avec elle." for team in others]
    return ours + FOLLOWS[purpose] + theirs


@transaction.atomic
def taken_back(*, found, purpose, teams, by):
    """Withdraw from each of these teams, then undo what stood on it in the later steps."""
    if purpose in (Purpose.RECORD, Purpose.RIGHTS):
        for team in teams:
            encounters.forget_facts(person_id=found.pk, team=team, by=by)
    fallen = [ops.withdraw_agreement(person_id=found.pk, team=team, purpose=purpose, by=by) for team in teams]
    if purpose in (Purpose.RECORD, Purpose.JOURNEY):  # before names go: journeys keep when the person was first met
        accompaniment.stand_down(person_id=found.pk, by=by)
    if purpose == Purpose.RECORD:
        for team in teams:
            encounters.make_anonymous(person_id=found.pk, team=team, by=by)
    return fallen


@require_http_methods(["GET", "POST"])
def erase(request, person_id):
    """The person leaves, and everything written goes."""
    found = opened(request, person_id)
    form = Certain(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accompaniment.let_go(person_id=found.pk, by=request.user)
        messages.success(request, "Tout ce qui était écrit sur cette personne est effacé.")
        return redirect("people")
    return page(
        request, found, form, title="Effacer tout ce qui est écrit", button="Effacer pour toujours", tone="danger",
        consequences=[
            "La fiche, ses accords, ses paroles, ses faits et son parcours sont effacés pour toujours.",
            "Les rencontres restent comptées, sans nom.",
            "Le journal garde qu'une fiche a été ouverte puis effacée, sans dire de qui.",
        ],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def merge(request, person_id):
    """Two records of the same person become one, until they are parted again."""
    found = opened(request, person_id)
    form = OtherRecord(request.POST or None, record=found, by=request.user)
    if request.method == "POST" and form.is_valid():
        asked = {"keep": found.pk, "other": form.cleaned_data["other"], "person_agrees": form.cleaned_data["sure"]}
        if attempt(form, ops.merge_people, **asked, teams_read_both=form.cleaned_data["both"], by=request.user):
            messages.success(request, "Les deux fiches sont réunies. On peut les séparer de nouveau.")
            return redirect("person", found.pk)
    ask_both = getattr(form, "refused_because", "") == "opens-to-other-teams" or "both" in form.data
    context = {"person": found, "form": form, "ask_both": ask_both}
    return render(request, "desk/people/merge.html", context | others(request, found))


def others(request, found) -> dict:
    """Where to choose the other record: among those that look alike or, with `q`, by a name or a phone."""
    q = request.GET.get("q", "").strip()
    if not q:
        alike = likeness.likely_same(found, by=request.user)
        return {"q": "", "page": None, "choices": alike}
    page = page_of(
        request,
        search.find(q, by=request.user).exclude(pk=found.pk).select_related("area").defer("area__outline"),
        A_PAGE,
    )
    return {"q": q, "page": page, "choices": [(one, []) for one in page]}


@require_POST
def unmerge(request, person_id, other_id):
    """Part two records again."""
    require(request.user, "write_person")
    done = "Les deux fiches sont de nouveau séparées."
    carry_out(request, done, ops.undo_merge, other=other_id, by=request.user)
    return redirect("person", person_id)
