"""Short transactions that share a commit: each stands for itself, and none is believed done before the disk has it."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from db.engine import Database
from db.models import HandledUpdate
from db.queries.messages import updates
from tests.support.fake_api import spin

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


async def mark(database: Database, number: int) -> int:
    def work(session: Session) -> int:
        updates.mark(session, number, NOW)
        return number

    return await database.run(work, brief=True)


def marked(database: Database) -> set[int]:
    return set(database.run_now(lambda session: session.exec(select(HandledUpdate.update_id)).all()))


def commits(database: Database) -> list[None]:
    """Return a list that grows with every commit."""
    seen: list[None] = []
    event.listen(database.engine, "commit", lambda _connection: seen.append(None))
    return seen


async def test_those_that_wait_share_a_commit(database: Database) -> None:
    seen = commits(database)
    assert await asyncio.gather(*(mark(database, one) for one in range(100))) == list(range(100))
    assert len(seen) < 100 if database.is_sqlite else len(seen) == 100
    assert marked(database) == set(range(100))


async def test_what_raises_is_undone_alone(database: Database) -> None:
    await mark(database, 7)

    def half(session: Session) -> None:
        updates.mark(session, 150, NOW)
        raise ZeroDivisionError

    works = [*(mark(database, one) for one in range(20)), database.run(half, brief=True)]
    found = await asyncio.gather(*works, return_exceptions=True)
    assert [type(one) for one in found if isinstance(one, BaseException)] == [updates.AlreadyHandled, ZeroDivisionError]
    assert marked(database) == set(range(20))


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_a_commit_that_fails_is_tried_one_by_one(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.group_commit.GATHER_SECONDS", 60)  # all ten in one group, however busy the machine is
    commit, tried, gate = database.engine.dialect.do_commit, 0, threading.Event()

    def first_fails(connection: Any) -> None:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise OSError("the disk is full")
        commit(connection)

    database.engine.dialect.do_commit = first_fails  # type: ignore[method-assign, assignment]
    busy = asyncio.ensure_future(database.run(lambda _session: gate.wait(10)))
    works = [asyncio.ensure_future(mark(database, one)) for one in range(10)]
    await spin()
    gate.set()
    assert await busy
    assert await asyncio.gather(*works) == list(range(10))
    assert tried == 1 + 10
    assert marked(database) == set(range(10))


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_a_database_that_lets_nothing_begin_is_told_of(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, gate, begun = database.engine.connect, threading.Event(), 0

    def away() -> Any:
        nonlocal begun
        begun += 1
        raise OSError("the disk is gone")

    busy = asyncio.ensure_future(database.run(lambda _session: gate.wait(10)))
    await spin()
    monkeypatch.setattr(database.engine, "connect", away)
    works = [asyncio.ensure_future(mark(database, one)) for one in range(5)]
    await spin()
    gate.set()
    assert await busy
    async with asyncio.timeout(10):
        found = await asyncio.gather(*works, return_exceptions=True)
    assert [type(one) for one in found] == [OSError] * 5
    assert begun <= 10, "it is asked once for a group, and once for each alone"
    monkeypatch.setattr(database.engine, "connect", real)
    assert await mark(database, 5) == 5
