from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.base import clock, journal
from allervers.base.models import Entry, Head
from tests.base import lines
from tests.harness.effort import examples

pytestmark = pytest.mark.django_db


def test_an_empty_journal_holds():
    assert journal.verify() == journal.Verdict(0, journal.START, None)


def test_a_line_says_when_what_who_about_what_and_whom():
    with clock.at(datetime(2026, 9, 1, 8, tzinfo=UTC)):
        line = lines.write("people.opened", person=UUID(int=7), purpose="journey")
    line.refresh_from_db()
    assert (line.number, line.at) == (1, datetime(2026, 9, 1, 8, tzinfo=UTC))
    assert (line.what, line.by, line.about) == ("people.opened", str(UUID(int=1)), f"accounts.Team:{UUID(int=2)}")
    assert (line.person, line.facts) == (UUID(int=7), {"purpose": "journey"})


def test_each_line_carries_the_seal_of_the_line_before():
    written = lines.write_many(3)
    assert [line.previous for line in written] == [journal.START, written[0].seal, written[1].seal]
    assert journal.verify() == journal.Verdict(3, written[2].seal, None)


def test_a_line_outside_a_transaction_is_refused(monkeypatch):
    monkeypatch.setattr(journal, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="outside a transaction"):
        journal.write("tests.written", by=lines.AUTHOR, about=lines.SUBJECT)


def test_the_lines_of_a_person_come_latest_first():
    first, _, other = lines.write(person=UUID(int=7)), lines.write(), lines.write(person=UUID(int=8))
    last = lines.write(person=UUID(int=7))
    assert list(journal.about_person(UUID(int=7))) == [last, first]
    assert list(journal.about_person(UUID(int=8))) == [other]


# ------------------------------------------------------------------ what a forger can do shows


def test_a_removed_line_shows():
    lines.write_many(4)
    with lines.held_by_a_forger():
        lines.forge("DELETE FROM base_entry WHERE number = 2")
        assert journal.verify().fault == "La ligne 2 manque."


def test_a_line_removed_and_the_next_ones_numbered_again_shows():
    lines.write_many(4)
    with lines.held_by_a_forger():
        lines.forge("DELETE FROM base_entry WHERE number = 2")
        lines.forge("UPDATE base_entry SET number = 2 WHERE number = 3")
        assert journal.verify().fault == "La ligne 2 ne suit plus la ligne 1 : l'une des deux a été changée."


@pytest.mark.parametrize("kept", [0, 1, 3])
def test_lines_cut_off_at_the_end_show(kept):
    lines.write_many(4)
    with lines.held_by_a_forger():
        lines.forge("DELETE FROM base_entry WHERE number > %s", kept)
        assert journal.verify().fault == f"Les lignes {kept + 1} à 4 manquent à la fin."


def test_a_line_added_at_the_end_shows():
    lines.write_many(2)
    with lines.held_by_a_forger():
        forged = Entry(number=3, at=clock.now(), what="tests.forged", by="x", about="y", previous=last_seal())
        forged.seal = journal.seal_of(forged)
        forged.save(force_insert=True)
        assert journal.verify().fault == "Le journal a 3 lignes, mais sa tête en annonce 2."


def test_a_line_slipped_in_between_shows():
    lines.write_many(3)
    with lines.held_by_a_forger():
        for number in (3, 2):
            lines.forge("UPDATE base_entry SET number = %s WHERE number = %s", number + 1, number)
        forged = Entry(number=2, at=clock.now(), what="tests.forged", by="x", about="y", previous=seal_of_line(1))
        forged.seal = journal.seal_of(forged)
        forged.save(force_insert=True)
        assert journal.verify().fault == "La ligne 3 ne suit plus la ligne 2 : l'une des deux a été changée."


def test_a_line_changed_and_sealed_again_shows_at_the_next_one():
    lines.write_many(3)
    with lines.held_by_a_forger():
        line = Entry.objects.get(number=2)
        line.what = "tests.forged"
        lines.forge("UPDATE base_entry SET what = %s, seal = %s WHERE number = 2", line.what, journal.seal_of(line))
        assert journal.verify().fault == "La ligne 3 ne suit plus la ligne 2 : l'une des deux a été changée."


def test_a_journal_written_again_from_end_to_end_no_longer_holds_the_seal_kept_elsewhere():
    kept_elsewhere = lines.write_many(3)[-1].seal
    assert journal.sealed(kept_elsewhere)
    lines.write()
    assert journal.sealed(kept_elsewhere), "a longer journal still holds it"
    with lines.held_by_a_forger():
        Head.objects.all().delete()
        lines.forge("DELETE FROM base_entry")
        lines.write_many(4)
        assert journal.verify().fault is None, "the chain alone cannot tell"
        assert not journal.sealed(kept_elsewhere)


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whichever_field_of_whichever_line_is_altered_it_shows(data):
    """Any field, any line, any other value: the property that the chain exists for."""
    if not Entry.objects.exists():
        lines.write_many(5)
    number = data.draw(st.integers(1, 5), "line")
    field = data.draw(st.sampled_from(sorted(OTHER_VALUES)), "field")
    line = Entry.objects.get(number=number)
    value = data.draw(OTHER_VALUES[field].filter(lambda other: other != getattr(line, field)), "value")
    with lines.held_by_a_forger():
        altered = Entry._meta.get_field(field).get_db_prep_save(value, connection)
        lines.forge(f"UPDATE base_entry SET {field} = %s WHERE number = %s", altered, number)
        assert journal.verify().fault is not None
    assert journal.verify().fault is None


CODES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
SEALS = st.text("0123456789abcdef", min_size=64, max_size=64)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
OTHER_VALUES = {
    "number": st.integers(6, 2**62),
    "at": MOMENTS,
    "what": CODES,
    "by": CODES,
    "about": CODES,
    "person": st.none() | st.uuids(),
    "facts": st.dictionaries(CODES, CODES | st.integers(-(2**53), 2**53) | st.none(), max_size=3),
    "previous": SEALS,
    "seal": SEALS,
}


def test_the_property_covers_every_field():
    assert set(OTHER_VALUES) == {field.name for field in Entry._meta.fields}


def last_seal() -> str:
    return Head.objects.get().seal


def seal_of_line(number: int) -> str:
    return Entry.objects.get(number=number).seal
