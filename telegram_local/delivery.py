"""How updates reach the bot: long polling, or a webhook."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from telegram_local.core import Core
from telegram_local.errors import ApiError, bad_request
from telegram_local.state import Webhook

Json = dict[str, Any]
Backoff = Callable[[int], float]
"""Seconds to wait after the nth failed delivery of an update, counted from 1."""

POLL_SECONDS = 50
BATCH = 100
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def telegram_backoff(failures: int) -> float:
    """Telegram's own waits: at once, then doubling up to a minute."""
    return 0.0 if failures == 1 else min(60.0, 2.0 ** (failures - 2))


class Delivery:
    """Long polling by one bot at a time, or a webhook with one update of a chat in flight."""

    def __init__(self, core: Core, backoff: Backoff, execute: Callable[[str, Json], Awaitable[Any]]) -> None:
        self.core = core
        self.backoff = backoff
        self.execute = execute
        self._poll: asyncio.Future[ApiError | None] | None = None
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        core.on_update.append(self._arrived)

    async def close(self) -> None:
        """Let a waiting poll go with nothing, and stop delivering."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        await self._stop_lanes()
        if self._session is not None:
            await self._session.close()
            self._session = None

    # Long polling

    async def get_updates(self, params: Json) -> list[Json]:
        """getUpdates. Raises ApiError: 409 while a webhook is set, and for a poll that another one ends."""
        state = self.core.state
        if state.webhook.url:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._allow(params)
        offset = _whole(params.get("offset"), 0)
        limit = min(max(_whole(params.get("limit"), BATCH), 1), BATCH)
        seconds = min(max(_whole(params.get("timeout"), 0), 0), POLL_SECONDS)
        if offset < 0:
            state.updates = state.updates[offset:]
        self._end_poll(
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
        if offset > 0 and any(update["update_id"] < offset for update in state.updates):
            state.confirm(below=offset)
            self.core.changed()
        if not state.updates and seconds:
            await self._wait(seconds)
        return state.updates[:limit]

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
        """Whether a bot waits for updates."""
        return self._poll is not None

    def _end_poll(self, words: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(ApiError(409, words))
        self._poll = None

    def _arrived(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        self._start_lanes()

    def _allow(self, params: Json) -> None:
        """A list that is given stays in force until another is given; an empty one asks for all."""
        allowed = params.get("allowed_updates")
        if isinstance(allowed, list):
            self.core.state.allowed_updates = [str(kind) for kind in allowed]

    # Webhook

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
        await self._stop_lanes()
        self._drop(params)
        connections = min(max(_whole(params.get("max_connections"), 40), 1), 100)
        self.core.state.webhook = Webhook(url, secret, connections, str(params.get("ip_address") or ""))
        self._start_lanes()
        return True

    async def delete_webhook(self, params: Json) -> bool:
        """deleteWebhook"""
        await self._stop_lanes()
        self._drop(params)
        self.core.state.webhook = Webhook()
        return True

    def _drop(self, params: Json) -> None:
        if params.get("drop_pending_updates") in (True, "true", "True", "1"):
            self.core.state.updates = []

    def webhook_info(self, _params: Json) -> Json:
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

    def _start_lanes(self) -> None:
        """A task for every chat with a waiting update, as many at once as the bot allows."""
        webhook = self.core.state.webhook
        if not webhook.url:
            return
        for update in self.core.state.updates:
            lane = lane_of(update)
            if lane not in self._lanes and len(self._lanes) < webhook.max_connections:
                self._lanes[lane] = asyncio.create_task(self._deliver(lane))

    async def _stop_lanes(self) -> None:
        lanes = list(self._lanes.values())
        self._lanes.clear()
        for task in lanes:
            task.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _deliver(self, lane: int) -> None:
        """Deliver a chat's updates one after another, each until the bot takes it."""
        failures = 0
        state = self.core.state
        while update := next((item for item in state.updates if lane_of(item) == lane), None):
            if await self._offer(update):
                failures = 0
                state.updates = [item for item in state.updates if item["update_id"] != update["update_id"]]
                self.core.changed()
            else:
                failures += 1
                self.core.changed()
                await asyncio.sleep(self.backoff(failures))
        self._lanes.pop(lane, None)
        self._start_lanes()

    async def _offer(self, update: Json) -> bool:
        """One attempt; a method call in the answer is carried out, as Telegram does."""
        webhook = self.core.state.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret_token} if webhook.secret_token else {}
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))
        try:
            async with self._session.post(webhook.url, json=update, headers=headers, ssl=False) as response:
                body = await response.read()
                if not 200 <= response.status < 300:
                    return self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return self._failed(f"Connection failed: {type(error).__name__}")
        with contextlib.suppress(ValueError):
            answer = json.loads(body) if body else None
            if isinstance(answer, dict) and "method" in answer:
                await self.execute(str(answer.pop("method")), answer)
        return True

    def _failed(self, words: str) -> bool:
        self.core.state.webhook.last_error_date = self.core.unix()
        self.core.state.webhook.last_error_message = words
        return False


def lane_of(update: Json) -> int:
    """The chat an update belongs to; the person where it has none."""
    payload = next(value for name, value in update.items() if name != "update_id")
    message = payload.get("message", payload)
    return int(message["chat"]["id"] if "chat" in message else payload["from"]["id"])


def _whole(value: Any, default: int) -> int:
    return int(value) if str(value).removeprefix("-").isdecimal() else default
