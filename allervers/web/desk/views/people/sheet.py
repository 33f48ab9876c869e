"""The page of a person: what is written, readable by them; who read it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allervers.accompaniment import gestures as journeys
from allervers.accounts.rules import may
from allervers.base import clock
from allervers.encounters import gestures as met
from allervers.encounters import reading as encounters
from allervers.people import access, reading
from allervers.people.choices import Channel, Purpose
from allervers.people.rules import State, agreement_state
from allervers.rights.catalogue import all_rights
from allervers.web.desk.forms.people import CloseOne, Saying
from allervers.web.desk.views.journeys.reading import live_journey
from allervers.web.desk.views.people.listing import purpose_of
from allervers.web.desk.views.people.saying_facts import facts_in_words

TONES = {State.GIVEN: "good", State.REFUSED: "no", State.WITHDRAWN: "no", State.EXPIRED: "late"}


@dataclass(frozen=True)
class AgreementLine:
    """One purpose, and where the person's answer to one team stands; `team` is None where naming it says nothing."""

    purpose: str
    team: Any
    label: str
    state: str
    tone: str
    is_given: bool
    agreement: Any


@require_safe
def person(request, person_id):
    """Everything that is written, in words that can be read together."""
    found = access.open_person(person_id, by=request.user, purpose=purpose_of(request.user))
    if found.opened_for == Purpose.SHARE:
        return render(request, "desk/people/shared.html", shared_with(found, request.user))
    return render(request, "desk/people/person.html", context_of(found, request.user))


@require_safe
def read_by(request, person_id):
    """Who opened or changed the record, and what for."""
    found = access.open_person(person_id, by=request.user, purpose=Purpose.RECORD)
    lines = access.who_read(found.pk, by=request.user, words={**met.GESTURES, **journeys.GESTURES})
    page = Paginator(lines, 50).get_page(request.GET.get("page"))
    return render(request, "desk/people/read_by.html", {"person": found, "page": page})


def shared_with(found, agent) -> dict:
    """What a partner reads: how to reach the person, and the agreement that lets them."""
    agreement = reading.latest_agreements(found, by=agent)[Purpose.SHARE, reading.team_of(found, by=agent)]
    return {"person": found, "wishes": wishes_of(found), "agreement": agreement}


def context_of(found, agent) -> dict:
    """What the page of a person shows, within what the person agreed to."""
    lines = agreement_lines(found, agent)
    given = {line.purpose for line in lines if line.is_given}
    purposes = {purpose: purpose in given for purpose in Purpose}
    may_write = may(agent, "write_person")
    return {
        "person": found,
        "may_write": may_write,
        "purposes": purposes,
        "agreements": lines,
        "stop": stop_of(found, agent),
        "sayings": reading.sayings_of(found),
        "close_circle": reading.close_circle_of(found),
        "refusals": [named(no) for no in reading.refusals_of(found)],
        "wishes": wishes_of(found),
        "facts": facts_kept(found, agent) if purposes.get(Purpose.RIGHTS) else [],
        "assessments": rights_looked_at(found, purposes, agent),
        "encounters": encounters.encounters_of(found.pk, by=agent)[:20],
        "journey": live_journey(found, agent),
        "merged": reading.reunited_with(found),
        "saying_form": Saying(auto_id="saying_%s"),
        "close_form": CloseOne(auto_id="close_%s"),
    }


def agreement_lines(found, agent) -> list[AgreementLine]:
    """Every purpose, once for each team of the agent that the person knows; what is shared, once for each partner."""
    latest = reading.latest_agreements(found, by=agent)
    keepers = set(reading.teams_agreed_to(found, purpose=Purpose.RECORD, by=agent))
    several = len({team for purpose, team in latest if purpose != Purpose.SHARE}) > 1
    lines = []
    for purpose in Purpose:
        answered = {team for what, team in latest if what == purpose}
        asked = answered if purpose == Purpose.SHARE else answered | keepers
        for team in sorted(asked, key=str) if asked else [None]:
            named = team if several or purpose == Purpose.SHARE else None
            lines.append(agreement_line(purpose, named, latest[purpose, team] if team in answered else None))
    return lines


def agreement_line(purpose, team, agreement) -> AgreementLine:
    """One line, in words."""
    state = agreement_state(agreement, clock.today())
    is_given = state == State.GIVEN
    return AgreementLine(purpose, team, purpose.label, state.label, TONES.get(state, ""), is_given, agreement)


def stop_of(found, agent):
    """Why the team may not go towards the person on its own initiative, if it may not."""
    approach = access.approach(found, by=agent, channel=Channel.OUTING)
    return None if approach.ok else approach


def wishes_of(found) -> list[dict]:
    """How the person may be reached, as they said."""
    fields = ("may_call", "may_text", "may_write", "may_visit")
    return [{"label": found._meta.get_field(name).verbose_name, "said": getattr(found, name)} for name in fields]


def named(no):
    """A refusal, with the plain name of the right it speaks of."""
    no.right_name = all_rights()[no.right].names.plain if no.right in all_rights() else no.right
    return no


def facts_kept(found, agent) -> list[dict]:
    """The facts of the household, which open for their own purpose."""
    opened = access.open_person(found.pk, by=agent, purpose=Purpose.RIGHTS)
    return facts_in_words(reading.facts_by_path(opened).values())


def rights_looked_at(found, purposes, agent) -> list:
    """The computations kept, where the person agreed that they are."""
    if not purposes.get(Purpose.RIGHTS):
        return []
    return [summed(one) for one in encounters.assessments_of(found.pk, by=agent)[:5]]


def summed(assessment):
    """An assessment, with the rights it found in one line, and how many were left to check."""
    known = [one for one in assessment.found.all() if one.right in all_rights()]
    sure = sorted(all_rights()[one.right].names.plain for one in known if one.certainty != "possible")
    assessment.summary = " ; ".join(sure) if sure else "rien de plus ne semblait ouvert"
    assessment.to_check = len(known) - len(sure)
    return assessment
