"""Gestures told in the order in which they happened, each under the clock of its moment."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from allervers.base import clock


class Timeline:
    """What is to be told and when; telling one thing may plan others. Nothing later than now is ever told."""

    def __init__(self, seed: int, now: datetime) -> None:
        self.dice = random.Random(seed)
        self.now = now
        self.told = 0
        self._waiting: list[tuple[datetime, int, Callable[[], object]]] = []
        self._count = 0

    def plan(self, moment: datetime, gesture: Callable[[], object]) -> None:
        """Tell `gesture` at `moment`; forgotten when that has not come yet."""
        if moment <= self.now:
            heapq.heappush(self._waiting, (moment, self._count, gesture))
            self._count += 1

    def live(self, every: Callable[[int, int], None] = lambda told, planned: None) -> None:
        """Tell everything planned, earliest first; `every` hears how many are told and planned."""
        while self._waiting:
            moment, _, gesture = heapq.heappop(self._waiting)
            with clock.at(moment):
                gesture()
            self.told += 1
            every(self.told, self.told + len(self._waiting))

    def key(self) -> UUID:
        """A key that depends on the seed only."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def one(self, things):
        """One of these."""
        return self.dice.choice(things)

    def chance(self, share: float) -> bool:
        return self.dice.random() < share

    @property
    def today(self) -> date:
        return self.now.astimezone(clock.PARIS).date()

    def day(self, days_ago: int, hour: int = 10, minute: int = 0) -> datetime:
        """A time of a day before today (or after, below zero), in Paris."""
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour, minute), clock.PARIS)


def later(days: float, hour: int | None = None) -> datetime:
    """Some days after the present of the timeline, at an hour of Paris when given."""
    moment = clock.now() + timedelta(days=days)
    return moment if hour is None else datetime.combine(moment.astimezone(clock.PARIS).date(), time(hour), clock.PARIS)
