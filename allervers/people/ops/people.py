"""Welcome a person, correct what is written, erase it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID, uuid4

from allervers.accounts import reading as accounts
from allervers.accounts.rules import require
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.base.ops import op
from allervers.people import access, told
from allervers.people.choices import Answer, Purpose
from allervers.people.keys import is_phone, name_key, phone_key
from allervers.people.models import Agreement, Person
from allervers.people.wordings import AgreementGiven

if TYPE_CHECKING:
    from allervers.accounts.models import Agent, Team
    from allervers.territory.models import Area


class Corrections(TypedDict, total=False):
    """What can be corrected; what is left out stays."""

    name: str
    is_pseudonym: bool
    born: date | None
    phone: str
    language: str
    area: Area | None
    may_call: bool | None
    may_text: bool | None
    may_write: bool | None
    may_visit: bool | None
    contact_note: str


@op
def welcome_person(
    *,
    id: UUID | None = None,
    team: Team,
    agreement: AgreementGiven,
    name: str = "",
    is_pseudonym: bool = False,
    born: date | None = None,
    phone: str = "",
    language: str = "",
    area: Area | None = None,
    may_call: bool | None = None,
    may_text: bool | None = None,
    may_write: bool | None = None,
    may_visit: bool | None = None,
    contact_note: str = "",
    by: Agent,
) -> Person:
    """Write somebody down because they agree to it: the record and the agreement are made in one gesture."""
    require(by, "write_person")
    refuse_a_team_not_ones_own(team, by)
    fields: dict[str, Any] = {
        "name": name.strip(),
        "is_pseudonym": is_pseudonym,
        "born": born,
        "phone": phone.strip(),
        "language": language.strip(),
        "area": area,
        "may_call": may_call,
        "may_text": may_text,
        "may_write": may_write,
        "may_visit": may_visit,
        "contact_note": contact_note.strip(),
    }
    if known := told.already(Person, id, fields):
        return known
    person = Person(id=id or uuid4(), written_at=clock.now(), **fields)
    _save(person)
    Agreement(
        person=person,
        team=team,
        purpose=Purpose.RECORD,
        answer=Answer.GIVEN,
        answered_at=clock.now(),
        recorded_by=by,
        **words_of(agreement),
    ).checked()
    journal.write("people.welcomed", by=by, about=person, person=person.pk, team=team.pk, route=agreement.route)
    return person


@op
def correct_person(*, person_id: UUID, changes: Corrections, by: Agent) -> Person:
    """Put right what is written about somebody, as they ask."""
    require(by, "write_person")
    person = access.reach_person(person_id, by=by, purpose=Purpose.RECORD)
    wanted = {field: value.strip() if isinstance(value, str) else value for field, value in changes.items()}
    if unknown := set(wanted) - set(Corrections.__annotations__):
        raise ValueError(f"correct_person: no such field {sorted(unknown)}")
    changed = sorted(field for field, value in wanted.items() if getattr(person, field) != value)
    if not changed:
        journal.nothing_changed()
        return person
    for field in changed:
        setattr(person, field, wanted[field])
    _save(person)
    journal.write("people.corrected", by=by, about=person, person=person.pk, fields=changed)
    return person


@op
def erase_person(*, person_id: UUID, by: Agent) -> None:
    """Erase somebody's record and all that hangs on it, reunited records included; the journal keeps the key alone.

    Open to the teams that keep the record or kept it: an agreement withdrawn must not stop the erasure.
    """
    require(by, "write_person")
    person = _kept_by_teams_of(by, person_id)
    keys = person.keys
    journal.write("people.erased", by=by, about=person, person=person.pk, records=len(keys))
    Person.objects.filter(pk__in=keys).update(merged_into=None, merged_at=None)
    Person.objects.filter(pk__in=keys).delete()


def refuse_a_team_not_ones_own(team: Team, by: Agent) -> None:
    """An agreement is asked by somebody of the team that will keep it."""
    if not accounts.is_in(by, team):
        raise Refused(
            "not-your-team",
            why="Vous n'êtes pas dans cette équipe : elle ne peut pas recevoir cet accord par vous.",
            remedy="Choisissez une de vos équipes.",
        )


def words_of(given: AgreementGiven) -> dict[str, Any]:
    """The fields of an agreement that keep what was read and how."""
    return {
        "route": given.route,
        "wording": given.wording,
        "wording_version": given.wording_version,
        "language": given.language,
        "read_aloud": given.read_aloud,
        "expires_on": given.expires_on,
    }


def _save(person: Person) -> None:
    if person.phone and not is_phone(person.phone):
        raise Refused(
            "not-a-phone",
            why="Ce numéro n'a pas la forme d'un numéro de téléphone.",
            remedy="Relisez-le avec la personne ; pour un numéro étranger, commencez par + et l'indicatif du pays.",
        )
    if person.born:
        told.refuse_a_future_day(person.born)
    person.search_key, person.phone_key = name_key(person.name), phone_key(person.phone)
    person.checked()


def _kept_by_teams_of(by: Agent, person_id: UUID) -> Person:
    known = Person.objects.filter(pk=person_id).first()
    person = known.merged_into if known and known.merged_into_id else known
    teams = accounts.teams_of(by).values("pk")
    if (
        person is None
        or not Agreement.objects.filter(person__in=person.keys, purpose=Purpose.RECORD, team__in=teams).exists()
    ):
        raise access.not_visible()
    return person
