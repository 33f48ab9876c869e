"""On a phone, a table becomes cards: nothing of them is cut, whatever the size of the text."""

from pathlib import Path

import pytest

import allervers.web.desk
from tests.harness import accessibility
from tests.journeys.conftest import PHONE

CSS = (Path(allervers.web.desk.__file__).parent / "static/desk/desk.css").read_text()
LABEL = "Habitants des ménages fiscaux, comptés chaque année (personnes)"
PAGE = """<!doctype html><meta name="viewport" content="width=device-width"><style>{css}</style>
<main><div class="scroll"><table class="stack"><thead><tr><th>Commune</th></tr></thead><tbody>
<tr><th scope="row">Saint-Gaudens</th><td class="number" data-label="{label}"><a href="/">17\u202f753</a></td>
<td class="number" data-label="Ici">24\u202f126 personnes</td>
<td data-label="Source">INSEE, Filosofi, reçu le 2 septembre 2026</td></tr></tbody></table></div></main>"""
CUT = "table.stack td.number::before { flex: none; white-space: nowrap; }"
SIZES = ["100%", "200%"]


@pytest.fixture
def cards(chromium):
    context = chromium.new_context(**PHONE)
    page = context.new_page()

    def shown(css=CSS):
        page.set_content(PAGE.format(css=css, label=LABEL))
        return page

    yield shown
    context.close()


@pytest.mark.parametrize("text", SIZES)
def test_a_long_label_wraps_beside_a_whole_number(cards, text):
    page = cards()
    assert accessibility.overflows(page, text=text) == []
    page.evaluate("size => { document.documentElement.style.fontSize = size }", text)
    assert page.locator("td.number a").evaluate("number => number.getClientRects().length") == 1


@pytest.mark.parametrize("text", SIZES)
def test_a_card_that_scrolls_inside_its_box_is_reported(cards, text):
    faults = accessibility.overflows(cards(CSS + CUT), text=text)
    assert len(faults) == 1
    assert LABEL in faults[0]
