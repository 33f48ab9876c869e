"""A wrong file of the catalogue says which file, which line of it, what was expected and what came, in French."""

import pytest
import yaml

from allervers.rights.catalogue import FOLDER, CatalogueFault
from allervers.rights.catalogue.right import read_right


@pytest.fixture
def spoil(tmp_path):
    """Write the RSA's file with something changed, and give the fault that reading it raises."""

    def write(change):
        content = yaml.safe_load((FOLDER / "rsa.yaml").read_text(encoding="utf-8"))
        change(content)
        path = tmp_path / "rsa.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        with pytest.raises(CatalogueFault) as caught:
            read_right(path)
        return str(caught.value)

    return write


def test_a_missing_heading_is_named_with_its_path(spoil):
    assert spoil(lambda right: right["claim"].pop("how")) == "rsa.yaml : claim.how : il manque cette rubrique"


def test_an_unknown_heading_is_refused(spoil):
    assert "montant : rubrique inconnue du catalogue" in spoil(lambda right: right.update(montant=600))


def test_a_mark_that_does_not_exist_is_refused_with_those_that_do(spoil):
    message = spoil(lambda right: right["sources"][0].update(mark="Z"))
    assert "sources.0.mark" in message
    assert "'S'" in message
    assert "reçu « Z »" in message
    assert " or " not in message


def test_every_fault_is_told_at_once(spoil):
    def change(right):
        right["claim"].pop("how")
        right["names"]["plain"] = ""

    assert len(spoil(change).splitlines()) == 2


def test_a_computed_right_may_not_write_the_rule_again(spoil):
    rule = {"says": "Avoir 25 ans.", "fact": "people.age", "op": "at_least", "value": 25}
    message = spoil(lambda right: right.update(conditions=[rule]))
    assert "la règle serait écrite deux fois" in message


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"fact": "home.rent", "op": "below"},
        {"fact": "home.rent", "op": "below", "value": 3, "unwritten": True},
        {"fact": "home.status", "op": "in", "value": "tenant"},
        {"fact": "home.status", "op": "is", "value": ["tenant"]},
    ],
)
def test_a_condition_has_one_shape(spoil, shape):
    def change(right):
        right.update(computed=None, conditions=[{"says": "Une condition.", **shape}])

    assert "conditions.0 : " in spoil(change)


def test_a_file_bears_the_name_of_its_right(spoil):
    assert "attendu « rsa »" in spoil(lambda right: right.update(id="rmi"))


def test_a_file_that_is_not_yaml_says_so(tmp_path):
    path = tmp_path / "rsa.yaml"
    path.write_text("names: [", encoding="utf-8")
    with pytest.raises(CatalogueFault, match="ce n'est pas du YAML lisible"):
        read_right(path)


def test_a_file_without_headings_says_so(tmp_path):
    path = tmp_path / "rsa.yaml"
    path.write_text("- rsa", encoding="utf-8")
    with pytest.raises(CatalogueFault, match="attendu un groupe de rubriques"):
        read_right(path)
