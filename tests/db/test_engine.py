"""One function, one transaction: all of it or nothing, many at once without losing any."""

import asyncio
import socket
import time
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from db import engine
from db.engine import Database, make_engine, parse_url
from db.models import HandledUpdate, User
from db.queries.messages import updates
from tests.support.bot_harness import START


async def test_what_raises_leaves_nothing(database: Database) -> None:
    def half(session: Session) -> None:
        session.add(User(id=1, created_at=START))
        session.flush()
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        await database.run(half)
    assert await database.run(lambda session: session.get(User, 1)) is None


async def test_many_changes_at_once_are_all_kept(database: Database) -> None:
    await database.run(lambda session: session.add(User(id=1, weight_kg=0, created_at=START)))

    def heavier(session: Session) -> None:
        user = session.get(User, 1, with_for_update=True)
        assert user is not None
        user.weight_kg = (user.weight_kg or 0) + 1

    await asyncio.gather(*(database.run(heavier) for _ in range(200)))
    user = await database.run(lambda session: session.get(User, 1))
    assert user is not None
    assert user.weight_kg == 200


async def test_times_come_back_aware(database: Database) -> None:
    await database.run(lambda session: session.add(User(id=1, created_at=START)))
    user = await database.run(lambda session: session.get(User, 1))
    assert user is not None
    assert user.created_at == START
    assert user.created_at.tzinfo is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("sqlite:///data/x.db", "sqlite:///data/x.db"),
        ("sqlite+aiosqlite:///x.db", "sqlite:///x.db"),
        ("postgresql+asyncpg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
    ],
)
def test_addresses_of_databases(given: str, kept: str) -> None:
    assert parse_url(given).render_as_string(hide_password=False) == kept


@pytest.mark.parametrize("given", ["", "mysql://u@h/d", "not an address"])
def test_other_addresses_are_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"database address|are supported"):
        parse_url(given)


@pytest.mark.parametrize(
    "odd", [2**70, "\ud83d", {3: "three"}], ids=["beyond 64 bits", "half a pair", "a number's key"]
)
def test_what_is_quick_about_json_refuses_is_stored_all_the_same(database: Database, odd: object) -> None:
    if database.is_sqlite or not isinstance(odd, str):  # PostgreSQL takes no half a pair, however it is written
        database.run_now(lambda session: updates.set_aside(session, 7, 1, {"odd": odd}, "error", START))
        assert database.run_now(lambda session: session.get(HandledUpdate, 7)) is not None


def test_a_server_that_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CONNECT_SECONDS", 2)  # PostgreSQL's library waits no shorter
    with socket.create_server(("127.0.0.1", 0)) as silent:
        database = Database(f"postgresql://coach:secret@127.0.0.1:{silent.getsockname()[1]}/coach")
        began = time.monotonic()
        with pytest.raises(OperationalError, match="timeout"):
            database.run_now(lambda session: session.get(User, 1))
        assert time.monotonic() - began < 10
        database.close()


@pytest.mark.parametrize(("query", "seconds"), [("", engine.CONNECT_SECONDS), ("?connect_timeout=60", 60)])
def test_what_the_address_says_of_the_network_counts(query: str, seconds: int) -> None:
    seen: dict[str, Any] = {}
    made = make_engine(parse_url(f"postgresql://coach@127.0.0.1/coach{query}"))

    @event.listens_for(made, "do_connect")
    def _see(_dialect: object, _record: object, _words: object, options: dict[str, Any]) -> None:
        seen.update(options)
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        made.connect()
    assert int(seen["connect_timeout"]) == seconds
    assert seen["tcp_user_timeout"] == engine.SILENT_SECONDS * 1000
