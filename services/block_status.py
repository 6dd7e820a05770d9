"""Reachability of people: they block the bot, and may come back. The caller commits."""

from datetime import datetime

from sqlmodel import Session, col, delete

from db.models import OutboxMessage, User
from db.queries import users
from services import reminders

BLOCKED = "blocked"


def block(session: Session, user_id: int, now: datetime) -> None:
    """End what reminds this person, what already waits included. Who is not known is not made known by it."""
    user = users.find(session, user_id)
    if user is None:
        return
    user.unreachable = BLOCKED
    reminders.arm_all(session, user, now)
    session.exec(delete(OutboxMessage).where(col(OutboxMessage.user_id) == user_id, col(OutboxMessage.bulk)))


def unblock(session: Session, user_id: int, now: datetime) -> None:
    """Remind again as before."""
    user = users.find(session, user_id)
    if user is not None:
        mark_reachable(session, user, now)


def mark_reachable(session: Session, user: User, now: datetime) -> None:
    """Remind again a person whose word came in: whoever writes can be reached, whatever was noted before."""
    if user.unreachable is not None:
        user.unreachable = None
        reminders.arm_all(session, user, now)
