import pytest

from allervers.base import journal
from allervers.base.models import Entry


@pytest.mark.django_db
def test_an_empty_journal_holds():
    assert journal.verify() == journal.Verdict(0, journal.START, None)
    assert not Entry.objects.exists()
