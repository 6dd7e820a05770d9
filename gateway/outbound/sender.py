"""Sends what waits in the outbox: in order within a chat, replies before bulk, at the pace Telegram allows.

A reply goes out from memory as soon as its transaction has committed; everything else is read from the database. At
most 64 messages are on their way or sent and not yet recorded at any moment: a kill can repeat those and no others.
Removal is by group commit: while one transaction runs, the next batch gathers.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from db import outbox
from db.engine import Database
from db.outbox import Again, Outcomes, Outgoing, Waiting
from gateway.ops.metrics import SenderMetrics
from gateway.outbound import apologies
from gateway.outbound.api_call import ApiCaller, Call, Draw, is_late, log_fields
from gateway.outbound.apologies import Apologise
from gateway.outbound.backoff import Backoff
from gateway.outbound.inflight import InFlightWindow
from gateway.outbound.outbox_reader import PAGE_SIZE, FetchRequest, FetchResult, OutboxReader
from gateway.outbound.outcomes import Failed, Offline, Retry, SendOutcome, Sent, Unreachable, Wait
from gateway.outbound.queues import ChatQueues
from gateway.outbound.rate_limit import RateLimiter
from gateway.outbound.wakeup import Wakeup

log = logging.getLogger(__name__)

MAX_UNREAD_BATCHES: Final = 5  # written and not yet read
MAX_QUEUED: Final = 20_000  # rows held; beyond it replies rest in the database
RESCAN: Final = timedelta(seconds=5)
GATHER_SECONDS: Final = 0.005
GATHER_SIZE: Final = 32


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
        paid: bool = False,
        leads: bool | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        step: Callable[[str], None] | None = None,
    ) -> None:
        """`rate`: messages a second in all, None for no limit. `leads`: whether it sends bulk from the start; by
        default on SQLite only. `draw` makes the file that a payload names, {"draw": what, "file": its name, …}.
        `apologise` words what is said where a reply cannot be sent. `step` hears of each step, for tests that kill
        the process at it.
        """
        self._db = db
        self._clock = clock
        self._replica = replica
        self._monotonic = monotonic
        self._step = step or (lambda _step: None)
        self._apologise = apologise or (lambda _session, _row: None)
        self._api = ApiCaller(call, draw, self._step, paid=paid)
        self._backoff = Backoff(monotonic)
        self._reader = OutboxReader(replica)
        self.leads = db.is_sqlite if leads is None else leads
        self.metrics = SenderMetrics()
        self._rate_limiter = RateLimiter(rate, monotonic)
        self._queues = ChatQueues()
        self._outcomes = Outcomes()
        self._in_flight = InFlightWindow()
        self._batches_unread = 0
        self._work = asyncio.Event()
        self._idle_event = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()
        self._recorder: asyncio.Task[None] | None = None
        self._wakeup = Wakeup(self._pump)
        self._stopping = False
        self._on_capacity: list[Callable[[], None]] = []

    # What others call

    async def start(self) -> None:
        """Adopt what is unsent and begin to send."""
        if self._db.is_sqlite:
            adopted = await self._db.run(lambda session: outbox.adopt(session, self._replica))
            if adopted:
                log.info("adopted unsent replies", extra={"count": adopted})
        self._stopping = False
        self._reader.wanted = FetchRequest(held=True, replies=True, bulk=True, due=True)
        await self._one_transaction()  # before anybody is answered anew: a reply must not overtake an older one
        self._recorder = asyncio.create_task(self._record_and_read(), name="outbox recorder")
        self._wakeup.enabled = True
        self._wakeup.schedule_soon()

    async def stop(self, within: float = 3.0) -> None:
        """Stop sending bulk, send the replies that may go now, record, and end; in at most `within` seconds."""
        self._stopping = True
        self._wakeup.schedule_soon()
        try:
            async with asyncio.timeout(within):
                while self._in_flight.count or self._has_outcomes() or (self._queues.reply_ready and not self.paused):
                    self._idle_event.clear()
                    await self._idle_event.wait()
        except TimeoutError:
            log.warning("stopped with messages unsent", extra={"count": self._in_flight.count + len(self._queues)})
        for task in [*self._sending, self._recorder]:
            if task is not None:
                task.cancel()
        await asyncio.gather(*self._sending, *([self._recorder] if self._recorder else []), return_exceptions=True)
        if self._has_outcomes():
            await self._db.run(lambda session: self._record(session, self._outcomes))
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
        self._work.set()
        self._wakeup.schedule_soon()

    def bulk_written(self) -> None:
        """Send a batch of bulk that this replica has just written: like `wake`, but reads no more than what is new."""
        self._batches_unread += 1
        self._reader.wanted.bulk = self.leads
        self._work.set()

    def bulk_cancelled(self) -> None:
        """Bulk was deleted from the database: send none of it from memory, but read what is left."""
        self._queues.drop_bulk()
        self.wake()

    def drop_chat(self, chat_id: int) -> None:
        """Send no more of what waits for this chat: its rows were deleted."""
        self._queues.drop(chat_id)

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
        return self._reader.drained and not (self._in_flight.count or self._has_outcomes())

    @property
    def has_capacity(self) -> bool:
        """Whether more bulk may be written: little waits in memory, and little that was not read yet."""
        return (
            not self._reader.more_bulk
            and self._batches_unread < MAX_UNREAD_BATCHES
            and self._queues.bulk_waiting < PAGE_SIZE
        )

    def on_capacity(self, call: Callable[[], None]) -> None:
        """Call this whenever there is room for more bulk again."""
        self._on_capacity.append(call)

    async def until_idle(self) -> None:
        """Return once `idle`."""
        while not self.idle:
            self._idle_event.clear()
            await self._idle_event.wait()

    # Sending

    def _pump(self) -> None:
        """Start all that may go now, and come back when more may."""
        now, monotonic = self._clock(), self._monotonic()
        self._queues.release(now, monotonic)
        waits = [RESCAN.total_seconds()]
        if self.paused:
            waits.append(self._backoff.paused_until - monotonic)
        else:
            while self._in_flight.has_capacity and (row := self._queues.take_reply()) is not None:
                self._begin(row, now)
            waits.append(self._start_bulk(now))
        if self._reader.want_more(now, self._queues.bulk_waiting, self._queues.replies_waiting):
            self._work.set()
        moments = (self._queues.held_until, self._reader.next_delayed)
        waits.extend((moment - now).total_seconds() for moment in moments if moment is not None)
        if self._queues.cooling_down_until is not None:
            waits.append(self._queues.cooling_down_until - monotonic)
        self._wakeup.schedule_in(min(waits))
        self._idle_event.set()

    def _start_bulk(self, now: datetime) -> float:
        """Start what bulk may go; return seconds until more may, a large number where nothing but an event helps."""
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
            self._outcomes.over.append(row.id)
            self._queues.release_chat(row)
            self._work.set()
            return
        self._in_flight.acquire(bulk=row.bulk)
        self._rate_limiter.sent(row.chat_id, bulk=row.bulk)
        task = asyncio.get_running_loop().create_task(self._send(row, now))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, row: Waiting, now: datetime) -> None:
        self.metrics.late += is_late(row, now)
        self._conclude(row, *await self._api.make(row, now))

    def _conclude(self, row: Waiting, verdict: SendOutcome, result: Any) -> None:
        self._rate_limiter.answered()
        if not isinstance(verdict, Wait | Offline):
            self._backoff.on_answer(row, well=not isinstance(verdict, Retry))
        if isinstance(verdict, Offline):  # nothing was sent: the row goes back as it was, everything waits a little
            self._backoff.on_unreachable(verdict.reason)
            self._requeue(row)
            self._in_flight.release([row.bulk])
            self._wakeup.schedule_soon()
            return
        self._in_flight.to_release.append(row.bulk)
        match verdict:
            case Wait(seconds):
                self._on_retry_after(row, seconds)
            case Retry():
                self._retry(row)
            case _:
                self._finish(row, verdict, result)
        self._work.set()
        self._wakeup.schedule_soon()

    def _finish(self, row: Waiting, verdict: SendOutcome, result: Any) -> None:
        """The row is over, one way or the other."""
        self._outcomes.over.append(row.id)
        self._backoff.forget(row)
        match verdict:
            case Sent():
                put_off = row.not_before is not None and not row.attempts  # on purpose: its wait says nothing of us
                waited = None if row.bulk or put_off else (self._clock() - row.created_at).total_seconds()
                self.metrics.went_out(bulk=row.bulk, seconds=waited)
                if row.remember and row.user_id is not None and isinstance(result, dict) and "message_id" in result:
                    self._outcomes.prompts[row.user_id] = result["message_id"]
            case Unreachable(reason):
                self.metrics.failed[reason] += 1
                person = row.user_id if row.user_id is not None else row.chat_id
                self._outcomes.unreachable[person] = reason
                self._queues.drop_bulk(row.chat_id)
            case Failed(name, quiet):
                self.metrics.failed[name] += 1
                if quiet:
                    log.info("nothing to change any more", extra=log_fields(row))
                elif apologies.owed(row):
                    self._outcomes.unsaid.append(row)
            case _:
                raise AssertionError(verdict)
        self._queues.release_chat(row)

    def _on_retry_after(self, row: Waiting, seconds: float) -> None:
        self.metrics.waits += 1
        self._retry_in(row, self._backoff.on_retry_after(row, seconds))

    def _retry(self, row: Waiting) -> None:
        wait = self._backoff.next_delay(row)
        if wait is None:
            log.error("given up: others went out meanwhile", extra=log_fields(row))
            self._finish(row, Failed("given-up", quiet=False), None)
            return
        self.metrics.retried += 1
        self._retry_in(row, wait)

    def _retry_in(self, row: Waiting, wait: timedelta) -> None:
        row.attempts += 1
        row.not_before = self._clock() + wait
        self._outcomes.again.append(Again(row.id, row.not_before, row.attempts))
        self._requeue(row)

    def _requeue(self, row: Waiting) -> None:
        """The row waits again, unless it was taken back meanwhile, or another replica is to send it now."""
        if self._in_flight.is_finished(row.id) or (row.bulk and not self.leads):
            self._queues.release_chat(row)
            self._queues.forget([row.id])
        else:
            self._queues.requeue(row)

    @property
    def paused(self) -> bool:
        """Whether nothing goes out for a moment: Telegram told us to wait, or cannot be reached."""
        return self._backoff.paused

    # Recording and reading: one transaction for both, so that nothing recorded is read again

    def _has_outcomes(self) -> bool:
        return bool(self._outcomes.over or self._outcomes.again or self._in_flight.to_release)

    async def _record_and_read(self) -> None:
        read_at = self._monotonic()
        while True:
            try:
                async with asyncio.timeout(RESCAN.total_seconds()):
                    await self._work.wait()
            except TimeoutError:
                self.wake()
            if self._has_outcomes() and not self._reader.wanted and len(self._in_flight.to_release) < GATHER_SIZE:
                await asyncio.sleep(GATHER_SECONDS)
            self._work.clear()
            if self._monotonic() - read_at > RESCAN.total_seconds():
                self.wake()
                self._work.clear()
                read_at = self._monotonic()
            try:
                await self._one_transaction()
            except Exception:
                log.exception("the database does not take what was sent; trying again")
                await asyncio.sleep(1)
                self._work.set()
            self._wakeup.schedule_soon()

    def _record(self, session: Session, outcomes: Outcomes) -> list[Outgoing]:
        outbox.record(session, outcomes)
        return apologies.write(session, outcomes.unsaid, self._apologise)

    async def _one_transaction(self) -> None:
        outcomes, self._outcomes = self._outcomes, Outcomes()
        slots, self._in_flight.to_release = self._in_flight.to_release, []
        wish = self._reader.begin()
        if wish.bulk:
            self._batches_unread = 0
        known, now, leads = self._queues.ids if wish.due else frozenset(), self._clock(), self.leads

        def work(session: Session) -> tuple[list[Outgoing], FetchResult | None]:
            sorry = self._record(session, outcomes)
            return sorry, self._reader.read(session, wish, leads=leads, but=known, now=now) if wish else None

        try:
            self._step("record")
            sorry, read = await self._db.run(work)
            self._step("recorded")
        except BaseException:
            self._outcomes = outcomes + self._outcomes
            self._in_flight.to_release = slots + self._in_flight.to_release
            self._reader.failed(wish)
            raise
        self._queues.forget(outcomes.over)
        self._in_flight.mark_finished(outcomes.over)
        self._in_flight.release(slots)
        had_room = self.has_capacity
        if read is not None:
            mine = (row for row in read.rows if self.leads or not row.bulk)
            self._queues.add(row for row in mine if not self._in_flight.is_finished(row.id))
            self._reader.apply(wish, read, leads=self.leads)
        self._reader.reading = False
        self.enqueue(sorry)
        if self.has_capacity and (read is not None or not had_room or outcomes.over):
            for call in self._on_capacity:
                call()
