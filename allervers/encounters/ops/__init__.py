"""Record a meeting, name people in it or take names off, keep the rights worked out; and take each of these back."""

from allervers.encounters.ops.assessments import (
    forget_facts,
    join_assessment,
    keep_assessment,
    remove_assessment,
)
from allervers.encounters.ops.meetings import (
    correct_encounter,
    give_news,
    record_encounter,
    strike_encounter,
    undo_news,
    unstrike_encounter,
)
from allervers.encounters.ops.names import make_anonymous, name_people, take_name_off

__all__ = [
    "correct_encounter",
    "forget_facts",
    "give_news",
    "join_assessment",
    "keep_assessment",
    "make_anonymous",
    "name_people",
    "record_encounter",
    "remove_assessment",
    "strike_encounter",
    "take_name_off",
    "undo_news",
    "unstrike_encounter",
]
