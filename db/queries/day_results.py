"""Results of the days of a person's plan, as streaks and pictures need them."""

from datetime import date, timedelta

from sqlmodel import Session, col, select

from coach.planning.state.streaks import DayResult
from coach.planning.week import Why
from coach.planning.workouts import SMALL_CALVES
from coach.profile import SessionKind, SessionStatus, SkipReason
from db.models import Absence, TrainingSession, User

LOOK_BACK = timedelta(days=400)
EXCUSED = frozenset({SkipReason.SICK, SkipReason.HURTS})
_DAY = timedelta(days=1)


def history(session: Session, user: User, today: date) -> list[DayResult]:
    """Return the days of the last 400 and of those planned ahead, oldest first; days of a pause are excused ones."""
    since = today - LOOK_BACK
    rows = session.exec(
        select(TrainingSession)
        .where(TrainingSession.user_id == user.id, TrainingSession.day >= since)
        .order_by(col(TrainingSession.day))
    )
    paused = _paused(session, user, since, today)
    found = {
        row.day: DayResult(
            row.day,
            row.asks,
            SessionStatus(row.status),
            excused=row.skip_reason in EXCUSED or row.day in paused,
            moved=row.why == Why.MOVED,
            small=row.workout == SMALL_CALVES,
        )
        for row in rows
    }
    for day in paused - found.keys():
        found[day] = DayResult(day, SessionKind.RECOVERY, SessionStatus.PLANNED, excused=True)
    return [found[day] for day in sorted(found)]


def _paused(session: Session, user: User, since: date, today: date) -> set[date]:
    days: set[date] = set()
    for absence in session.exec(select(Absence).where(Absence.user_id == user.id)):
        first, last = max(absence.first, since), min(absence.last or today, today)
        days |= {first + _DAY * ahead for ahead in range((last - first).days + 1)}
    return days
