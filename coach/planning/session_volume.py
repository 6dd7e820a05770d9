"""The volume of one session: rounds, sets and minutes that fit together and into a person's minutes."""

from dataclasses import dataclass
from typing import Final

from coach.planning.rules import JOG_LADDER, MOST_CALF_SETS_A_DAY, SHORTEST_RUN
from coach.planning.workouts import WALK_JOG, WORKOUTS, Family

_MINUTE: Final = 60
LEAST_LEG_SETS: Final = 2
SECONDS_A_SET: Final = 129  # the rest after it included


@dataclass(frozen=True, slots=True)
class SessionVolume:
    """The volume of a session; `minutes` are the whole of it, `run_minutes` those run without a break."""

    minutes: int
    rounds: int | None = None
    percent: int | None = None
    calf_sets: int = 0
    leg_sets: int = 0
    run_minutes: int = 0
    step: int | None = None  # of the ladder of the workout


def rounds_that_fit(workout: str, rounds: int, minutes: int) -> int:
    """Return as many of the rounds as fit into `minutes`; 0 where not one does."""
    spec = WORKOUTS[workout]
    return max(0, min(rounds, (minutes * _MINUTE - spec.around) // sum(spec.middle)))


def strength_volume(workout: str, calf_sets: int, minutes: int, stage: int = 0, share: float = 1) -> SessionVolume:
    """Return the sets that fit into `minutes`: calves first, but two sets for the rest of the leg always.

    `share` is what a week leaves of the sets for the rest of the leg; that of the calves is cut already.
    """
    fit = (minutes * _MINUTE - WORKOUTS[workout].around) // SECONDS_A_SET
    calves = max(0, min(calf_sets, MOST_CALF_SETS_A_DAY, fit - LEAST_LEG_SETS))
    legs = min(max(round(WORKOUTS[workout].leg_sets * share), LEAST_LEG_SETS), fit - calves)
    return SessionVolume(strength_minutes(workout, calves + legs), calf_sets=calves, leg_sets=legs, step=stage)


def least_minutes(workout: str) -> int:
    """Return the fewest minutes in which a workout is still itself; a walk–jog takes what one round of its step takes.

    A set for the calves and those for the rest of the leg, the fewest rounds, the shortest run.
    """
    spec = WORKOUTS[workout]
    match spec.family:
        case Family.STRENGTH:
            return strength_minutes(workout, 1 + LEAST_LEG_SETS)
        case Family.QUALITY if spec.rounds is not None:
            return spec.minutes(spec.rounds.least)
    around = spec.around // _MINUTE
    return around + SHORTEST_RUN if spec.longest_run is not None else around


def strength_minutes(workout: str, sets: int) -> int:
    """Return how long a strength session of so many sets takes, warm-up and cool-down included."""
    return -(-(WORKOUTS[workout].around + sets * SECONDS_A_SET) // _MINUTE)


def walk_jog_volume(step: int, minutes: int, share: float = 1, jogging: int | None = None) -> SessionVolume:
    """Return the walk–jog of a step, or a share of its rounds, one at least.

    `minutes` is the most it may take in all, `jogging` the most that is jogged: a lower step where one jog is more.
    """
    if jogging is not None:
        step = max(each for each in range(step + 1) if each == 0 or JOG_LADDER[each][1] <= jogging * _MINUTE)
    rounds, jog, walk = JOG_LADDER[step]
    around = WORKOUTS[WALK_JOG].around
    fit = (minutes * _MINUTE - around) // (jog + walk)
    most = rounds if jogging is None else jogging * _MINUTE // jog
    rounds = max(1, min(round(rounds * share), fit, most))
    return SessionVolume(-(-(around + rounds * (jog + walk)) // _MINUTE), rounds=rounds, step=step)


def jogged_minutes(step: int | None, rounds: int | None) -> int:
    """Return the minutes of jogging in a walk–jog, the walks left out; the first step where none was stored."""
    most, jog, _ = JOG_LADDER[step or 0]
    return (rounds or most) * jog // _MINUTE


def run_volume(workout: str, run_minutes: int) -> SessionVolume:
    """Return a run of so many minutes without a break, with the walking before and after it."""
    return SessionVolume(run_minutes + WORKOUTS[workout].around // _MINUTE, run_minutes=run_minutes)
