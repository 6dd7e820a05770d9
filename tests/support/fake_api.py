"""Telegram as the gateway sees it, where no server is needed: `FakeApi` is a `call` that remembers and can refuse."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@dataclass
class FakeClock:
    """A clock that a test moves."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move forward by this timedelta."""
        self.now += timedelta(**by)


async def until(true: Callable[[], bool], within: float = 5.0) -> None:
    """Return once `true()`; a test that waits for what nobody announces would else have to guess a time."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.001)


async def spin(times: int = 200) -> None:
    """Let everything that could run do so."""
    for _ in range(times):
        await asyncio.sleep(0)


Fault = Callable[[str, dict[str, Any]], "BaseException | None"]


@dataclass
class FakeApi:
    """Answers as Telegram would: a message gets the next id. `fault` may raise instead, `gate` holds calls up."""

    fault: Fault | None = None
    gate: asyncio.Event | None = None
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)  # carried out, in their order
    tried: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    chats: set[int] = field(default_factory=set)

    async def __call__(self, method: str, params: dict[str, Any]) -> Any:
        """Carry out one method."""
        chat = params.get("chat_id", 0)
        assert chat not in self.chats, "two calls to one chat at once"
        self.chats.add(chat)
        self.in_flight += 1
        self.tried += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            if self.gate is not None:
                await self.gate.wait()
            else:
                await asyncio.sleep(0)
            if self.fault is not None and (error := self.fault(method, params)) is not None:
                raise error
            self.calls.append((method, params))
            return {"message_id": len(self.calls), "chat": {"id": chat}}
        finally:
            self.in_flight -= 1
            self.chats.discard(chat)

    @property
    def texts(self) -> list[str]:
        """The texts that were sent, in their order."""
        return [params["text"] for _, params in self.calls if "text" in params]
