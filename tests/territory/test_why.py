"""Why here: sentences that are literally true, and what is not known."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.territory.indicators import INDICATORS, SHOWN_FIRST
from allervers.territory.models import Area
from allervers.territory.reading import latest_figures
from allervers.territory.why import NEVER_KNOWN, compared, stands_out, why_here
from tests.factories.territory import AreaFactory, FigureFactory, PlaceFactory, SourceFactory

RATE = INDICATORS["poverty_rate"]
values = st.decimals(0, 100, places=1)


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


def with_rates(*rates):
    """Communes with these poverty rates, from one source."""
    source = SourceFactory()
    return [FigureFactory(value=None if r is None else Decimal(r), source=source).area for r in rates]


# ---------------------------------------------------------------- comparing


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (26, "le plus élevé du territoire"),
        (10, "plus élevé que dans 9 communes sur 10 du territoire"),
        (8.5, "plus élevé que dans 3 communes sur 4 du territoire"),
        (8, "plus élevé que dans 2 communes sur 3 du territoire"),
        (6, "plus élevé que dans la moitié des communes du territoire"),
        (3, "plus bas que dans 2 communes sur 3 du territoire"),
        (0, "le plus bas du territoire"),
    ],
)
def test_a_value_is_compared_in_plain_words(value, words):
    assert compared(RATE, Decimal(value), [Decimal(n) for n in range(1, 11)]) == words


def test_a_share_agrees_in_gender():
    share = INDICATORS["minimum_benefits_share"]
    assert compared(share, Decimal(9), [Decimal(n) for n in range(5)]) == "la plus élevée du territoire"


def test_among_equals_nothing_stands_out():
    assert compared(RATE, Decimal(5), [Decimal(5)] * 8) == "vers le milieu du territoire"
    assert not stands_out(RATE, Decimal(5), [Decimal(5)] * 8)


def test_with_too_few_to_compare_with_nothing_is_said():
    assert compared(RATE, Decimal(50), [Decimal(1)] * 3) == ""


SHARES = {"9 communes sur 10": (9, 10), "3 communes sur 4": (3, 4), "2 communes sur 3": (2, 3), "moitié": (1, 2)}


@given(values, st.lists(values, min_size=4, max_size=30))
def test_what_is_said_of_a_value_is_literally_true(value, others):
    words = compared(RATE, value, others)
    lower = Fraction(sum(o < value for o in others), len(others))
    higher = Fraction(sum(o > value for o in others), len(others))
    part = lower if "élevé" in words else higher
    if words.startswith("le plus"):
        assert part == 1
    elif "milieu" in words:
        assert lower < Fraction(1, 2) and higher < Fraction(1, 2)
    else:
        [least] = [Fraction(*share) for said, share in SHARES.items() if said in words]
        assert part >= least


# ---------------------------------------------------------------- saying


@pytest.mark.django_db
def test_figures_are_said_with_their_rank_and_their_source():
    here, *_ = with_rates(23, 10, 11, 12, 13)
    sentences = why_here(here)
    assert sentences[0] == (
        "Taux de pauvreté : 23\u00a0%, le plus élevé du territoire (Institut inventé, Revenus inventés (2021))."
    )
    assert sentences[-1] == NEVER_KNOWN


@pytest.mark.django_db
def test_a_figure_not_published_is_said_missing_never_zero():
    here, *_ = with_rates(None, 10, 11, 12, 13)
    text = " ".join(why_here(here))
    assert (
        "Non publié ici (secret statistique : trop peu de ménages), ce qui n'est pas zéro : taux de pauvreté." in text
    )
    assert "0\u00a0%" not in text


@pytest.mark.django_db
def test_an_area_without_any_figure_says_so():
    assert "Aucun chiffre n'est connu ici" in " ".join(why_here(AreaFactory()))


@pytest.mark.django_db
def test_a_figure_not_imported_is_not_said_secret():
    [here] = with_rates(10)
    text = " ".join(why_here(here))
    assert "Pas dans les fichiers importés : habitants des ménages fiscaux, niveau de vie médian et part" in text
    assert "Non publié" not in text


@pytest.mark.django_db
def test_old_figures_are_said_old():
    [here] = with_rates(10)
    assert "Ces chiffres sont de 2021" in " ".join(why_here(here))


@pytest.mark.django_db
def test_a_figure_that_stands_out_is_said_even_when_it_is_not_shown_first():
    here, *others = with_rates(10, 10, 10, 10, 10)
    source = SourceFactory(reference_period="2022")
    FigureFactory(area=here, indicator="poverty_over_75", value=Decimal(30), source=source)
    for other in others:
        FigureFactory(area=other, indicator="poverty_over_75", value=Decimal(5), source=source)
    said = "Pauvreté des ménages de 75 ans et plus : 30\u00a0%, la plus élevée du territoire"
    assert any(said in sentence for sentence in why_here(here))
    assert not any("75 ans" in sentence for sentence in why_here(others[0]))


@pytest.mark.django_db
def test_the_latest_figure_is_the_one_said():
    here = AreaFactory()
    for year, value in (("2022", 20), ("2018", 30)):
        FigureFactory(area=here, value=Decimal(value), source=SourceFactory(reference_period=year))
    assert latest_figures([here])[here.pk]["poverty_rate"].value == 20


@pytest.mark.django_db
def test_a_commune_is_compared_with_those_of_its_departement_only():
    source = SourceFactory()
    for n in range(5):
        FigureFactory(area=AreaFactory(code=f"3100{n}"), value=Decimal(10 + n), source=source)
        FigureFactory(area=AreaFactory(code=f"8100{n}"), value=Decimal(50 + n), source=source)
    assert "le plus élevé du territoire" in why_here(Area.objects.get(code="31004"))[0]


@pytest.mark.django_db
def test_places_are_said_with_those_to_check():
    area = AreaFactory()
    PlaceFactory(name="Marché du pont", area=area, opening_hours="samedi matin", checked_on=date(2026, 5, 1))
    PlaceFactory(name="Halle", area=AreaFactory(code="973010101", commune=AreaFactory(code="97301")))
    text = " ".join(why_here(area))
    assert "On y vient déjà : Marché du pont (samedi matin)." in text
    assert "À vérifier" not in text
    assert "On y vient déjà : Halle. À vérifier" in " ".join(why_here(Area.objects.get(code="97301")))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "Aucune de nos sorties n'est notée ici."),
        ([date(2026, 6, 30)], "Aucune de nos sorties n'est notée ici."),
        ([date(2026, 6, 2)], "Une sortie ici ; la dernière aujourd'hui, le 2 juin 2026."),
        ([date(2026, 5, 21), date(2026, 4, 1)], "2 sorties ici ; la dernière il y a 12 jours, le 21 mai 2026."),
    ],
)
def test_our_own_past_is_said(days, said):
    assert said in why_here(AreaFactory(), past_outings=days)


@pytest.mark.django_db
def test_no_sentence_gives_a_score():
    here, *_ = with_rates(23, 10, 11, 12, 13)
    text = " ".join(why_here(here)).lower()
    assert not any(word in text for word in ("score", "priorité", "priorit", "risque", "/10", "points"))


@pytest.mark.django_db
def test_the_table_of_the_territory_asks_as_much_for_one_as_for_ten(django_assert_num_queries):
    for rates in ([1], range(9)):
        areas = with_rates(*rates)
        with django_assert_num_queries(1):
            [str(f.source) for known in latest_figures(areas).values() for f in known.values()]


# ---------------------------------------------------------------- what each figure means


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
def test_each_figure_says_what_it_is_its_unit_its_column_and_what_it_does_not_say(indicator):
    assert indicator.label and indicator.unit and indicator.columns
    assert indicator.explains.endswith(".")
    assert "ne vaut pas zéro" in indicator.caveat
    assert indicator.lowest < indicator.highest


def test_no_column_of_insee_feeds_two_figures():
    columns = [column for indicator in INDICATORS.values() for column in indicator.columns]
    assert len(columns) == len(set(columns))


def test_the_figures_shown_first_are_few():
    assert [indicator.code for indicator in SHOWN_FIRST] == [
        "population", "median_living_standard", "poverty_rate", "minimum_benefits_share",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "value", "written"),
    [
        ("median_living_standard", Decimal("20430.083"), "20\u202f430\u00a0€ par an"),
        ("minimum_benefits_share", Decimal("2.4"), "2,4\u00a0% des revenus"),
        ("poverty_rate", None, "non publié"),
    ],
)
def test_a_figure_is_written_as_the_french_write_it(code, value, written):
    assert INDICATORS[code].written(value) == written
