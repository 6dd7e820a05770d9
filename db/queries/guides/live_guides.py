"""Guides that run in the chat."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from db.models import LiveGuide
from db.tables import LIVE_GUIDE

_EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
"""A moment before every look at a guide; each guide that runs has one ahead."""


def of_user(session: Session, user_id: int) -> LiveGuide | None:
    """Return the person's newest guide, running or over; locked on PostgreSQL."""
    found = select_rows(LiveGuide).where(LiveGuide.user_id == user_id).order_by(col(LiveGuide.id).desc()).limit(1)
    return session.exec(found.with_for_update()).first()


def find(session: Session, user_id: int, number: int) -> LiveGuide | None:
    """Return the person's guide of this number, running or over."""
    return session.exec(select_rows(LiveGuide).where(LiveGuide.user_id == user_id, LiveGuide.id == number)).first()


def of_day(session: Session, user_id: int, day: date) -> LiveGuide | None:
    """Return the person's guide through the session of a day."""
    return session.exec(select_rows(LiveGuide).where(LiveGuide.user_id == user_id, LiveGuide.day == day)).first()


def running(session: Session) -> int:
    """Return how many guides run, paused ones included."""
    awaited = LIVE_GUIDE.c.next_at >= _EARLIEST  # SQLite finds a range by the index, but no IS NOT NULL
    found = select(func.count()).select_from(LIVE_GUIDE).where(awaited, LIVE_GUIDE.c.over_at.is_(None))
    return session.connection().execute(found).scalar_one()


def due(session: Session, now: datetime, limit: int) -> Sequence[LiveGuide]:
    """Return the guides that are to be looked at now, the most urgent first; locked on PostgreSQL."""
    found = select_rows(LiveGuide).where(col(LiveGuide.next_at) <= now).order_by(col(LiveGuide.next_at)).limit(limit)
    return session.exec(found.with_for_update(skip_locked=True)).all()


def next_at(session: Session) -> datetime | None:
    """Return when the next guide is to be looked at."""
    return session.connection().execute(select(func.min(LIVE_GUIDE.c.next_at))).scalar()


def note_messages(session: Session, sent: Mapping[int, int]) -> None:
    """Write down under which ids guides stand in their chats; one that stood elsewhere is taken away there."""
    guide = update(LIVE_GUIDE).where(LIVE_GUIDE.c.id == bindparam("guide"))
    session.connection().execute(
        guide.values(
            old_message_id=func.coalesce(LIVE_GUIDE.c.message_id, LIVE_GUIDE.c.old_message_id),
            message_id=bindparam("message"),
        ),
        [{"guide": number, "message": message} for number, message in sent.items()],
    )


def purge(session: Session, before: datetime) -> None:
    """Forget guides that were over before a moment."""
    session.connection().execute(delete(LIVE_GUIDE).where(LIVE_GUIDE.c.over_at < before))
