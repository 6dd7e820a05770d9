"""Delivery of updates by long polling, and `setWebhook` and its kin."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from telegram_local.api.errors import ApiError, bad_request
from telegram_local.api.webhook import Backoff, WebhookSender
from telegram_local.core import Core
from telegram_local.state import Webhook

Json = dict[str, Any]

POLL_SECONDS = 50
BATCH = 100
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_OTHER_POLL = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
_POLL_BESIDE_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


class Delivery:
    """Long polling by one bot at a time, or a webhook."""

    def __init__(self, core: Core, backoff: Backoff, execute: Callable[[str, Json], Awaitable[Any]]) -> None:
        self.core = core
        self.sender = WebhookSender(core, backoff, execute)
        self._poll: asyncio.Future[ApiError | None] | None = None
        core.on_update.append(self._arrived)

    async def start(self) -> None:
        """Go on with a webhook that was set before a restart."""
        await self.sender.restart()

    async def close(self) -> None:
        """Let a waiting poll go with nothing, and stop delivering."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        await self.sender.close()

    async def get_updates(self, params: Json) -> list[Json]:
        """getUpdates. Raises ApiError: 409 while a webhook is set, and for a poll that another one ends."""
        state = self.core.state
        if state.webhook.url:
            raise ApiError(409, _POLL_BESIDE_WEBHOOK)
        self._allow(params)
        offset = _whole(params.get("offset"), 0)
        limit = min(max(_whole(params.get("limit"), BATCH), 1), BATCH)
        seconds = min(max(_whole(params.get("timeout"), 0), 0), POLL_SECONDS)
        if offset < 0:
            offset = next(iter(list(state.updates)[offset:]), 0)
        self._end_poll(_OTHER_POLL)
        if offset > 0 and any(number < offset for number in state.updates):
            state.confirm(below=offset)
            self.core.changed()
        if not state.updates and seconds:
            await self._wait(seconds)
        return list(state.updates.values())[:limit]

    async def _wait(self, seconds: float) -> None:
        waiting: asyncio.Future[ApiError | None] = asyncio.get_running_loop().create_future()
        self._poll = waiting
        self.core.changed()
        try:
            async with asyncio.timeout(seconds):
                refusal = await waiting
        except TimeoutError:
            refusal = None
        finally:
            if self._poll is waiting:
                self._poll = None
        if refusal is not None:
            raise refusal

    @property
    def polling(self) -> bool:
        """True while a bot waits for updates."""
        return self._poll is not None

    def _end_poll(self, words: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(ApiError(409, words))
        self._poll = None

    def _arrived(self, update: Json) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self.sender.take(update)

    def _allow(self, params: Json) -> None:
        """A list that is given stays in force until another is given; an empty one asks for all."""
        allowed = params.get("allowed_updates")
        if isinstance(allowed, list):
            self.core.state.allowed_updates = [str(kind) for kind in allowed]

    async def set_webhook(self, params: Json) -> bool:
        """setWebhook. Plain HTTP is taken on loopback only."""
        url = str(params.get("url") or "")
        if not url:
            return await self.delete_webhook(params)
        parts = urlsplit(url)
        if parts.scheme != "https" and (parts.hostname or "") not in _LOOPBACK:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = str(params.get("secret_token") or "")
        if len(secret) > 256:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(params)
        self._end_poll("Conflict: terminated by setWebhook request")
        self._drop(params)
        connections = min(max(_whole(params.get("max_connections"), 40), 1), 100)
        self.core.state.webhook = Webhook(url, secret, connections, str(params.get("ip_address") or ""))
        await self.sender.restart()
        return True

    async def delete_webhook(self, params: Json) -> bool:
        """deleteWebhook"""
        self._drop(params)
        self.core.state.webhook = Webhook()
        await self.sender.restart()
        return True

    def _drop(self, params: Json) -> None:
        if params.get("drop_pending_updates") in (True, "true", "True", "1"):
            self.core.state.updates.clear()

    async def webhook_info(self, _params: Json) -> Json:
        """getWebhookInfo"""
        webhook = self.core.state.webhook
        info: Json = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.core.state.updates),
        }
        if webhook.url:
            info["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            info["ip_address"] = webhook.ip_address
        if webhook.last_error_date:
            info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
        if self.core.state.allowed_updates:
            info["allowed_updates"] = self.core.state.allowed_updates
        return info


def _whole(value: Any, default: int) -> int:
    return int(value) if str(value).removeprefix("-").isdecimal() else default
