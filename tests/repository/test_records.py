"""What every table promises."""

import pytest
from django.apps import apps
from django.db import models

from scripts import documents

MODELS = [model for app in documents.our_apps() for model in app.get_models(include_auto_created=False)]
PERSON, AGENT = apps.get_model("people.Person"), apps.get_model("accounts.Agent")
ABOUT_PEOPLE = {"accounts", "people", "encounters", "accompaniment"}
ABOUT_NOBODY = {"accounts.Team"}  # its members are in accounts.Membership
LABEL = {"ids": lambda model: model._meta.label}


def speaks_of_somebody(model):
    points = {field.related_model for field in documents.fields_of(model) if field.is_relation}
    return model._meta.app_label in ABOUT_PEOPLE or points & {PERSON, AGENT}


PERSONAL = [model for model in MODELS if speaks_of_somebody(model) and model._meta.label not in ABOUT_NOBODY]


@pytest.mark.parametrize("model", PERSONAL, **LABEL)
def test_every_personal_field_says_why_we_keep_it_and_until_when(model):
    assert set(model.PRIVACY) == {field.name for field in documents.fields_of(model)}
    assert [name for name, reason in model.PRIVACY.items() if not all(reason.partition(" ; ")[::2])] == []


def test_the_list_of_personal_tables_is_not_empty():
    assert {"people.Person", "encounters.Encounter", "accompaniment.Claim"} <= {m._meta.label for m in PERSONAL}


@pytest.mark.parametrize("model", MODELS, **LABEL)
def test_every_constraint_says_in_french_what_is_wrong(model):
    for constraint in model._meta.constraints:
        message = str(constraint.violation_error_message)
        assert message != models.BaseConstraint.default_violation_error_message
        assert message.endswith((".", "?"))
        assert message[0].isupper()


@pytest.mark.parametrize("model", MODELS, **LABEL)
def test_every_field_is_named_in_french_where_it_is_shown(model):
    if model._meta.app_label == "base":
        return  # the journal is read by its codes
    unnamed = [f.name for f in model._meta.fields if f.verbose_name == f.name.replace("_", " ")]
    assert set(unnamed) <= SAME_IN_FRENCH | {"id"}


SAME_IN_FRENCH = {
    "agent",
    "code",
    "commune",
    "description",
    "latitude",
    "licence",
    "longitude",
    "publics",
    "service",
    "source",
}

# What disappears with what it hangs on. Everything else is protected.
GOES_WITH = {
    ("territory.Figure", "area"),
    ("territory.Service", "partner"),
    ("people.Fact", "person"),
    ("people.Agreement", "person"),
    ("people.Refusal", "person"),
    ("people.Saying", "person"),
    ("people.CloseOne", "person"),
    ("encounters.Assessment", "person"),
    ("encounters.RightFound", "assessment"),
    ("accompaniment.Claim", "journey"),
    ("accompaniment.Event", "claim"),
    ("accompaniment.Step", "journey"),
    ("accompaniment.Step", "claim"),
}
# What stays, without saying whose it was: dates and claims, for the figures.
LETS_GO = {
    ("accompaniment.Claim", "assessment"),
    ("accompaniment.Journey", "agreement"),
    ("accompaniment.Journey", "person"),
}


def links(on_delete):
    return {
        (model._meta.label, field.name)
        for model in MODELS
        for field in model._meta.fields
        if field.is_relation and field.remote_field.on_delete is on_delete
    }


def test_nothing_disappears_unless_it_was_decided():
    assert links(models.CASCADE) == GOES_WITH
    assert links(models.SET_NULL) == LETS_GO
    assert links(models.DO_NOTHING) | links(models.SET_DEFAULT) == set()


def test_nothing_stands_in_the_way_of_erasing_a_person():
    """Only a reunited record does: it is erased first."""
    protected = {
        (model._meta.label, field.name)
        for model in MODELS
        for field in model._meta.fields
        if field.related_model is PERSON and field.remote_field.on_delete is models.PROTECT
    }
    assert protected == {("people.Person", "merged_into")}


@pytest.mark.parametrize("model", MODELS, **LABEL)
def test_who_goes_with_when(model):
    """A `…_by` that may be empty has its `…_at`, and a constraint holds them together."""
    names = {field.name for field in model._meta.fields}
    signed = [field.name for field in model._meta.fields if field.related_model is AGENT and field.null]
    pairs = [name.removesuffix("_by") for name in signed if name.endswith("_by")]
    assert [stem for stem in pairs if f"{stem}_at" not in names] == []
    held = str([constraint.deconstruct() for constraint in model._meta.constraints])
    assert [stem for stem in pairs if f"{stem}_by" not in held] == []


SCORES = ("score", "risk", "rank", "rating", "priority", "grade")
SECRETS = ("nir", "social_security", "ssn", "numero_secu")


@pytest.mark.parametrize("model", MODELS, **LABEL)
def test_nobody_is_scored_and_no_social_security_number_is_kept(model):
    names = [field.name for field in documents.fields_of(model)]
    assert [name for name in names if name.startswith(SCORES) or name.endswith(SCORES) or name in SECRETS] == []
