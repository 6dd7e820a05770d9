"""The numbers of the plan, each with its source in evidence.md D; those of one workout stand in its record."""

from typing import Final

MOST_HARD: Final = 3
MOST_HARD_CAREFUL: Final = 2
"""Hard days a week: three; two from 50 on, and for who wants above all to stay uninjured (a product decision)."""

MOST_SESSIONS: Final = 6
MOST_SESSIONS_NEW: Final = 5
"""At least one day of recovery; new runners have two days off (skeleton weeks)."""

MOST_RUNNING: Final = 6
"""Days with a session one after another, across Sundays too, where a week's easy sessions leave a choice."""

LADDER: Final = ((3, 70), (4, 70), (5, 70), (5, 75), (5, 80))
"""Rounds and percent of the fastest: rounds first, then effort; a step a week at most. The top is the seed session."""

FLAT_FROM: Final = 2
"""The first step of the ladder on the flat for who has something to run up; the ones before it are uphill, where each
landing is softer (B29; FAQ beginner-sprints)."""

JOG_LADDER: Final = (
    (5, 60, 90),
    (6, 60, 90),
    (4, 120, 90),
    (5, 120, 90),
    (4, 180, 90),
    (3, 300, 90),
    (2, 480, 120),
    (2, 540, 60),
)
"""Rounds, seconds of jogging and of walking: a step a week at most, with a third more jogging at most. After the last
one runs go on without a walk, a tenth longer at most (the way of the NHS beginner plan; the steps are a product
decision)."""

EASY_RUNNING: Final = 20
"""Minutes without a walk that count as running easily, before anything fast (FAQ beginner-sprints)."""

STEADY_WEEKS: Final = 4
STEADY_WITHIN: Final = 6
RUNS_A_STEADY_WEEK: Final = 2
"""Sprints begin when four of the last six weeks had two painless runs: 4–8 steady weeks (R86). Who came as a runner
and has fewer than four free days needs one, since their week has room for no second; a new runner always two."""

FEW_DAYS: Final = 4
STEADY_BEFORE: Final = {"new": 0, "regular": 4, "experienced": 6}
"""Steady weeks before the first one with us, as the person told them."""

SPRINTED_LATELY: Final = 28
"""Days: who has sprinted in them may go on."""

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
FIRST_CALF_SETS_A_DAY: Final = 4
"""Calf sets a week: from 6, one more each good week, to 12; no more than 6 on a day, and 4 the first time."""

LAST_CALF_STAGE: Final = 4
CALF_STAGE_WEEKS: Final = 3
CALF_STAGE_WEEKS_CAREFUL: Final = 4
FIRST_STAGE_UNKNOWN: Final = 1
"""Stages of the calf raises: floor, step, one leg, load, hops in the warm-up. Three good weeks each at least, four from
50; a session from before there were stages was on the step (R89 gives the order, the weeks are a product decision)."""

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
