"""How fast the coach may speak: the arithmetic of Telegram's limits, on a clock that is handed in.

About 30 messages a second in bulk and one a second to a chat
(https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
"""

from collections.abc import Callable
from typing import Final

BULK_SHARE: Final = 0.95  # the rest is for replies
CHAT_SECONDS: Final = 1.0  # between two bulk messages to one chat
_ROUNDING: Final = 1e-6  # else a wait could be too short for the clock to move at all
_BURST_SECONDS: Final = 0.02  # a sleep is not more exact than this


class TokenBucket:
    """`rate` tokens a second, at most `burst` saved up. `rate` None: no limit."""

    def __init__(self, rate: float | None, burst: float, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = burst
        self._monotonic = monotonic
        self._tokens = burst
        self._at = monotonic()

    def wait(self) -> float:
        """Seconds until a token is there; 0 where one is."""
        if self._rate is None:
            return 0.0
        self._fill(self._rate)
        return 0.0 if self._tokens > 1 - _ROUNDING else (1 - self._tokens) / self._rate

    def take(self) -> None:
        """Take a token, on credit where none is there: at most a second's worth is owed."""
        if self._rate is not None:
            self._fill(self._rate)
            self._tokens = max(self._tokens - 1, -self._rate)

    def _fill(self, rate: float) -> None:
        now = self._monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * rate)
        self._at = now


class Pacing:
    """When the next bulk message may go. Replies never wait for it, but what they use is taken from bulk."""

    def __init__(self, rate: float | None, monotonic: Callable[[], float]) -> None:
        """`rate`: messages a second in all; None for no limit (benchmarks only)."""
        self._monotonic = monotonic
        bulk_rate = None if rate is None else rate * BULK_SHARE
        self._bulk = TokenBucket(bulk_rate, max(1.0, (bulk_rate or 0) * _BURST_SECONDS), monotonic)
        self._all = TokenBucket(rate, max(1.0, (rate or 0) * _BURST_SECONDS), monotonic)
        self._chat_free_at: dict[int, float] = {}

    def bulk_wait(self) -> float:
        """Seconds until a bulk message may go to some chat."""
        return max(self._bulk.wait(), self._all.wait())

    def chat_wait(self, chat_id: int) -> float:
        """Seconds until a bulk message may go to this chat."""
        return max(0.0, self._chat_free_at.get(chat_id, 0.0) - self._monotonic())

    def sent(self, chat_id: int, *, bulk: bool) -> None:
        """Count a message that goes out now."""
        self._all.take()
        now = self._monotonic()
        if bulk:
            self._bulk.take()
        self._chat_free_at.pop(chat_id, None)  # so that the newest stand last
        self._chat_free_at[chat_id] = now + CHAT_SECONDS
        self._forget(now)

    def _forget(self, now: float) -> None:
        """Drop the oldest entries that are past: what is kept is one second's worth."""
        while self._chat_free_at:
            chat_id = next(iter(self._chat_free_at))
            if self._chat_free_at[chat_id] > now:
                return
            del self._chat_free_at[chat_id]
