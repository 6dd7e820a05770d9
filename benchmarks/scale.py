"""A million people in the table: what an idle tick costs, what a claim costs, and what starting costs."""

import multiprocessing
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from sqlmodel import Session

from benchmarks.crowd import MORNING, add_crowd
from content.library import Content
from db import migrate, outbox
from db.engine import Database
from db.queries import due_reminders
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import Ticker

BATCH: Final = 500
HOURS: Final = 10
STARTS: Final = 25


@dataclass(frozen=True)
class Scale:
    """Milliseconds each, and the most memory of the process in megabytes."""

    people: int
    idle_tick_ms: float
    claim_ms: float
    start_ms: float
    memory_mb: float


async def scale(content: Content, people: int, url: str | None = None) -> Scale:
    """Measure with `people` in the table, a tenth of them due."""
    with tempfile.TemporaryDirectory() as folder:
        address = url or f"sqlite:///{Path(folder) / 'bench.db'}"
        database = Database(address)
        migrate.upgrade(database)
        for hour in range(HOURS):  # spread over the day, as people are
            _add(database, hour, people // HOURS)
        if not database.is_sqlite:
            with database.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
        wording = ReminderComposer(lambda: content)
        claim = partial(due_reminders.claim_due, now=MORNING, limit=BATCH)
        claims = [_timed(lambda: database.run_now(claim)) for _ in range(9)]
        idle = await _idle(database, wording)
        database.close()
        with multiprocessing.get_context("spawn").Pool(1) as fresh:
            start, memory = fresh.apply(_start, (address,))
    return Scale(people, idle, median(claims), start, memory)


def _add(database: Database, hour: int, people: int) -> None:
    due = MORNING + timedelta(hours=hour)
    add_crowd(database, people, due, first=1 + hour * people)


async def _idle(database: Database, wording: ReminderComposer) -> float:
    before = MORNING - timedelta(hours=1)

    def clock() -> datetime:
        return before

    ticker = Ticker(database, wording, clock=clock, leads=lambda: True, on_written=lambda: None)
    times = []
    for _ in range(50):
        began = time.perf_counter()
        await ticker.tick_now()
        times.append((time.perf_counter() - began) * 1000)
    return median(times)


def _start(address: str) -> tuple[float, float]:
    """Open, migrate, read what is unsent, close: what a start does with the database."""

    def work() -> None:
        database = Database(address)
        migrate.upgrade(database)
        database.run_now(_first_look)
        database.close()

    work()  # what is imported and compiled once has nothing to do with people
    took = median(_timed(work) for _ in range(STARTS))
    return took, _most_memory()


def _most_memory() -> float:
    """The most memory this process had, in megabytes; `getrusage` would count the parent's from before the exec."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _first_look(session: Session) -> None:
    outbox.fresh(session, bulk=False, owner="bench", leads=True, after=0, limit=500)
    outbox.retrying(session, bulk=True, owner="bench", leads=True, now=MORNING, limit=500)
    due_reminders.next_due_at(session)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
