"""Adherence to a plan: the outcome of each day, the streak of kept days, and the totals of a week.

A streak counts days, not sessions: a day of rest that was planned is kept by resting. It forgives: one missed day in
any seven ends nothing. Paused days, days away and today, as long as it is open, neither count nor end anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from coach.profile import SessionKind, SessionStatus

FORGIVEN_WITHIN: Final = 7
"""Days: a second miss closer than this to the one before ends a streak."""

AWAY_AT_MOST: Final = 14
"""Days without anything planned that a streak survives: who is away longer begins anew (evidence.md D, return)."""


MENDED_WITHIN: Final = 3
"""Days after a miss within which a small session mends it (a product decision)."""

MENDS_AGAIN: Final = 14
"""Days from one that mended to the next that does (a product decision)."""


class DayOutcome(StrEnum):
    """The outcome of a day; the letters are those of the calendar picture."""

    DONE = "D"
    RESTED = "R"
    MISSED = "M"
    PLANNED = "P"  # still open: today, or to come
    REST_PLANNED = "r"
    NOTHING = "."  # nothing was planned, or it was paused or excused


@dataclass(frozen=True, slots=True)
class DayResult:
    """A day as streaks and pictures count it: its plan and its outcome; `excused` where illness or pain took it.

    `moved` is a session that was missed on an earlier day of its week, and is the same one; `small` is the one after a
    miss.
    """

    day: date
    kind: SessionKind
    status: SessionStatus
    excused: bool = False
    moved: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class WeekResult:
    """The outcome of a week, seven days from a Monday. Rest is not counted among sessions.

    `planned` leaves out what was excused; a session that was missed and moved is one; `coming` are still open.
    """

    monday: date
    days: tuple[DayOutcome, ...]
    done: int
    planned: int
    coming: int


def day_of(kept: DayResult | None, day: date, today: date) -> DayOutcome:
    """Return what became of `day`, seen from `today`."""
    if kept is None:
        return DayOutcome.NOTHING
    if kept.kind is SessionKind.RECOVERY:
        return DayOutcome.RESTED if day < today or kept.status is SessionStatus.DONE else DayOutcome.REST_PLANNED
    if kept.status is SessionStatus.DONE:
        return DayOutcome.DONE
    if kept.excused:
        return DayOutcome.NOTHING
    if kept.status is SessionStatus.SKIPPED:
        return DayOutcome.MISSED
    return DayOutcome.MISSED if day < today else DayOutcome.PLANNED


def weeks(history: Iterable[DayResult], today: date, count: int) -> list[WeekResult]:
    """Return the last `count` calendar weeks, this one last, whatever is known of them."""
    days = {kept.day: kept for kept in history}
    monday = today - timedelta(days=today.weekday())
    return [_week(days, monday - timedelta(weeks=back), today) for back in reversed(range(count))]


def streak(history: Iterable[DayResult], today: date) -> int:
    """Return how many days were kept in a row up to `today`; see the module for what that means.

    It begins with a session that was done: rest alone is no streak.
    """
    days = {kept.day: kept for kept in history}
    if not days:
        return 0
    good_again = mended(days.values())
    length, last_miss, away = 0, None, 0
    first = min(days)
    for ahead in range(max(0, (today - first).days) + 1):
        day = first + timedelta(days=ahead)
        what = day_of(days.get(day), day, today)
        away = away + (day < today) if day not in days else 0
        if away > AWAY_AT_MOST:
            length, last_miss = 0, None
        elif what is DayOutcome.MISSED and day not in good_again:
            if last_miss is not None and (day - last_miss).days < FORGIVEN_WITHIN:
                length = 0
            last_miss = day
        elif what is DayOutcome.DONE or (what is DayOutcome.RESTED and length):
            length += 1
    return length


def mended(history: Iterable[DayResult]) -> frozenset[date]:
    """Return the missed days that a small session has made good: those of the three days before it.

    One does so every 14 days: what is always made good is no miss any more.
    """
    days = {kept.day: kept for kept in history}
    found: set[date] = set()
    last: date | None = None
    for day in sorted(days):
        if not days[day].small or days[day].status is not SessionStatus.DONE:
            continue
        if last is not None and (day - last).days < MENDS_AGAIN:
            continue
        before = [day - timedelta(days=back) for back in range(1, MENDED_WITHIN + 1)]
        missed = [each for each in before if day_of(days.get(each), each, day) is DayOutcome.MISSED]
        if missed:
            found.update(missed)
            last = day
    return frozenset(found)


def _week(days: Mapping[date, DayResult], monday: date, today: date) -> WeekResult:
    dates = [monday + timedelta(days=ahead) for ahead in range(7)]
    marks = tuple(day_of(days.get(day), day, today) for day in dates)
    done = marks.count(DayOutcome.DONE)
    coming = marks.count(DayOutcome.PLANNED)
    moved = sum(days[day].moved for day in dates if day in days)
    missed = max(0, marks.count(DayOutcome.MISSED) - moved)
    return WeekResult(monday, marks, done, done + missed + coming, coming)
