"""Sends what waits in the outbox: in order within a chat, replies before bulk, at the pace Telegram allows.

A reply goes out from memory as soon as its transaction has committed; everything else is read from the database. At
most 64 messages are on their way or sent and not yet recorded at any moment: a kill can repeat those and no others.
Removal is by group commit: while one transaction runs, the next batch gathers.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from db import outbox
from db.engine import Database
from db.outbox import Outgoing, Waiting
from gateway.outbound.api_call import ApiCaller, Call, Draw, OnUnknownRefusal, is_late
from gateway.outbound.backoff import Backoff
from gateway.outbound.clock_watch import ClockWatch
from gateway.outbound.inflight import InFlightWindow
from gateway.outbound.outbox_reader import PAGE_SIZE, FetchRequest, OutboxReader
from gateway.outbound.outcomes.apologies import Apologise
from gateway.outbound.outcomes.handler import OutcomeHandler
from gateway.outbound.outcomes.recorder import RESCAN, OutcomeRecorder
from gateway.outbound.outcomes.sender_metrics import SenderMetrics
from gateway.outbound.queues import ChatQueues
from gateway.outbound.rate_limit import RateLimiter
from gateway.outbound.shared_files import SharedFiles
from gateway.outbound.wakeup import Wakeup

log = logging.getLogger(__name__)

MAX_UNREAD_BATCHES: Final = 5  # written and not yet read
MAX_QUEUED: Final = 20_000  # rows held; beyond it replies rest in the database


class Sender:
    """The one place that talks; see the module. `call(method, params)` raises `telegram.error` types."""

    def __init__(
        self,
        db: Database,
        call: Call,
        *,
        clock: Callable[[], datetime],
        rate: float | None,
        replica: str,
        draw: Draw | None = None,
        apologise: Apologise | None = None,
        on_unknown_refusal: OnUnknownRefusal | None = None,
        paid: bool = False,
        leads: bool | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        doubted: Callable[[], float] = lambda: 0.0,
        makes_ahead: bool = False,
        step: Callable[[str], None] | None = None,
    ) -> None:
        """`rate`: messages a second in all, None for no limit. `leads`: whether it sends bulk from the start; by
        default on SQLite only. `draw` makes the file that a payload names, {"draw": what, "file": its name, …}.
        `doubted`: seconds for which the clock is not believed; until then no bulk is sent or skipped.
        `apologise` words what is said where a reply cannot be sent. `on_unknown_refusal` tells the operator of one,
        once an hour. `step` hears of each step, for tests that kill the process at it.
        """
        self._db, self._clock, self._replica = db, clock, replica
        self._monotonic, self._doubted = monotonic, doubted
        self._watch = ClockWatch(clock, monotonic)
        step = step or (lambda _step: None)
        self._backoff = Backoff(monotonic)
        self._reader = OutboxReader(replica)
        self.leads = db.is_sqlite if leads is None else leads
        self.metrics = SenderMetrics()
        self._rate_limiter = RateLimiter(rate, monotonic)
        self._queues = ChatQueues()
        self._in_flight = InFlightWindow()
        self._recorder = OutcomeRecorder(
            db,
            self._reader,
            self._queues,
            self._in_flight,
            clock=clock,
            monotonic=monotonic,
            step=step,
            apologise=apologise or (lambda _session, _row: None),
            sender=self,
        )
        self._files = SharedFiles(db, draw, self._take_back, self._recorder.learn, ahead=makes_ahead)
        self._api = ApiCaller(call, draw, self._files, step, paid=paid, on_unknown_refusal=on_unknown_refusal)
        self._outcome_handler = OutcomeHandler(
            self._recorder, self._backoff, self._queues, self._in_flight, self.metrics, clock, lambda: self.leads
        )
        self._idle_event, self._stopping = asyncio.Event(), False
        self._sending: set[asyncio.Task[None]] = set()
        self._recording: asyncio.Task[None] | None = None
        self._wakeup = Wakeup(self._pump)
        self._on_capacity: list[Callable[[], None]] = []

    async def start(self) -> None:
        """Adopt what is unsent and begin to send."""
        if self._db.is_sqlite:
            adopted = await self._db.run(lambda session: outbox.adopt(session, self._replica))
            if adopted:
                log.info("adopted unsent replies", extra={"count": adopted})
        self._stopping = False
        self._reader.wanted = FetchRequest(held=True, replies=True, bulk=True, due=True)
        await self._recorder.record_and_read()  # before anybody is answered anew: none must overtake an older reply
        self._recording = asyncio.create_task(self._recorder.run(), name="outbox recorder")
        self._wakeup.enabled = True
        self._wakeup.schedule_soon()

    async def stop(self, within: float = 3.0) -> None:
        """Stop sending bulk, send the replies that may go now, record, and end; in at most `within` seconds."""
        self._stopping = True
        self._wakeup.schedule_soon()
        try:
            async with asyncio.timeout(within):
                while not self._is_settled or (self._queues.reply_ready and not self.paused):
                    self._idle_event.clear()
                    await self._idle_event.wait()
        except TimeoutError:
            log.warning("stopped with messages unsent", extra={"count": self._in_flight.count + len(self._queues)})
        tasks = [*self._sending, *([self._recording] if self._recording else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._files.close()
        await self._recorder.finish()
        self._wakeup.cancel()

    def enqueue(self, rows: Sequence[Outgoing]) -> None:
        """Send replies that this replica has just committed: from memory, without reading them again."""
        now = self._clock()
        for row in rows:
            if row.not_before is not None and row.not_before > now:
                self._reader.delay_until(row.not_before)
            elif row.bulk:
                self._reader.wanted.bulk = True
            elif self._in_flight.is_finished(row.id):
                continue
            elif self._reader.more_replies or len(self._queues) >= MAX_QUEUED:
                self._reader.defer_reply()  # their order would be lost: they are read when their turn comes
            else:
                self._queues.add([outbox.waiting(row)])
        self._wakeup.schedule_soon()

    def wake(self) -> None:
        """Look at the database again: bulk was written, rows were adopted, or the clock jumped."""
        self._reader.rewind()
        self._reader.wanted = FetchRequest(held=self._reader.wanted.held, replies=True, bulk=self.leads, due=True)
        self._recorder.work.set()
        self._wakeup.schedule_soon()

    def bulk_written(self) -> None:
        """Send a batch of bulk that this replica has just written: like `wake`, but reads no more than what is new."""
        self._recorder.unread_batches += 1
        self._reader.wanted.bulk = self.leads
        self._recorder.work.set()

    def bulk_cancelled(self) -> None:
        """Bulk was deleted from the database: send none of it from memory, but read what is left."""
        self._queues.drop_bulk()
        self.wake()

    def drop_chat(self, chat_id: int) -> None:
        """Send no more of what waits for this chat: its rows were deleted."""
        self._queues.drop(chat_id)
        for row in self._files.drop(chat_id):
            self._queues.release_chat(row)
            self._queues.forget([row.id])

    def cancel(self, chat_id: int, ids: Sequence[int]) -> None:
        """These rows of a chat were deleted: send none from memory, nor what a reading that began before may bring."""
        self._in_flight.mark_finished(ids)
        self._queues.remove(chat_id, ids)

    def set_leader(self, leads: bool) -> None:
        """Begin to send bulk, or leave it to another replica."""
        if leads == self.leads:
            return
        self.leads = leads
        self._queues.drop_bulk()  # whoever led meanwhile may have sent it: it is read anew
        if leads:
            self._reader.wanted.held = True
            self.wake()

    @property
    def idle(self) -> bool:
        """Nothing is in memory, in flight or unrecorded, and nothing due is known to wait in the database."""
        return self.drained and not len(self._queues)

    @property
    def drained(self) -> bool:
        """Nothing is in flight, unrecorded or being read; something may wait for its time."""
        return self._reader.drained and self._is_settled and not self._files.holds_some

    @property
    def _is_settled(self) -> bool:
        return not (self._in_flight.count or self._recorder.has_outcomes)

    @property
    def has_capacity(self) -> bool:
        """True where more bulk may be written: little waits in memory, and little is unread."""
        return (
            not self._reader.more_bulk
            and self._recorder.unread_batches < MAX_UNREAD_BATCHES
            and self._queues.bulk_waiting < PAGE_SIZE
        )

    def on_recorded(self) -> None:
        """Send what may go now that outcomes are recorded."""
        self._wakeup.schedule_soon()

    def on_room(self) -> None:
        """Call those who wait for capacity."""
        for call in self._on_capacity:
            call()

    def on_capacity(self, call: Callable[[], None]) -> None:
        """Call this whenever there is room for more bulk again."""
        self._on_capacity.append(call)

    async def until_idle(self) -> None:
        """Return once `idle`."""
        while not self.idle:
            self._idle_event.clear()
            await self._idle_event.wait()

    def _pump(self) -> None:
        """Start all that may go now, and come back when more may."""
        now, monotonic = self._clock(), self._monotonic()
        self._see_set_back()
        self._queues.release(now, monotonic)
        waits = [RESCAN.total_seconds()]
        if self.paused:
            waits.append(self._backoff.paused_until - monotonic)
        else:
            while self._in_flight.has_capacity and (row := self._queues.take_reply()) is not None:
                self._begin(row, now)
            waits.append(self._start_bulk(now))
        if self._reader.want_more(now, self._queues.bulk_waiting, self._queues.replies_waiting):
            self._recorder.work.set()
        moments = (self._queues.held_until, self._reader.next_delayed)
        waits.extend((moment - now).total_seconds() for moment in moments if moment is not None)
        if self._queues.cooling_down_until is not None:
            waits.append(self._queues.cooling_down_until - monotonic)
        self._wakeup.schedule_in(min(waits))
        self._idle_event.set()

    def _see_set_back(self) -> None:
        """Keep waits as long as they were where the clock was set back since the last look."""
        if (set_back := self._watch.set_back()) is not None:
            self._queues.hold_less(set_back)

    def _start_bulk(self, now: datetime) -> float:
        """Start what bulk may go; return seconds until more may, a large number where nothing but an event helps."""
        if (doubted := self._doubted()) > 0:
            return doubted
        while self.leads and not self._stopping:
            if not self._in_flight.has_bulk_capacity or not self._queues.bulk_waiting:
                break
            if (wait := self._rate_limiter.bulk_wait()) > 0:
                return wait
            row = self._queues.take_bulk(self._rate_limiter.chat_wait, self._monotonic())
            if row is None:
                break
            self._begin(row, now)
        return RESCAN.total_seconds()

    def _begin(self, row: Waiting, now: datetime) -> None:
        if row.useful_until is not None and now > row.useful_until:
            self.metrics.skipped += 1
            self._recorder.outcomes.over.append(row.id)
            self._queues.release_chat(row)
            self._recorder.work.set()
            return
        if self._files.holds(row):
            return
        self._in_flight.acquire(bulk=row.bulk)
        self._rate_limiter.sent(row.chat_id, bulk=row.bulk)
        task = asyncio.get_running_loop().create_task(self._send(row, now))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, row: Waiting, now: datetime) -> None:
        self.metrics.late += is_late(row, now)
        outcome, result = await self._api.make(row, now)
        self._see_set_back()  # before a wait is added that begins after it
        self._rate_limiter.answered()
        self._outcome_handler.handle(row, outcome, result)
        self._wakeup.schedule_soon()

    def _take_back(self, row: Waiting) -> None:
        """Let a row go that waited for its file."""
        self._outcome_handler.requeue(row)
        self._wakeup.schedule_soon()

    @property
    def paused(self) -> bool:
        """True while nothing goes out: Telegram told us to wait, or cannot be reached."""
        return self._backoff.paused
