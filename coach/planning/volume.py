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
from coach.planning.session_volume import (
    SessionVolume,
    least_minutes,
    rounds_that_fit,
    run_volume,
    strength_volume,
    walk_jog_volume,
)
from coach.planning.spread import beside
from coach.planning.state.progression import jog_step_of
from coach.planning.state.training_state import TrainingState
from coach.planning.way_back.ladder import STEPS
from coach.planning.week import EASED, WeekNote
from coach.planning.workouts import HALF_HOUR_WALK, SPRINTS, STEADY_RUN, WORKOUTS, Family

_MINUTE = 60
_SHORTEST_JOG = 180  # seconds
_ABOUT_HALF = 0.6


def session_volume(board: Board, place: int, workout: str, calf_sets: int) -> SessionVolume:
    """Return the volume of `workout`, within the minutes of that day; `calf_sets` is a strength day's share.

    The walk of the way back alone is longer where those are few; nothing is shorter than its least.
    """
    spec, minutes, way_back = WORKOUTS[workout], minutes_on(board, place, workout), board.state.way_back
    match spec.family:
        case Family.QUALITY:
            lowest = bool(board.state.notes & {WeekNote.EASIER_WEEK, WeekNote.REALIGNED, WeekNote.WAY_BACK})
            step = 0 if lowest else board.state.step
            rounds, percent = LADDER[step]
            if WeekNote.EVENT_WEEK in board.state.notes and spec.rounds is not None:
                rounds = max(spec.rounds.least, round(rounds * EASIER_SHARE))
            rounds = rounds_that_fit(workout, min(rounds, _most_rounds(board)), minutes)
            return SessionVolume(spec.minutes(rounds), rounds=rounds, percent=percent, step=step)
        case Family.WALK_JOG if spec.rounds is not None and way_back is not None:
            return walk_jog_volume(way_back.jog_step, minutes, jogging=board.state.jog_limit)
        case Family.WALK_JOG if spec.rounds is not None:
            return _walk_jog(board, minutes)
        case Family.STRENGTH:
            return strength_volume(workout, calf_sets, minutes, _calf_stage(board, place), _leg_share(board))
    if spec.longest_run is not None:
        return run_volume(workout, run_minutes(board, workout, minutes))
    whole = workout == HALF_HOUR_WALK  # half an hour in one go is what its step asks for
    return SessionVolume(spec.minutes() if whole else min(spec.minutes(), minutes))


def _most_rounds(board: Board) -> int:
    """Return the most rounds of one fast session: where the week has several, one more each than in a week before."""
    sessions = days_of(board, Family.QUALITY).bit_count() + board.missed.count(Family.QUALITY)
    sessions = min(sessions, board.state.sprints_a_week)
    least, most = LADDER[0][0], LADDER[-1][0]
    return max(board.state.fast_rounds // sessions + 1, least) if sessions > 1 else most


def _leg_share(board: Board) -> float:
    """Return what the week leaves of the sets for the rest of the leg, as of those for the calves."""
    if board.state.way_back is not None:
        return 1
    if WeekNote.RETURNING in board.state.notes:
        return RETURN_SHARE
    return EASIER_SHARE if board.state.notes & EASED else 1


def _calf_stage(board: Board, place: int) -> int:
    """Return the stage of a day's raises: no hops next to sprints or hills, nor while those grow, nor from 50 on."""
    stage = board.state.calf_stage
    if board.state.way_back is not None:
        return min(stage, STEPS[board.state.way_back.step].calf_stage)
    if stage < LAST_CALF_STAGE:
        return stage
    fast = days_of(board, Family.QUALITY) | board.fast_before << 7
    growing = _most_rounds(board) < rounds_that_fit(SPRINTS, LADDER[-1][0], board.minutes())
    hops = board.state.sprints_a_week and board.profile.age is not AgeGroup.FIFTY_PLUS and not growing
    return stage if hops and not beside(fast) & 1 << place else stage - 1


def minutes_on(board: Board, place: int, workout: str) -> int:
    """Return the minutes that `workout` may take on a day: those that there are, or its least where they are fewer."""
    return board.minutes(place) if place not in board.minutes_of else max(board.minutes(place), least_minutes(workout))


def _walk_jog(board: Board, minutes: int) -> SessionVolume:
    """Return the walk–jog of the week: fewer rounds where it is an easier one or begins again."""
    step, notes = board.state.jog_step, board.state.notes
    if step == len(JOG_LADDER):  # instead of a run without a walk, which would be too short
        step = min(jog_step_of(run_minutes(board, STEADY_RUN)), step - 1)
        return walk_jog_volume(step, minutes)
    cut = notes & (EASED | {WeekNote.RETURNING}) or (WeekNote.REALIGNED in notes and step)
    whole = walk_jog_volume(step, minutes, jogging=board.state.jog_limit)
    if WeekNote.EASIER_WEEK in notes and whole.rounds == 1:  # that cannot be halved: a shorter jog instead
        return walk_jog_volume(_shorter_jog(step), minutes, 0)
    return walk_jog_volume(step, minutes, EASIER_SHARE if cut else 1, board.state.jog_limit)


def _shorter_jog(step: int) -> int:
    """Return the highest step with jogs about half as long as those of `step`; itself where they would be too short."""
    lengths = [jog for _, jog, _ in JOG_LADDER[:step]]
    half = JOG_LADDER[step][1] * _ABOUT_HALF
    return max((each for each, jog in enumerate(lengths) if _SHORTEST_JOG <= jog <= half), default=step)


def run_minutes(board: Board, workout: str, minutes: int | None = None) -> int:
    """Return the minutes that a run may take within `minutes` in all, by default the person's usual ones.

    The cut of a return is in the training state already.
    """
    within = minutes_for_running(board, workout, minutes)
    longest = WORKOUTS[workout].longest_run or 0
    if board.state.way_back is not None:
        most = min(board.state.way_back.run_minutes, board.state.run_limit, board.state.jog_limit)
        return min(max(most, SHORTEST_RUN), within)
    easier = board.state.notes & EASED and WeekNote.RETURNING not in board.state.notes
    usual = min(longest // _MINUTE, within, board.state.run_minutes)
    return min(int(usual * EASIER_SHARE) if easier else usual, board.state.run_limit)


def minutes_for_running(board: Board, workout: str, minutes: int | None = None) -> int:
    """Return what the minutes leave for the run itself, beside the walking before and after it."""
    return (board.minutes() if minutes is None else minutes) - WORKOUTS[workout].around // _MINUTE


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
    if len(days) == 1 and not any(WORKOUTS[row.workout].family is Family.STRENGTH for row in counted):
        left = min(left, board.state.calf_sets_a_day)
    return {place: max(1, left // len(days) + (order < left % len(days))) for order, place in enumerate(days)}


def fits(board: Board, workout: str) -> bool:
    """Say whether the least rounds of a workout, where it has any, fit into the person's minutes."""
    spec = WORKOUTS[workout]
    return spec.rounds is None or spec.minutes(spec.rounds.least) <= board.minutes()
