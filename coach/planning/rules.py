"""The numbers of the plan, each with its source in evidence.md D; those of one workout stand in its record."""

from typing import Final

MOST_HARD: Final = 3
MOST_HARD_CAREFUL: Final = 2
"""Hard days a week: three; two from 50 on, and for who wants above all to stay uninjured (a product decision)."""

MOST_SESSIONS: Final = 6
MOST_SESSIONS_NEW: Final = 5
"""At least one day of recovery; new runners have two days off (skeleton weeks)."""

LADDER: Final = ((3, 70), (4, 70), (5, 70), (5, 75), (5, 80))
"""Rounds and percent of the fastest: rounds first, then effort; a step a week at most. The top is the seed session."""

EASIER_EVERY: Final = 5
EASIER_SHARE: Final = 0.55
RETURN_AFTER_DAYS: Final = 14
RETURN_DAYS: Final = 7
RETURN_SHARE: Final = 0.6
"""Every fifth week sets and distance are cut by 40–50%; after two weeks off the first week, and the one that it began
in the middle of, are 50–70%."""

LEAST_CALF_SETS: Final = 6
MOST_CALF_SETS: Final = 12
MOST_CALF_SETS_A_DAY: Final = 6
"""Calf sets a week: from 6, one more each good week, to 12; no more than 6 on a day."""

GROWTH: Final = 1.1
"""A single run is at most a tenth longer than the longest of 30 days (R60)."""

GROWTH_DAYS: Final = 30
FIRST_RUN_MINUTES: Final = {"new": 10, "regular": 20, "experienced": 30}
"""The first run without a break where none is known of (a product decision, on the careful side)."""

SHORTEST_RUN: Final = 10
LONG_FROM: Final = 20
"""Minutes: below 10 a walk is planned instead, and a long run is one of 20 and more."""

PAIN_REDUCE: Final = 3
PAIN_STOP: Final = 5
PAIN_DAYS: Final = 7
"""Pain 0–2 goes on, 3–4 reduces, 5 and more stops; without a newer report it counts for a week."""

MISSED_IN_A_ROW: Final = 3
SCREENING_DAYS: Final = 365
"""Asked again every twelve months (C1)."""

SCREENING_SOON: Final = 14
"""So many days before, the person is told (a product decision): when it has run out nothing reminds them any more."""


def longest_allowed(longest_of_30_days: int) -> int:
    """Return the minutes that a single run may take after the longest one of the last 30 days, which is not 0."""
    return int(longest_of_30_days * GROWTH + 1e-9)
