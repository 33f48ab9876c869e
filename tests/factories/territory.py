"""Areas, their figures and places, made by the ops. Names and codes are invented, but for the shape."""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from allervers.territory import ops
from allervers.territory.models import Area, Figure, Partner, Place, Service, Source
from tests.factories.accounts import administrator


class AreaFactory(factory.Factory):
    """A commune of one département, whichever came before; give `commune` and a code of 9 characters for an IRIS."""

    class Meta:
        model = Area

    code = factory.Sequence(lambda n: f"48{n % 1000:03}")
    name = factory.Sequence(lambda n: f"Commune-Inventée-{n}")
    vintage = 2024

    @classmethod
    def _create(cls, model_class: type[Area], *args: Any, **kwargs: Any) -> Area:
        return ops.add_area(**{"by": administrator(), **kwargs})


class SourceFactory(factory.Factory):
    """An invented publication."""

    class Meta:
        model = Source

    title = "Revenus inventés"
    publisher = "Institut inventé"
    reference_period = "2021"
    retrieved_on = date(2024, 3, 1)

    @classmethod
    def _create(cls, model_class: type[Source], *args: Any, **kwargs: Any) -> Source:
        return ops.cite_source(**{"by": administrator(), **kwargs})


class FigureFactory(factory.Factory):
    """A figure of an area; `value=None` for one that is not published."""

    class Meta:
        model = Figure

    indicator = "poverty_rate"
    value = Decimal(15)

    @classmethod
    def _create(cls, model_class: type[Figure], *args: Any, **kwargs: Any) -> Figure:
        kwargs.setdefault("area", None)
        told = {"area": kwargs.pop("area") or AreaFactory(), "source": kwargs.pop("source", None) or SourceFactory()}
        return ops.record_figure(**{"by": administrator(), **told, **kwargs})


class PlaceFactory(factory.Factory):
    """A market, in a commune of its own unless `area` is given."""

    class Meta:
        model = Place

    name = factory.Sequence(lambda n: f"Marché inventé {n}")
    kind = "market"

    @classmethod
    def _create(cls, model_class: type[Place], *args: Any, **kwargs: Any) -> Place:
        area = kwargs.pop("area", None) or AreaFactory()
        return ops.add_place(**{"by": administrator(), "area": area, **kwargs})


class PartnerFactory(factory.Factory):
    """An organisation beside which the teams work."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"Association inventée {n}")

    @classmethod
    def _create(cls, model_class: type[Partner], *args: Any, **kwargs: Any) -> Partner:
        return ops.add_partner(**{"by": administrator(), **kwargs})


class ServiceFactory(factory.Factory):
    """What a partner offers."""

    class Meta:
        model = Service

    name = "Accès aux droits"

    @classmethod
    def _create(cls, model_class: type[Service], *args: Any, **kwargs: Any) -> Service:
        partner = kwargs.pop("partner", None) or PartnerFactory()
        return ops.add_service(**{"by": administrator(), "partner": partner, **kwargs})
