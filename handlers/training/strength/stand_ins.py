"""Stand-ins: exercises that a person does instead of others of the same job, until they put those back."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from coach.buttons.requests import DoRequest
from coach.planning.exercises.catalog import EXERCISES, alternatives
from coach.planning.inputs import Equipment
from coach.planning.rules import FIRST_STAGE_UNKNOWN
from coach.planning.workouts import WORKOUTS, Family
from coach.profile import SessionKind, SessionStatus
from coach.requests import Intent, Slots
from content.rendering.keyboards import Button, Row
from content.rendering.session_details import equipped, with_stand_ins
from content.schema.training_pages import Workout
from db.models import TrainingSession, User
from db.queries import sessions
from handlers.framework.turn import Turn

AROUND: Final = 7  # days before and after today in which a strength session tells the stage of the raises


def of(user: User) -> dict[str, str]:
    """Return what stands in for each exercise."""
    return dict(user.stand_ins or {})


def applied(turn: Turn, workout: Workout, stage: int) -> Workout:
    """Return the workout with the person's stand-ins, as far as they have what those need."""
    chosen = possible(turn.user)
    if not chosen or not workout.exercises:
        return workout
    return with_stand_ins(workout, chosen, _pages(turn, stage))


def possible(user: User) -> Mapping[str, str]:
    """Return the stand-ins that can be done with what the person has."""
    has = equipment_of(user)
    return {exercise: other for exercise, other in of(user).items() if other in alternatives(exercise, has)}


def stands_for(turn: Turn, session: TrainingSession) -> dict[str, str]:
    """Return the name of the exercise that each stand-in of a session replaces there."""
    stage = FIRST_STAGE_UNKNOWN if session.step is None else session.step
    chosen = possible(turn.user)
    page = equipped(turn.language.workouts[session.workout], equipment_of(turn.user), stage) if chosen else None
    own = {each.exercise for each in page.exercises} if page is not None else set()
    names = turn.language.exercises
    return {other: names[exercise].name for exercise, other in chosen.items() if exercise in own and other not in own}


def planned_exercises(turn: Turn) -> list[str]:
    """Return the exercises of the person's strength sessions, stand-ins among them, in the order of the pages."""
    stage = _stage(turn)
    pages = (applied(turn, workout, stage) for workout in _pages(turn, stage))
    return list(dict.fromkeys(each.exercise for page in pages for each in page.exercises))


def swap_row(session: TrainingSession, workout: Workout) -> list[Row]:
    """Return the button that swaps an exercise, under a strength session that is still to be done."""
    if session.status != SessionStatus.PLANNED or not any(each.exercise in EXERCISES for each in workout.exercises):
        return []
    return [[Button("swap_exercise", DoRequest.of(Intent.SWAP, Slots(day=session.day)))]]


def equipment_of(user: User) -> frozenset[Equipment]:
    """Return what the person has to train with."""
    return frozenset(map(Equipment, user.equipment or ()))


def _pages(turn: Turn, stage: int) -> list[Workout]:
    has = equipment_of(turn.user)
    strength = [slug for slug, spec in WORKOUTS.items() if spec.family is Family.STRENGTH]
    return [equipped(turn.language.workouts[slug], has, stage) for slug in strength]


def _stage(turn: Turn) -> int:
    days = [turn.now.date() + timedelta(days=off) for off in range(-AROUND, AROUND + 1)]
    rows = sessions.of_days(turn.session, turn.user, days).values()
    stages = [row.step for row in rows if row.asks is SessionKind.STRENGTH and row.step is not None]
    return max(stages, default=FIRST_STAGE_UNKNOWN)
