"""Slots that a message leaves to what the chat showed last: "not that one" is about the session that is shown."""

from __future__ import annotations

from dataclasses import fields, replace

from coach.requests import Intent, Slots
from content.understanding.requests.slots.heard import Moment


def within(intent: Intent, near: Slots, whole: Slots) -> Slots:
    """Return the slots of the part of a long message that asks; what it leaves open may be said elsewhere in it.

    Minutes that are told elsewhere are rather those of something else than those of the session.
    """
    left = {name for each in fields(Slots) if getattr(near, name := each.name) is None}
    if intent is Intent.DONE:
        left.discard("minutes")
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
