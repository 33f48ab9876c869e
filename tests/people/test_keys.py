"""A name or a phone is found however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allervers.people.keys import is_phone, name_key, phone_key, phone_part, words_of

SAME_PHONE = [
    "06 12 34 56 78",
    "06.12.34.56.78",
    "06-12-34-56-78",
    "0612345678",
    "+33 6 12 34 56 78",
    "+33612345678",
    "0033612345678",
    "00 33 6 12 34 56 78",
    "+33 (0)6 12 34 56 78",
    " 06 12 34 56 78 ",
    "06/12/34/56/78",
    "\uff10\uff16 12 34 56 78",
]


@pytest.mark.parametrize("written", SAME_PHONE)
def test_a_phone_is_one_phone_however_written(written: str) -> None:
    assert phone_key(written) == "+33612345678"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("+213 551 23 45 67", "+213551234567"),
        ("00 32 470 12 34 56", "+32470123456"),
        ("0690 00 12 34", "+590690001234"),
        ("0692 12 34 56", "+262692123456"),
        ("05 34 33 32 31", "+33534333231"),
    ],
)
def test_phones_from_elsewhere_and_overseas_have_their_own_country(written: str, key: str) -> None:
    assert phone_key(written) == key


@pytest.mark.parametrize("written", ["", "06", "bonjour", "12/09/1980", "0000000000000000000", "+", "n'a pas"])
def test_what_cannot_be_a_phone_is_not_one(written: str) -> None:
    assert not is_phone(written)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Élodie", "elodie"),
        ("  JEAN-Pierre   d'Ancélis ", "jean pierre d ancelis"),
        ("Œuvrard", "oeuvrard"),
        ("Nuñez Gómez", "nunez gomez"),
        ("Łukasz Straße", "lukasz strasse"),
        ("e\u0301lodie", "elodie"),
        ("عائشة", "عايشة"),
        ("", ""),
        ("...", ""),
    ],
)
def test_a_name_is_kept_in_plain_letters(written: str, key: str) -> None:
    assert name_key(written) == key


@pytest.mark.parametrize(
    ("typed", "phone", "rest"),
    [
        ("Dupont 06 12", "+33612", "Dupont"),
        ("06 12 34 56 78 Jeanne", "+33612345678", "Jeanne"),
        ("34 56", "3456", ""),
        ("+336", "+336", ""),
        ("Jean 3", "", "Jean 3"),
        ("Jeanne", "", "Jeanne"),
    ],
)
def test_a_search_is_parted_into_phone_and_name(typed: str, phone: str, rest: str) -> None:
    assert phone_part(typed) == (phone, rest)


@given(st.text(max_size=120))
def test_keys_are_made_of_anything_without_failing_and_stay_the_same_when_made_again(text: str) -> None:
    key = name_key(text)
    assert name_key(key) == key
    assert len(key) <= 200
    assert phone_key(phone_key(text)) == phone_key(text)
    phone_part(text)


@given(st.lists(st.text(alphabet="abcdeéèàïç", min_size=1), max_size=4))
def test_case_does_not_change_the_words(words: list[str]) -> None:
    assert words_of(" ".join(words).upper()) == words_of(" ".join(words))
