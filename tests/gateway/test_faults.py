"""A server that fails in every way at once: everybody is reached or rightly given up, nobody is spoken to too fast."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from aiohttp import web
from sqlalchemy import func, select
from sqlmodel import Session

from db.engine import Database
from db.tables import OUTBOX, REMINDER, USER
from gateway.outbound.sender import Sender
from gateway.outbound.transport import AiohttpRequest, BotApi
from scheduler.ticker import Ticker
from tests.scheduler.people import add_people
from tests.support.reminder_process import TOKEN, PlainWording

NIGHT = datetime(2026, 3, 1, 22, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=8)


class Moody:
    """A Bot API server: 5% too many requests, 2% faults, 1% cut before and 1% after accepting, 1% hangs, 3% blocked."""

    def __init__(self, people: int, chance: random.Random) -> None:
        self.chance = chance
        self.blocked = set(chance.sample(range(1, people + 1), people * 3 // 100))
        self.told_to_wait: dict[int, float] = {}
        self.accepted: list[tuple[float, int]] = []
        self.asked: list[tuple[float, int]] = []
        self.lost: Counter[int] = Counter()  # accepted, but the answer never arrived
        self.too_early = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        chat = int((await request.json())["chat_id"])
        now = monotonic()
        self.asked.append((now, chat))
        self.too_early += now < self.told_to_wait.get(chat, 0.0)
        mood = self.chance.random()
        if chat in self.blocked:
            return refuse(403, "Forbidden: bot was blocked by the user")
        if mood < 0.05:
            self.told_to_wait[chat] = now + 1
            return refuse(429, "Too Many Requests: retry after 1", retry_after=1)
        if mood < 0.07:
            return refuse(500, "Internal Server Error")
        if mood < 0.08:
            return await self._cut(request)
        self.accepted.append((now, chat))
        if mood < 0.09:
            self.lost[chat] += 1
            return await self._cut(request)
        if mood < 0.10:
            self.lost[chat] += 1
            await asyncio.sleep(3)
        return web.json_response({"ok": True, "result": {"message_id": 1}})

    async def _cut(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


def refuse(status: int, description: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)


async def through_faults(database: Database, people: int, rate: float) -> tuple[Moody, Sender]:
    """Let `people` be due with that server; return it and the sender when everything is over."""
    add_people(database, range(1, people + 1), NIGHT)
    moody = Moody(people, random.Random(3))
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", moody.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest(read_seconds=0.5)
    await request.initialize()
    began = monotonic()

    def clock() -> datetime:
        return MORNING + timedelta(seconds=monotonic() - began)

    api = BotApi(request, TOKEN, f"http://127.0.0.1:{runner.addresses[0][1]}")
    sender = Sender(database, api, clock=clock, rate=rate, replica="me", leads=True)
    ticker = Ticker(
        database, PlainWording(), clock=clock, leads=lambda: True, on_written=sender.bulk_written,
        room=lambda: sender.has_capacity,
    )  # fmt: skip
    sender.on_capacity(ticker.resume)
    await sender.start()
    ticker.start()
    counts = sender.metrics
    while counts.sent + counts.failed.total() < people:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    await sender.until_idle()
    await ticker.stop()
    await sender.stop()
    await request.shutdown()
    await runner.cleanup()
    return moody, sender


def check(database: Database, moody: Moody, sender: Sender, people: int, rate: float) -> int:
    """Check every promise; return how many messages came twice."""
    copies = Counter(chat for _, chat in moody.accepted)
    everybody = set(range(1, people + 1))
    assert set(copies) == everybody - moody.blocked
    for chat, times in copies.items():
        assert times <= 1 + moody.lost[chat], "twice, though the first was answered"
    assert sender.metrics.failed == {"blocked": len(moody.blocked)}
    assert moody.too_early == 0

    moments = [at for at, _ in moody.asked]
    for first, at in enumerate(moments):
        assert first + int(rate) >= len(moments) or moments[first + int(rate)] - at > 0.95, "too fast"

    def work(session: Session) -> tuple[int, int, int]:
        connection = session.connection()
        left = connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()
        ended = connection.execute(select(func.count()).where(USER.c.unreachable == "blocked")).scalar_one()
        armed = connection.execute(select(func.count()).where(REMINDER.c.next_due_at.is_not(None))).scalar_one()
        return left, ended, armed

    assert database.run_now(work) == (0, len(moody.blocked), people - len(moody.blocked))
    return copies.total() - len(copies)


async def test_a_few_through_every_fault(database: Database) -> None:
    moody, sender = await through_faults(database, 120, rate=200)
    check(database, moody, sender, 120, rate=200)


@pytest.mark.soak
async def test_five_thousand_through_every_fault(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    moody, sender = await through_faults(database, 5_000, rate=300)
    twice = check(database, moody, sender, 5_000, rate=300)
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{database.url.get_backend_name()}: {len(moody.asked)} calls, {sender.metrics.retry_after} told to "
            f"wait, {sender.metrics.retried} tried again, {moody.lost.total()} answers lost, {twice} twice"
        )
