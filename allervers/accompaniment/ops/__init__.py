"""Open a journey with a person, claim rights, note what happens, agree steps; and take each of these back."""

from allervers.accompaniment.ops.claims import correct_expected, open_claim, record_event, remove_claim, strike_event
from allervers.accompaniment.ops.journeys import (
    change_lead,
    end_journey,
    open_journey,
    reopen_journey,
    write_what_matters,
)
from allervers.accompaniment.ops.leaving import let_go, stand_down
from allervers.accompaniment.ops.steps import agree_step, drop_step, finish_step, reopen_step

__all__ = [
    "agree_step",
    "change_lead",
    "correct_expected",
    "drop_step",
    "end_journey",
    "finish_step",
    "let_go",
    "open_claim",
    "open_journey",
    "record_event",
    "remove_claim",
    "reopen_journey",
    "reopen_step",
    "stand_down",
    "strike_event",
    "write_what_matters",
]
