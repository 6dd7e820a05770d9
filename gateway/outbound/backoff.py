"""Backoff: how long to wait where Telegram says so, fails, or cannot be reached."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from db.outbox import Waiting

log = logging.getLogger(__name__)

FIRST_BACKOFF: Final = timedelta(seconds=1)
MAX_BACKOFF: Final = timedelta(minutes=5)
MAX_ATTEMPTS: Final = 12  # eighteen and a half minutes in all
OFFLINE_SECONDS: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
MAX_REMEMBERED: Final = 50_000  # rows that failed, more than the sender holds: what is cancelled is not told here
GLOBAL_LIMIT_AFTER: Final = 3  # so many chats told to wait one after the other: the limit is everybody's


class Backoff:
    """Remembers what Telegram answered lately; says whether everything waits, and how long one row does."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.paused_until = 0.0  # monotonic: nothing goes out before
        self._offline: str | None = None
        self._offline_times = 0
        self._waits_in_a_row: dict[int, float] = {}
        self._last_success = 0.0
        self._first_failed: dict[int, float] = {}

    @property
    def paused(self) -> bool:
        """True while nothing goes out: Telegram told us to wait, or cannot be reached."""
        return self.paused_until > self._monotonic()

    def on_retry_after(self, row: Waiting, seconds: float) -> timedelta:
        """One chat must wait; several one after the other mean everybody. Returns how long the row waits."""
        self._waits_in_a_row[row.chat_id] = seconds
        if len(self._waits_in_a_row) >= GLOBAL_LIMIT_AFTER:
            self._pause(min(self._waits_in_a_row.values()))
            self._waits_in_a_row.clear()
        return timedelta(seconds=seconds)

    def next_delay(self, row: Waiting) -> timedelta | None:
        """Return how long the row waits before it is tried again; None where it is given up, others having gone out."""
        first = self._first_failed.setdefault(row.id, self._monotonic())
        if len(self._first_failed) > MAX_REMEMBERED:
            del self._first_failed[next(iter(self._first_failed))]
        if row.attempts + 1 >= MAX_ATTEMPTS and self._last_success > first:
            return None
        doubled: timedelta = FIRST_BACKOFF * 2 ** min(row.attempts, 20)
        return min(doubled, MAX_BACKOFF)

    def on_answer(self, row: Waiting, *, well: bool) -> None:
        """Telegram is there; `well`: and it does its work."""
        self._waits_in_a_row.clear()
        if well:
            self._last_success = self._monotonic()
            self.forget(row)
        if self._offline is not None:
            log.warning("sending again", extra={"was": self._offline})
            self._offline, self._offline_times = None, 0

    def on_unreachable(self, reason: str) -> None:
        """Nothing was sent: everything waits a little, longer each time."""
        if self._offline != reason:
            log.error("nothing can be sent", extra={"reason": reason})
            self._offline = reason
        if not self.paused:
            self._pause(OFFLINE_SECONDS[min(self._offline_times, len(OFFLINE_SECONDS) - 1)])
            self._offline_times += 1

    def forget(self, row: Waiting) -> None:
        """Forget the row's failures."""
        self._first_failed.pop(row.id, None)

    def _pause(self, seconds: float) -> None:
        self.paused_until = max(self.paused_until, self._monotonic() + seconds)
