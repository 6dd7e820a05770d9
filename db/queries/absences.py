"""Days without training, as the planner needs them: when a pause began, and when it ended."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from coach.planning.inputs import PauseReason
from db.models import Absence, User
from db.tables import ABSENCE


def away(session: Session, todays: Mapping[int, date], before: timedelta) -> set[int]:
    """Return the people with a day without training among their date and those up to `before` it."""
    if not todays:
        return set()
    statement = select_columns(ABSENCE.c.user_id, ABSENCE.c.first, ABSENCE.c.last).where(
        ABSENCE.c.user_id.in_(todays), ABSENCE.c.first <= max(todays.values())
    )
    rows = session.connection().execute(statement)
    return {
        person
        for person, first, last in rows
        if first <= todays[person] and (last is None or last >= todays[person] - before)
    }


def began(session: Session, user: User, day: date) -> date | None:
    """Return the first day of the absence that runs on `day`, None where none does."""
    running = select(Absence).where(
        Absence.user_id == user.id, Absence.first <= day, (col(Absence.last).is_(None)) | (col(Absence.last) >= day)
    )
    absence = session.exec(running).first()
    return None if absence is None else absence.first


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
