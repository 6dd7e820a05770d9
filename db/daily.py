"""One person's daily reminder: set, switched, armed again. `db/reminders.py` claims what is due for everybody."""

from datetime import datetime, time, timedelta

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from coach.profile import ReminderKind
from coach.zones import local_day, next_due
from db import absences, plans
from db.models import Reminder, User


def of(session: Session, user: User) -> Reminder | None:
    """Return the person's daily reminder, None where no time was ever given."""
    return session.exec(
        select(Reminder).where(Reminder.user_id == user.id, Reminder.kind == ReminderKind.SESSION)
    ).first()


def set_time(session: Session, user: User, at: time, now: datetime) -> Reminder:
    """Remind at this local time from now on, switching it on."""
    reminder = of(session, user) or Reminder(user_id=user.id, local_time="")
    reminder.local_time, reminder.on = f"{at:%H:%M}", True
    arm(reminder, user, now)
    session.add(reminder)
    session.flush()
    return reminder


def switch(session: Session, user: User, *, on: bool, now: datetime) -> Reminder | None:
    """Turn the daily reminder on or off; None where no time was ever given."""
    reminder = of(session, user)
    if reminder is not None:
        reminder.on = on
        arm(reminder, user, now)
    return reminder


def arm(reminder: Reminder, user: User, now: datetime) -> None:
    """Compute when the reminder is due next: the one place that decides whether it is at all."""
    ended = not reminder.on or user.unreachable is not None
    if ended or user.zone is None or (user.pause_reason is not None and user.paused_until is None):
        reminder.next_due_at = None
        return
    reminder.next_due_at = next_due(
        time.fromisoformat(reminder.local_time),
        user.zone,
        max(now, user.paused_until) if user.paused_until else now,
        days=frozenset(map(int, reminder.days)),
        last_day=reminder.last_day,
    )


def arm_all(session: Session, user: User, now: datetime) -> None:
    """Compute anew when each of the person's reminders is due: after a new zone, a pause, a return."""
    for reminder in session.exec(_reminders(user)):
        arm(reminder, user, now)


def pause(session: Session, user: User, reason: str, until: datetime | None, now: datetime) -> bool:
    """Stop reminding, until a moment or until the person resumes; return whether anything was running."""
    running = user.pause_reason is None and any(
        reminder.next_due_at is not None for reminder in session.exec(_reminders(user))
    )
    user.pause_reason, user.paused_until = reason, until
    zone = user.zone or "UTC"
    last = local_day(until, zone) - timedelta(days=1) if until else None
    absences.begin(session, user, local_day(now, zone), last, reason)
    plans.renew(session, user, local_day(now, zone))
    arm_all(session, user, now)
    return running


def resume(session: Session, user: User, now: datetime) -> bool:
    """Remind again; return whether the person was paused."""
    was_paused = user.pause_reason is not None
    user.pause_reason, user.paused_until = None, None
    today = local_day(now, user.zone or "UTC")
    absences.end(session, user, today)
    plans.renew(session, user, today)
    arm_all(session, user, now)
    return was_paused


def _reminders(user: User) -> SelectOfScalar[Reminder]:
    return select(Reminder).where(Reminder.user_id == user.id)
