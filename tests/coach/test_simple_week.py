"""The simple week: safe for anyone, the same on every call, and never a sprint."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.profile import SessionKind
from coach.week import plan_day, plan_days, rounds_of_week

STARTS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def test_the_first_week_is_as_promised() -> None:
    monday = date(2026, 11, 23)
    week = plan_days(monday, monday, monday + timedelta(days=6))
    assert [(planned.kind, planned.workout, planned.rounds) for planned in week] == [
        (SessionKind.INTERVAL, "walk-jog-intervals", 3),
        (SessionKind.RECOVERY, "recovery", None),
        (SessionKind.STRENGTH, "calf-strength-a", None),
        (SessionKind.EASY, "easy-walk", None),
        (SessionKind.INTERVAL, "walk-jog-intervals", 3),
        (SessionKind.STRENGTH, "calf-strength-b", None),
        (SessionKind.RECOVERY, "recovery", None),
    ]


def test_rounds_rise_and_ease() -> None:
    assert [rounds_of_week(week) for week in range(1, 12)] == [3, 4, 4, 5, 3, 5, 5, 5, 5, 3, 5]


@settings(deadline=None)
@given(start=STARTS, ahead=st.integers(0, 700))
def test_any_seven_days_hold_two_interval_days_apart_two_strength_days_and_recovery(start: date, ahead: int) -> None:
    first = start + timedelta(days=ahead)
    week = plan_days(start, first, first + timedelta(days=6))
    kinds = [planned.kind for planned in week]
    assert (
        kinds.count(SessionKind.INTERVAL) == kinds.count(SessionKind.STRENGTH) == kinds.count(SessionKind.RECOVERY) == 2
    )
    intervals = [planned.day for planned in week if planned.kind is SessionKind.INTERVAL]
    assert intervals[1] - intervals[0] >= timedelta(days=3)
    assert not {planned.workout for planned in week} & {"sprint-intervals", "hill-sprints"}
    assert all((planned.rounds is not None) == (planned.kind is SessionKind.INTERVAL) for planned in week)


@settings(deadline=None)
@given(start=STARTS, ahead=st.integers(-3, 700))
def test_a_day_is_the_same_however_it_is_asked_for(start: date, ahead: int) -> None:
    day = start + timedelta(days=ahead)
    assert plan_days(start, day, day) == [plan_day(start, day)]
    assert plan_day(start, day).day == day
    assert plan_days(start, day, day - timedelta(days=1)) == []
