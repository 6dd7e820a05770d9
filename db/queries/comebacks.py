"""Rows that the small session after a miss, and the message after a silence, need of a batch. The caller commits."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy import bindparam, select, update
from sqlmodel import Session

from coach.reminders.kinds import recovers
from coach.reminders.local_time import local_day
from db.queries.due_reminders import sessions
from db.tables import REMINDER, USER


def next_days(session: Session, people: Collection[int]) -> dict[int, dict[str, date | None]]:
    """Return, by kind, the date in their zone on which each reminder of these people that is on comes next."""
    found: dict[int, dict[str, date | None]] = {}
    statement = select(REMINDER.c.user_id, REMINDER.c.kind, REMINDER.c.next_due_at, USER.c.zone).join(
        USER, USER.c.id == REMINDER.c.user_id
    )
    for person, kind, due, zone in session.connection().execute(
        statement.where(REMINDER.c.user_id.in_(people), REMINDER.c.on)
    ):
        found.setdefault(person, {})[kind] = local_day(due, zone or "UTC") if due is not None else None
    return found


def hard_on_the_eve(session: Session, todays: Mapping[int, date]) -> set[int]:
    """Return the people who have done a hard session on the day before."""
    eves = {(person, day - timedelta(days=1)) for person, day in todays.items()}
    return {row.user_id for row in sessions(session, eves).values() if recovers(row.workout, row.status)}


def note_small_offers(session: Session, todays: Mapping[int, date]) -> None:
    """Write that the small session was offered to these people on their date."""
    if todays:
        statement = update(USER).where(USER.c.id == bindparam("person")).values(small_offered_on=bindparam("day"))
        values = [{"person": person, "day": day} for person, day in todays.items()]
        session.connection().execute(statement, values)
