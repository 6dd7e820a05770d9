"""Streaks: what counts, what ends one, and what is forgiven."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.planning.state.streaks import AWAY_AT_MOST, FORGIVEN_WITHIN, DayOutcome, DayResult, day_of, streak, weeks
from coach.profile import SessionKind, SessionStatus

MONDAY = date(2026, 3, 2)
DONE, MISSED, REST, SICK, NOTHING = "D", "M", "R", "S", "."


def history(marks: str, start: date = MONDAY) -> list[DayResult]:
    """One day a letter: done, missed, rest, excused, or nothing planned."""
    became = {DONE: SessionStatus.DONE, SICK: SessionStatus.SKIPPED}
    return [
        DayResult(
            start + timedelta(days=ahead),
            SessionKind.RECOVERY if mark == REST else SessionKind.STRENGTH,
            became.get(mark, SessionStatus.PLANNED),
            excused=mark == SICK,
        )
        for ahead, mark in enumerate(marks)
        if mark != NOTHING
    ]


def streak_of(marks: str) -> int:
    """The streak on the day after the last one of `marks`."""
    return streak(history(marks), MONDAY + timedelta(days=len(marks)))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("", 0),
        ("D", 1),
        ("DRD", 3),
        ("RRR", 0),  # rest alone is no streak
        ("RD", 1),
        ("DMD", 2),  # one miss is forgiven, and not counted
        ("DMRM", 0),  # two within seven days are not
        ("DMRMD", 1),
        ("DMDRDRDRM", 7),  # eight days apart: both forgiven
        ("DSSSD", 2),  # illness neither counts nor ends anything
        ("D" + "." * AWAY_AT_MOST + "D", 2),
        ("D" + "." * (AWAY_AT_MOST + 1) + "D", 1),
        ("D" + "." * 15, 0),
    ],
)
def test_what_counts(marks: str, expected: int) -> None:
    assert streak_of(marks) == expected


def test_today_is_open_until_it_is_over() -> None:
    day = MONDAY + timedelta(days=2)
    assert streak(history("DRM"), day) == 2
    assert streak(history("DRD"), day) == 3
    assert day_of(history("..M")[0], day, day) is DayOutcome.PLANNED


marks = st.text("DMRS.", max_size=80)


@given(marks)
def test_no_more_days_than_were_kept(given_marks: str) -> None:
    assert 0 <= streak_of(given_marks) <= sum(mark in "DR" for mark in given_marks)


@given(marks)
def test_one_more_session_done_is_one_more(given_marks: str) -> None:
    assert streak_of(given_marks + "D") == streak_of(given_marks) + 1


@given(marks)
def test_doing_what_was_missed_never_shortens_it(given_marks: str) -> None:
    for place, mark in enumerate(given_marks):
        if mark == MISSED:
            mended = given_marks[:place] + DONE + given_marks[place + 1 :]
            assert streak_of(mended) >= streak_of(given_marks)


@given(st.text("DRS", max_size=40), st.text("DRS", max_size=40))
def test_one_miss_alone_ends_nothing(before: str, after: str) -> None:
    assert streak_of(before + MISSED + after) >= streak_of(before)


@given(marks, st.integers(1, FORGIVEN_WITHIN - 1))
def test_a_second_miss_soon_after_ends_it(before: str, gap: int) -> None:
    assert streak_of(before + MISSED + REST * (gap - 1) + MISSED) == 0


@given(marks, st.integers(0, AWAY_AT_MOST))
def test_a_pause_keeps_it(before: str, days: int) -> None:
    kept = before.rstrip(NOTHING)
    assert streak_of(kept + NOTHING * days) == streak_of(kept)


@given(marks, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(given_marks: str, random: object) -> None:
    rows = history(given_marks)
    shuffled = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    today = MONDAY + timedelta(days=len(given_marks))
    assert streak(shuffled, today) == streak(rows, today)


@given(marks, st.integers(0, 6), st.integers(1, 12))
def test_weeks_are_mondays_and_add_up(given_marks: str, later: int, count: int) -> None:
    rows, today = history(given_marks), MONDAY + timedelta(days=len(given_marks) + later)
    found = weeks(rows, today, count)
    assert len(found) == count
    assert found[-1].monday <= today < found[-1].monday + timedelta(days=7)
    for week, following in pairwise(found):
        assert following.monday - week.monday == timedelta(days=7)
    shown = {week.monday + timedelta(days=ahead) for week in found for ahead in range(7)}
    assert sum(week.done for week in found) == sum(
        row.status is SessionStatus.DONE and row.day in shown for row in rows
    )
    assert all(week.done <= week.planned <= 7 and len(week.days) == 7 for week in found)
