"""Goals beside measures: one of each kind and person, and where they stand."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from coach.number_goals import MEASURES, GoalKind, Standing
from coach.parsing.measurements import MeasurementKind
from coach.planning.workouts import RECOVERY
from coach.profile import SessionStatus
from db.models import ExtraSession, Measurement, NumberGoal, TrainingSession, User

Standings = dict[int, dict[GoalKind, Standing]]


def store(session: Session, user: User, kind: GoalKind, number: float, by: date, begun: date | None) -> None:
    """Keep a goal instead of the one of its kind; `begun` is None where what counted for that one counts on."""
    row = _of_kind(session, user, kind)
    if row is None:
        assert begun is not None, "the first goal of a kind begins somewhere"
        row = NumberGoal(user_id=user.id, kind=kind, number=number, by=by, begun=begun)
    row.number, row.by, row.begun = number, by, begun or row.begun
    session.add(row)
    session.flush()


def drop(session: Session, user: User, kind: GoalKind) -> bool:
    """Erase the goal of a kind; return whether there was one."""
    row = _of_kind(session, user, kind)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def of(session: Session, user: User) -> dict[GoalKind, Standing]:
    """Return a person's goals and where they stand."""
    return standings(session, [user.id]).get(user.id, {})


def standings(session: Session, people: Collection[int]) -> Standings:
    """Return the goals of many, by person and kind, with where each stands."""
    rows = session.exec(select(NumberGoal).where(col(NumberGoal.user_id).in_(people))).all()
    if not rows:
        return {}
    measured = _measured(session, {row.user_id for row in rows if GoalKind(row.kind) in MEASURES})
    done = _sessions_done(session, {row.user_id for row in rows if row.kind == GoalKind.SESSIONS})
    found: Standings = {}
    for row in rows:
        kind = GoalKind(row.kind)
        now = done.get(row.user_id, 0.0) if kind is GoalKind.SESSIONS else measured.get((row.user_id, MEASURES[kind]))
        found.setdefault(row.user_id, {})[kind] = Standing(kind, row.number, row.by, now)
    return found


def measured_now(session: Session, user: User, kind: GoalKind) -> float | None:
    """Return where a person stands in what is measured, None where nothing is."""
    return _measured(session, {user.id}).get((user.id, MEASURES[kind]))


def _of_kind(session: Session, user: User, kind: GoalKind) -> NumberGoal | None:
    return session.exec(select(NumberGoal).where(NumberGoal.user_id == user.id, NumberGoal.kind == kind)).first()


def _measured(session: Session, people: Collection[int]) -> dict[tuple[int, MeasurementKind], float]:
    """Return the newest figure of the leg with the lower one: a goal is for each leg."""
    kinds = tuple(MEASURES.values())
    latest = (
        select(Measurement.user_id, Measurement.kind, Measurement.side, func.max(Measurement.day).label("day"))
        .where(col(Measurement.user_id).in_(people), col(Measurement.kind).in_(kinds))
        .group_by(col(Measurement.user_id), col(Measurement.kind), col(Measurement.side))
        .subquery()
    )
    rows = session.exec(
        select(Measurement.user_id, Measurement.kind, func.min(Measurement.value))
        .join(
            latest,
            (latest.c.user_id == Measurement.user_id)
            & (latest.c.kind == Measurement.kind)
            & (latest.c.side == Measurement.side)
            & (latest.c.day == Measurement.day),
        )
        .group_by(col(Measurement.user_id), col(Measurement.kind))
    )
    return {(person, MeasurementKind(kind)): value for person, kind, value in rows}


def _sessions_done(session: Session, people: Collection[int]) -> dict[int, float]:
    """Return how many sessions, extra ones too, were done from the day on which the goal was set until its own."""
    rows = session.exec(
        select(NumberGoal.user_id, func.count(col(TrainingSession.id)))
        .join(TrainingSession, col(TrainingSession.user_id) == NumberGoal.user_id)
        .where(
            col(NumberGoal.user_id).in_(people),
            NumberGoal.kind == GoalKind.SESSIONS,
            TrainingSession.status == SessionStatus.DONE,
            TrainingSession.workout != RECOVERY,
            col(TrainingSession.day) >= col(NumberGoal.begun),
            col(TrainingSession.day) <= col(NumberGoal.by),
        )
        .group_by(col(NumberGoal.user_id))
    )
    beside = session.exec(
        select(NumberGoal.user_id, func.count(col(ExtraSession.id)))
        .join(ExtraSession, col(ExtraSession.user_id) == NumberGoal.user_id)
        .where(
            col(NumberGoal.user_id).in_(people),
            NumberGoal.kind == GoalKind.SESSIONS,
            col(ExtraSession.instead).is_(False),
            col(ExtraSession.day) >= col(NumberGoal.begun),
            col(ExtraSession.day) <= col(NumberGoal.by),
        )
        .group_by(col(NumberGoal.user_id))
    )
    done = Counter[int](dict(rows.all())) + Counter[int](dict(beside.all()))
    return {person: float(count) for person, count in done.items()}
