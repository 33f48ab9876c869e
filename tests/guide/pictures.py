"""Take the screenshots of docs/guide/images on a fresh demonstration: nothing in them is real but the places."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from tests.harness import application, browser
from tests.harness.application import ROOT

IMAGES = ROOT / "docs" / "guide" / "images"
DESK = {"viewport": {"width": 1200, "height": 850}}
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
FRANCE = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"}
PATIENCE = 60_000  # ms
ALLERVERS = [sys.executable, "-c", "from allervers.cli import main; main()"]


def today(page: Page) -> None:
    page.goto("/")


def territory(page: Page) -> None:
    page.goto("/territoire?par=poverty_rate")


def commune(page: Page) -> None:
    page.goto("/territoire/31483")


def outing(page: Page) -> None:
    page.goto("/")
    page.locator("main a[href*='/sorties/']").first.click()


def encounter(page: Page) -> None:
    page.goto("/rencontres/nouvelle")


def question(page: Page) -> None:
    page.goto("/droits")
    page.get_by_role("button", name="Commencer").click()
    page.locator("#answer").fill("67")
    page.get_by_role("button", name="Continuer").click()


def rights(page: Page) -> None:
    question(page)
    page.get_by_label("Je vis sans conjoint").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Pas d'enfant avec moi").click()
    page.get_by_label("Je loue à un propriétaire privé").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Voir déjà ce qui semble ouvert").click()
    page.get_by_role("heading", name="Ce qui semble ouvert", exact=True).wait_for()


def person(page: Page) -> None:
    page.goto("/personnes")
    page.locator("main .rows a").first.click()


def journey(page: Page) -> None:
    page.goto("/parcours")
    page.locator("main .rows a").first.click()


def figures(page: Page) -> None:
    page.goto("/chiffres")


def accounts(page: Page) -> None:
    page.goto("/comptes")


# image, account, width, how to get there
SHOTS: list[tuple[str, str, dict, Callable[[Page], None]]] = [
    ("aujourdhui-bureau", "camille.terrain", DESK, today),
    ("aujourdhui-telephone", "camille.terrain", PHONE, today),
    ("territoire-bureau", "marion.coordination", DESK, territory),
    ("commune-bureau", "marion.coordination", DESK, commune),
    ("sortie-telephone", "camille.terrain", PHONE, outing),
    ("rencontre-telephone", "camille.terrain", PHONE, encounter),
    ("question-telephone", "camille.terrain", PHONE, question),
    ("droits-bureau", "camille.terrain", DESK, rights),
    ("personne-bureau", "dominique.parcours", DESK, person),
    ("parcours-bureau", "dominique.parcours", DESK, journey),
    ("chiffres-bureau", "marion.coordination", DESK, figures),
    ("comptes-bureau", "andrea.comptes", DESK, accounts),
]


def main() -> None:
    """Prepare a demonstration in a temporary folder, serve it, take each picture."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        url = f"sqlite:///{folder / 'guide.sqlite3'}"
        seen = application.environment(url, folder)
        subprocess.run([*ALLERVERS, "demonstration", "prepare"], env=seen, cwd=ROOT, check=True)
        running = application.start(url, folder)
        try:
            with browser.opened() as chromium:
                for name, username, manner, there in SHOTS:
                    picture(
                        chromium.new_context(base_url=running.address, **FRANCE, **manner), username, there, name, seen
                    )
                    sys.stdout.write(f"docs/guide/images/{name}.png\n")
        finally:
            running.stop()


def picture(
    context: BrowserContext, username: str, there: Callable[[Page], None], name: str, seen: dict[str, str]
) -> None:
    """Sign in, go there, keep what the window shows."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto("/connexion")
    page.get_by_label("Identifiant").fill(username)
    page.get_by_label("Mot de passe").fill(password_of(username, seen))
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_load_state()
    there(page)
    page.wait_for_load_state()
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


def password_of(username: str, seen: dict[str, str]) -> str:
    """The demonstration's password on this installation, asked of the installation itself."""
    module = "allervers.demonstration.accounts"
    asked = f"import django; django.setup(); from {module} import password_of; print(password_of({username!r}))"
    done = subprocess.run(
        [sys.executable, "-c", asked], env={**seen, "DJANGO_SETTINGS_MODULE": "config.settings"}, cwd=ROOT, text=True,
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
