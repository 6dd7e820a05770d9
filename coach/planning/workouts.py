"""One record a workout: what the planner, the gate and the pages know of it. A new workout is one here and its page.

The page, `content/<language>/workouts/<slug>.yaml`, holds only words; every duration stands here, in seconds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coach.planning.week import Target, Why
from coach.profile import SessionKind

SPRINTS: Final = "sprint-intervals"
HILLS: Final = "hill-sprints"
WALK_JOG: Final = "walk-jog-intervals"
CALVES_A: Final = "calf-strength-a"
CALVES_B: Final = "calf-strength-b"
LEGS: Final = "leg-strength"
STEADY_RUN: Final = "steady-run"
EASY_RUN: Final = "easy-run"
EASY_WALK: Final = "easy-walk"
LONG_RUN: Final = "long-run"
RECOVERY: Final = "recovery"
SMALL_CALVES: Final = "small-calves"
HALF_HOUR_WALK: Final = "half-hour-walk"
RAISES_AND_HOPS: Final = "raises-and-hops"

_MINUTE: Final = 60
_EASY_AT_MOST: Final = 5
_TOO_HARD_EASY: Final = 7
_TOO_HARD: Final = 9


class Family(StrEnum):
    """Sessions that stand for one another: a week wants so many of each."""

    QUALITY = "quality"  # sprints, on the flat or uphill
    WALK_JOG = "walk-jog"  # the way to running without a walk, and the runs at its end
    STRENGTH = "strength"
    LONG = "long"
    EASY = "easy"
    SMALL = "small"  # after a miss, in place of the day's session; no week wants it
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Rounds:
    """The number of rounds: as the page describes it, and the least and the most that are planned."""

    default: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class WorkoutSpec:
    """A workout as the coach knows it; durations in seconds, in the order of the phases on its page.

    `middle` is one phase, or the phases of one round where there are `rounds`. `effort` is the felt effort of 10 that
    it is meant to have, one more or less than its page says being fine.
    """

    slug: str
    kind: SessionKind
    family: Family
    effort: tuple[int, int]
    warm_up: int
    middle: tuple[int, ...]
    cool_down: int
    rounds: Rounds | None = None
    why: Why = Why.EASY_BASE  # it is planned where nothing special holds
    target: Target | None = None  # of a week, that it meets
    hard: bool = False  # counts against the cap of hard days: sprint, hill, heavy legs, long run
    spaced: bool = False  # never on two days running, as every hard one, and beginners' runs (B27)
    runs: bool = False  # counts as running
    gentle: bool = False  # may stand on any day, and is not asked about pain
    only_wished: bool = False  # a person may choose it only where the week wants it anyway
    lighter: str | None = None  # the workout that meets the same target where this one finds no place
    leg_sets: int = 0  # sets for the rest of the leg, beside the calves'
    longest_run: int | None = None  # the most of it that is run without a break, where its length is planned
    page: str | None = None  # the workout whose page follow-ups are read with, where it is not its own

    def __post_init__(self) -> None:
        """Raise ValueError where a hard workout could stand on two days running."""
        if self.hard and not self.spaced:
            raise ValueError(f"hard workouts are spaced: {self.slug}")

    @property
    def around(self) -> int:
        """The seconds of warm-up and cool-down."""
        return self.warm_up + self.cool_down

    def seconds(self, rounds: int | None = None) -> int:
        """Return how long it takes in all, by default as its page describes it."""
        if rounds is None:
            rounds = self.rounds.default if self.rounds else 1
        return self.around + rounds * sum(self.middle)

    def minutes(self, rounds: int | None = None) -> int:
        """Return the same in whole minutes, a begun one counted; five sprints make 25."""
        return -(-self.seconds(rounds) // _MINUTE)

    @property
    def talking_pace(self) -> bool:
        """Say whether it is meant to be easy enough to talk."""
        return self.effort[1] <= _EASY_AT_MOST

    @property
    def too_hard(self) -> int:
        """The felt effort from which a session was too hard: hard ones are 7–8; easy ones, walk–jogs too, 2–4."""
        return _TOO_HARD_EASY if self.talking_pace else _TOO_HARD


def _catalog(*specs: WorkoutSpec) -> Mapping[str, WorkoutSpec]:
    return {spec.slug: spec for spec in specs}


WORKOUTS: Final = _catalog(
    WorkoutSpec(
        SPRINTS, SessionKind.INTERVAL, Family.QUALITY, effort=(6, 8),
        warm_up=600, middle=(30, 90), cool_down=300, rounds=Rounds(5, 2, 5),
        why=Why.SPEED, target=Target.INTERVALS, hard=True, spaced=True, runs=True,
    ),
    WorkoutSpec(
        HILLS, SessionKind.INTERVAL, Family.QUALITY, effort=(6, 8),
        warm_up=600, middle=(20, 100), cool_down=300, rounds=Rounds(4, 2, 5),
        why=Why.HILLS, target=Target.INTERVALS, hard=True, spaced=True, runs=True,
    ),
    WorkoutSpec(
        WALK_JOG, SessionKind.INTERVAL, Family.WALK_JOG, effort=(2, 5),
        warm_up=300, middle=(60, 90), cool_down=300, rounds=Rounds(5, 1, 6),
        why=Why.LEARN_TO_RUN, target=Target.INTERVALS, spaced=True, runs=True,
    ),
    WorkoutSpec(
        STEADY_RUN, SessionKind.EASY, Family.WALK_JOG, effort=(1, 5),
        warm_up=300, middle=(1200,), cool_down=300,
        why=Why.WITHOUT_A_WALK, target=Target.INTERVALS, spaced=True, runs=True, only_wished=True,
        longest_run=30 * _MINUTE,
    ),
    WorkoutSpec(
        CALVES_A, SessionKind.STRENGTH, Family.STRENGTH, effort=(5, 8),
        warm_up=300, middle=(900,), cool_down=180,
        why=Why.CALVES, target=Target.CALF_SETS, leg_sets=4,
    ),
    WorkoutSpec(
        CALVES_B, SessionKind.STRENGTH, Family.STRENGTH, effort=(5, 8),
        warm_up=300, middle=(960,), cool_down=180,
        why=Why.CALVES, target=Target.LEGS_TWICE, leg_sets=4,
    ),
    WorkoutSpec(
        LEGS, SessionKind.STRENGTH, Family.STRENGTH, effort=(6, 8),
        warm_up=300, middle=(1560,), cool_down=180,
        why=Why.LEGS, target=Target.LEGS_TWICE, hard=True, spaced=True, only_wished=True, lighter=CALVES_B, leg_sets=10,
    ),
    WorkoutSpec(
        EASY_RUN, SessionKind.EASY, Family.EASY, effort=(1, 5),
        warm_up=300, middle=(1200,), cool_down=300,
        target=Target.EASY, runs=True, only_wished=True, longest_run=30 * _MINUTE,
    ),
    WorkoutSpec(
        EASY_WALK, SessionKind.EASY, Family.EASY, effort=(1, 5),
        warm_up=300, middle=(1200,), cool_down=300,
        target=Target.EASY, gentle=True,
    ),
    WorkoutSpec(
        LONG_RUN, SessionKind.EASY, Family.LONG, effort=(1, 5),
        warm_up=300, middle=(2400,), cool_down=300,
        why=Why.LONG_RUN, target=Target.LONG_RUN, hard=True, spaced=True, runs=True, longest_run=90 * _MINUTE,
    ),
    WorkoutSpec(
        HALF_HOUR_WALK, SessionKind.EASY, Family.EASY, effort=(1, 5),
        warm_up=300, middle=(1200,), cool_down=300,
        target=Target.EASY, gentle=True, only_wished=True,
    ),
    WorkoutSpec(
        RAISES_AND_HOPS, SessionKind.STRENGTH, Family.STRENGTH, effort=(3, 6),
        warm_up=300, middle=(660,), cool_down=180,
        why=Why.CALVES, target=Target.CALF_SETS, spaced=True, only_wished=True, leg_sets=2,
    ),
    WorkoutSpec(
        RECOVERY, SessionKind.RECOVERY, Family.REST, effort=(1, 5),
        warm_up=300, middle=(1200,), cool_down=300,
        why=Why.REST, gentle=True,
    ),
    WorkoutSpec(
        SMALL_CALVES, SessionKind.EASY, Family.SMALL, effort=(3, 5),
        warm_up=60, middle=(360,), cool_down=60,
        why=Why.CHOSEN, only_wished=True, page=CALVES_A,
    ),
)  # fmt: skip

HARD: Final = frozenset(slug for slug, spec in WORKOUTS.items() if spec.hard)
SPACED: Final = frozenset(slug for slug, spec in WORKOUTS.items() if spec.spaced)
"""The slugs of those, for the inner loops of the planner and for queries."""
