"""The reasons for each day, and for each dropped target: keys, whose sentences are in the content."""

from typing import Final

from coach.planning.board import Board, follows_hard
from coach.planning.inputs import Experience
from coach.planning.week import EASED, DropReason, PlannedDay, Target, WeekNote, Why
from coach.planning.workouts import HARD, RECOVERY, WORKOUTS, Family, WorkoutSpec
from coach.profile import Goal

_WHOLE_WEEK: Final = {
    WeekNote.PAIN_STOPPED: Why.PAIN,
    WeekNote.PAIN_REDUCED: Why.PAIN,
    WeekNote.WAY_BACK: Why.WAY_BACK,
    WeekNote.RETURNING: Why.RETURNING,
    WeekNote.REALIGNED: Why.REALIGNED,
}
_EFFORT: Final = {
    WeekNote.EVENT_WEEK: Why.EVENT_WEEK,
    WeekNote.EASIER_WEEK: Why.EASIER_WEEK,
    WeekNote.LOWERED: Why.LOWERED,
    WeekNote.HELD: Why.HELD,
}
_TARGET: Final = {
    WeekNote.PAIN_STOPPED: DropReason.PAIN,
    WeekNote.PAIN_REDUCED: DropReason.PAIN,
    WeekNote.WAY_BACK: DropReason.WAY_BACK,
    WeekNote.RETURNING: DropReason.RETURNING,
    WeekNote.REALIGNED: DropReason.REALIGNED,
}
_CLOSED: Final = {Why.PAUSED: DropReason.PAUSED, Why.NOT_STARTED: DropReason.STARTED_LATE}


def why_session(board: Board, place: int, moved: list[Family]) -> Why:
    """Return why the session of a day is there; takes it off the list of what was missed and is made up for."""
    spec = WORKOUTS[board.slots[place] or RECOVERY]
    notes = board.state.notes
    if place in board.chosen:
        return Why.CHOSEN
    for note, why in _WHOLE_WEEK.items():
        if note in notes:
            return why
    if spec.family in moved:
        moved.remove(spec.family)
        return Why.MOVED
    if spec.family is Family.EASY and (spec.gentle or not notes & EASED):
        return Why.EASY_AFTER_HARD if follows_hard(board, place) else Why.EASY_BASE
    effort = next((why for note, why in _EFFORT.items() if note in notes), None)
    if effort is None or (effort is Why.EASIER_WEEK and _lowest(board, spec)):
        return spec.why
    return effort


def _lowest(board: Board, spec: WorkoutSpec) -> bool:
    """Say whether a workout is at its least anyway, so that an easier week changes nothing about it."""
    if spec.family is Family.WALK_JOG:
        return board.state.jog_step == 0
    return spec.family is Family.QUALITY and board.state.step == 0


def why_rest(board: Board, place: int) -> Why:
    """Return why a day has no session."""
    closed = board.closed.get(place)
    if closed is not None and closed is not Why.REST_NOT_FREE:
        return closed
    if follows_hard(board, place):
        return Why.REST_AFTER_HARD
    if place < 6 and board.slots[place + 1] in HARD:
        return Why.REST_BEFORE_HARD
    return closed or Why.REST


def dropped(board: Board, days: tuple[PlannedDay, ...]) -> dict[Target, DropReason]:
    """Return the targets that the week misses, in the order in which they are dropped, each with why."""
    families = [WORKOUTS[day.workout].family for day in days]
    strength = families.count(Family.STRENGTH)
    held = {
        Target.EASY: Family.EASY in families or families.count(Family.WALK_JOG) >= 2,
        Target.LEGS_TWICE: strength >= 2,
        Target.INTERVALS: Family.QUALITY in families or Family.WALK_JOG in families,
        Target.CALF_SETS: sum(day.calf_sets for day in days)
        >= (min(board.state.calf_sets, board.state.calf_sets_a_day) if strength == 1 else board.state.calf_sets),
    }
    if Goal.DISTANCE in board.profile.goals and board.state.level is not Experience.NEW:
        held[Target.LONG_RUN] = Family.LONG in families
    return {target: _because(board, target, strength) for target in board.order if not held.get(target, True)}


def _because(board: Board, target: Target, strength: int) -> DropReason:
    for note, reason in _TARGET.items():
        if note in board.state.notes:
            return reason
    if target in board.blocked:
        return board.blocked[target]
    if target is Target.CALF_SETS and board.state.notes & EASED:
        return DropReason.EASIER_WEEK
    if board.missed:
        return DropReason.MISSED
    closed = board.closed.values()
    enough_days = DropReason.MINUTES if target is Target.CALF_SETS and strength >= 2 else DropReason.DAYS
    return next((reason for why, reason in _CLOSED.items() if why in closed), enough_days)
