"""The quick check runs out after a year: the days on which its person hears of it."""

from datetime import date
from typing import Final

from coach.planning.rules import SCREENING_DAYS

LAPSED_DAYS: Final = frozenset({7, 21})
"""Days after the quick check ran out on which its person hears of it; by the first no planned session is left."""


def lapsed(screened_on: date, day: date) -> int:
    """Return by how many days the quick check had run out on `day`; negative while it holds."""
    return (day - screened_on).days - SCREENING_DAYS
