"""Encounters and computations of rights, made by the ops."""

from typing import Any

import factory

from allervers.base import clock
from allervers.encounters import ops
from allervers.encounters.models import Assessment, Encounter
from tests.factories.people import signed
from tests.factories.territory import AreaFactory


class EncounterFactory(factory.Factory):
    """One person met without a name, by `by` (an agent in a team), outside any outing unless one is given."""

    class Meta:
        model = Encounter

    @classmethod
    def _create(cls, model_class: type[Encounter], *args: Any, **kwargs: Any) -> Encounter:
        by, team = signed(kwargs.pop("by", None), kwargs.pop("team", None))
        if not kwargs.get("people"):
            kwargs.setdefault("anonymous_count", 1)
        if not kwargs.get("outing"):
            kwargs.setdefault("area", AreaFactory())
        return ops.record_encounter(**{"by": by, "team": team, **kwargs})


def answer(**rights: Any) -> dict[str, Any]:
    """An answer of the rights engine: `rsa=("likely", 300)`; an amount of None is a right without amount."""
    return {
        "day": clock.today().isoformat(),
        "law": clock.today().isoformat()[:7],
        "engine": "moteur inventé 1",
        "rights": [one_right(name, *told) for name, told in rights.items()],
    }


def one_right(name: str, certainty: str, amount: float | None = None, received: float | bool | None = None) -> dict:
    """One object of the answer, as the rights engine writes it."""
    bounds = dict.fromkeys(("low", "likely", "high"), float(amount or 0))
    return {
        "id": name, "certainty": certainty, "unit": "yes_no" if amount is None else "monthly", "monthly": bounds,
        "received": None if isinstance(received, bool) else received,
        "is_received": None if received is None else bool(received), "unclaimed": bounds,
        "because": ["Vos ressources sont de 620 € par mois."],
        "would_settle_it": [{"fact": "home.rent", "text": "Votre loyer."}], "limits": [],
    }  # fmt: skip


class AssessmentFactory(factory.Factory):
    """A computation without a name, by `by`; give `encounter`, `person_id`, `facts`."""

    class Meta:
        model = Assessment

    @classmethod
    def _create(cls, model_class: type[Assessment], *args: Any, **kwargs: Any) -> Assessment:
        by, team = signed(kwargs.pop("by", None), kwargs.pop("team", None))
        told = {"answer": answer(rsa=("likely", 300)), "day": clock.today()}
        return ops.keep_assessment(**{"by": by, "team": team, **told, **kwargs})
