"""Readiness of a webhook: Telegram's own word, where updates are said to wait and none has come."""

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from telegram import WebhookInfo
from telegram.error import TelegramError

from gateway.inbound.webhook import Webhook
from gateway.ops.redaction import redact

ASK_SECONDS: Final = 30.0
RECENT: Final = timedelta(minutes=10)


class WebhookWatch:
    """Asks getWebhookInfo, twice a minute at most."""

    def __init__(
        self,
        webhook: Webhook,
        info: Callable[[], Awaitable[WebhookInfo]],
        clock: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._webhook, self._info, self._clock, self._monotonic = webhook, info, clock, monotonic
        self._asked_at: float | None = None
        self._fault: str | None = None

    async def check(self) -> str | None:
        """Return what is wrong, None where all is well or Telegram cannot be asked."""
        now = self._monotonic()
        if self._asked_at is None or now - self._asked_at >= ASK_SECONDS:
            self._asked_at = now
            try:
                self._fault = self._look(await self._info())
            except TelegramError:
                self._fault = None  # the check of Telegram says so
        return self._fault

    def _look(self, info: WebhookInfo) -> str | None:
        failed_at, came_at = info.last_error_date, self._webhook.last_taken
        if failed_at is None or (came_at is not None and came_at >= failed_at):
            return None
        if not info.pending_update_count and self._clock() - failed_at > RECENT:
            return None
        return f"nothing comes, Telegram says: {redact(info.last_error_message or 'an error')}"
