"""Statements that run with every tick or update find their rows by an index, however many there are."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from db import outbox
from db.engine import Database
from db.models import Broadcast
from db.queries import due_reminders, reminder_backfill
from db.queries.admin import broadcasts
from db.queries.guides import live_guides
from tests.support.bot_harness import START

BROADCAST = Broadcast(id=12, user_id=1, message={}, reached=5, created_at=START)
MINE: dict[str, Any] = {"owner": "this-one", "leads": True}


@pytest.fixture
def on_sqlite(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """A database on SQLite: PostgreSQL chooses its plans by what is in the tables."""
    shutil.copyfile(sqlite_template, tmp_path / "coach.db")
    made = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    yield made
    made.close()


def scans(database: Database, work: Callable[[Session], object]) -> list[str]:
    """Return the steps in which SQLite reads a whole table to carry this out."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        seen.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", note)
    database.run_now(work)
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all() for statement, values in seen
        ]
    return [step.detail for plan in plans for step in plan if step.detail.startswith("SCAN")]


@pytest.mark.parametrize(
    "work",
    [
        live_guides.running,
        live_guides.next_at,
        lambda session: live_guides.due(session, START, 10),
        lambda session: due_reminders.claim_due(session, START, 100),
        lambda session: outbox.fresh(session, bulk=False, after=0, limit=10, **MINE),
        lambda session: outbox.fresh(session, bulk=True, after=0, limit=10, **MINE),
        lambda session: outbox.due(session, bulk=False, now=START, but=frozenset({1}), limit=10, **MINE),
        lambda session: outbox.retrying(session, bulk=True, now=START, limit=10, **MINE),
        lambda session: outbox.next_delayed(session, after=START, **MINE),
        lambda session: outbox.cancel_kinds(session, 1, "session"),
        lambda session: outbox.cancel(session, "1:session:2026-01-01"),
        lambda session: broadcasts.write_page(session, BROADCAST, 100, START),
        lambda session: reminder_backfill.people_after(session, 5, 100),
        due_reminders.next_due_at,
    ],
)
def test_no_table_is_read_whole(on_sqlite: Database, work: Callable[[Session], object]) -> None:
    assert scans(on_sqlite, work) == []
