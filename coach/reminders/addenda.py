"""The one sentence that a session's reminder may add: pain, a miss, an easier week, a streak."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from coach.planning.rules import PAIN_REDUCE
from coach.planning.state.streaks import DayOutcome, DayResult, day_of
from coach.profile import SessionKind, SessionStatus

MISS_AGAIN: Final = 7
"""Days without a miss before the next one is mentioned."""

STREAK_AT_MOST: Final = timedelta(days=28)
"""The longest streak that is counted; it is told after one week, two and four, and every four weeks from then on."""


class Addendum(StrEnum):
    """Keys of the sentences that a session's reminder may add, one at most."""

    PAIN = "pain"
    FIRST_DAY = "first-day"
    REALIGNED = "realigned"
    MOVED = "moved"
    MISSED = "missed"
    EASIER = "easier"
    STREAK = "streak"
    SECOND_DAY = "second-day"


@dataclass(frozen=True, slots=True)
class DayRecord:
    """An earlier day as a reminder looks back on it."""

    kept: DayResult
    pain: int | None = None
    why: str | None = None
    reason: str | None = None  # why it was skipped


def addendum_for(
    day: date,
    start: date,
    why: str | None,
    past: Mapping[date, DayRecord],
    streak: int,
    *,
    rests: bool = False,
    trained: bool = True,
) -> Addendum | None:
    """Return the addendum to the session of `day`, None where nothing is worth a sentence.

    Said once each: pain and a miss on the morning after, and one miss a week; more would be nagging. What the plan did
    about a miss says more than the miss. `rests`: the day asks for nothing; `trained`: the first day was trained.
    """
    yesterday, *before = (past.get(day - timedelta(days=back)) for back in range(1, MISS_AGAIN + 1))
    recent = [past.get(day - timedelta(days=back)) for back in range(1, 4)]
    news = why is not None and not any(each is not None and each.why == why for each in recent)
    holds = {
        Addendum.PAIN: yesterday is not None and (yesterday.pain or 0) >= PAIN_REDUCE,
        Addendum.FIRST_DAY: day == start and not rests,
        Addendum.REALIGNED: why == "realigned" and news,
        Addendum.MOVED: why == "moved",
        Addendum.MISSED: not rests and _missed(yesterday, day) and not any(_missed(each, day) for each in before),
        Addendum.EASIER: why == "easier-week" and news,
        Addendum.STREAK: is_streak_day(day, start) and streak > 0,
        Addendum.SECOND_DAY: day == start + timedelta(days=1) and trained,
    }
    return next((addendum for addendum, true in holds.items() if true), None)


def is_streak_day(day: date, start: date) -> bool:
    """Return true for a `day` on which a streak may be told."""
    days = (day - start).days
    return days in {7, 14} or (days > 0 and days % STREAK_AT_MOST.days == 0)


def _missed(past: DayRecord | None, today: date) -> bool:
    """Return true for a session that went by without a word; who pressed Skip knows."""
    if past is None or past.kept.kind is SessionKind.RECOVERY or past.kept.status is SessionStatus.SKIPPED:
        return False
    return day_of(past.kept, past.kept.day, today) is DayOutcome.MISSED
