"""The journal says everything that was done and read about somebody, and holds nothing of them but a key."""

import ast
import json
import re

import pytest

from allervers.accompaniment import ops as accompaniment
from allervers.base import journal
from allervers.base.models import Entry
from allervers.people import access, ops
from allervers.people.models import Person
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, open_right
from tests.factories.people import PersonFactory
from tests.repository.files import place, python

NAME, WORDS, PHONE = "Zébulon Inventé", "mon frigo est vide depuis mardi", "05 61 00 00 00"


@pytest.fixture
def lived(db):
    """Somebody met, written down, accompanied until a right is open, and who spoke."""
    person = PersonFactory(name=NAME, phone=PHONE, purposes=["rights", "journey"])
    agreement = person.agreements.first()
    by, team = agreement.recorded_by, agreement.team
    ops.keep_saying(person_id=person.pk, kind="own_words", text=WORDS, by=by)
    journey = JourneyFactory(person=person, by=by, team=team, what_matters=WORDS)
    open_right(ClaimFactory(journey=journey))
    access.open_person(person.pk, by=by, purpose="journey")
    return person, by


def everything_written():
    return json.dumps(list(Entry.objects.order_by("number").values()), default=str, ensure_ascii=False)


def test_neither_a_name_nor_a_word_nor_a_number_reaches_it(lived):
    told = everything_written()
    assert str(lived[0].pk) in told
    for part in (*NAME.split(), *WORDS.split()[1:3], PHONE, "0561000000", "+33561000000"):
        assert part not in told


def test_it_says_each_gesture_about_somebody_in_order(lived):
    told = [line.what for line in reversed(journal.about_person(lived[0].pk))]
    assert told[0] == "people.welcomed"
    assert told[-1] == "people.opened"
    assert [what for what in told if what.startswith("accompaniment.")] == [
        "accompaniment.journey_opened",
        "accompaniment.claim_opened",
        *["accompaniment.event_recorded"] * 3,
    ]


def test_erasing_somebody_changes_no_line_and_leaves_a_key_that_leads_nowhere(lived):
    person, by = lived
    before, key = everything_written(), person.pk
    accompaniment.let_go(person_id=key, by=by)
    assert not Person.objects.filter(pk=key).exists()
    assert everything_written()[: len(before) - 1] == before[:-1]
    assert journal.verify().fault is None
    assert journal.about_person(key).first().what == "people.erased"


# ------------------------------------------------------------------ what the code may write in it


def lines_written():
    """Every `journal.write(…)` of the house: the file, the word, the names of the facts."""
    for file in python("allervers"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "journal.write":
                yield file, literal(node.args[0]), {keyword.arg for keyword in node.keywords}


def literal(node):
    """The word written, with "x" where it is filled in."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


def test_each_line_is_named_by_its_step_and_what_happened():
    for file, what, _ in lines_written():
        step = place(file).split("/")[1]
        assert re.fullmatch(rf"{step}\.[a-z]+(_[a-z]+)*", what), f"{place(file)}: {what}"


NEVER = {"name", "full_name", "username", "phone", "email", "address", "said", "text", "words", "note", "why"}


def test_no_line_carries_a_fact_that_would_be_somebody_s_words():
    assert [(place(file), what, facts & NEVER) for file, what, facts in lines_written() if facts & NEVER] == []


SEVERAL = {"people.listed", "people.searched", "people.compared", "people.named"}


def test_each_line_about_a_table_of_persons_says_which_person():
    """Else the person could not be told who did what about them. Lists of several are one line, with their purpose."""
    told = [line for line in lines_written() if line[1].split(".")[0] in {"people", "accompaniment"}]
    assert {what for _, what, facts in told if "person" not in facts} == SEVERAL
    assert [what for _, what, facts in told if what in SEVERAL and "purpose" not in facts] == []


def test_there_are_lines_to_look_at():
    assert len(list(lines_written())) > 40
