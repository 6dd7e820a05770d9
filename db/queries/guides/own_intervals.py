"""Intervals that people made up."""

from typing import Final

from sqlmodel import Session, col, select

from db.models import OwnIntervals

MOST_KEPT: Final = 20
"""Of one person; above it the one that was not said for the longest time goes."""


def of_user(session: Session, user_id: int) -> list[OwnIntervals]:
    """Return the person's intervals, those that were said last first."""
    found = select(OwnIntervals).where(OwnIntervals.user_id == user_id)
    return list(session.exec(found.order_by(col(OwnIntervals.at).desc(), col(OwnIntervals.id).desc())))


def find(session: Session, user_id: int, number: int) -> OwnIntervals | None:
    """Return the person's intervals of this number."""
    return session.exec(select(OwnIntervals).where(OwnIntervals.user_id == user_id, OwnIntervals.id == number)).first()


def keep(session: Session, row: OwnIntervals) -> OwnIntervals:
    """Keep intervals, in place of those of the same name."""
    kept = of_user(session, row.user_id)
    same = next((each for each in kept if each.name.casefold() == row.name.casefold()), None)
    if same is not None:
        for name in ("rounds", "work_s", "rest_s", "warm_up_s", "cool_down_s", "at"):
            setattr(same, name, getattr(row, name))
        row = same
    else:
        for spare in kept[MOST_KEPT - 1 :]:
            session.delete(spare)
    session.add(row)
    session.flush()
    return row


def rename(session: Session, row: OwnIntervals, name: str) -> None:
    """Keep intervals under another name, in place of those that have it."""
    for same in of_user(session, row.user_id):
        if same.id != row.id and same.name.casefold() == name.casefold():
            session.delete(same)
    session.flush()
    row.name = name
