"""Double progression: first more repetitions within the range, then a little more load.

The rule, from the sets that were noted last:

1. A set below the range is a miss: the same again. After two misses in a row the load goes down by one step.
2. Every set at the top of the range: one step more load, and back to the bottom of the range. Where the step is more
   than a tenth of the load, every set must be two repetitions above the top first. An exercise that is not loaded gets
   harder instead: slower, or one leg for two.
3. Otherwise one repetition more in each set that is below the top.

A step is the smallest that dumbbells and plates allow; its size is ours. "Add 2–10% when 1–2 reps above target":
evidence.md D "Overload", R89 (ACSM 2009). The notes of the exercises say to stop short of the last repetition.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coach.parsing.weight import KG_PER_LB

MOST_REPS: Final = 100
MOST_SETS: Final = 10
MOST_LOAD_KG: Final = 300.0
BEYOND: Final = 2  # repetitions above the top that a large step needs
LARGE_STEP: Final = 0.1  # of the load

_RANGE: Final = re.compile(r"(\d+)\D+(\d+)")
_STEPS_KG: Final = ((25.0, 2.5), (0.0, 1.0))
_STEPS_LB: Final = ((50.0, 5.0), (0.0, 2.5))


class SetsResult(StrEnum):
    """A session's sets in a word, against what was planned; it is stored."""

    PLANNED = "planned"
    MORE = "more"
    FEWER = "fewer"


class AimChange(StrEnum):
    """The difference between an aim and what was done last."""

    START = "start"  # nothing was noted yet
    SAME = "same"
    REPS = "reps"
    LOAD = "load"
    FIRST_LOAD = "first-load"  # the lightest there is
    HARDER = "harder"
    LIGHTER = "lighter"


@dataclass(frozen=True, slots=True)
class RepRange:
    """The sets of an exercise, and the least and the most repetitions of one."""

    sets: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class DoneSets:
    """The sets of one exercise and session, as they were noted.

    `load_kg` is None where none was said, which means the one before, and 0 for no weight. Without `reps` there is a
    `result`.
    """

    reps: tuple[int, ...] = ()
    load_kg: float | None = None
    result: SetsResult = SetsResult.PLANNED


@dataclass(frozen=True, slots=True)
class Aim:
    """The repetitions of each set to aim at, and the load in kilograms, 0 for none."""

    reps: tuple[int, ...]
    load_kg: float = 0.0
    change: AimChange = AimChange.START


def rep_range(text: str, sets: int) -> RepRange | None:
    """Return the range of "8–15" or "6–10 a side", None for a text without one."""
    found = _RANGE.search(text)
    return RepRange(sets, int(found[1]), int(found[2])) if found else None


def load_step(load_kg: float, *, pounds: bool = False) -> float:
    """Return the smallest step above a load, in kilograms; `pounds` for who counts in those."""
    unit = KG_PER_LB if pounds else 1.0
    steps = _STEPS_LB if pounds else _STEPS_KG
    return next(step for begin, step in steps if round(load_kg / unit, 1) >= begin) * unit


def next_aim(done: Sequence[DoneSets], wanted: RepRange, *, loadable: bool, pounds: bool = False) -> Aim:
    """Return the aim after these sessions of an exercise, the oldest first.

    `loadable` where the exercise can be done with weight and the person has some.
    """
    aim, misses = Aim((wanted.least,) * wanted.sets), 0
    for each in done:
        reps = each.reps or _reps_of(aim.reps, each.result)
        load = aim.load_kg if each.load_kg is None else each.load_kg
        misses = misses + 1 if min(reps) < wanted.least else 0
        step = load_step(load, pounds=pounds)
        aim = _after(reps, load, misses, wanted, step, loadable=loadable or load > 0)
    return Aim(_as_many(aim.reps, wanted.sets), aim.load_kg, aim.change)


def _after(reps: tuple[int, ...], load: float, misses: int, wanted: RepRange, step: float, *, loadable: bool) -> Aim:
    if misses:
        if misses > 1 and load > 0:
            return Aim(reps, max(load - step, 0.0), AimChange.LIGHTER)
        return Aim(reps, load, AimChange.SAME)
    large = 0 < load < step / LARGE_STEP
    top = wanted.most + (BEYOND if large and loadable else 0)
    if min(reps) < top:
        return Aim(tuple(count + 1 if count < top else count for count in reps), load, AimChange.REPS)
    if not loadable or load + step > MOST_LOAD_KG:
        return Aim(reps, load, AimChange.HARDER)
    bottom = (wanted.least,) * len(reps)
    return Aim(bottom, load + step, AimChange.LOAD) if load > 0 else Aim(bottom, 0.0, AimChange.FIRST_LOAD)


def _reps_of(aimed: tuple[int, ...], result: SetsResult) -> tuple[int, ...]:
    """Return the repetitions that a word stands for: those aimed at, one more each, or one fewer."""
    off = {SetsResult.PLANNED: 0, SetsResult.MORE: 1, SetsResult.FEWER: -1}[result]
    return tuple(min(max(count + off, 0), MOST_REPS) for count in aimed)


def _as_many(reps: tuple[int, ...], sets: int) -> tuple[int, ...]:
    """Return the repetitions of so many sets: the last one again, or the first ones alone."""
    return (*reps, *reps[-1:] * (sets - len(reps)))[:sets]
