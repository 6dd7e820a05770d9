"""Sends what waits in the outbox: in order within a chat, replies before bulk, at the pace Telegram allows.

A reply goes out from memory as soon as its transaction has committed; everything else is read from the database. At
most 64 messages are on their way or sent and not yet recorded at any moment: a kill can repeat those and no others.
Removal is by group commit: while one transaction runs, the next batch gathers.
"""

import asyncio
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session
from telegram.error import TelegramError

from db import outbox
from db.engine import Database
from db.models import OutboxMessage
from db.outbox import Again, Outcomes, Waiting
from gateway.errors import CannotDraw
from gateway.figures import Histogram
from gateway.lanes import Lanes
from gateway.pacing import Pacing
from gateway.redaction import redact
from gateway.transport import Upload
from gateway.verdicts import Ended, Offline, Retry, Sent, Unreachable, Verdict, Wait, judge

log = logging.getLogger(__name__)

UNRECORDED: Final = 64
BULK_SLOTS: Final = 56  # so that a reply finds a free one
PAGE: Final = 500
LOW_WATER: Final = 250
BATCHES_AHEAD: Final = 5  # written and not yet read
MEMORY: Final = 20_000  # rows held; beyond it replies rest in the database
HELD: Final = 10_000
RESCAN: Final = timedelta(seconds=5)
LATE: Final = timedelta(minutes=10)
GATHER_SECONDS: Final = 0.01
GATHER_ENOUGH: Final = 32
FIRST_BACKOFF: Final = timedelta(seconds=1)
LONGEST_BACKOFF: Final = timedelta(minutes=5)
GIVE_UP_ATTEMPTS: Final = 12  # a quarter of an hour in all
OFFLINE_SECONDS: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
CROWD_OF_WAITS: Final = 3  # so many chats told to wait one after the other: the limit is everybody's
REMEMBERED: Final = 10_000


@dataclass
class Counts:
    """What the sender did since it started."""

    sent: int = 0
    replies: int = 0
    bulk: int = 0
    late: int = 0
    skipped: int = 0
    retried: int = 0
    waits: int = 0  # 429 seen
    failed: Counter[str] = field(default_factory=Counter)
    reply_seconds: Histogram = field(default_factory=Histogram)  # from the start of its transaction to sent


@dataclass
class _Read:
    """What one reading of the database found."""

    rows: list[Waiting]
    replies_cursor: int
    bulk_cursor: int
    more_replies: bool = False  # whether there may be more behind the cursor
    more_bulk: bool = False
    next_delayed: datetime | None = None


@dataclass
class _Wish:
    """What the next transaction shall read."""

    held: bool = False
    replies: bool = False
    bulk: bool = False
    due: bool = False

    def __bool__(self) -> bool:
        return self.held or self.replies or self.bulk or self.due


class Sender:
    """The one place that talks; see the module. `call(method, params)` raises `telegram.error` types."""

    def __init__(
        self,
        db: Database,
        call: Callable[[str, dict[str, Any]], Awaitable[Any]],
        *,
        clock: Callable[[], datetime],
        rate: float | None,
        replica: str,
        draw: Callable[[Mapping[str, Any]], Awaitable[bytes]] | None = None,
        paid: bool = False,
        leads: bool | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        step: Callable[[str], None] | None = None,
    ) -> None:
        """`rate`: messages a second in all, None for no limit. `leads`: whether it sends bulk from the start; by
        default on SQLite only. `draw` makes the file that a payload names, {"draw": what, "file": its name, …}.
        `step` hears of each step, for tests that kill the process at it.
        """
        self._db = db
        self._call = call
        self._clock = clock
        self._replica = replica
        self._draw = draw
        self._paid = paid
        self._monotonic = monotonic
        self._step = step or _ignore
        self.leads = db.is_sqlite if leads is None else leads
        self.counts = Counts()
        self._pacing = Pacing(rate, monotonic)
        self._lanes = Lanes()
        self._outcomes = Outcomes()
        self._unrecorded = 0  # in flight, or sent and not yet recorded
        self._bulk_unrecorded = 0
        self._slots_due: list[bool] = []  # bulk or not, of each outcome that frees a slot when recorded
        self._wish = _Wish()
        self._reading = False
        self._replies_cursor = 0
        self._bulk_cursor = 0
        self._rewind = False
        self._batches_unread = 0
        self._more_replies = False
        self._more_bulk = False
        self._next_delayed: datetime | None = None
        self._over: OrderedDict[int, None] = OrderedDict()
        self._paused_until = 0.0
        self._offline: str | None = None
        self._offline_times = 0
        self._waits_in_a_row: dict[int, float] = {}
        self._last_success = 0.0
        self._first_failed: dict[int, float] = {}
        self._work = asyncio.Event()
        self._quiet = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()
        self._recorder: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._poked = False
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
        self._wish = _Wish(held=True, replies=True, bulk=True, due=True)
        self._work.set()
        self._recorder = asyncio.create_task(self._record_and_read(), name="outbox recorder")
        self._poke()

    async def stop(self, within: float = 3.0) -> None:
        """Stop sending bulk, send the replies that may go now, record, and end; in at most `within` seconds."""
        self._stopping = True
        self._poke()
        try:
            async with asyncio.timeout(within):
                while self._unrecorded or self._outcomes_waiting() or (self._lanes.reply_ready and not self.paused):
                    self._quiet.clear()
                    await self._quiet.wait()
        except TimeoutError:
            log.warning("stopped with messages unsent", extra={"count": self._unrecorded + len(self._lanes)})
        for task in [*self._sending, self._recorder]:
            if task is not None:
                task.cancel()
        await asyncio.gather(*self._sending, *([self._recorder] if self._recorder else []), return_exceptions=True)
        if self._outcomes_waiting():
            await self._db.run(lambda session: outbox.record(session, self._outcomes))
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def hand_over(self, rows: Sequence[OutboxMessage]) -> None:
        """Send replies that this replica has just committed: from memory, without reading them again."""
        now = self._clock()
        for row in rows:
            if row.not_before is not None and row.not_before > now:
                if self._next_delayed is None or row.not_before < self._next_delayed:
                    self._next_delayed = row.not_before
            elif row.bulk:
                self._wish.bulk = True
            elif row.id in self._over:
                continue
            elif self._more_replies or len(self._lanes) >= MEMORY:
                self._more_replies = True  # their order would be lost: they are read when their turn comes
            else:
                self._lanes.add([outbox.waiting(row)])
        self._poke()

    def wake(self) -> None:
        """Look at the database again: bulk was written, rows were adopted, or the clock jumped."""
        self._rewind = True
        self._wish = _Wish(held=self._wish.held, replies=True, bulk=self.leads, due=True)
        self._work.set()
        self._poke()

    def bulk_written(self) -> None:
        """Send a batch of bulk that this replica has just written: like `wake`, but reads no more than what is new."""
        self._batches_unread += 1
        self._wish.bulk = self.leads
        self._work.set()

    def bulk_taken_back(self) -> None:
        """Bulk was deleted from the database: send none of it from memory, but read what is left."""
        self._lanes.drop_bulk()
        self.wake()

    def forget(self, chat_id: int) -> None:
        """Send no more of what waits for this chat: its rows were deleted."""
        self._lanes.drop(chat_id)

    def lead(self, leads: bool) -> None:
        """Begin to send bulk, or leave it to another replica."""
        if leads == self.leads:
            return
        self.leads = leads
        if leads:
            self._wish.held = True
            self.wake()
        else:
            self._lanes.drop_bulk()

    @property
    def idle(self) -> bool:
        """Nothing is in memory, in flight or unrecorded, and nothing due is known to wait in the database."""
        return self.settled and not len(self._lanes)

    @property
    def settled(self) -> bool:
        """Nothing is in flight, unrecorded or being read; something may wait for its time."""
        return not (
            self._unrecorded or self._outcomes_waiting() or self._wish or self._reading
            or self._more_replies or self._more_bulk
        )  # fmt: skip

    @property
    def room(self) -> bool:
        """Whether more bulk may be written: little waits in memory, and little that was not read yet."""
        return not self._more_bulk and self._batches_unread < BATCHES_AHEAD and self._lanes.bulk_waiting < PAGE

    def on_room(self, call: Callable[[], None]) -> None:
        """Call this whenever there is room for more bulk again."""
        self._room.append(call)

    async def until_idle(self) -> None:
        """Return once `idle`."""
        while not self.idle:
            self._quiet.clear()
            await self._quiet.wait()

    # Sending

    def _poke(self) -> None:
        if not self._poked and self._recorder is not None:
            self._poked = True
            asyncio.get_running_loop().call_soon(self._pump)

    def _pump(self) -> None:
        """Start all that may go now, and come back when more may."""
        self._poked = False
        now, monotonic = self._clock(), self._monotonic()
        self._lanes.release(now, monotonic)
        waits = [RESCAN.total_seconds()]
        if self.paused:
            waits.append(self._paused_until - monotonic)
        else:
            self._start_replies(now)
            waits.append(self._start_bulk(now))
        self._want_more(now)
        moments = (self._lanes.held_until, self._next_delayed)
        waits.extend((moment - now).total_seconds() for moment in moments if moment is not None)
        if self._lanes.resting_until is not None:
            waits.append(self._lanes.resting_until - monotonic)
        self._come_back(min(waits))
        self._quiet.set()

    def _start_replies(self, now: datetime) -> None:
        while self._unrecorded < UNRECORDED and (row := self._lanes.take_reply()) is not None:
            self._begin(row, now)

    def _start_bulk(self, now: datetime) -> float:
        """Start what bulk may go; return seconds until more may, a large number where nothing but an event helps."""
        while self.leads and not self._stopping:
            if self._bulk_unrecorded >= BULK_SLOTS or self._unrecorded >= UNRECORDED or not self._lanes.bulk_waiting:
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
        self._unrecorded += 1
        self._bulk_unrecorded += row.bulk
        self._pacing.sent(row.chat_id, bulk=row.bulk)
        task = asyncio.get_running_loop().create_task(self._send(row, now))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, row: Waiting, now: datetime) -> None:
        result: Any = None
        verdict: Verdict = Sent()
        try:
            payload = await self._payload(row, now)
            self._step("send")
            result = await self._call(row.method, payload)
            self._step("sent")
        except Exception as error:  # whatever it is, the row must not stay in flight
            verdict = judge(error)
            if isinstance(verdict, Ended) and not verdict.quiet:
                log.error("a message cannot be sent", extra=_named(row) | {"error": redact(repr(error))})
            elif not isinstance(error, TelegramError):
                log.exception("a message met an error nobody foresaw", extra=_named(row))
        self._conclude(row, verdict, result)

    async def _payload(self, row: Waiting, now: datetime) -> dict[str, Any]:
        payload = row.payload
        if row.due_at is not None and row.late_text is not None and now - row.due_at > LATE:
            self.counts.late += 1
            payload = payload | {"text": row.late_text}
        if row.bulk and self._paid:
            payload = payload | {"allow_paid_broadcast": True}
        for name, value in payload.items():
            if isinstance(value, dict) and "draw" in value:
                payload = payload | {name: await self._drawn(value)}
        return payload

    async def _drawn(self, file: Mapping[str, Any]) -> Upload:
        if self._draw is None:
            raise CannotDraw("nothing draws files here")
        try:
            return Upload(await self._draw(file), str(file.get("file", "picture.png")))
        except Exception as error:
            raise CannotDraw(repr(error)) from error

    def _conclude(self, row: Waiting, verdict: Verdict, result: Any) -> None:
        if not isinstance(verdict, Wait | Offline):
            self._server_answers(row, well=not isinstance(verdict, Retry))
        if isinstance(verdict, Offline):
            self._go_offline(row, verdict.reason)
            return
        self._slots_due.append(row.bulk)
        match verdict:
            case Wait(seconds):
                self._told_to_wait(row, seconds)
            case Retry():
                self._back_off(row)
            case _:
                self._finish(row, verdict, result)
        self._work.set()
        self._poke()

    def _finish(self, row: Waiting, verdict: Verdict, result: Any) -> None:
        """The row is over, one way or the other."""
        self._outcomes.over.append(row.id)
        self._first_failed.pop(row.id, None)
        match verdict:
            case Sent():
                self.counts.sent += 1
                self.counts.bulk += row.bulk
                self.counts.replies += not row.bulk
                if not row.bulk and (row.not_before is None or row.attempts):  # not what was put off on purpose
                    self.counts.reply_seconds.observe(max(0.0, (self._clock() - row.created_at).total_seconds()))
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
                    log.info("nothing to change any more", extra=_named(row))
            case _:
                raise AssertionError(verdict)
        self._lanes.settle(row)

    def _told_to_wait(self, row: Waiting, seconds: float) -> None:
        self.counts.waits += 1
        self._again(row, timedelta(seconds=seconds))
        self._waits_in_a_row[row.chat_id] = seconds
        if len(self._waits_in_a_row) >= CROWD_OF_WAITS:
            self._pause(min(self._waits_in_a_row.values()))
            self._waits_in_a_row.clear()

    def _back_off(self, row: Waiting) -> None:
        first = self._first_failed.setdefault(row.id, self._monotonic())
        if row.attempts + 1 >= GIVE_UP_ATTEMPTS and self._last_success > first:
            log.error("given up: others went out meanwhile", extra=_named(row))
            self._finish(row, Ended("given-up", quiet=False), None)
            return
        self.counts.retried += 1
        self._again(row, min(FIRST_BACKOFF * 2 ** min(row.attempts, 20), LONGEST_BACKOFF))

    def _again(self, row: Waiting, wait: timedelta) -> None:
        row.attempts += 1
        row.not_before = self._clock() + wait
        self._outcomes.again.append(Again(row.id, row.not_before, row.attempts))
        self._lanes.put_back(row)

    def _server_answers(self, row: Waiting, *, well: bool) -> None:
        self._waits_in_a_row.clear()
        if well:
            self._last_success = self._monotonic()
            self._first_failed.pop(row.id, None)
        if self._offline is not None:
            log.warning("sending again", extra={"was": self._offline})
            self._offline, self._offline_times = None, 0

    def _go_offline(self, row: Waiting, reason: str) -> None:
        """Nothing was sent: the row goes back as it was, and everything waits a little."""
        if self._offline != reason:
            log.error("nothing can be sent", extra={"reason": reason})
            self._offline = reason
        if not self.paused:
            self._pause(OFFLINE_SECONDS[min(self._offline_times, len(OFFLINE_SECONDS) - 1)])
            self._offline_times += 1
        self._lanes.put_back(row)
        self._free_slots([row.bulk])
        self._poke()

    def _pause(self, seconds: float) -> None:
        self._paused_until = max(self._paused_until, self._monotonic() + seconds)

    @property
    def paused(self) -> bool:
        """Whether nothing goes out for a moment: Telegram told us to wait, or cannot be reached."""
        return self._paused_until > self._monotonic()

    def _free_slots(self, bulk: Iterable[bool]) -> None:
        for one in bulk:
            self._unrecorded -= 1
            self._bulk_unrecorded -= one

    def _come_back(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(max(seconds, 0.0005), self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._poke()

    # Recording and reading: one transaction for both, so that nothing recorded is read again

    def _want_more(self, now: datetime) -> None:
        """Wish for what there is room for."""
        if self._more_bulk and self._lanes.bulk_waiting < LOW_WATER:
            self._wish.bulk = True
        if self._more_replies and self._lanes.replies_waiting < LOW_WATER:
            self._wish.replies = True
        if self._next_delayed is not None and self._next_delayed <= now:
            self._wish.due = True
        if self._wish:
            self._work.set()

    def _outcomes_waiting(self) -> bool:
        return bool(self._outcomes.over or self._outcomes.again or self._slots_due)

    async def _record_and_read(self) -> None:
        read_at = self._monotonic()
        while True:
            try:
                async with asyncio.timeout(RESCAN.total_seconds()):
                    await self._work.wait()
            except TimeoutError:
                self.wake()
            if self._outcomes_waiting() and not self._wish and len(self._slots_due) < GATHER_ENOUGH:
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
            self._poke()

    async def _one_transaction(self) -> None:
        outcomes, self._outcomes = self._outcomes, Outcomes()
        slots, self._slots_due = self._slots_due, []
        wish, self._wish = self._wish, _Wish()
        self._reading = bool(wish)
        if wish.bulk:
            self._batches_unread = 0
        if self._rewind:
            self._replies_cursor, self._bulk_cursor, self._rewind = 0, 0, False
        known, now = self._lanes.ids if wish.due else frozenset(), self._clock()

        def work(session: Session) -> _Read | None:
            outbox.record(session, outcomes)
            return self._read(session, wish, known, now) if wish else None

        try:
            self._step("record")
            read = await self._db.run(work)
            self._step("recorded")
        except BaseException:
            self._outcomes = _joined(outcomes, self._outcomes)
            self._slots_due = slots + self._slots_due
            self._wish = _Wish(*(getattr(wish, name) or getattr(self._wish, name) for name in vars(wish)))
            self._reading = False
            raise
        self._lanes.forget(outcomes.over)
        for row_id in outcomes.over:
            self._over[row_id] = None
        while len(self._over) > REMEMBERED:
            self._over.popitem(last=False)
        self._free_slots(slots)
        had_room = self.room
        if read is not None:
            self._take_in(wish, read)
        self._reading = False
        if self.room and (read is not None or not had_room or outcomes.over):
            for call in self._room:
                call()

    def _read(self, session: Session, wish: _Wish, known: frozenset[int], now: datetime) -> _Read:
        """Read what is wished for; in a database thread, so it changes nothing here."""
        who: dict[str, Any] = {"owner": self._replica, "leads": self.leads}
        found = _Read(
            [], self._replies_cursor, self._bulk_cursor, more_replies=False, more_bulk=False, next_delayed=None
        )
        kinds = [kind for kind in (False, True) if self.leads or not kind]
        for bulk in kinds:
            if wish.held:
                found.rows += outbox.tried(session, bulk=bulk, now=now, limit=HELD, **who)
            if wish.due:
                found.rows += outbox.due(session, bulk=bulk, now=now, but=known, limit=PAGE, **who)
        if wish.replies:
            page = outbox.fresh(session, bulk=False, after=self._replies_cursor, limit=PAGE, **who)
            found.rows += page
            found.replies_cursor = page[-1].id if page else self._replies_cursor
            found.more_replies = len(page) == PAGE
        if wish.bulk and self.leads:
            page = outbox.fresh(session, bulk=True, after=self._bulk_cursor, limit=PAGE, **who)
            found.rows += page
            found.bulk_cursor = page[-1].id if page else self._bulk_cursor
            found.more_bulk = len(page) == PAGE
        if wish.due or wish.held:
            found.next_delayed = outbox.next_delayed(session, after=now, **who)
        return found

    def _take_in(self, wish: _Wish, read: _Read) -> None:
        self._lanes.add(row for row in read.rows if (self.leads or not row.bulk) and row.id not in self._over)
        if wish.replies:
            self._more_replies, self._replies_cursor = read.more_replies, read.replies_cursor
        if wish.bulk:
            self._more_bulk, self._bulk_cursor = read.more_bulk and self.leads, read.bulk_cursor
        if wish.due or wish.held:
            self._next_delayed = read.next_delayed


def _joined(first: Outcomes, then: Outcomes) -> Outcomes:
    return Outcomes(
        first.over + then.over,
        first.again + then.again,
        first.prompts | then.prompts,
        first.unreachable | then.unreachable,
    )


def _named(row: Waiting) -> dict[str, Any]:
    return {"row": row.id, "method": row.method}


def _ignore(_step: str) -> None:
    return
