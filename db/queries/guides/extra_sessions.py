"""Sessions that people did beside their plan. The caller commits."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from db.models import ExtraSession


@dataclass(frozen=True)
class Beside:
    """The sessions beside the plan in a span of days: how many, and the rounds that were done."""

    sessions: int
    rounds: int


def find(session: Session, user_id: int, number: int) -> ExtraSession | None:
    """Return the person's extra session of this number."""
    return session.exec(
        select(ExtraSession).where(ExtraSession.user_id == user_id, ExtraSession.id == number)
    ).one_or_none()


def latest(session: Session, user_id: int) -> ExtraSession | None:
    """Return the one that the person logged last."""
    found = select(ExtraSession).where(ExtraSession.user_id == user_id).order_by(col(ExtraSession.id).desc())
    return session.exec(found.limit(1)).first()


def of_guide(session: Session, user_id: int, guide: int) -> ExtraSession | None:
    """Return what was logged of a live guide."""
    return session.exec(
        select(ExtraSession).where(ExtraSession.user_id == user_id, ExtraSession.guide == guide)
    ).first()


def beside_plan(session: Session, user_id: int, first: date, last: date) -> Beside:
    """Return what was done beside the plan in these days; what stood for a planned session is not beside it."""
    found = select(func.count(col(ExtraSession.id)), func.sum(col(ExtraSession.rounds_done))).where(
        ExtraSession.user_id == user_id,
        col(ExtraSession.instead).is_(False),
        col(ExtraSession.day).between(first, last),
    )
    count, rounds = session.exec(found).one()
    return Beside(count, rounds or 0)


def stand_beside(session: Session, user_id: int, day: date) -> None:
    """Let what stood for the session of a day stand beside it: that one is open again."""
    session.flush()
    session.connection().execute(
        update(ExtraSession)
        .where(col(ExtraSession.user_id) == user_id, col(ExtraSession.day) == day, col(ExtraSession.instead))
        .values(instead=False)
    )
    for held in list(session.identity_map.values()):
        if isinstance(held, ExtraSession):
            session.expire(held)
