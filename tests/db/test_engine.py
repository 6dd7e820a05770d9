"""One function, one transaction: all of it or nothing, many at once without losing any."""

import asyncio

import pytest
from sqlmodel import Session

from db.engine import Database, parse_url
from db.models import User
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
        assert database.run_now(lambda session: updates.was_handled(session, 7))
