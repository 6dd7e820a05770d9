"""Updates that came in, messages that go out, and the copies of the bot that handle them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index
from sqlmodel import Field, SQLModel

from db.models.columns import row_id


class OutboxMessage(SQLModel, table=True):
    """A call to make to Telegram: everything the coach says waits here until it was sent."""

    __tablename__ = "outbox"
    # Ids are never given twice: the sender knows by them what it has sent, and SQLite would give the last one again.
    __table_args__ = (
        Index("outbox_waiting", "bulk", "not_before", "id"),
        Index("outbox_user", "user_id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = row_id()
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    method: str  # "sendMessage"
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # its parameters, chat_id included
    bulk: bool = False  # False: a reply, sent before bulk
    not_before: datetime | None = None
    useful_until: datetime | None = None  # later than this it is skipped and counted
    due_at: datetime | None = None  # when a reminder was due; None for replies
    late_text: str | None = None  # the text to send instead once it is late
    once_key: str | None = Field(default=None, unique=True)  # "42:session:2026-11-22": at most one message each
    remember: bool = False  # keep the sent message's id as the person's prompt_message_id
    owner: str | None = None  # the replica that sends it; None: whoever leads
    attempts: int = 0
    created_at: datetime


class HandledUpdate(SQLModel, table=True):
    """An update that took effect. Compared by equality: Telegram's ids jump after a quiet week."""

    __tablename__ = "handled_update"
    __table_args__ = (Index("handled_update_at", "at"),)

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    at: datetime
    outcome: str = "done"  # done | dropped | set-aside


class SaidMessage(SQLModel, table=True):
    """The newest message of a person: what an edit of it is to undo, and what it is not to answer again."""

    __tablename__ = "said_message"
    __table_args__ = (Index("said_message_at", "at"),)

    user_id: int = Field(
        sa_column=Column(
            BigInteger, ForeignKey("user_account.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        )
    )
    message_id: int = Field(sa_type=BigInteger)
    digest: str  # of its text: an update of an edit that changed no word is nothing
    part_of: str | None = None  # the album, or the row of forwarded messages, that is answered as a whole
    changes: list[Any] = Field(sa_column=Column(JSON, nullable=False))  # as `db.changes` writes them
    at: datetime


class SetAsideUpdate(SQLModel, table=True):
    """An update that failed three times, kept with its error for the operator."""

    __tablename__ = "set_aside_update"

    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    user_id: int | None = Field(default=None, sa_type=BigInteger, index=True)
    payload: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    error: str
    at: datetime


class Broadcast(SQLModel, table=True):
    """A message of an administrator to everybody."""

    __tablename__ = "broadcast"

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)  # the administrator
    message: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))  # text and entities
    state: str = "draft"  # draft | sending | stopping | over
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))  # the message that shows the progress
    reached: int | None = Field(default=None, sa_column=Column(BigInteger))  # written for people up to this id
    written: int = 0
    unreachable_before: int = 0
    shown_at: datetime | None = None
    created_at: datetime


class Alarm(SQLModel, table=True):
    """The moment at which administrators were last told of a kind of trouble."""

    __tablename__ = "alarm"

    kind: str = Field(primary_key=True)
    told_at: datetime


class SentFile(SQLModel, table=True):
    """The id that Telegram gave to a file which is the same for many people, by what the file is made from."""

    __tablename__ = "sent_file"

    key: str = Field(primary_key=True)
    file_id: str
    at: datetime


class Replica(SQLModel, table=True):
    """A running copy of the bot and when it was last seen: what a dead one left unsent is taken over."""

    __tablename__ = "replica"

    id: str = Field(primary_key=True)
    seen_at: datetime
