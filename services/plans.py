"""Plans of people: weeks are planned from what is stored of a person, and stored as they are planned.

A change calls `renew` once, after it. What only shows reads what is stored; `bring_up_to_date` and `current_week` are
the one place where a week is planned anew because the date has moved on, or because what it is made from has changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlmodel import Session, col, select

from coach.planning.inputs import DayOverride, History, Pause, PauseReason, Pin
from coach.planning.planner import check_days_left, places_for, refusal
from coach.planning.special_weeks.first_days import first_days, plan_week_as_begun
from coach.planning.state.pain_gate import pain_gate, through_gate
from coach.planning.way_back.ladder import Standing
from coach.planning.way_back.standing import standing_of
from coach.planning.week import NoPlan, PlannedWeek, Refusal, Why
from coach.planning.workouts import RECOVERY, WORKOUTS
from coach.profile import SessionStatus
from db import outbox
from db.models import TrainingSession, User
from db.queries import sessions
from services.session_rows import differs, filled, past_session, planned_day, profile_of, values_of

_TOLD: Final = ("workout", "rounds", "minutes")  # what a reminder that was put off says of its session


def refused(user: User, today: date) -> Refusal | None:
    """Return why this person gets no plan today, None where they may have one."""
    return refusal(profile_of(user, today), today)


def check_left(user: User, today: date) -> int | None:
    """Return how many days the person's quick check still counts, where they are few; None otherwise."""
    return check_days_left(profile_of(user, today), today)


def start_on(session: Session, user: User, day: date) -> None:
    """Let the person's plan start on `day`; what was planned and not done is planned anew."""
    user.plan_start, user.planned_on = day, None
    sessions.drop_planned(session, user, date.min)


def week_of(session: Session, user: User, day: date, today: date, trying: Pin | None = None) -> PlannedWeek | NoPlan:
    """Return the week that holds `day` as it stands today, without storing anything.

    With `trying` it is the week as it would be with that workout on its day.
    """
    profile = profile_of(user, today)
    number = profile.week_of(max(day, profile.start))
    history = history_of(session, user)
    if trying is not None:
        pins = (*(each for each in history.pins if each.day != trying.day), trying)
        history = replace(history, pins=pins)
    return plan_week_as_begun(profile, number, history, today)


def minutes_within(session: Session, user: User, day: date, most: int, today: date) -> int:
    """Return how long the session of `day` would take, were there so many minutes on that day alone."""
    profile, history = profile_of(user, today), history_of(session, user)
    held = next((each for each in history.overrides if each.day == day), DayOverride(day))
    others = tuple(each for each in history.overrides if each.day != day)
    tried = replace(history, overrides=(*others, replace(held, minutes=most)))
    week = plan_week_as_begun(profile, profile.week_of(day), tried, today)
    return next((each.minutes for each in week.days if each.day == day), 0) if isinstance(week, PlannedWeek) else 0


def standing(session: Session, user: User, today: date) -> Standing | None:
    """Return where the person stands on the way back, None where they are on none."""
    if user.way_back_since is None:
        return None
    return standing_of(profile_of(user, today), history_of(session, user), today)


def history_of(session: Session, user: User) -> History:
    """Return what is stored of a person's past and their own choices."""
    return _histories(session, sessions.lately(session, [user]))[user.id]


def places(session: Session, user: User, day: date, today: date) -> list[date]:
    """Return the days of the week on which the session of `day` may stand instead."""
    profile, history = profile_of(user, today), history_of(session, user)
    pins = (*first_days(profile, history).values(), *history.pins)
    return places_for(profile, profile.week_of(day), replace(history, pins=pins), today, day)


def renew(session: Session, user: User, today: date) -> PlannedWeek | NoPlan:
    """Plan the running week anew and store what is still open of it; call it after everything that may change it."""
    return renew_many(session, {user.id: (user, today)})[user.id]


def renew_many(session: Session, people: Mapping[int, tuple[User, date]]) -> dict[int, PlannedWeek | NoPlan]:
    """Do the same for many; each comes with their own today."""
    rows = sessions.lately(session, [user for user, _ in people.values()])
    histories = _histories(session, rows)
    weeks, fresh, changed, put_off = {}, [], [], []
    for user, today in people.values():
        profile = profile_of(user, today)
        week = plan_week_as_begun(profile, profile.week_of(max(today, profile.start)), histories[user.id], today)
        weeks[user.id], user.planned_on = week, today
        reminds, once = outbox.put_off_keys(user.id, today)
        if isinstance(week, NoPlan):
            put_off += [reminds, once]
            sessions.drop_planned(session, user, today)
        elif user.plan_start is not None:
            stored = {row.day: row for row in rows[user.id][-14:]}
            for planned in week.days:
                if planned.open and planned.day >= max(today, user.plan_start):
                    row, values = stored.get(planned.day), values_of(planned)
                    if row is None:
                        fresh.append(values | {"user_id": user.id, "day": planned.day, "status": SessionStatus.PLANNED})
                    elif differs(row, values):
                        changed.append(values | {"row": row.id})
                        if planned.day == today and any(getattr(row, name) != values[name] for name in _TOLD):
                            put_off += [reminds, once] if planned.workout == RECOVERY else [reminds]
    sessions.write(session, fresh, changed)
    if put_off:  # it would speak of a session that is no longer planned
        outbox.cancel(session, *put_off)
    return weeks


def renew_people(session: Session, todays: Mapping[int, date]) -> None:
    """Plan the running weeks of these people anew, who have begun by their today; locked on PostgreSQL."""
    if not todays:
        return
    found = select(User).where(col(User.id).in_(sorted(todays))).order_by(col(User.id)).with_for_update()
    begun = [user for user in session.exec(found) if user.plan_start is not None and user.plan_start <= todays[user.id]]
    if begun:
        renew_many(session, {user.id: (user, todays[user.id]) for user in begun})


def bring_up_to_date(session: Session, user: User, today: date) -> None:
    """Plan the running week where that has not happened today, since what it is made from last changed."""
    session.flush()
    if user.planned_on != today:
        renew(session, user, today)


def current_week(session: Session, user: User, today: date) -> PlannedWeek | NoPlan:
    """Return the running week, brought up to date."""
    session.flush()
    if user.planned_on != today:
        return renew(session, user, today)
    return week_of(session, user, today, today)


def of_day(session: Session, user: User, day: date, today: date) -> TrainingSession | None:
    """Return the person's session of `day` as it is stored; None where there is none, or no plan.

    What lies beyond the running week is planned, and not stored.
    """
    if user.plan_start is None or day < user.plan_start:
        return None
    running = max(today, user.plan_start)
    if day > running + timedelta(days=6 - running.weekday()):
        week = week_of(session, user, day, today)
        if isinstance(week, PlannedWeek):
            planned = next(each for each in week.days if each.day == day)
            return filled(TrainingSession(user_id=user.id, day=day, kind="", workout=""), planned)
    return sessions.of_day(session, user, day)


def moved_to(rows: Mapping[date, TrainingSession]) -> dict[date, date]:
    """Return where the sessions of a week that were missed have gone: the day of each, and its new one."""
    found: dict[date, date] = {}
    for day, row in sorted(rows.items()):
        if row.why == Why.MOVED:
            same = (
                each.day
                for each in rows.values()
                if each.day < day and each.day not in found and each.status == SessionStatus.PLANNED
                if WORKOUTS[each.workout].family is WORKOUTS[row.workout].family
            )
            if (missed := max(same, default=None)) is not None:
                found[missed] = day
    return found


def pin(session: Session, user: User, pins: Sequence[Pin]) -> None:
    """Remember what the person put on these days; the week is planned anew when it is next shown."""
    sessions.store_pins(session, user, pins)
    user.planned_on = None


def override(session: Session, user: User, overrides: Sequence[DayOverride], today: date) -> PlannedWeek | NoPlan:
    """Let this hold on these days alone, and plan the running week anew."""
    sessions.store_overrides(session, user, overrides)
    return renew(session, user, today)


def through_pain(session: Session, user: User, row: TrainingSession, pain: int, today: date) -> None:
    """Note how much it hurts before a session: what is left of it, and of the week.

    Raises ValueError for anything but 0–10.
    """
    left = through_gate(planned_day(row), pain_gate(pain))
    filled(row, left).pain = pain
    session.flush()
    outbox.cancel(session, *outbox.put_off_keys(user.id, row.day))
    renew(session, user, today)


def without_pain(session: Session, user: User, row: TrainingSession, today: date) -> None:
    """Take back what was said of pain before a session: it is planned anew, and the week with it."""
    row.pain = None
    session.flush()
    renew(session, user, today)


def mark(row: TrainingSession, status: SessionStatus, now: datetime) -> bool:
    """Set what became of a session; return whether that changed anything. What was said of it since is forgotten."""
    if row.status == status:
        return False
    row.status, row.changed_at = status, now
    if row.met is not None:  # its pain was said with that
        row.pain = None
    # but not the pain before it: it made the session easier
    row.minutes_done, row.rounds_done, row.effort = None, None, None
    row.note, row.skip_reason, row.met = None, None, None
    return True


def _histories(session: Session, rows: Mapping[int, Sequence[Any]]) -> dict[int, History]:
    pauses, pins = sessions.pauses(session, rows), sessions.pins(session, rows)
    overrides = sessions.overrides(session, rows)
    return {
        person: History(
            tuple(map(past_session, stored)),
            tuple(Pause(each.first, each.last, PauseReason(each.reason)) for each in pauses[person]),
            tuple(Pin(each.day, each.workout) for each in pins[person]),
            tuple(DayOverride(each.day, each.minutes, each.free) for each in overrides[person]),
        )
        for person, stored in rows.items()
    }
