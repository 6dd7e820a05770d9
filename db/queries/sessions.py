"""Stored sessions, pauses and pinned workouts: read and written. The caller commits."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, or_, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select

from coach.planning.inputs import DayOverride, Pin
from coach.planning.state.pain_gate import still_asks, worst_said
from coach.planning.workouts import HARD
from coach.profile import SessionKind, SessionStatus, SkipReason
from db.models import Absence, OverriddenDay, PinnedWorkout, TrainingSession, User
from db.tables import SESSION

LOOK_BACK: Final = timedelta(days=400)

_READ: Final = tuple(
    SESSION.c[name]
    for name in (
        "id", "user_id", "day", "kind", "workout", "status", "rounds", "percent", "calf_sets", "leg_sets",
        "run_minutes", "minutes", "step", "why", "effort", "pain", "skip_reason", "met",
    )
)  # fmt: skip


def of_days(session: Session, user: User, days: Collection[date]) -> dict[date, TrainingSession]:
    """Return the person's stored sessions of these days."""
    found = select(TrainingSession).where(TrainingSession.user_id == user.id, col(TrainingSession.day).in_(days))
    return {row.day: row for row in session.exec(found)}


def of_day(session: Session, user: User, day: date) -> TrainingSession | None:
    """Return the person's stored session of a day, None where there is none."""
    return session.exec(
        select(TrainingSession).where(TrainingSession.user_id == user.id, TrainingSession.day == day)
    ).first()


def is_strength_day(session: Session, user: User, day: date) -> bool:
    """Say whether a strength session stands on a day that was not skipped."""
    if user.plan_start is None:
        return False
    found = select_columns(SESSION.c.id).where(
        SESSION.c.user_id == user.id,
        SESSION.c.day == day,
        SESSION.c.kind == SessionKind.STRENGTH,
        SESSION.c.status != SessionStatus.SKIPPED,
    )
    return session.connection().execute(found).first() is not None


def has_hard(session: Session, user: User) -> bool:
    """Say whether a hard session was ever planned for this person."""
    found = select_columns(SESSION.c.id).where(SESSION.c.user_id == user.id, SESSION.c.workout.in_(HARD)).limit(1)
    return session.connection().execute(found).first() is not None


def first_done_at(session: Session, user: User) -> datetime | None:
    """Return when the one session that this person has done was marked; None where there are several, or none."""
    session.flush()
    done = SESSION.c.status == SessionStatus.DONE
    found = select_columns(SESSION.c.changed_at).where(SESSION.c.user_id == user.id, done).limit(2)
    rows = session.connection().execute(found).scalars().all()
    return rows[0] if len(rows) == 1 else None


def hurt(session: Session, user: User) -> bool:
    """Say whether this person said 5 or more, and not yet that it has gone."""
    said = or_(SESSION.c.pain.is_not(None), SESSION.c.skip_reason == SkipReason.HURTS)
    found = select_columns(SESSION.c.pain, SESSION.c.skip_reason).where(SESSION.c.user_id == user.id, said)
    session.flush()
    rows = session.connection().execute(found.order_by(SESSION.c.day.desc()))
    return still_asks(worst_said(pain, reason) or 0 for pain, reason in rows)


def lately(session: Session, users: Collection[User]) -> dict[int, list[Any]]:
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


def pauses(session: Session, people: Collection[int]) -> dict[int, list[Absence]]:
    """Return the pauses of these people, the earliest first."""
    found: dict[int, list[Absence]] = {person: [] for person in people}
    for absence in session.exec(select(Absence).where(col(Absence.user_id).in_(people)).order_by(col(Absence.first))):
        found[absence.user_id].append(absence)
    return found


def pins(session: Session, people: Collection[int]) -> dict[int, list[PinnedWorkout]]:
    """Return what these people put on days themselves."""
    found: dict[int, list[PinnedWorkout]] = {person: [] for person in people}
    for pinned in session.exec(select(PinnedWorkout).where(col(PinnedWorkout.user_id).in_(people))):
        found[pinned.user_id].append(pinned)
    return found


def store_pins(session: Session, user: User, pins: Sequence[Pin]) -> None:
    """Store what the person put on these days, instead of what they put there before."""
    for each in pins:
        found = session.exec(
            select(PinnedWorkout).where(PinnedWorkout.user_id == user.id, PinnedWorkout.day == each.day)
        ).first()
        row = found or PinnedWorkout(user_id=user.id, day=each.day, workout=each.workout)
        row.workout = each.workout
        session.add(row)
    session.flush()


def overrides(session: Session, people: Collection[int]) -> dict[int, list[OverriddenDay]]:
    """Return what holds for these people on one day alone."""
    found: dict[int, list[OverriddenDay]] = {person: [] for person in people}
    for each in session.exec(select(OverriddenDay).where(col(OverriddenDay.user_id).in_(people))):
        found[each.user_id].append(each)
    return found


def store_overrides(session: Session, user: User, overrides: Sequence[DayOverride]) -> None:
    """Store what holds on these days alone; what one leaves open stays as it was said before."""
    days = [each.day for each in overrides]
    known = select(OverriddenDay).where(OverriddenDay.user_id == user.id, col(OverriddenDay.day).in_(days))
    rows = {row.day: row for row in session.exec(known)}
    for each in overrides:
        row = rows.get(each.day) or OverriddenDay(user_id=user.id, day=each.day)
        row.minutes = row.minutes if each.minutes is None else each.minutes
        row.free = row.free if each.free is None else each.free
        session.add(row)
    session.flush()


def drop_pins(session: Session, user: User, first: date, last: date) -> None:
    """Delete what the person put on the days from `first` to `last`."""
    session.flush()
    session.exec(
        delete(PinnedWorkout).where(
            col(PinnedWorkout.user_id) == user.id,
            col(PinnedWorkout.day) >= first,
            col(PinnedWorkout.day) <= last,
        )
    )


def write(session: Session, fresh: list[dict[str, Any]], changed: list[dict[str, Any]]) -> None:
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


def drop_planned(session: Session, user: User, first: date) -> None:
    """Delete what is planned from `first` on and neither done nor skipped."""
    session.flush()
    session.exec(
        delete(TrainingSession).where(
            col(TrainingSession.user_id) == user.id,
            col(TrainingSession.day) >= first,
            col(TrainingSession.status) == SessionStatus.PLANNED,
        )
    )
