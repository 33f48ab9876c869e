"""The facts of a household as plain questions, in a fixed order, and their answers put into a document.

It knows the household file and no law: which question matters most is for the conversation to work out.
It promises that a document is never changed in place, and that a fact not answered stays unknown.

    document = {"day": "2026-09-01", "more_people": True}
    question = next_question(document, declined=())            # None when all that applies is answered
    document = put(document, question, 38)                     # raises Faults; None takes an answer back
    document = put(document, question, understood(question, request.POST.getlist(question.id)))
    relevant(read(document))                                   # every question that applies, in order
    is_answered(question, read(document))                      # what a screen shows as already said

To skip a question, add its `fact` to `declined`: nothing is written, and it is not asked again.
`LABELS` names each fact in plain French, and `plainly(faults)` says what is wrong with these names.
`find(document, "rent")` gives one question by its id. `Question.as_json()` is the wire format.
"""

from collections.abc import Collection
from typing import Any

from allervers.rights.household import read
from allervers.rights.questions.answers import Document, put, understood
from allervers.rights.questions.labels import LABELS, plainly
from allervers.rights.questions.question import Question, asked
from allervers.rights.questions.relevant import is_answered, relevant

__all__ = [
    "LABELS",
    "Document",
    "Question",
    "asked",
    "find",
    "is_answered",
    "next_question",
    "plainly",
    "put",
    "relevant",
    "understood",
]


def next_question(document: dict[str, Any], declined: Collection[str] = ()) -> Question | None:
    """The first question that applies, is not answered and was not declined (`declined` holds facts)."""
    household = read(document)
    waiting = (one for one in relevant(household) if one.fact not in declined)
    return next((one for one in waiting if not is_answered(one, household)), None)


def find(document: dict[str, Any], id: str) -> Question | None:
    """The question of this id, where it applies to the household of the document."""
    return next((one for one in relevant(read(document)) if one.id == id), None)
