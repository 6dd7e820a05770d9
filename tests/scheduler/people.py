"""People with reminders, for the tests of what is due."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import next_due
from db.engine import Database
from db.queries import reminder_backfill
from db.tables import REMINDER, USER


def add_people(database: Database, ids: range, now: datetime, at: str = "07:00", **given: Any) -> None:
    """Store people whose daily reminder comes at `at`, armed as of `now`; `given` are columns of the person."""
    zone = given.setdefault("zone", "Europe/Berlin")
    given.setdefault("plan_start", date(2026, 3, 2))
    given = {"screening": "clear", "screened_on": date(2026, 3, 1)} | given
    due = next_due(time.fromisoformat(at), zone, now)

    def work(session: Session) -> None:
        connection = session.connection()
        people = [
            {"id": one, "first_name": "Ann", "language": "en", "goals": [], "created_at": now} | given for one in ids
        ]
        connection.execute(insert(USER), people)
        reminders = [
            {"user_id": one, "kind": "session", "local_time": at, "days": "1234567", "on": True, "next_due_at": due}
            for one in ids
        ]
        connection.execute(insert(REMINDER), reminders)
        reminder_backfill.note(session, ReminderKind.COMEBACK, 0, done=True)  # or each would get that row too

    database.run_now(work)
