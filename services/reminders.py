"""One person's reminders: setting times, switching, arming. `db/queries/due_reminders.py` claims what is due."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, func, select
from sqlmodel.sql.expression import SelectOfScalar

from coach.reminders import local_time
from coach.reminders.kinds import SPECS, CallsFor, ReminderKind, spec_of
from coach.reminders.local_time import local_day, show_daytime, to_local
from coach.reminders.schedule import Quiet, Schedule
from db import outbox
from db.models import Reminder, TrainingSession, User

_INSTANT = timedelta(microseconds=1)
_DAY = timedelta(days=1)


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
    return spec_of(reminder.kind).schedule(reminder.local_time, reminder.days, reminder.other_times)


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
    session.add_all(
        default_reminder(user, other) for other in default_kinds() if other is not kind and other not in known
    )
    session.flush()
    arm_all(session, user, now)
    return reminder


def switch(session: Session, user: User, kind: ReminderKind, *, on: bool, now: datetime) -> Reminder | None:
    """Turn a reminder on or off; None where no time was ever given."""
    reminder = of(session, user, kind)
    if reminder is not None:
        reminder.on = on
        if not on:
            put_off = [outbox.SNOOZE, outbox.ONCE] if kind is ReminderKind.SESSION else []
            outbox.cancel_kinds(session, user.id, kind, *put_off)
        arm_all(session, user, now)
    return reminder


def leave_out(session: Session, user: User, day: date, now: datetime) -> time | None:
    """Let the daily reminder not come on `day`, where that is when it comes next; return the time it would have had."""
    reminder, zone = of(session, user), user.zone or "UTC"
    if reminder is None or reminder.next_due_at is None or local_day(reminder.next_due_at, zone) != day:
        return None
    at, reminder.last_day = to_local(reminder.next_due_at, zone).time(), day
    arm_all(session, user, now)
    return at


def default_kinds() -> list[ReminderKind]:
    """Return the kinds that come at a time of their own until the person names another."""
    return [kind for kind, spec in SPECS.items() if spec.usual is not None]


def default_reminder(user: User, kind: ReminderKind) -> Reminder:
    """Return an unsaved, unarmed reminder of a kind that comes at its usual times, which the person did not name."""
    usual = SPECS[kind].usual
    assert usual is not None, "the person's own times alone"
    reminder = Reminder(user_id=user.id, kind=kind, local_time="", chosen=False)
    _write(reminder, usual.times)
    return reminder


def arm_all(session: Session, user: User, now: datetime) -> None:
    """Compute anew when each of the person's reminders is due: after a new zone, a pause, a return."""
    reminders = every(session, user)
    for reminder in reminders.values():
        arm(session, reminder, reminders, user, now)


def move(session: Session, user: User, zone: str, now: datetime) -> None:
    """Follow the clock of `zone` from now on; a pause ends on its own date there.

    A reminder that was put off is cancelled where it would come in the night there or on another date.
    """
    put_off = outbox.put_off_keys(user.id, local_day(now, user.zone or "UTC"))
    if user.paused_until is not None:
        day = local_day(user.paused_until, user.zone or "UTC")
        before = user.paused_until - timedelta(days=2)  # clocks are 26 hours apart at most
        user.paused_until = local_time.next_due(time(), zone, before, last_day=day - timedelta(days=1))
    user.zone = zone
    arm_all(session, user, now)
    for each in put_off:
        at = outbox.put_off_until(session, each)
        if at is None:
            continue
        if local_day(at, zone) != local_day(now, zone) or quiet(user).holds(to_local(at, zone).time()):
            outbox.cancel(session, each)


def follow(session: Session, user: User, now: datetime) -> None:
    """Arm anew what the day's session calls for, and what waits for a silence: its status has changed."""
    reminders = every(session, user)
    for kind, reminder in reminders.items():
        if SPECS[kind].called_for_by is not None or SPECS[kind].after_silence is not None:
            arm(session, reminder, reminders, user, now)


def arm(
    session: Session, reminder: Reminder, siblings: Mapping[ReminderKind, Reminder], user: User, now: datetime
) -> None:
    """Compute when the reminder is due next: the one place that decides whether it is at all."""
    ended = not reminder.on or user.unreachable is not None
    if ended or user.zone is None or (user.pause_reason is not None and user.paused_until is None):
        reminder.next_due_at = None
        return
    after = max(now, user.paused_until - _INSTANT) if user.paused_until else now
    spec = spec_of(reminder.kind)
    called_for_by = spec.called_for_by
    if spec.after_silence is not None:
        reminder.next_due_at = _after_silence(session, reminder, siblings, user, after, spec.after_silence)
    elif called_for_by is None:
        reminder.next_due_at = schedule(reminder).next(user.zone, after, _silent_until(reminder, user))
    else:
        reminder.next_due_at = _same_day(session, reminder, siblings, user, after, called_for_by)


def _silent_until(reminder: Reminder, user: User) -> date | None:
    """Return the last date on which the reminder has nothing to say: it has spoken, or the plan has not begun."""
    if user.plan_start is None:
        return reminder.last_day
    return max(user.plan_start - timedelta(days=1), reminder.last_day or date.min)


def _same_day(
    session: Session,
    reminder: Reminder,
    siblings: Mapping[ReminderKind, Reminder],
    user: User,
    after: datetime,
    called_for_by: CallsFor,
) -> datetime | None:
    """Return when a reminder that the day's session calls for is due, None where it does not or another comes."""
    assert user.zone is not None
    day = local_day(after, user.zone)
    at = schedule(reminder).at(day)
    if at is None or reminder.last_day == day or _gives_way(reminder, siblings, day):
        return None
    if not _called_for(session, user, day, called_for_by):
        return None
    moment = local_time.next_due(at, user.zone, after)
    return moment if local_day(moment, user.zone) == day else None


def _after_silence(
    session: Session,
    reminder: Reminder,
    siblings: Mapping[ReminderKind, Reminder],
    user: User,
    after: datetime,
    days: int,
) -> datetime | None:
    """Return when so many days will have gone by without a word; None where that has been said, and nothing since.

    After one that has spoken the next look-back comes before another.
    """
    assert user.zone is not None
    if user.plan_start is None:
        return None
    session.flush()
    marked = session.exec(select(func.max(TrainingSession.changed_at)).where(TrainingSession.user_id == user.id)).one()
    last_word = max(user.plan_start - _DAY, local_day(marked, user.zone) if marked is not None else date.min)
    silent_until = last_word + _DAY * days
    if reminder.last_day is not None:
        if reminder.last_day > last_word:
            return None
        silent_until = max(silent_until, _next_look_back(siblings, reminder.last_day))
    return schedule(reminder).next(user.zone, after, silent_until)


def _next_look_back(siblings: Mapping[ReminderKind, Reminder], day: date) -> date:
    """Return the date after `day` on which the week is looked back on, or would be."""
    review = siblings.get(ReminderKind.REVIEW)
    usual = SPECS[ReminderKind.REVIEW].usual
    times = schedule(review) if review is not None else usual
    assert times is not None, "the look-back comes of itself"
    return next(ahead for ahead in (day + _DAY * days for days in range(1, 8)) if times.at(ahead) is not None)


def _gives_way(reminder: Reminder, siblings: Mapping[ReminderKind, Reminder], day: date) -> bool:
    others = (siblings.get(kind) for kind in spec_of(reminder.kind).gives_way_to)
    return any(other is not None and other.on and schedule(other).at(day) is not None for other in others)


def _called_for(session: Session, user: User, day: date, called_for_by: CallsFor) -> bool:
    session.flush()
    trained = session.exec(
        select(TrainingSession).where(TrainingSession.user_id == user.id, TrainingSession.day == day)
    ).first()
    return trained is not None and called_for_by(trained.workout, trained.status)


def _write(reminder: Reminder, times: Mapping[int, time]) -> None:
    """Store the time of most days as the usual one, and those that differ beside it."""
    shown = {day: show_daytime(at) for day, at in sorted(times.items())}
    usual = Counter(shown.values()).most_common(1)[0][0]
    reminder.local_time, reminder.days = usual, "".join(map(str, shown))
    reminder.other_times = {str(day): at for day, at in shown.items() if at != usual} or None


def _reminders(user: User) -> SelectOfScalar[Reminder]:
    return select(Reminder).where(Reminder.user_id == user.id)
