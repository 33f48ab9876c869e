"""What changes about persons: each verb is signed, passes the door, and leaves its line.

Agreements come first: nobody is written down without one, and what stood on it falls with it.
"""

from allervers.people.ops.agreements import Fallen, invalidate_agreement, record_agreement, withdraw_agreement
from allervers.people.ops.facts import note_fact, note_facts, note_household
from allervers.people.ops.merges import merge_people, undo_merge
from allervers.people.ops.people import Corrections, correct_person, erase_person, welcome_person
from allervers.people.ops.refusals import lift_refusal, record_refusal
from allervers.people.ops.words import keep_saying, note_close_one, remove_close_one, remove_saying
from allervers.people.wordings import AgreementGiven

__all__ = [
    "AgreementGiven",
    "Corrections",
    "Fallen",
    "correct_person",
    "erase_person",
    "invalidate_agreement",
    "keep_saying",
    "lift_refusal",
    "merge_people",
    "note_close_one",
    "note_fact",
    "note_facts",
    "note_household",
    "record_agreement",
    "record_refusal",
    "remove_close_one",
    "remove_saying",
    "undo_merge",
    "welcome_person",
    "withdraw_agreement",
]
