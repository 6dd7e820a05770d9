"""Progression of the calf work: how many sets a week, and how hard the raises are."""

from coach.planning.inputs import AgeGroup, Experience, PastSession
from coach.planning.rules import (
    CALF_STAGE_WEEKS,
    CALF_STAGE_WEEKS_CAREFUL,
    EASIER_EVERY,
    FIRST_CALF_SETS_A_DAY,
    FIRST_STAGE_UNKNOWN,
    LAST_CALF_STAGE,
    LEAST_CALF_SETS,
    MOST_CALF_SETS,
)
from coach.planning.state.recent_training import RecentTraining, ordinary
from coach.planning.workouts import WORKOUTS, Family


def calf_sets(past: RecentTraining, change: int) -> int:
    """Return the week's sets: the better of the last two weeks, one more where the last was kept."""
    sets: dict[int, int] = {}
    for week, session in ordinary(past.counted if past.returning else past.since):
        if week not in sets and len(sets) == 2:
            break
        sets[week] = sets.get(week, 0) + session.calf_sets
    last_two = [sets[week] for week in sorted(sets)]
    if not last_two:
        return LEAST_CALF_SETS
    best = max(last_two)
    if past.returning or (change > 0 and last_two[-1] < best):
        change = 0
    return min(max(best + change, LEAST_CALF_SETS), MOST_CALF_SETS)


def calf_sets_a_day(past: RecentTraining) -> int:
    """Return the most sets of a week's only calf day: one more than on any day since the last break."""
    most = max((each.calf_sets for _, each in past.since), default=0)
    return max(FIRST_CALF_SETS_A_DAY, most + 1)


def calf_stage(past: RecentTraining, change: int) -> tuple[int, bool]:
    """Return the stage of the raises, and whether it is a new one: after three good weeks at the one before.

    After a break of two weeks it is one lower.
    """
    last = None if past.resumes else _last_strength(past.since)
    if last is None:
        before = _last_strength(past.counted)
        return (max(_stage(before) - 1, 0) if before else _first_stage(past)), False
    stage = _stage(last)
    weeks = {
        week
        for week, each in past.since
        if week % EASIER_EVERY and WORKOUTS[each.workout].family is Family.STRENGTH and _stage(each) == stage
    }
    needed = CALF_STAGE_WEEKS_CAREFUL if past.profile.age is AgeGroup.FIFTY_PLUS else CALF_STAGE_WEEKS
    if change > 0 and not past.returning and stage < LAST_CALF_STAGE and len(weeks) >= needed:
        return stage + 1, True
    return stage, False


def _first_stage(past: RecentTraining) -> int:
    """Return the stage to begin with: the step for who runs; the floor for others, from 50, and after months off."""
    runs = past.profile.experience is not Experience.NEW and not past.returning
    return int(runs and past.profile.age is not AgeGroup.FIFTY_PLUS)


def _last_strength(counted: list[tuple[int, PastSession]]) -> PastSession | None:
    """Return the last strength session; an easier week's raises are no easier, so those count too."""
    strength = (each for _, each in reversed(counted) if WORKOUTS[each.workout].family is Family.STRENGTH)
    return next(strength, None)


def _stage(session: PastSession) -> int:
    return FIRST_STAGE_UNKNOWN if session.step is None else session.step
