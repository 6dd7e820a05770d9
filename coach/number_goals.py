"""Goals beside measures: a figure that a person wants to reach by a day, what it needs, and what would be likelier.

How fast anything grows differs too much between people for a promise. The paces below are product decisions, on the
careful side of what trials saw (evidence.md B2: scans, which show more than a tape): they tell a goal that may come off
from one that hardly anybody reaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil, floor
from typing import Final

from coach.parsing.girth import LEAST_CM, MOST_CM
from coach.parsing.measurements import MOST_RAISES, MeasurementKind, show_measured
from coach.planning.special_weeks.events import MOST_AHEAD
from coach.profile import Units

MOST_SESSIONS: Final = 500

MOST_A_WEEK_SAID: Final = 7
"""Sessions: so few without a day are meant a week."""

_WEEK: Final = 7


class GoalKind(StrEnum):
    """A kind of goal."""

    RAISES = "raises"  # heel raises in a row, on each leg
    GIRTH = "girth"  # centimetres round each calf
    SESSIONS = "sessions"  # done from the day on which the goal was set


MEASURES: Final[Mapping[GoalKind, MeasurementKind]] = {
    GoalKind.RAISES: MeasurementKind.RAISES,
    GoalKind.GIRTH: MeasurementKind.GIRTH,
}
"""The measurement of each goal that has one."""

LIKELY_A_WEEK: Final = {GoalKind.RAISES: 1.0, GoalKind.GIRTH: 0.1}
MOST_A_WEEK: Final = {GoalKind.RAISES: 1.5, GoalKind.GIRTH: 0.15}
LEAST_WEEKS: Final = {GoalKind.RAISES: 4, GoalKind.GIRTH: 8, GoalKind.SESSIONS: 2}
"""Weeks before there is anything to see: a tape tells after eight at the earliest (FAQ time-to-results)."""

MOST_GAIN: Final = {GoalKind.RAISES: 20.0, GoalKind.GIRTH: 2.0}
"""More than this is not offered, however far the day: nothing grows at one pace for ever."""

_SMALLEST: Final = {GoalKind.RAISES: 1.0, GoalKind.GIRTH: 0.1, GoalKind.SESSIONS: 1.0}
_BOUNDS: Final = {
    GoalKind.RAISES: (1.0, float(MOST_RAISES)),
    GoalKind.GIRTH: (LEAST_CM, MOST_CM),
    GoalKind.SESSIONS: (1.0, float(MOST_SESSIONS)),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """So much in so many weeks, as it is said: 2 a week, 1 every three weeks."""

    amount: float
    weeks: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A goal and where the person stands; `now` is None where nothing was measured yet."""

    kind: GoalKind
    number: float
    by: date
    now: float | None

    @property
    def is_reached(self) -> bool:
        """True where the figure is there."""
        return self.now is not None and self.now >= self.number - 1e-9

    def is_over(self, today: date) -> bool:
        """Say whether its day has passed."""
        return today > self.by

    def runs(self, today: date) -> bool:
        """Say whether it is still to be reached."""
        return not self.is_reached and not self.is_over(today)

    def needs(self, today: date) -> Pace | None:
        """Return the pace that it needs from today; None where it is reached, over, or nothing is known."""
        if self.now is None or not self.runs(today):
            return None
        return _said(self.kind, (self.number - self.now) / _weeks(self.kind, today, self.by))


def can_be(kind: GoalKind, number: float) -> bool:
    """Say whether a figure can be a goal of its kind at all."""
    least, most = _BOUNDS[kind]
    return least <= number <= most


def is_likely(standing: Standing, today: date, sessions_a_week: int) -> bool:
    """Say whether a goal may come off; one of which nothing is measured yet is not judged."""
    if standing.now is None or standing.is_reached:
        return True
    gap, weeks = standing.number - standing.now, _weeks(standing.kind, today, standing.by)
    if standing.kind is GoalKind.SESSIONS:
        return gap <= sessions_a_week * weeks + 1e-9
    if (standing.by - today).days < LEAST_WEEKS[standing.kind] * _WEEK:
        return False
    return gap <= MOST_GAIN[standing.kind] + 1e-9 and gap <= MOST_A_WEEK[standing.kind] * weeks + 1e-9


def likelier(standing: Standing, today: date, sessions_a_week: int) -> list[tuple[float, date]]:
    """Return what would be likelier than a goal that is not: the same later, and less in the time there is."""
    assert standing.now is not None, "nothing is judged that is not measured"
    kind, gap, now = standing.kind, standing.number - standing.now, standing.now
    pace = LIKELY_A_WEEK.get(kind, float(max(sessions_a_week, 1)))
    most = MOST_GAIN.get(kind, gap)
    found: list[tuple[float, date]] = []
    least = LEAST_WEEKS[kind]
    weeks_needed = max(ceil(round(gap / pace, 6)), least)
    later = today + timedelta(days=weeks_needed * _WEEK)
    if gap <= most and weeks_needed * _WEEK <= MOST_AHEAD:
        found.append((standing.number, max(later, standing.by)))
    days = max((standing.by - today).days, least * _WEEK)
    share = days + (kind is GoalKind.SESSIONS)
    gain = min(pace * share / _WEEK, most)
    less = now + floor(round(gain / _SMALLEST[kind], 6)) * _SMALLEST[kind]
    if now < less < standing.number:
        found.append((round(less, 1), max(today + timedelta(days=days), standing.by)))
    return found


def suggested(kind: GoalKind, now: float | None, sessions_a_week: int, today: date) -> list[tuple[float, date]]:
    """Return goals to choose from, the nearest first: what may come off in eight and sixteen weeks."""
    found = []
    for weeks in (8, 16):
        if kind is GoalKind.SESSIONS:
            number = float(max(sessions_a_week, 1) * weeks)
        elif now is None:
            continue
        else:
            gain = min(LIKELY_A_WEEK[kind] * weeks, MOST_GAIN[kind]) * 0.75
            number = round(now + max(floor(round(gain / _SMALLEST[kind], 6)), 1) * _SMALLEST[kind], 1)
        if can_be(kind, number):
            found.append((number, today + timedelta(days=weeks * _WEEK)))
    return found


def shown(kind: GoalKind, value: float, units: Units | None) -> str:
    """Return a figure as the person reads it."""
    return show_measured(MEASURES.get(kind), value, units)


def told(standing: Standing, today: date, units: Units | None) -> dict[str, object]:
    """Return the values by which a message tells of a goal."""
    pace = standing.needs(today)
    return {
        "kind": standing.kind.value,
        "number": shown(standing.kind, standing.number, units),
        "by": standing.by,
        "other_year": standing.by.year != today.year,
        "now": None if standing.now is None else shown(standing.kind, standing.now, units),
        "amount": None if pace is None else shown(standing.kind, pace.amount, units),
        "weeks": None if pace is None else pace.weeks,
        "reached": standing.is_reached,
        "over": standing.is_over(today),
    }


def _weeks(kind: GoalKind, today: date, by: date) -> float:
    """Return the weeks that are left, of sessions today and the last day included."""
    days = (by - today).days + (kind is GoalKind.SESSIONS)
    return max(days, 1) / _WEEK


def _said(kind: GoalKind, a_week: float) -> Pace:
    """Return a pace as it is said: whole raises, millimetres in four weeks, whole sessions."""
    if kind is GoalKind.GIRTH:
        return Pace(max(round(a_week * 4, 1), 0.1), 4)
    if kind is GoalKind.SESSIONS:
        return Pace(float(ceil(round(a_week, 6))), 1)
    if a_week > 1:
        return Pace(float(ceil(round(a_week, 6))), 1)
    return Pace(1.0, max(floor(round(1 / a_week, 6)), 1))
