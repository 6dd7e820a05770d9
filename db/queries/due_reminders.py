"""Reminders that are due: claimed in batches, their days' sessions read and stored. The caller commits."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlmodel import Session

from coach.planning.rules import PAIN_REDUCE
from coach.planning.state.pain_gate import worst_said
from coach.planning.state.streaks import DayResult
from coach.planning.week import Why
from coach.profile import SessionKind, SessionStatus, SkipReason
from coach.reminders.addenda import MISS_AGAIN, DayRecord
from coach.reminders.kinds import PRIORITY, spec_of
from coach.reminders.schedule import Quiet, Schedule
from db import outbox
from db.queries.day_results import EXCUSED
from db.tables import REMINDER, SESSION, USER

WEEK: Final = timedelta(days=6)
LATELY: Final = timedelta(days=MISS_AGAIN)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder that is due, with the columns of its person that decide whether and how it speaks."""

    id: int
    user_id: int
    kind: str
    local_time: str
    days: str
    other_times: dict[str, str] | None
    chosen: bool
    on: bool
    next_due_at: datetime
    last_day: date | None
    first_name: str
    language: str
    zone: str | None
    plan_start: date | None
    planned_on: date | None
    unreachable: str | None
    pause_reason: str | None
    paused_until: datetime | None
    quiet_from: str
    quiet_to: str
    units: str | None
    weight_kg: float | None
    protein_check: str | None
    screening: str | None
    screened_on: date | None
    anchor: str | None
    obstacle: str | None
    coping: str | None
    small_offered_on: date | None
    way_back_since: date | None


@dataclass(frozen=True, slots=True)
class RemindedSession:
    """A session as a reminder reads it: some columns of a TrainingSession, without the weight of an ORM object."""

    user_id: int
    day: date
    kind: str
    workout: str
    rounds: int | None
    status: str
    percent: int | None = None
    minutes: int | None = None
    why: str | None = None
    step: int | None = None


@dataclass(frozen=True, slots=True)
class SiblingReminder:
    """A reminder of somebody who has another one due: the person may hear it on the same date."""

    user_id: int
    kind: str
    next_due_at: datetime | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Advance:
    """The next moment of a reminder, and the date of its last."""

    id: int
    next_due_at: datetime | None
    last_day: date | None


_OF_USER: Final = frozenset(
    {
        "first_name", "language", "zone", "plan_start", "planned_on", "unreachable", "pause_reason", "paused_until",
        "quiet_from", "quiet_to", "units", "weight_kg", "protein_check",
        "screening", "screened_on", "anchor", "obstacle", "coping", "small_offered_on",
        "way_back_since",
    }
)  # fmt: skip
_READ: Final = tuple((USER if each.name in _OF_USER else REMINDER).c[each.name] for each in fields(DueReminder))
_DAY_NAMES: Final = tuple(each.name for each in fields(RemindedSession))
_DAY: Final = tuple(SESSION.c[name] for name in _DAY_NAMES)
_PAST: Final = tuple(SESSION.c[name] for name in ("user_id", "day", "kind", "status", "skip_reason", "pain", "why"))


def schedule_of(reminder: DueReminder) -> Schedule:
    """Return when the reminder comes."""
    return spec_of(reminder.kind).schedule(reminder.local_time, reminder.days, reminder.other_times)


@lru_cache(maxsize=1024)
def _quiet(begins: str, ends: str) -> Quiet:
    return Quiet(time.fromisoformat(begins), time.fromisoformat(ends))


def quiet_of(reminder: DueReminder) -> Quiet:
    """Return the person's quiet hours."""
    return _quiet(reminder.quiet_from, reminder.quiet_to)


def claim_due(
    session: Session, now: datetime, limit: int, but: Collection[int] = (), only: Collection[int] | None = None
) -> list[DueReminder]:
    """Return reminders due by `now`, oldest first, locked until the end of the transaction.

    Those in `but` are left alone; with `only` it is those. On PostgreSQL rows that another replica holds are passed
    over; SQLite has one writer and needs no lock.
    """
    statement = (
        select(*_READ)
        .join(USER, USER.c.id == REMINDER.c.user_id)
        .where(REMINDER.c.next_due_at <= now)
        .order_by(REMINDER.c.next_due_at)
        .limit(limit)
        .with_for_update(of=REMINDER, skip_locked=True)
    )
    if but:
        statement = statement.where(REMINDER.c.id.not_in(but))
    if only is not None:
        statement = statement.where(REMINDER.c.id.in_(only))
    return [DueReminder(*row) for row in session.connection().execute(statement)]


def advance(session: Session, moves: Sequence[Advance]) -> None:
    """Write when each reminder is due next."""
    if not moves:
        return
    statement = (
        update(REMINDER)
        .where(REMINDER.c.id == bindparam("reminder"))
        .values(
            next_due_at=bindparam("at", type_=REMINDER.c.next_due_at.type),
            last_day=bindparam("day", type_=REMINDER.c.last_day.type),
        )
    )
    values = [{"reminder": move.id, "at": move.next_due_at, "day": move.last_day} for move in moves]
    session.connection().execute(statement, values)


def sessions(session: Session, wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], RemindedSession]:
    """Return those stored sessions that (person, day) name."""
    keys = set(wanted)
    if not keys:
        return {}
    statement = select(*_DAY).where(
        SESSION.c.user_id.in_({person for person, _ in keys}), SESSION.c.day.in_({day for _, day in keys})
    )
    found = (RemindedSession(*row) for row in session.connection().execute(statement))
    return {(row.user_id, row.day): row for row in found if (row.user_id, row.day) in keys}


def sibling_reminders(
    session: Session, todays: Mapping[int, date], beside: Collection[int]
) -> dict[int, list[SiblingReminder]]:
    """Return these people's reminders that have spoken on their date or later, and those with priority of `beside`."""
    found: dict[int, list[SiblingReminder]] = {person: [] for person in todays}
    if found:
        spoken = REMINDER.c.last_day >= min(todays.values())
        first = and_(REMINDER.c.kind.in_(PRIORITY), REMINDER.c.user_id.in_(beside))
        statement = select(*(REMINDER.c[each.name] for each in fields(SiblingReminder)))
        for row in session.connection().execute(statement.where(REMINDER.c.user_id.in_(found), or_(spoken, first))):
            found[row.user_id].append(SiblingReminder(*row))
    return found


def recent_days(session: Session, todays: Mapping[int, date]) -> dict[int, dict[date, DayRecord]]:
    """Return the days of the week before that may be worth a word: pain, a miss, an easier week, a new one."""
    found: dict[int, dict[date, DayRecord]] = {person: {} for person in todays}
    if not found:
        return {}
    hurt, easier = SESSION.c.pain >= PAIN_REDUCE, SESSION.c.why.in_((Why.EASIER_WEEK, Why.REALIGNED))
    statement = select(*_PAST).where(
        SESSION.c.user_id.in_(found),
        SESSION.c.day >= min(todays.values()) - LATELY,
        SESSION.c.day < max(todays.values()),
        or_(hurt, easier, _left_out()),
    )
    for person, day, kind, status, skip_reason, pain, why in session.connection().execute(statement):
        if todays[person] - LATELY <= day < todays[person]:
            kept = DayResult(day, SessionKind(kind), SessionStatus(status), excused=skip_reason in EXCUSED)
            found[person][day] = DayRecord(kept, worst_said(pain, skip_reason), why, skip_reason)
    return found


def users_with_missed_sessions(session: Session, todays: Mapping[int, date], stretch: timedelta) -> set[int]:
    """Return the people who left out a session within `stretch` before their date."""
    found: set[int] = set()
    for today in set(todays.values()):
        people = [person for person, day in todays.items() if day == today]
        between = (SESSION.c.day >= today - stretch, SESSION.c.day < today)
        statement = select(SESSION.c.user_id).where(SESSION.c.user_id.in_(people), *between, _left_out()).distinct()
        found |= set(session.connection().execute(statement).scalars())
    return found


def pains(session: Session, people: Collection[int]) -> dict[int, list[tuple[date, int]]]:
    """Return the pain that these people told of, 0–10 with its day, the latest first."""
    found: dict[int, list[tuple[date, int]]] = {}
    said = or_(SESSION.c.pain.is_not(None), SESSION.c.skip_reason == SkipReason.HURTS)
    statement = select(SESSION.c.user_id, SESSION.c.day, SESSION.c.pain, SESSION.c.skip_reason)
    statement = statement.where(SESSION.c.user_id.in_(people), said).order_by(SESSION.c.day.desc())
    for person, day, pain, reason in session.connection().execute(statement) if people else ():
        found.setdefault(person, []).append((day, worst_said(pain, reason) or 0))
    return found


def weeks(session: Session, mondays: Mapping[int, date]) -> dict[int, tuple[int, int]]:
    """Return the sessions done and planned in the week from each person's Monday.

    A session that illness took is not planned, and one that was missed and moved counts once.
    """
    found: dict[int, tuple[int, int]] = {}
    done = func.sum(case((SESSION.c.status == SessionStatus.DONE, 1), else_=0))
    moved = func.sum(case((SESSION.c.why == Why.MOVED, 1), else_=0))
    excused = SESSION.c.skip_reason.in_(EXCUSED) & (SESSION.c.status == SessionStatus.SKIPPED)
    for monday in set(mondays.values()):
        people = [person for person, day in mondays.items() if day == monday]
        statement = select(SESSION.c.user_id, done, func.count(), moved).where(
            SESSION.c.user_id.in_(people),
            SESSION.c.day >= monday,
            SESSION.c.day <= monday + WEEK,
            SESSION.c.kind != SessionKind.RECOVERY,
            or_(SESSION.c.skip_reason.is_(None), ~excused),
        )
        for person, did, planned, twice in session.connection().execute(statement.group_by(SESSION.c.user_id)):
            found[person] = (int(did), max(int(did), int(planned) - int(twice)))
    return found


def _left_out() -> ColumnElement[bool]:
    return and_(SESSION.c.status != SessionStatus.DONE, SESSION.c.kind != SessionKind.RECOVERY)


def missed(session: Session, wanted: Iterable[tuple[int, date]]) -> set[int]:
    """Return the people who have a session of the six days before that was neither done nor skipped."""
    days = dict(wanted)
    if not days:
        return set()
    statement = select(SESSION.c.user_id, SESSION.c.day).where(
        SESSION.c.user_id.in_(days),
        SESSION.c.day >= min(days.values()) - WEEK,
        SESSION.c.day < max(days.values()),
        SESSION.c.status == SessionStatus.PLANNED,
        SESSION.c.kind != SessionKind.RECOVERY,
    )
    rows = session.connection().execute(statement)
    return {person for person, day in rows if days[person] - WEEK <= day < days[person]}


def next_due_at(session: Session) -> datetime | None:
    """Return the next moment at which the coach speaks unasked: a reminder, or a message that was delayed."""
    reminder: datetime | None = session.connection().execute(select(func.min(REMINDER.c.next_due_at))).scalar()
    delayed = outbox.delayed_until(session)
    return min((moment for moment in (reminder, delayed) if moment is not None), default=None)
