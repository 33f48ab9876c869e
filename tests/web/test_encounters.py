"""Rencontre: three gestures at most without a name; everything else optional; all of it taken back."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.base import clock
from allervers.base.models import Entry
from allervers.encounters.models import Contact, Encounter, Offer, Outcome
from allervers.outreach import ops as outings
from allervers.people import ops as people
from allervers.people.choices import NonTakeUp, Purpose
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.people import PersonFactory
from tests.factories.territory import AreaFactory

pytestmark = pytest.mark.django_db


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
def outing(awa):
    made = OutingFactory(by=awa, agents=[awa], starts_at=clock.now())
    return outings.start_outing(outing=made, by=awa)


def during(outing):
    return f"{reverse('encounter-new')}?outing={outing.pk}"


def asked(**others):
    """What the form sends when nothing is touched."""
    return {"id": uuid4(), "met": "1", "how": "conversation", "outcome": "met", "form": "", **others}


# ---------------------------------------------------------------- without a name


def test_one_tap_on_the_page_of_the_outing_notes_a_word_with_somebody(browser, outing):
    page = browser.get(reverse("outing", args=[outing.pk]))
    sent = {"id": page.context["next_key"], "how": "conversation"}
    assert browser.post(reverse("encounter-tally", args=[outing.pk]), sent).url == reverse("outing", args=[outing.pk])
    met = Encounter.objects.get()
    assert (met.anonymous_count, met.how, met.outing, met.people.count()) == (1, "conversation", outing, 0)


def test_a_tap_that_arrives_twice_is_counted_once_and_said_so(browser, outing):
    sent = {"id": uuid4(), "how": "acknowledged"}
    for _ in range(2):
        page = browser.post(reverse("encounter-tally", args=[outing.pk]), sent, follow=True)
    assert Encounter.objects.count() == 1
    assert "comptée qu" in page.text


def test_a_tap_told_differently_under_the_same_key_is_refused_in_french(browser, outing):
    key = uuid4()
    browser.post(reverse("encounter-tally", args=[outing.pk]), {"id": key, "how": "acknowledged"})
    page = browser.post(reverse("encounter-tally", args=[outing.pk]), {"id": key, "how": "conversation"}, follow=True)
    assert "déjà écrite autrement" in page.text
    assert Encounter.objects.get().how == "acknowledged"


def test_nothing_has_to_be_filled_in(browser, outing):
    """Open the page, press Enregistrer: two gestures, and the form is already right."""
    form = browser.get(during(outing)).context["form"]
    as_shown = {field.name: field.value() for field in form if field.value()}
    assert browser.post(during(outing), as_shown).status_code == 302
    assert Encounter.objects.get().anonymous_count == 1


def test_no_field_of_an_encounter_asks_for_a_name(browser, outing):
    form = browser.get(during(outing)).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["met", "how", "outcome", "id"]


def test_everything_that_was_added_is_kept(browser, outing):
    told = asked(
        met="4", how="expressed_wish", said="On ne savait pas.", offered=["information", "rights"], outcome="not_now",
        form="lack_of_knowledge", agreed="Repasser jeudi", news_by="2026-06-09", at="09:40",
    )  # fmt: skip
    browser.post(during(outing), told)
    met = Encounter.objects.get()
    assert (met.anonymous_count, met.how, met.outcome) == (4, Contact.EXPRESSED_WISH, Outcome.NOT_NOW)
    assert (met.said, met.agreed, met.form) == ("On ne savait pas.", "Repasser jeudi", NonTakeUp.LACK_OF_KNOWLEDGE)
    assert met.offered == [Offer.INFORMATION, Offer.RIGHTS]
    assert met.happened_at.astimezone(clock.PARIS).strftime("%H:%M") == "09:40"
    page = browser.get(reverse("encounter", args=[met.pk])).text
    assert all(words in page for words in ("On ne savait pas.", "Repasser jeudi", "un point sur les droits"))


def test_a_form_sent_twice_is_harmless(browser, outing):
    told = asked(said="Bonjour")
    for _ in range(2):
        page = browser.post(during(outing), told, follow=True)
    assert Encounter.objects.count() == 1
    assert "comptée qu" in page.text


def test_a_key_used_for_something_else_is_a_conflict_said_in_the_form(browser, outing):
    told = asked(said="Bonjour")
    browser.post(during(outing), told)
    page = browser.post(during(outing), told | {"said": "Autre chose"})
    assert page.status_code == 200
    assert "déjà écrite autrement" in page.text
    assert "Autre chose" in page.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"met": "0"}, "supérieure ou égale à 1"),
        ({"met": "3000"}, "inférieure ou égale à 200"),
        ({"at": "11:59"}, "datée dans le futur"),
        ({"form": "non_claiming"}, "Une raison est notée"),
        ({"news_by": "2026-05-01"}, "promises pour un jour"),
        ({"offered": ["la lune"]}, "Sélectionnez un choix valide"),
        ({"at": "midi"}, "Saisissez une heure valide"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form_and_nothing_typed_is_lost(browser, outing, wrong, said):
    page = browser.post(during(outing), asked(said="Mes mots à garder", **wrong))
    assert page.status_code == 200
    assert said in page.text
    assert "Mes mots à garder" in page.text
    assert not Encounter.objects.exists()


def test_small_hours_of_a_night_round_are_the_day_after(browser, awa, at):
    starts = clock.now().replace(hour=21)
    night = OutingFactory(by=awa, starts_at=starts, ends_at=starts + timedelta(hours=6))
    at(starts + timedelta(hours=7))
    browser.post(during(night), asked(at="00:30"))
    assert Encounter.objects.get().happened_at == starts + timedelta(hours=3, minutes=30)


# ---------------------------------------------------------------- outside an outing


def test_the_outing_under_way_is_chosen_by_itself(browser, outing):
    assert browser.get(reverse("encounter-new")).context["outing"] == outing


def test_otherwise_one_chooses_among_the_recent_ones_or_none(browser, awa):
    recent = OutingFactory(by=awa)
    page = browser.get(reverse("encounter-new")).text
    assert f"?outing={recent.pk}" in page
    assert "?outing=sans" in page


def test_a_meeting_without_an_outing_says_its_commune_however_it_is_written(browser, awa):
    town = AreaFactory(name="L'Isle-Élodie-Essai")
    address = f"{reverse('encounter-new')}?outing=sans"
    browser.post(address, asked(team=awa.teams.get().pk, town="l isle elodie essai", day="2026-06-01", at="18:00"))
    met = Encounter.objects.get()
    assert (met.area, met.outing) == (town, None)
    assert met.happened_at.astimezone(clock.PARIS).strftime("%d %H:%M") == "01 18:00"


@pytest.mark.parametrize(
    ("wrong", "said"), [({"town": "Nulle-Part"}, "pas connue ici"), ({"day": "2026-06-01"}, "Dites aussi l")]
)
def test_what_is_missing_without_an_outing_is_said(browser, awa, wrong, said):
    town = AreaFactory()
    address = f"{reverse('encounter-new')}?outing=sans"
    page = browser.post(address, asked(**{"team": awa.teams.get().pk, "town": town.name, **wrong}))
    assert said in page.text


# ---------------------------------------------------------------- people known, by agreement


def test_looking_for_somebody_saves_nothing_and_keeps_what_was_typed(browser, outing, awa):
    person = PersonFactory(by=awa, name="Jeanne Inventée")
    page = browser.post(during(outing), asked(find="jeanne", said="À ne pas perdre"))
    assert "Jeanne Inventée" in page.text
    assert "À ne pas perdre" in page.text
    assert not Encounter.objects.exists()
    browser.post(during(outing), asked(find="jeanne", found="jeanne", people=[str(person.pk)]))
    met = Encounter.objects.get()
    assert [one.pk for one in met.people.all()] == [person.pk]
    assert met.anonymous_count == 0, "the number met counts everybody, the known ones too"


def test_only_those_who_agreed_to_the_team_are_found(browser, outing):
    stranger = PersonFactory(name="Jeanne Inventée")
    page = browser.post(during(outing), asked(find="jeanne"))
    assert "Jeanne Inventée" not in page.text
    assert "Personne de ce nom" in page.text
    page = browser.post(during(outing), asked(people=[str(stranger.pk)]))
    assert not Encounter.objects.filter(people=stranger.pk).exists()


def test_a_person_just_written_down_comes_back_chosen(browser, outing, awa):
    page = browser.get(during(outing))
    assert "{person}" in page.context["next_page"]
    person = PersonFactory(by=awa, name="Nadia Inventée")
    back = page.context["next_page"].replace("{person}", str(person.pk))
    assert browser.get(back).context["form"]["people"].value() == [str(person.pk)]


def test_somebody_counted_without_a_name_can_be_joined_and_taken_off(browser, outing, awa):
    met = EncounterFactory(by=awa, outing=outing, anonymous_count=2)
    person = PersonFactory(by=awa, name="Moussa Inventé")
    address = reverse("encounter", args=[met.pk])
    assert "Oui, joindre Moussa" in browser.get(address, {"q": "moussa"}).text
    assert "Oui, joindre Moussa" in browser.get(address, {"person": str(person.pk)}).text
    browser.post(reverse("encounter-name", args=[met.pk]), {"person": str(person.pk)})
    assert (Encounter.objects.get().anonymous_count, met.people.count()) == (1, 1)
    assert reverse("person", args=[person.pk]) in browser.get(address).text
    browser.post(reverse("encounter-unname", args=[met.pk]), {"person": str(person.pk)})
    assert (Encounter.objects.get().anonymous_count, met.people.count()) == (2, 0)


def test_words_of_somebody_who_withdrew_are_no_longer_read(browser, outing, awa):
    person = PersonFactory(by=awa, name="Jeanne Inventée")
    met = EncounterFactory(by=awa, outing=outing, people=[person.pk], said="Mes mots à moi")
    team = awa.teams.get()
    people.withdraw_agreement(person_id=person.pk, team=team, purpose=Purpose.RECORD, by=awa)
    page = browser.get(reverse("encounter", args=[met.pk])).text
    assert "Jeanne" not in page
    assert "Mes mots à moi" not in page
    assert browser.get(reverse("encounter-change", args=[met.pk])).status_code == 302


def test_opening_a_meeting_with_somebody_leaves_a_line(browser, outing, awa):
    person = PersonFactory(by=awa)
    met = EncounterFactory(by=awa, outing=outing, people=[person.pk])
    before = Entry.objects.filter(what="people.named").count()
    browser.get(reverse("encounter", args=[met.pk]))
    assert Entry.objects.filter(what="people.named").count() == before + 1


# ---------------------------------------------------------------- taken back, kept


def test_a_meeting_is_corrected_struck_and_restored(browser, outing, awa):
    met = EncounterFactory(by=awa, outing=outing, anonymous_count=2, said="Bonjor")
    form = browser.get(reverse("encounter-change", args=[met.pk])).context["form"]
    assert (form.initial["met"], form.initial["said"]) == (2, "Bonjor")
    browser.post(reverse("encounter-change", args=[met.pk]), asked(met="3", said="Bonjour"))
    assert (Encounter.objects.get().anonymous_count, Encounter.objects.get().said) == (3, "Bonjour")
    browser.post(reverse("encounter-strike", args=[met.pk]))
    assert not Encounter.objects.live().exists()
    assert "elle ne compte plus" in browser.get(reverse("encounter", args=[met.pk])).text
    browser.post(reverse("encounter-unstrike", args=[met.pk]))
    assert Encounter.objects.live().exists()


def test_a_correction_that_cannot_be_is_refused_in_the_form(browser, outing, awa):
    met = EncounterFactory(by=awa, outing=outing)
    page = browser.post(reverse("encounter-change", args=[met.pk]), asked(form="non_claiming"))
    assert "Une raison est notée" in page.text


def test_news_are_given_and_taken_back(browser, outing, awa):
    met = EncounterFactory(by=awa, outing=outing, outcome="news")
    browser.post(reverse("encounter-news", args=[met.pk]))
    assert Encounter.objects.get().news_given_at == clock.now()
    browser.post(reverse("encounter-news-undo", args=[met.pk]))
    assert Encounter.objects.get().news_given_at is None


def test_news_that_nobody_asked_for_are_refused_with_a_reason(browser, outing, awa):
    met = EncounterFactory(by=awa, outing=outing)
    page = browser.post(reverse("encounter-news", args=[met.pk]), follow=True)
    assert "demandé de nouvelles" in page.text


def test_rights_are_one_gesture_away_and_say_what_was_found(browser, outing, awa):
    met = EncounterFactory(by=awa, outing=outing)
    assert f"{reverse('rights-start')}?encounter={met.pk}" in browser.get(reverse("encounter", args=[met.pk])).text
    answer = browser.post(during(outing), asked(rights="1"))
    assert re.fullmatch(rf"{reverse('rights-start')}\?encounter=[-0-9a-f]{{36}}", answer.url)
    AssessmentFactory(by=awa, encounter=met, person_id=None)
    assert "1 droit repéré" in browser.get(reverse("encounter", args=[met.pk])).text


TEAM = {Role.PRACTITIONER, Role.JOURNEY_LEAD, Role.COORDINATOR, Role.PEER_SUPPORTER}


@pytest.mark.parametrize("role", Role)
def test_who_may_note_a_meeting_and_who_may_read_it(awa, outing, signed_in, role):
    met = EncounterFactory(by=awa, outing=outing)
    browser = signed_in(AgentFactory(role=role, teams=[awa.teams.get()]))
    may, reads = role in TEAM, role in TEAM - {Role.PEER_SUPPORTER}
    closed = 404 if role == Role.PEER_SUPPORTER else 403
    assert browser.get(f"{reverse('encounter-new')}?outing=sans").status_code == (200 if may else 403)
    assert browser.get(reverse("encounter", args=[met.pk])).status_code == (200 if reads else closed)
    assert browser.get(reverse("encounter-change", args=[met.pk])).status_code == (200 if reads else closed)
    for name in ("encounter-strike", "encounter-unstrike", "encounter-name", "encounter-unname"):
        assert browser.post(reverse(name, args=[met.pk])).status_code == (302 if reads else closed), name
    sent = {"id": uuid4(), "how": "conversation"}
    assert browser.post(reverse("encounter-tally", args=[outing.pk]), sent).status_code == (302 if may else 403)


def test_who_may_not_open_a_person_is_not_offered_to_look_for_one(outing, awa, signed_in):
    PersonFactory(by=awa, name="Jeanne Inventée")
    peer = signed_in(AgentFactory(role=Role.PEER_SUPPORTER, teams=[awa.teams.get()]))
    assert "Chercher une personne" not in peer.get(during(outing)).text
    assert "Jeanne" not in peer.post(during(outing), asked(find="jeanne"), follow=True).text


def test_a_meeting_of_another_team_and_one_that_does_not_exist_answer_alike(outing, awa, signed_in):
    met = EncounterFactory(by=awa, outing=outing)
    stranger = signed_in(AgentFactory(teams=[TeamFactory()]))
    known, unknown = (stranger.get(reverse("encounter", args=[key])) for key in (met.pk, uuid4()))
    assert known.status_code == unknown.status_code == 404
    assert known.context["refusal"].why == unknown.context["refusal"].why
