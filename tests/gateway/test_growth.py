"""Memory that stays: of people who wrote once nothing is kept but their rows; `benchmarks/memory.py` shows the line."""

from __future__ import annotations

import gc
from collections import deque
from types import FunctionType, ModuleType
from typing import Any, Final

import pytest

from app.bot_app import BotApp
from content.library import Content
from db import outbox
from db.engine import Database
from db.outbox import Outgoing
from gateway.outbound import backoff, inflight
from gateway.outbound.backoff import Backoff
from gateway.outbound.rate_limit import RateLimiter
from tests.gateway.test_pacing import Monotonic
from tests.support.bot_harness import BotHarness
from tests.support.fake_api import NOON

PEOPLE: Final = 25
SIZED: Final = (dict, list, set, deque)
BESIDE: Final = (type, ModuleType, Content, Database)  # no state of people, or in rows
FOREIGN: Final = (
    "aiohttp",
    "multidict",
    "yarl",
    "asyncio",
    "uvloop",
    "sqlalchemy",
    "logging",
    "telegram_local",
    "tests",
    "weakref",
)


def sizes(bot: BotApp) -> dict[int, tuple[int, str]]:
    """Return the size of every collection that the running bot holds, and how it begins, by its id."""
    gc.collect()
    waiting: list[Any] = [bot]
    seen: dict[int, Any] = {}
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, BESIDE) or type(one).__module__.split(".")[0] in FOREIGN:
            continue
        seen[id(one)] = one
        # Of a function what it closes over: its module holds everything.
        waiting += (one.__closure__ or ()) if isinstance(one, FunctionType) else gc.get_referents(one)
    return {key: (len(one), str(one)[:200]) for key, one in seen.items() if isinstance(one, SIZED)}


async def test_nothing_stays_of_people_who_wrote(coach: BotHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inflight, "MAX_REMEMBERED", 1)  # bounded, and the bound lies beyond this test
    found = []
    for batch in range(3):
        for number in range(PEOPLE):
            await coach.person(1_000 + batch * PEOPLE + number).says("/help")
        await coach.settle()
        found.append(sizes(coach.running))
    first, then = found[1:]
    assert len(then) > 100, "the bot holds many collections, and this looks at all of them"
    assert {text: size for key, (size, text) in then.items() if size - first.get(key, (0, ""))[0] >= PEOPLE} == {}


def test_replies_alone_are_counted_for_a_second_only() -> None:
    clock = Monotonic()
    pacing = RateLimiter(30, clock)
    for _ in range(100):
        pacing.sent(1, bulk=False)
        pacing.answered()
        clock.now += 0.5
    assert pacing._all is not None
    assert len(pacing._all._answered) <= 3


def test_failures_of_rows_that_were_cancelled_are_not_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backoff, "MAX_REMEMBERED", 10)
    waits = Backoff(Monotonic())
    for number in range(50):
        row = Outgoing(id=number, chat_id=1, method="sendMessage", payload={}, created_at=NOON)
        waits.next_delay(outbox.waiting(row))
    assert len(waits._first_failed) == 10
