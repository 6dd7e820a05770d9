"""Days on which something else holds: fewer minutes or other free days, whatever the person and their past."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from coach.planning.inputs import DayOverride, History, Profile
from coach.planning.planner import plan_week
from coach.planning.session_volume import least_minutes
from coach.planning.week import PlannedDay, PlannedWeek
from coach.planning.workouts import HALF_HOUR_WALK, RECOVERY
from tests.support.plan_checks import DAY, NOT_IN_A_ROW
from tests.support.simulated_athletes import as_session, some_profile

SEEDS = range(60)


def _lived(profile: Profile, weeks: int) -> History:
    """The past of somebody who has done everything for so many weeks."""
    history = History()
    for number in range(1, weeks + 1):
        week = _planned(profile, number, history)
        done = [as_session(each) for each in week.days if each.workout != RECOVERY and each.open]
        history = History((*history.sessions, *done))
    return history


def _planned(profile: Profile, number: int, history: History) -> PlannedWeek:
    week = plan_week(profile, number, history, profile.first_monday + (number - 1) * 7 * DAY)
    assert isinstance(week, PlannedWeek)
    return week


def _training(week: PlannedWeek) -> list[PlannedDay]:
    return [each for each in week.days if each.open and each.workout != RECOVERY]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_day_with_fewer_minutes_changes_its_session_alone(seed: int) -> None:
    random = Random(seed)
    profile, weeks = some_profile(random), random.randrange(12)
    history = _lived(profile, weeks)
    usual = _planned(profile, weeks + 1, history)
    for each in _training(usual):
        minutes = random.randrange(1, 40)
        shorter = _planned(profile, weeks + 1, replace(history, overrides=(DayOverride(each.day, minutes=minutes),)))
        there = next(planned for planned in shorter.days if planned.day == each.day)
        others = [(planned.day, planned.workout, planned.minutes) for planned in usual.days if planned.day != each.day]
        assert others == [(day.day, day.workout, day.minutes) for day in shorter.days if day.day != each.day]
        assert there.workout == each.workout
        assert there.minutes <= each.minutes
        assert there.rounds is None or there.rounds >= 1
        if each.workout not in {HALF_HOUR_WALK, "walk-jog-intervals"}:
            assert there.minutes <= max(minutes, least_minutes(each.workout))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_week_on_other_days_keeps_to_them_and_to_the_rules(seed: int) -> None:
    random = Random(seed)
    profile, weeks = some_profile(random), random.randrange(12)
    history, monday = _lived(profile, weeks), profile.first_monday + weeks * 7 * DAY
    free = set(random.sample(range(7), random.randint(1, 7)))
    overrides = tuple(DayOverride(monday + place * DAY, free=place in free) for place in range(7))
    week = _planned(profile, weeks + 1, replace(history, overrides=overrides))
    days = {each.day: each.workout for each in _training(week)}
    assert {(day - monday).days for day in days} <= free
    for day, workout in days.items():
        assert workout not in NOT_IN_A_ROW or days.get(day + DAY) not in NOT_IN_A_ROW, "two running"
    after = _planned(profile, weeks + 2, replace(history, overrides=overrides))
    assert {each.day.isoweekday() for each in _training(after)} <= profile.days, "the week after is as usual"


def test_what_is_said_of_one_thing_leaves_the_other() -> None:
    history = History(overrides=(DayOverride(date(2026, 3, 3), minutes=20),))
    assert history.free(date(2026, 3, 3), frozenset({2}))
    assert not history.free(date(2026, 3, 3), frozenset({1}))
