"""What can go wrong at the door, in English, for developers: which variable, what was expected, what came."""

from datetime import date


class LawFault(ValueError):
    """Columns or variables that the law cannot read. `subject` is a variable, a group or an argument."""

    def __init__(self, subject: str, *, expected: str, came: str, period: str | None = None) -> None:
        self.subject = subject
        self.period = period
        self.expected = expected
        self.came = came
        at = f" at {period}" if period else ""
        super().__init__(f"{subject}{at}: expected {expected}; came {came}.")


class DayOutsideLaw(LawFault):
    """A day before the first or after the last day whose law is known (`first`, `last`, both included)."""

    def __init__(self, day: date, *, first: date, last: date) -> None:
        self.day = day
        self.first = first
        self.last = last
        super().__init__("day", expected=f"a day from {first} to {last}", came=str(day))
