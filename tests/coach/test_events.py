"""A plan that leads to a date: eased before it, the same as ever without one, and the blocks on the way."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.planning.inputs import Experience, History, Profile
from coach.planning.planner import plan_week
from coach.planning.special_weeks.events import blocks_until_event
from coach.planning.special_weeks.first_days import plan_week_as_begun
from coach.planning.week import DropReason, PlannedWeek, Target, WeekNote, Why
from coach.planning.workouts import RECOVERY, WORKOUTS, Family
from coach.profile import Goal
from tests.coach.test_plan import MONDAY, live, person
from tests.support.plan_checks import DAY, SPRINTS
from tests.support.simulated_athletes import Life, some_profile

SEEDS = st.integers(0, 10**9)
WEEK = 7 * DAY


def minutes(week: PlannedWeek) -> int:
    """The minutes of its sessions, warming up included."""
    return sum(each.minutes for each in week.days if each.workout != RECOVERY)


# Without a date everything stays as it is


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, away=st.sampled_from([-400, -60, -9, 15, 40, 300]))
def test_a_date_that_is_far_changes_nothing(seed: int, away: int) -> None:
    def rule(profile: Profile, history: History, week: PlannedWeek, today: date) -> None:
        far = replace(profile, event=week.days[0].day + away * DAY)
        assert plan_week(far, week.number, history, today) == plan_week(profile, week.number, history, today) == week

    random = Random(seed)
    Life(some_profile(random), random, 0.9, eventful=False, rule=rule).live(6)


# The week before


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, ahead=st.integers(0, 60), keen=st.sampled_from([0.5, 0.9, 1.0]))
def test_every_rule_holds_in_a_life_with_a_date(seed: int, ahead: int, keen: float) -> None:
    random = Random(seed)
    profile = some_profile(random)
    Life(replace(profile, event=profile.start + ahead * DAY), random, keen).live(10)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("part", range(4))
def test_every_rule_holds_in_thousands_of_lives_with_a_date(part: int) -> None:
    for seed in range(part * 1_000, (part + 1) * 1_000):
        random = Random(seed)
        profile = some_profile(random)
        ahead = random.randrange(300)
        Life(replace(profile, event=profile.start + ahead * DAY), random, random.choice([0.5, 0.9, 1.0])).live(45)


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("experience", list(Experience))
def test_the_week_that_holds_most_of_the_seven_days_before_is_eased(weekday: int, experience: Experience) -> None:
    day = MONDAY + 8 * WEEK + weekday * DAY
    profile = replace(person(experience, Goal.CALVES, Goal.LEGS, Goal.DISTANCE), event=day)
    weeks, _ = live(profile, 11)
    usual, _ = live(replace(profile, event=None), 11)
    eased = [week.number for week in weeks if WeekNote.EVENT_WEEK in week.notes]
    assert eased == [9 if weekday >= 4 else 8]
    before, during = weeks[eased[0] - 2], weeks[eased[0] - 1]
    assert weeks[: eased[0] - 1] == usual[: eased[0] - 1], "what comes before is as ever"
    assert during.calf_sets_aim < before.calf_sets_aim
    assert minutes(during) < minutes(before)
    after = {each.day: each for week in weeks for each in week.days}
    assert (after[day].workout, after[day].why) == (RECOVERY, Why.EVENT)
    assert (after[day - DAY].workout, after[day - DAY].why) == (RECOVERY, Why.EVENT_EVE)


def test_a_sprinter_keeps_the_step_with_fewer_rounds_and_goes_on_from_it() -> None:
    profile = replace(person(Experience.EXPERIENCED, Goal.SPRINTS), event=MONDAY + 7 * WEEK + 6 * DAY)
    weeks, history = live(profile, 8)
    before, during = ([each for each in week.days if each.workout in SPRINTS] for week in weeks[-2:])
    assert before[0].rounds == 5
    assert [(each.rounds, each.step) for each in during] == [(3, before[0].step)]
    for event in (profile.event, None, MONDAY + 20 * WEEK):  # whatever comes next: nobody begins again
        after, _ = live(replace(profile, event=event), 1, history=history, first=9)
        assert [each.step for each in after[0].days if each.workout in SPRINTS] == [before[0].step]


def test_what_is_left_out_is_told() -> None:
    day = MONDAY + 8 * WEEK + 6 * DAY
    weeks, _ = live(replace(person(Experience.EXPERIENCED, Goal.DISTANCE), event=day), 9)
    assert weeks[-1].dropped[Target.LONG_RUN] is DropReason.EVENT
    assert Family.LONG not in {WORKOUTS[each.workout].family for each in weeks[-1].days}


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, weekday=st.integers(0, 6))
@example(seed=142833, weekday=0)  # one training day: the week before has none, for the race is on its morrow
def test_the_eased_week_comes_out_the_same_every_morning(seed: int, weekday: int) -> None:
    profile = replace(some_profile(Random(seed)), event=None)
    first = profile.first_monday + 3 * WEEK
    profile = replace(profile, event=first + weekday * DAY)
    _, history = live(profile, 3)
    plans = []
    rows = list(history.sessions)
    for ahead in range(7):
        week = plan_week(profile, 4, History(tuple(rows)), first + ahead * DAY)
        assert isinstance(week, PlannedWeek)
        plans.append([each.workout for each in week.days])
        _, done = live(profile, 1, history=History(tuple(rows)), first=4)
        rows += [row for row in done.sessions if row.day == first + ahead * DAY]
    assert all(each == plans[0] for each in plans)


def test_a_new_runners_first_days_give_way_to_a_date() -> None:
    profile = replace(person(Experience.NEW), event=MONDAY + DAY)
    week = plan_week_as_begun(profile, 1, History(), MONDAY)
    assert isinstance(week, PlannedWeek)
    assert [each.workout for each in week.days[:2]] == [RECOVERY, RECOVERY]
    assert WeekNote.UNSAFE_PIN not in week.notes


# Blocks


@settings(deadline=None)
@given(seed=SEEDS, now=st.integers(0, 200), ahead=st.integers(0, 366))
def test_blocks_have_every_week_until_the_date_once(seed: int, now: int, ahead: int) -> None:
    profile = some_profile(Random(seed))
    today = profile.start + now * DAY
    profile = replace(profile, event=today + ahead * DAY)
    blocks = blocks_until_event(profile, today)
    weeks = [week for block in blocks for week in block.weeks]
    numbers = [week.number for week in weeks]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert all(len(block.weeks) == 5 for block in blocks[:-1])
    assert all(block.weeks[0].number % 5 == 1 for block in blocks)
    assert profile.week_of(today) in numbers[:5], "the first block is the one that runs"
    assert [week.number for week in weeks if week.holds_event] == [numbers[-1]]
    assert profile.event is not None
    assert weeks[-1].monday <= profile.event < weeks[-1].monday + WEEK
    for week in weeks:
        assert week.monday.isoweekday() == 1
        planned = plan_week(profile, week.number, History(), today)
        if isinstance(planned, PlannedWeek):
            notes = planned.notes & {WeekNote.EASIER_WEEK, WeekNote.EVENT_WEEK}
            assert week.eased == bool(notes), "the picture shows what is planned"
            assert week.leads == (WeekNote.EVENT_WEEK in planned.notes)


def test_there_are_no_blocks_without_a_date_ahead() -> None:
    profile = person()
    assert blocks_until_event(profile, MONDAY) == ()
    assert blocks_until_event(replace(profile, event=MONDAY), MONDAY + DAY) == ()
    assert len(blocks_until_event(replace(profile, event=MONDAY), MONDAY)) == 1
