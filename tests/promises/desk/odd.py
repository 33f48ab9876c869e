"""What nobody should send: answers that are none, keys that are somebody else's, files that are not files."""

from collections.abc import Sequence
from functools import cached_property
from random import Random
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from allervers.web.desk.forms import accounts, encounters, figures, journal, journeys, outings, people, territory
from tests.promises.desk.world import World

TYPED: Final = "mzqTypedByHand"  # what was typed on a page is nowhere in the journal
SCRIPT: Final = "<script>mzq()</script>"
TEXTS: Final = (
    TYPED, f'">{SCRIPT}', SCRIPT, f"{{{{ {TYPED} }}}}", "", " ", "\x00", f"{TYPED}\x00", "é💥\u202e\ufeff\u2028",
    "²", "٣", "½", "-1", "0", "1", "25", "9" * 5000, "1e999", "-1e400", "NaN", "inf", "0x10", "1_000", "2 000,50",
    "31483", "on", "none", "oui", "' OR 1=1 --", "%", "_", "%s %(a)s {0}", "=HYPERLINK(1)", "../../../etc/passwd",
    "//evil.example/", "https://evil.example/", "javascript:alert(1)", "/connexion", "\\\\evil.example", "[]", "{}",
    "null", "a" * 12_000, "06 12 34 56 78", "+33 6", "\r\nX-Mzq: 1",
)  # fmt: skip
DAYS: Final = (
    "0001-01-01", "0001-12-31", "1899-12-31", "1970-01-01", "2025-06-12", "2026-06-01", "2026-06-11", "2026-06-12",
    "2026-12-31", "2028-02-29", "2100-12-31", "9999-12-31", "10000-01-01", "31/02/2026", "2026-02-30", "11/06/2026", "",
)  # fmt: skip
HOURS: Final = ("", "00:00", "09:59", "10:00", "23:59", "24:00", "25:61", "10")
ASKED: Final = (  # every name that a page of the desk reads in its address or beside its form
    "page", "q", "par", "team", "area", "kind", "when", "state", "since", "until", "split", "key", "year", "outing",
    "person", "encounter", "right", "assessment", "next", "what", "day", "by", "role", "closed", "from", "back", "id",
    "how", "gesture", "question", "reopen", "skip", "none", "choice-rsa", "another", "find", "found", "people",
    "filename", "departments", "nouvelles", "sure", "talk",
)  # fmt: skip
FORMS: Final[dict[str, type[forms.BaseForm]]] = {
    "account-new": accounts.NewAccount, "account-role": accounts.ChangeRole, "account-password": accounts.NewPassword,
    "account-team-join": accounts.JoinTeam, "team-new": accounts.NewTeam, "accounts": accounts.AccountFilter,
    "encounter-new": encounters.ElsewhereForm, "encounter-change": encounters.WhatWasSaid,
    "figures": figures.Asked, "figures-csv": figures.Asked, "figures-behind": figures.Asked,
    "journal": journal.JournalFilter,
    "journey-new": journeys.NewJourney, "journey-claim": journeys.NewClaim, "journey-event": journeys.NewEvent,
    "journey-step": journeys.NewStep, "journey-end": journeys.End, "journey-lead": journeys.ChangeLead,
    "outing-new": outings.OutingForm, "outing-change": outings.OutingForm, "outing-debrief": outings.DebriefForm,
    "outing-cancel": outings.CancelForm, "outings": outings.OutingFilter,
    "person-new": people.NewPerson, "person-change": people.ChangePerson, "person-saying": people.Saying,
    "person-close": people.CloseOne, "person-agreement": people.AskToShare, "person-refusal": people.Refusal,
    "person-withdraw": people.Certain, "person-erase": people.Certain, "person-merge": people.OtherRecord,
    "place-new": territory.PlaceForm, "place-change": territory.PlaceForm, "territory-import": territory.FileForm,
}  # fmt: skip
FILES: Final = (
    b"", b"\x00" * 64, b"PAR1" + b"\xff" * 64 + b"PAR1", b"PK\x03\x04zip", b"[" * 100_000, b"\xff\xfe\x00", b"[{}]",
    b'{"structures": [1, null, {}]}', b'[{"CODGEO": {"a": [1]}, "LIBGEO": null, "MED21": 1e999}]',
    b"CODGEO;LIBGEO;MED21\n31483;Saint-Gaudens;NaN\n", b"CODGEO;LIBGEO;MED21\n31483;\x00;1\n",
    b'CODGEO;LIBGEO;MED21\n31483;"jamais ferme;1\n', b"CODGEO;LIBGEO;MED21\n31483;S;" + b"9" * 5000,
    b"id;source;nom;date_maj\n=1+1;dora;x;9999-12-31\n", b"a," * 5000 + b"\n",
)  # fmt: skip


class Odd:
    """Draws, from the dice it is given, what nobody should send to the desk of this world."""

    def __init__(self, world: World, dice: Random) -> None:
        self.world, self.dice = world, dice
        self.keys = keys(world)

    def one(self, among: Sequence[Any]) -> Any:
        return self.dice.choice(among)

    def sent(self, screen: str) -> dict[str, Any]:
        """The form of the screen, whole or in part, its answers likely or not; and other names that pages read."""
        form = FORMS.get(screen.partition(" ")[0])
        fields = {} if form is None else dict(form.base_fields)
        kept = [name for name in fields if self.whole or self.dice.random() < 0.5]
        return self.asked() | {name: self.several(fields[name]) for name in kept}

    def asked(self) -> dict[str, Any]:
        """A few of the names that pages read, with anything in them, and perhaps a conversation about rights."""
        names = self.dice.sample(ASKED, self.dice.randrange(4))
        found: dict[str, Any] = {name: self.one([*TEXTS, *DAYS, *self.keys]) for name in names}
        return found | ({"talk": self.one(self.world.talks)} if self.dice.random() < 0.5 else {})

    @cached_property
    def whole(self) -> bool:
        """Whether forms are filled in whole and as one would, but for an answer here and there."""
        return self.dice.random() < 0.6

    def several(self, field: forms.Field) -> Any:
        """An answer, or three at once."""
        if isinstance(field, forms.FileField):
            return SimpleUploadedFile(self.one(["a.csv", "../../a", "é.parquet"]), self.one(FILES))
        answers = [self.answer(field) for _ in range(3)]
        return answers if self.dice.random() < 0.1 else answers[0]

    def answer(self, field: forms.Field) -> str:
        """What one would answer to such a question, most times; anything else at others."""
        if isinstance(field, forms.BooleanField):
            return str(self.one(["on", "on", "", "x"]))
        likely = self.dice.random() < (0.9 if self.whole else 0.5)
        return str(self.one(self.likely(field) if likely else TEXTS))

    def likely(self, field: forms.Field) -> Sequence[str]:
        if isinstance(field, forms.ModelChoiceField | forms.UUIDField):
            return self.keys
        if isinstance(field, forms.DateField):
            return DAYS
        if isinstance(field, forms.TimeField):
            return HOURS
        return flat(getattr(field, "choices", ())) or [TYPED]


def keys(world: World) -> list[str]:
    """Keys of every sort: of persons open and closed, of things of this team and of others, of nothing."""
    about = [world.people[whose] for whose in ("record given", "record never", "journey withdrawn", "theirs")]
    found = [key for keys in about for key in keys.values()] + [*world.outings.values(), *world.encounters.values()]
    found += [team.pk for team in world.teams.values()] + [agent.pk for agent in world.agents.values()]
    return [str(key) for key in dict.fromkeys([*found, world.area.pk, world.place.pk, uuid4()])]


def flat(choices: Sequence[Any]) -> list[str]:
    """The codes of a list of choices, its groups opened."""
    found: list[str] = []
    for code, said in choices:
        found += flat(said) if isinstance(said, list | tuple) else [str(code)]
    return found
