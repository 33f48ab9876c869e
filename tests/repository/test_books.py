"""The books that are written from the code, and the ops they list."""

import inspect
import re

import pytest

from allervers.base.ops import ALL
from scripts import documents
from tests.repository.files import place, tracked

documents.load()
DOCS = documents.ROOT / "docs"


@pytest.mark.parametrize("name", ["ops.md", "register.md", "words.md", "map.md"])
def test_a_book_says_what_the_code_does(name):
    assert (DOCS / name).read_text() == documents.texts()[name], "run `make docs`"


@pytest.mark.parametrize("name", sorted(ALL))
def test_an_op_is_signed_and_called_by_name(name):
    parameters = inspect.signature(ALL[name]).parameters
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert parameters["by"].default is inspect.Parameter.empty


@pytest.mark.parametrize("name", sorted(ALL))
def test_an_op_says_in_one_line_what_it_does(name):
    line = documents.first_line(ALL[name])
    assert line.endswith(".")
    assert line[0].isupper()


def test_every_word_of_a_closed_list_is_in_the_book_of_words():
    words = (DOCS / "words.md").read_text()
    missing = [
        f"{choices.__name__}.{value}"
        for choices in documents.closed_lists()
        for value, label in choices.choices
        if f"| `{value}` | {label} |" not in words
    ]
    assert missing == []
    assert len(documents.closed_lists()) >= 15


@pytest.mark.parametrize("file", [file for file in tracked() if file.suffix == ".md"], ids=place)
def test_no_link_leads_nowhere(file):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", file.read_text())
    assert [link for link in links if not (file.parent / link).exists()] == []
