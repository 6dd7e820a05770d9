"""Killed at each step, then started again: everybody has their message, and few have it twice."""

from __future__ import annotations

import os
import random
import signal
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

import pytest
from aiohttp import web
from sqlalchemy import func, select
from sqlmodel import Session

from db.engine import Database
from db.tables import OUTBOX, SESSION
from gateway.outbound.inflight import MAX_IN_FLIGHT
from tests.scheduler.people import add_people
from tests.support.databases import fresh_postgres
from tests.support.fake_api import until
from tests.support.reminder_process import Orders, Telegram, child, ended, telegram

NIGHT = datetime(2026, 3, 1, 22, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=8)
KILLED = -signal.SIGKILL
STEPS = ["claimed", "written", "committed", "send", "sent", "record", "recorded"]


def kill_on(process: list[BaseProcess], server: Telegram, nth: int) -> None:
    """Kill the child while the server has its nth message and has not answered."""
    calls = 0

    def on_call(_chat: int) -> web.Response | None:
        nonlocal calls
        calls += 1
        if calls == nth and process[0].pid is not None:
            os.kill(process[0].pid, signal.SIGKILL)
        return None

    server.on_call = on_call


def is_left(database: Database) -> int:
    def work(session: Session) -> int:
        return session.connection().execute(select(func.count()).select_from(OUTBOX)).scalar_one()

    return database.run_now(work)


def sessions(database: Database) -> int:
    def work(session: Session) -> int:
        return session.connection().execute(select(func.count()).select_from(SESSION)).scalar_one()

    return database.run_now(work)


@pytest.mark.parametrize("step", ["claimed", "committed", "sent", "record"])
async def test_reminders_survive_a_kill_at_each_step(database: Database, migrated_url: str, step: str) -> None:
    people = range(1, 151)
    add_people(database, people, NIGHT)
    async with telegram() as server:
        assert await ended(child(Orders(migrated_url, server.url, MORNING, step, nth=1))) == KILLED
        assert await ended(child(Orders(migrated_url, server.url, MORNING))) == 0
    check(database, server, people, kills=1)


async def test_reminders_survive_a_kill_while_one_is_being_sent(database: Database, migrated_url: str) -> None:
    people = range(1, 151)
    add_people(database, people, NIGHT)
    async with telegram() as server:
        process: list[BaseProcess] = []
        kill_on(process, server, nth=40)
        process.append(child(Orders(migrated_url, server.url, MORNING, rate=200)))
        assert await ended(process[0]) == KILLED
        assert await ended(child(Orders(migrated_url, server.url, MORNING))) == 0
    check(database, server, people, kills=1)


@pytest.mark.parametrize(("step", "copies"), [("replied", 1), ("send", 1), ("sent", 2), ("record", 2), ("recorded", 1)])
async def test_a_reply_survives_a_kill(database: Database, migrated_url: str, step: str, copies: int) -> None:
    add_people(database, range(1, 2), NIGHT)
    async with telegram() as server:
        nth = 2 if step in {"record", "recorded"} else 1  # the first time, it only reads what is unsent
        assert await ended(child(Orders(migrated_url, server.url, NIGHT, step, nth=nth, reply=1))) == KILLED
        assert await ended(child(Orders(migrated_url, server.url, NIGHT))) == 0
    assert server.counts == {1: copies}
    assert is_left(database) == 0


async def test_a_restart_in_peace_repeats_nothing(database: Database, migrated_url: str) -> None:
    people = range(1, 51)
    add_people(database, people, NIGHT)
    async with telegram() as server:
        for _ in range(2):
            assert await ended(child(Orders(migrated_url, server.url, MORNING, reply=1))) == 0
    assert server.counts == {one: 3 if one == 1 else 1 for one in people}


def check(database: Database, server: Telegram, people: range, kills: int) -> int:
    """Everybody has the message, no more are repeated than a kill may repeat; return how many were."""
    assert set(server.counts) == set(people)
    repeated = server.counts.total() - len(people)
    assert repeated <= MAX_IN_FLIGHT * kills
    assert is_left(database) == 0
    assert sessions(database) == 7 * len(people)  # a week each, planned once
    return repeated


@pytest.mark.soak
async def test_a_thousand_reminders_through_thirty_kills(
    database: Database, migrated_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    people, chance, kills = range(1, 1001), random.Random(7), 0
    add_people(database, people, NIGHT)
    async with telegram() as server:
        while kills < 30:
            process: list[BaseProcess] = []
            step = chance.choice([*STEPS, "answer", "answer", "moment"])
            if step == "answer":
                kill_on(process, server, nth=chance.randint(1, 25))
            nth = chance.randint(1, 25 if step in {"send", "sent"} else 2)
            orders = Orders(migrated_url, server.url, MORNING, step, nth=nth, rate=100, batch=50)
            process.append(child(orders))
            if step == "moment":
                seen = len(server.received) + chance.randint(0, 25)
                await until(lambda: len(server.received) >= seen or not process[0].is_alive(), 30)  # noqa: B023
                process[0].kill()
            code = await ended(process[0])
            server.on_call = None
            if code == 0:
                break
            kills += 1
        assert await ended(child(Orders(migrated_url, server.url, MORNING))) == 0
    repeated = check(database, server, people, kills)
    with capsys.disabled():
        print(f"\n{database.url.get_backend_name()}: {kills} kills, {repeated} of {len(people)} repeated")  # noqa: T201
    assert kills == 30


@pytest.mark.soak
async def test_another_replica_takes_over_from_a_killed_leader(
    postgres_server: str, postgres_template: str, capsys: pytest.CaptureFixture[str]
) -> None:
    url = fresh_postgres(postgres_server, postgres_template)
    database, people = Database(url), range(1, 1001)
    add_people(database, people, NIGHT)
    async with telegram() as server:
        first = child(Orders(url, server.url, MORNING, rate=100, leadership=True, name="first"))
        await until(lambda: len(server.received) >= 200, 30)
        second = child(Orders(url, server.url, MORNING, rate=400, leadership=True, name="second"))
        await until(lambda: len(server.received) >= 400, 30)
        first.kill()
        assert await ended(first) == KILLED
        killed_at = server.received[-1][0]
        await until(lambda: len(server.counts) == len(people), 60)
        gap = max(later[0] - earlier[0] for earlier, later in zip(server.received, server.received[1:], strict=False))
        await until(lambda: is_left(database) == 0, 10)
        second.kill()
        await ended(second)
    repeated = check(database, server, people, kills=1)
    assert gap < 30
    with capsys.disabled():
        print(f"\ntaken over after {gap:.1f} s, {repeated} repeated")  # noqa: T201
    assert killed_at
    database.close()
