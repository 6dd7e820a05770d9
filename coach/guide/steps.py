"""The steps of a planned session, one after the other, as somebody does them with a guide in the ear."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

from coach.planning.session_volume import SECONDS_A_SET
from coach.planning.workouts import EASY_WALK, HILLS, RECOVERY, SPRINTS, WALK_JOG, WORKOUTS


class Move(StrEnum):
    """The things that somebody does for a while; the sentences of a guide are named by them."""

    WARM_UP = "warm-up"
    SPRINT = "sprint"
    UPHILL = "uphill"
    JOG = "jog"
    RUN = "run"
    WALK = "walk"
    GENTLE = "gentle"
    HARD = "hard"  # of an interval that the person made up
    EASY = "easy"
    SET = "set"
    REST = "rest"
    TEST = "test"  # raises on one leg, to the beat
    COOL_DOWN = "cool-down"

    @property
    def works(self) -> bool:
        """Say whether it is counted in: the others begin with their tone alone."""
        return self in _WORK


_WORK: Final = frozenset({Move.SPRINT, Move.UPHILL, Move.JOG, Move.HARD, Move.SET, Move.TEST})


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of a session: `number` of `count` where it is one of several, `beat` seconds between soft ticks."""

    move: Move
    seconds: int
    number: int | None = None
    count: int | None = None
    exercise: str | None = None
    percent: int | None = None  # of effort
    beat: float | None = None

    @classmethod
    def of(cls, values: Sequence[Any]) -> Self:
        """Return the step of these values, as `astuple` gives them."""
        move, *rest = values
        return cls(Move(move), *rest)

    @property
    def is_last(self) -> bool:
        """Say whether it is the last of several."""
        return self.number is not None and self.number == self.count and self.number > 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase of a session as it was planned: its seconds, and whether each round has it."""

    seconds: int
    each_round: bool = False


@dataclass(frozen=True, slots=True)
class SetsOf:
    """The sets of one exercise: the most repetitions of a set, of each side where there are `sides`."""

    exercise: str
    sets: int
    reps: int
    sides: int = 1


_MIDDLE: Final = {
    SPRINTS: (Move.SPRINT, Move.WALK),
    HILLS: (Move.UPHILL, Move.WALK),
    WALK_JOG: (Move.JOG, Move.WALK),
    EASY_WALK: (Move.GENTLE,),
    RECOVERY: (Move.GENTLE,),
}
_ROUND: Final = (Move.HARD, Move.EASY)
_SLOW: Final = 4  # seconds for one repetition on both feet: up, a pause, down in two
_SIDED: Final = 3  # on one side: the other's turn is to fit in as well
_LEAST_REST: Final = 30
_BEATS: Final = 2  # in a repetition: up, and down

TEST_SECONDS: Final = 120
TEST_REST: Final = 120
TEST_BEAT: Final = 1.0
"""The heel-raise test: sixty beats a minute, up on one and down on the next; two minutes between the legs."""


def steps_of(
    workout: str,
    stretches: Sequence[Stretch],
    *,
    rounds: int | None = None,
    percent: int | None = None,
    sets: Sequence[SetsOf] = (),
    cadence: int | None = None,
) -> tuple[Step, ...]:
    """Return the steps of a session: warm-up, what is between, cool-down.

    `cadence` is the steps a minute that running is ticked at, none where it is not wished.
    """
    warm_up, *middle, cool_down = stretches
    between = list(_sets(sets)) if sets else list(_rounds(workout, middle, rounds, percent, cadence))
    around = ([Step(Move.WARM_UP, warm_up.seconds)], [Step(Move.COOL_DOWN, cool_down.seconds)])
    return tuple(step for step in (*around[0], *between, *around[1]) if step.seconds > 0)


def interval_steps(rounds: int, work: int, rest: int, warm_up: int, cool_down: int) -> tuple[Step, ...]:
    """Return the steps of intervals that a person made up; no rest follows the last of them."""
    repeated = [
        step
        for number in range(1, rounds + 1)
        for step in (Step(Move.HARD, work, number, rounds), Step(Move.EASY, rest if number < rounds else 0))
    ]
    steps = (Step(Move.WARM_UP, warm_up), *repeated, Step(Move.COOL_DOWN, cool_down))
    return tuple(step for step in steps if step.seconds > 0)


def heel_raise_steps() -> tuple[Step, ...]:
    """Return the steps of the heel-raise test: one leg, a rest, the other."""
    legs = [Step(Move.TEST, TEST_SECONDS, number, 2, beat=TEST_BEAT) for number in (1, 2)]
    return legs[0], Step(Move.REST, TEST_REST), legs[1]


def _rounds(
    workout: str, middle: Sequence[Stretch], rounds: int | None, percent: int | None, cadence: int | None
) -> Iterator[Step]:
    repeated = [stretch for stretch in middle if stretch.each_round]
    moves = _MIDDLE.get(workout, _ROUND if repeated else (Move.RUN,))
    spec = WORKOUTS[workout].rounds
    count = (rounds or (spec.default if spec else 1)) if repeated else 1
    for number in range(1, count + 1):
        for place, stretch in enumerate(middle):
            move = moves[min(place, len(moves) - 1)]
            numbered = repeated and move.works
            yield Step(
                move,
                stretch.seconds,
                number if numbered else None,
                count if numbered else None,
                percent=percent if move.works else None,
                beat=60 / cadence if cadence and move in {Move.JOG, Move.RUN} else None,
            )


def _sets(sets: Sequence[SetsOf]) -> Iterator[Step]:
    """Yield set and rest by turns, together as long as the plan counts a set; no rest follows the last."""
    left = sum(each.sets for each in sets)
    for each in sets:
        tempo = _SIDED if each.sides > 1 else _SLOW
        work = min(each.reps * each.sides * tempo, SECONDS_A_SET - _LEAST_REST)
        for number in range(1, each.sets + 1):
            left -= 1
            yield Step(Move.SET, work, number, each.sets, exercise=each.exercise, beat=tempo / _BEATS)
            if left:
                yield Step(Move.REST, SECONDS_A_SET - work)
