"""Personnes: found again, written with them, read together, corrected; each gesture said in French, written once."""

from dataclasses import fields
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from allervers.accounts.models import Role
from allervers.base.models import Entry
from allervers.people import ops
from allervers.people.choices import Purpose
from allervers.people.models import Person
from allervers.rights.household import Assessed, Home, Household, Tax
from allervers.rights.household import Person as HouseholdPerson
from allervers.web.desk.views.people import saying_facts
from tests.factories.accompaniment import ClaimFactory, JourneyFactory
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.people import PersonFactory, agree
from tests.factories.territory import AreaFactory

pytestmark = pytest.mark.django_db
LIST, NEW = "/personnes", "/personnes/nouvelle"


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
def nour(awa):
    return PersonFactory(by=awa, name="Nour Inventée", purposes=[Purpose.RIGHTS])


def of(person, page="", *more):
    """The address of a page about a person."""
    return reverse(f"person-{page}" if page else "person", args=[person.pk, *more])


def french(page) -> str:
    return page.text.replace("&#x27;", "'")


# ---------------------------------------------------------------- the list


def test_a_team_that_knows_nobody_is_told_that_it_is_normal(browser):
    assert "une rencontre n'a pas besoin de nom" in french(browser.get(LIST))


def test_only_those_who_agreed_to_the_team_are_listed(browser, nour):
    PersonFactory(name="Étrangère Inventée")
    page = browser.get(LIST).text
    assert "Nour Inventée" in page
    assert "Étrangère" not in page


@pytest.mark.parametrize("typed", ["nour", "INVENTEE nour", "06.12.34.56.78", "+33 6 12 34 56 78"])
def test_somebody_is_found_however_the_name_or_the_phone_is_written(browser, awa, typed):
    PersonFactory(by=awa, name="Nour Inventée", phone="0612345678")
    PersonFactory(by=awa, name="Autre Personne")
    page = browser.get(LIST, {"q": typed})
    assert "Nour Inventée" in page.text
    assert "Autre Personne" not in page.text


def test_nobody_found_is_said_without_suggesting_they_exist(browser):
    page = french(browser.get(LIST, {"q": "inconnue"}))
    assert "Personne de ce nom" in page
    assert "n'a pas souhaité de fiche" in page


def test_a_long_list_has_pages_and_asks_as_many_queries_for_one_as_for_fifty(browser, awa, queries_for):
    PersonFactory(by=awa, area=AreaFactory())
    one = queries_for(lambda: browser.get(LIST))
    for _ in range(49):
        PersonFactory(by=awa, area=AreaFactory())
    assert queries_for(lambda: browser.get(LIST)) == one
    assert "Page 1 sur 2" in browser.get(LIST).text
    assert browser.get(LIST, {"page": "99"}).context["page"].number == 2
    assert browser.get(LIST, {"page": "abc"}).status_code == 200


# ---------------------------------------------------------------- written with them


def told(awa, **more):
    return {
        "id": uuid4(), "team": awa.teams.get().pk, "agreed": "on", "route": "said", "name": "Sacha Inventée", **more,
    }  # fmt: skip


def test_a_record_is_written_with_its_agreement(browser, awa):
    said = told(awa, phone="06 12 34 56 78")
    assert browser.post(NEW, said).url == f"{LIST}/{said['id']}"
    page = browser.get(f"{LIST}/{said['id']}").text
    assert "Sacha Inventée" in page
    assert "Les mots lus" in page


def test_a_record_may_have_no_name_at_all(browser, awa):
    said = told(awa, name="")
    browser.post(NEW, said)
    assert "personne sans nom" in browser.get(f"{LIST}/{said['id']}").text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"agreed": ""}, "Sans l'accord de la personne, rien n'est écrit"),
        ({"phone": "12"}, "pas la forme d'un numéro"),
        ({"route": "par pigeon"}, "Sélectionnez un choix valide"),
        ({"team": "12345678-1234-5678-1234-567812345678"}, "Sélectionnez un choix valide"),
        ({"id": "pas une clé"}, "UUID valide"),
    ],
)
def test_what_cannot_be_written_is_refused_in_the_form(browser, awa, wrong, words):
    page = browser.post(NEW, told(awa, **wrong))
    assert page.status_code == 200
    assert words in french(page)
    assert "Sacha Inventée" in page.text
    assert not Person.objects.exists()


def test_a_form_sent_twice_writes_one_record_and_asks_nothing_more(browser, awa):
    said = told(awa, phone="06 12 34 56 78")
    for _ in range(2):
        assert browser.post(NEW, said).url == f"{LIST}/{said['id']}"
    assert Entry.objects.filter(what="people.welcomed").count() == 1


def test_the_same_key_told_otherwise_is_a_conflict_said_in_the_form(browser, awa):
    said = told(awa)
    browser.post(NEW, said)
    page = browser.post(NEW, said | {"name": "Quelqu'un d'autre"})
    assert "autre contenu" in page.text


def test_somebody_who_looks_alike_is_shown_and_never_imposed(browser, awa, nour):
    page = browser.post(NEW, told(awa, name="nour inventee"))
    assert "Peut-être la même personne" in page.text
    assert of(nour) in page.text
    assert browser.post(NEW, told(awa, name="nour inventee", another="1")).status_code == 302


def test_the_page_that_sent_us_is_where_we_go_back(browser, awa):
    said = told(awa)
    answer = browser.post(f"{NEW}?next=/rencontres/nouvelle%3Fouting%3Dsans%26person%3D%7Bperson%7D", said)
    assert answer.url == f"/rencontres/nouvelle?outing=sans&person={said['id']}"


@pytest.mark.parametrize("elsewhere", ["https://ailleurs.example", "//ailleurs.example", "javascript:alert(1)", "a"])
def test_and_never_anywhere_else(browser, awa, elsewhere):
    said = told(awa)
    assert browser.post(f"{NEW}?next={elsewhere}", said).url == f"{LIST}/{said['id']}"


# ---------------------------------------------------------------- read together


def test_everything_written_can_be_read_with_the_person(browser, awa, nour):
    agree(nour, Purpose.JOURNEY, team=awa.teams.get(), by=awa)
    ops.note_facts(person_id=nour.pk, facts={"home.rent": 450, "couple": "none"}, source="said", by=awa)
    ops.keep_saying(person_id=nour.pk, kind="what_matters", text="Dormir tranquille", by=awa)
    ops.note_close_one(person_id=nour.pk, who="Ma voisine", by=awa)
    ops.record_refusal(person_id=nour.pk, kind="not_this_right", right="rsa", own_words="Pas envie", by=awa)
    EncounterFactory(by=awa, people=[nour.pk], said="Il fait froid")
    AssessmentFactory(by=awa, person_id=nour.pk)
    journey = JourneyFactory(by=awa, person=nour)
    page = french(browser.get(of(nour)))
    for words in (
        "Dormir tranquille", "Ma voisine", "Pas envie", "Il fait froid", "450", "Je vis sans conjoint",
        "Un revenu minimum", "dit par la personne", reverse("journey", args=[journey.pk]), "Awa Inventée",
    ):  # fmt: skip
        assert words in page, words


def test_a_new_record_says_what_is_not_written_yet(browser, awa):
    page = french(browser.get(of(PersonFactory(by=awa))))
    assert "Rien d'écrit pour l'instant" in page
    assert "Aucune rencontre notée à ce nom" in page
    assert "Rien de dit" in page
    assert "Ce qui est gardé pour calculer" not in page, "no agreement, no facts"


def test_why_the_team_may_not_come_back_is_said_on_the_page(browser, awa, nour):
    assert "n'a pas donné son accord pour être recontactée" in french(browser.get(of(nour)))
    agree(nour, Purpose.CONTACT, team=awa.teams.get(), by=awa)
    assert "recontactée" not in browser.get(of(nour)).text
    ops.record_refusal(person_id=nour.pk, kind="not_now", come_back_on=date(2026, 9, 1), by=awa)
    page = browser.get(of(nour)).text
    assert "La personne a dit : pas maintenant." in page
    assert "à partir du 1 septembre 2026" in page


def test_who_read_the_record_is_written_for_the_person(browser, awa, nour):
    browser.get(of(nour))
    page = french(browser.get(of(nour, "read-by")))
    assert "Awa Inventée" in page
    assert "A ouvert la fiche" in page
    assert "garder une fiche" in page


def test_a_long_life_reads_in_as_many_queries(browser, awa, nour, queries_for):
    def live():
        ops.keep_saying(person_id=nour.pk, kind="own_words", text="Un mot", by=awa)
        ops.note_close_one(person_id=nour.pk, who="Ma voisine", by=awa)
        ops.record_refusal(person_id=nour.pk, kind="not_this_right", right="rsa", by=awa)
        EncounterFactory(by=awa, people=[nour.pk])
        AssessmentFactory(by=awa, person_id=nour.pk)

    live()
    one = queries_for(lambda: browser.get(of(nour)))
    for _ in range(9):
        live()
    assert queries_for(lambda: browser.get(of(nour))) == one


def test_who_read_has_pages(browser, awa, nour, queries_for):
    one = queries_for(lambda: browser.get(of(nour, "read-by")))
    for _ in range(60):
        ops.keep_saying(person_id=nour.pk, kind="own_words", text="Un mot", by=awa)
    assert queries_for(lambda: browser.get(of(nour, "read-by"))) == one
    assert "Page 1 sur" in browser.get(of(nour, "read-by")).text


PAGES = ["", "read-by", "change", "agreement", "withdraw", "refusal", "merge", "erase"]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_and_nobody_answer_alike(browser, page):
    more = ["rights"] if page in ("agreement", "withdraw") else []
    stranger = PersonFactory()
    answers = [
        browser.get(reverse(f"person-{page}" if page else "person", args=[key, *more]))
        for key in (stranger.pk, UUID("12345678-1234-5678-1234-567812345678"))
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = (french(answer).partition("<main")[2] for answer in answers)
    assert first == second


@pytest.mark.parametrize("page", ["agreement", "withdraw"])
def test_a_purpose_that_does_not_exist_is_a_page_that_does_not_exist(browser, nour, page):
    assert browser.get(of(nour, page, "tout-savoir")).status_code == 404


@pytest.mark.parametrize("page", ["", "/lecteurs", "/corriger", "/refus"])
def test_a_key_that_is_not_one_is_a_page_that_does_not_exist(browser, page):
    assert browser.get(f"{LIST}/abc{page}").status_code == 404


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PEER_SUPPORTER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("page", PAGES)
def test_a_role_that_opens_nobody_opens_none_of_these_pages(signed_in, awa, nour, role, page):
    browser = signed_in(AgentFactory(role=role, teams=[awa.teams.get()] if role != Role.ADMINISTRATOR else []))
    more = ["rights"] if page in ("agreement", "withdraw") else []
    assert browser.get(of(nour, page, *more)).status_code == 403
    assert browser.get(LIST).status_code == 403


def test_a_partner_is_not_offered_to_write(signed_in):
    browser = signed_in(AgentFactory(role=Role.PARTNER_AGENT, teams=[TeamFactory(is_partner=True)]))
    page = browser.get(LIST)
    assert page.status_code == 200
    assert "Écrire une fiche" not in page.text


def test_a_claim_is_one_press_away(browser, awa):
    claim = ClaimFactory(by=awa)
    person = claim.journey.person
    assert "Le parcours en cours" in browser.get(of(person)).text


# ---------------------------------------------------------------- facts, in words


def keys_of_a_household() -> set[str]:
    """Every key that a household file can hold, without whose it is."""
    named = {"home": Home, "tax": Tax, "assessed": Assessed}
    inner = {f"{group}.{field.name}" for group, shape in named.items() for field in fields(shape)}
    apart = {"day", "people", "receives", "incomes", "id", *named}
    return inner | {field.name for shape in (Household, HouseholdPerson) for field in fields(shape)} - apart


def test_every_fact_that_can_be_kept_has_words_for_the_person():
    assert keys_of_a_household() == set(saying_facts.LABELS)


@pytest.mark.parametrize(
    ("path", "value", "label", "said"),
    [
        ("home.rent", 450, "Loyer", "450 €"),
        ("home.rent", {"from": 400, "to": 500}, "Loyer", "entre 400 € et 500 €"),
        ("people[claimant].incomes.wage", {"from": 1}, "Un salaire", "oui, sans dire combien"),
        ("people[claimant].incomes.wage", {"2026-05": 1400.5}, "Un salaire", "2026-05 : 1 400 €"),
        ("people[partner].nationality", "french", "Conjoint : nationalité", "Français ou française"),
        ("people[child2].age", 1, "Enfant 2 : âge", "1 an"),
        ("people[child2].custody", "shared", "Enfant 2 : vit avec nous", "Une semaine sur deux, ou à égalité"),
        ("people[claimant].born", "1988-03-15", "Date de naissance", "15 mars 1988"),
        ("people[claimant].no_other_income", True, "Pas d'autre revenu", "oui"),
        ("receives.rsa", False, "Reçoit déjà : Revenu de solidarité active (RSA)", "non"),
        ("receives.css_free", True, "Reçoit déjà : Complémentaire santé solidaire sans participation", "oui"),
        ("people[claimant].disability", 50, "Taux de handicap reconnu", "Oui, entre 50 et 79 %"),
        ("tax.shares", 1.5, "Parts", "1,5"),
        ("people[claimant].dependency", 0, "Besoin d'aide (GIR)", "0"),
    ],
)
def test_a_fact_reads_as_the_person_would_say_it(path, value, label, said):
    assert saying_facts.label_of(path) == label
    assert saying_facts.says(path, value).replace("\u202f", " ").replace("\xa0", " ") == said


def test_facts_come_in_the_order_one_would_tell_them(browser, awa, nour):
    AreaFactory(code="31483", name="Saint-Essai")
    told = {"people[partner].age": 40, "people[claimant].age": 38, "home.rent": 450, "couple": "married"}
    ops.note_facts(person_id=nour.pk, facts={**told, "home.commune": "31483"}, source="said", by=awa)
    facts = browser.get(of(nour)).context["facts"]
    assert [fact["label"] for fact in facts] == [
        "Commune", "Loyer", "En couple", "Âge", "Conjoint : âge",
    ]  # fmt: skip
    assert facts[0]["says"] == "Saint-Essai"
