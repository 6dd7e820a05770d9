"""Rows of people and sessions as values of the planner, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from coach.planning.inputs import DEFAULT_MINUTES, PastSession, Profile
from coach.planning.session_volume import SessionVolume
from coach.planning.state.pain_gate import worst_said
from coach.planning.week import PlannedDay, Why
from coach.planning.workouts import SMALL_CALVES
from coach.profile import SessionKind, SessionStatus
from db.models import TrainingSession, User


def profile_of(user: User, today: date) -> Profile:
    """Return a person as the planner reads them; who has not begun would begin today."""
    return Profile.of(user, today)


def volume_of(row: TrainingSession) -> SessionVolume | None:
    """Return the volume that was planned for a session, None where nobody planned one."""
    if row.minutes is None:
        return None
    return SessionVolume(row.minutes, row.rounds, row.percent, row.calf_sets, row.leg_sets, row.run_minutes, row.step)


def past_session(row: Any) -> PastSession:
    """Return a stored session as the planner reads it."""
    return PastSession(
        day=row.day,
        workout=row.workout,
        status=SessionStatus(row.status),
        rounds=row.rounds,
        percent=row.percent,
        calf_sets=row.calf_sets,
        leg_sets=row.leg_sets,
        run_minutes=row.run_minutes,
        minutes=row.minutes or DEFAULT_MINUTES,
        step=row.step,
        effort=row.effort,
        pain=worst_said(row.pain, row.skip_reason),
        met=row.met,
    )


def planned_day(row: TrainingSession) -> PlannedDay:
    """Return a stored session as the planner planned it."""
    return PlannedDay(
        day=row.day,
        kind=SessionKind(row.kind),
        workout=row.workout,
        rounds=row.rounds,
        why=Why(row.why) if row.why else Why.REST,
        minutes=row.minutes or DEFAULT_MINUTES,
        percent=row.percent,
        calf_sets=row.calf_sets,
        leg_sets=row.leg_sets,
        run_minutes=row.run_minutes,
        step=row.step,
    )


def values_of(planned: PlannedDay) -> dict[str, Any]:
    """Return the columns that hold a planned day."""
    return {
        "kind": planned.kind.value, "workout": planned.workout, "rounds": planned.rounds, "percent": planned.percent,
        "calf_sets": planned.calf_sets, "leg_sets": planned.leg_sets, "run_minutes": planned.run_minutes,
        "minutes": planned.minutes, "step": planned.step, "why": planned.why.value,
    }  # fmt: skip


def filled(row: TrainingSession, planned: PlannedDay) -> TrainingSession:
    """Write a planned day into a row; return the row."""
    for name, value in values_of(planned).items():
        setattr(row, name, value)
    return row


def differs(row: Any, values: Mapping[str, Any]) -> bool:
    """Say whether a stored session is to be written anew; what went through the pain gate stays as it came out.

    The small session is never planned: where it is open again, the day's own comes back.
    """
    if row.status != SessionStatus.PLANNED or (row.pain is not None and row.workout != SMALL_CALVES):
        return False
    return any(getattr(row, name) != value for name, value in values.items())
