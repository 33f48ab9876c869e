"""Personnes: what is said is written and taken back; what is agreed to falls when the person says so; leaving."""

from uuid import uuid4

import pytest
from django.urls import reverse

from allervers.accompaniment.models import Journey
from allervers.base.models import Entry
from allervers.encounters.models import Assessment, Encounter
from allervers.learning.figures import figures
from allervers.learning.periods import Period
from allervers.people import access, ops
from allervers.people.choices import Purpose
from allervers.people.models import Agreement, CloseOne, Fact, Person, Refusal, Saying
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, open_right
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import AssessmentFactory, EncounterFactory
from tests.factories.people import PersonFactory, agree

pytestmark = pytest.mark.django_db
EMPTY = {"csrfmiddlewaretoken": "what a browser always sends"}


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


SAID = {
    "saying": (Saying, {"kind": "what_matters", "text": "Dormir tranquille"}),
    "close": (CloseOne, {"who": "Ma voisine", "link": "elle garde les enfants"}),
    "refusal": (Refusal, {"kind": "not_now", "own_words": "Après l'été"}),
}


# ---------------------------------------------------------------- said, and taken back


@pytest.mark.parametrize("what", SAID)
def test_what_the_person_says_is_written_once_however_often_it_is_sent(browser, nour, what):
    model, words = SAID[what]
    sent = {"id": uuid4(), **words}
    for _ in range(2):
        assert browser.post(of(nour, what), sent).url == of(nour)
    assert model.objects.count() == 1
    assert list(words.values())[1] in french(browser.get(of(nour)))


@pytest.mark.parametrize("what", SAID)
def test_told_otherwise_under_the_same_key_is_a_conflict_said_in_the_form(browser, nour, what):
    _, words = SAID[what]
    sent = {"id": uuid4(), **words}
    browser.post(of(nour, what), sent)
    name = list(words)[1]
    page = browser.post(of(nour, what), sent | {name: "tout autre chose"})
    assert page.status_code == 200
    assert "autre contenu" in page.text
    assert "tout autre chose" in page.text


def test_each_page_makes_a_key_of_its_own(browser, nour):
    keys = [browser.get(of(nour)).context["saying_form"]["id"].value() for _ in range(2)]
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("what", "wrong", "words"),
    [
        ("saying", {"text": ""}, "obligatoire"),
        ("saying", {"kind": "rumeur", "text": "Bonjour"}, "choix valide"),
        ("close", {"who": ""}, "obligatoire"),
        ("refusal", {"kind": "not_this_right"}, "Dites de quel droit il s'agit"),
        ("refusal", {"kind": "not_this_channel"}, "par quel moyen"),
        ("refusal", {"kind": "not_now", "come_back_on": "2026-01-01"}, "déjà passée"),
        ("refusal", {"kind": "no_more", "may_come_back": "yes"}, "ne va pas avec"),
        ("refusal", {"kind": "jamais"}, "choix valide"),
        ("change", {"phone": "12"}, "pas la forme d'un numéro"),
        ("change", {"born": "2031-01-01"}, "dans le futur"),
        ("change", {"born": "hier"}, "date valide"),
    ],
)
def test_what_cannot_be_is_refused_in_the_form(browser, nour, what, wrong, words):
    page = browser.post(of(nour, what), wrong)
    assert page.status_code == 200
    assert words in french(page)


def test_words_and_close_ones_are_taken_off_when_the_person_asks(browser, awa, nour):
    saying = ops.keep_saying(person_id=nour.pk, kind="own_words", text="À oublier", by=awa)
    close = ops.note_close_one(person_id=nour.pk, who="À oublier aussi", by=awa)
    for _ in range(2):
        assert browser.post(of(nour, "saying-remove", saying.pk)).url == of(nour)
        assert browser.post(of(nour, "close-remove", close.pk)).url == of(nour)
    assert "oublier" not in browser.get(of(nour)).text


def test_a_refusal_is_lifted_when_the_person_changes_their_mind(browser, awa, nour):
    no = ops.record_refusal(person_id=nour.pk, kind="not_this_right", right="rsa", by=awa)
    assert "change d'avis" in french(browser.get(of(nour)))
    for _ in range(2):
        browser.post(of(nour, "refusal-lift", no.pk))
    page = french(browser.get(of(nour)))
    assert "levé le 2 juin 2026" in page
    assert "La personne change d'avis" not in page


@pytest.mark.parametrize("page", ["saying-remove", "close-remove", "refusal-lift", "unmerge"])
def test_a_key_of_nothing_is_a_page_that_does_not_exist(browser, nour, page):
    assert browser.post(of(nour, page, uuid4())).status_code == 404


@pytest.mark.parametrize("page", ["saying", "close"])
def test_a_page_opened_by_its_address_says_that_it_is_a_button(browser, nour, page):
    answer = browser.get(of(nour, page))
    assert answer.status_code == 405
    assert "s'ouvre par un bouton" in french(answer)


def test_the_sheet_is_corrected_as_the_person_asks(browser, nour):
    form = browser.get(of(nour, "change")).context["form"]
    sent = {field.name: field.value() or "" for field in form}
    browser.post(of(nour, "change"), sent | {"name": "Nour Autrement", "may_call": "no", "born": "1988-03-15"})
    nour.refresh_from_db()
    assert (nour.name, nour.may_call, nour.may_text, str(nour.born)) == ("Nour Autrement", False, None, "1988-03-15")
    assert "<dt>On peut m'appeler</dt><dd>non</dd>" in french(browser.get(of(nour)))


# ---------------------------------------------------------------- agreements


def answer(browser, person, purpose, **more):
    said = {"id": uuid4(), "answer": "given", "route": "said", "language": "français", "read_aloud": "on", **more}
    return browser.post(of(person, "agreement", purpose), said), said


def test_the_words_are_read_before_the_answer_and_kept_with_it(browser, awa, nour):
    page = french(browser.get(of(nour, "agreement", "contact")))
    assert "Si vous dites non, nous ne vous appellerons pas" in page
    answer(browser, nour, "contact")
    assert access.may_open(nour.pk, by=awa, purpose=Purpose.CONTACT)
    assert "Si vous dites non, nous ne vous appellerons pas" in french(browser.get(of(nour)))


def test_a_no_is_noted_as_an_answer(browser, awa, nour):
    answer(browser, nour, "contact", answer="refused")
    assert not access.may_open(nour.pk, by=awa, purpose=Purpose.CONTACT)
    assert "refusé" in browser.get(of(nour)).text


def test_an_answer_sent_twice_is_one_answer(browser, nour):
    _, said = answer(browser, nour, "contact")
    browser.post(of(nour, "agreement", "contact"), said)
    assert Agreement.objects.filter(purpose="contact").count() == 1


def test_an_agreement_that_is_already_over_is_refused_in_the_form(browser, nour):
    page, _ = answer(browser, nour, "contact", expires_on="2026-01-01")
    assert "finirait avant de commencer" in page.text


def test_after_the_answer_one_goes_back_to_what_one_was_doing(browser, nour):
    sent = {"answer": "given", "route": "said", "language": "français"}
    back = browser.post(f"{of(nour, 'agreement', 'contact')}?next=/droits%3Fperson%3D1", sent)
    assert back.url == "/droits?person=1"
    back = browser.post(f"{of(nour, 'agreement', 'contact')}?next=//ailleurs.example", sent)
    assert back.url == of(nour)


def withdraw(browser, person, purpose):
    return browser.post(of(person, "withdraw", purpose), {"sure": "on"})


def test_what_follows_is_said_before_an_agreement_is_taken_back(browser, nour):
    page = french(browser.get(of(nour, "withdraw", "rights")))
    assert "effacés tout de suite" in page
    assert "Cochez la case" in french(browser.post(of(nour, "withdraw", "rights"), EMPTY))
    assert access.may_open(nour.pk, by=Agreement.objects.first().recorded_by, purpose=Purpose.RIGHTS)


def test_taking_back_the_rights_erases_the_facts_at_once(browser, awa, nour):
    ops.note_facts(person_id=nour.pk, facts={"home.rent": 450}, source="said", by=awa)
    AssessmentFactory(by=awa, person_id=nour.pk, facts={"day": "2026-06-02", "home": {"rent": 450}})
    assert withdraw(browser, nour, "rights").url == of(nour)
    assert not Fact.objects.exists()
    assert Assessment.objects.get().facts is None
    assert "450" not in browser.get(of(nour)).text


def test_taking_back_the_journey_ends_it(browser, awa, nour):
    agree(nour, Purpose.JOURNEY, team=awa.teams.get(), by=awa)
    journey = JourneyFactory(by=awa, person=nour)
    withdraw(browser, nour, "journey")
    journey.refresh_from_db()
    assert journey.ending == "person_ended"
    assert browser.get(reverse("journey", args=[journey.pk])).status_code == 404


def test_taking_back_the_record_closes_everything_and_leaves_the_figures_right(browser, awa, nour):
    agree(nour, Purpose.JOURNEY, team=awa.teams.get(), by=awa)
    met = EncounterFactory(by=awa, people=[nour.pk], said="Ses mots")
    open_right(ClaimFactory(by=awa, journey=JourneyFactory(by=awa, person=nour)))
    before = counts()
    assert withdraw(browser, nour, "record").url == "/personnes"
    assert browser.get(of(nour)).status_code == 404
    met.refresh_from_db()
    assert (met.anonymous_count, met.people.count(), met.said) == (1, 0, "")
    assert not Journey.objects.filter(ended_at=None).exists()
    assert counts() == before
    assert withdraw(browser, nour, "record").status_code == 404


def counts() -> dict:
    """What the figures of the year say, however people are called."""
    total = figures(period=Period.year(2026)).total
    kept = ("met", "encounters", "rights_asked", "rights_opened", "euros_opened", "days_to_payment")
    return {name: total[name] for name in kept}


# ---------------------------------------------------------------- leaving


def test_leaving_erases_all_that_was_written_and_the_figures_stay_right(browser, awa, nour):
    agree(nour, Purpose.JOURNEY, team=awa.teams.get(), by=awa)
    EncounterFactory(by=awa, people=[nour.pk])
    ops.keep_saying(person_id=nour.pk, kind="own_words", text="Mes mots", by=awa)
    open_right(ClaimFactory(by=awa, journey=JourneyFactory(by=awa, person=nour)))
    before = counts()
    assert "effacés pour toujours" in browser.get(of(nour, "erase")).text
    assert "Cochez la case" in french(browser.post(of(nour, "erase"), EMPTY))
    assert browser.post(of(nour, "erase"), {"sure": "on"}).url == "/personnes"
    assert not Person.objects.exists()
    assert not Saying.objects.exists()
    assert Encounter.objects.get().anonymous_count == 1
    assert counts() == before
    assert not Entry.objects.filter(facts__icontains="Nour").exists()
    assert browser.post(of(nour, "erase"), {"sure": "on"}).status_code == 404


# ---------------------------------------------------------------- two records of one person


def test_two_records_are_reunited_and_parted_again(browser, awa, nour):
    other = PersonFactory(by=awa, name="Nour Inventee", phone="0612345678")
    page = browser.get(of(nour, "merge"))
    assert "Nour Inventee" in page.text
    sent = {"other": other.pk, "sure": "on"}
    assert browser.post(of(nour, "merge"), sent).url == of(nour)
    assert "Réunie le 2 juin 2026" in browser.get(of(nour)).text
    assert browser.get(of(other)).context["person"].pk == nour.pk
    assert browser.post(of(nour, "unmerge", other.pk)).url == of(nour)
    assert browser.get(of(other)).context["person"].pk == other.pk


@pytest.mark.parametrize("sent", [{}, {"sure": "on"}, {"other": "12345678-1234-5678-1234-567812345678", "sure": "on"}])
def test_a_reunion_that_cannot_be_is_refused_in_the_form(browser, awa, nour, sent):
    PersonFactory(by=awa)
    page = browser.post(of(nour, "merge"), EMPTY | sent)
    assert page.status_code == 200
    assert page.context["form"].errors


def test_the_records_that_look_alike_come_first_with_why(browser, awa, nour):
    PersonFactory(by=awa, name="Marius Autrement")
    double = PersonFactory(by=awa, name="Nour Inventee")
    page = browser.get(of(nour, "merge"))
    assert page.context["choices"] == [(double, ["même nom"])]
    assert "même nom" in page.text
    assert "Marius" not in page.text


def test_the_other_record_is_found_by_its_name_or_its_phone(browser, awa, nour):
    other = PersonFactory(by=awa, name="Marius Autrement", phone="06 12 34 56 78")
    PersonFactory(by=awa, name="Quelqu'un Encore")
    for typed in ("marius", "0612345678"):
        page = browser.get(of(nour, "merge"), {"q": typed})
        assert [one for one, _ in page.context["choices"]] == [other]
    assert "1 autre fiche pour" in page.text
    assert browser.get(of(nour, "merge"), {"q": "nour"}).context["choices"] == []


def test_when_nobody_looks_alike_or_is_found_the_page_says_what_to_do(browser, awa, nour):
    PersonFactory(by=awa, name="Marius Autrement")
    assert "Aucune fiche ne ressemble" in browser.get(of(nour, "merge")).text
    assert "Aucune autre fiche de ce nom" in browser.get(of(nour, "merge"), {"q": "zoé"}).text


def test_what_was_chosen_and_searched_stays_when_the_agreement_is_missing(browser, awa, nour):
    other = PersonFactory(by=awa, name="Marius Autrement")
    page = browser.post(f"{of(nour, 'merge')}?q=marius", {"other": other.pk})
    assert "Demandez-lui" in page.text
    assert f'value="{other.pk}" required checked' in page.text


@pytest.mark.parametrize("asked", [{}, {"q": "nour"}])
def test_two_records_to_choose_from_and_fifty_ask_as_many_queries(browser, awa, nour, queries_for, asked):
    for _ in range(2):
        PersonFactory(by=awa, name="Nour Inventee")
    few = queries_for(lambda: browser.get(of(nour, "merge"), asked))
    for _ in range(48):
        PersonFactory(by=awa, name="Nour Inventee")
    assert queries_for(lambda: browser.get(of(nour, "merge"), asked)) == few


def test_the_records_found_come_by_pages(browser, awa, nour):
    for _ in range(42):
        PersonFactory(by=awa, name="Nour Autrement")
    page = browser.get(of(nour, "merge"), {"q": "nour", "page": 3})
    assert "Page 3 sur 3" in page.text
    assert len(page.context["choices"]) == 2


def test_a_record_is_not_reunited_with_itself(browser, nour):
    page = browser.post(of(nour, "merge"), {"other": nour.pk, "sure": "on"})
    assert "Choisissez une autre fiche" in page.text


def test_a_stranger_cannot_be_reunited(browser, nour):
    stranger = PersonFactory(name="Étrangère Inventée")
    page = browser.get(of(nour, "merge"))
    assert "Étrangère" not in page.text
    assert browser.post(of(nour, "merge"), {"other": stranger.pk, "sure": "on"}).status_code == 200
    stranger.refresh_from_db()
    assert stranger.merged_into is None


def test_a_record_that_already_reunites_others_is_refused_in_the_form(browser, awa, nour):
    first, second = PersonFactory(by=awa), PersonFactory(by=awa)
    ops.merge_people(keep=first.pk, other=second.pk, by=awa)
    page = browser.post(of(nour, "merge"), {"other": first.pk, "sure": "on"})
    assert "en réunit déjà d'autres" in french(page)
