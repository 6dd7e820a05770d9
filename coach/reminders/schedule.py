"""Schedules of reminders: times by weekday, quiet hours, at most two messages a day.

Pure: callers bring rows and moments.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Final

from coach.parsing.time_of_day import show_daytime
from coach.planning.rules import PAIN_REDUCE, SCREENING_DAYS
from coach.planning.streaks import DayOutcome, DayResult, day_of
from coach.planning.workouts import WORKOUTS
from coach.profile import ReminderKind, SessionKind, SessionStatus
from coach.reminders.local_time import due_day, next_due, to_local

MOST_A_DAY: Final = 2
"""Messages that nobody asked for, on one date."""

USEFUL: Final = timedelta(hours=5)
"""A reminder that comes later than this helps nobody."""

FIRST_OF_MONTH: Final = 7
"""A monthly reminder comes on its first weekday of the month: up to this day."""

LAPSED_DAYS: Final = frozenset({7, 21})
"""Days after the quick check ran out on which its person hears of it; by the first no planned session is left."""

MISS_AGAIN: Final = 7
"""Days without a miss before the next one is mentioned."""

STREAK_AT_MOST: Final = timedelta(days=28)
"""The longest streak that is counted; it is told after one week, two and four, and every four weeks from then on."""


@dataclass(frozen=True)
class Schedule:
    """Local times by ISO weekday; `monthly`: only on those weekdays' first dates of a month."""

    times: Mapping[int, time]
    monthly: bool = False

    @cached_property
    def groups(self) -> tuple[tuple[time, frozenset[int]], ...]:
        """The times and the weekdays each is for, the earliest weekday first."""
        by_time: dict[time, set[int]] = {}
        for weekday in sorted(self.times):
            by_time.setdefault(self.times[weekday], set()).add(weekday)
        return tuple((at, frozenset(days)) for at, days in by_time.items())

    @property
    def shown(self) -> list[tuple[list[int], str]]:
        """The same as a message shows it: the ISO weekdays of each time, and the time."""
        return [(sorted(days), show_daytime(at)) for at, days in self.groups]

    def next(self, zone: str, after: datetime, last_day: date | None = None) -> datetime:
        """Return the first moment strictly after `after`, never for a date up to `last_day`; see `zones.next_due`.

        Raises ValueError for an unknown zone and where there are no times.
        """
        while True:
            moment = min(_next(at, zone, after, days, last_day) for at, days in self.groups)
            if not self.monthly or self.day_of(moment, zone).day <= FIRST_OF_MONTH:
                return moment
            after = moment

    def day_of(self, moment: datetime, zone: str) -> date:
        """Return the date that a moment given by `next` is meant for."""
        day = to_local(moment, zone).date()
        yesterday = day - timedelta(days=1)
        at = self.times.get(yesterday.isoweekday())
        return yesterday if at is not None and _due_day(moment, at, zone) == yesterday else day

    def at(self, day: date) -> time | None:
        """Return the local time of a date, None where nothing comes on it."""
        at = self.times.get(day.isoweekday())
        return None if self.monthly and day.day > FIRST_OF_MONTH else at


# A crowd is due at one moment: what was computed for one is right for all.
_next: Final = lru_cache(maxsize=4096)(next_due)
_due_day: Final = lru_cache(maxsize=4096)(due_day)


def stored(kind: str, local_time: str, days: str, other_times: Mapping[str, str] | None) -> Schedule:
    """Return the schedule of a row: its usual time, its ISO weekdays, and the days whose time is another."""
    usual = _usual(kind, local_time, days)
    if not other_times:
        return usual
    others = {int(day): time.fromisoformat(at) for day, at in other_times.items() if day in days}
    return Schedule({**usual.times, **others}, usual.monthly)


@lru_cache(maxsize=4096)
def _usual(kind: str, local_time: str, days: str) -> Schedule:
    return Schedule(dict.fromkeys(map(int, days), time.fromisoformat(local_time)), kind == ReminderKind.MEASURING)


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing comes that was not set for them; none where both ends are the same."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        """Say whether `at` is quiet; the end is not."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


_EVERY_DAY: Final = range(1, 8)
DEFAULTS: Final[Mapping[ReminderKind, Schedule]] = {
    ReminderKind.RECOVERY: Schedule(dict.fromkeys(_EVERY_DAY, time(19, 30))),
    ReminderKind.REVIEW: Schedule({7: time(18)}),
    ReminderKind.MEASURING: Schedule({6: time(10)}, monthly=True),
}
"""The usual times of each kind but the session's, whose time is always the person's own."""


@lru_cache(maxsize=4096)
def useful_until(due_at: datetime, zone: str, quiet: Quiet) -> datetime:
    """Return until when a reminder due at `due_at` may be sent: five hours, on the same date, not into quiet hours.

    One that is due in quiet hours may come until they begin anew. Raises ValueError for an unknown zone.
    """
    ends = [due_at + USEFUL, next_due(time(), zone, due_at)]
    if quiet.begins != quiet.ends:
        ends.append(next_due(quiet.begins, zone, due_at))
    return min(ends)


def recovers(workout: str, status: str) -> bool:
    """Say whether a day calls for the evening's recovery message: a hard session that was done."""
    return WORKOUTS[workout].hard and status == SessionStatus.DONE


class Addendum(StrEnum):
    """A sentence that a session's reminder can add, one at most, by its key."""

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
    """An earlier day, as far as a reminder looks at it."""

    kept: DayResult
    pain: int | None = None
    why: str | None = None


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
    """Return what is worth a sentence with the session of `day`, None where nothing is.

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
    return next((addendum_for for addendum_for, true in holds.items() if true), None)


def is_streak_day(day: date, start: date) -> bool:
    """Say whether `day` is one on which a streak may be told."""
    days = (day - start).days
    return days in {7, 14} or (days > 0 and days % STREAK_AT_MOST.days == 0)


def lapsed(screened_on: date, day: date) -> int:
    """Return how many days before `day` the quick check ran out; negative while it holds."""
    return (day - screened_on).days - SCREENING_DAYS


def _missed(past: DayRecord | None, today: date) -> bool:
    """Say whether a session went by without a word; who pressed Skip knows."""
    if past is None or past.kept.kind is SessionKind.RECOVERY or past.kept.status is SessionStatus.SKIPPED:
        return False
    return day_of(past.kept, past.kept.day, today) is DayOutcome.MISSED
