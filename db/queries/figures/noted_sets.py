"""Sets as people noted them: one row a day and exercise; a later one of the same day corrects it."""

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from coach.planning.exercises.progression import DoneSets, SetsResult
from coach.profile import SessionKind, SessionStatus
from db.models import NotedSets, TrainingSession, User

MOST_READ: Final = 200  # rows, the latest


def of_day(session: Session, user: User, day: date) -> dict[str, NotedSets]:
    """Return what was noted on a day, by exercise."""
    found = select(NotedSets).where(NotedSets.user_id == user.id, NotedSets.day == day)
    return {row.exercise: row for row in session.exec(found)}


def store(session: Session, user: User, day: date, exercise: str, sets: DoneSets) -> bool:
    """Keep the sets of an exercise, instead of what was kept for that day; return whether anything has changed."""
    reps, result = list(sets.reps), None if sets.reps else sets.result.value
    row = of_day(session, user, day).get(exercise)
    if row is None:
        session.add(
            NotedSets(user_id=user.id, day=day, exercise=exercise, reps=reps, load_kg=sets.load_kg, result=result)
        )
    elif (row.reps, row.load_kg, row.result) == (reps, sets.load_kg, result):
        return False
    else:
        row.reps, row.load_kg, row.result = reps, sets.load_kg, result
        session.add(row)
    session.flush()
    return True


def before(session: Session, user: User, exercises: Collection[str], day: date) -> dict[str, list[DoneSets]]:
    """Return the sets of these exercises noted before `day`, the oldest first, also those told beside the plan.

    Left out are those of a strength session that was skipped, and words for the whole of one that is not done.
    """
    rows = session.exec(
        select(NotedSets, TrainingSession.status, TrainingSession.kind)
        .join(
            TrainingSession,
            (col(TrainingSession.user_id) == NotedSets.user_id) & (col(TrainingSession.day) == NotedSets.day),
            isouter=True,
        )
        .where(NotedSets.user_id == user.id, col(NotedSets.exercise).in_(exercises), NotedSets.day < day)
        .order_by(col(NotedSets.day).desc())
        .limit(MOST_READ)
    )
    found: dict[str, list[DoneSets]] = {}
    for row, status, kind in rows:
        skipped = status == SessionStatus.SKIPPED and kind == SessionKind.STRENGTH
        done = status == SessionStatus.DONE or (row.reps and not skipped)
        if done:
            found.setdefault(row.exercise, []).insert(0, done_sets(row))
    return found


def lately(session: Session, user: User) -> list[str]:
    """Return the exercises of which sets were noted, the latest first."""
    rows = session.exec(
        select(NotedSets.exercise)
        .where(NotedSets.user_id == user.id)
        .order_by(col(NotedSets.day).desc(), col(NotedSets.id).desc())
        .limit(MOST_READ)
    )
    return list(dict.fromkeys(rows))


def done_sets(row: NotedSets) -> DoneSets:
    """Return a stored row as the progression reads it."""
    return DoneSets(tuple(row.reps), row.load_kg, SetsResult(row.result) if row.result else SetsResult.PLANNED)
