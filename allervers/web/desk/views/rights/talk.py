"""The state of a conversation about rights: carried by the page, never by the server.

`Talk` is what is known so far, what the person would rather not say, and the questions gone through, so that each
can be taken back.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core import signing

from allervers.base import clock
from allervers.rights.questions import Document, Question, find, next_question, put

SALT = "rights.talk"
HOURS = 6


@dataclass(frozen=True)
class Talk:
    """`document` is a household document; `declined` and `trail` hold facts and ids of questions."""

    document: Document
    declined: tuple[str, ...] = ()
    trail: tuple[str, ...] = ()
    encounter: str = ""
    person: str = ""
    answer: dict[str, Any] | None = field(default=None, compare=False)
    key: str = ""  # of the computation, so that pressing twice keeps it once
    agent: str = ""  # who leads it: nobody else goes on with a page found open

    def question(self) -> Question | None:
        """The next question that applies, is not answered and was not declined."""
        return next_question(self.document, self.declined)

    def say(self, question: Question, answer: Any) -> "Talk":
        """The talk after an answer; raises Faults where it is not one."""
        document = put(self.document, question, answer)
        return replace(self, document=document, trail=(*self._without(question), question.id))

    def decline(self, question: Question) -> "Talk":
        """The talk after "I do not know" or "I would rather not say": nothing is written."""
        declined = (*self.declined, question.fact) if question.fact not in self.declined else self.declined
        return replace(self, declined=declined, trail=(*self._without(question), question.id))

    def back(self) -> "Talk":
        """The talk before the last question: its answer is taken back."""
        if not self.trail:
            return self
        *before, last = self.trail
        return replace(self.reopen(last), trail=tuple(before))

    def reopen(self, id: str) -> "Talk":
        """The talk in which this question is open again."""
        question = find(self.document, id)
        if question is None:
            return self
        declined = tuple(fact for fact in self.declined if fact != question.fact)
        return replace(self, document=put(self.document, question, None), declined=declined)

    def _without(self, question: Question) -> tuple[str, ...]:
        return tuple(id for id in self.trail if id != question.id)

    def sealed(self) -> str:
        """The talk as a hidden field: signed, so that only what this server wrote comes back."""
        told = [self.document, self.declined, self.trail, self.encounter, self.person]
        carried = [*told, self.answer, self.key, self.agent]
        return signing.dumps(carried, salt=SALT, compress=True, serializer=Plain)


class Plain:
    """JSON with dates as text, for `signing`."""

    def dumps(self, carried: Any) -> bytes:
        return json.dumps(carried, default=str, separators=(",", ":"), ensure_ascii=False).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)


def opened(sealed: str, agent: UUID) -> Talk:
    """The talk that a hidden field carries. Raises signing.BadSignature: altered, too old, or led by another agent."""
    document, declined, trail, *rest = signing.loads(sealed, salt=SALT, serializer=Plain, max_age=HOURS * 3600)
    talk = Talk(document, tuple(declined), tuple(trail), *rest)
    if talk.agent != str(agent):
        raise signing.BadSignature("A page of another agent's.")
    return talk


def begun(
    *, agent: UUID, encounter: UUID | None = None, person: UUID | None = None, document: Document | None = None
) -> Talk:
    """A talk that starts today, from what is already known (if anything)."""
    known = {**(document or {}), "day": clock.today().isoformat()}
    if not known.get("people"):
        known["more_people"] = True
    return Talk(known, encounter=str(encounter or ""), person=str(person or ""), agent=str(agent))
