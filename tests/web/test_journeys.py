"""Parcours: claims and steps until the right is open; each fact dated, taken back, never doubled."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accompaniment.models import Claim, Event, Journey, Step
from allervers.accounts.models import Role
from allervers.base import clock
from allervers.people import access, ops
from allervers.people.choices import Purpose
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, note, open_right
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, answer
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db
NOWHERE = "12345678-1234-5678-1234-567812345678"


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


@pytest.fixture
def awa():
    return AgentFactory(full_name="Awa Inventée", teams=[TeamFactory()])


@pytest.fixture
def browser(awa, signed_in):
    return signed_in(awa)


@pytest.fixture
def journey(awa):
    person = PersonFactory(by=awa, name="Nour Inventée", purposes=[Purpose.RIGHTS, Purpose.JOURNEY])
    return JourneyFactory(by=awa, person=person, what_matters="Ne plus dépendre de ma sœur")


def of(one, page=""):
    """The address of a page about a journey, a claim, an event, a step or a person."""
    return reverse(f"journey-{page}" if page else "journey", args=[one.pk])


def french(page) -> str:
    return page.text.replace("&#x27;", "'")


def today(days=0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


# ---------------------------------------------------------------- the list


def test_without_a_journey_one_is_told_where_they_begin(browser):
    page = browser.get("/parcours")
    assert "Aucun parcours en cours" in page.text
    assert reverse("people") in page.text


def test_the_list_has_pages_and_asks_as_many_queries_for_one_as_for_fifty(browser, awa, journey, queries_for):
    ClaimFactory(by=awa, journey=journey)
    one = queries_for(lambda: browser.get("/parcours"))
    for _ in range(49):
        ClaimFactory(by=awa, journey=JourneyFactory(by=awa))
    assert queries_for(lambda: browser.get("/parcours")) == one
    page = browser.get("/parcours")
    assert "Page 1 sur 2" in page.text
    assert "1 demande" in page.text


# ---------------------------------------------------------------- begun with the person


def begin(awa, **more):
    return {"id": uuid4(), "lead": awa.pk, "what_matters": "Souffler un peu", "agreed": "on", **more}


def test_a_journey_begins_with_the_agreement_read_and_the_lead_chosen(browser, awa):
    person = PersonFactory(by=awa, purposes=[Purpose.RIGHTS])
    found = AssessmentFactory(by=awa, person_id=person.pk, answer=answer(rsa=("certain", 512)))
    address = f"{of(person, 'new')}?right=rsa&right=css&right=inconnu&assessment={found.pk}"
    page = browser.get(address)
    assert "Vous pouvez arrêter quand vous voulez" in page.text
    assert page.context["form"]["right"].value() == ["rsa", "css"]
    sent = begin(awa, right=["rsa"], assessment=found.pk)
    answered = browser.post(address, sent)
    opened = Journey.objects.get()
    assert answered.url == of(opened)
    assert (opened.pk, opened.lead, opened.what_matters) == (sent["id"], awa, "Souffler un peu")
    assert float(opened.claims.get().expected_high) == 512
    assert access.may_open(person.pk, by=awa, purpose=Purpose.JOURNEY)
    assert browser.post(address, sent).url == of(opened), "pressed twice, begun once"
    assert Claim.objects.count() == 1


def test_without_agreement_there_is_no_journey(browser, awa):
    person = PersonFactory(by=awa)
    page = browser.post(of(person, "new"), begin(awa, agreed=""))
    assert "Sans son accord, pas de parcours" in page.text
    assert "Souffler un peu" in page.text
    assert not Journey.objects.exists()
    assert not access.may_open(person.pk, by=awa, purpose=Purpose.JOURNEY)


def test_who_already_agreed_is_not_asked_again(browser, awa):
    person = PersonFactory(by=awa, purposes=[Purpose.JOURNEY])
    page = browser.get(of(person, "new"))
    assert "agreed" not in page.context["form"].fields
    assert browser.post(of(person, "new"), begin(awa)).status_code == 302


def test_nobody_outside_the_team_can_be_chosen(browser, awa):
    person = PersonFactory(by=awa)
    page = browser.post(of(person, "new"), begin(awa, lead=AgentFactory().pk))
    assert "choix valide" in page.text
    assert not access.may_open(person.pk, by=awa, purpose=Purpose.JOURNEY), "all of it or nothing"


def test_a_second_journey_is_refused_in_the_form(browser, awa, journey):
    page = browser.post(of(journey.person, "new"), begin(awa))
    assert "déjà un parcours en cours" in page.text


def test_the_computation_of_somebody_else_is_refused_and_nothing_begins(browser, awa):
    other = PersonFactory(by=awa, purposes=[Purpose.RIGHTS])
    found = AssessmentFactory(by=awa, person_id=other.pk)
    person = PersonFactory(by=awa)
    address = f"{of(person, 'new')}?right=rsa&assessment={found.pk}"
    page = browser.post(address, begin(awa, right=["rsa"], assessment=found.pk))
    assert "pas celui de cette personne" in page.text
    assert not Journey.objects.exists()
    assert browser.get(f"{of(person, 'new')}?assessment=abc").status_code == 200
    assert browser.post(f"{of(person, 'new')}", begin(awa, assessment="abc")).status_code == 200


# ---------------------------------------------------------------- claims and their facts


def test_a_right_more_is_asked_once_however_often_the_button_is_pressed(browser, journey):
    sent = {"id": uuid4(), "right": "rsa"}
    for _ in range(2):
        assert browser.post(of(journey, "claim"), sent).url == of(journey)
    assert journey.claims.get().pk == sent["id"]
    page = browser.post(of(journey, "claim"), {"id": uuid4(), "right": "rsa"})
    assert "déjà en cours pour ce droit" in page.text


def test_a_right_the_person_does_not_want_is_not_asked(browser, awa, journey):
    ops.record_refusal(person_id=journey.person_id, kind="not_this_right", right="rsa", by=awa)
    page = browser.post(of(journey, "claim"), {"id": uuid4(), "right": "rsa"})
    assert "a dit non pour ce droit" in page.text
    assert browser.post(of(journey, "claim"), {"right": "la-lune"}).status_code == 200


def test_a_claim_opened_by_mistake_is_taken_back_while_nothing_happened(browser, awa, journey):
    claim = ClaimFactory(by=awa, journey=journey)
    assert "c'est une erreur" in french(browser.get(of(journey)))
    event = note(claim, "filed")
    page = browser.post(reverse("journey-claim-remove", args=[claim.pk]), follow=True)
    assert "Des faits sont notés" in page.text
    browser.post(reverse("journey-event-strike", args=[event.pk]))
    browser.post(reverse("journey-claim-remove", args=[claim.pk]))
    assert not Claim.objects.exists()


def happened(browser, claim, kind, **more):
    sent = {"id": uuid4(), "kind": kind, "happened_on": today(), "note": "", **more}
    return browser.post(reverse("journey-event", args=[claim.pk]), sent), sent


def test_from_the_filing_to_the_first_payment_the_right_opens(browser, awa, journey):
    claim = ClaimFactory(by=awa, journey=journey)
    happened(browser, claim, "filed", happened_on=today(-30))
    happened(browser, claim, "granted", happened_on=today(-2), amount="512,40", starts_on="2026-06-01")
    assert "accordée, pas encore reçue" in browser.get(of(journey)).text
    happened(browser, claim, "first_payment")
    page = french(browser.get(of(journey)))
    assert "droit ouvert" in page
    assert "512\u202f€" in page


def test_the_next_gesture_is_proposed_with_what_it_probably_says(browser, awa, journey):
    found = AssessmentFactory(by=awa, person_id=journey.person_id, answer=answer(rsa=("certain", 512)))
    claim = ClaimFactory(by=awa, journey=journey, assessment=found)
    form = browser.get(f"{reverse('journey-event', args=[claim.pk])}?kind=granted").context["form"]
    assert (form["kind"].value(), float(form["amount"].value()), str(form["starts_on"].value())) == (
        "granted", 512.0, "2026-06-01",
    )  # fmt: skip
    form = browser.get(f"{reverse('journey-event', args=[claim.pk])}?kind=miracle").context["form"]
    assert form["kind"].value() is None


def test_a_fact_sent_twice_is_noted_once(browser, awa, journey):
    claim = ClaimFactory(by=awa, journey=journey)
    _, sent = happened(browser, claim, "filed")
    assert browser.post(reverse("journey-event", args=[claim.pk]), sent).status_code == 302
    assert Event.objects.count() == 1
    page = browser.post(reverse("journey-event", args=[claim.pk]), sent | {"note": "Autre chose"})
    assert "déjà écrit autrement" in page.text


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("filed", {"happened_on": "2026-06-03"}, "pas encore venu"),
        ("filed", {"happened_on": "2015-01-01"}, "plus de cinq ans"),
        ("filed", {"happened_on": "hier"}, "date valide"),
        ("granted", {"amount": "512"}, "à partir de quand"),
        ("granted", {"amount": "-5", "starts_on": "2026-06-01"}, "entre 0 et 10 000"),
        ("granted", {"amount": "beaucoup", "starts_on": "2026-06-01"}, "nombre"),
        ("granted", {"starts_on": "2026-06-01", "until": "2026-05-01"}, "avant d'avoir commencé"),
        ("gagné", {}, "choix valide"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_in_the_form(browser, awa, journey, kind, more, words):
    claim = ClaimFactory(by=awa, journey=journey)
    page, _ = happened(browser, claim, kind, note="À garder", **more)
    assert page.status_code == 200
    assert words in french(page).replace("\xa0", " ").replace("\u202f", " ")
    assert "À garder" in page.text
    assert not Event.objects.exists()


def test_a_fact_out_of_order_says_which(browser, awa, journey):
    claim = ClaimFactory(by=awa, journey=journey)
    note(claim, "filed")
    page, _ = happened(browser, claim, "granted", happened_on=today(-3), starts_on="2026-06-01")
    assert "viendrait avant" in page.text


def test_a_fact_noted_by_mistake_is_taken_back(browser, awa, journey):
    event = note(ClaimFactory(by=awa, journey=journey), "filed")
    for _ in range(2):
        assert browser.post(reverse("journey-event-strike", args=[event.pk])).url == of(journey)
    assert "demande déposée" not in browser.get(of(journey)).text


# ---------------------------------------------------------------- steps


def test_a_step_is_agreed_once_done_taken_up_again_and_dropped(browser, journey, at):
    sent = {"id": uuid4(), "says": "Appeler la Caf", "who": "together", "due_on": "2026-06-04"}
    for _ in range(2):
        assert browser.post(of(journey, "step"), sent).url == of(journey)
    step = Step.objects.get()
    assert "pour le 4 juin 2026" in browser.get(of(journey)).text
    at("2026-06-05")
    assert "la date est passée" in browser.get(of(journey)).text
    for gesture, words in (("finish", "fait le"), ("reopen", "la date est passée"), ("drop", "laissé le")):
        browser.post(reverse("journey-step-change", args=[step.pk]), {"gesture": gesture})
        assert words in browser.get(of(journey)).text
    assert browser.post(reverse("journey-step-change", args=[step.pk]), {"gesture": "dance"}).status_code == 404
    assert browser.post(reverse("journey-step-change", args=[step.pk]), {"from": "today"}).url == "/"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"says": ""}, "obligatoire"), ({"who": "le chat"}, "choix valide"), ({"due_on": "2026-01-01"}, "pass")],
)
def test_a_step_that_cannot_be_is_refused_on_the_page(browser, journey, wrong, words):
    page = browser.post(of(journey, "step"), {"says": "Appeler", "who": "team", **wrong})
    assert page.status_code == 200
    assert words in page.text
    assert not Step.objects.exists()


# ---------------------------------------------------------------- lead, end


def test_the_person_chooses_somebody_else(browser, awa, journey):
    other = AgentFactory(full_name="Bruno Inventé", teams=[awa.teams.get()], role=Role.JOURNEY_LEAD)
    assert browser.post(of(journey, "lead"), {"lead": other.pk}).url == of(journey)
    assert "Avec Bruno Inventé" in browser.get(of(journey)).text
    page = browser.post(of(journey, "lead"), {"lead": AgentFactory().pk})
    assert page.status_code == 200
    assert "choix valide" in page.text


def test_a_journey_ends_as_the_person_wishes_and_can_be_taken_up_again(browser, awa, journey):
    claim = open_right(ClaimFactory(by=awa, journey=journey))
    assert "obligatoire" in browser.post(of(journey, "end"), {"ending": ""}).text
    browser.post(of(journey, "end"), {"ending": "on_their_own"})
    page = french(browser.get(of(journey)))
    assert "n'a plus besoin de nous" in page
    assert "Noter autre chose" not in page
    assert "Annuler" not in page
    page, _ = happened(browser, claim, "stopped")
    assert "Ce parcours est terminé" in page.text
    page = browser.post(of(journey, "step"), {"says": "Encore", "who": "team"})
    assert "Ce parcours est terminé" in page.text
    browser.post(of(journey, "reopen"))
    assert "Noter autre chose" in browser.get(of(journey)).text


def test_a_journey_that_cannot_be_taken_up_again_says_why(browser, awa, journey):
    browser.post(of(journey, "end"), {"ending": "moved_away"})
    JourneyFactory(by=awa, person=journey.person)
    page = browser.post(of(journey, "reopen"), follow=True)
    assert "déjà un parcours en cours" in page.text


# ---------------------------------------------------------------- who, how much


def test_the_page_asks_as_many_queries_for_one_claim_as_for_many(browser, awa, journey, queries_for):
    open_right(ClaimFactory(by=awa, journey=journey))
    one = queries_for(lambda: browser.get(of(journey)))
    for right in ("css", "aah", "ass", "asf", "housing_aid", "lep"):
        note(ClaimFactory(by=awa, journey=journey, right=right), "filed")
        browser.post(of(journey, "step"), {"says": f"Pour {right}", "who": "team"})
    assert queries_for(lambda: browser.get(of(journey))) == one


ASKED = ["", "claim", "step", "lead", "end", "reopen"]


@pytest.mark.parametrize("page", ASKED)
def test_the_journey_of_another_team_and_none_answer_alike(browser, page):
    other = JourneyFactory()
    name = f"journey-{page}" if page else "journey"
    for key in (other.pk, NOWHERE):
        address = reverse(name, args=[key])
        assert (browser.post(address, {"says": "x"}) if page else browser.get(address)).status_code == 404


@pytest.mark.parametrize("page", ["event", "event-strike", "claim-remove", "step-change"])
def test_what_hangs_on_another_team_s_journey_and_nothing_answer_alike(browser, page):
    claim = ClaimFactory()
    event = note(claim, "filed")
    asked = {"event-strike": event.pk, "step-change": NOWHERE}.get(page, claim.pk)
    for key in (asked, NOWHERE):
        assert browser.post(reverse(f"journey-{page}", args=[key])).status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PEER_SUPPORTER, Role.PARTNER_AGENT, Role.ADMINISTRATOR])
def test_roles_that_do_not_stand_beside_open_none_of_it(signed_in, awa, journey, role):
    claim = ClaimFactory(by=awa, journey=journey)
    browser = signed_in(AgentFactory(role=role, teams=[awa.teams.get()] if role != Role.ADMINISTRATOR else []))
    assert browser.get("/parcours").status_code == 403
    assert browser.get(of(journey.person, "new")).status_code == 403
    for page in ASKED[1:]:
        assert browser.post(of(journey, page)).status_code == 403
    for key in (claim.pk, NOWHERE):
        assert browser.get(reverse("journey-event", args=[key])).status_code == 403
        assert browser.post(reverse("journey-claim-remove", args=[key])).status_code == 403


def test_a_journey_whose_agreement_fell_is_closed(browser, awa, journey):
    agree(journey.person, Purpose.CONTACT, team=awa.teams.get(), by=awa)
    ops.withdraw_agreement(person_id=journey.person_id, team=awa.teams.get(), purpose=Purpose.JOURNEY, by=awa)
    assert browser.get(of(journey)).status_code == 404
