"""A running bot whose people have a session today, and intervals of their own."""

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.support.chats import Chats
from benchmarks.warmth import running, until_ready
from coach.planning.inputs import Experience, Screening
from db import migrate
from db.engine import Database
from db.models import OwnIntervals
from db.tables import EVERY, REMINDER, SESSION, USER

SESSIONS: Final = (
    *(("interval", "walk-jog-intervals", rounds) for rounds in range(3, 9)),
    ("easy", "easy-run", None),
    ("easy", "easy-walk", None),
    ("strength", "calf-strength-a", None),
    ("strength", "calf-strength-b", None),
)
"""The sessions that people have today: as many distinct guides."""

ROUNDS: Final = 3
HARD_S: Final = 10
EASY_S: Final = 10
"""The intervals of their own."""


@contextmanager
def bot(
    server: Chats, rate: int, people: Mapping[int, tuple[str, str, int | None]], *, own: bool
) -> Iterator["Trainees"]:
    """Run a bot that knows these people and their sessions of today; with `own` each has intervals of their own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        database = Database(f"sqlite:///{path}")
        migrate.upgrade(database)
        database.run_now(lambda session: _store(session, people, own=own))
        database.close()
        with running(server.url, Path(folder), rate) as (process, readiness):
            until_ready(process, readiness)
            yield Trainees(path, process.pid)


@dataclass(frozen=True)
class Trainees:
    path: Path
    process: int

    def remind(self, people: Sequence[int]) -> None:
        """Let the reminders of these people be due now."""
        with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
            now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
            database.executemany(
                "UPDATE reminder SET next_due_at = ? WHERE user_id = ?", [(now, person) for person in people]
            )

    def began(self) -> dict[int, float]:
        """Return when (by the wall clock) each guide in a chat began."""
        with closing(sqlite3.connect(self.path, timeout=30)) as database:
            rows = database.execute("SELECT user_id, began_at FROM live_guide").fetchall()
        return {person: datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() for person, at in rows}


def _store(session: Session, people: Mapping[int, tuple[str, str, int | None]], *, own: bool) -> None:
    now = datetime.now(UTC)
    today = now.date()
    user: dict[str, Any] = {
        "first_name": "Ann",
        "language": "en",
        "goals": [],
        "zone": "UTC",
        "experience": Experience.EXPERIENCED,
    }
    user |= {"screening": Screening.CLEAR, "screened_on": today, "plan_start": today, "planned_on": today}
    user |= {"created_at": now, "set_up_at": now}
    connection = session.connection()
    connection.execute(insert(USER), [{"id": person} | user for person in people])
    connection.execute(
        insert(SESSION),
        [
            {"user_id": person, "day": today, "kind": kind, "workout": workout, "rounds": rounds, "status": "planned"}
            for person, (kind, workout, rounds) in people.items()
        ],
    )
    reminder: dict[str, Any] = {"kind": "session", "local_time": "07:00", "days": "1234567", "on": True}
    reminder |= {"next_due_at": now + timedelta(days=1)}
    connection.execute(insert(REMINDER), [{"user_id": person} | reminder for person in people])
    if own:
        table = next(each for each in EVERY if each.name == OwnIntervals.__tablename__)
        intervals: dict[str, Any] = {
            "name": "Bench",
            "rounds": ROUNDS,
            "work_s": HARD_S,
            "rest_s": EASY_S,
            "warm_up_s": 0,
        }
        intervals |= {"cool_down_s": 0, "at": now}
        connection.execute(insert(table), [{"id": person, "user_id": person} | intervals for person in people])
