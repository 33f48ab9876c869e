"""Going out: an outing prepared, meetings noted at the stall, the debriefing; by mouse, by touch, by keyboard alone."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from allervers.base.clock import PARIS
from tests.harness import accessibility


def sound(page, axe):
    """Nothing that axe finds, nothing wider than the window, even with the text twice as large."""
    axe(page)
    assert accessibility.overflows(page) == []
    assert accessibility.overflows(page, text="200%") == []


def prepare(page, purpose="Être là"):
    """Prepare an outing that can begin now, from the list of outings."""
    starts = datetime.now(PARIS) + timedelta(minutes=20)
    ends = starts + timedelta(hours=3)
    page.goto("/sorties")
    page.locator("main").get_by_role("link", name="Préparer").first.click()
    page.get_by_role("link", name="Saint-Gaudens").first.click()
    page.get_by_label("stand sur un marché").check()
    page.get_by_label("Jour").fill(starts.strftime("%Y-%m-%d"))
    page.get_by_label("De", exact=True).fill(starts.strftime("%H:%M"))
    page.get_by_label("À", exact=True).fill(ends.strftime("%H:%M"))
    page.get_by_label("Lieu").select_option(label="Marché du jeudi (marché)")
    page.get_by_label("Pour quoi faire ?").fill(purpose)
    for box in page.get_by_role("checkbox").all():
        box.uncheck()  # nobody in particular: several outings of these tests take place at the same time
    page.get_by_role("button", name="Préparer la sortie").click()
    expect(page.get_by_text("La sortie est préparée.")).to_be_visible()


def leave(page):
    page.get_by_role("button", name="Partir").click()
    expect(page.get_by_text("La sortie est en cours.")).to_be_visible()


def press(page, target):
    """A click, or a finger where there is one."""
    target.tap() if page.viewport_size["width"] < 500 else target.click()


def test_an_outing_from_its_preparation_to_its_debriefing(page, sign_in, axe, picture):
    sign_in(page, "awa")
    page.goto("/sorties/nouvelle")
    sound(page, axe)
    prepare(page)
    sound(page, axe)
    leave(page)
    press(page, page.get_by_role("button", name="1 échange"))
    press(page, page.get_by_role("button", name="1 salut"))
    expect(page.get_by_text("2 rencontres", exact=False).first).to_be_visible()
    sound(page, axe)
    picture(page, "outing")
    press(page, page.get_by_role("button", name="Enlever ma dernière"))
    expect(page.get_by_text("enlevée des comptes")).to_be_visible()
    page.get_by_role("link", name="Feuille de sortie").click()
    sound(page, axe)
    page.go_back()
    page.get_by_role("link", name="Finir et débriefer").click()
    sound(page, axe)
    page.get_by_label("Ce qui a bien marché").fill("Le café")
    page.get_by_role("button", name="Enregistrer le débriefing").click()
    expect(page.get_by_text("Le café")).to_be_visible()
    sound(page, axe)


def test_a_meeting_without_a_name_takes_at_most_three_gestures_from_the_outing(page, sign_in):
    """One tap on the counter; or two: the page, then the button. No key is pressed, no field is touched."""
    sign_in(page, "awa")
    prepare(page)
    leave(page)
    press(page, page.get_by_role("button", name="1 échange"))
    expect(page.locator(".tally-figures")).to_contain_text("1 rencontre")
    press(page, page.get_by_role("link", name="Noter une rencontre"))
    press(page, page.get_by_role("button", name="Enregistrer").first)
    expect(page.get_by_text("La rencontre est notée.")).to_be_visible()
    expect(page.locator(".tally-figures")).to_contain_text("2 rencontres")


def test_more_can_be_added_and_nothing_of_it_is_needed(page, sign_in, axe, picture):
    sign_in(page, "awa")
    prepare(page)
    leave(page)
    page.get_by_role("link", name="Noter une rencontre").click()
    sound(page, axe)
    press(page, page.get_by_text("Ajouter quelque chose"))
    sound(page, axe)
    picture(page, "encounter-new")
    page.get_by_label("Ce qui a été dit").fill("On ne savait pas.")
    page.get_by_label("pas maintenant").check()
    press(page, page.get_by_text("La personne dit pourquoi"))
    page.get_by_label("ne connaissait pas").check()
    page.get_by_role("button", name="Enregistrer").last.scroll_into_view_if_needed()
    page.get_by_role("button", name="Enregistrer", exact=True).last.click()
    page.get_by_role("link", name="un échange").click()
    expect(page.get_by_text("On ne savait pas.")).to_be_visible()
    sound(page, axe)
    picture(page, "encounter")
    page.get_by_role("button", name="Annuler la rencontre").click()
    expect(page.locator(".tally-figures")).to_contain_text("0 rencontre")


def test_going_back_and_tapping_again_counts_again(phone, sign_in):
    """A page found again with "back" is asked anew: it never repeats the key of the tap before."""
    sign_in(phone, "awa")
    prepare(phone)
    leave(phone)
    phone.get_by_role("button", name="1 échange").tap()
    expect(phone.locator(".tally-figures")).to_contain_text("1 rencontre")
    phone.get_by_role("link", name="Noter une rencontre").tap()
    expect(phone.get_by_role("heading", name="Noter une rencontre")).to_be_visible()
    phone.go_back()
    phone.get_by_role("button", name="1 échange").tap()
    expect(phone.locator(".tally-figures")).to_contain_text("2 rencontres")


def test_the_keyboard_alone_notes_a_meeting(desk, sign_in):
    sign_in(desk, "awa")
    prepare(desk)
    leave(desk)
    reach(desk, "Noter une rencontre")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Noter une rencontre")).to_be_visible()
    desk.get_by_label("Combien de personnes").focus()
    desk.keyboard.type("4")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("La rencontre est notée.")).to_be_visible()


def reach(page, name):
    """Press Tab until the element of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate("document.activeElement.innerText || ''"):
            return
    raise AssertionError(f"Tab never reaches {name!r} on {page.url}.")


def test_all_of_it_without_a_script(without_javascript, sign_in):
    page = sign_in(without_javascript, "awa")
    prepare(page)
    leave(page)
    page.get_by_role("button", name="1 échange").click()
    expect(page.locator(".tally-figures")).to_contain_text("1 rencontre")
    page.get_by_role("link", name="Noter une rencontre").click()
    page.get_by_text("Ajouter quelque chose").click()
    page.get_by_label("Chercher une personne connue").fill("personne de ce nom")
    page.get_by_role("button", name="Chercher").click()
    expect(page.get_by_text("La rencontre peut rester sans nom.")).to_be_visible()
    page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    expect(page.locator(".tally-figures")).to_contain_text("2 rencontres")


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("awa", "/"), ("awa", "/sorties"), ("awa", "/sorties?when=all&kind=maraude"), ("awa", "/rencontres/nouvelle"),
        ("awa", "/rencontres/nouvelle?outing=sans"), ("chloe", "/"), ("dario", "/"), ("elsa", "/"), ("farid", "/"),
        ("farid", "/comptes"), ("farid", "/comptes/nouveau"), ("farid", "/comptes/equipes/nouvelle"),
        ("farid", "/journal"),
    ],
)  # fmt: skip
def test_each_page_is_open_to_everyone(page, sign_in, axe, who, address):
    sign_in(page, who)
    page.goto(address)
    for folded in page.locator("main details").all():
        folded.evaluate("element => { element.open = true }")
    sound(page, axe)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)


def test_the_administration_opens_an_account_and_verifies_the_journal(page, sign_in, axe):
    sign_in(page, "farid")
    page.goto("/comptes/nouveau")
    page.get_by_label("Nom affiché").fill("Nina Inventée")
    page.get_by_label("Identifiant").fill(f"nina{datetime.now(PARIS):%H%M%S%f}")
    page.get_by_label("professionnel ou professionnelle de terrain").check()
    page.get_by_label("Mot de passe provisoire").fill("court")
    page.get_by_role("button", name="Ouvrir le compte").click()
    expect(page.get_by_role("alert")).to_contain_text("trop court")
    sound(page, axe)
    page.get_by_label("Mot de passe provisoire").fill("quatre mots faciles ensemble")
    page.get_by_role("button", name="Ouvrir le compte").click()
    expect(page.get_by_role("heading", name="Nina Inventée")).to_be_visible()
    sound(page, axe)
    page.goto("/journal")
    page.get_by_role("button", name="Vérifier le journal").click()
    expect(page.get_by_text("toutes à leur place")).to_be_visible()
