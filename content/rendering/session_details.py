"""A workout fitted to a day: its rounds, effort, sets and minutes as they were planned for one person."""

from dataclasses import dataclass, replace
from typing import Any, Final

from coach.planning.inputs import Equipment
from content.rendering.variants import chosen
from content.schema.pages import Phase, Sets, Workout

AROUND_STRENGTH: Final = 480  # seconds of warm-up and cool-down
AROUND_RUN: Final = 600


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a workout a day asks for; `minutes` is None where nobody planned it, and the page's own stands."""

    rounds: int | None = None
    percent: int | None = None
    calf_sets: int = 0
    leg_sets: int = 0
    run_minutes: int = 0
    minutes: int | None = None


def equipped(workout: Workout, has: frozenset[Equipment]) -> Workout:
    """Return the workout as somebody with this equipment does it."""

    def changed(part: Phase | Sets) -> Any:
        return replace(part, **chosen(part.variants, has))

    if not has:
        return workout
    return replace(
        workout, phases=tuple(map(changed, workout.phases)), exercises=tuple(map(changed, workout.exercises))
    )


def fitted(workout: Workout, dose: Dose) -> Workout:
    """Return the workout with this dose: longer or shorter phases, fewer or more sets."""
    if dose.minutes is None:
        return workout
    sets, phases = workout.exercises, workout.phases
    if sets:
        sets = _fitted_sets(workout, dose)
        phases = _with_middle(workout, dose.minutes * 60 - AROUND_STRENGTH)
    elif workout.rounds is None:
        phases = _with_middle(workout, dose.run_minutes * 60 or dose.minutes * 60 - AROUND_RUN)
    return replace(workout, minutes=dose.minutes, phases=phases, exercises=sets)


def _with_middle(workout: Workout, seconds: int) -> tuple[Phase, ...]:
    """Return the phases, the longest one taking so many seconds."""
    longest = max(workout.phases, key=lambda phase: phase.seconds)
    return tuple(replace(phase, seconds=seconds) if phase is longest else phase for phase in workout.phases)


def _fitted_sets(workout: Workout, dose: Dose) -> tuple[Sets, ...]:
    """Return the exercises with the planned sets: calves first, then the others as evenly as may be."""
    calves = [each for each in workout.exercises if each.exercise.endswith("calf-raise")][:1]
    others = [each for each in workout.exercises if each not in calves]
    counts = [each.sets for each in others]
    while others and (left := dose.leg_sets - sum(counts)):
        if left < 0:
            place = max(place for place, count in enumerate(counts) if count == max(counts))
            counts[place] -= 1
        else:
            place = min(place for place, count in enumerate(counts) if count == min(counts))
            counts[place] += 1
    fitted_ones = [replace(each, sets=dose.calf_sets) for each in calves]
    fitted_ones += [replace(each, sets=count) for each, count in zip(others, counts, strict=True)]
    return tuple(each for each in fitted_ones if each.sets)
