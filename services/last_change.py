"""The last change that a person asked for in words: kept, so that it can be undone once, within a day.

The rows that it changed are recorded and put back by `db/changes.py`. See docs/decisions/0023-undo-by-rows.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from coach.buttons.requests import unpack_slots
from coach.reminders.local_time import local_day
from coach.requests import Intent
from db import changes, outbox
from db.changes import Change
from db.models import LastChange, User
from db.tables import LAST_CHANGE, REMINDER
from services import reminders

KEPT: Final = timedelta(days=1)
"""The time in which a change can be undone, by words or by its button."""

_NOTHING: Final = "nothing_to_undo"  # of a session: the person of whom its transaction has read that
_NUMBER: Final = select(LAST_CHANGE.c.id).where(LAST_CHANGE.c.user_id == bindparam("person"))


@dataclass(frozen=True)
class Undone:
    """A change that was undone: the intents of what was asked for."""

    intents: tuple[str, ...]


def remember(
    session: Session,
    user: User,
    changed: Sequence[Change],
    now: datetime,
    intents: Sequence[str],
    slots: str | None = None,
) -> int | None:
    """Keep what has changed instead of the change before; return its number, None for no change of the person's own.

    `slots` are those of the one request that changed it, as buttons hold them. A reminder that comes once is no row.
    """
    rows = changes.of_answers(changed)
    if not rows and _reminded_on(intents, slots) is None:
        return None
    forget(session, user)
    session.info.pop(_NOTHING, None)
    kept = LastChange(user_id=user.id, at=now, intents=list(intents), slots=slots, rows=rows)
    session.add(kept)
    session.flush()
    return kept.id


def last(session: Session, user: User, now: datetime) -> LastChange | None:
    """Return the change that can still be undone, None where there is none."""
    if session.info.get(_NOTHING) == user.id:  # a message asks a dozen times, and of most people nothing is kept
        return None
    number = session.connection().execute(_NUMBER, {"person": user.id}).scalar()
    if number is None:
        session.info[_NOTHING] = user.id
    found = None if number is None else session.get(LastChange, number)
    return found if found is not None and now - found.at <= KEPT else None


def undo(session: Session, user: User, now: datetime, number: int | None = None) -> Undone | None:
    """Put the person's rows back as they were before the last change, once; None where there is nothing to undo.

    With `number` only where that is the last change. What has changed again since stays as it is now; the week and the
    reminders then follow what was put back.
    """
    change = last(session, user, now)
    if change is None or number not in {None, change.id}:
        return None
    undone, rows, at = Undone(tuple(change.intents)), list(change.rows), change.at
    if (day := _reminded_on(change.intents, change.slots)) is not None:
        outbox.cancel(session, outbox.dedup_key(user.id, outbox.ONCE, day))
    session.delete(change)
    session.flush()
    whole = changes.undo(session, user, rows) == changes.values_of(rows)
    zone = user.zone or "UTC"
    if not whole or local_day(now, zone) != local_day(at, zone) or _came_due(rows, at, now):
        user.planned_on = None
        reminders.arm_all(session, user, now)
        session.flush()
    return undone


def forget(session: Session, user: User) -> None:
    """Keep nothing to undo: the next change takes its place, or what it holds was erased."""
    session.flush()
    session.connection().execute(delete(LAST_CHANGE).where(LAST_CHANGE.c.user_id == user.id))
    for held in list(session.identity_map.values()):
        if isinstance(held, LastChange):
            session.expunge(held)


def purge(session: Session, now: datetime) -> None:
    """Forget the changes that can no longer be undone."""
    session.connection().execute(delete(LAST_CHANGE).where(LAST_CHANGE.c.at < now - KEPT))


def _reminded_on(intents: Sequence[str], slots: str | None) -> date | None:
    """Return the day of a reminder that was wished for once, None for any other change."""
    said = unpack_slots(slots) if slots is not None and Intent.REMIND in intents else None
    return said.day if said is not None and said.at is not None else None


def _came_due(rows: Sequence[Change], since: datetime, now: datetime) -> bool:
    """Say whether a reminder, as it was before the change, would have come in the meantime."""
    was = (changes.value_before(row, "next_due_at") for row in rows if row["table"] == REMINDER.name)
    return any(since < at <= now for at in was if at is not None)
