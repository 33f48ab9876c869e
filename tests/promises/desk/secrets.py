"""Words that nobody else could write: where one of them shows, it was read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import count
from string import ascii_lowercase
from typing import Any

from django.core import signing

from allervers.web.desk.views.rights import talk

WORD = re.compile(r"zqx[a-z]{3}vkj")


@dataclass(frozen=True)
class Secret:
    """`text` as it was written; `ways`, those in which a page could show a number; `whose` it is."""

    text: str
    ways: tuple[str, ...]
    kind: str
    whose: str
    purpose: str


class Safe:
    """Makes secrets, keeps them, finds them again."""

    def __init__(self) -> None:
        self.kept: list[Secret] = []
        self._numbers = count(1)

    def word(self, kind: str, whose: str, purpose: str) -> str:
        """A word that is in no dictionary, no key and no token."""
        text = f"zqx{spelled(next(self._numbers))}vkj"
        return self._keep(text, (), kind, whose, purpose)

    def phone(self, whose: str, purpose: str) -> str:
        """A number of the range kept for films."""
        last = f"{next(self._numbers):04}"
        text = f"06 39 98 {last[:2]} {last[2:]}"
        bare = text.replace(" ", "")
        return self._keep(text, (text, bare, f"+33{bare[1:]}", f"+33 {text[1:]}"), "phone", whose, purpose)

    def amount(self, kind: str, whose: str, purpose: str) -> float:
        """An amount in euros, to the cent."""
        euros = 3100 + next(self._numbers)
        ways = [f"{euros}{point}37" for point in ".,"] + [f"3{space}{euros - 3000},37" for space in " \u202f\xa0"]
        self._keep(f"{euros}.37", tuple(ways), kind, whose, purpose)
        return euros + 0.37

    def _keep(self, text: str, ways: tuple[str, ...], kind: str, whose: str, purpose: str) -> str:
        self.kept.append(Secret(text, ways, kind, whose, purpose))
        return text

    def found_in(self, written: str) -> Iterator[Secret]:
        """The secrets that a page says, in whatever case."""
        said = unescape(written).lower()
        words = set(WORD.findall(said))
        return (one for one in self.kept if one.text in words or any(way in said for way in one.ways))


def spelled(number: int) -> str:
    """1 → "aab": letters only, so that no amount nor key is made of them."""
    letters = ""
    for _ in range(3):
        number, rest = divmod(number, 26)
        letters = ascii_lowercase[rest] + letters
    return letters


def said_by(answer: Any) -> str:
    """All that an answer says: its body, its headers, its cookies, and the conversations sealed in its forms."""
    body = "" if answer.streaming else answer.content.decode(answer.charset or "utf-8", "replace")
    headers = "\n".join(f"{name.lower()}: {value}" for name, value in answer.items())
    return "\n".join([body, headers, answer.cookies.output(), *unsealed(body)])


def unsealed(body: str) -> Iterator[str]:
    """What the hidden fields of a conversation about rights carry."""
    for part in body.split('name="talk"')[1:]:
        sealed = part.partition('value="')[2].partition('"')[0]
        yield str(signing.loads(unescape(sealed), salt=talk.SALT, serializer=talk.Plain))
