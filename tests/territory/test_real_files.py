"""The real files of INSEE, when they lie beside the repository (open data, never committed)."""

from decimal import Decimal
from time import perf_counter

import pytest

from allervers.base.errors import Refused
from allervers.territory import imports
from allervers.territory.models import Area, Figure
from allervers.territory.why import why_here
from tests.factories.accounts import administrator
from tests.territory.files import INSEE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not INSEE.exists(), reason=f"The files of INSEE are not in {INSEE.parent.name}/{INSEE.name}."),
]

PUBLISHED = [  # Filosofi 2016: population, median living standard, poverty rate, share of minimum benefits
    ("31555", "Toulouse", 405298, 20430, 19, "3.0"),
    ("31483", "Saint-Gaudens", 11068, 17991, 23, "4.6"),
    ("31390", "Montréjeau", 2468, 16689, 26, "5.8"),
    ("31048", "Baziège", 3350, 22615, None, "1.1"),
    ("31020", "Aspet", 886, 17753, None, None),
]


@pytest.fixture
def haute_garonne():
    """The département, imported."""
    name = "filosofi_communes_2016.parquet"
    with (INSEE / name).open("rb") as file:
        return imports.carry_out(file=file, filename=name, kind="filosofi", departements=["31"], by=administrator())


def test_the_communes_of_the_departement_come_in_as_published(haute_garonne):
    assert (haute_garonne.rows, haute_garonne.created, haute_garonne.faults) == (34932, 586, [])
    for code, name, *published in PUBLISHED:
        assert Area.objects.get(code=code).name == name
        for indicator, value in zip(
            ("population", "median_living_standard", "poverty_rate", "minimum_benefits_share"), published, strict=True
        ):
            kept = Figure.objects.get(area__code=code, indicator=indicator).value
            assert (kept is None) == (value is None)
            assert value is None or abs(kept - Decimal(value)) <= Decimal("0.5")


def test_montrejeau_stands_out_and_aspet_is_not_known(haute_garonne):
    said = " ".join(why_here(Area.objects.get(code="31390")))
    assert "Taux de pauvreté : 26\u00a0%, " in said and "plus élevé" in said
    assert "2016 : beaucoup a pu changer" in said
    unknown = " ".join(why_here(Area.objects.get(code="31020")))
    assert "ce qui n'est pas zéro : taux de pauvreté et part des minima sociaux" in unknown


def test_the_same_file_again_changes_nothing(haute_garonne):
    with (INSEE / "filosofi_communes_2016.parquet").open("rb") as file:
        again = imports.preview(file, filename="f", kind="filosofi", departements=["31"])
    assert (again.created, again.changed, again.unchanged, again.outside) == (0, 0, 586, 34346)


def test_the_whole_of_france_is_previewed_in_seconds_without_a_fault():
    start = perf_counter()
    with (INSEE / "filosofi_communes_2016.parquet").open("rb") as file:
        preview = imports.preview(file, filename="f", kind="filosofi")
    assert (preview.rows, preview.created, preview.refused) == (34932, 34932, 0)
    assert perf_counter() - start < 60


def test_the_quarters_of_paris_come_in_with_their_districts():
    with (INSEE / "iris_paris_2017.parquet").open("rb") as file:
        done = imports.carry_out(file=file, filename="f", kind="filosofi", by=administrator())
    assert (done.rows, done.created, done.faults) == (871, 871, [])
    assert Area.objects.get(code="751010201").commune.name == "Paris 1er Arrondissement"
    assert Figure.objects.get(area__code="751010201", indicator="poverty_rate").value == Decimal("14.1")
    assert Figure.objects.get(area__code="751010202", indicator="poverty_rate").value is None


def test_a_file_of_another_kind_is_refused():
    with (INSEE / "bpe_31_2018.parquet").open("rb") as file, pytest.raises(Refused, match="Filosofi"):
        imports.preview(file, filename="f", kind="filosofi")
