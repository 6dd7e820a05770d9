"""A running local Telegram, and a bare client for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from telegram_local import LocalTelegram

Json = dict[str, Any]


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def pass_hours(self, hours: float) -> None:
        self.time += timedelta(hours=hours)


class Client:
    """Calls Bot API methods and returns the whole answer."""

    def __init__(self, session: aiohttp.ClientSession, server: LocalTelegram) -> None:
        self.session = session
        self.base = server.address
        self.token = server.token

    async def __call__(self, method: str, **params: Any) -> Json:
        async with self.session.post(f"{self.base}/bot{self.token}/{method}", json=params) as response:
            answer: Json = await response.json()
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    async def result(self, method: str, **params: Any) -> Any:
        answer = await self(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refusal(self, method: str, **params: Any) -> str:
        answer = await self(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[LocalTelegram]:
    server = LocalTelegram(now=clock, webhook_backoff=lambda failures: 0.001)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def api(server: LocalTelegram) -> AsyncIterator[Client]:
    """A client that has opened the page too, as a browser has that asks for its pictures."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await session.get(server.page_address)
        yield Client(session, server)
