"""A workout fitted to a day: its rounds, effort, sets and minutes as they were planned for one person."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coach.planning.inputs import Equipment
from coach.planning.rules import JOG_LADDER
from coach.planning.session_volume import SessionVolume
from coach.planning.workouts import WALK_JOG
from content.rendering.variants import chosen, used
from content.schema.training_pages import Phase, Sets, Workout


def equipped(workout: Workout, has: frozenset[Equipment], stage: int = 0) -> Workout:
    """Return the workout as somebody with this equipment does it at a stage of the calf work."""

    def changed(part: Phase | Sets) -> Any:
        return replace(part, **chosen(part.variants, has, stage))

    return replace(
        workout, phases=tuple(map(changed, workout.phases)), exercises=tuple(map(changed, workout.exercises))
    )


def equipment_used(workout: Workout, has: frozenset[Equipment], stage: int = 0) -> frozenset[Equipment]:
    """Return what of this equipment the page of a workout speaks of, at a stage of the calf work."""
    variants = [part.variants for part in workout.phases] + [part.variants for part in workout.exercises]
    return frozenset().union(*(used(each, has, stage) for each in variants))


def with_stand_ins(workout: Workout, instead: Mapping[str, str], pages: Sequence[Workout]) -> Workout:
    """Return the workout with other exercises in the places of some: `instead` by the slug of the one that goes.

    An exercise brings repetitions and words from the first of `pages` that has it. Where it is in the workout already,
    it is done once, with the sets of both.
    """
    described = {each.exercise: each for page in reversed(pages) for each in page.exercises}
    found: dict[str, Sets] = {}
    for each in workout.exercises:
        other = instead.get(each.exercise)
        own = described.get(other) if other is not None else None
        shown = (
            each if other is None else replace(own, sets=each.sets) if own else replace(each, exercise=other, note=None)
        )
        before = found.get(shown.exercise)
        found[shown.exercise] = replace(shown, sets=before.sets + shown.sets) if before else shown
    return replace(workout, exercises=tuple(found.values()))


def fitted(workout: Workout, volume: SessionVolume | None) -> Workout:
    """Return the workout with this volume: longer or shorter phases, fewer or more sets.

    It stays as its page says where nobody planned a volume.
    """
    if volume is None:
        return workout
    sets = _fitted_sets(workout, volume) if workout.exercises else ()
    phases = _filling(workout, volume) if workout.rounds is None else stepped(workout, volume.step).phases
    return replace(workout, minutes=volume.minutes, phases=phases, exercises=sets)


def stepped(workout: Workout, step: int | None) -> Workout:
    """Return a walk–jog with the jog and walk of a step of its ladder; any other workout as it is."""
    if step is None or workout.slug != WALK_JOG:
        return workout
    _, *lengths = JOG_LADDER[step]
    warm_up, *middle, cool_down = workout.phases
    rounds = (replace(phase, seconds=length) for phase, length in zip(middle, lengths, strict=True))
    return replace(workout, phases=(warm_up, *rounds, cool_down))


def _filling(workout: Workout, volume: SessionVolume) -> tuple[Phase, ...]:
    """Return the phases, the longest one taking what the others leave of the minutes, or the minutes run."""
    longest = max(workout.phases, key=lambda phase: phase.seconds)
    others = sum(phase.seconds for phase in workout.phases if phase is not longest)
    seconds = volume.run_minutes * 60 or volume.minutes * 60 - others
    return tuple(replace(phase, seconds=seconds) if phase is longest else phase for phase in workout.phases)


def _fitted_sets(workout: Workout, volume: SessionVolume) -> tuple[Sets, ...]:
    """Return the exercises with the planned sets: calves first, then the others, each as evenly as may be."""
    calves = [each for each in workout.exercises if each.exercise.endswith("calf-raise")]
    others = [each for each in workout.exercises if each not in calves]
    counts = [each.sets for each in others]
    while others and (left := volume.leg_sets - sum(counts)):
        if left < 0:
            place = max(place for place, count in enumerate(counts) if count == max(counts))
            counts[place] -= 1
        else:
            place = min(place for place, count in enumerate(counts) if count == min(counts))
            counts[place] += 1
    shared = enumerate(calves)
    fitted_ones = [replace(each, sets=-(-(volume.calf_sets - place) // len(calves))) for place, each in shared]
    fitted_ones += [replace(each, sets=count) for each, count in zip(others, counts, strict=True)]
    return tuple(each for each in fitted_ones if each.sets)
