"""Conversations that many tests begin with, held once: what one left behind is put back in place of holding it again.

Ten questions of the set-up are most of a short test's work. What is kept is what the bot must find after a restart (its
rows) and what Telegram knows; the bot keeps nothing else. On PostgreSQL each conversation is held.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from sqlmodel import Session, SQLModel

from telegram_local.server import Call
from telegram_local.state import Chat, StoredFile
from tests.support.bot_harness import START, BotHarness

Rows = dict[str, list[tuple[Any, ...]]]

_COUNTERS: Final = ("next_update_id", "next_query_id", "next_file_id")


@dataclass(frozen=True)
class Kept:
    """The state that a conversation left behind."""

    rows: Rows
    chats: Mapping[int, Chat]
    files: Mapping[str, StoredFile]
    counters: Mapping[str, int]
    presses: Mapping[str, Any]
    calls: list[Call]
    rendered: Mapping[str, Any]
    content: object  # held, so that its id stays its own


def is_new(coach: BotHarness) -> bool:
    """Say whether nobody has written to the bot yet, on SQLite and at the usual moment."""
    chats = coach.telegram.core.state.chats.values()
    return (
        coach.running.db.is_sqlite
        and coach.clock.now == START
        and not any(chat.messages for chat in chats)
        and not coach.telegram.faults.waiting
    )


async def keep(coach: BotHarness, calls_before: int) -> Kept:
    """Return what the conversation so far left behind."""
    core = coach.telegram.core
    return Kept(
        rows=await coach.running.db.run(_rows),
        chats={number: _copied(chat) for number, chat in core.state.chats.items()},
        files=dict(core.state.files),
        counters={name: getattr(core.state, name) for name in _COUNTERS},
        presses=deepcopy(core.presses),
        calls=list(coach.telegram.calls)[calls_before:],
        rendered=coach.rendered.known(),
        content=coach.running.services.content,
    )


async def put_back(coach: BotHarness, kept: Kept) -> None:
    """Let the bot and Telegram be where that conversation ended."""
    await coach.running.db.run(lambda session: _fill(session, kept.rows))
    core = coach.telegram.core
    core.state.chats.update({number: _copied(chat) for number, chat in kept.chats.items()})
    core.state.files.update(kept.files)
    for name, value in kept.counters.items():
        setattr(core.state, name, value)
    core.presses.update(deepcopy(dict(kept.presses)))
    coach.telegram.calls.extend(kept.calls)
    coach.rendered.add(kept.rendered)


def _copied(chat: Chat) -> Chat:
    return replace(chat, messages=dict(chat.messages), reactions=deepcopy(chat.reactions))


def _rows(session: Session) -> Rows:
    """Read every table as the database holds it: nothing is made of the values, for they are only written again."""
    driver = _driver(session)
    return {name: driver.execute(f'SELECT * FROM "{name}"').fetchall() for name in _tables()}


def _fill(session: Session, rows: Rows) -> None:
    driver = _driver(session)
    for name in reversed(_tables()):
        driver.execute(f'DELETE FROM "{name}"')
    for name in _tables():
        if rows[name]:
            places = ", ".join("?" * len(rows[name][0]))
            driver.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows[name])


def _driver(session: Session) -> sqlite3.Connection:
    """Return SQLite's own connection, which is in the transaction of the session."""
    connection = session.connection().connection.driver_connection
    assert isinstance(connection, sqlite3.Connection)
    return connection


@cache
def _tables() -> tuple[str, ...]:
    """Return the names of all tables, those first that others refer to."""
    return tuple(table.name for table in SQLModel.metadata.sorted_tables)
