"""The journal holds keys and codes: whatever is told to any op on persons, no word of it gets there."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from allervers.base.errors import Refused
from allervers.base.models import Entry
from allervers.base.ops import ALL
from allervers.people import access, ops, search, wordings
from allervers.people.choices import Purpose
from allervers.people.likeness import Draft, likely_same
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.harness.effort import examples

pytestmark = pytest.mark.django_db

# Long enough, and of letters no code nor key is made of, so that finding them is no accident.
words = st.text(alphabet="éàçœßñжЖ漢字 ", min_size=6, max_size=40).map(str.strip).filter(lambda text: len(text) > 5)
BORN = date(1971, 7, 19)
PHONE = "06 98 76 54 32"


@settings(
    max_examples=examples(6), deadline=None, phases=[Phase.explicit, Phase.generate]
)  # shrinking words helps nobody
@given(st.lists(words, min_size=16, max_size=16, unique=True))
def test_nothing_told_about_a_person_gets_into_the_journal(said: list[str]) -> None:
    told = iter(said)
    team = TeamFactory()
    agent = AgentFactory(teams=[team])
    person = welcomed(told, team=team, by=agent)
    tell_everything(person.pk, told, team=team, by=agent)
    list(search.find(f"{said[0]} {PHONE}", by=agent))
    likely_same(Draft(name=said[0], phone=PHONE, born=BORN), by=agent)
    access.names([person.pk], by=agent, purpose=Purpose.RECORD)
    access.who_read(person.pk, by=agent)
    ops.erase_person(person_id=person.pk, by=agent)
    lines = Entry.objects.values("what", "about", "facts")
    journal = "\n".join(json.dumps(line, default=str, ensure_ascii=False) for line in lines)
    for text in (*said, BORN.isoformat(), PHONE, "+33698765432", "4321.5"):
        assert text not in journal, text


def welcomed(told: Any, *, team: Any, by: Any) -> Any:
    agreement = ops.AgreementGiven("said", wording=next(told), wording_version=next(told)[:20], language=next(told))
    return ops.welcome_person(
        team=team, agreement=agreement, name=next(told), phone=PHONE, born=BORN, language=next(told),
        contact_note=next(told), by=by,
    )  # fmt: skip


def tell_everything(person_id: Any, told: Any, *, team: Any, by: Any) -> None:
    """Every other verb of the domain, each with words of its own."""
    signed = {"person_id": person_id, "by": by}
    for purpose in (Purpose.RIGHTS, Purpose.CONTACT):
        given = wordings.standard(purpose)
        ops.record_agreement(**signed, team=team, purpose=purpose, answer="given", agreement=given)
    ops.correct_person(**signed, changes={"name": next(told), "contact_note": next(told)})
    no = ops.record_refusal(**signed, kind="not_now", own_words=next(told), come_back_how=next(told))
    ops.lift_refusal(refusal_id=no.pk, by=by)
    ops.note_fact(**signed, path="home.rent", value=4321.5, source="said")
    ops.note_facts(**signed, facts={"savings": 4321.5}, source="document")
    ops.note_household(**signed, document={"day": "2026-09-01", "savings": 14321.5}, source="file")
    with pytest.raises(Refused):
        ops.note_fact(**signed, path=f"home.{next(told)}", value=next(told), source="said")
    said = ops.keep_saying(**signed, kind="wish", text=next(told))
    ops.remove_saying(saying_id=said.pk, by=by)
    close = ops.note_close_one(**signed, who=next(told), link=next(told))
    ops.remove_close_one(close_one_id=close.pk, by=by)
    agreement = wordings.standard(Purpose.RECORD)
    other = ops.welcome_person(team=team, agreement=agreement, name=next(told), by=by)
    ops.merge_people(keep=person_id, other=other.pk, by=by)
    ops.undo_merge(other=other.pk, by=by)
    ops.withdraw_agreement(**signed, team=team, purpose=Purpose.CONTACT)
    rights = ops.record_agreement(
        **signed, team=team, purpose=Purpose.CONTACT, answer="given", agreement=wordings.standard(Purpose.CONTACT)
    )
    ops.invalidate_agreement(agreement_id=rights.pk, why=f"{PHONE} 98 76", by=by)


def test_every_verb_on_persons_was_told_something_here() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    missing = [name for name in ALL if name.startswith("people.") and f"ops.{name.split('.')[1]}(" not in source]
    assert not missing
