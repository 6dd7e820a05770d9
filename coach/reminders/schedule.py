"""Times by weekday, quiet hours, two messages a day: when a reminder comes and until when it is of use."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import Final

from coach.reminders.local_time import due_day, next_due, show_daytime, to_local

MOST_A_DAY: Final = 2
"""Messages that nobody asked for, on one date."""

USEFUL: Final = timedelta(hours=5)
"""A reminder that comes later than this helps nobody, where its kind says nothing else."""

FIRST_OF_MONTH: Final = 7
"""A monthly reminder comes on its first weekday of the month: up to this day."""


MOST_BETWEEN: Final = 35
"""Days between two dates of a monthly reminder at most, from one first Saturday to the next."""


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
        """Return the first moment strictly after `after`, never for a date up to `last_day`; see `local_time.next_due`.

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

    def before(self, day: date) -> date | None:
        """Return the last date before `day` on which it came, None where there are no times."""
        back = (day - timedelta(days=days) for days in range(1, MOST_BETWEEN + 1))
        return next((each for each in back if self.at(each) is not None), None)

    def at(self, day: date) -> time | None:
        """Return the local time of a date, None where nothing comes on it."""
        at = self.times.get(day.isoweekday())
        return None if self.monthly and day.day > FIRST_OF_MONTH else at


# A crowd is due at one moment: what was computed for one is right for all.
_next: Final = lru_cache(maxsize=4096)(next_due)
_due_day: Final = lru_cache(maxsize=4096)(due_day)


def stored_schedule(
    local_time: str, days: str, other_times: Mapping[str, str] | None, *, monthly: bool = False
) -> Schedule:
    """Return the schedule of a row: its usual time, its ISO weekdays, and the days whose time is another.

    Raises ValueError for what is no time.
    """
    usual = (_usual_monthly if monthly else _usual)(local_time, days)
    if not other_times:
        return usual
    others = {int(day): time.fromisoformat(at) for day, at in other_times.items() if day in days}
    return Schedule({**usual.times, **others}, monthly)


@lru_cache(maxsize=4096)
def _usual(local_time: str, days: str) -> Schedule:
    return Schedule(dict.fromkeys(map(int, days), time.fromisoformat(local_time)))


@lru_cache(maxsize=4096)
def _usual_monthly(local_time: str, days: str) -> Schedule:
    return replace(_usual(local_time, days), monthly=True)


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing comes that was not set for them; none where both ends are the same."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        """Return true where `at` is quiet; the end is not."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@lru_cache(maxsize=4096)
def useful_until(due_at: datetime, zone: str, quiet: Quiet, useful_for: timedelta = USEFUL) -> datetime:
    """Return until when a reminder due at `due_at` may be sent: so long, on the same date, not into quiet hours.

    One that is due in quiet hours may come until they begin anew. Raises ValueError for an unknown zone.
    """
    ends = [due_at + useful_for, next_due(time(), zone, due_at)]
    if quiet.begins != quiet.ends:
        ends.append(next_due(quiet.begins, zone, due_at))
    return min(ends)
