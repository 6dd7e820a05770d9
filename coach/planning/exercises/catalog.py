"""The exercises of strength sessions: the muscles and the kind of each, what it needs, and what may stand in for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coach.planning.inputs import Equipment

NOTHING: Final[frozenset[Equipment]] = frozenset()
WEIGHTS: Final = frozenset({Equipment.DUMBBELLS, Equipment.BARBELL})
"""Either is enough to load an exercise."""


class Job(StrEnum):
    """The muscles that an exercise is for, and how it trains them; exercises of one job stand in for each other."""

    CALF = "calf"  # raises with a straight knee
    DEEP_CALF = "deep-calf"  # raises with a bent knee
    THIGH = "thigh"
    HIP = "hip"  # buttocks and the back of the thigh
    HOP = "hop"  # small jumps, which have no stand-in


@dataclass(frozen=True, slots=True)
class ExerciseSpec:
    """An exercise; `hardness` orders those of one job, `takes_load` where a weight in the hands makes it harder."""

    slug: str
    job: Job
    needs: frozenset[Equipment] = NOTHING
    hardness: int = 0
    takes_load: bool = False
    one_sided: bool = False  # its repetitions are those of each side


_SPECS: Final = (
    ExerciseSpec("standing-calf-raise", Job.CALF),
    ExerciseSpec("step-calf-raise", Job.CALF, frozenset({Equipment.STEP}), 1),
    ExerciseSpec("single-leg-calf-raise", Job.CALF, hardness=2, takes_load=True, one_sided=True),
    ExerciseSpec("bent-knee-calf-raise", Job.DEEP_CALF),
    ExerciseSpec("seated-calf-raise", Job.DEEP_CALF, frozenset({Equipment.DUMBBELLS}), takes_load=True),
    ExerciseSpec("bodyweight-squat", Job.THIGH, takes_load=True),
    ExerciseSpec("forward-lunge", Job.THIGH, takes_load=True, one_sided=True),
    ExerciseSpec("romanian-deadlift", Job.HIP, takes_load=True),
    ExerciseSpec("glute-bridge", Job.HIP),
    ExerciseSpec("pogo-hops", Job.HOP),
)
EXERCISES: Final[Mapping[str, ExerciseSpec]] = {spec.slug: spec for spec in _SPECS}
MUCH_HARDER: Final = 2


def is_loadable(exercise: str, has: frozenset[Equipment]) -> bool:
    """Say whether somebody with this equipment can make an exercise harder by weight."""
    spec = EXERCISES.get(exercise)
    return spec is not None and spec.takes_load and bool(WEIGHTS & has)


def is_one_sided(exercise: str) -> bool:
    """Say whether an exercise is done on one side after the other."""
    return exercise in EXERCISES and EXERCISES[exercise].one_sided


def alternatives(exercise: str, has: frozenset[Equipment], beside: Collection[str] = ()) -> tuple[str, ...]:
    """Return what may stand in for an exercise: the same job, possible with `has`, not much harder.

    Those that are in the session already, `beside` it, come last.
    """
    spec = EXERCISES.get(exercise)
    if spec is None:
        return ()
    found = [
        each
        for each in EXERCISES.values()
        if each.job is spec.job
        and each.slug != exercise
        and each.needs <= has
        and each.hardness - spec.hardness < MUCH_HARDER
    ]
    return tuple(
        each.slug
        for each in sorted(
            found, key=lambda each: (each.slug in beside, abs(each.hardness - spec.hardness), each.hardness)
        )
    )


def same_job(exercise: str, among: Collection[str]) -> tuple[str, ...]:
    """Return the exercises among these that do the same job; the exercise itself alone where it is one of them."""
    if exercise in among:
        return (exercise,)
    spec = EXERCISES.get(exercise)
    return tuple(each for each in among if spec is not None and each in EXERCISES and EXERCISES[each].job is spec.job)
