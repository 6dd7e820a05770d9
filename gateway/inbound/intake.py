"""Takes updates into lanes: order within a chat, chats side by side, each acknowledged when it has taken effect."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from telegram.constants import UpdateType

from gateway.ops.metrics import Histogram
from gateway.ops.redaction import redact

log = logging.getLogger(__name__)

LANE: Final = 20  # updates of one chat: the one at work and those behind it
AT_ONCE: Final = 32  # chats served side by side
TRIES: Final = 3
TELL_EVERY: Final = timedelta(minutes=1)
CALM: Final = timedelta(seconds=1)  # who flooded is taken again after such a pause
ATTEMPT_SECONDS: Final = 60.0
_PAUSES: Final = (0.05, 0.25)
_KINDS: Final = frozenset(str(kind) for kind in UpdateType)

UpdateJson = dict[str, Any]
LaneKey = tuple[str, int]


class Dropped(Protocol):
    """Records an update as dropped; answers "slow down" where `tell`."""

    def __call__(self, update: UpdateJson, *, tell: bool) -> Awaitable[None]: ...


@dataclass
class IntakeCounts:
    """What became of the updates since the start."""

    taken: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)  # (kind of update, outcome)
    seconds: Histogram = field(default_factory=Histogram)  # from taken to taken effect, the wait in the lane included


@dataclass
class _Lane:
    waiting: int = 0
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Intake:
    """`take(update)` returns once the update has taken effect, was dropped or was set aside: then acknowledge it.

    `dispatch` carries an update out and notes its id in the same transaction; a second delivery it notices itself.
    What fails three times goes to `set_aside` with its error. A chat that overflowed its lane is dropped until it
    pauses: Telegram confirms in order, and a flooder's full lane would hold up everybody behind it again and again.
    """

    def __init__(
        self,
        *,
        dispatch: Callable[[UpdateJson], Awaitable[None]],
        dropped: Dropped,
        set_aside: Callable[[UpdateJson, BaseException], Awaitable[None]],
        clock: Callable[[], datetime],
        at_once: int = AT_ONCE,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._dispatch = dispatch
        self._dropped = dropped
        self._set_aside = set_aside
        self._clock = clock
        self._pause = pause
        self._places = asyncio.Semaphore(at_once)
        self._lanes: dict[LaneKey, _Lane] = {}
        self._told: dict[LaneKey, datetime] = {}
        self._flooding: dict[LaneKey, datetime] = {}  # when each was last dropped
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()
        self.counts = IntakeCounts()

    @property
    def idle(self) -> bool:
        """No update is inside."""
        return self._inside == 0

    async def until_idle(self) -> None:
        """Return once no update is inside."""
        await self._empty.wait()

    async def take(self, update: UpdateJson, *, waited: bool = False) -> None:
        """Carry the update out in its turn; see the class. Raises only what `dropped` or `set_aside` raise.

        `waited`: it waited at Telegram while we were away. Hours of a chat come at once then, and are no flood.
        """
        self.counts.taken += 1
        self._inside += 1
        self._empty.clear()
        came = time.monotonic()
        key = lane_key(update)
        lane = self._lanes.setdefault(key, _Lane())
        try:
            if not waited and (lane.waiting >= LANE or self._floods(key)):
                await self._drop(key, update)
            else:
                await self._in_turn(lane, update)
        finally:
            self.counts.seconds.observe(time.monotonic() - came)
            self._inside -= 1
            if not lane.waiting:
                self._lanes.pop(key, None)
            if not self._inside:
                self._empty.set()

    def _floods(self, key: LaneKey) -> bool:
        """Whether this chat was dropped a moment ago."""
        last = self._flooding.get(key)
        if last is None:
            return False
        if self._clock() - last < CALM:
            return True
        del self._flooding[key]
        return False

    async def _in_turn(self, lane: _Lane, update: UpdateJson) -> None:
        lane.waiting += 1
        try:
            async with lane.turn, self._places:  # an asyncio.Lock wakes those who wait in their order
                await self._carry_out(update)
        finally:
            lane.waiting -= 1

    async def _carry_out(self, update: UpdateJson) -> None:
        for attempt in range(1, TRIES + 1):
            try:
                async with asyncio.timeout(ATTEMPT_SECONDS):
                    await self._dispatch(update)
            except Exception as error:
                if attempt == TRIES:
                    await self._give_up(update, error)
                    return
                await self._pause(_PAUSES[attempt - 1])
            else:
                self._count(update, "done")
                return

    async def _give_up(self, update: UpdateJson, error: Exception) -> None:
        await self._set_aside(update, error)
        self._count(update, "set-aside")
        log.error(
            "an update failed and was set aside",
            exc_info=error,
            extra={"update_id": update.get("update_id"), "error": redact(type(error).__name__)},
        )

    def _count(self, update: UpdateJson, outcome: str) -> None:
        kind = next((name for name in update if name in _KINDS), "other")
        self.counts.outcomes[outcome] += 1
        self.counts.kinds[kind, outcome] += 1

    async def _drop(self, key: LaneKey, update: UpdateJson) -> None:
        self._count(update, "dropped")
        now = self._clock()
        self._flooding[key] = now
        if len(self._told) > 1000:
            self._flooding = {chat: at for chat, at in self._flooding.items() if now - at < CALM}
            self._told = {chat: at for chat, at in self._told.items() if now - at < TELL_EVERY}
        told = self._told.get(key)
        tell = told is None or now - told >= TELL_EVERY
        if tell:
            self._told[key] = now
        await self._dropped(update, tell=tell)


def lane_key(update: UpdateJson) -> LaneKey:
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
