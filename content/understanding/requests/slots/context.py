"""Slots that a message leaves to what the chat showed last: "not that one" is about the session that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from coach.requests import Intent, ShownItem, Slots
from content.understanding.requests.slots.heard import Moment

OF_SESSION: Final = frozenset({Intent.SKIP, Intent.MOVE, Intent.DONE, Intent.START, Intent.SHOW_WHY})
OF_EXERCISE: Final = frozenset({Intent.EXERCISE, Intent.SWAP, Intent.SETS})
OF_ENTRY: Final = frozenset({Intent.SOURCES, Intent.MORE})
LIKELIER: Final = 5.0  # times the odds of what is usually said of what was shown


def likelier_after(likely: Sequence[tuple[Intent, float]], after: ShownItem | None) -> list[tuple[Intent, float]]:
    """Return how likely each intent is after what was shown: "not this one" skips a session, and swaps an exercise."""
    if after is None:
        return list(likely)
    usual = OF_ENTRY if after.entry else OF_EXERCISE if after.exercise else OF_SESSION if after.session else frozenset()
    raised = [(intent, each * (LIKELIER if intent in usual else 1)) for intent, each in likely]
    whole = max(1 + sum(each for _, each in raised) - sum(each for _, each in likely), 1)
    return sorted(((intent, each / whole) for intent, each in raised), key=lambda pair: (-pair[1], pair[0]))


def within(intent: Intent, near: Slots, whole: Slots) -> Slots:
    """Return the slots of the part of a long message that asks; what it leaves open may be said elsewhere in it.

    Minutes that are told elsewhere are rather those of something else than those of the session.
    """
    left = {name for each in fields(Slots) if getattr(near, name := each.name) is None}
    if intent is Intent.DONE:
        left.discard("minutes")
    if near.switch == "off":  # the time at which it is told that reminders are enough
        left.discard("at")
    return replace(near, **{name: getattr(whole, name) for name in left})


def with_shown(intent: Intent, slots: Slots, moment: Moment) -> Slots:
    """Return the slots, the day that was not said taken from the session that was shown."""
    shown = moment.after.session if moment.after is not None else None
    if shown is None:
        return slots
    today = moment.now.date()
    match intent:
        case Intent.SHOW_WHY if slots.day is None:
            return replace(slots, day=shown)
        case Intent.SKIP if slots.day is None and shown >= today:
            return replace(slots, day=shown)
        case Intent.DONE if slots.day is None and shown <= today:
            return replace(slots, day=shown)
        case Intent.MOVE if slots.from_day is None and shown >= today and shown != slots.to_day:
            return replace(slots, from_day=shown)
    return slots
