"""Delivery by webhook as Telegram does it: one update of a chat in flight, repeated until the bot takes it."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import aiohttp

from telegram_local.api.errors import ApiError
from telegram_local.core import Core

Json = dict[str, Any]
Backoff = Callable[[int], float]
"""Seconds to wait after the nth failed delivery of an update, counted from 1."""


def telegram_backoff(failures: int) -> float:
    """Telegram's own waits: none after the first failure, then doubling up to a minute."""
    return 0.0 if failures == 1 else min(60.0, 2.0 ** (failures - 2))


class WebhookSender:
    """Delivers the waiting updates of each chat in their order, of as many chats at once as the bot allows."""

    def __init__(self, core: Core, backoff: Backoff, execute: Callable[[str, Json], Awaitable[Any]]) -> None:
        self.core = core
        self.backoff = backoff
        self.execute = execute
        self._waiting: dict[int, deque[Json]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._one_restart = asyncio.Lock()
        self._restarting = False

    async def restart(self) -> None:
        """Begin anew with what waits, for the webhook that is set now; without one, stop."""
        async with self._one_restart:
            self._restarting = True  # what comes meanwhile waits with the others: it must not be first
            try:
                await self._stop()
            finally:
                self._restarting = False
            for update in self.core.state.updates.values():
                self.take(update)

    async def close(self) -> None:
        """Stop delivering."""
        await self._stop()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def take(self, update: Json) -> None:
        """Deliver an update after those of its chat that wait already."""
        if self.core.state.webhook.url and not self._restarting:
            self._waiting.setdefault(chat_of(update), deque()).append(update)
            self._start_chats()

    def _start_chats(self) -> None:
        for chat in self._waiting:
            if len(self._tasks) >= self.core.state.webhook.max_connections:
                return
            if chat not in self._tasks:
                self._tasks[chat] = asyncio.create_task(self._run(chat))

    async def _stop(self) -> None:
        tasks = list(self._tasks.values())
        self._tasks.clear()
        self._waiting.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, chat: int) -> None:
        """Deliver a chat's updates one after another, each until the bot takes it."""
        waiting = self._waiting[chat]
        failures = 0
        while waiting:
            if await self._offer(waiting[0]):
                failures = 0
                self.core.state.updates.pop(waiting.popleft()["update_id"], None)
                self.core.changed()
            else:
                failures += 1
                self.core.changed()
                await asyncio.sleep(self.backoff(failures))
        del self._waiting[chat], self._tasks[chat]
        self._start_chats()

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
        with suppress(ValueError, ApiError):
            answer = json.loads(body)
            if isinstance(answer, dict) and "method" in answer:
                await self.execute(str(answer.pop("method")), answer)
        return True

    def _failed(self, words: str) -> bool:
        self.core.state.webhook.last_error_date = self.core.unix()
        self.core.state.webhook.last_error_message = words
        return False


def chat_of(update: Json) -> int:
    """The chat an update belongs to; the person where it has none."""
    payload = next(value for name, value in update.items() if name != "update_id")
    message = payload.get("message", payload)
    return int(message["chat"]["id"] if "chat" in message else payload["from"]["id"])
