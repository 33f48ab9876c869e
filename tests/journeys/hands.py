"""How a page is used: by a mouse or a finger, each gesture counted; what every page must be; what its figures say."""

from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from allervers.base.clock import PARIS
from tests.harness import accessibility


class Hand:
    """A mouse on a wide window, a finger on a phone; `gestures` counts what was pressed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.gestures = 0
        self.is_finger = page.viewport_size["width"] < 500

    def press(self, target: Locator | str) -> None:
        """Press something, or the button or link of that name."""
        found = self.called(target) if isinstance(target, str) else target
        found.tap() if self.is_finger else found.click()
        self.gestures += 1

    def called(self, name: str) -> Locator:
        button = self.page.get_by_role("button", name=name)
        return button.or_(self.page.get_by_role("link", name=name)).first

    def choose(self, label: str) -> None:
        """Press a choice: its whole box is the target."""
        self.press(self.page.locator("label").filter(has_text=label).first)


def sound(page: Page, heading: str) -> None:
    """On the page of that heading: nothing that axe finds, nothing too wide, even with the text doubled."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    faults = accessibility.violations(page) + accessibility.overflows(page) + accessibility.overflows(page, text="200%")
    assert not faults, "\n".join(faults)


def figures(page: Page) -> dict[str, str]:
    """Every figure of the page Chiffres, as shown: its name → what it says."""
    page.goto("/chiffres")
    tiles = page.locator(".tile").all()
    return {tile.locator("p").nth(1).inner_text(): tile.locator(".value").inner_text() for tile in tiles}


def number(said: str) -> int:
    """ "1 523 €" → 1523; "–" → 0."""
    return int("".join(letter for letter in said if letter.isdigit()) or 0)


def prepare_outing(hand: Hand) -> None:
    """Prepare an outing that can begin now, from the list of outings, and leave."""
    page = hand.page
    starts = datetime.now(PARIS) + timedelta(minutes=20)
    page.goto("/sorties/nouvelle")
    hand.press("Saint-Gaudens")
    page.get_by_label("stand sur un marché").check()
    page.get_by_label("Jour").fill(starts.strftime("%Y-%m-%d"))
    page.get_by_label("De", exact=True).fill(starts.strftime("%H:%M"))
    page.get_by_label("À", exact=True).fill((starts + timedelta(hours=3)).strftime("%H:%M"))
    page.get_by_label("Pour quoi faire ?").fill("Être là, parler des droits")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()  # nobody in particular: several outings of these tests take place at the same time
    hand.press("Préparer la sortie")
    expect(page.get_by_text("La sortie est préparée.")).to_be_visible()
    hand.press("Partir")
    expect(page.get_by_text("La sortie est en cours.")).to_be_visible()
