"""Rows by the hundred thousand are written as they are, with keys that grow."""

from decimal import Decimal
from itertools import islice
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from allervers.territory.imports import pouring
from allervers.territory.models import Figure
from tests.factories.territory import AreaFactory, SourceFactory

COLUMNS = ("id", "area_id", "indicator", "value", "source_id")


def test_keys_grow_and_never_come_twice():
    keys = list(islice(pouring.keys_in_order(), 10_000))
    assert keys == sorted(set(keys))
    assert {key.version for key in keys} == {7}
    assert keys[0] not in set(islice(pouring.keys_in_order(), 10_000))


@pytest.mark.django_db
def test_what_is_poured_is_read_as_it_was_told_and_corrected_by_its_key():
    area, source = AreaFactory(), SourceFactory()
    told = dict(zip("abc", (Decimal("19.125"), None, Decimal(0)), strict=True))
    rows = [
        (key, area.pk, name, told[name], source.pk) for key, name in zip(pouring.keys_in_order(), told, strict=False)
    ]
    pouring.insert(Figure, COLUMNS, rows)
    assert dict(Figure.objects.values_list("indicator", "value")) == told
    pouring.update(Figure, "value", [(Decimal("7.5"), rows[1][0])])
    assert Figure.objects.get(pk=rows[1][0]).value == Decimal("7.5")
    assert Figure.objects.get(pk=rows[0][0]).value == told["a"]


@pytest.mark.django_db
def test_the_constraints_of_the_database_hold():
    area, source = AreaFactory(), SourceFactory()
    twice = [(UUID(int=number), area.pk, "poverty_rate", Decimal(1), source.pk) for number in (1, 2)]
    with pytest.raises(IntegrityError), transaction.atomic():
        pouring.insert(Figure, COLUMNS, twice)
    assert not Figure.objects.exists()
