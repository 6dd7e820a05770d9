"""Rules that a good coach would sign, each held against weeks of made-up people as they live them."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from random import Random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.planning.inputs import AgeGroup, Experience, History, Pause, Profile
from coach.planning.rules import JOG_LADDER, longest_allowed
from coach.planning.session_volume import jogged_minutes as jogged_at
from coach.planning.session_volume import rounds_that_fit
from coach.planning.week import PlannedWeek, WeekNote
from coach.planning.workouts import WORKOUTS, Family
from coach.profile import Goal
from tests.coach.test_plan import MONDAY, live, person
from tests.support.simulated_athletes import (
    DAY,
    HARD,
    SPRINTS,
    STRENGTH,
    WALK_JOG,
    Life,
    check_earned,
    done_between,
    jogged_minutes,
    some_profile,
)

SEEDS: Final = st.integers(0, 10**9)
LIVES: Final = settings(max_examples=40, deadline=None)
WEEKS: Final = 14


def lived(seed: int, rule: object, experience: Experience | None = None) -> None:
    """Live some weeks of a made-up person, a rule held against each plan of them."""
    random = Random(seed)
    profile = some_profile(random, experience)
    Life(profile, random, random.choice([0.8, 0.95, 1.0]), rule=rule).live(WEEKS)  # type: ignore[arg-type]


# Jogs that grow


@LIVES
@given(seed=SEEDS)
def test_a_walk_jog_has_a_third_more_jogging_at_most_than_the_month_before(seed: int) -> None:
    def rule(profile: Profile, history: History, week: PlannedWeek, _today: date) -> None:
        for planned in (day for day in week.days if day.open and day.workout == WALK_JOG):
            rows = done_between(history, planned.day - 63 * DAY, planned.day)
            most = max((max(jogged_minutes(row), row.run_minutes) for row in rows), default=0)
            assert jogged_minutes(planned) <= max(5, most * 4 / 3, most + 2, profile.longest_run)

    lived(seed, rule, Experience.NEW)


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
    assert jogs[0] == 9
    assert all(later <= earlier * 4 / 3 for earlier, later in pairwise(jogs))


# Sprints for who runs regularly now


@LIVES
@given(seed=SEEDS)
def test_sprints_are_for_who_runs_regularly_now(seed: int) -> None:
    def rule(profile: Profile, history: History, week: PlannedWeek, today: date) -> None:
        if any(day.open and day.workout in SPRINTS for day in week.days):
            check_earned(profile, history, week.days[0].day, today)

    lived(seed, rule)


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


@LIVES
@given(seed=SEEDS)
def test_the_minutes_of_a_fast_session_count_its_warm_up(seed: int) -> None:
    def rule(profile: Profile, _history: History, week: PlannedWeek, _today: date) -> None:
        for day in (day for day in week.days if day.open and day.workout in SPRINTS):
            assert day.rounds is not None
            assert day.minutes == WORKOUTS[day.workout].minutes(day.rounds)
            assert day.minutes - 15 >= 2 * day.rounds
            assert day.minutes <= max(profile.minutes, 20)

    lived(seed, rule)


# Calves after sprints


@LIVES
@given(seed=SEEDS)
def test_no_calf_strength_follows_sprints_or_hills_where_another_day_is_free(seed: int) -> None:
    def rule(profile: Profile, history: History, week: PlannedWeek, today: date) -> None:
        pinned = {pin.day for pin in history.pins}
        first = week.days[0].day
        held = {day.day: day.workout for day in week.days}
        held |= {row.day: row.workout for row in done_between(history, first - DAY, first)}
        given_up = {
            row.day for row in history.sessions if row.day >= first and row.day < today and row.status != "done"
        }

        def follows(day: date) -> bool:
            return held.get(day - DAY) in SPRINTS

        def light(day: date) -> bool:
            family = WORKOUTS[held[day]].family
            return family in {Family.EASY, Family.REST} and day not in pinned

        after = [
            day.day
            for day in week.days
            if day.open and day.workout in STRENGTH and day.workout not in HARD
            if follows(day.day) and day.day not in pinned
        ]
        if not after or given_up:
            return
        free = [day.day for day in week.days if day.open and day.day >= max(today, profile.start)]
        free = [day for day in free if day.isoweekday() in (profile.days or range(1, 8))]
        free = [day for day in free if not any(pause.holds(day) for pause in history.pauses)]
        assert not [day for day in free if light(day) and not follows(day)], (after, held)

    lived(seed, rule)


# One thing for everybody


def test_the_seed_session_is_the_main_set_at_the_top() -> None:
    weeks, _ = live(person(Experience.REGULAR, minutes=30), 9)
    top = [day for day in weeks[8].days if day.workout == "sprint-intervals"]
    assert [(day.rounds, day.percent, day.minutes) for day in top] == [(5, 80, 25)]
    assert WORKOUTS["sprint-intervals"].middle == (30, 90)
    assert WeekNote.EASIER_WEEK not in weeks[8].notes


# Calf work


@LIVES
@given(seed=SEEDS)
def test_calf_work_gets_harder_a_stage_at_a_time_after_three_good_weeks(seed: int) -> None:
    def rule(profile: Profile, history: History, week: PlannedWeek, _today: date) -> None:
        first = week.days[0].day
        for planned in (day for day in week.days if day.open and day.workout in STRENGTH):
            assert planned.step is not None
            rows = [row for row in done_between(history, first - 63 * DAY, first) if row.workout in STRENGTH]
            most = max((row.step or 0 for row in rows), default=int(profile.experience is not Experience.NEW))
            assert planned.step <= most + 1
            if rows and planned.step > most:
                weeks = {(row.day - first).days // 7 for row in rows if row.step == most}
                assert len(weeks) >= 3

    lived(seed, rule)


@LIVES
@given(seed=SEEDS)
def test_hops_are_for_who_sprints_and_keep_a_day_from_it(seed: int) -> None:
    def rule(profile: Profile, history: History, week: PlannedWeek, _today: date) -> None:
        first = week.days[0].day
        held = {day.day: day.workout for day in week.days}
        held |= {row.day: row.workout for row in done_between(history, first - DAY, first)}
        for planned in (day for day in week.days if day.open and day.workout in STRENGTH and day.step == 4):
            assert profile.age is not AgeGroup.FIFTY_PLUS
            assert not {held.get(planned.day - DAY), held.get(planned.day + DAY)} & SPRINTS

    lived(seed, rule)


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
