"""Goals beside measures: what they need, which hardly anybody reaches, and what would be likelier."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.number_goals import (
    LEAST_WEEKS,
    MOST_GAIN,
    GoalKind,
    Pace,
    Standing,
    can_be,
    is_likely,
    likelier,
    suggested,
    told,
)
from coach.planning.special_weeks.events import MOST_AHEAD
from coach.profile import Units

TODAY = date(2026, 3, 2)
RAISES, GIRTH, SESSIONS = GoalKind.RAISES, GoalKind.GIRTH, GoalKind.SESSIONS


def after(weeks: int) -> date:
    return TODAY + timedelta(weeks=weeks)


@pytest.mark.parametrize(
    ("kind", "number", "now", "weeks", "pace"),
    [
        (RAISES, 25, 18, 14, Pace(1, 2)),
        (RAISES, 25, 15, 10, Pace(1, 1)),
        (RAISES, 30, 15, 10, Pace(2, 1)),
        (RAISES, 20, 19, 12, Pace(1, 12)),
        (GIRTH, 39, 38, 10, Pace(0.4, 4)),
        (GIRTH, 38.1, 38, 40, Pace(0.1, 4)),
        (SESSIONS, 20, 0, 8, Pace(3, 1)),
        (SESSIONS, 20, 19, 8, Pace(1, 1)),
    ],
)
def test_what_a_goal_needs(kind: GoalKind, number: float, now: float, weeks: int, pace: Pace) -> None:
    assert Standing(kind, number, after(weeks), now).needs(TODAY) == pace


def test_a_goal_that_is_there_or_over_or_not_measured_needs_nothing() -> None:
    assert Standing(RAISES, 25, after(8), 25).needs(TODAY) is None
    assert Standing(RAISES, 25, TODAY - timedelta(days=1), 20).needs(TODAY) is None
    assert Standing(RAISES, 25, after(8), None).needs(TODAY) is None
    assert not Standing(RAISES, 25, TODAY, 20).is_over(TODAY), "its last day counts"


def test_a_goal_runs_until_it_is_reached_or_its_day_has_passed() -> None:
    assert Standing(RAISES, 25, TODAY, 20).runs(TODAY)
    assert Standing(RAISES, 25, TODAY, None).runs(TODAY)
    assert not Standing(RAISES, 25, after(8), 25).runs(TODAY)
    assert not Standing(RAISES, 25, TODAY - timedelta(days=1), 20).runs(TODAY)


def test_five_centimetres_by_friday_are_not_likely_and_some_millimetres_in_two_months_are() -> None:
    friday = Standing(GIRTH, 43, TODAY + timedelta(days=4), 38)
    assert not is_likely(friday, TODAY, 4)
    assert likelier(friday, TODAY, 4) == [(38.8, after(8))]


def test_what_is_not_measured_is_not_judged() -> None:
    assert is_likely(Standing(GIRTH, 60, TODAY + timedelta(days=1), None), TODAY, 4)


def test_sessions_are_judged_by_the_plan() -> None:
    assert is_likely(Standing(SESSIONS, 20, after(8), 0), TODAY, 3)
    assert not is_likely(Standing(SESSIONS, 20, after(8), 0), TODAY, 2)
    assert likelier(Standing(SESSIONS, 20, after(8), 0), TODAY, 2) == [(20, after(10)), (16, after(8))]


def test_figures_are_told_in_the_units_of_the_person() -> None:
    values = told(Standing(GIRTH, 39, after(10), 38), TODAY, Units.POUNDS)
    assert (values["number"], values["now"], values["amount"]) == ("15.4 in", "15 in", "0.2 in")
    assert told(Standing(GIRTH, 39, after(52), 38), TODAY, None)["other_year"] is True


KINDS = st.sampled_from(GoalKind)


@given(KINDS, st.integers(1, 700), st.integers(0, 600), st.integers(1, MOST_AHEAD), st.integers(1, 6))
def test_what_is_offered_instead_is_likely_and_less_or_later(
    kind: GoalKind, tenths: int, now_tenths: int, days: int, a_week: int
) -> None:
    scale = 10 if kind is GIRTH else 1
    goal = Standing(kind, tenths / scale, TODAY + timedelta(days=days), now_tenths / scale)
    if not can_be(kind, goal.number) or is_likely(goal, TODAY, a_week):
        return
    for number, by in likelier(goal, TODAY, a_week):
        assert goal.now is not None
        assert goal.now < number <= goal.number
        assert by >= goal.by
        assert number < goal.number or by > goal.by
        assert (by - TODAY).days <= MOST_AHEAD
        assert is_likely(Standing(kind, number, by, goal.now), TODAY, a_week), (number, by)


@given(KINDS, st.none() | st.integers(200, 700), st.integers(1, 6))
def test_what_is_suggested_is_ahead_and_likely(kind: GoalKind, tenths: int | None, a_week: int) -> None:
    now = None if tenths is None else tenths / 10 if kind is GIRTH else tenths // 10
    for number, by in suggested(kind, now, a_week, TODAY):
        assert can_be(kind, number)
        assert (by - TODAY).days >= LEAST_WEEKS[kind] * 7
        assert now is None or kind is SESSIONS or now < number <= now + MOST_GAIN[kind]
        assert is_likely(Standing(kind, number, by, 0 if kind is SESSIONS else now), TODAY, a_week)


@given(KINDS, st.integers(1, 400), st.integers(0, 399), st.integers(0, MOST_AHEAD))
def test_the_pace_that_is_told_leads_there(kind: GoalKind, tenths: int, now_tenths: int, days: int) -> None:
    scale = 10 if kind is GIRTH else 1
    goal = Standing(kind, tenths / scale, TODAY + timedelta(days=days), now_tenths / scale)
    pace = goal.needs(TODAY)
    if pace is None:
        assert goal.is_reached
        return
    assert goal.now is not None
    weeks = max(days + (kind is SESSIONS), 1) / 7
    rounding = 0.05 if kind is GIRTH else 0
    assert (pace.amount + rounding) / pace.weeks * weeks >= goal.number - goal.now - 1e-3
