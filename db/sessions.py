"""The days of a person's plan, stored as they are first looked at."""

from datetime import date, datetime

from sqlmodel import Session, col, delete, select

from coach.profile import SessionStatus
from coach.week import plan_day
from db.models import TrainingSession, User


def of_day(session: Session, user: User, day: date) -> TrainingSession | None:
    """Return the person's session of `day`, planned and stored if need be; None before their plan starts."""
    if user.plan_start is None or day < user.plan_start:
        return None
    found = session.exec(
        select(TrainingSession).where(TrainingSession.user_id == user.id, TrainingSession.day == day)
    ).first()
    if found is not None:
        return found
    planned = plan_day(user.plan_start, day)
    row = TrainingSession(user_id=user.id, day=day, kind=planned.kind, workout=planned.workout, rounds=planned.rounds)
    session.add(row)
    session.flush()
    return row


def mark(row: TrainingSession, status: SessionStatus, now: datetime) -> bool:
    """Set what became of a session; return whether that changed anything."""
    if row.status == status:
        return False
    row.status, row.changed_at = status, now
    return True


def start_on(session: Session, user: User, day: date) -> None:
    """Let the person's plan start on `day`; what was planned and not done is planned anew."""
    user.plan_start = day
    session.exec(
        delete(TrainingSession).where(
            col(TrainingSession.user_id) == user.id, col(TrainingSession.status) == SessionStatus.PLANNED
        )
    )
