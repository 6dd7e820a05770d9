"""The volume of each session of a week: rounds, sets and minutes, cut where the week is an easier one."""

from coach.planning.board import Board, days_of
from coach.planning.inputs import AgeGroup
from coach.planning.rules import (
    EASIER_SHARE,
    JOG_LADDER,
    LADDER,
    LAST_CALF_STAGE,
    LEAST_CALF_SETS,
    RETURN_SHARE,
    SHORTEST_RUN,
)
from coach.planning.session_volume import SessionVolume, rounds_that_fit, run_volume, strength_volume, walk_jog_volume
from coach.planning.spread import beside
from coach.planning.state.progression import jog_step_of
from coach.planning.state.training_state import TrainingState
from coach.planning.way_back.ladder import STEPS
from coach.planning.week import EASED, WeekNote
from coach.planning.workouts import HALF_HOUR_WALK, STEADY_RUN, WORKOUTS, Family

_MINUTE = 60


def session_volume(board: Board, place: int, workout: str, calf_sets: int) -> SessionVolume:
    """Return the volume of `workout`, within the person's minutes; `calf_sets` is a strength day's share.

    The walk of the way back alone is longer where those are few.
    """
    spec, minutes, way_back = WORKOUTS[workout], board.minutes(), board.state.way_back
    match spec.family:
        case Family.QUALITY:
            lowest = bool(board.state.notes & {WeekNote.EASIER_WEEK, WeekNote.REALIGNED, WeekNote.WAY_BACK})
            step = 0 if lowest else board.state.step
            rounds, percent = LADDER[step]
            if WeekNote.EVENT_WEEK in board.state.notes and spec.rounds is not None:
                rounds = max(spec.rounds.least, round(rounds * EASIER_SHARE))
            rounds = rounds_that_fit(workout, rounds, minutes)
            return SessionVolume(spec.minutes(rounds), rounds=rounds, percent=percent, step=step)
        case Family.WALK_JOG if spec.rounds is not None and way_back is not None:
            return walk_jog_volume(way_back.jog_step, minutes, jogging=board.state.jog_limit)
        case Family.WALK_JOG if spec.rounds is not None:
            return _walk_jog(board)
        case Family.STRENGTH:
            return strength_volume(workout, calf_sets, minutes, _calf_stage(board, place))
    if spec.longest_run is not None:
        return run_volume(workout, run_minutes(board, workout))
    whole = workout == HALF_HOUR_WALK  # half an hour in one go is what its step asks for
    return SessionVolume(spec.minutes() if whole else min(spec.minutes(), minutes))


def _calf_stage(board: Board, place: int) -> int:
    """Return the stage of a day's raises: no hops next to sprints or hills, nor before those, nor from 50 on."""
    stage = board.state.calf_stage
    if board.state.way_back is not None:
        return min(stage, STEPS[board.state.way_back.step].calf_stage)
    if stage < LAST_CALF_STAGE:
        return stage
    fast = days_of(board, Family.QUALITY) | board.fast_before << 7
    hops = board.state.sprints_a_week and board.profile.age is not AgeGroup.FIFTY_PLUS
    return stage if hops and not beside(fast) & 1 << place else stage - 1


def _walk_jog(board: Board) -> SessionVolume:
    """Return the walk–jog of the week: fewer rounds where it is an easier one or begins again."""
    step, notes = board.state.jog_step, board.state.notes
    if step == len(JOG_LADDER):  # instead of a run without a walk, which would be too short
        step = min(jog_step_of(run_minutes(board, STEADY_RUN)), step - 1)
        return walk_jog_volume(step, board.minutes())
    cut = notes & (EASED | {WeekNote.RETURNING}) or (WeekNote.REALIGNED in notes and step)
    return walk_jog_volume(step, board.minutes(), EASIER_SHARE if cut else 1, board.state.jog_limit)


def run_minutes(board: Board, workout: str) -> int:
    """Return the minutes that a run may take; the cut of a return is in the training state already."""
    longest = WORKOUTS[workout].longest_run or 0
    if board.state.way_back is not None:
        most = min(board.state.way_back.run_minutes, board.state.run_limit)
        return min(max(most, SHORTEST_RUN), minutes_for_running(board, workout))
    easier = board.state.notes & EASED and WeekNote.RETURNING not in board.state.notes
    minutes = int(board.state.run_minutes * EASIER_SHARE) if easier else board.state.run_minutes
    return min(longest // _MINUTE, minutes_for_running(board, workout), minutes, board.state.run_limit)


def minutes_for_running(board: Board, workout: str) -> int:
    """Return what the person's minutes leave for the run itself, beside the walking before and after it."""
    return board.minutes() - WORKOUTS[workout].around // _MINUTE


def calf_sets_aim(state: TrainingState) -> int:
    """Return the week's calf sets."""
    if state.way_back is not None:
        return LEAST_CALF_SETS
    if state.notes & {WeekNote.RETURNING, WeekNote.PAIN_REDUCED}:
        return round(state.calf_sets * RETURN_SHARE)
    return round(state.calf_sets * (EASIER_SHARE if state.notes & EASED else 1))


def calf_shares(board: Board) -> dict[int, int]:
    """Return the calf sets of each strength day to come: what is left of the aim, evenly, one at least."""
    counted = [*board.done.values(), *board.given_up.values()]  # nothing is made up for
    left = max(calf_sets_aim(board.state) - sum(row.calf_sets for row in counted), 0)
    days = [
        place
        for place, slot in enumerate(board.slots)
        if slot is not None and place not in board.done and WORKOUTS[slot].family is Family.STRENGTH
    ]
    return {place: max(1, left // len(days) + (order < left % len(days))) for order, place in enumerate(days)}


def fits(board: Board, workout: str) -> bool:
    """Say whether the least rounds of a workout, where it has any, fit into the person's minutes."""
    spec = WORKOUTS[workout]
    return spec.rounds is None or spec.minutes(spec.rounds.least) <= board.minutes()
