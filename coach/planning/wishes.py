"""The workouts that a week wishes for, the most important first."""

from typing import Final

from coach.planning.board import Board
from coach.planning.equipment import UPHILL
from coach.planning.inputs import Experience
from coach.planning.rules import FLAT_FROM, JOG_LADDER, LONG_FROM, SHORTEST_RUN
from coach.planning.volume import fits, minutes_for_running, run_minutes
from coach.planning.week import (
    DROP_ORDER,
    DROP_ORDER_DISTANCE,
    DROP_ORDER_HEALTHY,
    DROP_ORDER_RUNNING,
    DropReason,
    Target,
    WeekNote,
)
from coach.planning.workouts import (
    CALVES_A,
    CALVES_B,
    EASY_RUN,
    EASY_WALK,
    HALF_HOUR_WALK,
    HILLS,
    LEGS,
    LONG_RUN,
    SPRINTS,
    STEADY_RUN,
    WALK_JOG,
)
from coach.profile import Goal

_IN_TURNS: Final = {CALVES_A: CALVES_B, CALVES_B: CALVES_A}


def wishes_of(board: Board, number: int) -> list[str]:
    """Return the workouts that the week wants, the most important first.

    One for each target comes before the others, which a week can have more of.
    """
    profile, state = board.profile, board.state
    if state.way_back is not None:
        hurts = state.notes & {WeekNote.PAIN_STOPPED, WeekNote.PAIN_REDUCED}
        return [HALF_HOUR_WALK] * 3 if hurts else list(state.way_back.wishes)
    if WeekNote.PAIN_STOPPED in state.notes:
        return [EASY_WALK] * 3
    if WeekNote.PAIN_REDUCED in state.notes:
        return [CALVES_A, EASY_WALK, CALVES_B, EASY_WALK]
    new = state.level is Experience.NEW
    unbroken = state.jog_step == len(JOG_LADDER) and run_minutes(board, STEADY_RUN) >= SHORTEST_RUN
    jog = STEADY_RUN if unbroken else WALK_JOG
    easy = EASY_WALK if new or run_minutes(board, EASY_RUN) < SHORTEST_RUN else EASY_RUN
    light = bool(state.notes & {WeekNote.RETURNING, WeekNote.EVENT_WEEK})
    heavy = Goal.LEGS in profile.goals and not new and not light
    tracks = _tracks(board, number)
    quality = [tracks[place % 2] for place in range(state.sprints_a_week)]
    long = [LONG_RUN] if _wants_long(board) else []
    wanted = {
        Target.CALF_SETS: [CALVES_A],
        Target.INTERVALS: quality[:1] or [jog],
        Target.LEGS_TWICE: [LEGS if heavy else CALVES_B],
        Target.LONG_RUN: long,
        Target.EASY: [jog] if new else [easy],
    }
    board.order = _drop_order(profile.goals, long=bool(long))
    first = [workout for target in reversed(board.order) for workout in wanted[target]]
    if number % 2 == 0 and first.index(wanted[Target.LEGS_TWICE][0]) >= board.free_days:
        # Knees straight and bent in turns, where there is no day for both.
        first = [_IN_TURNS.get(workout, workout) for workout in first]
    # A third sprint session only where no other run or session of the week is hard.
    return [*first, *quality[1:2], *([] if long or heavy else quality[2:]), easy]


def _tracks(board: Board, number: int) -> tuple[str, str]:
    """Return where the first and the second fast session are run: uphill, then on the flat, then in turns."""
    if not (board.profile.equipment & UPHILL and fits(board, HILLS)):
        return SPRINTS, SPRINTS
    if board.state.step < FLAT_FROM:
        return HILLS, HILLS
    return (SPRINTS, HILLS) if board.state.step == FLAT_FROM or number % 2 == 0 else (HILLS, SPRINTS)


def _drop_order(goals: frozenset[Goal], *, long: bool) -> tuple[Target, ...]:
    """Return the order of dropping: a second day of strength comes last for who named neither calves nor legs."""
    if not goals or goals & {Goal.CALVES, Goal.LEGS}:
        return DROP_ORDER
    if Goal.HEALTHY in goals:
        return DROP_ORDER_HEALTHY
    return DROP_ORDER_RUNNING if Goal.SPRINTS in goals or not long else DROP_ORDER_DISTANCE


def _wants_long(board: Board) -> bool:
    if Goal.DISTANCE not in board.profile.goals or board.state.level is Experience.NEW:
        return False
    if WeekNote.RETURNING in board.state.notes:
        return False
    if WeekNote.EVENT_WEEK in board.state.notes:
        board.blocked[Target.LONG_RUN] = DropReason.EVENT
        return False
    if run_minutes(board, LONG_RUN) >= LONG_FROM:
        return True
    if minutes_for_running(board, LONG_RUN) < LONG_FROM:
        board.blocked[Target.LONG_RUN] = DropReason.MINUTES
    else:
        eased = WeekNote.EASIER_WEEK in board.state.notes and board.state.run_minutes >= LONG_FROM
        board.blocked[Target.LONG_RUN] = DropReason.EASIER_WEEK if eased else DropReason.NOT_YET
    return False
