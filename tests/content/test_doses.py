"""A workout fitted to a day adds up to its minutes and sets, whatever was planned."""

from itertools import product

import pytest

from coach.planning.rules import JOG_LADDER, MOST_CALF_SETS_A_DAY
from coach.planning.session_volume import SessionVolume, run_volume, strength_volume, walk_jog_volume
from coach.planning.workouts import WORKOUTS, Family
from content.library import Content
from content.rendering.session_details import fitted
from content.schema.training_pages import Workout


@pytest.fixture(scope="module")
def workouts(content: Content) -> dict[str, Workout]:
    return dict(content.language("en").workouts)


@pytest.mark.parametrize("slug", [slug for slug, spec in WORKOUTS.items() if spec.family is Family.STRENGTH])
def test_strength_has_the_planned_sets_calves_first(workouts: dict[str, Workout], slug: str) -> None:
    for calf_sets, minutes in product(range(1, MOST_CALF_SETS_A_DAY + 1), (20, 30, 45)):
        planned = strength_volume(slug, calf_sets, minutes)
        shown = fitted(workouts[slug], planned)
        assert sum(each.sets for each in shown.exercises) == planned.calf_sets + planned.leg_sets
        if planned.calf_sets:
            assert shown.exercises[0].exercise.endswith("calf-raise")
            calves = [each.sets for each in shown.exercises if each.exercise.endswith("calf-raise")]
            assert sum(calves) == planned.calf_sets
            assert max(calves) - min(calves) <= 1
        assert all(each.sets for each in shown.exercises)
        assert sum(phase.seconds for phase in shown.phases) == 60 * planned.minutes


@pytest.mark.parametrize("step", range(len(JOG_LADDER)))
def test_a_walk_jog_has_the_jog_and_the_walk_of_its_step(workouts: dict[str, Workout], step: int) -> None:
    planned = walk_jog_volume(step, 30)
    shown = fitted(workouts["walk-jog-intervals"], planned)
    assert planned.rounds == JOG_LADDER[step][0], "half an hour is enough for each"
    assert [phase.seconds for phase in shown.phases] == [300, *JOG_LADDER[step][1:], 300]
    assert planned.minutes <= 30


@pytest.mark.parametrize("slug", ["easy-run", "long-run", "steady-run"])
def test_a_run_is_as_long_as_planned(workouts: dict[str, Workout], slug: str) -> None:
    shown = fitted(workouts[slug], run_volume(slug, 27))
    assert [phase.seconds // 60 for phase in shown.phases] == [5, 27, 5]
    assert shown.minutes == 37


def test_five_sprints_take_twenty_minutes_with_a_warm_up_of_ten_before_them(workouts: dict[str, Workout]) -> None:
    shown = fitted(workouts["sprint-intervals"], SessionVolume(25, rounds=5, percent=80))
    seconds = [(phase.seconds, phase.each_round) for phase in shown.phases]
    assert seconds == [(600, False), (30, True), (90, True), (300, False)]
    assert sum(length * (5 if each_round else 1) for length, each_round in seconds) == 25 * 60


def test_every_workout_has_its_page_and_every_page_its_record(workouts: dict[str, Workout]) -> None:
    assert workouts.keys() == WORKOUTS.keys()
    for slug, spec in WORKOUTS.items():
        seconds = [
            phase.seconds * (spec.rounds.default if spec.rounds and phase.each_round else 1)
            for phase in workouts[slug].phases
        ]
        assert sum(seconds) == spec.seconds()
        assert 0 <= 60 * workouts[slug].minutes - spec.seconds() < 60


def test_what_nobody_planned_is_as_its_page_says(workouts: dict[str, Workout]) -> None:
    assert all(fitted(workout, None) is workout for workout in workouts.values())
