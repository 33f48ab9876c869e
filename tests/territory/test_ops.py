"""Areas, figures, places, partners: written once, corrected, checked, by those whose role it is."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from allervers.accounts.models import Role
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.territory import ops, rules
from allervers.territory.models import Area, AreaKind, Place
from tests.factories.accounts import AgentFactory, administrator
from tests.factories.territory import (
    AreaFactory,
    FigureFactory,
    PartnerFactory,
    PlaceFactory,
    ServiceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


MAKERS = [AreaFactory, SourceFactory, PlaceFactory, PartnerFactory, ServiceFactory, FigureFactory]


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("role", Role)
def test_who_may_write_the_territory(maker, role):
    by = AgentFactory(role=role)
    if role in (Role.COORDINATOR, Role.ADMINISTRATOR):
        assert maker(by=by)
        assert Entry.objects.order_by("-number").first().by == str(by.pk)
    else:
        with pytest.raises(Refused, match="rôle"):
            maker(by=by)


@pytest.mark.parametrize(
    ("code", "kind"),
    [("31555", "commune"), ("2A004", "commune"), ("2b033", "commune"), ("97411", "commune"), ("315550101", "iris")],
)
def test_a_code_says_whether_it_is_a_commune_or_a_quarter(code, kind):
    commune = AreaFactory(code=code[:5]) if kind == AreaKind.IRIS else None
    assert AreaFactory(code=code, commune=commune).kind == kind


@pytest.mark.parametrize("code", ["", "3155", "20004", "96001", "00001", "2C001", "3155501", "Toulouse"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(Refused, match="n'est pas un code INSEE"):
        AreaFactory(code=code)


def test_a_quarter_belongs_to_its_own_commune():
    with pytest.raises(Refused, match="dans la commune 31555"):
        AreaFactory(code="315550101", commune=AreaFactory(code="31149"))
    with pytest.raises(Refused, match="Ajoutez d'abord cette commune"):
        AreaFactory(code="315550101")


@given(st.from_regex(rules.COMMUNE, fullmatch=True))
def test_every_commune_is_in_a_departement(code):
    if code[:2] not in ("97", "98"):
        assert rules.is_departement(rules.departement_of(code))
    assert code.startswith(rules.departement_of(code))


@pytest.mark.parametrize(("latitude", "longitude"), [(43.6, None), (None, 1.4), (1.44, 243.6), (143.6, 1.44)])
def test_half_a_point_or_a_point_off_the_earth_is_refused(latitude, longitude):
    with pytest.raises(Refused):
        PlaceFactory(latitude=latitude, longitude=longitude)


def test_a_commune_told_twice_is_there_once_and_told_otherwise_is_a_conflict():
    told = {"code": "31555", "name": "Toulouse", "vintage": 2024}
    assert AreaFactory(**told) == AreaFactory(**told)
    assert Area.objects.count() == 1
    with pytest.raises(Conflict, match="« Toulouse »"):
        AreaFactory(**{**told, "name": "Tolosa"})


@pytest.mark.parametrize("maker", [PlaceFactory, PartnerFactory, ServiceFactory])
def test_the_same_key_twice_is_written_once_and_otherwise_is_a_conflict(maker):
    told = {"id": uuid4(), "name": "Le même"}
    if maker is PlaceFactory:
        told["area"] = AreaFactory()
    if maker is ServiceFactory:
        told["partner"] = PartnerFactory()
    assert maker(**told) == maker(**told)
    with pytest.raises(Conflict):
        maker(**{**told, "name": "Un autre"})


def test_a_figure_told_anew_for_the_same_source_replaces_the_former():
    figure = FigureFactory(value=Decimal(15))
    told = {"area": figure.area, "source": figure.source}
    assert FigureFactory(**told, value=None).pk == figure.pk
    lines = Entry.objects.count()
    FigureFactory(**told, value=None)
    assert Entry.objects.count() == lines
    figure.refresh_from_db()
    assert figure.value is None


@pytest.mark.parametrize(
    ("indicator", "value"),
    [("poverty_rate", 101), ("poverty_rate", -1), ("population", -1), ("median_living_standard", Decimal("Infinity"))],
)
def test_a_figure_that_cannot_be_true_is_refused(indicator, value):
    with pytest.raises(Refused) as refusal:
        FigureFactory(indicator=indicator, value=Decimal(value))
    assert refusal.value.code == "impossible-value"


def test_an_indicator_nobody_knows_is_refused():
    with pytest.raises(Refused, match="bonheur"):
        FigureFactory(indicator="bonheur")


def test_a_source_is_cited_once_for_each_period():
    assert SourceFactory() == SourceFactory()
    assert SourceFactory(reference_period="2022") != SourceFactory()
    with pytest.raises(Conflict):
        SourceFactory(publisher="Un autre")
    with pytest.raises(Refused, match="futur"):
        SourceFactory(reference_period="2027", retrieved_on=date(2027, 1, 1))


def test_correcting_a_place_notes_that_it_was_checked():
    place = PlaceFactory(opening_hours="samedi matin")
    told = {"name": place.name, "kind": "market", "area": place.area, "opening_hours": "mardi matin"}
    kept = ops.correct_place(place=place, **told, by=administrator())
    assert (kept.opening_hours, kept.checked_on) == ("mardi matin", date(2026, 6, 2))
    lines = Entry.objects.count()
    ops.correct_place(place=place, **told, by=administrator())
    assert Entry.objects.count() == lines


def test_a_place_seen_as_it_is_written_is_checked():
    place = PlaceFactory()
    assert ops.check_place(place=place, by=administrator()).checked_on == date(2026, 6, 2)
    with pytest.raises(Refused, match="futur"):
        ops.check_place(place=place, on=date(2026, 6, 3), by=administrator())


def test_two_places_of_one_name_in_one_commune_are_refused_in_french():
    place = PlaceFactory()
    with pytest.raises(ValidationError, match="existe déjà dans cette commune"):
        PlaceFactory(name=place.name, area=place.area)
    assert Place.objects.count() == 1


@pytest.mark.parametrize("kind", ["area", "partner", "service"])
def test_each_thing_written_can_be_corrected(kind):
    by = administrator()
    if kind == "area":
        kept = ops.correct_area(area=AreaFactory(), name="Autrement", latitude=43.6, longitude=1.4, by=by)
    elif kind == "partner":
        kept = ops.correct_partner(partner=PartnerFactory(), name="Autrement", phone="05 00 00 00 00", by=by)
    else:
        kept = ops.correct_service(service=ServiceFactory(), name="Autrement", publics=["seniors"], by=by)
    assert kept.name == "Autrement"
    assert Entry.objects.order_by("-number").first().what == f"territory.{kind}_corrected"
