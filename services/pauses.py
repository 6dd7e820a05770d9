"""Pausing and resuming: no reminders for a while, and a plan that knows of the absence."""

from datetime import datetime, timedelta

from sqlmodel import Session

from coach.reminders.kinds import ReminderKind
from coach.reminders.local_time import local_day
from db import outbox
from db.models import User
from db.queries import absences
from services import plans, reminders


def pause(session: Session, user: User, reason: str, until: datetime | None, now: datetime) -> bool:
    """Stop reminding, until a moment or until the person resumes; return true where anything was running."""
    running = not user.paused(now) and reminders.next_due(session, user) is not None
    user.pause_reason, user.paused_until = reason, until
    zone = user.zone or "UTC"
    last = local_day(until, zone) - timedelta(days=1) if until else None
    outbox.cancel_kinds(session, user.id, *ReminderKind, outbox.SNOOZE, outbox.ONCE)
    absences.begin(session, user, local_day(now, zone), last, reason)
    plans.renew(session, user, local_day(now, zone))
    reminders.arm_all(session, user, now)
    return running


def resume(session: Session, user: User, now: datetime) -> bool:
    """Remind again; return true where the person was paused."""
    was_paused = user.pause_reason is not None
    user.pause_reason, user.paused_until = None, None
    today = local_day(now, user.zone or "UTC")
    absences.end(session, user, today)
    plans.renew(session, user, today)
    reminders.arm_all(session, user, now)
    return was_paused
