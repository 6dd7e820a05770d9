"""A guide that runs in the chat: where it stands at a moment, what moves it on, and when to look at it again.

All of it follows from when it began and the clock: after a stop of the bot it goes on at the right step, and what would
have been said meanwhile is not said.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from math import ceil
from typing import Final

from coach.guide.steps import Step

BEFORE: Final = -1
"""The place of a guide whose first step has not begun."""

LEAD: Final = timedelta(seconds=10)
"""From being asked for to the first step."""

GAP: Final = timedelta(seconds=1)
"""Between two messages or edits of a guide, at least (https://core.telegram.org/bots/faq: one a second to a chat)."""

PAUSED_AT_MOST: Final = timedelta(hours=1)
"""A guide that is paused for longer is over."""

_OFTEN: Final = 5  # seconds between looks at a short step
_SELDOM: Final = 10
_SHORT: Final = 60
_LEAST_LEFT: Final = 5  # seconds: what comes sooner is the change itself


class Steer(StrEnum):
    """A wish of the person about a guide that runs."""

    PAUSE = "pause"
    GO_ON = "go-on"
    NEXT = "next"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Run:
    """A guide as it runs: its steps, the moment at which the first begins, and what was reached and left out."""

    steps: tuple[Step, ...]
    began_at: datetime
    paused_at: datetime | None = None
    place: int = BEFORE
    rounds_done: int = 0
    skipped_s: int = 0

    @property
    def is_over(self) -> bool:
        """Say whether its last step has ended."""
        return self.place >= len(self.steps)

    @property
    def step(self) -> Step | None:
        """The step that runs; None before the first and after the last."""
        return self.steps[self.place] if 0 <= self.place < len(self.steps) else None

    @property
    def following(self) -> Step | None:
        """The step after that."""
        return self.steps[self.place + 1] if self.place + 1 < len(self.steps) else None

    @property
    def rounds(self) -> int:
        """The steps of work that there are."""
        return sum(step.move.works for step in self.steps)

    def at(self, now: datetime) -> "Run":
        """Return it as it stands at a moment; steps whose time has passed are done."""
        elapsed, place, done = self._elapsed(now), self.place, self.rounds_done
        ends = [0, *accumulate(step.seconds for step in self.steps)]
        while place < len(self.steps) and elapsed >= ends[place + 1]:
            done += place >= 0 and self.steps[place].move.works
            place += 1
        return replace(self, place=place, rounds_done=done)

    def steered(self, wish: Steer, now: datetime) -> "Run":
        """Return it as the person wishes, but for a stop, which ends it as it stands."""
        run = self.at(now)
        match wish:
            case Steer.PAUSE if run.paused_at is None and not run.is_over:
                return replace(run, paused_at=now)
            case Steer.GO_ON if run.paused_at is not None:
                return replace(run, began_at=run.began_at + (now - run.paused_at), paused_at=None)
            case Steer.NEXT if not run.is_over:
                return run._skipped(now)
        return run

    def left(self, now: datetime) -> int:
        """Return the seconds until the next step begins, a begun one counted."""
        return max(0, ceil(self._end() - self._elapsed(now))) if not self.is_over else 0

    def active_s(self, now: datetime) -> int:
        """Return how many seconds of it were done."""
        whole = sum(step.seconds for step in self.steps)
        return max(0, int(min(self._elapsed(now), whole)) - self.skipped_s)

    def changes_at(self) -> datetime | None:
        """Return when the next step begins; None while it is paused, and where it is over."""
        if self.paused_at is not None or self.is_over:
            return None
        return self.began_at + timedelta(seconds=self._end())

    def next_look(self, now: datetime, shown_at: datetime) -> datetime | None:
        """Return when something is to be shown again, not within a second of what was shown last."""
        if self.is_over:
            return None
        if self.paused_at is not None:
            return self.paused_at + PAUSED_AT_MOST
        change = self.changes_at()
        assert change is not None, "it runs"
        for left in self._looks():
            look = change - timedelta(seconds=left)
            if look > now and look >= shown_at + GAP and look <= change - GAP:
                return look
        return max(change, shown_at + GAP)

    def _looks(self) -> Iterator[int]:
        """Yield the seconds before the next step at which what is left is shown, the first first."""
        seconds = self.step.seconds if self.step is not None else 0
        every = _OFTEN if seconds <= _SHORT else _SELDOM
        yield from range((seconds - 1) // every * every, _LEAST_LEFT - 1, -every)

    def _skipped(self, now: datetime) -> "Run":
        """Leave out what is left of the step that runs, or of the time before the first."""
        left = self._end() - self._elapsed(now)
        skipped = self.skipped_s + (round(left) if self.place >= 0 else 0)
        return replace(self, began_at=self.began_at - timedelta(seconds=left), place=self.place + 1, skipped_s=skipped)

    def _elapsed(self, now: datetime) -> float:
        return ((self.paused_at or now) - self.began_at).total_seconds()

    def _end(self) -> int:
        """Return the second at which the next step begins."""
        return sum(step.seconds for step in self.steps[: self.place + 1])
