"""APScheduler ticks; the database says what is due.

One job asks every other second. Never one job a user: of 100,000 jobs due together none ran, when that was measured.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.triggers.cron import CronTrigger
from sqlmodel import Session

from db import backups
from db.engine import Database
from db.queries import due_reminders, questions
from db.queries.admin import broadcasts
from db.queries.guides import live_guides
from db.queries.messages import said_messages, sent_files, updates
from scheduler import broadcast_pages
from scheduler.due import Batch, Claim, process_due
from scheduler.quarantine import Quarantine, is_a_rows_fault
from scheduler.reminder_messages import ReminderComposer
from scheduler.steady_scheduler import EverySoOften, SteadyScheduler
from services import last_change
from services.reminder_backfill import backfill_page

log = logging.getLogger(__name__)

TICK_SECONDS: Final = 2.0
BATCH: Final = 100  # a reply waits for at most one batch: some 20 ms
WEEKS: Final = 25  # planned in one transaction, for the same reason
BACKFILL_PAGES: Final = 5  # a tick: a million people get their row of a new kind in an hour or so
KEEP_HANDLED: Final = timedelta(days=3)  # Telegram redelivers an update for 24 hours
KEEP_SAID: Final = timedelta(days=3)  # Telegram lets people edit for two
KEEP_SET_ASIDE: Final = timedelta(days=30)
KEEP_GUIDES: Final = timedelta(days=14)  # as long as a session can be marked
KEEP_SENT_FILES: Final = timedelta(days=180)  # by then most are of sessions that nobody has any more
KEEP_QUESTIONS: Final = timedelta(days=90)  # as /privacy promises


@dataclass
class TickMetrics:
    """Counts of the ticks since the start."""

    ticks: int = 0
    written: int = 0
    failed: int = 0  # reminders put aside for a while
    silent: Counter[str] = field(default_factory=Counter)


class Ticker:
    """Turns due reminders into messages of the outbox, in batches, while there is room in it."""

    def __init__(
        self,
        db: Database,
        composer: ReminderComposer,
        *,
        clock: Callable[[], datetime],
        leads: Callable[[], bool],
        on_written: Callable[[], None],
        room: Callable[[], bool] = lambda: True,
        doubted: Callable[[], float] = lambda: 0.0,
        on_cancelled: Callable[[], None] = lambda: None,
        alert: Callable[..., Awaitable[None]] | None = None,
        every_seconds: float = TICK_SECONDS,
        batch: int = BATCH,
        step: Callable[[str], None] | None = None,
    ) -> None:
        """`room`: true while the sender can take more; else what is due stays a row until `resume` is called.

        `doubted`: seconds for which the clock is not believed; until then nothing is sent or skipped.
        `on_cancelled`: messages were deleted from the outbox. `alert(template, error=…)` tells the administrators.
        `step` hears of each step of a batch, for tests that kill the process at it.
        """
        self._db = db
        self._composer = composer
        self._clock = clock
        self._leads = leads
        self._on_written = on_written
        self._room = room
        self._doubted = doubted
        self._on_cancelled = on_cancelled
        self._alert = alert
        self._every_seconds = every_seconds
        self._batch = batch
        self._step = step or _ignore
        self._quarantine = Quarantine()
        self._tick_lock = asyncio.Lock()
        self._more = False
        self._backfilling = True  # until the database says that there is nobody to give a row
        self._stopping = False
        self._work: asyncio.Task[None] | None = None
        self._scheduler: SteadyScheduler | None = None
        self.metrics = TickMetrics()
        self.last_tick: datetime | None = None
        self.last_tick_elapsed: float | None = None  # on the monotonic clock

    def start(self) -> None:
        """Begin to tick, at once and then every other second; purge daily."""
        # A late tick is as good as one in time, several missed are one, and two at once would fight for the same rows.
        self._scheduler = SteadyScheduler(
            timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.add_job(self._on_interval, EverySoOften(self._every_seconds), id="tick")
        self._scheduler.add_job(self.purge, CronTrigger(hour=3, minute=17, timezone="UTC"), id="purge")
        if self._db.is_sqlite:
            self._scheduler.add_job(self.backup, CronTrigger(hour=3, minute=47, timezone="UTC"), id="backup")
        self._scheduler.start()
        self._schedule_tick()

    async def stop(self) -> None:
        """Stop ticking; a batch that has begun is finished."""
        self._stopping = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._work is not None:
            await self._work
        async with self._tick_lock:
            pass

    def resume(self) -> None:
        """There is room again: go on where the last tick left off."""
        if self._more and self._scheduler is not None:
            self._schedule_tick()

    async def tick_now(self) -> int:
        """Turn everything that is due now and has room into messages; return how many were written."""
        written = 0
        async with self._tick_lock:
            while self._may_work():
                self._more = not self._room()
                if self._more:
                    break
                batch = await self._process_batch()
                written += batch.written
                if batch.written:
                    self._on_written()
                if batch.claimed < self._batch:
                    break
            await self._broadcast()
            await self._backfill()
        self.metrics.ticks += 1
        self.last_tick, self.last_tick_elapsed = self._clock(), time.monotonic()
        return written

    def _may_work(self) -> bool:
        return self._leads() and not self._stopping and not self._doubted()

    async def purge(self) -> None:
        """Forget updates that cannot come again, and changes, questions, guides and files past their time."""
        if not self._leads():
            return
        now = self._clock()

        def work(session: Session) -> int:
            updates.purge_set_aside(session, now - KEEP_SET_ASIDE)
            questions.purge(session, now - KEEP_QUESTIONS)
            said_messages.purge(session, now - KEEP_SAID)
            last_change.purge(session, now)
            broadcasts.purge(session, now - broadcasts.KEPT)
            live_guides.purge(session, now - KEEP_GUIDES)
            sent_files.purge(session, now - KEEP_SENT_FILES)
            return updates.purge(session, now - KEEP_HANDLED)

        log.info("purged", extra={"updates": await self._db.run(work)})

    async def backup(self) -> None:
        """Save the day's copy of a SQLite database; PostgreSQL has better ways of its own."""
        day = self._clock().date()
        try:
            saved = await asyncio.to_thread(backups.daily, self._db, day)
        except Exception as error:
            log.exception("the daily backup failed")
            await self._alert_admins("admin/alarm_backup", error)
        else:
            log.info("backup saved", extra={"file": saved.name, "bytes": saved.stat().st_size})

    async def _broadcast(self) -> None:
        """Write what there is room for of a message to everybody; reminders came first."""
        while self._may_work():
            if not self._room():
                self._more = True
                return
            done = await self._db.run(self._one_page)
            if done.cancelled:
                self._on_cancelled()
            if done.written:
                self._on_written()
            if not done.more:
                return

    async def _backfill(self) -> None:
        """Give some people their rows of a new kind; reminders and broadcasts came first."""
        for _ in range(BACKFILL_PAGES):
            if not self._backfilling or not self._may_work():
                return
            self._backfilling = await self._db.run(partial(backfill_page, now=self._clock()))

    def _one_page(self, session: Session) -> broadcast_pages.Step:
        return broadcast_pages.advance_broadcast(session, self._composer.messages, self._clock(), self._batch)

    async def _alert_admins(self, template: str, error: Exception) -> None:
        if self._alert is not None:
            await self._alert(template, error=type(error).__name__)

    async def _process_batch(self) -> Batch:
        now = self._clock()
        claim = partial(due_reminders.claim_due, now=now, limit=self._batch, but=self._quarantine.active(now))
        try:
            batch = await self._carry_out(claim, now)
        except Exception as error:
            if not is_a_rows_fault(error):
                raise
            batch = await self._process_individually(claim, now, error)
        if batch.failed:
            self._quarantine.add(batch.failed, now)
            self.metrics.failed += len(batch.failed)
        if batch.claimed:
            self._step("committed")
            self.metrics.written += batch.written
            self.metrics.silent.update(batch.silent)
            log.info("reminders due", extra={"written": batch.written, "silent": dict(batch.silent)})
        return batch

    async def _carry_out(self, claim: Claim, now: datetime) -> Batch:
        def work(session: Session) -> Batch:
            return process_due(session, self._composer, now, claim, WEEKS, self._step)

        while (batch := await self._db.run(work)).more:
            pass
        return batch

    async def _process_individually(self, claim: Claim, now: datetime, failure: Exception) -> Batch:
        """Carry out a batch that failed: each reminder for itself, so that one of them holds up no other."""
        ids = [reminder.id for reminder in await self._db.run(claim)]
        if not ids:
            raise failure
        whole, last = Batch(claimed=len(ids)), None
        for one in ids:
            try:
                done = await self._carry_out(partial(due_reminders.claim_due, now=now, limit=1, only=[one]), now)
            except Exception as error:
                if not is_a_rows_fault(error):
                    raise
                whole.failed.append(one)
                last = error
            else:
                whole.written += done.written
                whole.silent.update(done.silent)
        if last is not None:
            log.error("reminders failed and were put aside", exc_info=last, extra={"reminders": whole.failed})
            await self._alert_admins("admin/alarm_reminders", last)
        return whole

    async def _tick(self) -> None:
        """One tick: an error is told and the next tick tries again. A crowd takes longer than a tick."""
        if self._tick_lock.locked():
            return
        try:
            await self.tick_now()
        except Exception as error:
            log.exception("a tick failed")
            await self._alert_admins("admin/alarm_tick", error)

    async def _on_interval(self) -> None:
        """Begin one, as a task of our own: APScheduler cancels what it runs when it is stopped."""
        self._schedule_tick()

    def _schedule_tick(self) -> None:
        if self._work is None or self._work.done():
            self._work = asyncio.get_running_loop().create_task(self._tick(), name="tick")


def _ignore(_step: str) -> None:
    return
