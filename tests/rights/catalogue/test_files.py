"""The files of the catalogue: complete, sourced, cautious, in words that anyone understands."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from allervers.rights.catalogue import FOLDER as FILES
from allervers.rights.catalogue import ORDER, Right, all_rights

RIGHTS = [pytest.param(right, id=right.id) for right in all_rights().values()]
DECLARED = {"paje_cmg", "pch", "fsl", "local_aids", "ame"}
# The rates that a publisher has measured; none exists for housing aid, APA, AAH, ASI or PCH.
MEASURED = {"rsa": 0.34, "prime_activite": 0.27, "aspa": 0.5, "css": 0.44, "energy_cheque": 0.19}
ACRONYM = re.compile(r"\b[A-ZÉ]{2,}\b")
CAUTION = re.compile(r"vérifi", re.IGNORECASE)


def cautious_parts(right: Right) -> Iterator[tuple[str, str]]:
    """(mark, sentence) of each fact of a right that carries a mark."""
    for part in (right.delay, right.duration, right.renewal, right.paid_from):
        yield part.mark, part.says
    yield right.recovered_on_estate.mark, right.recovered_on_estate.note


def sentences(right: Right) -> Iterator[str]:
    """Every sentence of a right that a person may read."""
    yield from (right.in_one_sentence, right.pays, right.decides, right.claim.place, right.claim.how)
    yield from (*right.documents, *right.limits, *right.foresee)
    yield from (says for _, says in cautious_parts(right))
    yield from (form.in_one_sentence for form in right.forms)
    yield from (condition.says for condition in right.conditions)


def test_each_right_has_its_file_and_its_place():
    assert {path.stem for path in FILES.glob("*.yaml")} == set(ORDER)
    assert list(all_rights()) == list(ORDER)
    assert len(set(ORDER)) == len(ORDER)


def test_only_what_is_not_computed_is_declared():
    assert {right.id for right in all_rights().values() if right.is_declared} == DECLARED


def test_a_declared_right_says_what_it_takes():
    assert all(all_rights()[name].conditions for name in DECLARED)


def test_the_complementary_health_cover_comes_in_two_forms():
    assert [form.id for form in all_rights()["css"].forms] == ["css_free", "css_participation"]


@pytest.mark.parametrize("right", RIGHTS)
def test_every_source_is_dated_and_can_be_found(right):
    for source in right.sources:
        assert re.search(r"\d{4}|en vigueur", source.date), source.title
        numbered = re.search(r"\d{4}[-/]\d+", f"{source.title} {source.publisher}")
        assert source.url or numbered or source.mark in ("S-JO", "C"), source.title


@pytest.mark.parametrize("right", RIGHTS)
def test_a_check_is_not_older_than_what_it_read(right):
    if right.non_take_up:
        assert right.non_take_up.retrieved_on <= right.checked_on
    assert right.checked_on.year >= 2026


@pytest.mark.parametrize("right", RIGHTS)
def test_what_was_not_checked_says_so(right):
    for mark, says in cautious_parts(right):
        if mark == "K":
            assert CAUTION.search(says), f"{right.id} : {says}"


@pytest.mark.parametrize("right", RIGHTS)
def test_plain_names_are_words_that_anyone_understands(right):
    for names in (right.names, *(form.names for form in right.forms)):
        assert not ACRONYM.search(names.plain), names.plain
        assert names.plain.lower() != names.official.lower()
        assert len(names.plain) <= 70


@pytest.mark.parametrize("right", RIGHTS)
def test_what_is_shown_is_written_in_french_and_simply(right):
    for sentence in sentences(right):
        assert sentence.rstrip().endswith((".", "?", ")")) or sentence in right.documents, sentence
        assert len(sentence) <= 260, sentence
        assert not re.search(r"\b(the|and|with|not|household|FALC|NIR)\b", sentence), sentence
        assert "lorem" not in sentence.lower()


@pytest.mark.parametrize("right", RIGHTS)
def test_each_right_says_what_may_change_it(right):
    assert right.limits
    assert right.foresee


def test_names_are_never_shared():
    rights = all_rights().values()
    official = [right.names.official for right in rights] + [f.names.official for r in rights for f in r.forms]
    plain = [right.names.plain for right in rights] + [f.names.plain for r in rights for f in r.forms]
    assert len(set(official)) == len(official)
    assert len(set(plain)) == len(plain)


def test_no_text_was_pasted_from_one_right_to_another():
    told = Counter(
        text
        for right in all_rights().values()
        for text in {right.in_one_sentence, right.claim.how, *right.limits, *right.foresee}
    )
    assert [text for text, times in told.items() if times > 1] == []


def test_a_rate_of_non_take_up_is_shown_only_where_one_was_measured():
    shown = {right.id: right.non_take_up.rate for right in all_rights().values() if right.non_take_up}
    assert shown == MEASURED


def test_a_rate_is_never_shown_without_its_warning():
    for right in all_rights().values():
        if right.non_take_up:
            assert len(right.non_take_up.caveat) > 30


def test_only_the_minimum_for_older_people_is_taken_back_on_the_estate():
    taken_back = [right.id for right in all_rights().values() if right.recovered_on_estate.yes]
    assert taken_back == ["aspa"]
