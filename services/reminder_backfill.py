"""People who exist get their row of a new kind of reminder: page by page, each in a short transaction."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlmodel import Session

from coach.reminders.kinds import ReminderKind
from db.models import Reminder, User
from db.queries import reminder_backfill
from services import reminders

log = logging.getLogger(__name__)

PAGE: Final = 100
"""People in one transaction: a reply waits for at most one page."""


def backfill_page(session: Session, now: datetime, limit: int = PAGE) -> bool:
    """Give the next people their rows of kinds that are new to this database; return true where some may lack theirs.

    Once every kind is noted as done it is one statement and returns false. A person whom another transaction holds is
    left to the next page.
    """
    wanted = reminder_backfill.unfinished(session, reminders.default_kinds())
    if wanted is None:
        return False
    kind, reached = wanted
    people = reminder_backfill.people_after(session, reached, limit)
    users = reminder_backfill.lock(session, people)
    stored = reminder_backfill.reminders_of(session, [user.id for user in users])
    for user in users:
        if kind not in stored[user.id]:
            _add(session, user, kind, stored[user.id], now)
    session.flush()
    held = set(people) - {user.id for user in users}
    reached = min(held) - 1 if held else max(people, default=reached)
    reminder_backfill.note(session, kind, reached, done=len(people) < limit and not held)
    return True


def _add(session: Session, user: User, kind: ReminderKind, stored: Mapping[str, Reminder], now: datetime) -> None:
    """Add the person's reminder at its usual times, off where all others are; none where their rows are damaged."""
    reminder = reminders.default_reminder(user, kind)
    reminder.on = any(other.on for other in stored.values())
    try:
        siblings = {ReminderKind(other): row for other, row in stored.items()}
        reminders.arm(session, reminder, siblings, user, now)
    except ValueError:
        damaged = [other.id for other in stored.values()]
        log.exception("a person gets no reminder of a new kind", extra={"kind": kind, "reminders": damaged})
        return
    session.add(reminder)
