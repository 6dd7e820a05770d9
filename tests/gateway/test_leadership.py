"""One leads, another takes over when it dies, and nobody's unsent replies are lost with them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest
from sqlmodel import select

from db import outbox
from db.engine import Database
from db.models import OutboxMessage
from db.outbox import Outgoing
from gateway.ops import leadership
from gateway.ops.leadership import Leadership, conninfo
from tests.support.databases import fresh_postgres
from tests.support.fake_api import NOON, until


@pytest.fixture
def postgres(postgres_server: str, postgres_template: str) -> Database:
    """A PostgreSQL database with today's schema."""
    return Database(fresh_postgres(postgres_server, postgres_template))


class Member:
    """A replica, as far as leading goes."""

    def __init__(self, database: Database, name: str) -> None:
        self.changes: list[bool] = []
        self.adoptions = 0
        self.leadership = Leadership(
            database, name, changed=self.changes.append, adopted=self._adopted, beat_seconds=0.05
        )

    def _adopted(self) -> None:
        self.adoptions += 1

    def die(self) -> None:
        """Stop all at once, as a killed process does: its connection closes, nothing is said."""
        task, connection = self.leadership._task, self.leadership._connection
        assert task is not None
        assert connection is not None
        task.cancel()
        connection.close()


@pytest.fixture
async def replica(postgres: Database) -> AsyncIterator[Callable[[str], Member]]:
    """Makes replicas, and ends them when the test is over."""
    made: list[Member] = []

    def make(name: str) -> Member:
        made.append(Member(postgres, name))
        return made[-1]

    yield make
    for one in made:
        await one.leadership.stop()
    postgres.close()


async def test_one_process_on_sqlite_leads_at_once(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.db'}")
    one = Member(database, "one")
    await one.leadership.start()
    assert one.changes == [True]
    await one.leadership.stop()
    assert one.changes == [True, False]
    database.close()


async def test_only_one_leads_and_another_takes_over(replica: Callable[[str], Member]) -> None:
    one, two = replica("one"), replica("two")
    await one.leadership.start()
    await two.leadership.start()
    assert (one.changes, two.changes) == ([True], [])
    await one.leadership.stop()
    await until(lambda: two.changes == [True])
    assert one.changes == [True, False]


async def test_the_dead_leave_their_replies_to_the_leader(
    postgres: Database, replica: Callable[[str], Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "DEAD_AFTER_SECONDS", 0.2)
    one, two, three = replica("one"), replica("two"), replica("three")
    for each in (one, two, three):
        await each.leadership.start()

    def write(name: str) -> None:
        row = Outgoing(chat_id=1, method="sendMessage", payload={}, owner=name, created_at=NOON)
        postgres.run_now(lambda session: outbox.enqueue(session, [row]))

    for name in ("one", "two", "three", "long gone"):
        write(name)
    await until(lambda: one.adoptions == 1)  # what was left by one that nobody knows
    one.die()
    await until(lambda: two.changes == [True] or three.changes == [True])
    heir, other = (two, "three") if two.changes else (three, "two")
    await until(lambda: heir.adoptions == 1)
    owners = postgres.run_now(lambda session: set(session.exec(select(OutboxMessage.owner))))
    assert owners == {"two", "three"}
    assert other in owners


def test_a_crowds_reminders_are_not_read_at_every_beat(postgres: Database) -> None:
    rows = [Outgoing(chat_id=1, method="sendMessage", payload={}, bulk=True, created_at=NOON) for _ in range(5000)]
    postgres.run_now(lambda session: outbox.enqueue(session, rows))
    with psycopg.connect(conninfo(postgres.url), autocommit=True) as connection:
        connection.execute("ANALYZE outbox")
        plan = connection.execute(f"EXPLAIN {leadership.LATE}", {"own": "one", "seconds": 6}).fetchall()
    postgres.close()
    assert not [step for (step,) in plan if "Seq Scan on outbox" in step]


async def test_a_slow_replica_is_not_taken_for_dead(
    postgres: Database, replica: Callable[[str], Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leadership, "DEAD_AFTER_SECONDS", 0.2)
    one, two = replica("one"), replica("two")
    await one.leadership.start()
    await two.leadership.start()
    assert two.leadership._task is not None
    two.leadership._task.cancel()  # it hangs: no sign of life, but its lock is held
    row = Outgoing(chat_id=1, method="sendMessage", payload={}, owner="two", created_at=NOON)
    postgres.run_now(lambda session: outbox.enqueue(session, [row]))
    with psycopg.connect(conninfo(postgres.url), autocommit=True) as connection:
        connection.execute("UPDATE replica SET seen_at = now() - interval '1 hour' WHERE id = 'two'")

        def beaten() -> bool:
            seen = connection.execute(
                "SELECT now() - seen_at < interval '1 hour' FROM replica WHERE id = 'one'"
            ).fetchone()
            return seen is not None and bool(seen[0])

        await until(beaten)
        for _ in range(3):
            await one.leadership._heartbeat()
        assert connection.execute("SELECT owner FROM outbox").fetchall() == [("two",)]
    assert one.adoptions == 0


async def test_who_loses_touch_with_the_database_ceases_to_lead_and_may_lead_again(
    postgres: Database, replica: Callable[[str], Member]
) -> None:
    one = replica("one")
    await one.leadership.start()
    with psycopg.connect(conninfo(postgres.url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
    await until(lambda: one.changes[:3] == [True, False, True])


async def test_a_database_that_says_nothing_holds_up_no_end(
    postgres: Database, replica: Callable[[str], Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, silent = replica("one"), threading.Event()
    await one.leadership.start()
    monkeypatch.setattr(leadership, "LEAVE_SECONDS", 0.1)
    one.leadership._thread.submit(silent.wait)
    try:
        async with asyncio.timeout(2):
            await one.leadership.stop()
    finally:
        silent.set()
    assert one.changes == [True, False]
