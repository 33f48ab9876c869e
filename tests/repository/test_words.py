"""What committed files must not hold: machines, registries, secrets, and the way the work was done."""

import re

import pytest

from tests.repository.files import place, tracked

HERE = "tests/repository/test_words.py"
FILES = [file for file in tracked() if place(file) not in {HERE, "uv.lock", "LICENSE"}]
SHOWN = [file for file in FILES if place(file).startswith("allervers/") or place(file).startswith("docs/guide/")]
FORBIDDEN = {
    "a path of one machine": r"(?<![\w./}])/(work|home|root|Users)/\w",
    "a registry": r"pypi\.org|pythonhosted\.org|registry\.npmjs|/simple/?\"",
    "a secret": r"-----BEGIN [A-Z ]*PRIVATE KEY|(?i:api[_-]?key|token)\s*=\s*[\"'][\w-]{20,}",
    "how it was made": r"(?i)issue #|\bissue \d|\bpull request\b|\bBRIEF\.md|\bchatgpt\b|\bclaude\b|\bLLM\b",
    "a marker of unfinished work": r"\b(TODO|FIXME|XXX|HACK)\b",
}


NEVER_SHOWN = {
    "a label that only its readers can give": r"\bFALC\b|(?i:facile à lire et à comprendre)",
    "the State's own design": r"(?i)\bdsfr\b|\bmarianne\b",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    assert found(FORBIDDEN[what], FILES) == []


@pytest.mark.parametrize("what", NEVER_SHOWN)
def test_no_screen_shows(what):
    assert found(NEVER_SHOWN[what], SHOWN) == []


def found(pattern, files):
    """Where the pattern is: file, line, words."""
    return [
        f"{place(file)}:{number}: {line.strip()[:100]}"
        for file in files
        for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_no_data_of_others_is_committed():
    heavy = [place(file) for file in tracked() if file.stat().st_size > 300_000 and file.name != "uv.lock"]
    assert heavy == []
