"""What may be written about a person, with them: words, agreements, refusals, corrections."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allervers.accounts import reading as accounts
from allervers.accounts.rules import require
from allervers.people import access, ops, reading, wordings
from allervers.people.choices import Purpose
from allervers.web.desk.asking import attempt, carry_out
from allervers.web.desk.forms import people as forms
from allervers.web.desk.views.people.listing import next_page


@require_http_methods(["GET", "POST"])
def change(request, person_id):
    """How the person is called and reached."""
    found = opened(request, person_id)
    fields = forms.ChangePerson.base_fields
    form = forms.ChangePerson(request.POST or None, initial={name: getattr(found, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        asked = {"person_id": found.pk, "changes": form.cleaned_data, "by": request.user}
        if attempt(form, ops.correct_person, **asked):
            messages.success(request, "C'est corrigé.")
            return redirect("person", found.pk)
    return page(request, found, form, title="Corriger", button="Enregistrer")


@require_POST
def say(request, person_id):
    """Keep words of the person."""
    require(request.user, "write_person")
    form = forms.Saying(request.POST)
    if form.is_valid() and attempt(form, ops.keep_saying, person_id=person_id, **form.cleaned_data, by=request.user):
        messages.success(request, "C'est écrit, avec ses mots.")
        return redirect("person", person_id)
    return page(request, opened(request, person_id), form, title="Ajouter, avec ses mots", button="Écrire")


@require_POST
def unsay(request, person_id, saying_id):
    """Remove words, when the person asks."""
    require(request.user, "write_person")
    carry_out(request, "C'est retiré.", ops.remove_saying, saying_id=saying_id, by=request.user)
    return redirect("person", person_id)


@require_POST
def note_close(request, person_id):
    """Note somebody around the person."""
    require(request.user, "write_person")
    form = forms.CloseOne(request.POST)
    if form.is_valid() and attempt(form, ops.note_close_one, person_id=person_id, **form.cleaned_data, by=request.user):
        messages.success(request, "C'est écrit.")
        return redirect("person", person_id)
    return page(request, opened(request, person_id), form, title="Ajouter un proche", button="Écrire")


@require_POST
def remove_close(request, person_id, close_id):
    """Remove somebody from the close circle."""
    require(request.user, "write_person")
    carry_out(request, "C'est retiré.", ops.remove_close_one, close_one_id=close_id, by=request.user)
    return redirect("person", person_id)


@require_http_methods(["GET", "POST"])
def agreement(request, person_id, purpose):
    """Read the words together, and note the answer."""
    found, asked = opened(request, person_id), purpose_asked(purpose)
    team = only(request, accounts.teams_of(request.user))
    form = (forms.AskToShare if asked == Purpose.SHARE else forms.AskAgreement)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        id, answer = said.pop("id"), said.pop("answer")
        team = said.pop("partner", None) or team or reading.team_of(found, by=request.user)
        given = wordings.standard(asked, **said)
        told = {"id": id, "person_id": found.pk, "team": team, "purpose": asked, "answer": answer, "agreement": given}
        if attempt(form, ops.record_agreement, **told, by=request.user):
            messages.success(request, "La réponse est notée.")
            return redirect(next_page(request, found))
    title = f"Demander : {asked.label}{f' ({team})' if team else ''}"
    return page(request, found, form, title=title, wording=wordings.TEXTS[asked], button="Noter la réponse")


@require_http_methods(["GET", "POST"])
def refusal(request, person_id):
    """Note a no, in the person's words."""
    found = opened(request, person_id)
    form = forms.Refusal(request.POST or None, initial={"right": request.GET.get("right", "")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt(form, ops.record_refusal, person_id=found.pk, **said, by=request.user):
            messages.success(request, "C'est noté. Cela ne change rien à ses droits ni à ce que nous faisons ensemble.")
            return redirect("person", found.pk)
    lead = "Un refus se respecte et ne coûte rien. La personne peut changer d'avis quand elle veut."
    return page(request, found, form, title="« Pas maintenant » ou « non »", lead=lead, button="Noter")


@require_POST
def lift(request, person_id, refusal_id):
    """The person changes their mind."""
    require(request.user, "write_person")
    done = "C'est noté : la personne a changé d'avis."
    carry_out(request, done, ops.lift_refusal, refusal_id=refusal_id, by=request.user)
    return redirect("person", person_id)


def opened(request, person_id):
    """The person, for a page that will write about them."""
    require(request.user, "write_person")
    return access.open_person(person_id, by=request.user, purpose=Purpose.RECORD)


def purpose_asked(purpose: str) -> Purpose:
    """A purpose of the address bar; a wrong one is a page that does not exist."""
    if purpose not in Purpose.values:
        raise Http404
    return Purpose(purpose)


def only(request, teams):
    """The one of these teams that the address names, if it names one."""
    return next((team for team in teams if str(team.pk) == request.GET.get("team")), None)


def page(request, found, form, *, title, button, **more):
    """A small page that asks one thing about a person."""
    context = {"person": found, "form": form, "title": title, "button": button}
    return render(
        request, "desk/people/form.html", {"lead": "", "wording": "", "tone": "", "consequences": [], **context, **more}
    )
