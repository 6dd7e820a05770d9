"""Takes updates in, a queue for each chat: order within it, chats side by side; what took effect is acknowledged."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from telegram.constants import UpdateType

from db.away import is_away
from gateway.ops.metrics import Histogram
from gateway.ops.redaction import redact

log = logging.getLogger(__name__)

MAX_QUEUED_PER_CHAT: Final = 20  # updates of one chat: the one at work and those behind it
MAX_CONCURRENT_CHATS: Final = 32  # chats served side by side
MAX_ATTEMPTS: Final = 3
NOTICE_INTERVAL: Final = timedelta(minutes=1)
FLOOD_COOLDOWN: Final = timedelta(seconds=1)  # who flooded is taken again after such a pause
ATTEMPT_SECONDS: Final = 60.0
_RETRY_DELAYS: Final = (0.05, 0.25)
_AWAY_DELAYS: Final = (0.1, 0.25, 0.5, 1.0, 2.0)
_KINDS: Final = frozenset(str(kind) for kind in UpdateType)

UpdateJson = dict[str, Any]
QueueKey = tuple[str, int]


class OnDropped(Protocol):
    """Records an update as dropped; answers "slow down" where `tell`."""

    def __call__(self, update: UpdateJson, *, tell: bool) -> Awaitable[None]: ...


@dataclass
class IntakeMetrics:
    """Counts of updates since the start."""

    taken: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind of update, outcome)
    seconds: Histogram = field(default_factory=Histogram)  # from taken to taken effect, the wait in the queue included


@dataclass
class _ChatQueue:
    waiting: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Intake:
    """`submit(update)` returns once the update has taken effect, was dropped or was set aside: then acknowledge it.

    `dispatch` carries an update out and notes its id in the same transaction; a second delivery it notices itself.
    What fails three times goes to `set_aside` with its error. While the database is away, the first update of each
    chat is tried until it is back, and the others of the chat wait behind it. A chat that overflowed its queue is
    dropped until it pauses: Telegram confirms in order, and a flooder's full queue would hold up everybody behind it
    again and again.
    """

    def __init__(
        self,
        *,
        dispatch: Callable[[UpdateJson], Awaitable[None]],
        dropped: OnDropped,
        set_aside: Callable[[UpdateJson, BaseException], Awaitable[None]],
        clock: Callable[[], datetime],
        at_once: int = MAX_CONCURRENT_CHATS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._dispatch = dispatch
        self._dropped = dropped
        self._set_aside = set_aside
        self._clock = clock
        self._pause = pause
        self._concurrency = asyncio.Semaphore(at_once)
        self._queues: dict[QueueKey, _ChatQueue] = {}
        self._notified_at: dict[QueueKey, datetime] = {}
        self._dropped_at: dict[QueueKey, datetime] = {}  # when each was last dropped
        self._inside: dict[int, asyncio.Event] = {}  # by update_id; set when it is over
        self._away = 0  # chats that wait for the database
        self._pending = 0
        self._idle_event = asyncio.Event()
        self._idle_event.set()
        self.metrics = IntakeMetrics()

    @property
    def idle(self) -> bool:
        """No update is inside."""
        return self._pending == 0

    async def until_idle(self) -> None:
        """Return once no update is inside."""
        await self._idle_event.wait()

    async def submit(self, update: UpdateJson, *, waited: bool = False) -> None:
        """Carry the update out in its turn; see the class. Raises only what `dropped` or `set_aside` raise.

        `waited`: it waited at Telegram while we were away. Hours of a chat come at once then, and are no flood.
        A webhook brings what is inside already once more: that is answered as the first.
        """
        update_id = update.get("update_id", 0)
        while (first := self._inside.get(update_id)) is not None:
            await first.wait()
        over = self._inside[update_id] = asyncio.Event()
        try:
            await self._submit(update, waited=waited)
        finally:
            del self._inside[update_id]
            over.set()

    async def _submit(self, update: UpdateJson, *, waited: bool) -> None:
        self.metrics.taken += 1
        self._pending += 1
        self._idle_event.clear()
        came = time.monotonic()
        key = queue_key(update)
        queue = self._queues.setdefault(key, _ChatQueue())
        try:
            if not (waited or self._away) and (queue.waiting >= MAX_QUEUED_PER_CHAT or self._is_flooding(key)):
                await self._drop(key, update)
            else:
                await self._in_turn(queue, update)
        finally:
            self.metrics.seconds.observe(time.monotonic() - came)
            self._pending -= 1
            if not queue.waiting:
                self._queues.pop(key, None)
            if not self._pending:
                self._idle_event.set()

    def _is_flooding(self, key: QueueKey) -> bool:
        """Say whether this chat was dropped a moment ago."""
        last = self._dropped_at.get(key)
        if last is None:
            return False
        if timedelta() <= self._clock() - last < FLOOD_COOLDOWN:  # a clock that was set back drops nobody for longer
            return True
        del self._dropped_at[key]
        return False

    async def _in_turn(self, queue: _ChatQueue, update: UpdateJson) -> None:
        queue.waiting += 1
        try:
            async with queue.lock, self._concurrency:  # an asyncio.Lock wakes those who wait in their order
                await self._carry_out(update)
        finally:
            queue.waiting -= 1

    async def _carry_out(self, update: UpdateJson) -> None:
        """Carry it out, or set it aside; while the database is away neither can be, and its chat waits with it."""
        waits = 0
        try:
            while True:
                try:
                    await self._try(update)
                except Exception as error:
                    if not is_away(error):
                        raise
                    if not waits:
                        self._note_away(error)
                    waits += 1
                    await self._pause(_AWAY_DELAYS[min(waits, len(_AWAY_DELAYS)) - 1])
                else:
                    return
        finally:
            if waits:
                self._note_back()

    async def _try(self, update: UpdateJson) -> None:
        for attempt in range(1, MAX_ATTEMPTS + 1):
            try:
                async with asyncio.timeout(ATTEMPT_SECONDS):
                    await self._dispatch(update)
            except Exception as error:
                if is_away(error):
                    raise
                if attempt == MAX_ATTEMPTS:
                    await self._dead_letter(update, error)
                    return
                await self._pause(_RETRY_DELAYS[attempt - 1])
            else:
                self._count(update, "done")
                return

    def _note_away(self, error: Exception) -> None:
        self._away += 1
        if self._away == 1:
            log.error("the database is away; updates wait for it", extra={"error": redact(type(error).__name__)})

    def _note_back(self) -> None:
        self._away -= 1
        if not self._away:
            log.warning("the database is back")

    async def _dead_letter(self, update: UpdateJson, error: Exception) -> None:
        await self._set_aside(update, error)
        self._count(update, "set-aside")
        log.error(
            "an update failed and was set aside",
            exc_info=error,
            extra={"update_id": update.get("update_id"), "error": redact(type(error).__name__)},
        )

    def _count(self, update: UpdateJson, outcome: str) -> None:
        kind = next((name for name in update if name in _KINDS), "other")
        self.metrics.outcomes[outcome] += 1
        self.metrics.kinds[kind, outcome] += 1

    async def _drop(self, key: QueueKey, update: UpdateJson) -> None:
        self._count(update, "dropped")
        now = self._clock()
        self._dropped_at[key] = now
        if len(self._notified_at) > 1000:
            self._dropped_at = {chat: at for chat, at in self._dropped_at.items() if now - at < FLOOD_COOLDOWN}
            self._notified_at = {chat: at for chat, at in self._notified_at.items() if now - at < NOTICE_INTERVAL}
        told = self._notified_at.get(key)
        tell = told is None or not timedelta() <= now - told < NOTICE_INTERVAL
        if tell:
            self._notified_at[key] = now
        await self._dropped(update, tell=tell)


def queue_key(update: UpdateJson) -> QueueKey:
    """Return what updates must keep their order among: the chat, else the person, else nothing but itself."""
    for name, body in update.items():
        if name == "update_id" or not isinstance(body, dict):
            continue
        message = body.get("message")
        for holder in (body, message if isinstance(message, dict) else {}):
            if (chat := _id(holder.get("chat"))) is not None:
                return "chat", chat
        for person in ("from", "user"):
            if (user := _id(body.get(person))) is not None:
                return "chat", user  # in a private chat the chat's id is the person's
    update_id = update.get("update_id")
    return "update", update_id if isinstance(update_id, int) else 0


def _id(value: object) -> int | None:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, int) else None
