"""Questions, kept without the person, and people who wait for an answer."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.models.columns import ROW_ID, row_id


class Question(SQLModel, table=True):
    """A question as asked, without the person; kept 90 days for the curator."""

    __tablename__ = "question"
    __table_args__ = (Index("question_asked_at", "asked_at"),)

    id: int | None = row_id()
    text: str
    language: str = "en"
    outcome: str  # safety | answer | suggest | none
    entry: str | None = None
    verdict: str | None = None  # helpful | not-it | curators
    state: str = "open"  # open | answered | dismissed
    asked_at: datetime


class WaitingAsker(SQLModel, table=True):
    """A person who said "tell me" about a question; gone once told."""

    __tablename__ = "waiting_asker"
    __table_args__ = (UniqueConstraint("question_id", "user_id"),)

    id: int | None = row_id()
    question_id: int = Field(foreign_key="question.id", ondelete="CASCADE", sa_type=ROW_ID)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", sa_type=BigInteger)
