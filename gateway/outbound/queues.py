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
    """Unsent rows. `take_reply` and `take_bulk` give the next that may go; `release_chat` frees a chat."""

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
            queue = self._queues.setdefault(row.chat_id, _ChatQueue())
            insort(queue.bulk if row.bulk else queue.replies, row, key=_by_id)
            self._count(row, 1)
            if row.attempts and row.not_before is not None:
                self.hold(row.chat_id, row.not_before)
            self._offer(row.chat_id, queue)

    def hold(self, chat_id: int, until: datetime) -> None:
        """Let nothing go to this chat before `until`."""
        queue = self._queues.setdefault(chat_id, _ChatQueue())
        if queue.held_until is None or queue.held_until < until:
            queue.held_until = until
            heapq.heappush(self._held, (until, chat_id))

    def hold_less(self, by: timedelta) -> None:
        """Let every chat that is held go so much earlier: the clock was set back, and nobody is to wait longer."""
        self._held = [(until - by, chat_id) for until, chat_id in self._held]
        for queue in self._queues.values():
            if queue.held_until is not None:
                queue.held_until -= by

    def release(self, now: datetime, monotonic: float) -> None:
        """Let go the chats whose time has come."""
        while self._held and self._held[0][0] <= now:
            _, chat_id = heapq.heappop(self._held)
            queue = self._queues.get(chat_id)
            if queue is not None and queue.held_until is not None and queue.held_until <= now:
                queue.held_until = None
                self._offer(chat_id, queue)
                self._forget_empty(chat_id, queue)
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
        return any((queue := self._free(chat_id)) is not None and queue.replies for chat_id in self._replies)

    def take_reply(self) -> Waiting | None:
        """Return the next reply that may go, its chat now busy."""
        while self._replies:
            queue = self._free(self._replies.popleft())
            if queue is not None and queue.replies:
                return self._taken(queue, queue.replies)
        return None

    def take_bulk(self, chat_wait: Callable[[int], float], monotonic: float) -> Waiting | None:
        """Return the next bulk message that may go, its chat now busy; one second a chat is `chat_wait`'s to say."""
        while self._bulk:
            chat_id = self._bulk.popleft()
            queue = self._free(chat_id)
            if queue is None or queue.replies or not queue.bulk:
                continue
            if (wait := chat_wait(chat_id)) > 0:
                heapq.heappush(self._cooling_down, (monotonic + wait, chat_id))
                continue
            return self._taken(queue, queue.bulk)
        return None

    def release_chat(self, row: Waiting) -> None:
        """The row is sent or ended: its chat is free. Its id stays known until `forget`."""
        queue = self._queues[row.chat_id]
        queue.busy = False
        self._offer(row.chat_id, queue)
        self._forget_empty(row.chat_id, queue)

    def requeue(self, row: Waiting) -> None:
        """The row is to be tried again, first of its chat."""
        queue = self._queues[row.chat_id]
        queue.busy = False
        insort(queue.bulk if row.bulk else queue.replies, row, key=_by_id)
        self._count(row, 1)
        if row.attempts and row.not_before is not None:
            self.hold(row.chat_id, row.not_before)
        self._offer(row.chat_id, queue)

    def forget(self, ids: Iterable[int]) -> None:
        """These rows are no longer in the database."""
        self._ids.difference_update(ids)

    def drop_bulk(self, chat_id: int | None = None) -> None:
        """Drop what bulk waits, of one chat or of all; what is in flight stays."""
        for chat in [chat_id] if chat_id is not None else list(self._queues):
            queue = self._queues.get(chat)
            if queue is not None:
                self._ids.difference_update(row.id for row in queue.bulk)
                self.bulk_waiting -= len(queue.bulk)
                queue.bulk.clear()
                self._forget_empty(chat, queue)

    def drop(self, chat_id: int) -> None:
        """Drop all that waits for this chat; what is in flight stays."""
        self.drop_bulk(chat_id)
        queue = self._queues.get(chat_id)
        if queue is not None:
            self._ids.difference_update(row.id for row in queue.replies)
            self.replies_waiting -= len(queue.replies)
            queue.replies.clear()
            self._forget_empty(chat_id, queue)

    def remove(self, chat_id: int, ids: Iterable[int]) -> None:
        """Drop these rows of a chat; what is in flight stays."""
        queue, gone = self._queues.get(chat_id), frozenset(ids)
        if queue is None:
            return
        for rows in (queue.replies, queue.bulk):
            for row in [row for row in rows if row.id in gone]:
                rows.remove(row)
                self._ids.discard(row.id)
                self._count(row, -1)
        self._forget_empty(chat_id, queue)

    def _free(self, chat_id: int) -> _ChatQueue | None:
        queue = self._queues.get(chat_id)
        return None if queue is None or queue.busy or queue.held_until is not None else queue

    def _taken(self, queue: _ChatQueue, rows: list[Waiting]) -> Waiting:
        row = rows.pop(0)
        queue.busy = True
        self._count(row, -1)
        return row

    def _offer(self, chat_id: int, queue: _ChatQueue) -> None:
        if queue.busy or queue.held_until is not None:
            return
        if queue.replies:
            self._replies.append(chat_id)
        elif queue.bulk:
            self._bulk.append(chat_id)

    def _count(self, row: Waiting, step: int) -> None:
        if row.bulk:
            self.bulk_waiting += step
        else:
            self.replies_waiting += step

    def _forget_empty(self, chat_id: int, queue: _ChatQueue) -> None:
        if not (queue.busy or queue.replies or queue.bulk or queue.held_until):
            del self._queues[chat_id]
