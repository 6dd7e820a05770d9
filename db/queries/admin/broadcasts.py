"""A message to everybody: drafted and confirmed by an administrator, written into the outbox page by page."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col, delete
from sqlmodel import select as rows_of

from db import outbox
from db.models import Broadcast
from db.outbox import Outgoing
from db.tables import OUTBOX, USER

KEPT: Final = timedelta(days=30)
DRAFT, SENDING, STOPPING, OVER = "draft", "sending", "stopping", "over"


def draft(session: Session, user_id: int, message: dict[str, Any], now: datetime) -> Broadcast:
    """Keep what an administrator would send."""
    made = Broadcast(user_id=user_id, message=message, created_at=now)
    session.add(made)
    session.flush()
    return made


def find(session: Session, broadcast_id: int, user_id: int) -> Broadcast | None:
    """Return the administrator's own broadcast, locked on PostgreSQL: the scheduler works on it too."""
    found = session.get(Broadcast, broadcast_id, with_for_update=True)
    return found if found is not None and found.user_id == user_id else None


def under_way(session: Session) -> Broadcast | None:
    """Return the oldest broadcast that is to be sent or stopped, locked on PostgreSQL."""
    waiting = rows_of(Broadcast).where(col(Broadcast.state).in_((SENDING, STOPPING))).order_by(col(Broadcast.id))
    return session.exec(waiting.limit(1).with_for_update()).first()


def reachable(session: Session) -> int:
    """Return how many people a broadcast goes to."""
    return _people(session, USER.c.unreachable.is_(None))


def unreachable(session: Session) -> int:
    """Return how many people can no longer be written to."""
    return _people(session, USER.c.unreachable.is_not(None))


def write_page(session: Session, broadcast: Broadcast, limit: int, now: datetime) -> int:
    """Write the message for the next `limit` people, by their ids, and return for how many."""
    page = select(USER.c.id).where(USER.c.unreachable.is_(None)).order_by(USER.c.id).limit(limit)
    if broadcast.reached is not None:
        page = page.where(USER.c.id > broadcast.reached)
    people = list(session.connection().execute(page).scalars())
    messages = [
        Outgoing(
            user_id=person,
            chat_id=person,
            method="sendMessage",
            payload={"chat_id": person} | broadcast.message,
            bulk=True,
            once_key=f"{_prefix(broadcast)}{person}",
            created_at=now,
        )
        for person in people
    ]
    outbox.enqueue(session, messages)
    if people:
        broadcast.reached, broadcast.written = people[-1], broadcast.written + len(people)
    return len(people)


def waiting(session: Session, broadcast: Broadcast) -> int:
    """Return how many of its messages are written and not yet sent."""
    statement = select(func.count()).select_from(OUTBOX).where(_its(broadcast))
    return int(session.connection().execute(statement).scalar() or 0)


def cancel_unsent(session: Session, broadcast: Broadcast) -> int:
    """Delete its messages that are not sent yet, and return how many."""
    return session.connection().execute(OUTBOX.delete().where(_its(broadcast))).rowcount


def purge(session: Session, before: datetime) -> None:
    """Forget drafts and what is long over."""
    done = col(Broadcast.state).in_((DRAFT, OVER))
    session.exec(delete(Broadcast).where(done, col(Broadcast.created_at) < before))


def _people(session: Session, which: ColumnElement[bool]) -> int:
    return int(session.connection().execute(select(func.count()).select_from(USER).where(which)).scalar() or 0)


def _prefix(broadcast: Broadcast) -> str:
    return f"broadcast-{broadcast.id}:"


def _its(broadcast: Broadcast) -> ColumnElement[bool]:
    return OUTBOX.c.once_key.startswith(_prefix(broadcast), autoescape=True)
