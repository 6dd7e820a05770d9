"""Killed at random moments under load: every update takes effect exactly once, in order within a chat."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess

import aiohttp
import pytest
from aiohttp import web

from db.engine import Database
from gateway.inbound.webhook import SECRET_HEADER
from gateway.outbound.inflight import MAX_IN_FLIGHT
from telegram_local.server import LocalTelegram
from tests.support.bot_harness import SECRET
from tests.support.bot_process import Orders, child, free_port
from tests.support.crowd_load import Crowd
from tests.support.databases import fresh_postgres
from tests.support.reminder_process import ended

KILLED = -signal.SIGKILL
TWICE = 0.05  # of the updates a balancer brings to both replicas at once


def now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def telegram() -> AsyncIterator[LocalTelegram]:
    made = LocalTelegram(token="1:local", now=now, webhook_backoff=lambda _failures: 0.2)
    await made.start()
    try:
        yield made
    finally:
        await made.stop()


async def killed(process: BaseProcess) -> None:
    process.kill()
    assert await ended(process) == KILLED


async def taking(server: LocalTelegram, process: BaseProcess) -> None:
    """Wait until the bot takes updates."""
    seen = len(server.calls)
    ready = ("getUpdates", "setWebhook")
    await server.until(lambda: any(call.method in ready for call in list(server.calls)[seen:]), 60)
    assert process.is_alive()


async def under_kills(
    database: Database, url: str, *, kills: int, rate: float, people: int, webhook: bool, most: float
) -> str:
    """Kill the bot so many times under `rate` updates a second, at moments up to `most` seconds after it is up."""
    chance = random.Random(kills)
    async with telegram() as server:
        crowd = Crowd(server, database, people, seed=kills)
        orders = Orders(url, server.address, free_port() if webhook else None)
        stop = asyncio.Event()
        acting = asyncio.create_task(crowd.go_on(rate, stop))
        for _ in range(kills):
            server.calls.clear()
            process = child(orders)
            await taking(server, process)
            await asyncio.sleep(chance.uniform(0, most))  # a random moment is what is tested
            await killed(process)
        stop.set()
        await acting
        process = child(orders)
        await crowd.settled()
        await killed(process)
        # On PostgreSQL a killed copy's replies go out once it is known to be dead: newer ones may overtake them.
        repeated = crowd.check(replies_in_order=database.is_sqlite)
        assert repeated <= MAX_IN_FLIGHT * kills
        return f"{kills} kills under {rate:g} updates/s: {crowd.sent} took effect once, {repeated} answers repeated"


@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_updates_take_effect_once_through_a_few_kills(
    database: Database, migrated_url: str, webhook: bool
) -> None:
    await under_kills(database, migrated_url, kills=2, rate=40, people=40, webhook=webhook, most=0.5)


@pytest.mark.soak
@pytest.mark.parametrize("webhook", [False, True], ids=["polling", "webhook"])
async def test_updates_take_effect_once_through_fifty_kills(
    database: Database, migrated_url: str, webhook: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await under_kills(database, migrated_url, kills=50, rate=100, people=300, webhook=webhook, most=2.5)
    with capsys.disabled():
        way = "webhook" if webhook else "polling"
        print(f"\n{way}, {database.url.get_backend_name()}: {said}")  # noqa: T201


class Balancer:
    """Brings an update to either of two replicas, at times to both at once, to the other where one does not answer."""

    def __init__(self, ports: list[int]) -> None:
        self.ports = ports
        self.twice = 0
        self._chance = random.Random(3)
        self._client: aiohttp.ClientSession

    @asynccontextmanager
    async def serving(self, port: int) -> AsyncIterator[None]:
        application = web.Application()
        application.router.add_post("/telegram", self._bring)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        async with aiohttp.ClientSession() as self._client:
            yield
        await runner.cleanup()

    async def _bring(self, request: web.Request) -> web.Response:
        body, ports = await request.read(), self._chance.sample(self.ports, k=len(self.ports))
        if self._chance.random() < TWICE:
            self.twice += 1
            answers = await asyncio.gather(*(self._post(port, body) for port in ports))
            return web.Response(status=min(answers))
        for port in ports:
            if (status := await self._post(port, body)) == 200:
                return web.Response(status=status)
        return web.Response(status=502)

    async def _post(self, port: int, body: bytes) -> int:
        with suppress(aiohttp.ClientError, OSError):
            headers = {SECRET_HEADER: SECRET}
            async with self._client.post(f"http://127.0.0.1:{port}/telegram", data=body, headers=headers) as response:
                return response.status
        return 502


async def two_replicas(url: str, *, rate: float, people: int, before: float, after: float) -> str:
    """Two replicas under load; one is killed in the middle, and another takes its place."""
    database, outside = Database(url), free_port()
    async with telegram() as server:
        crowd = Crowd(server, database, people, seed=11)
        balancer = Balancer([free_port(), free_port()])
        orders = [Orders(url, server.address, port, f"http://127.0.0.1:{outside}/telegram") for port in balancer.ports]
        async with balancer.serving(outside):
            replicas = [child(one) for one in orders]
            await taking(server, replicas[0])
            stop = asyncio.Event()
            acting = asyncio.create_task(crowd.go_on(rate, stop))
            await asyncio.sleep(before)
            await killed(replicas[0])
            await asyncio.sleep(after)
            replicas[0] = child(orders[0])
            await asyncio.sleep(after)
            stop.set()
            await acting
            await crowd.settled()
            for replica in replicas:
                await killed(replica)
        repeated = crowd.check(replies_in_order=False)
    database.close()
    return f"{crowd.sent} took effect once, {balancer.twice} brought to both, {repeated} answers repeated"


async def test_two_replicas_lose_and_double_nothing(postgres_server: str, postgres_template: str) -> None:
    url = fresh_postgres(postgres_server, postgres_template)
    await two_replicas(url, rate=40, people=40, before=1, after=0.5)


@pytest.mark.soak
async def test_two_replicas_under_load_lose_and_double_nothing(
    postgres_server: str, postgres_template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = fresh_postgres(postgres_server, postgres_template)
    said = await two_replicas(url, rate=100, people=300, before=20, after=20)
    with capsys.disabled():
        print(f"\ntwo replicas, one killed in the middle: {said}")  # noqa: T201
