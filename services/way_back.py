"""The way back after a strain or a break: beginning and leaving it."""

from datetime import datetime

from sqlmodel import Session

from coach.planning.way_back.ladder import BackReason
from coach.reminders.local_time import local_day
from db.models import User
from services import pauses, plans


def begin(session: Session, user: User, reason: BackReason, now: datetime) -> None:
    """Stand on the first step from today on, with the plan started and no pause running."""
    today = local_day(now, user.zone or "UTC")
    if user.plan_start is None or user.plan_start > today:
        plans.start_on(session, user, today)
    user.way_back_since, user.way_back_reason = today, reason
    session.flush()
    if user.paused(now):
        pauses.resume(session, user, now)
    plans.renew(session, user, today)


def leave(session: Session, user: User) -> None:
    """Be on it no more; the caller plans the week anew."""
    user.way_back_since = user.way_back_reason = None
    session.flush()
