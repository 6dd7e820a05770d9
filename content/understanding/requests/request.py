"""A request that a message makes, and what reading a message comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from coach.requests import SHOWING, Fact, Intent, Slots
from content.understanding.requests.several import SLOTLESS


@dataclass(frozen=True)
class Request:
    """One request; `fact` where a single one is asked for."""

    intent: Intent
    slots: Slots = field(default_factory=Slots)
    fact: Fact | None = None

    @property
    def changes(self) -> bool:
        """True where something of the person's is changed."""
        return self.intent not in SHOWING

    @property
    def says_enough(self) -> bool:
        """True where it can be carried out beside another: what it changes is said, or goes without saying."""
        slots = self.slots
        if self.intent is Intent.EVENT:
            return slots.day is not None and slots.what is not None
        if self.intent is Intent.PAUSE:
            return slots.until is not None
        return not self.changes or self.intent in SLOTLESS or bool(slots.said())


@dataclass(frozen=True)
class Reading:
    """The outcome of reading: requests to carry out in order, or those between which it is unsure.

    `beside`: what is told before a question that an entry answers.
    """

    requests: tuple[Request, ...] = ()
    between: tuple[Request, ...] = ()
    beside: tuple[Request, ...] = ()


def without_let_go(several: tuple[Request, ...], today: date) -> tuple[Request, ...]:
    """Return requests without one that logs the session that another lets go: "can't today, on my feet 9 hours"."""
    gone = {each.slots.day or today for each in several if each.intent is Intent.SKIP}
    return tuple(each for each in several if each.intent is not Intent.DONE or (each.slots.day or today) not in gone)
