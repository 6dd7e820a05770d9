"""Queues of the sender by chat: order within a chat, one in flight each, replies before bulk."""

import heapq
from bisect import insort
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from db.outbox import Waiting


def _by_id(row: Waiting) -> int:
    return row.id


@dataclass(slots=True)
class _ChatQueue:
    """One chat. `held_until`: nothing goes to it before then."""

    replies: list[Waiting] = field(default_factory=list)
    bulk: list[Waiting] = field(default_factory=list)
    busy: bool = False
    held_until: datetime | None = None


class ChatQueues:
    """Rows known to be unsent. `take_reply` and `take_bulk` give the next row that may go; `settle` frees its chat."""

    def __init__(self) -> None:
        self._queues: dict[int, _ChatQueue] = {}
        self._replies: deque[int] = deque()  # chats that may have a reply ready; checked when taken
        self._bulk: deque[int] = deque()
        self._held: list[tuple[datetime, int]] = []
        self._cooling_down: list[tuple[float, int]] = []
        self._ids: set[int] = set()
        self.bulk_waiting = 0
        self.replies_waiting = 0

    def __len__(self) -> int:
        return self.bulk_waiting + self.replies_waiting

    @property
    def ids(self) -> frozenset[int]:
        """The ids of all rows here."""
        return frozenset(self._ids)

    def add(self, rows: Iterable[Waiting]) -> None:
        """Take rows in, each once; a row refused before holds its chat until its moment."""
        for row in rows:
            if row.id in self._ids:
                continue
            self._ids.add(row.id)
            lane = self._queues.setdefault(row.chat_id, _ChatQueue())
            insort(lane.bulk if row.bulk else lane.replies, row, key=_by_id)
            self._count(row, 1)
            if row.attempts and row.not_before is not None:
                self.hold(row.chat_id, row.not_before)
            self._offer(row.chat_id, lane)

    def hold(self, chat_id: int, until: datetime) -> None:
        """Let nothing go to this chat before `until`."""
        lane = self._queues.setdefault(chat_id, _ChatQueue())
        if lane.held_until is None or lane.held_until < until:
            lane.held_until = until
            heapq.heappush(self._held, (until, chat_id))

    def hold_less(self, by: timedelta) -> None:
        """Let every chat that is held go so much earlier: the clock was set back, and nobody is to wait longer."""
        self._held = [(until - by, chat_id) for until, chat_id in self._held]
        for lane in self._queues.values():
            if lane.held_until is not None:
                lane.held_until -= by

    def release(self, now: datetime, monotonic: float) -> None:
        """Let go the chats whose time has come."""
        while self._held and self._held[0][0] <= now:
            _, chat_id = heapq.heappop(self._held)
            lane = self._queues.get(chat_id)
            if lane is not None and lane.held_until is not None and lane.held_until <= now:
                lane.held_until = None
                self._offer(chat_id, lane)
                self._forget_empty(chat_id, lane)
        while self._cooling_down and self._cooling_down[0][0] <= monotonic:
            self._bulk.append(heapq.heappop(self._cooling_down)[1])

    @property
    def held_until(self) -> datetime | None:
        """The moment at which the next held chat is released."""
        return self._held[0][0] if self._held else None

    @property
    def cooling_down_until(self) -> float | None:
        """The monotonic moment at which the next chat that was just written to may get bulk again."""
        return self._cooling_down[0][0] if self._cooling_down else None

    @property
    def reply_ready(self) -> bool:
        """True where some reply may go now."""
        return any((lane := self._free(chat_id)) is not None and lane.replies for chat_id in self._replies)

    def take_reply(self) -> Waiting | None:
        """Return the next reply that may go, its chat now busy."""
        while self._replies:
            lane = self._free(self._replies.popleft())
            if lane is not None and lane.replies:
                return self._taken(lane, lane.replies)
        return None

    def take_bulk(self, chat_wait: Callable[[int], float], monotonic: float) -> Waiting | None:
        """Return the next bulk message that may go, its chat now busy; one second a chat is `chat_wait`'s to say."""
        while self._bulk:
            chat_id = self._bulk.popleft()
            lane = self._free(chat_id)
            if lane is None or lane.replies or not lane.bulk:
                continue
            if (wait := chat_wait(chat_id)) > 0:
                heapq.heappush(self._cooling_down, (monotonic + wait, chat_id))
                continue
            return self._taken(lane, lane.bulk)
        return None

    def release_chat(self, row: Waiting) -> None:
        """The row is sent or ended: its chat is free. Its id stays known until `forget`."""
        lane = self._queues[row.chat_id]
        lane.busy = False
        self._offer(row.chat_id, lane)
        self._forget_empty(row.chat_id, lane)

    def requeue(self, row: Waiting) -> None:
        """The row is to be tried again, first of its chat."""
        lane = self._queues[row.chat_id]
        lane.busy = False
        insort(lane.bulk if row.bulk else lane.replies, row, key=_by_id)
        self._count(row, 1)
        if row.attempts and row.not_before is not None:
            self.hold(row.chat_id, row.not_before)
        self._offer(row.chat_id, lane)

    def forget(self, ids: Iterable[int]) -> None:
        """These rows are no longer in the database."""
        self._ids.difference_update(ids)

    def drop_bulk(self, chat_id: int | None = None) -> None:
        """Drop what bulk waits, of one chat or of all; what is in flight stays."""
        for chat in [chat_id] if chat_id is not None else list(self._queues):
            lane = self._queues.get(chat)
            if lane is not None:
                self._ids.difference_update(row.id for row in lane.bulk)
                self.bulk_waiting -= len(lane.bulk)
                lane.bulk.clear()
                self._forget_empty(chat, lane)

    def drop(self, chat_id: int) -> None:
        """Drop all that waits for this chat; what is in flight stays."""
        self.drop_bulk(chat_id)
        lane = self._queues.get(chat_id)
        if lane is not None:
            self._ids.difference_update(row.id for row in lane.replies)
            self.replies_waiting -= len(lane.replies)
            lane.replies.clear()
            self._forget_empty(chat_id, lane)

    def remove(self, chat_id: int, ids: Iterable[int]) -> None:
        """Drop these rows of a chat; what is in flight stays."""
        lane, gone = self._queues.get(chat_id), frozenset(ids)
        if lane is None:
            return
        for rows in (lane.replies, lane.bulk):
            for row in [row for row in rows if row.id in gone]:
                rows.remove(row)
                self._ids.discard(row.id)
                self._count(row, -1)
        self._forget_empty(chat_id, lane)

    def _free(self, chat_id: int) -> _ChatQueue | None:
        lane = self._queues.get(chat_id)
        return None if lane is None or lane.busy or lane.held_until is not None else lane

    def _taken(self, lane: _ChatQueue, rows: list[Waiting]) -> Waiting:
        row = rows.pop(0)
        lane.busy = True
        self._count(row, -1)
        return row

    def _offer(self, chat_id: int, lane: _ChatQueue) -> None:
        if lane.busy or lane.held_until is not None:
            return
        if lane.replies:
            self._replies.append(chat_id)
        elif lane.bulk:
            self._bulk.append(chat_id)

    def _count(self, row: Waiting, step: int) -> None:
        if row.bulk:
            self.bulk_waiting += step
        else:
            self.replies_waiting += step

    def _forget_empty(self, chat_id: int, lane: _ChatQueue) -> None:
        if not (lane.busy or lane.replies or lane.bulk or lane.held_until):
            del self._queues[chat_id]
