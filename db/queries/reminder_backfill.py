"""Pages through the people who had reminders before a kind was added. The caller commits."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from coach.reminders.kinds import ReminderKind
from db.models import Reminder, User
from db.tables import REMINDER, REMINDER_BACKFILL


def unfinished(session: Session, kinds: Iterable[ReminderKind]) -> tuple[ReminderKind, int] | None:
    """Return the first of `kinds` that some people may lack, and the id up to which they have it; None for none."""
    notes = {row.kind: row for row in session.connection().execute(select(REMINDER_BACKFILL))}
    for kind in kinds:
        note = notes.get(kind)
        if note is None or not note.done:
            return kind, note.reached if note is not None else 0
    return None


def people_after(session: Session, reached: int, limit: int) -> list[int]:
    """Return the next people who have reminders, by their ids: from the index alone, however many there are."""
    person = REMINDER.c.user_id
    statement = select(person).where(person > reached).group_by(person).order_by(person).limit(limit)
    return list(session.connection().execute(statement).scalars())


def lock(session: Session, people: Collection[int]) -> list[User]:
    """Return those of these people whom no other transaction holds on PostgreSQL, locked as a handler locks one."""
    statement = select_rows(User).where(col(User.id).in_(people)).order_by(col(User.id))
    return list(session.exec(statement.with_for_update(skip_locked=True)))


def reminders_of(session: Session, people: Collection[int]) -> dict[int, dict[str, Reminder]]:
    """Return the reminders of each person by their stored kinds."""
    found: dict[int, dict[str, Reminder]] = {person: {} for person in people}
    for reminder in session.exec(select_rows(Reminder).where(col(Reminder.user_id).in_(people))):
        found[reminder.user_id][reminder.kind] = reminder
    return found


def note(session: Session, kind: ReminderKind, reached: int, *, done: bool) -> None:
    """Store that people up to this id have their row of the kind; `done`: everybody has."""
    connection, values = session.connection(), {"reached": reached, "done": done}
    dialect: Any = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(
        dialect.insert(REMINDER_BACKFILL).values(kind=kind, reached=0, done=False).on_conflict_do_nothing()
    )
    connection.execute(update(REMINDER_BACKFILL).where(REMINDER_BACKFILL.c.kind == kind).values(**values))
