"""Rate limits: the arithmetic of Telegram's limits, on a clock that is passed in.

About 30 messages a second in bulk and one a second to a chat
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from collections import deque
from collections.abc import Callable
from typing import Final

BULK_SHARE: Final = 0.97  # the rest is for replies; where they need more, the window takes it from bulk
CHAT_SECONDS: Final = 1.0  # between two bulk messages to one chat
SLICE_SECONDS: Final = 0.01  # bulk that may go within one goes at once: a wake-up for each message cost a fifth more
WINDOW_SPARE: Final = 0.01  # of any one second: a reply that comes just then still fits under the limit
_SAVED_SECONDS: Final = 0.25  # what a busy moment kept from being sent may follow at once
_ROUNDING: Final = 1e-6  # else a wait could be too short for the clock to move at all


class TokenBucket:
    """`rate` tokens a second, at most `burst` saved up; it begins with one."""

    def __init__(self, rate: float, burst: float, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._monotonic = monotonic
        self._tokens = 1.0
        self._at = monotonic()

    def wait(self) -> float:
        """Seconds until a token is there; 0 where one is."""
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._tokens > 1 - _ROUNDING else (1 - self._tokens) / self._rate

    def take(self) -> None:
        """Take a token."""
        self._tokens -= 1


class Window:
    """At most `most` in any second where they arrive, whenever that is between being sent and being answered."""

    def __init__(self, most: int, monotonic: Callable[[], float]) -> None:
        self._most = most
        self._monotonic = monotonic
        self._under_way = 0
        self._answered: deque[float] = deque()  # within the last second

    def wait(self) -> float:
        """Seconds until one more may go; while too many are under way, only an answer makes room."""
        now = self._monotonic()
        self._forget(now)
        if len(self._answered) + self._under_way < self._most:
            return 0.0
        return self._answered[0] + 1 + _ROUNDING - now if self._answered else 1.0

    def sent(self) -> None:
        """Count one that goes now."""
        self._under_way += 1

    def answered(self) -> None:
        """Count one that certainly has arrived, if it ever did."""
        now = self._monotonic()
        self._forget(now)  # where there are replies alone, nobody asks for the wait
        self._under_way -= 1
        self._answered.append(now)

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0] <= now - 1:
            self._answered.popleft()


class RateLimiter:
    """The rate limiter of bulk messages. Replies never wait for it, but what they use is taken from bulk."""

    def __init__(self, rate: float | None, monotonic: Callable[[], float]) -> None:
        """`rate`: messages a second in all; None for no limit (benchmarks only)."""
        self._monotonic = monotonic
        self._bulk: TokenBucket | None = None
        self._all: Window | None = None
        if rate is not None:
            bulk = rate * BULK_SHARE
            self._bulk = TokenBucket(bulk, max(1.0, bulk * _SAVED_SECONDS), monotonic)
            self._all = Window(max(1, int(rate) - int(rate * WINDOW_SPARE)), monotonic)
        self._next_slice = 0.0
        self._chat_free_at: dict[int, float] = {}

    def bulk_wait(self) -> float:
        """Seconds until a bulk message may go to some chat."""
        if self._bulk is None or self._all is None:
            return 0.0
        now = self._monotonic()
        if now < self._next_slice - _ROUNDING:
            return self._next_slice - now
        if (wait := max(self._bulk.wait(), self._all.wait())) > 0:
            wait = max(wait, SLICE_SECONDS)
            self._next_slice = now + wait
        return wait

    def chat_wait(self, chat_id: int) -> float:
        """Seconds until a bulk message may go to this chat."""
        return max(0.0, self._chat_free_at.get(chat_id, 0.0) - self._monotonic())

    def sent(self, chat_id: int, *, bulk: bool) -> None:
        """Count a message that goes out now; `answered` is to follow."""
        if self._all:
            self._all.sent()
        if bulk and self._bulk:
            self._bulk.take()
        now = self._monotonic()
        self._chat_free_at.pop(chat_id, None)  # so that the newest stand last
        self._chat_free_at[chat_id] = now + CHAT_SECONDS
        self._forget(now)

    def answered(self) -> None:
        """Count the answer to a message, of whatever kind."""
        if self._all:
            self._all.answered()

    def _forget(self, now: float) -> None:
        """Drop the oldest entries that are past: what is kept is one second's worth."""
        while self._chat_free_at:
            chat_id = next(iter(self._chat_free_at))
            if self._chat_free_at[chat_id] > now:
                return
            del self._chat_free_at[chat_id]
