"""A conversation about rights, page after page, as a browser leads it; and answers that cost nothing to work out."""

from datetime import date
from typing import Any

from django.apps import apps

from allervers.base import clock
from allervers.rights.assessment.shape import NOTHING, Assessment, Range, RightAnswer, Settling

START, ASK, SEE, PRINT, SETTLE = (
    f"/droits{page}" for page in ("", "/questions", "/resultat", "/page-a-emporter", "/choix")
)


def right(id: str, certainty: str, monthly: float = 0.0, **more: Any) -> RightAnswer:
    """One right as the engine answers it; `monthly` in € a month, none for a right that is not money."""
    euros = Range(monthly, monthly, monthly) if monthly else NOTHING
    told: dict[str, Any] = {
        "unit": "month" if monthly else "yes_no", "monthly": euros, "amount": euros, "received": None,
        "is_received": None, "unclaimed": euros, "because": ("Vos revenus le permettent.",), "would_settle_it": (),
        "limits": ("À vérifier avec la Caf.",),
    }  # fmt: skip
    return RightAnswer(id=id, certainty=certainty, **{**told, **more})


def answered(*rights: RightAnswer, day: date | None = None) -> Assessment:
    """The engine's answer for these rights."""
    when = day or clock.today()
    return Assessment(when, f"{when:%Y-%m}", "moteur inventé 1", rights, 1)


USUAL = (
    right("rsa", "certain", 559.42),
    right("css", "certain"),
    right("css_free", "certain", form_of="css"),
    right("css_participation", "excluded", form_of="css"),
    right("housing_aid", "likely", 230, would_settle_it=(Settling("home.furnished", "Le logement est-il meublé ?"),)),
    right("aah", "possible", 1033, would_settle_it=(Settling(None, "Un handicap est-il reconnu ?"),)),
    right("energy_cheque", "likely", 12.5, unit="year", paid="yearly", amount=Range(150, 150, 150)),
    right("asf", "excluded", because=("Vous vivez en couple.",)),
    right("family_allowances", "certain", 151, received=151.0, is_received=True, unclaimed=NOTHING),
)


class Conversation:
    """What one browser holds: the page shown, and the thread that the page carries."""

    def __init__(self, browser: Any, **known: Any) -> None:
        self.browser = browser
        self.page = browser.get(START, known)

    @property
    def talk(self) -> Any:
        return self.page.context["talk"]

    @property
    def question(self) -> str:
        """The id of the question on the page."""
        return self.page.context["question"].id

    def send(self, address: str, **sent: Any) -> Any:
        self.page = self.browser.post(address, {"talk": self.talk.sealed(), **sent})
        return self.page

    def answer(self, *values: str, **more: Any) -> "Conversation":
        """Answer the question on the page; no value is to skip it."""
        told = {self.question: values} if values else {"skip": "unknown"}
        self.send(ASK, question=self.question, **told, **more)
        return self

    def until(self, question: str) -> "Conversation":
        """Skip every question until this one."""
        while self.question != question:
            self.answer()
        return self


def rows() -> dict[str, int]:
    """How many rows each table holds."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}
