"""Outings: the list, preparing one, the page of an outing, and every state it can pass through or come back from."""

from collections import Counter
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from allervers.accounts.models import Role, Team
from allervers.accounts.reading import teams_of
from allervers.accounts.rules import may, require
from allervers.base import clock
from allervers.base.errors import Refused
from allervers.encounters.models import Contact, Encounter
from allervers.outreach import ops, rules
from allervers.outreach.models import Outing
from allervers.outreach.rules import State
from allervers.territory.models import Area, AreaKind, Partner
from allervers.territory.why import what_figures_say, why_here
from allervers.web.desk.asking import attempt, carry_out, sent
from allervers.web.desk.forms.outings import CancelForm, DebriefForm, OutingFilter, OutingForm, as_written
from allervers.web.desk.listing import page_of
from allervers.web.desk.spelling import plain

NEARBY = 12  # partners shown on a phone, at a stall
SHEET = 60  # partners printed


@require_safe
def outings(request):
    """The outings that the agent may see, those to come first."""
    require(request.user, "see_outings")
    mine = Outing.objects.visible_to(request.user)
    seen = Area.objects.filter(pk__in=mine.values("area"))
    form = OutingFilter(request.GET or None, teams=teams_open_to(request.user), areas=seen)
    page = page_of(request, filtered(mine.with_everything(), form))
    return render(
        request,
        "desk/outings/list.html",
        {
            "form": form,
            "page": page,
            "lines": [(outing, rules.state(outing, clock.now())) for outing in page],
            "any": mine.exists(),
            "filtering": any(request.GET.get(name) for name in form.fields),
            "may_prepare": may(request.user, "prepare_outing"),
        },
    )


def filtered(rows, form):
    """What the filter asks for; a filter that cannot be read asks for nothing in particular."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    now = clock.now()
    for name in ("team", "area", "kind"):
        if asked.get(name):
            rows = rows.filter(**{name: asked[name]})
    if asked.get("state"):
        return in_state(rows, asked["state"], now).order_by("-starts_at", "id")
    if asked.get("when") == "past":
        return rows.filter(ends_at__lte=now).order_by("-starts_at", "id")
    if asked.get("when") == "all":
        return rows.order_by("-starts_at", "id")
    return rows.filter(ends_at__gt=now, debriefed_at=None, cancelled_at=None).order_by("starts_at", "id")


def in_state(rows, state, now):
    """Those whose dated facts make this state."""
    live = rows.filter(cancelled_at=None, debriefed_at=None)
    asked = {
        State.CANCELLED: rows.exclude(cancelled_at=None),
        State.DEBRIEFED: rows.filter(cancelled_at=None).exclude(debriefed_at=None),
        State.PREPARED: live.filter(started_at=None, ends_at__gt=now),
        State.MISSED: live.filter(started_at=None, ends_at__lte=now),
        State.UNDER_WAY: live.exclude(started_at=None).filter(ends_at__gt=now),
        State.TO_DEBRIEF: live.exclude(started_at=None).filter(ends_at__lte=now),
    }
    return asked[State(state)]


@require_http_methods(["GET", "POST"])
def new(request):
    """Prepare an outing: the team and the commune first, then the rest."""
    require(request.user, "prepare_outing")
    teams = list(teams_open_to(request.user).order_by("name"))
    team = one_of(teams, request.GET.get("team")) or (teams[0] if len(teams) == 1 else None)
    area = area_asked(request)
    if team is None or area is None:
        return where(request, teams, team, area)
    start = {"why_here": proposal(area), "agents": [request.user], "quarter": area}
    form = OutingForm(request.POST or None, area=area, team=team, initial=start)
    if sent(request, form):
        told = form.told() | {"id": form.cleaned_data["id"], "team": team}
        if outing := attempt(form, ops.prepare_outing, **told, by=request.user):
            messages.success(request, "La sortie est préparée.")
            return redirect("outing", outing.pk)
    shown = {"form": form, "area": area, "team": team, "outing": None, "reasons": reasons(area)}
    return render(request, "desk/outings/prepare.html", shown)


def where(request, teams, team, area):
    """The first question: which team, which commune."""
    wanted = plain(request.GET.get("q", ""))
    communes = Area.objects.filter(kind=AreaKind.COMMUNE).order_by("name", "code")
    if wanted:
        names = communes.values_list("pk", "code", "name")
        communes = communes.filter(pk__in=[pk for pk, code, name in names if wanted in plain(f"{name} {code}")])
    recent = Outing.objects.visible_to(request.user).order_by("-starts_at", "id")[:12].values("area")
    seen = Area.objects.filter(pk__in=[row["area"] for row in recent], kind=AreaKind.COMMUNE)
    page = page_of(request, communes, size=60)
    shown = {"teams": teams, "team": team, "area": area, "page": page, "recent": seen, "q": request.GET.get("q", "")}
    return render(request, "desk/outings/where.html", shown)


@require_http_methods(["GET", "POST"])
def change(request, outing_id: UUID):
    """Change what was prepared."""
    require(request.user, "prepare_outing")
    outing = outing_or_refuse(request, outing_id)
    area = area_asked(request) or outing.area
    form = OutingForm(request.POST or None, area=area, team=outing.team, initial=as_written(outing))
    if sent(request, form) and attempt(form, ops.change_outing, outing=outing, **form.told(), by=request.user):
        messages.success(request, "La sortie est changée.")
        return redirect("outing", outing.pk)
    shown = {"form": form, "area": area, "team": outing.team, "outing": outing, "reasons": reasons(area)}
    return render(request, "desk/outings/prepare.html", shown)


@never_cache
@require_safe
def outing(request, outing_id: UUID):
    """The page of an outing; while it is under way, the page one holds at a stall."""
    require(request.user, "see_outings")
    outing = outing_or_refuse(request, outing_id)
    state = rules.state(outing, clock.now())
    met = Encounter.objects.visible_to(request.user).filter(outing=outing)
    page = page_of(request, counted(met).with_everything().order_by("-happened_at", "-recorded_at", "id"))
    return render(
        request,
        "desk/outings/outing.html",
        {
            "outing": outing,
            "state": state,
            "tally": tally(met.live()),
            "page": page,
            "last": met.live().filter(recorded_by=request.user).order_by("-recorded_at", "id").first(),
            "next_key": uuid4(),
            "partners": partners_near(outing.area).prefetch_related("services")[:NEARBY],
            "may_run": may(request.user, "run_outing"),
            "may_prepare": may(request.user, "prepare_outing"),
            "may_record": may(request.user, "record_encounter") and open_to_meetings(outing, state),
        },
    )


def open_to_meetings(outing: Outing, state: State) -> bool:
    """Whether somebody can have been met by now: the outing is not cancelled, and not still far ahead."""
    return state != State.CANCELLED and rules.opens_at(outing) <= clock.now()


def counted(met):
    """Each encounter with the number of persons known in it: a number opens nobody."""
    return met.annotate(known_count=Count("people", distinct=True))


def tally(met):
    """How many encounters and people so far, with and without a name, and how each link was made."""
    rows = list(counted(met).order_by().values_list("how", "anonymous_count", "known_count"))
    links = Counter(how for how, _, _ in rows)
    return {
        "encounters": len(rows),
        "anonymous": sum(anonymous for _, anonymous, _ in rows),
        "known": sum(known for _, _, known in rows),
        "links": [(contact.label, links[contact]) for contact in Contact if links[contact]],
    }


def partners_near(area: Area):
    """Those of the commune, for whoever asks where to go."""
    return Partner.objects.filter(area=area.commune or area).order_by("name", "id")


@require_safe
def sheet(request, outing_id: UUID):
    """The page to print: where, when, who goes, whom to call. Nothing about anybody met."""
    require(request.user, "see_outings")
    outing = outing_or_refuse(request, outing_id)
    partners = list(partners_near(outing.area).prefetch_related("services")[: SHEET + 1])
    shown = {"outing": outing, "partners": partners[:SHEET], "more": len(partners) > SHEET}
    return render(request, "desk/outings/sheet.html", shown)


@require_http_methods(["GET", "POST"])
def debrief(request, outing_id: UUID):
    """What went well, what was hard, what people say of the approach."""
    require(request.user, "run_outing")
    outing = outing_or_refuse(request, outing_id)
    written = {name: getattr(outing, name) for name in ("went_well", "was_hard", "people_said", "presence_minutes")}
    form = DebriefForm(request.POST or None, initial=written)
    if sent(request, form) and attempt(form, ops.debrief_outing, outing=outing, **form.cleaned_data, by=request.user):
        messages.success(request, "Le débriefing est noté.")
        return redirect("outing", outing.pk)
    met = Encounter.objects.visible_to(request.user).filter(outing=outing).live()
    return render(request, "desk/outings/debrief.html", {"form": form, "outing": outing, "tally": tally(met)})


@require_http_methods(["GET", "POST"])
def cancel(request, outing_id: UUID):
    """Say that the team will not go, and why."""
    require(request.user, "prepare_outing")
    outing = outing_or_refuse(request, outing_id)
    form = CancelForm(request.POST or None)
    if sent(request, form) and attempt(form, ops.cancel_outing, outing=outing, **form.cleaned_data, by=request.user):
        messages.success(request, "La sortie est annulée. Vous pouvez la rétablir depuis sa page.")
        return redirect("outing", outing.pk)
    return render(request, "desk/outings/cancel.html", {"form": form, "outing": outing})


def gesture(op, done: str, opens: str = "run_outing"):
    """A view that asks nothing: one POST, one op, back to the outing; for the roles whose gesture it is."""

    @require_POST
    def view(request, outing_id: UUID):
        require(request.user, opens)
        carry_out(request, done, op, outing=outing_or_refuse(request, outing_id), by=request.user)
        return redirect("outing", outing_id)

    return view


def outing_or_refuse(request, outing_id: UUID) -> Outing:
    """The outing, ready to be shown. Unknown and not yours answer alike."""
    found = Outing.objects.visible_to(request.user).with_everything().filter(pk=outing_id).first()
    if found is None:
        raise Refused(
            "not-visible",
            why="Cette sortie n'existe pas, ou elle est d'une équipe où vous n'êtes pas.",
            remedy="Revenez à la liste des sorties.",
        )
    return found


def teams_open_to(agent):
    """The agent's teams; every team but partners' for the coordination."""
    if agent.role == Role.COORDINATOR:
        return Team.objects.filter(is_partner=False)
    return teams_of(agent)


def one_of(teams, key):
    """The team asked for, if it is one of these."""
    return next((team for team in teams if str(team.pk) == key), None)


def area_asked(request) -> Area | None:
    """The commune or the quarter whose code is in the address, if it is one."""
    code = request.GET.get("area", "")
    return Area.objects.select_related("commune").filter(code=code).first() if code.isalnum() else None


def reasons(area: Area) -> list[str]:
    """What the territory's figures, places and our own past outings say, in sentences."""
    gone = Outing.objects.filter(area=area).exclude(started_at=None).values_list("starts_at", flat=True)
    return why_here(area, past_outings=[moment.astimezone(clock.PARIS).date() for moment in gone])


def proposal(area: Area, most: int = 600) -> str:
    """The first two things that figures say, as far as the field holds them; the team changes them as it likes."""
    both = what_figures_say(area)[:2]
    return " ".join(both) if len(" ".join(both)) <= most else ""


addresses = [
    path("sorties", outings, name="outings"),
    path("sorties/nouvelle", new, name="outing-new"),
    path("sorties/<uuid:outing_id>", outing, name="outing"),
    path("sorties/<uuid:outing_id>/changer", change, name="outing-change"),
    path("sorties/<uuid:outing_id>/feuille", sheet, name="outing-sheet"),
    path(
        "sorties/<uuid:outing_id>/partir",
        gesture(ops.start_outing, "La sortie est en cours. Bonne route."),
        name="outing-start",
    ),
    path(
        "sorties/<uuid:outing_id>/depart-annule",
        gesture(ops.undo_start, "Le départ est annulé : la sortie est de nouveau préparée."),
        name="outing-start-undo",
    ),
    path("sorties/<uuid:outing_id>/debriefing", debrief, name="outing-debrief"),
    path(
        "sorties/<uuid:outing_id>/debriefing-repris",
        gesture(ops.reopen_debrief, "Le débriefing peut être repris : ses mots sont gardés."),
        name="outing-reopen",
    ),
    path("sorties/<uuid:outing_id>/annuler", cancel, name="outing-cancel"),
    path(
        "sorties/<uuid:outing_id>/retablir",
        gesture(ops.restore_outing, "La sortie est rétablie.", "prepare_outing"),
        name="outing-restore",
    ),
]
