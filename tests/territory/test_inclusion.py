"""data·inclusion: structures, then their services; what was corrected here stays."""

import csv
import io
import json

import pytest

from allervers.base import clock
from allervers.base.errors import Refused
from allervers.territory import imports, ops
from allervers.territory.models import Partner, Service
from tests.conftest import morning_of
from tests.factories.accounts import administrator
from tests.factories.territory import AreaFactory
from tests.territory import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_known_day(at):
    at("2026-06-02")


def bring(rows, kind="structures", **asked):
    file = rows if isinstance(rows, io.BytesIO) else files.as_json(rows)
    return imports.carry_out(**{"file": file, "filename": "f", "kind": kind, "by": administrator(), **asked})


def look(rows, kind="structures", **asked):
    return imports.preview(files.as_json(rows), **{"filename": "f", "kind": kind, **asked})


def counts(done) -> tuple[int, int, int]:
    return done.created, done.changed, done.unchanged


def as_csv(*rows) -> io.BytesIO:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows({k: json.dumps(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows)
    return io.BytesIO(text.getvalue().encode())


def test_a_structure_becomes_a_partner_of_its_commune():
    area = AreaFactory(code="97101")
    assert counts(bring([files.structure()])) == (1, 0, 0)
    partner = Partner.objects.get()
    assert (partner.name, partner.area, partner.network, partner.opening_hours) == (
        "Maison inventée", area, "ccas-cias", "Mo-Fr 09:00-12:00",
    )  # fmt: skip
    assert partner.address == "1 rue du Test, 97110 Commune-Inventée-Une"
    assert str(partner.source).startswith("Plateforme de l'inclusion")


def test_a_structure_of_a_commune_nobody_knows_comes_in_without_it():
    bring([files.structure()])
    assert Partner.objects.get().area is None


def test_services_join_their_structure():
    bring([files.structure()])
    assert counts(bring([files.service()], kind="services")) == (1, 0, 0)
    service = Service.objects.get()
    assert (service.partner, service.publics, service.eligible_codes) == (
        Partner.objects.get(), ["tous-publics"], ["97101"],
    )  # fmt: skip


def test_a_service_of_a_structure_nobody_knows_is_refused():
    preview = look([files.service()], kind="services")
    assert "importez d'abord le fichier des structures" in preview.faults[0]


@pytest.mark.parametrize("kind", ["structures", "services"])
def test_the_same_file_again_changes_nothing(kind):
    bring([files.structure()])
    rows = [files.structure()] if kind == "structures" else [files.service()]
    bring(rows, kind=kind)
    assert counts(bring(rows, kind=kind)) == (0, 0, 1)


def test_a_row_updated_since_changes_what_is_known():
    bring([files.structure()])
    later = files.structure(nom="Maison renommée", date_maj="2026-05-30")
    assert counts(bring([later])) == (0, 1, 0)
    assert Partner.objects.get().name == "Maison renommée"


def test_a_correction_made_here_outlives_an_older_row():
    bring([files.structure()])
    ops.correct_partner(partner=Partner.objects.get(), name="Corrigée ici", by=administrator())
    assert counts(bring([files.structure()])) == (0, 0, 1)
    assert Partner.objects.get().name == "Corrigée ici"
    with clock.at(morning_of("2026-07-01")):
        bring([files.structure(date_maj="2026-06-20")])
    assert Partner.objects.get().name == "Maison inventée"


@pytest.mark.parametrize("wrapped", [lambda rows: {"structures": rows}, lambda rows: {"items": rows}, list])
def test_json_comes_alone_or_in_a_document(wrapped):
    assert counts(bring(wrapped([files.structure()]))) == (1, 0, 0)


def test_csv_says_the_same_as_json():
    assert counts(bring(as_csv(files.structure()))) == (1, 0, 0)
    assert counts(bring([files.structure()])) == (0, 0, 1)
    assert counts(bring(as_csv(files.service()), kind="services")) == (1, 0, 0)
    assert counts(bring([files.service()], kind="services")) == (0, 0, 1)


def test_an_id_of_the_older_schema_is_the_same_structure():
    bring([files.structure()])
    assert counts(bring([files.structure(id="1")])) == (0, 0, 1)


def test_only_the_structures_of_the_departement_come_in_and_only_their_services():
    rows = [
        files.structure(),
        files.structure(id="annuaire-invente--2", code_insee="31555"),
        files.structure(id="annuaire-invente--3", code_insee=None),
    ]
    assert counts(bring(rows, departements=["31"])) == (1, 0, 0)
    services = [files.service(), files.service(id="annuaire-invente--s2", structure_id="annuaire-invente--2")]
    assert counts(bring(services, kind="services", departements=["31"])) == (1, 0, 0)
    assert Service.objects.get().partner.external_id == "annuaire-invente--2"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"nom": ""}, "Ligne 1, colonne nom : une valeur est attendue ; on a lu rien."),
        ({"nom": "x" * 201}, "colonne nom : 200 caractères au plus"),
        ({"date_maj": "27/04/2026"}, "colonne date_maj : une date est attendue (2026-04-27) ; on a lu « 27/04/2026 »"),
        ({"date_maj": "2027-01-01"}, "colonne date_maj : une date passée est attendue"),
        ({"code_insee": "310"}, "colonne code_insee : un code INSEE de commune"),
        ({"latitude": 143.6}, "colonne latitude : un nombre de degrés de -90 à 90"),
        ({"longitude": "est"}, "colonne longitude : un nombre de degrés"),
        ({"courriel": "pas une adresse"}, "colonne courriel : une adresse de courriel est attendue"),
        ({"site_web": "http://"}, "colonne site_web"),
        ({"telephone": "0" * 41}, "colonne telephone : 40 caractères au plus"),
    ],
)
def test_a_fault_names_its_line_its_column_what_was_expected_and_what_came(others, said):
    preview = look([files.structure(**others)])
    assert preview.refused == 1
    assert said in " ".join(preview.faults)


def test_an_id_twice_in_the_file_is_refused_the_second_time():
    preview = look([files.structure(), files.structure()])
    assert (preview.created, preview.refused) == (1, 1)
    assert "déjà ligne 1" in preview.faults[0]


def test_a_row_that_is_no_object_is_refused_alone():
    done = bring([files.structure(), "coucou"])
    assert (counts(done), done.faults) == ((1, 0, 0), ["Ligne 2 : un objet est attendu ; on a lu rien."])


def test_half_a_point_places_nothing():
    bring([files.structure(longitude=None)])
    assert Partner.objects.get().latitude is None


def test_a_site_without_https_is_given_it():
    bring([files.structure(site_web="exemple.fr")])
    assert Partner.objects.get().website == "https://exemple.fr"


@pytest.mark.parametrize(("kind", "row"), [("services", files.structure()), ("structures", {"nom": "x"})])
def test_a_file_of_another_kind_says_what_it_lacks(kind, row):
    with pytest.raises(Refused, match="Il manque des colonnes") as refusal:
        look([row], kind=kind)
    assert "Colonnes lues" in refusal.value.remedy


def test_a_preview_writes_nothing():
    preview = look([files.structure()])
    assert (preview.created, preview.first[0]["nom"]) == (1, "Maison inventée")
    assert not Partner.objects.exists()
