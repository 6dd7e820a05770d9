"""Rules that a good coach would sign, each held against weeks of made-up people as they live them."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, product
from random import Random
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.planning.inputs import Equipment, Experience, Pause
from coach.planning.planner import plan_week
from coach.planning.rules import JOG_LADDER, longest_allowed
from coach.planning.session_volume import jogged_minutes as jogged_at
from coach.planning.session_volume import rounds_that_fit
from coach.planning.week import PlannedDay, PlannedWeek, WeekNote
from coach.planning.workouts import WORKOUTS
from coach.profile import Goal
from tests.coach.test_plan import MONDAY, live, person
from tests.support.plan_checks import DAY, SPRINTS, STRENGTH, WALK_JOG, check_week, jogged_minutes
from tests.support.simulated_athletes import Life, some_profile

WEEKS: Final = 14


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9), experience=st.sampled_from(Experience))
@example(seed=138, experience=None)  # back after months, with an easier week's session alone: raises began on the step
@example(seed=2094, experience=None)  # a long break on the way back: a jog of eight minutes after one of five
def test_every_rule_of_the_plan_holds(seed: int, experience: Experience | None) -> None:
    """All of `plan_checks`, for people who keep at it, so that every ladder is climbed."""
    random = Random(seed)
    profile = some_profile(random, experience)
    if experience is None:
        Life(profile, random, random.choice([0.3, 0.7, 0.9, 1.0])).live(52)
    else:
        Life(profile, random, random.choice([0.8, 0.95, 1.0])).live(WEEKS)


# The checks themselves

Change = Callable[[PlannedDay], PlannedDay]


def changed(change: Change, workouts: set[str]) -> Callable[[PlannedWeek], PlannedWeek]:
    """Return what changes the first day of a week with one of these workouts."""

    def to(week: PlannedWeek) -> PlannedWeek:
        place = next(place for place, day in enumerate(week.days) if day.workout in workouts)
        return replace(week, days=(*week.days[:place], change(week.days[place]), *week.days[place + 1 :]))

    return to


def with_workout(days: dict[int, str], **more: object) -> Callable[[PlannedWeek], PlannedWeek]:
    """Return what puts other workouts on days of a week, as those stand elsewhere in it."""

    def to(week: PlannedWeek) -> PlannedWeek:
        like = {day.workout: day for day in week.days}
        laid = {place: replace(like[workout], day=week.days[place].day, **more) for place, workout in days.items()}  # type: ignore[arg-type]
        return replace(week, days=tuple(laid.get(place, day) for place, day in enumerate(week.days)))

    return to


FAULTS: Final = {
    "a short warm-up": changed(lambda day: replace(day, minutes=day.minutes - 5), SPRINTS),
    "a step too far": changed(lambda day: replace(day, step=4, percent=80), SPRINTS),
    "a round too few": changed(lambda day: replace(day, rounds=2, minutes=19), SPRINTS),
    "on the flat before the hill": changed(lambda day: replace(day, workout="sprint-intervals"), SPRINTS),
    "calves after sprints": with_workout({1: "calf-strength-a", 2: "recovery"}),
    "sprints on Tuesday too": with_workout({1: "hill-sprints"}),
    "a session on every day": with_workout({3: "easy-run", 6: "easy-run"}),
    "a long run": changed(lambda day: replace(day, run_minutes=40, minutes=50), {"easy-run"}),
    "seven sets on a day": changed(lambda day: replace(day, calf_sets=7), STRENGTH),
    "no set for the thighs": changed(lambda day: replace(day, leg_sets=0), STRENGTH),
    "hops in week 2": changed(lambda day: replace(day, step=4), STRENGTH),
    "too many minutes": changed(lambda day: replace(day, minutes=61), {"easy-run"}),
    "the small session planned": changed(lambda day: replace(day, workout="small-calves"), {"easy-run"}),
    "nothing dropped": with_workout({2: "recovery"}),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_week_that_breaks_a_rule_does_not_pass(fault: str) -> None:
    profile = replace(person(Experience.REGULAR, Goal.CALVES), equipment=frozenset({Equipment.HILL}))
    _, history = live(profile, 1)
    week = plan_week(profile, 2, history, MONDAY + 7 * DAY)
    assert isinstance(week, PlannedWeek)
    check_week(profile, history, week, MONDAY + 7 * DAY)
    with pytest.raises(AssertionError):
        check_week(profile, history, FAULTS[fault](week), MONDAY + 7 * DAY)


# Jogs that grow


def test_no_step_of_the_ladder_has_over_a_third_more_jogging_than_the_one_before() -> None:
    totals = [jogged_at(step, None) for step in range(len(JOG_LADDER))]
    assert totals == sorted(totals)
    assert all(after * 3 <= before * 4 for before, after in pairwise(totals))
    assert longest_allowed(totals[-1]) >= 19, "and the first run without a walk follows from the last step"


EVERY_DAY: Final = {1, 2, 3, 4, 5, 6, 7}


@pytest.mark.parametrize(
    ("days", "minutes", "reached"),
    [
        *product([EVERY_DAY], [20], [10]), *product([EVERY_DAY, {2, 4, 5, 7}], [30], [20]),
        *product([EVERY_DAY, {2, 4, 5, 7}], [45, 60], [30]), ({3}, 60, 30),
    ],
)  # fmt: skip
def test_who_keeps_at_it_runs_twenty_to_thirty_minutes_or_as_long_as_there_is_time(
    days: set[int], minutes: int, reached: int
) -> None:
    weeks, _ = live(replace(person(Experience.NEW, Goal.SPRINTS, minutes=minutes), days=frozenset(days)), 26)
    assert max(day.run_minutes for week in weeks for day in week.days) == reached


def test_more_minutes_make_no_leap_of_a_walk_jog() -> None:
    short = person(Experience.NEW, minutes=20)
    weeks, history = live(short, 8)
    assert max(map(jogged_minutes, weeks[-1].days)) == 8
    after, _ = live(replace(short, minutes=60), 4, history=history, first=9)
    jogs = [max(max(jogged_minutes(day), day.run_minutes) for day in week.days) for week in after]
    assert jogs == [9, 5, 10, 11], "the second one is an easier week"


# The warm-up before anything fast


@given(minutes=st.integers(20, 120), rounds=st.integers(2, 5), workout=st.sampled_from(sorted(SPRINTS)))
def test_the_warm_up_before_anything_fast_is_whole_and_rounds_give_way(minutes: int, rounds: int, workout: str) -> None:
    spec = WORKOUTS[workout]
    assert 8 * 60 <= spec.warm_up <= 12 * 60
    fitting = rounds_that_fit(workout, rounds, minutes)
    assert fitting >= 2
    assert spec.minutes(fitting) * 60 >= spec.warm_up + fitting * sum(spec.middle) + spec.cool_down
    assert spec.minutes(fitting) <= minutes
    assert fitting == rounds or spec.seconds(fitting + 1) > minutes * 60


# One thing for everybody


def test_the_seed_session_is_the_main_set_at_the_top() -> None:
    weeks, _ = live(person(Experience.REGULAR, minutes=30), 9)
    top = [day for day in weeks[8].days if day.workout == "sprint-intervals"]
    assert [(day.rounds, day.percent, day.minutes) for day in top] == [(5, 80, 25)]
    assert WORKOUTS["sprint-intervals"].middle == (30, 90)
    assert WeekNote.EASIER_WEEK not in weeks[8].notes


# Calf work


def test_after_a_month_and_a_half_calves_have_nine_to_twelve_sets_on_two_days() -> None:
    for experience in Experience:
        weeks, _ = live(person(experience), 14)
        assert [min(max(day.step or 0 for day in week.days if day.workout in STRENGTH), 3) for week in weeks] == [
            min(stage + (experience is not Experience.NEW), 3) for stage in (0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3)
        ]
        for week in (week for week in weeks[5:] if WeekNote.EASIER_WEEK not in week.notes):
            days = [day.calf_sets for day in week.days if day.calf_sets]
            assert len(days) in {2, 3}
            assert 9 <= sum(days) <= 12


def test_after_a_break_jogs_and_raises_begin_lower_and_nothing_grows_in_the_first_days() -> None:
    profile = person(Experience.NEW, minutes=60)
    before, history = live(profile, 8)
    pause = Pause(MONDAY + 56 * DAY, MONDAY + 76 * DAY)
    after, _ = live(profile, 2, history=replace(history, pauses=(pause,)), first=12)

    def steps(week: PlannedWeek, workouts: set[str]) -> set[int | None]:
        return {day.step for day in week.days if day.workout in workouts}

    assert (steps(before[-1], {WALK_JOG}), steps(after[0], {WALK_JOG}), steps(after[1], {WALK_JOG})) == ({6}, {3}, {4})
    assert (steps(before[-1], STRENGTH), steps(after[0], STRENGTH), steps(after[1], STRENGTH)) == ({2}, {1}, {1})
