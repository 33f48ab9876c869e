"""Neither the code nor the database lets a line of the journal be changed or removed."""

import pytest
from django.db import DatabaseError, connection, transaction

from allervers.base.models import Entry, Head
from tests.base import lines

pytestmark = pytest.mark.django_db


def test_the_code_never_updates_a_line():
    line = lines.write()
    line.what = "tests.changed"
    with pytest.raises(TypeError, match="never updated"):
        line.save()


def test_the_code_never_deletes_a_line():
    with pytest.raises(TypeError, match="never deleted"):
        lines.write().delete()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE base_entry SET what = 'tests.changed'",
        "UPDATE base_entry SET seal = seal",
        "DELETE FROM base_entry",
        "DELETE FROM base_entry WHERE number = 1",
    ],
)
def test_the_database_refuses_it_too(statement):
    lines.write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        lines.forge(statement)
    assert Entry.objects.get().what == "tests.written"


def test_the_database_refuses_what_querysets_would_do():
    lines.write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.update(what="tests.changed")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()


def test_postgresql_refuses_to_empty_the_journal_at_once():
    if connection.vendor != "postgresql":
        return  # SQLite knows no TRUNCATE
    lines.write()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        lines.forge("TRUNCATE base_entry CASCADE")
    assert Entry.objects.count() == 1


REPLACE = {
    "sqlite": "INSERT OR REPLACE INTO base_entry SELECT number, at, 'tests.forged', {rest} FROM base_entry",
    "postgresql": "INSERT INTO base_entry SELECT number, at, 'tests.forged', {rest} FROM base_entry"
    " ON CONFLICT (number) DO UPDATE SET what = EXCLUDED.what",
}


def test_a_line_is_not_replaced_by_another_of_the_same_number():
    line = lines.write()
    statement = REPLACE[connection.vendor].format(rest='"by", about, person, facts, previous, seal')
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        lines.forge(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry(number=line.number, at=line.at, what="tests.forged", by="x", about="y").save(force_insert=True)
    assert Entry.objects.get().what == "tests.written"


@pytest.mark.parametrize("model", [Entry, Head])
def test_the_journal_points_at_nothing_and_nothing_points_at_it(model):
    assert not [field for field in model._meta.get_fields() if field.is_relation]
    with connection.cursor() as cursor:
        assert connection.introspection.get_relations(cursor, model._meta.db_table) == {}
