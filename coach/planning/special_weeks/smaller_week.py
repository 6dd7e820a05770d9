"""A smaller week: which sessions of the next seven days stay, for who has fallen silent."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from coach.planning.week import PlannedDay
from coach.planning.workouts import RECOVERY

SMALLER_FOR: Final = 7
"""Days of a smaller week, from the day on which it is asked for."""

SESSIONS_KEPT: Final = 2
_APART: Final = timedelta(days=2)


def kept_days(days: Sequence[PlannedDay]) -> frozenset[date]:
    """Return the days of two sessions at most: the first to come, and the first with a day between, or else the next.

    What the planner puts on them is its own choice: the most important of what the week wants.
    """
    asking = [each.day for each in days if each.workout != RECOVERY]
    if len(asking) <= SESSIONS_KEPT:
        return frozenset(asking)
    first, *later = asking
    return frozenset({first, next((day for day in later if day - first >= _APART), later[0])})
