"""Rows and the planner: a week is planned from what is stored of a person, and stored as it is planned."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select

from coach.planning.inputs import (
    DEFAULT_MINUTES,
    Experience,
    History,
    PastSession,
    Pause,
    PauseReason,
    Pin,
    Profile,
)
from coach.planning.pain_gate import pain_gate, still_asks, through_gate, worst_said
from coach.planning.planner import check_days_left, places_for, plan_week, refusal
from coach.planning.rules import FAMILY, HARD, RECOVERY, WALK_JOG
from coach.planning.training_state import Note
from coach.planning.week import NoPlan, PlannedDay, PlannedWeek, Refusal, Why
from coach.profile import SessionKind, SessionStatus, SkipReason
from db import outbox
from db.models import Absence, PinnedWorkout, TrainingSession, User
from db.tables import SESSION

LOOK_BACK: Final = timedelta(days=400)
_DAY: Final = timedelta(days=1)
_TOLD: Final = ("workout", "rounds", "minutes")  # what a reminder that was put off says of its session
_READ: Final = tuple(
    SESSION.c[name]
    for name in (
        "id", "user_id", "day", "kind", "workout", "status", "rounds", "percent", "calf_sets", "leg_sets",
        "run_minutes", "minutes", "why", "effort", "pain", "skip_reason",
    )
)  # fmt: skip


def profile_of(user: User, today: date) -> Profile:
    """Return what the planner is told about a person; who has not begun would begin today."""
    return Profile.of(user, today)


def refused(user: User, today: date) -> Refusal | None:
    """Return why this person gets no plan today, None where they may have one."""
    return refusal(profile_of(user, today), today)


def check_left(user: User, today: date) -> int | None:
    """Return how many days the person's quick check still counts, where they are few; None otherwise."""
    return check_days_left(profile_of(user, today), today)


def start_on(session: Session, user: User, day: date) -> None:
    """Let the person's plan start on `day`; what was planned and not done is planned anew."""
    user.plan_start = day
    _drop_planned(session, user, date.min)


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
    return _planned(profile, number, history, today)


def history_of(session: Session, user: User) -> History:
    """Return what is stored of a person's past and their own choices."""
    return _histories(session, _read_rows(session, [user]))[user.id]


def places(session: Session, user: User, day: date, today: date) -> list[date]:
    """Return the days of the week on which the session of `day` may stand instead."""
    profile, history = profile_of(user, today), history_of(session, user)
    pins = (*_first_days(profile, history).values(), *history.pins)
    return places_for(profile, profile.week_of(day), replace(history, pins=pins), today, day)


def renew(session: Session, user: User, today: date) -> PlannedWeek | NoPlan:
    """Plan the running week anew and store what is still open of it; call it after everything that may change it."""
    return renew_many(session, {user.id: (user, today)})[user.id]


def renew_many(session: Session, people: Mapping[int, tuple[User, date]]) -> dict[int, PlannedWeek | NoPlan]:
    """Do the same for many; each comes with their own today."""
    rows = _read_rows(session, [user for user, _ in people.values()])
    histories = _histories(session, rows)
    weeks, fresh, changed, put_off = {}, [], [], []
    for user, today in people.values():
        profile = profile_of(user, today)
        week = _planned(profile, profile.week_of(max(today, profile.start)), histories[user.id], today)
        weeks[user.id], user.planned_on = week, today
        reminds = outbox.dedup_key(user.id, outbox.SNOOZE, today)
        if isinstance(week, NoPlan):
            put_off.append(reminds)
            _drop_planned(session, user, today)
        elif user.plan_start is not None:
            stored = {row.day: row for row in rows[user.id][-14:]}
            for planned in week.days:
                if planned.open and planned.day >= max(today, user.plan_start):
                    row, values = stored.get(planned.day), _values(planned)
                    if row is None:
                        fresh.append(values | {"user_id": user.id, "day": planned.day, "status": SessionStatus.PLANNED})
                    elif _differs(row, values):
                        changed.append(values | {"row": row.id})
                        if planned.day == today and any(getattr(row, name) != values[name] for name in _TOLD):
                            put_off.append(reminds)
    _write(session, fresh, changed)
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


def of_day(session: Session, user: User, day: date, today: date) -> TrainingSession | None:
    """Return the person's session of `day`; None where there is none, or no plan.

    What lies beyond the running week is planned but not stored.
    """
    if user.plan_start is None or day < user.plan_start:
        return None
    if day >= today:
        week = renew(session, user, today)
        if isinstance(week, PlannedWeek) and day > week.days[-1].day:
            week = week_of(session, user, day, today)
            planned = [each for each in week.days if each.day == day] if isinstance(week, PlannedWeek) else []
            return _filled(TrainingSession(user_id=user.id, day=day, kind="", workout=""), planned[0])
    return session.exec(
        select(TrainingSession).where(TrainingSession.user_id == user.id, TrainingSession.day == day)
    ).first()


def rows_of(session: Session, user: User, week: PlannedWeek) -> dict[date, TrainingSession]:
    """Return the stored sessions of a week by their days."""
    days = [day.day for day in week.days]
    found = select(TrainingSession).where(TrainingSession.user_id == user.id, col(TrainingSession.day).in_(days))
    return {row.day: row for row in session.exec(found)}


def moved_to(rows: Mapping[date, TrainingSession]) -> dict[date, date]:
    """Return where the sessions of a week that were missed have gone: the day of each, and its new one."""
    found: dict[date, date] = {}
    for day, row in sorted(rows.items()):
        if row.why == Why.MOVED:
            same = (
                each.day
                for each in rows.values()
                if each.day < day and each.day not in found and each.status == SessionStatus.PLANNED
                if FAMILY[each.workout] is FAMILY[row.workout]
            )
            if (missed := max(same, default=None)) is not None:
                found[missed] = day
    return found


def pin(session: Session, user: User, pins: Sequence[Pin]) -> None:
    """Remember what the person put on these days, instead of what they put there before."""
    for each in pins:
        found = session.exec(
            select(PinnedWorkout).where(PinnedWorkout.user_id == user.id, PinnedWorkout.day == each.day)
        ).first()
        row = found or PinnedWorkout(user_id=user.id, day=each.day, workout=each.workout)
        row.workout = each.workout
        session.add(row)
    session.flush()


def through_pain(session: Session, user: User, row: TrainingSession, pain: int, today: date) -> None:
    """Note how much it hurts before a session: what is left of it, and of the week.

    Raises ValueError for anything but 0–10.
    """
    left = through_gate(_coached(row), pain_gate(pain))
    _filled(row, left).pain = pain
    session.flush()
    outbox.cancel(session, outbox.dedup_key(user.id, outbox.SNOOZE, row.day))
    renew(session, user, today)


def has_hard(session: Session, user: User) -> bool:
    """Say whether a hard session was ever planned for this person."""
    found = select_columns(SESSION.c.id).where(SESSION.c.user_id == user.id, SESSION.c.workout.in_(HARD)).limit(1)
    return session.connection().execute(found).first() is not None


def hurt(session: Session, user: User) -> bool:
    """Say whether this person said 5 or more, and not yet that it has gone."""
    said = or_(SESSION.c.pain.is_not(None), SESSION.c.skip_reason == SkipReason.HURTS)
    found = select_columns(SESSION.c.pain, SESSION.c.skip_reason).where(SESSION.c.user_id == user.id, said)
    session.flush()
    rows = session.connection().execute(found.order_by(SESSION.c.day.desc()))
    return still_asks(worst_said(pain, reason) or 0 for pain, reason in rows)


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
    row.effort, row.note, row.skip_reason = None, None, None  # but not the pain before it: it made the session easier
    return True


def _planned(profile: Profile, number: int, history: History, today: date) -> PlannedWeek | NoPlan:
    first = _first_days(profile, history)
    week = plan_week(profile, number, replace(history, pins=(*first.values(), *history.pins)), today)
    if isinstance(week, NoPlan) or not first:
        return week
    whys = {WALK_JOG: Why.LEARN_TO_RUN, RECOVERY: Why.REST_AFTER_HARD}
    days = tuple(
        replace(day, why=whys[pinned.workout])
        if day.why is Why.CHOSEN and (pinned := first.get(day.day)) is not None
        else day
        for day in week.days
    )
    notes = week.notes if history.pins else week.notes - {Note.UNSAFE_PIN}
    return replace(week, days=days, notes=notes)


def _first_days(profile: Profile, history: History) -> dict[date, Pin]:
    """Return the first two days of a new runner: a walk–jog, then a day to see how the legs took it."""
    if profile.experience is not Experience.NEW:
        return {}
    ahead = (profile.start + _DAY * days for days in range(7))
    first = next(day for day in ahead if day.isoweekday() in profile.days)
    own = {each.day for each in history.pins}
    pins = (Pin(first, WALK_JOG), Pin(first + _DAY, RECOVERY))
    return {each.day: each for each in pins if each.day not in own}


def _read_rows(session: Session, users: Collection[User]) -> dict[int, list[Any]]:
    """Return the stored sessions of these people, in the order of their days, none older than LOOK_BACK."""
    session.flush()
    found: dict[int, list[Any]] = {user.id: [] for user in users}
    newest = select_columns(func.max(SESSION.c.day)).where(SESSION.c.user_id.in_(found))
    last = session.connection().execute(newest).scalar()
    if last is not None:
        read = select_columns(*_READ).where(SESSION.c.user_id.in_(found), SESSION.c.day >= last - LOOK_BACK)
        for row in session.connection().execute(read.order_by(SESSION.c.day)):
            found[row.user_id].append(row)
    return found


def _histories(session: Session, rows: Mapping[int, Sequence[Any]]) -> dict[int, History]:
    pauses: dict[int, list[Pause]] = {one: [] for one in rows}
    for absence in session.exec(select(Absence).where(col(Absence.user_id).in_(rows)).order_by(col(Absence.first))):
        pauses[absence.user_id].append(Pause(absence.first, absence.last, PauseReason(absence.reason)))
    pins: dict[int, list[Pin]] = {one: [] for one in rows}
    for pinned in session.exec(select(PinnedWorkout).where(col(PinnedWorkout.user_id).in_(rows))):
        pins[pinned.user_id].append(Pin(pinned.day, pinned.workout))
    return {
        one: History(tuple(map(_past, sessions)), tuple(pauses[one]), tuple(pins[one]))
        for one, sessions in rows.items()
    }


def _past(row: Any) -> PastSession:
    return PastSession(
        day=row.day,
        workout=row.workout,
        status=SessionStatus(row.status),
        rounds=row.rounds,
        percent=row.percent,
        calf_sets=row.calf_sets,
        leg_sets=row.leg_sets,
        run_minutes=row.run_minutes,
        minutes=row.minutes or DEFAULT_MINUTES,
        effort=row.effort,
        pain=worst_said(row.pain, row.skip_reason),
    )


def _differs(row: Any, values: Mapping[str, Any]) -> bool:
    """Say whether a stored session is to be written anew; what went through the pain gate stays as it came out."""
    if row.status != SessionStatus.PLANNED or row.pain is not None:
        return False
    return any(getattr(row, name) != value for name, value in values.items())


def _write(session: Session, fresh: list[dict[str, Any]], changed: list[dict[str, Any]]) -> None:
    """Store planned days without the weight of ORM objects; those that are loaded are read anew."""
    if fresh:
        session.connection().execute(insert(SESSION), fresh)
    if changed:
        names = [name for name in changed[0] if name != "row"]
        statement = (
            update(SESSION).where(SESSION.c.id == bindparam("row")).values({name: bindparam(name) for name in names})
        )
        session.connection().execute(statement, changed)
        for held in list(session.identity_map.values()):
            if isinstance(held, TrainingSession):
                session.expire(held)


def _drop_planned(session: Session, user: User, first: date) -> None:
    session.flush()
    session.exec(
        delete(TrainingSession).where(
            col(TrainingSession.user_id) == user.id,
            col(TrainingSession.day) >= first,
            col(TrainingSession.status) == SessionStatus.PLANNED,
        )
    )


def _values(planned: PlannedDay) -> dict[str, Any]:
    return {
        "kind": planned.kind.value, "workout": planned.workout, "rounds": planned.rounds, "percent": planned.percent,
        "calf_sets": planned.calf_sets, "leg_sets": planned.leg_sets, "run_minutes": planned.run_minutes,
        "minutes": planned.minutes, "why": planned.why.value,
    }  # fmt: skip


def _filled(row: TrainingSession, planned: PlannedDay) -> TrainingSession:
    for name, value in _values(planned).items():
        setattr(row, name, value)
    return row


def _coached(row: TrainingSession) -> PlannedDay:
    return PlannedDay(
        day=row.day,
        kind=SessionKind(row.kind),
        workout=row.workout,
        rounds=row.rounds,
        why=Why(row.why) if row.why else Why.REST,
        minutes=row.minutes or DEFAULT_MINUTES,
        percent=row.percent,
        calf_sets=row.calf_sets,
        leg_sets=row.leg_sets,
        run_minutes=row.run_minutes,
    )
