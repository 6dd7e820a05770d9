"""Errors on the wire, beyond those that python-telegram-bot names itself."""

from datetime import timedelta
from typing import Final, Self

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import NetworkError, RetryAfter, TelegramError


class NotSent(NetworkError):
    """The request certainly did not go out: no connection was to be had. It may be repeated freely."""


class MaybeSent(NetworkError):
    """The request went out and its answer was lost: Telegram may have carried it out."""


class ServerFault(NetworkError):
    """Telegram answered with a fault of its own (5xx)."""


class TooMany(TelegramError):
    """Telegram asks to wait (429).

    Stands in for `telegram.error.RetryAfter`, which warns of deprecation whenever one is made.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"Flood control exceeded. Retry in {seconds:g} seconds")

    def __reduce__(self) -> tuple[type, tuple[float]]:  # type: ignore[override]
        return type(self), (self.seconds,)


MAX_DRAW_ATTEMPTS: Final = 6  # times, a minute in all, where what a file is made from is out of reach
_PASSING: Final = (OSError, SQLAlchemyError)
_RETRY_SECONDS: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)


class CannotDraw(Exception):
    """The picture of a message could not be drawn; `passing` where it may well be a moment later."""

    def __init__(self, why: str, *, passing: bool = False) -> None:
        self.passing = passing
        super().__init__(why)

    @classmethod
    def from_error(cls, error: Exception, attempts: int) -> Self:
        """Return this error for one met while drawing; it counts as passing until the message was tried too often."""
        return cls(repr(error), passing=isinstance(error, _PASSING) and attempts < MAX_DRAW_ATTEMPTS)


class TokenRefused(Exception):
    """Telegram does not know this bot token."""


class WebhookRefused(Exception):
    """Telegram does not take the address of the webhook."""


class AnotherCopy(Exception):
    """Another process polls with the same token."""


def retry_seconds(error: BaseException, failures: int) -> float:
    """Return how long to wait before Telegram is called again: as long as it asks, else longer with each failure."""
    if asked := wait_of(error):
        return asked.total_seconds()
    return _RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)]


def wait_of(error: BaseException) -> timedelta | None:
    """Return how long Telegram asks to wait, or None where `error` asks nothing."""
    if isinstance(error, TooMany):
        return timedelta(seconds=error.seconds)
    if isinstance(error, RetryAfter):
        return timedelta(seconds=error.__reduce__()[1][0])  # its attribute warns, this does not
    return None
