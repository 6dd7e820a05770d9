"""The simple week, safe for anyone: walk–jog intervals, calf strength, easy days and recovery. No sprints.

Sprints need screening and weeks of running first (evidence.md D), so none are here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coach.profile import SessionKind

_INTERVALS: Final = (SessionKind.INTERVAL, "walk-jog-intervals")
_RECOVERY: Final = (SessionKind.RECOVERY, "recovery")

_PATTERN: Final = (
    _INTERVALS,
    _RECOVERY,
    (SessionKind.STRENGTH, "calf-strength-a"),
    (SessionKind.EASY, "easy-walk"),
    _INTERVALS,
    (SessionKind.STRENGTH, "calf-strength-b"),
    _RECOVERY,
)


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """What a date asks for: the slug of its workout in `content/`, and its rounds where it has any."""

    day: date
    kind: SessionKind
    workout: str
    rounds: int | None


def plan_day(start: date, day: date) -> PlannedDay:
    """Return the session of `day` for who began on `start`, whose first day is an interval day.

    A day before `start` (a move to another zone can make one) is taken as in the first week.
    """
    week, place = divmod((day - start).days, len(_PATTERN))
    kind, workout = _PATTERN[place]
    return PlannedDay(day, kind, workout, rounds_of_week(week + 1) if kind is SessionKind.INTERVAL else None)


def plan_days(start: date, first: date, last: date) -> list[PlannedDay]:
    """Return the sessions of `first` to `last`, both included; empty where `last` is before `first`."""
    return [plan_day(start, first + timedelta(days=ahead)) for ahead in range((last - first).days + 1)]


def rounds_of_week(week: int) -> int:
    """Return the rounds of walk–jog in a person's week, counted from 1: 3, then 4, then 5, every fifth week 3.

    The ramp and the easier week every 4 to 6 are those of evidence.md D.
    """
    if week <= 1 or week % 5 == 0:
        return 3
    return 4 if week <= 3 else 5
