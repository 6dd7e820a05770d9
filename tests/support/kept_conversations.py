"""Conversations that many tests begin with, held once: what one left behind is put back in place of holding it again.

Ten questions of the set-up are most of a short test's work. What is kept is what the bot must find after a restart (its
rows) and what Telegram knows; the bot keeps nothing else. On PostgreSQL each conversation is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import delete, insert, select
from sqlmodel import Session, SQLModel

from telegram_local.server import Call
from telegram_local.state import Chat, StoredFile
from tests.support.bot_harness import START, BotHarness

Rows = dict[str, list[dict[str, Any]]]

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
    found = {table.name: session.execute(select(table)).mappings().all() for table in SQLModel.metadata.sorted_tables}
    return {name: [dict(row) for row in rows] for name, rows in found.items()}


def _fill(session: Session, rows: Rows) -> None:
    for table in reversed(SQLModel.metadata.sorted_tables):
        session.execute(delete(table))
    for table in SQLModel.metadata.sorted_tables:
        if rows[table.name]:
            session.execute(insert(table), rows[table.name])
