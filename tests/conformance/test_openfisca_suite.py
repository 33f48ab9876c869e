"""The suite tells a test that our corrections move from one that the door breaks."""

from pathlib import Path

import pytest

from tests.conformance import openfisca_source, openfisca_suite
from tests.conformance.openfisca_suite import Line, lines_of, report, run, wanted

FAMILY = """
    famille: {parents: [p, q], enfants: [k]}
    foyer_fiscal: {declarants: [p, q], personnes_a_charge: [k]}
    menage: {personne_de_reference: p, conjoint: q, enfants: [k]}
    individus:
      p: {age: 40}
      q: {age: 40}
      k: {age: 9, handicap: true, aeeh_niveau_handicap: %d}
"""
TESTS = f"""
- name: category 1, right in OpenFisca
  period: 2012-01
  absolute_error_margin: 0.03
  input: {FAMILY % 1}
  output: {{aeeh: 395.04 * (.32 + .24)}}
- name: category 4, shifted in OpenFisca
  period: 2012-01
  absolute_error_margin: 0.03
  input: {FAMILY % 4}
  output: {{aeeh: 395.04 * (.32 + .92)}}
- name: a figure nobody gives
  period: 2012-01
  input: {FAMILY % 1}
  output: {{aeeh: 1}}
- name: a wage is no benefit
  period: 2012-01
  input: {FAMILY % 1}
  output: {{salaire_de_base: 0}}
- name: a test that cannot be read
  period: 2012-01
  input: {{nothing: 1}}
  output: {{aeeh: 1}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "formulas").mkdir()
    (tmp_path / "formulas" / "aeeh.yaml").write_text(TESTS)
    (tmp_path / "formulas" / "other.yaml").write_text("[]")
    return tmp_path


def test_each_test_has_its_outcome_and_each_move_its_correction(root: Path) -> None:
    lines = lines_of(root, root / "formulas" / "aeeh.yaml")

    assert [(line.outcome, line.because) for line in lines] == [
        ("agrees", ()),
        ("corrected", ("aeeh-complements",)),
        ("openfisca", ()),
        ("broken", ()),
    ]
    assert "aeeh@2012-01 = 689.62 instead of" in lines[1].faults[0]


def test_files_are_chosen_by_name_and_what_is_known_is_not_run_again(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openfisca_suite, "CACHE", tmp_path)
    monkeypatch.setattr(openfisca_suite, "in_parallel", lambda _, files: [(f"formulas/{files[0].name}", [LINE])])
    files = wanted(root, only="aeeh")

    first = list(run(root, files))
    monkeypatch.setattr(openfisca_suite, "in_parallel", lambda _, files: [] if not files else pytest.fail("run again"))

    assert [file.name for file in files] == ["aeeh.yaml"]
    assert first == list(run(root, files)) == [[LINE]]


LINE = Line("formulas/aeeh.yaml", "category 4", "corrected", ("aeeh-complements",), ("aeeh = 1 instead of 2",))


def test_the_report_names_what_moves_a_test_and_counts() -> None:
    told = report([LINE, Line("formulas/aeeh.yaml", "category 1", "agrees")], 1, 3.2)

    assert "corrected: formulas/aeeh.yaml: category 4: aeeh = 1 instead of 2 [aeeh-complements]" in told
    assert "2 tests of 1 files" in told
    assert "1 by aeeh-complements" in told


def test_a_source_that_is_not_the_locked_one_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openfisca_source, "CACHE", tmp_path)
    archive = tmp_path / "openfisca_france-176.1.8.tar.gz"
    archive.write_bytes(b"something else")

    with pytest.raises(RuntimeError, match=r"not the file of uv\.lock"):
        openfisca_source.fetch("176.1.8")

    assert not archive.exists()
