"""The numbers of the plan, each with its source in evidence.md D, and what they say of one session."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final

from coach.profile import SessionKind

SPRINTS: Final = "sprint-intervals"
HILLS: Final = "hill-sprints"
WALK_JOG: Final = "walk-jog-intervals"
CALVES_A: Final = "calf-strength-a"
CALVES_B: Final = "calf-strength-b"
LEGS: Final = "leg-strength"
EASY_RUN: Final = "easy-run"
EASY_WALK: Final = "easy-walk"
LONG_RUN: Final = "long-run"
RECOVERY: Final = "recovery"


class Family(StrEnum):
    """Sessions that stand for one another: a week wants so many of each."""

    QUALITY = "quality"  # sprints, on the flat or uphill
    WALK_JOG = "walk-jog"
    STRENGTH = "strength"
    LONG = "long"
    EASY = "easy"
    REST = "rest"


FAMILY: Final = {
    SPRINTS: Family.QUALITY,
    HILLS: Family.QUALITY,
    WALK_JOG: Family.WALK_JOG,
    CALVES_A: Family.STRENGTH,
    CALVES_B: Family.STRENGTH,
    LEGS: Family.STRENGTH,
    EASY_RUN: Family.EASY,
    EASY_WALK: Family.EASY,
    LONG_RUN: Family.LONG,
    RECOVERY: Family.REST,
}
KIND: Final = {
    SPRINTS: SessionKind.INTERVAL,
    HILLS: SessionKind.INTERVAL,
    WALK_JOG: SessionKind.INTERVAL,
    CALVES_A: SessionKind.STRENGTH,
    CALVES_B: SessionKind.STRENGTH,
    LEGS: SessionKind.STRENGTH,
    EASY_RUN: SessionKind.EASY,
    EASY_WALK: SessionKind.EASY,
    LONG_RUN: SessionKind.EASY,
    RECOVERY: SessionKind.RECOVERY,
}

QUALITY: Final = frozenset({SPRINTS, HILLS})
HARD: Final = frozenset({SPRINTS, HILLS, LEGS, LONG_RUN})
"""What counts against the cap: sprint, hill, heavy legs, long run."""

SPACED: Final = HARD | {WALK_JOG}
"""Never on two days running. Walk–jog days are not hard, but beginners rest between runs (B27)."""

RUNS: Final = frozenset({SPRINTS, HILLS, WALK_JOG, EASY_RUN, LONG_RUN})

MOST_HARD: Final = 3
MOST_HARD_CAREFUL: Final = 2
"""Hard days a week: three; two from 50 on, and for who wants above all to stay uninjured (a product decision)."""

MOST_SESSIONS: Final = 6
MOST_SESSIONS_NEW: Final = 5
"""At least one day of recovery; new runners have two days off (skeleton weeks)."""

LADDER: Final = ((3, 70), (4, 70), (5, 70), (5, 75), (5, 80))
"""Rounds and percent of the fastest: rounds first, then effort; a step a week at most. The top is the seed session."""

WALK_JOG_ROUNDS: Final = (3, 4, 5, 6)

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

LEG_SETS: Final = {CALVES_A: 4, CALVES_B: 4, LEGS: 10}

GROWTH: Final = 1.1
"""A single run is at most a tenth longer than the longest of 30 days (R60)."""

GROWTH_DAYS: Final = 30
FIRST_RUN_MINUTES: Final = {"new": 10, "regular": 20, "experienced": 30}
"""The first run without a break where none is known of (a product decision, on the careful side)."""

SHORTEST_RUN: Final = 10
LONGEST_EASY: Final = 30
LONGEST_LONG: Final = 90
LONG_FROM: Final = 20
"""Minutes: below 10 a walk is planned instead, and a long run is one of 20 and more."""

EFFORT: Final = {
    SPRINTS: (6, 8),
    HILLS: (6, 8),
    WALK_JOG: (2, 5),
    CALVES_A: (5, 8),
    CALVES_B: (5, 8),
    LEGS: (6, 8),
    EASY_RUN: (1, 5),
    EASY_WALK: (1, 5),
    LONG_RUN: (1, 5),
    RECOVERY: (1, 5),
}
"""The felt effort of 10 that each workout is meant to have, one more or less than its page says being fine."""

TOO_HARD: Final = {workout: 9 if most > 5 else 7 for workout, (_, most) in EFFORT.items()}
"""The felt effort from which a session was too hard: hard ones are 7–8, and easy ones, walk–jogs too, 2–4."""

PAIN_REDUCE: Final = 3
PAIN_STOP: Final = 5
PAIN_DAYS: Final = 7
"""Pain 0–2 goes on, 3–4 reduces, 5 and more stops; without a newer report it counts for a week."""

MISSED_IN_A_ROW: Final = 3
SCREENING_DAYS: Final = 365
"""Asked again every twelve months (C1)."""

SCREENING_SOON: Final = 14
"""So many days before, the person is told (a product decision): when it has run out nothing reminds them any more."""

_AROUND_STRENGTH: Final = 8
_MINUTES_A_SET: Final = 2.15
_AROUND_RUN: Final = 10


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of a workout."""

    minutes: int
    rounds: int | None = None
    percent: int | None = None
    calf_sets: int = 0
    leg_sets: int = 0
    run_minutes: int = 0


def interval_minutes(workout: str, rounds: int) -> int:
    """Return how long an interval session takes, warm-up and cool-down included; five sprints make 20 minutes."""
    around, each = {SPRINTS: (10.0, 2.0), HILLS: (15.0, 2.0), WALK_JOG: (10.0, 2.5)}[workout]
    return ceil(around + each * rounds)


def strength_dose(workout: str, calf_sets: int, minutes: int) -> Dose:
    """Return the sets that fit into `minutes`: calves first, but two sets for the rest of the leg always."""
    fit = int((minutes - _AROUND_STRENGTH) / _MINUTES_A_SET)
    calves = max(0, min(calf_sets, MOST_CALF_SETS_A_DAY, fit - 2))
    legs = min(LEG_SETS[workout], fit - calves)
    return Dose(strength_minutes(calves + legs), calf_sets=calves, leg_sets=legs)


def strength_minutes(sets: int) -> int:
    """Return how long a strength session of so many sets takes, warm-up and cool-down included."""
    return _AROUND_STRENGTH + ceil(sets * _MINUTES_A_SET)


def run_dose(run_minutes: int) -> Dose:
    """Return a run without a break, with five minutes of walking on either side."""
    return Dose(run_minutes + _AROUND_RUN, run_minutes=run_minutes)


def longest_allowed(longest_of_30_days: int) -> int:
    """Return the minutes that a single run may take after the longest one of the last 30 days, which is not 0."""
    return int(longest_of_30_days * GROWTH + 1e-9)
