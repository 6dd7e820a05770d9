"""Counts for operators. Each looks at whole tables: ask once a minute, not once an update."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Select, and_, case, func, or_, select, text
from sqlmodel import Session

from db.models import Question, TrainingSession
from db.tables import OUTBOX, SET_ASIDE, USER

STATES: Final = ("set-up", "new", "paused", "unreachable")
"""Every person is in one of them, the last that fits."""
_QUESTION: Final = Question.metadata.tables[str(Question.__tablename__)]
_SESSION: Final = TrainingSession.metadata.tables[str(TrainingSession.__tablename__)]


def write_nothing(session: Session) -> None:
    """Write a row as it is, for the commit: a disk that is full or a node that only reads is found by nothing less."""
    session.connection().execute(text("UPDATE alembic_version SET version_num = version_num"))


def people(session: Session, now: datetime) -> dict[str, int]:
    """Return how many people are in each state."""
    unended = or_(USER.c.paused_until.is_(None), USER.c.paused_until > now)
    state = case(
        (USER.c.unreachable.is_not(None), "unreachable"),
        (and_(USER.c.pause_reason.is_not(None), unended), "paused"),
        (USER.c.set_up_at.is_(None), "new"),
        else_="set-up",
    )
    return dict.fromkeys(STATES, 0) | _counted(session, state, USER.c.id)


def met(session: Session, since: datetime) -> int:
    """Return how many people came since then."""
    return _one(session, select(func.count()).where(USER.c.created_at >= since))


def questions(session: Session, since: datetime | None = None) -> dict[str, int]:
    """Return how many of the stored questions had each outcome; red flags are not stored."""
    known = dict.fromkeys(("answer", "suggest", "none"), 0)
    return known | _counted(session, _QUESTION.c.outcome, _QUESTION.c.asked_at, since)


def sessions(session: Session, since: datetime) -> dict[str, int]:
    """Return how many sessions were done and skipped since then."""
    found = _counted(session, _SESSION.c.status, _SESSION.c.changed_at, since)
    return {status: found.get(status, 0) for status in ("done", "skipped")}


def waiting(session: Session) -> dict[str, int]:
    """Return how many messages wait to be sent: replies and bulk."""
    found = _counted(session, case((OUTBOX.c.bulk, "bulk"), else_="reply"), OUTBOX.c.id)
    return {"reply": 0, "bulk": 0} | found


def set_aside(session: Session) -> int:
    """Return how many updates are set aside."""
    return _one(session, select(func.count()).select_from(SET_ASIDE))


def _counted(
    session: Session, what: ColumnElement[Any], at: Column[Any], since: datetime | None = None
) -> dict[str, int]:
    statement = select(what, func.count()).select_from(at.table).group_by(what)
    if since is not None:
        statement = statement.where(at >= since)
    return {str(name): int(count) for name, count in session.connection().execute(statement)}


def _one(session: Session, statement: Select[int]) -> int:
    return int(session.connection().execute(statement).scalar() or 0)
