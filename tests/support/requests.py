"""Requests carried out for a person as one update of theirs, whatever words they would have used."""

from collections.abc import Mapping
from typing import Final, TypeAlias
from unittest.mock import patch

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from coach.requests import Intent, Slots
from content.understanding.meanings import Requests, Understood
from content.understanding.red_flags.told import Safety
from content.understanding.requests.request import Request
from db.tables import (
    ABSENCE,
    MEASUREMENT,
    NOTED_SETS,
    NUMBER_GOAL,
    OVERRIDDEN_DAY,
    PINNED_WORKOUT,
    REMINDER,
    SESSION,
    USER,
)
from handlers.questions import private_messages
from tests.support.bot_harness import BotHarness, Person, Said

WORDS = "as I said"
Rows: TypeAlias = Mapping[tuple[str, int], Mapping[str, object]]
TABLES: Final = (
    USER, SESSION, PINNED_WORKOUT, OVERRIDDEN_DAY, ABSENCE, MEASUREMENT, NOTED_SETS, NUMBER_GOAL, REMINDER,
    SQLModel.metadata.tables["extra_session"],
)  # fmt: skip
CONVERSATION: Final = frozenset(
    {
        "first_name", "language", "setup_step", "awaiting", "awaiting_day", "awaiting_kind", "prompt_message_id",
        "unreachable", "shown_kind", "shown_slug", "shown_day", "shown_at", "misses", "created_at",
    }
)  # fmt: skip


def asked(intent: Intent | str, **slots: object) -> Request:
    """Return a request with these slots."""
    return Request(Intent(intent), Slots(**slots))  # type: ignore[arg-type]


async def requests(person: Person, *all_of_them: Request, care: str | None = None) -> Said:
    """Let the person write a message that is understood as these requests; return the newest message's text."""
    return await understood_as(person, Requests(all_of_them, Safety(care, "care") if care else None))


async def understood_as(person: Person, understood: Understood, words: str = WORDS) -> Said:
    """Let the person write a message that is understood as this; return the newest message's text."""
    with patch.object(private_messages, "understand", lambda *_words, **_light: understood):
        return await person.says(words)


def rows(session: Session, user_id: int) -> Rows:
    """Return all rows of a person that a request can change, but for what belongs to the conversation."""
    session.flush()
    found: dict[tuple[str, int], dict[str, object]] = {}
    for table in TABLES:
        owner = table.c.id if table is USER else table.c.user_id
        columns = [column for column in table.columns if table is not USER or column.name not in CONVERSATION]
        for row in session.connection().execute(select(*columns).where(owner == user_id)).mappings():
            found[table.name, row["id"]] = dict(row)
    return found


async def rows_of(coach: BotHarness, user_id: int) -> Rows:
    """Return `rows` of a person of the running bot."""
    return await coach.running.db.run(lambda session: rows(session, user_id))
