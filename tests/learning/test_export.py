"""What leaves: readable by a spreadsheet, defined, and telling nobody's small number."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allervers.learning.definitions import ALL
from allervers.learning.export import HIDDEN, export_csv, published
from allervers.learning.figures import figures
from allervers.learning.report import annual_report
from allervers.learning.scope import SPLITS
from tests.factories.accompaniment import ClaimFactory, JourneyFactory, open_right
from tests.factories.accounts import AgentFactory, TeamFactory
from tests.factories.encounters import EncounterFactory
from tests.factories.outreach import OutingFactory
from tests.factories.territory import AreaFactory
from tests.harness.effort import examples
from tests.learning import lives
from tests.learning.lives import PERIOD, TODAY, gestures
from tests.learning.test_figures import life

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(at):
    at(TODAY)


@pytest.fixture
def world():
    return lives.world()


def table_of(found):
    rows = list(csv.reader(io.StringIO(export_csv(found)), delimiter=";"))
    head = next(n for n, row in enumerate(rows) if row and row[1:2] == [found.shown[0].label])
    end = rows.index([], head)
    return {row[0]: dict(zip(rows[head][1:], row[1:], strict=True)) for row in rows[head + 1 : end]}


def test_the_few_are_hidden_and_so_is_the_neighbour_that_would_give_them_away():
    for name, count in (("Aspet", 3), ("Cadours", 12), ("Toulouse", 40)):
        EncounterFactory(area=AreaFactory(name=name), anonymous_count=count)
    table = table_of(figures(period=PERIOD, split="area"))
    met = {name: row["Personnes rencontrées"] for name, row in table.items()}
    assert met == {"Aspet": HIDDEN, "Cadours": HIDDEN, "Toulouse": "40", "Total": "55"}


def test_an_amount_is_hidden_with_the_few_it_belongs_to():
    open_right(ClaimFactory(journey=JourneyFactory()))
    table = table_of(figures(period=PERIOD))
    assert table["Total"]["€ par mois ouverts"] == HIDDEN
    assert table["Total"]["De la rencontre au droit ouvert (jours)"] == ""
    assert table["Total"]["Du dépôt à l'accord (jours)"] == HIDDEN


def test_amounts_are_written_as_a_french_spreadsheet_reads_them():
    for _ in range(5):
        open_right(ClaimFactory(journey=JourneyFactory()), amount=Decimal("100.50"))
    assert table_of(figures(period=PERIOD))["Total"]["€ par mois ouverts"] == "502,50"


def test_a_place_named_like_a_formula_is_only_a_name():
    EncounterFactory(area=AreaFactory(name="=1+1"))
    assert "'=1+1" in table_of(figures(period=PERIOD, split="area"))


def test_each_column_leaves_with_what_it_counts():
    text = export_csv(figures(period=PERIOD))
    assert all(one.says in text.replace('""', '"') for one in ALL)


@settings(max_examples=examples(6), deadline=None, suppress_health_check=list(HealthCheck))
@given(gestures, st.sampled_from(sorted(SPLITS)))
def test_no_column_that_leaves_lets_a_small_number_be_worked_out(world, told, split):
    with life(world, told):
        table = published(figures(period=PERIOD, split=split))
    for one in table.columns:
        cells = [row.cells[one.id] for row in table.rows]
        if one.about_people and one.unit == "count":
            assert not any(cell in (1, 2, 3, 4) for cell in (*cells, table.total.cells[one.id]))
            if table.total.cells[one.id] != HIDDEN and not one.sum_of:
                assert cells.count(HIDDEN) != 1
        for part in one.sum_of:
            for row in (*table.rows, table.total):
                assert row.cells[part] != HIDDEN or row.cells[one.id] == HIDDEN


def test_the_annual_report_says_what_was_done_what_came_of_it_what_was_hard(at):
    from allervers.outreach import ops as outreach

    outing = OutingFactory()
    at(outing.ends_at)
    by = outing.prepared_by
    outreach.debrief_outing(outing=outing, was_hard="Le vent.", presence_minutes=150, by=by)
    EncounterFactory(by=by, outing=outing, anonymous_count=2)
    report = annual_report(PERIOD, by=by)
    assert [(one.kind, one.outings, one.minutes) for one in report.actions] == [("stand sur un marché", 1, 150)]
    assert [one.was_hard for one in report.debriefs] == ["Le vent."]
    assert report.results[""].total.cells["met"] == HIDDEN
    assert report.grant
    elsewhere = annual_report(PERIOD, by=AgentFactory(teams=[TeamFactory()]))
    assert (elsewhere.debriefs, elsewhere.unread) == ([], 1)
