"""Memory of what the chat showed last: its slug or date, for half an hour, so that "why?" has something to be about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from coach.buttons.requests import pack_slots, unpack_slots
from coach.requests import Intent, ShownItem, ShownKind, Slots
from db.models import User

KEPT: Final = timedelta(minutes=30)
LET_BE: Final = timedelta(hours=2)


@dataclass(frozen=True)
class Asked:
    """A question with buttons: the data of the one that says yes, and of the one that says no."""

    yes: str
    no: str


class Held(StrEnum):
    """Effect of a red flag, and with it what may be said against it; it is stored."""

    NOTHING = "nothing"  # a word of care: training goes on
    ASKED = "asked"  # whose it is was asked: nothing is held until that is answered
    DOUBTED = "doubted"  # whether it was meant was asked: as above
    LIFTABLE = "liftable"  # training is held, and goes on where none was meant
    PLAINLY = "plainly"  # an emergency of their own, told plainly: only the button takes that back
    FIRMLY = "firmly"  # training was held before, or nobody need say that it is fine
    SEEN = "seen"  # training is held, and somebody who can judge it has looked at it


@dataclass(frozen=True)
class RedFlag:
    """The red flag that was shown last, and what it did."""

    flag: str
    held: Held


def note(user: User, item: ShownItem, now: datetime) -> None:
    """Remember that this was shown, instead of what was shown before."""
    if item.session is not None:
        user.shown_kind, user.shown_slug, user.shown_day = ShownKind.SESSION, item.workout, item.session
    elif item.entry is not None:
        user.shown_kind, user.shown_slug, user.shown_day = ShownKind.ENTRY, item.entry, None
    else:
        user.shown_kind, user.shown_slug, user.shown_day = ShownKind.EXERCISE, item.exercise, None
    user.shown_at, user.shown_question, user.shown_message_id = now, 0, None


def note_asked(user: User, asked: Asked, now: datetime) -> None:
    """Remember what a yes and a no to the question that is asked now press, instead of what was shown before."""
    user.shown_kind, user.shown_slug, user.shown_day = ShownKind.QUESTION, f"{asked.yes} {asked.no}", None
    user.shown_at, user.shown_question, user.shown_message_id = now, 0, None


def note_offered(user: User, offered: Sequence[tuple[Intent, Slots]], now: datetime) -> None:
    """Remember requests that are offered now, or of which something is asked, instead of what was shown before."""
    packed = " ".join(f"{intent}:{pack_slots(slots)}" for intent, slots in offered)
    user.shown_kind, user.shown_slug, user.shown_day = ShownKind.OFFER, packed, None
    user.shown_at, user.shown_question, user.shown_message_id = now, 0, None


def offered(user: User, now: datetime) -> list[tuple[Intent, Slots]]:
    """Return the requests that were offered last, within half an hour."""
    if user.shown_kind != ShownKind.OFFER or user.shown_at is None or not timedelta() <= now - user.shown_at <= KEPT:
        return []
    parts = [part.partition(":") for part in (user.shown_slug or "").split()]
    return [(Intent(intent), unpack_slots(packed) or Slots()) for intent, _, packed in parts]


def take_asked(user: User, now: datetime) -> Asked | None:
    """Return the question that was asked last, within half an hour, and forget it: it is answered now, or never."""
    if user.shown_kind != ShownKind.QUESTION:
        return None
    yes, _, no = (user.shown_slug or "").partition(" ")
    recent = user.shown_at is not None and timedelta() <= now - user.shown_at <= KEPT
    clear(user)
    return Asked(yes, no) if recent else None


def note_red_flag(user: User, shown: RedFlag, now: datetime) -> None:
    """Remember the red flag that is shown, instead of what was shown before."""
    user.shown_kind, user.shown_slug, user.shown_day = ShownKind.RED_FLAG, f"{shown.flag} {shown.held}", None
    user.shown_at, user.shown_question, user.shown_message_id = now, 0, None


def note_seen(user: User, now: datetime) -> None:
    """Remember that somebody who can judge it has looked at what holds training, whichever red flag that was."""
    flag = (user.shown_slug or "").partition(" ")[0] if user.shown_kind == ShownKind.RED_FLAG else ""
    note_red_flag(user, RedFlag(flag, Held.SEEN), now)


def red_flag(user: User, now: datetime) -> RedFlag | None:
    """Return the red flag that was shown last, within half an hour and with no other page behind it."""
    if user.shown_kind != ShownKind.RED_FLAG or user.shown_at is None or not timedelta() <= now - user.shown_at <= KEPT:
        return None
    flag, _, held = (user.shown_slug or "").partition(" ")
    return RedFlag(flag, Held(held))


def forget_red_flag(user: User) -> None:
    """Forget the red flag that was shown: it is settled."""
    if user.shown_kind == ShownKind.RED_FLAG:
        user.shown_kind = user.shown_slug = user.shown_day = user.shown_at = user.shown_message_id = None


def note_question(user: User, question: int) -> None:
    """Remember which stored question the entry that is shown answered, 0 where it was browsed."""
    user.shown_question = question


def answered_in(user: User, message_id: int) -> tuple[str, int] | None:
    """Return the entry that stands in this message and the question that it answered; None where it is not the last."""
    if user.shown_kind != ShownKind.ENTRY or user.shown_slug is None or user.shown_message_id != message_id:
        return None
    return user.shown_slug, user.shown_question


def note_prompt(user: User, kind: str, now: datetime) -> str:
    """Remember when a question was asked that words answer, and return its kind; what was just shown stays known."""
    if user.shown_kind is None or user.shown_at is None or now - user.shown_at > KEPT:
        clear(user)
        user.shown_at = now
    return kind


def is_long_ago(user: User, now: datetime) -> bool:
    """Say whether nothing was shown or asked for hours: a question that still stands open was let be."""
    return user.shown_at is not None and now - user.shown_at > LET_BE


def clear(user: User) -> None:
    """Forget what was shown: something else is spoken of. A red flag is kept: what is said of it may come later.

    Nothing is asked of it any more: a yes that comes later answers something else.
    """
    if user.shown_kind == ShownKind.RED_FLAG and user.shown_slug is not None:
        flag, _, held = user.shown_slug.partition(" ")
        if held in {Held.ASKED, Held.DOUBTED}:
            user.shown_slug = f"{flag} {Held.NOTHING}"
    if user.shown_kind not in {None, ShownKind.RED_FLAG}:  # a row that did not change is not saved again
        user.shown_kind = user.shown_slug = user.shown_day = user.shown_message_id = None


def current(user: User, now: datetime) -> ShownItem | None:
    """Return what was shown in the last half hour, None where that was nothing."""
    if user.shown_kind is None or user.shown_at is None or not timedelta() <= now - user.shown_at <= KEPT:
        return None
    match ShownKind(user.shown_kind):
        case ShownKind.SESSION:
            return ShownItem(session=user.shown_day, workout=user.shown_slug)
        case ShownKind.ENTRY:
            return ShownItem(entry=user.shown_slug)
        case ShownKind.EXERCISE:
            return ShownItem(exercise=user.shown_slug)
        case ShownKind.QUESTION | ShownKind.OFFER | ShownKind.RED_FLAG:
            return None
