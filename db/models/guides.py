"""Guides in the chat, and intervals that people made up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models.columns import row_id


class LiveGuide(SQLModel, table=True):
    """A guide that runs in a person's chat, or has ended; its place is a matter of the clock.

    Only the newest of a person runs. One a session is kept, and each through own intervals, so that what was done can
    be logged later.
    """

    __tablename__ = "live_guide"
    # Ids are never given twice: they stand in buttons.
    __table_args__ = (UniqueConstraint("user_id", "day"), {"sqlite_autoincrement": True})

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    day: date | None = None  # of the session; None for intervals of the person's own
    workout: str | None = None  # that the session had when it began
    title: str
    steps: list[list[Any]] = Field(sa_column=Column(JSON, nullable=False))  # as `astuple` gives them
    began_at: datetime  # when its first step begins; moves on with each pause
    paused_at: datetime | None = None
    place: int = -1  # the step that was reached, -1 before the first
    rounds_done: int = 0  # steps of work that were gone through to their end
    skipped_s: int = 0  # seconds that were not done
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))  # that shows it, once it is sent
    old_message_id: int | None = Field(default=None, sa_column=Column(BigInteger))  # to be taken away
    shown_at: datetime  # when something of it was sent last
    unshown: bool = False  # something was pressed within a second of that, and is to be shown next
    next_at: datetime | None = Field(default=None, index=True)  # when it is to be looked at; None where it is over
    over_at: datetime | None = None


class OwnIntervals(SQLModel, table=True):
    """Intervals that a person made up, by the name that they gave."""

    __tablename__ = "own_intervals"
    __table_args__ = (UniqueConstraint("user_id", "name"), {"sqlite_autoincrement": True})

    id: int | None = row_id()
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
    name: str
    rounds: int
    work_s: int
    rest_s: int
    warm_up_s: int
    cool_down_s: int
    at: datetime
