"""What makes a name or a phone findable however it was written. Pure."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

# Numbers dialled without a country code: France first, then the overseas départements, whose mobiles share its form.
REGIONS = ("FR", "GP", "MQ", "GF", "RE", "YT")
LONGEST_NAME_KEY = 200
FEWEST_DIGITS = 4  # fewer digits than this in a search are part of a name, not of a phone

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})
_PHONE = re.compile(r"(?:\+|\b)[\d][\d\s.\-/()]*")


def name_key(name: str) -> str:
    """The name in small letters without accents, its words apart by one space, in the order they were said."""
    return " ".join(words_of(name))[:LONGEST_NAME_KEY].rstrip()


def words_of(text: str) -> list[str]:
    """The words of a name: hyphens, apostrophes and points part them, accents and case are lost."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = unicodedata.normalize("NFKD", folded).casefold().translate(_LIGATURES)
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in kept).split()


def phone_key(phone: str) -> str:
    """The number as the world dials it ("+33612345678"); "" where it cannot be a number."""
    written = _dialled(phone)
    found = [number for region in REGIONS if (number := _parsed(written, region)) is not None]
    best = next((number for number in found if phonenumbers.is_valid_number(number)), found[0] if found else None)
    return phonenumbers.format_number(best, phonenumbers.PhoneNumberFormat.E164) if best else ""


def is_phone(text: str) -> bool:
    """Whether this can be a phone number."""
    return bool(phone_key(text))


def phone_part(text: str) -> tuple[str, str]:
    """A search split in two: the digits typed of a phone, as they would stand in its key, and the rest.

    "Dupont 06 12" gives ("+33612", "Dupont"); a middle of number ("34 56") stays as it is ("3456").
    """
    for match in _PHONE.finditer(text):
        written = _dialled(match.group())
        if len(written) >= FEWEST_DIGITS:
            rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
            return phone_key(written) or _begun(written), rest
    return "", text


def _dialled(text: str) -> str:
    """Only what a finger dials, with the country code as "+"; "+33 (0)6" loses its 0."""
    bare = unicodedata.normalize("NFKC", text).replace("(0)", "")
    digits = "".join(letter for letter in bare if letter.isascii() and letter.isdigit())
    plus = bare.strip().startswith("+") or digits.startswith("00")
    return f"+{digits.removeprefix('00') if digits.startswith('00') else digits}" if plus else digits


def _begun(written: str) -> str:
    return f"+33{written[1:]}" if written.startswith("0") else written


def _parsed(written: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
