"""A browser, and the application it talks to. What a journey sees is what a person sees: it never asks the database."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.harness import accessibility, application, browser
from tests.harness.application import ROOT, Application
from tests.journeys.world import PASSWORD

DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
FRANCE = {"locale": "fr-FR", "timezone_id": "Europe/Paris", "reduced_motion": "reduce"}
PATIENCE = 90_000  # ms: the law is loaded at the first assessment, and a busy machine is slow
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[browser.Kept]:
    if not browser.present():
        pytest.skip(browser.MISSING)
    kept = browser.Kept()
    yield kept
    kept.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Application]:
    """The application on a copy of the world, one for each process of the run."""
    shared = Path(os.environ["ALLERVERS_VAR"])
    name = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    (folder := shared / name).mkdir(exist_ok=True)
    running = application.start(application.a_world(shared, name), folder)
    yield running
    running.stop()


@pytest.fixture
def open_page(chromium: browser.Kept, server: Application) -> Iterator[Callable[..., Page]]:
    """`open_page(**PHONE)` opens a window of its own on the application; a page that breaks fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(**manner: object) -> Page:
        context = chromium.new_context(base_url=server.address, **FRANCE, **manner)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watch(page, faults)
        return page

    yield open_one
    for context in contexts:
        context.close()
    log = server.log.read_text()[-4000:] if faults else ""
    assert not faults, "\n".join([*faults, log])


def watch(page: Page, faults: list[str]) -> None:
    """Note every error that a person would not see: scripts, blocked or missing resources, pages in error."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", lambda said: is_fault(said) and faults.append(f"{page.url}: {said.text}"))
    page.on("response", lambda got: got.status >= 500 and faults.append(f"{got.status} {got.url}"))


def is_fault(said: ConsoleMessage) -> bool:
    """An error told in the console; a page refused on purpose (403, 404, 409…) is not one."""
    return said.type == "error" and "the server responded with a status of 4" not in said.text


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Page:
    """A wide window, with a mouse."""
    return open_page(**DESK)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone held upright, with a finger."""
    return open_page(**PHONE)


@pytest.fixture(params=["desk", "phone"])
def page(request: pytest.FixtureRequest, open_page: Callable[..., Page]) -> Page:
    """Both in turn."""
    return open_page(**(DESK if request.param == "desk" else PHONE))


@pytest.fixture
def without_javascript(open_page: Callable[..., Page]) -> Page:
    """A wide window that runs no script."""
    return open_page(java_script_enabled=False, **DESK)


@pytest.fixture
def sign_in() -> Callable[..., Page]:
    """`sign_in(page, "awa")` signs an agent of the world in."""

    def enter(page: Page, username: str, password: str = PASSWORD) -> Page:
        page.goto("/connexion")
        page.get_by_label("Identifiant").fill(username)
        page.get_by_label("Mot de passe").fill(password)
        page.get_by_role("button", name="Se connecter").click()
        return page

    return enter


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails with what axe-core finds."""

    def check(page: Page) -> None:
        assert accessibility.violations(page) == []

    return check


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """`picture(page, "outing")` keeps an image of the whole page in .cache/pictures (never committed)."""

    def take(page: Page, name: str) -> Path:
        target = ROOT / ".cache" / "pictures" / f"{name}-{page.viewport_size['width']}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target, full_page=True)
        return target

    return take
