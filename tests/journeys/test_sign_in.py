"""Somebody of the team arrives in the morning."""

from playwright.sync_api import expect

from tests.harness import accessibility


def test_the_first_page_asks_who_you_are(page, axe, picture):
    page.goto("/")
    expect(page).to_have_title("Se connecter · Aller vers")
    expect(page.get_by_label("Identifiant")).to_be_visible()
    axe(page)
    assert accessibility.overflows(page) == []
    assert accessibility.overflows(page, text="200%") == []
    picture(page, "sign-in")


def test_a_wrong_password_says_so_and_keeps_the_name(page, sign_in, axe):
    sign_in(page, "awa", "pas le bon mot")
    expect(page.get_by_role("alert")).to_contain_text("mot de passe")
    expect(page.get_by_label("Identifiant")).to_have_value("awa")
    axe(page)


def test_everything_works_without_a_script(without_javascript, sign_in):
    sign_in(without_javascript, "awa")
    expect(without_javascript.get_by_text("Awa Terrain")).to_be_visible()


def test_the_keyboard_alone_is_enough_to_sign_in(desk):
    desk.goto("/connexion")
    desk.get_by_label("Identifiant").focus()
    desk.keyboard.type("awa")
    desk.keyboard.press("Tab")
    desk.keyboard.type("quatre mots faciles ensemble")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Awa Terrain")).to_be_visible()


def test_leaving_closes_the_door_behind(page, sign_in, axe):
    sign_in(page, "awa")
    page.locator("summary").filter(has_text="Awa Terrain").click()
    axe(page)
    page.get_by_role("button", name="Se déconnecter").click()
    page.goto("/personnes")
    expect(page.get_by_label("Identifiant")).to_be_visible()
