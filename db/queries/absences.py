"""Days without training, as the planner needs them: when a pause began, and when it ended."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from coach.planning.inputs import PauseReason
from db.models import Absence, User


def begin(session: Session, user: User, first: date, last: date | None, reason: str) -> None:
    """Note that the person trains no more from `first`; what they said of the days from then on before is replaced."""
    end(session, user, first)
    known = PauseReason(reason) if reason in set(PauseReason) else PauseReason.OTHER
    session.add(Absence(user_id=user.id, first=first, last=last, reason=known))
    session.flush()


def end(session: Session, user: User, day: date) -> None:
    """Note that the person trains again on `day`."""
    open_ones = session.exec(
        select(Absence).where(Absence.user_id == user.id, (col(Absence.last).is_(None)) | (col(Absence.last) >= day))
    )
    for absence in open_ones.all():
        absence.last = day - timedelta(days=1)
        if absence.last < absence.first:
            session.delete(absence)
    session.flush()
