"""Outings, made by the ops."""

from datetime import timedelta
from typing import Any

import factory

from allervers.base import clock
from allervers.outreach import ops
from allervers.outreach.models import Outing
from tests.factories.people import signed
from tests.factories.territory import AreaFactory


class OutingFactory(factory.Factory):
    """An outing that begins in an hour and lasts three, prepared by `by` (an agent in a team) for their team."""

    class Meta:
        model = Outing

    kind = "market_stall"
    purpose = "Être là, parler des droits"

    @classmethod
    def _create(cls, model_class: type[Outing], *args: Any, **kwargs: Any) -> Outing:
        by, team = signed(kwargs.pop("by", None), kwargs.pop("team", None))
        starts_at = kwargs.pop("starts_at", clock.now() + timedelta(hours=1))
        told = {"area": kwargs.pop("area", None) or AreaFactory(), "ends_at": starts_at + timedelta(hours=3)}
        return ops.prepare_outing(**{"by": by, "team": team, "starts_at": starts_at, **told, **kwargs})
