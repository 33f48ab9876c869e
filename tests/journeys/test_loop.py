"""The whole loop: go out, meet, work out rights on the real law, stand beside until the money comes, count."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from allervers.base.clock import PARIS
from tests.journeys.hands import Hand, figures, number, prepare_outing, sound

DELAYS = {
    "De la rencontre au dépôt",
    "Du dépôt à l'accord",
    "De l'accord au versement",
    "De la rencontre au droit ouvert",
}
GRANTED = 523  # € a month


@pytest.fixture
def hand(page, sign_in):
    """Awa, who goes out and stands beside; a mouse at the desk, then a finger on a phone."""
    sign_in(page, "awa")
    return Hand(page)


def test_the_whole_loop_from_the_market_to_the_first_payment(hand):
    page, name = hand.page, f"Nour Inventée {datetime.now(PARIS):%H%M%S%f}"
    before = figures(page)
    prepare_outing(hand)
    met_without_a_name(hand)
    met_with_agreement(hand, name)
    rights_together(hand)
    found, possible = seen(page)
    sure_of(page, "RSA")
    decide(hand)
    accompanied(hand)
    followed_until_paid(hand)
    told_to_the_person(hand, name)
    changed = {
        "Sorties tenues": 1, "Rencontres": 2, "Personnes rencontrées": 2, "dont sans nom": 1, "dont connues": 1,
        "Personnes connues, une seule fois": 1, "Échanges": 2, "Calculs de droits": 1, "Droits repérés": found,
        "Droits seulement possibles": possible, "Droits demandés": 1, "Droits accordés": 1, "Droits ouverts": 1,
        "€ par mois ouverts": GRANTED, "Droits laissés de côté par choix": 1, "dont « pas ce droit-là »": 1,
    }  # fmt: skip
    after = figures(page)
    counts = {label: number(after[label]) - number(before.get(label, "")) for label in after if label not in DELAYS}
    assert {label: more for label, more in counts.items() if more} == changed
    assert {after[label] for label in DELAYS} == {"0 j"}
    sound(page, "Chiffres")


def met_without_a_name(hand):
    """At most three gestures, no key pressed, no field touched."""
    before = hand.gestures
    hand.press("1 échange")
    expect(hand.page.locator(".tally-figures")).to_contain_text("1 rencontre")
    assert hand.gestures - before <= 3


def met_with_agreement(hand, name):
    """A record is written with the person, inside the meeting, and they agree to what is kept."""
    page = hand.page
    hand.press("Noter une rencontre")
    hand.press(page.get_by_text("Ajouter quelque chose"))
    hand.press("Écrire une fiche avec une nouvelle personne")
    sound(page, "Écrire une fiche")
    hand.choose("La personne est d'accord")
    page.get_by_label("Nom ou surnom").fill(name)
    hand.press("Écrire la fiche")
    expect(page.get_by_label(name)).to_be_checked()
    hand.press("Enregistrer, puis regarder les droits ensemble")
    expect(page.get_by_text("n'a pas dit oui")).to_be_visible()
    sound(page, "Regarder les droits ensemble")
    hand.press("Lui demander son accord")
    sound(page, "Demander")
    hand.choose("Oui")
    hand.press("Noter la réponse")
    expect(page.get_by_text("a accepté que l'on garde")).to_be_visible()


def rights_together(hand):
    """A few plain questions, one skipped, one taken back; then the results on the real law."""
    page = hand.page
    hand.press("Commencer")
    sound(page, "Quel âge avez-vous")
    typed(hand, "Quel âge avez-vous", "45")
    sound(page, "Vivez-vous en couple")
    chosen(hand, "Vivez-vous en couple", "Je vis sans conjoint")
    sound(page, "enfants")
    hand.press("Pas d'enfant avec moi")
    chosen(hand, "Où habitez-vous", "Je suis hébergé chez quelqu'un")
    typed(hand, "Dans quelle commune", "saint gaudens")
    chosen(hand, "Que faites-vous", "Je cherche du travail")
    hand.press("Question d'avant")
    chosen(hand, "Que faites-vous", "Je ne travaille pas")
    sound(page, "Quels revenus")
    chosen(hand, "Quels revenus", "Rien de tout cela")
    chosen(hand, "le RSA", "Non")
    hand.press("Je préfère ne pas répondre")
    chosen(hand, "complémentaire santé", "Non")
    hand.press("Voir déjà ce qui semble ouvert")
    sound(page, "Ce qui semble ouvert")


def typed(hand, question, answer):
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text(question)
    hand.page.locator("#answer").fill(answer)
    hand.press("Continuer")


def chosen(hand, question, answer):
    expect(hand.page.get_by_role("heading", level=1)).to_contain_text(question)
    hand.choose(answer)
    hand.press("Continuer")


def seen(page):
    """How many rights the page shows as open, and how many as possible."""
    return page.locator(".card.right").count(), page.locator(".perhaps").count()


def sure_of(page, right):
    """The real law says of somebody without any income that this right is open, and how much."""
    line = page.locator(".card.right").filter(has_text=right).first
    expect(line.locator(".pill").first).to_have_text(re.compile("sûr|probable"))
    expect(line.locator(".amount")).to_contain_text("€")


def decide(hand):
    """One right asked, one refused; the page to take away names nobody."""
    page = hand.page
    hand.press(page.get_by_role("group", name="Un revenu minimum").get_by_text("On le demande"))
    hand.press(page.get_by_role("group", name="mutuelle").get_by_text("Non, pas celui-là"))
    hand.press("La page à emporter")
    sound(page, "Mes droits")
    assert "Nour" not in page.locator("main").inner_text()
    hand.press("Revenir au résultat")
    expect(page.get_by_role("group", name="Un revenu minimum").get_by_label("On le demande")).to_be_checked()
    hand.press("Noter nos choix")


def accompanied(hand):
    """The person agrees, chooses who stands beside them, says what they want."""
    page = hand.page
    sound(page, "Commencer un parcours")
    hand.choose("La personne est d'accord pour être accompagnée")
    page.get_by_label("Ce que la personne veut").fill("Ne plus dépendre de ma sœur.")
    expect(page.get_by_label("Un revenu minimum")).to_be_checked()
    hand.press("Commencer")
    expect(page.get_by_text("Le parcours commence.")).to_be_visible()
    sound(page, "Le parcours de")


def followed_until_paid(hand):
    """Filed, granted with an amount, first payment seen: each a dated fact, then the right is open."""
    page, claim = hand.page, hand.page.get_by_role("article", name="Un revenu minimum")
    hand.press("Noter autre chose")
    sound(page, "noter ce qui s'est passé")
    hand.press("Revenir sans rien changer")
    happened(hand, "demande déposée")
    happened(hand, "droit accordé", amount=GRANTED)
    expect(claim.get_by_text("accordée, pas encore reçue")).to_be_visible()
    happened(hand, "premier versement vu")
    expect(claim.get_by_text("droit ouvert", exact=True)).to_be_visible()
    expect(claim.locator(".amount")).to_have_text(re.compile(rf"{GRANTED}\s€"))
    sound(page, "Le parcours de")


def happened(hand, fact, amount=None):
    page = hand.page
    hand.press("Noter autre chose")
    hand.choose(fact.capitalize())
    if amount:
        hand.press(page.get_by_text("montant et dates"))
        page.get_by_label("Montant, en euros par mois").fill(str(amount))
        page.get_by_label("À partir du").fill(f"{datetime.now(PARIS):%Y-%m-01}")
    hand.press("Noter")
    expect(page.get_by_text(f"Noté : {fact}.")).to_be_visible()


def told_to_the_person(hand, name):
    """Everything written can be read with the person, and who read it."""
    page = hand.page
    hand.press(page.locator(".trail").get_by_role("link", name=name))
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(page.get_by_text("Pas ce droit-là", exact=False).first).to_be_visible()
    for folded in page.locator("main details").all():
        folded.evaluate("element => { element.open = true }")
    sound(page, name)
    hand.press("Qui a lu cette fiche")
    sound(page, "Qui a lu")
    expect(page.get_by_role("cell", name="Awa Terrain").first).to_be_visible()
