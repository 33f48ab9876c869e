"""What the platform says when it cannot do what was asked."""


class Refused(Exception):
    """The request is understood and a rule says no. Shown to the person who asked.

    `why` names the rule, `remedy` says what they can do now, both in French. Bugs never raise this.
    """

    def __init__(self, code: str, *, why: str, remedy: str) -> None:
        self.code, self.why, self.remedy = code, why, remedy
        super().__init__(f"{why} {remedy}")


class Conflict(Refused):
    """The same id already stands for something else: a person must choose which is right."""
