"""Counting of refused bot tokens: one refusal may be a fault of Telegram's, five over five minutes are not."""

import time
from collections.abc import Callable
from typing import Final

from telegram.error import InvalidToken, NetworkError, TelegramError

REFUSALS: Final = 5
REFUSED_FOR_SECONDS: Final = 300.0


class TokenRefusals:
    """The refusals since Telegram last took the token."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._count = 0
        self._since = 0.0

    def count(self, error: TelegramError) -> bool:
        """Count an error; return whether the token is refused for good.

        A fault of the road says nothing of the token; whatever else Telegram answers takes it.
        """
        if isinstance(error, InvalidToken):
            if self._count == 0:
                self._since = self._monotonic()
            self._count += 1
        elif not isinstance(error, NetworkError):
            self.clear()
        return self._count >= REFUSALS and self._monotonic() - self._since >= REFUSED_FOR_SECONDS

    def clear(self) -> None:
        """Forget the refusals: Telegram took the token."""
        self._count = 0
