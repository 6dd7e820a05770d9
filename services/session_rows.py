"""Rows of people and sessions as values of the planner, and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from coach.planning.inputs import (
    EVERY_WEEKDAY,
    AgeGroup,
    Equipment,
    Experience,
    PastSession,
    Profile,
    Screening,
)
from coach.planning.pain_gate import worst_said
from coach.planning.session_volume import SessionVolume
from coach.planning.week import PlannedDay, Why
from coach.profile import SessionKind, SessionStatus
from db.models import TrainingSession, User

MINUTES: Final = 30
"""The length of a session where nobody said how long it may take."""


def profile_of(user: User, today: date) -> Profile:
    """Return what the planner is told about a person; who has not begun would begin today."""
    return Profile(
        start=user.plan_start or today,
        experience=Experience(user.experience) if user.experience else Experience.NEW,
        screening=Screening(user.screening) if user.screening else Screening.NOT_ASKED,
        screened_on=user.screened_on,
        age=AgeGroup(user.age_group) if user.age_group else AgeGroup.ADULT,
        days=frozenset(map(int, user.free_days)) or EVERY_WEEKDAY,
        minutes=user.minutes or MINUTES,
        goals=user.goal_set,
        equipment=frozenset(Equipment(thing) for thing in user.equipment or ()),
        longest_run=user.longest_run or 0,
    )


def volume_of(row: TrainingSession) -> SessionVolume | None:
    """Return the volume that was planned for a session, None where nobody planned one."""
    if row.minutes is None:
        return None
    return SessionVolume(row.minutes, row.rounds, row.percent, row.calf_sets, row.leg_sets, row.run_minutes)


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
        minutes=row.minutes or MINUTES,
        effort=row.effort,
        pain=worst_said(row.pain, row.skip_reason),
    )


def planned_day(row: TrainingSession) -> PlannedDay:
    """Return a stored session as the planner planned it."""
    return PlannedDay(
        day=row.day,
        kind=SessionKind(row.kind),
        workout=row.workout,
        rounds=row.rounds,
        why=Why(row.why) if row.why else Why.REST,
        minutes=row.minutes or MINUTES,
        percent=row.percent,
        calf_sets=row.calf_sets,
        leg_sets=row.leg_sets,
        run_minutes=row.run_minutes,
    )


def values_of(planned: PlannedDay) -> dict[str, Any]:
    """Return the columns that hold a planned day."""
    return {
        "kind": planned.kind.value, "workout": planned.workout, "rounds": planned.rounds, "percent": planned.percent,
        "calf_sets": planned.calf_sets, "leg_sets": planned.leg_sets, "run_minutes": planned.run_minutes,
        "minutes": planned.minutes, "why": planned.why.value,
    }  # fmt: skip


def filled(row: TrainingSession, planned: PlannedDay) -> TrainingSession:
    """Write a planned day into a row; return the row."""
    for name, value in values_of(planned).items():
        setattr(row, name, value)
    return row


def differs(row: Any, values: Mapping[str, Any]) -> bool:
    """Say whether a stored session is to be written anew; what went through the pain gate stays as it came out."""
    if row.status != SessionStatus.PLANNED or row.pain is not None:
        return False
    return any(getattr(row, name) != value for name, value in values.items())
