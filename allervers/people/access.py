"""The only door to a person: each way in names its purpose and leaves a line in the journal.

A person opens for an agent whose role opens persons, when a team the agent is in today has the person's live agreement
for that purpose, and to be on record at all. Unknown and forbidden answer alike. Reunited records open as the one kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from allervers.accounts import reading as accounts
from allervers.accounts import rules as roles
from allervers.accounts.models import Role
from allervers.base import clock, journal
from allervers.base.errors import Refused
from allervers.people import household, reading, rules
from allervers.people.approaching import Approached, approached
from allervers.people.choices import Answer, Channel, Purpose
from allervers.people.gestures import GESTURES, Gesture, gestures_about
from allervers.people.models import Agreement, Person

if TYPE_CHECKING:
    from allervers.accounts.models import Agent


@transaction.atomic
def open_person(person_id: UUID, *, by: Agent, purpose: str) -> Person:
    """The person, opened to be read for one purpose. Raises Refused ("role-does-not-open-this", "not-visible")."""
    person = _let_in(person_id, by=by, purpose=purpose)
    journal.write("people.opened", by=by, about=person, person=person.pk, purpose=purpose)
    return person


def reach_person(person_id: UUID, *, by: Agent, purpose: str) -> Person:
    """The person, for an op that writes about them: the same door, whose line is the op's own."""
    if not journal.is_owed():
        raise RuntimeError("reach_person outside an op would leave no line: use open_person.")
    return _let_in(person_id, by=by, purpose=purpose)


@transaction.atomic
def visible_people(*, by: Agent, purpose: str) -> QuerySet[Person]:
    """Everyone the agent may see for this purpose, ready to be filtered and paged."""
    found = _visible(by, purpose)
    journal.write("people.listed", by=by, about=by, purpose=purpose)
    return found


def among_visible(written: QuerySet[Person] | None, *, by: Agent, purpose: str) -> QuerySet[Person]:
    """Those of `written` (None: all) that the agent may see, as the records kept; `people` itself writes its line."""
    found = _visible(by, purpose)
    return found if written is None else found.filter(_of(written.order_by().values("pk")))


@transaction.atomic
def names(ids: Iterable[UUID], *, by: Agent, purpose: str) -> dict[UUID, str]:
    """How to call each of these persons, for a list of another domain. Those the agent may not see are left out."""
    asked = {UUID(str(one)) for one in ids}
    found = _named(asked, by, purpose) if asked and _has_a_way_in(by, purpose) else {}
    if found:
        people = sorted(str(one) for one in found)
        journal.write("people.named", by=by, about=by, purpose=purpose, people=people)
    return found


def known_keys(*, by: Agent, purpose: str) -> QuerySet[Any]:
    """The keys of the records that `names` would name, to page a list before its rows are named; leaves no line."""
    if not _has_a_way_in(by, purpose):
        return Person.objects.none().values("pk")
    kept = _visible(by, purpose).order_by()
    itself, reunited = Exists(kept.filter(pk=OuterRef("pk"))), Exists(kept.filter(pk=OuterRef("merged_into")))
    return Person.objects.order_by().filter(Q(itself) | Q(reunited)).values("pk")


def may_open(person_id: UUID, *, by: Agent, purpose: str) -> bool:
    """Whether the door would open; reads nothing of the person, leaves no line."""
    try:
        _let_in(person_id, by=by, purpose=purpose)
    except Refused:
        return False
    return True


@transaction.atomic
def approachable(
    *, by: Agent, channel: str, right: str | None = None, among: Iterable[UUID] | None = None
) -> list[Person]:
    """Those the team may take the initiative to reach this way today, about this right; `among` keeps to these keys."""
    written = None if among is None else Person.objects.filter(pk__in=set(among))
    people = among_visible(written, by=by, purpose=Purpose.CONTACT)
    kept = [one.person for one in approached(people) if one.by(channel, right, agreed=True).ok]
    journal.write("people.listed", by=by, about=by, purpose=Purpose.CONTACT, channel=channel, right=right or "")
    return kept


@dataclass(frozen=True)
class Reach:
    """How to call somebody, and the ways that they agreed to and that exist, open to the team today.

    `unsaid`: nothing is known but to meet them outside, and something is still to be asked.
    """

    label: str
    ways: tuple[Channel, ...]
    unsaid: bool = False


@transaction.atomic
def reachable(ids: Iterable[UUID], *, by: Agent, right: str | None = None) -> dict[UUID, Reach]:
    """Of these persons, those the team may take the initiative to reach today, each by at least one way."""
    asked = {UUID(str(one)) for one in ids}
    if not asked or not _has_a_way_in(by, Purpose.CONTACT):
        return {}
    people = among_visible(Person.objects.filter(pk__in=asked), by=by, purpose=Purpose.CONTACT)
    found: dict[UUID, Reach] = {}
    for one in approached(Person.objects.filter(pk__in=list(people.values_list("pk", flat=True)))):
        allowed = [way for way in Channel if one.by(way, right, agreed=True).ok]
        found |= dict.fromkeys(one.keys & asked, _reach(one, allowed)) if allowed else {}
    if found:
        shown = sorted(str(key) for key in found)
        journal.write("people.named", by=by, about=by, purpose=Purpose.CONTACT, people=shown)
    return found


def _reach(one: Approached, allowed: list[Channel]) -> Reach:
    ways = tuple(way for way in allowed if one.knows(way))
    unsaid = len(ways) < len(allowed) and not set(ways) - {Channel.OUTING}
    return Reach(one.person.label, ways, unsaid)


def approach(person: Person, *, by: Agent, channel: str, right: str | None = None) -> rules.Approach:
    """Whether the agent's teams may take the initiative to reach this person, already opened; if not, why."""
    agreed = may_open(person.pk, by=by, purpose=Purpose.CONTACT)
    [one] = approached(Person.objects.filter(pk=person.pk))
    return one.by(channel, right, agreed=agreed)


def household_document(person: Person, day: date) -> dict[str, Any]:
    """The household file that the facts kept make, seen on `day`; the person is opened for `rights`.

    The date of birth and the commune of the record stand in where no fact says otherwise.
    """
    facts = {path: fact.value for path, fact in reading.facts_by_path(person).items()}
    if person.born and not facts.keys() & {"people[claimant].born", "people[claimant].age"}:
        facts["people[claimant].born"] = person.born.isoformat()
    if person.area and not facts.keys() & {"home.commune", "home.zone"}:
        commune = person.area.commune or person.area
        facts["home.commune"] = commune.code
    return household.document_of(facts, day)


@transaction.atomic
def who_read(person_id: UUID, *, by: Agent, words: Mapping[str, str] = MappingProxyType({})) -> list[Gesture]:
    """Everything the journal says was read or written about the person, latest first, for the person to read.

    `words` says in French the gestures of later steps ("encounters.recorded": "a noté une rencontre").
    """
    person = open_person(person_id, by=by, purpose=Purpose.RECORD)
    return gestures_about(person.keys, {**GESTURES, **words})


def keys_of(person_id: UUID) -> list[UUID]:
    """Every key under which this person was written, from any of them; opens nothing, says nothing of anybody."""
    reunited = Person.objects.filter(pk=person_id).exclude(merged_into=None)
    kept = reunited.values_list("merged_into", flat=True).first() or person_id
    return [kept, *Person.objects.filter(merged_into=kept).order_by("pk").values_list("pk", flat=True)]


def live_agreements(today: date) -> QuerySet[Agreement]:
    """Every agreement given and still good today."""
    alive = Q(answer=Answer.GIVEN, withdrawn_at=None, invalidated_at=None)
    return Agreement.objects.filter(alive & (Q(expires_on=None) | Q(expires_on__gte=today)))


def _let_in(person_id: UUID, *, by: Agent, purpose: str) -> Person:
    _require_a_way_in(by, purpose)
    known = Person.objects.filter(pk=person_id).first()
    person = known.merged_into if known and known.merged_into_id else known
    if person is None or not _agreed(person, by, purpose):
        raise not_visible()
    person.opened_for = str(purpose)
    return person


def not_visible() -> Refused:
    """What is said alike of a person unknown and of a person not open to the agent."""
    return Refused(
        "not-visible",
        why="Cette fiche n'existe pas, ou la personne n'a pas donné son accord à votre équipe pour cet usage.",
        remedy="Demandez-lui son accord quand vous la verrez, ou passez par l'équipe qu'elle connaît.",
    )


def _has_a_way_in(by: Agent, purpose: str) -> bool:
    """What depends on the agent alone, and so tells nothing of anybody."""
    return roles.may(by, "open_person") and (by.role != Role.PARTNER_AGENT or purpose == Purpose.SHARE)


def _require_a_way_in(by: Agent, purpose: str) -> None:
    roles.require(by, "open_person")
    if not _has_a_way_in(by, purpose):
        raise Refused(
            "role-does-not-open-this",
            why="Un ou une partenaire n'ouvre une fiche que si la personne a accepté ce partage.",
            remedy="Demandez à l'équipe qui suit la personne de lui proposer ce partage.",
        )


def _agreed(person: Person, by: Agent, purpose: str) -> bool:
    mine = live_agreements(clock.today()).filter(person__in=person.keys)
    teams = set(accounts.teams_of(by).values_list("pk", flat=True))
    given = {(team, what) for team, what in mine.values_list("team", "purpose")}
    holders = {team for team, what in given if what == Purpose.RECORD}
    ground = bool(holders) if purpose == Purpose.SHARE else bool(holders & teams)
    return ground and any((team, purpose) in given for team in teams)


def _visible(by: Agent, purpose: str) -> QuerySet[Person]:
    """The same rule as `_agreed`, for many at once; a test holds the two together."""
    _require_a_way_in(by, purpose)
    live = live_agreements(clock.today())
    mine = live.filter(team__in=list(accounts.teams_of(by).values_list("pk", flat=True)))
    grounds = (live if purpose == Purpose.SHARE else mine).filter(purpose=Purpose.RECORD)
    people = Person.objects.filter(merged_into=None).filter(_gave(grounds))
    return people if purpose == Purpose.RECORD else people.filter(_gave(mine.filter(purpose=purpose)))


def _gave(agreements: QuerySet[Agreement]) -> Q:
    """The persons who gave one of these, under the record itself or one reunited with it; asked person by person."""
    own = Exists(agreements.order_by().filter(person=OuterRef("pk")))
    reunited = Person.objects.order_by().filter(own, merged_into=OuterRef("pk"))
    return Q(own) | Q(Exists(reunited))


def _of(keys: Iterable[Any]) -> Q:
    """The persons kept under these keys: the record itself, or one reunited with it."""
    reunited = Person.objects.order_by().filter(merged_into__isnull=False, pk__in=keys)
    return Q(pk__in=keys) | Q(pk__in=reunited.values("merged_into"))


def _named(asked: set[UUID], by: Agent, purpose: str) -> dict[UUID, str]:
    kept = {pk: into or pk for pk, into in Person.objects.filter(pk__in=asked).values_list("pk", "merged_into")}
    people = _visible(by, purpose).filter(pk__in=set(kept.values())).only("name", "is_pseudonym")
    labels = {one.pk: one.label for one in people}
    return {one: labels[pk] for one, pk in kept.items() if pk in labels}
