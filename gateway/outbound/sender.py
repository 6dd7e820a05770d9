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
from gateway.ops.metrics import Counts
from gateway.outbound import apologies
from gateway.outbound.api_call import ApiCaller, Call, Draw, is_late, log_fields
from gateway.outbound.apologies import Apologise
from gateway.outbound.backoff import Backoff
from gateway.outbound.inflight import InFlightWindow
from gateway.outbound.outbox_reader import PAGE, FetchRequest, FetchResult, OutboxReader
from gateway.outbound.outcomes import Ended, Offline, Retry, SendOutcome, Sent, Unreachable, Wait
from gateway.outbound.queues import ChatQueues
from gateway.outbound.rate_limit import Pacing
from gateway.outbound.wakeup import Wakeup

log = logging.getLogger(__name__)

BATCHES_AHEAD: Final = 5  # written and not yet read
MEMORY: Final = 20_000  # rows held; beyond it replies rest in the database
RESCAN: Final = timedelta(seconds=5)
GATHER_SECONDS: Final = 0.005
GATHER_ENOUGH: Final = 32


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
        self._caller = ApiCaller(call, draw, self._step, paid=paid)
        self._patience = Backoff(monotonic)
        self._reader = OutboxReader(replica)
        self.leads = db.is_sqlite if leads is None else leads
        self.counts = Counts()
        self._pacing = Pacing(rate, monotonic)
        self._lanes = ChatQueues()
        self._outcomes = Outcomes()
        self._slots = InFlightWindow()
        self._batches_unread = 0
        self._work = asyncio.Event()
        self._quiet = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()
        self._recorder: asyncio.Task[None] | None = None
        self._pulse = Wakeup(self._pump)
        self._stopping = False
        self._room: list[Callable[[], None]] = []

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
        self._pulse.on = True
        self._pulse.poke()

    async def stop(self, within: float = 3.0) -> None:
        """Stop sending bulk, send the replies that may go now, record, and end; in at most `within` seconds."""
        self._stopping = True
        self._pulse.poke()
        try:
            async with asyncio.timeout(within):
                while self._slots.taken or self._outcomes_waiting() or (self._lanes.reply_ready and not self.paused):
                    self._quiet.clear()
                    await self._quiet.wait()
        except TimeoutError:
            log.warning("stopped with messages unsent", extra={"count": self._slots.taken + len(self._lanes)})
        for task in [*self._sending, self._recorder]:
            if task is not None:
                task.cancel()
        await asyncio.gather(*self._sending, *([self._recorder] if self._recorder else []), return_exceptions=True)
        if self._outcomes_waiting():
            await self._db.run(lambda session: self._write_down(session, self._outcomes))
        self._pulse.rest()

    def hand_over(self, rows: Sequence[Outgoing]) -> None:
        """Send replies that this replica has just committed: from memory, without reading them again."""
        now = self._clock()
        for row in rows:
            if row.not_before is not None and row.not_before > now:
                self._reader.put_off(row.not_before)
            elif row.bulk:
                self._reader.wanted.bulk = True
            elif self._slots.was_over(row.id):
                continue
            elif self._reader.more_replies or len(self._lanes) >= MEMORY:
                self._reader.put_behind()  # their order would be lost: they are read when their turn comes
            else:
                self._lanes.add([outbox.waiting(row)])
        self._pulse.poke()

    def wake(self) -> None:
        """Look at the database again: bulk was written, rows were adopted, or the clock jumped."""
        self._reader.rewind()
        self._reader.wanted = FetchRequest(held=self._reader.wanted.held, replies=True, bulk=self.leads, due=True)
        self._work.set()
        self._pulse.poke()

    def bulk_written(self) -> None:
        """Send a batch of bulk that this replica has just written: like `wake`, but reads no more than what is new."""
        self._batches_unread += 1
        self._reader.wanted.bulk = self.leads
        self._work.set()

    def bulk_taken_back(self) -> None:
        """Bulk was deleted from the database: send none of it from memory, but read what is left."""
        self._lanes.drop_bulk()
        self.wake()

    def forget(self, chat_id: int) -> None:
        """Send no more of what waits for this chat: its rows were deleted."""
        self._lanes.drop(chat_id)

    def take_back(self, chat_id: int, ids: Sequence[int]) -> None:
        """These rows of a chat were deleted: send none from memory, nor what a reading that began before may bring."""
        self._slots.remember(ids)
        self._lanes.take_out(chat_id, ids)

    def lead(self, leads: bool) -> None:
        """Begin to send bulk, or leave it to another replica."""
        if leads == self.leads:
            return
        self.leads = leads
        self._lanes.drop_bulk()  # whoever led meanwhile may have sent it: it is read anew
        if leads:
            self._reader.wanted.held = True
            self.wake()

    @property
    def idle(self) -> bool:
        """Nothing is in memory, in flight or unrecorded, and nothing due is known to wait in the database."""
        return self.settled and not len(self._lanes)

    @property
    def settled(self) -> bool:
        """Nothing is in flight, unrecorded or being read; something may wait for its time."""
        return self._reader.settled and not (self._slots.taken or self._outcomes_waiting())

    @property
    def room(self) -> bool:
        """Whether more bulk may be written: little waits in memory, and little that was not read yet."""
        return not self._reader.more_bulk and self._batches_unread < BATCHES_AHEAD and self._lanes.bulk_waiting < PAGE

    def on_room(self, call: Callable[[], None]) -> None:
        """Call this whenever there is room for more bulk again."""
        self._room.append(call)

    async def until_idle(self) -> None:
        """Return once `idle`."""
        while not self.idle:
            self._quiet.clear()
            await self._quiet.wait()

    # Sending

    def _pump(self) -> None:
        """Start all that may go now, and come back when more may."""
        now, monotonic = self._clock(), self._monotonic()
        self._lanes.release(now, monotonic)
        waits = [RESCAN.total_seconds()]
        if self.paused:
            waits.append(self._patience.until - monotonic)
        else:
            while self._slots.free and (row := self._lanes.take_reply()) is not None:
                self._begin(row, now)
            waits.append(self._start_bulk(now))
        if self._reader.want_more(now, self._lanes.bulk_waiting, self._lanes.replies_waiting):
            self._work.set()
        moments = (self._lanes.held_until, self._reader.next_delayed)
        waits.extend((moment - now).total_seconds() for moment in moments if moment is not None)
        if self._lanes.resting_until is not None:
            waits.append(self._lanes.resting_until - monotonic)
        self._pulse.again(min(waits))
        self._quiet.set()

    def _start_bulk(self, now: datetime) -> float:
        """Start what bulk may go; return seconds until more may, a large number where nothing but an event helps."""
        while self.leads and not self._stopping:
            if not self._slots.free_for_bulk or not self._lanes.bulk_waiting:
                break
            if (wait := self._pacing.bulk_wait()) > 0:
                return wait
            row = self._lanes.take_bulk(self._pacing.chat_wait, self._monotonic())
            if row is None:
                break
            self._begin(row, now)
        return RESCAN.total_seconds()

    def _begin(self, row: Waiting, now: datetime) -> None:
        if row.useful_until is not None and now > row.useful_until:
            self.counts.skipped += 1
            self._outcomes.over.append(row.id)
            self._lanes.settle(row)
            self._work.set()
            return
        self._slots.take(bulk=row.bulk)
        self._pacing.sent(row.chat_id, bulk=row.bulk)
        task = asyncio.get_running_loop().create_task(self._send(row, now))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, row: Waiting, now: datetime) -> None:
        self.counts.late += is_late(row, now)
        self._conclude(row, *await self._caller.make(row, now))

    def _conclude(self, row: Waiting, verdict: SendOutcome, result: Any) -> None:
        self._pacing.answered()
        if not isinstance(verdict, Wait | Offline):
            self._patience.server_answers(row, well=not isinstance(verdict, Retry))
        if isinstance(verdict, Offline):  # nothing was sent: the row goes back as it was, everything waits a little
            self._patience.out_of_reach(verdict.reason)
            self._put_back(row)
            self._slots.give_back([row.bulk])
            self._pulse.poke()
            return
        self._slots.due.append(row.bulk)
        match verdict:
            case Wait(seconds):
                self._told_to_wait(row, seconds)
            case Retry():
                self._back_off(row)
            case _:
                self._finish(row, verdict, result)
        self._work.set()
        self._pulse.poke()

    def _finish(self, row: Waiting, verdict: SendOutcome, result: Any) -> None:
        """The row is over, one way or the other."""
        self._outcomes.over.append(row.id)
        self._patience.over(row)
        match verdict:
            case Sent():
                put_off = row.not_before is not None and not row.attempts  # on purpose: its wait says nothing of us
                waited = None if row.bulk or put_off else (self._clock() - row.created_at).total_seconds()
                self.counts.went_out(bulk=row.bulk, seconds=waited)
                if row.remember and row.user_id is not None and isinstance(result, dict) and "message_id" in result:
                    self._outcomes.prompts[row.user_id] = result["message_id"]
            case Unreachable(reason):
                self.counts.failed[reason] += 1
                person = row.user_id if row.user_id is not None else row.chat_id
                self._outcomes.unreachable[person] = reason
                self._lanes.drop_bulk(row.chat_id)
            case Ended(name, quiet):
                self.counts.failed[name] += 1
                if quiet:
                    log.info("nothing to change any more", extra=log_fields(row))
                elif apologies.owed(row):
                    self._outcomes.unsaid.append(row)
            case _:
                raise AssertionError(verdict)
        self._lanes.settle(row)

    def _told_to_wait(self, row: Waiting, seconds: float) -> None:
        self.counts.waits += 1
        self._again(row, self._patience.told_to_wait(row, seconds))

    def _back_off(self, row: Waiting) -> None:
        wait = self._patience.after_failure(row)
        if wait is None:
            log.error("given up: others went out meanwhile", extra=log_fields(row))
            self._finish(row, Ended("given-up", quiet=False), None)
            return
        self.counts.retried += 1
        self._again(row, wait)

    def _again(self, row: Waiting, wait: timedelta) -> None:
        row.attempts += 1
        row.not_before = self._clock() + wait
        self._outcomes.again.append(Again(row.id, row.not_before, row.attempts))
        self._put_back(row)

    def _put_back(self, row: Waiting) -> None:
        """The row waits again, unless it was taken back meanwhile, or another replica is to send it now."""
        if self._slots.was_over(row.id) or (row.bulk and not self.leads):
            self._lanes.settle(row)
            self._lanes.forget([row.id])
        else:
            self._lanes.put_back(row)

    @property
    def paused(self) -> bool:
        """Whether nothing goes out for a moment: Telegram told us to wait, or cannot be reached."""
        return self._patience.waiting

    # Recording and reading: one transaction for both, so that nothing recorded is read again

    def _outcomes_waiting(self) -> bool:
        return bool(self._outcomes.over or self._outcomes.again or self._slots.due)

    async def _record_and_read(self) -> None:
        read_at = self._monotonic()
        while True:
            try:
                async with asyncio.timeout(RESCAN.total_seconds()):
                    await self._work.wait()
            except TimeoutError:
                self.wake()
            if self._outcomes_waiting() and not self._reader.wanted and len(self._slots.due) < GATHER_ENOUGH:
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
            self._pulse.poke()

    def _write_down(self, session: Session, outcomes: Outcomes) -> list[Outgoing]:
        outbox.record(session, outcomes)
        return apologies.write(session, outcomes.unsaid, self._apologise)

    async def _one_transaction(self) -> None:
        outcomes, self._outcomes = self._outcomes, Outcomes()
        slots, self._slots.due = self._slots.due, []
        wish = self._reader.begin()
        if wish.bulk:
            self._batches_unread = 0
        known, now, leads = self._lanes.ids if wish.due else frozenset(), self._clock(), self.leads

        def work(session: Session) -> tuple[list[Outgoing], FetchResult | None]:
            sorry = self._write_down(session, outcomes)
            return sorry, self._reader.read(session, wish, leads=leads, but=known, now=now) if wish else None

        try:
            self._step("record")
            sorry, read = await self._db.run(work)
            self._step("recorded")
        except BaseException:
            self._outcomes = outcomes + self._outcomes
            self._slots.due = slots + self._slots.due
            self._reader.failed(wish)
            raise
        self._lanes.forget(outcomes.over)
        self._slots.remember(outcomes.over)
        self._slots.give_back(slots)
        had_room = self.room
        if read is not None:
            mine = (row for row in read.rows if self.leads or not row.bulk)
            self._lanes.add(row for row in mine if not self._slots.was_over(row.id))
            self._reader.take_in(wish, read, leads=self.leads)
        self._reader.reading = False
        self.hand_over(sorry)
        if self.room and (read is not None or not had_room or outcomes.over):
            for call in self._room:
                call()
