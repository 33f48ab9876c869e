import inspect

import pytest

from allervers.base import journal
from allervers.base.errors import Conflict, Refused
from allervers.base.models import Entry
from allervers.base.ops import ALL, op
from tests.base import lines


@pytest.fixture(autouse=True)
def _the_book_of_ops_forgets_these():
    before = dict(ALL)
    yield
    ALL.clear()
    ALL.update(before)


def test_an_op_that_forgets_its_author_does_not_even_import():
    with pytest.raises(TypeError, match="one of them `by`"):

        @op
        def close(*, case):
            """Close."""


def test_an_op_that_takes_positional_arguments_does_not_even_import():
    with pytest.raises(TypeError, match="keyword-only"):

        @op
        def close(case, *, by):
            """Close."""


def test_an_op_that_takes_anything_at_all_does_not_even_import():
    with pytest.raises(TypeError, match="keyword-only"):

        @op
        def close(*, by, **anything):
            """Close."""


def test_an_op_that_does_not_say_what_it_does_does_not_even_import():
    with pytest.raises(TypeError, match="says in one line what it does"):

        @op
        def close(*, by):
            pass


def test_an_op_keeps_its_name_its_words_and_its_signature():
    @op
    def close(*, case, by):
        """Close a case."""

    assert ALL["base.close"] is close
    assert close.__doc__ == "Close a case."
    assert list(inspect.signature(close).parameters) == ["case", "by"]


@pytest.mark.django_db
def test_an_op_that_leaves_no_line_is_undone():
    @op
    def rename(*, by):
        """Rename, and forget to say so."""
        lines.SUBJECT.save(force_insert=True)

    with pytest.raises(RuntimeError, match=r"base\.rename changed something and left no line"):
        rename(by=lines.AUTHOR)
    assert not type(lines.SUBJECT).objects.exists()


@pytest.mark.django_db
def test_an_op_that_found_everything_as_asked_owes_nothing():
    @op
    def rename(*, by):
        """Rename to the same name."""
        journal.nothing_changed()

    rename(by=lines.AUTHOR)
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_an_op_that_fails_halfway_leaves_neither_change_nor_line():
    @op
    def rename(*, by):
        """Rename, then fail."""
        journal.write("tests.renamed", by=by, about=lines.SUBJECT)
        lines.SUBJECT.save(force_insert=True)
        raise Refused("too-late", why="Trop tard.", remedy="Revenez demain.")

    with pytest.raises(Refused, match="Trop tard. Revenez demain."):
        rename(by=lines.AUTHOR)
    assert not Entry.objects.exists()
    assert not type(lines.SUBJECT).objects.exists()
    assert journal.verify().fault is None


@pytest.mark.django_db
def test_an_op_that_calls_another_is_even_with_the_line_of_the_other():
    @op
    def rename(*, by):
        """Rename."""
        journal.write("tests.renamed", by=by, about=lines.SUBJECT)

    @op
    def tidy(*, by):
        """Rename, nothing more."""
        rename(by=by)

    tidy(by=lines.AUTHOR)
    assert [line.what for line in Entry.objects.all()] == ["tests.renamed"]


@pytest.mark.django_db
def test_a_line_written_earlier_does_not_pay_for_the_next_op():
    @op
    def rename(*, by):
        """Rename."""
        journal.write("tests.renamed", by=by, about=lines.SUBJECT)

    @op
    def forget(*, by):
        """Forget to write."""

    rename(by=lines.AUTHOR)
    with pytest.raises(RuntimeError, match="left no line"):
        forget(by=lines.AUTHOR)


def test_a_conflict_is_a_refusal_that_a_person_settles():
    conflict = Conflict("told-differently", why="Déjà dit autrement.", remedy="Choisissez.")
    assert isinstance(conflict, Refused)
    assert (conflict.code, conflict.why, conflict.remedy) == ("told-differently", "Déjà dit autrement.", "Choisissez.")
