"""One person's reminders: set, switched, armed again. `db/reminders.py` claims what is due for everybody."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from coach.parsing.time_of_day import show_daytime
from coach.profile import ReminderKind
from coach.reminders import local_time
from coach.reminders.local_time import local_day, to_local
from coach.reminders.schedule import DEFAULTS, Quiet, Schedule, recovers, stored
from db import outbox
from db.models import Reminder, TrainingSession, User
from db.queries import absences
from services import plans

_INSTANT = timedelta(microseconds=1)


def of(session: Session, user: User, kind: ReminderKind = ReminderKind.SESSION) -> Reminder | None:
    """Return the person's reminder of this kind, by default the daily one; None where no time was ever given."""
    return session.exec(_reminders(user).where(Reminder.kind == kind)).first()


def every(session: Session, user: User) -> dict[ReminderKind, Reminder]:
    """Return the person's reminders by their kinds."""
    return {ReminderKind(reminder.kind): reminder for reminder in session.exec(_reminders(user))}


def next_due(session: Session, user: User) -> datetime | None:
    """Return the next moment at which the person is reminded of anything, None where there is none."""
    return min((each.next_due_at for each in session.exec(_reminders(user)) if each.next_due_at), default=None)


def schedule(reminder: Reminder) -> Schedule:
    """Return when a reminder comes."""
    return stored(reminder.kind, reminder.local_time, reminder.days, reminder.other_times)


def quiet(user: User) -> Quiet:
    """Return the hours in which nothing comes that was not set for them."""
    return Quiet(time.fromisoformat(user.quiet_from), time.fromisoformat(user.quiet_to))


def set_times(session: Session, user: User, kind: ReminderKind, times: Mapping[int, time], now: datetime) -> Reminder:
    """Remind at these times by ISO weekday from now on, switching it on. The first ever time brings the other kinds."""
    known = every(session, user)
    reminder = known.get(kind) or Reminder(user_id=user.id, kind=kind, local_time="")
    _write(reminder, times)
    reminder.on, reminder.chosen = True, True
    session.add(reminder)
    for other, usual in DEFAULTS.items():
        if other is not kind and other not in known:
            more = Reminder(user_id=user.id, kind=other, local_time="", chosen=False)
            _write(more, usual.times)
            session.add(more)
    session.flush()
    arm_all(session, user, now)
    return reminder


def switch(session: Session, user: User, kind: ReminderKind, *, on: bool, now: datetime) -> Reminder | None:
    """Turn a reminder on or off; None where no time was ever given."""
    reminder = of(session, user, kind)
    if reminder is not None:
        reminder.on = on
        if not on:
            put_off = [outbox.SNOOZE] if kind is ReminderKind.SESSION else []
            outbox.cancel_kinds(session, user.id, kind, *put_off)
        arm_all(session, user, now)
    return reminder


def arm_all(session: Session, user: User, now: datetime) -> None:
    """Compute anew when each of the person's reminders is due: after a new zone, a pause, a return."""
    reminders = every(session, user)
    for reminder in reminders.values():
        _arm(session, reminder, reminders.get(ReminderKind.REVIEW), user, now)


def move(session: Session, user: User, zone: str, now: datetime) -> None:
    """Live by the clock of `zone` from now on; a pause ends on its own date there.

    What was put off, and would come in the night there or on another date, is taken back.
    """
    put_off = outbox.dedup_key(user.id, outbox.SNOOZE, local_day(now, user.zone or "UTC"))
    if user.paused_until is not None:
        day = local_day(user.paused_until, user.zone or "UTC")
        before = user.paused_until - timedelta(days=2)  # clocks are 26 hours apart at most
        user.paused_until = local_time.next_due(time(), zone, before, last_day=day - timedelta(days=1))
    user.zone = zone
    arm_all(session, user, now)
    at = outbox.put_off_until(session, put_off)
    if at is not None and (local_day(at, zone) != local_day(now, zone) or quiet(user).holds(to_local(at, zone).time())):
        outbox.cancel(session, put_off)


def follow(session: Session, user: User, now: datetime) -> None:
    """Arm the evening's recovery message anew: what became of the day's session has changed."""
    reminders = every(session, user)
    evening = reminders.get(ReminderKind.RECOVERY)
    if evening is not None:
        _arm(session, evening, reminders.get(ReminderKind.REVIEW), user, now)


def pause(session: Session, user: User, reason: str, until: datetime | None, now: datetime) -> bool:
    """Stop reminding, until a moment or until the person resumes; return whether anything was running."""
    running = not user.paused(now) and any(
        reminder.next_due_at is not None for reminder in session.exec(_reminders(user))
    )
    user.pause_reason, user.paused_until = reason, until
    zone = user.zone or "UTC"
    last = local_day(until, zone) - timedelta(days=1) if until else None
    outbox.cancel_kinds(session, user.id, *ReminderKind, outbox.SNOOZE)
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


def _arm(session: Session, reminder: Reminder, review: Reminder | None, user: User, now: datetime) -> None:
    """Compute when the reminder is due next: the one place that decides whether it is at all."""
    ended = not reminder.on or user.unreachable is not None
    if ended or user.zone is None or (user.pause_reason is not None and user.paused_until is None):
        reminder.next_due_at = None
        return
    after = max(now, user.paused_until - _INSTANT) if user.paused_until else now
    if reminder.kind == ReminderKind.RECOVERY:
        reminder.next_due_at = _evening(session, reminder, review, user, after)
    else:
        reminder.next_due_at = schedule(reminder).next(user.zone, after, _silent_until(reminder, user))


def _silent_until(reminder: Reminder, user: User) -> date | None:
    """Return the last date on which the reminder has nothing to say: it has spoken, or the plan has not begun."""
    if user.plan_start is None:
        return reminder.last_day
    return max(user.plan_start - timedelta(days=1), reminder.last_day or date.min)


def _evening(
    session: Session, reminder: Reminder, review: Reminder | None, user: User, after: datetime
) -> datetime | None:
    """Return when this evening's recovery message is due, None unless a hard session was done today."""
    assert user.zone is not None
    day = local_day(after, user.zone)
    at = schedule(reminder).at(day)
    reviewed = review is not None and review.on and schedule(review).at(day) is not None
    if at is None or reviewed or reminder.last_day == day or not _was_hard(session, user, day):
        return None
    moment = local_time.next_due(at, user.zone, after)
    return moment if local_day(moment, user.zone) == day else None


def _was_hard(session: Session, user: User, day: date) -> bool:
    session.flush()
    trained = session.exec(
        select(TrainingSession).where(TrainingSession.user_id == user.id, TrainingSession.day == day)
    ).first()
    return trained is not None and recovers(trained.workout, trained.status)


def _write(reminder: Reminder, times: Mapping[int, time]) -> None:
    """Store the time of most days as the usual one, and those that differ beside it."""
    shown = {day: show_daytime(at) for day, at in sorted(times.items())}
    usual = Counter(shown.values()).most_common(1)[0][0]
    reminder.local_time, reminder.days = usual, "".join(map(str, shown))
    reminder.other_times = {str(day): at for day, at in shown.items() if at != usual} or None


def _reminders(user: User) -> SelectOfScalar[Reminder]:
    return select(Reminder).where(Reminder.user_id == user.id)
