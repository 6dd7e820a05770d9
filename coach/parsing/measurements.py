"""What a person can measure: calves, heel raises, and weight for who asks for it. Read from words, compared plainly."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from coach.parsing.girth import parse_girth, written_unit
from coach.parsing.normalise import plain
from coach.profile import Units
from coach.user_errors import GirthNotUnderstood, RaisesNotUnderstood, RaisesOutOfRange, UserError

MOST_RAISES: Final = 100
"""Repetitions on one leg; what is more was counted otherwise. A product decision."""

SWELLING_CM: Final = 2.0
"""By so much more than the other leg since the last time: asked about before it is taken for muscle. No calf grows so
fast, and one-sided swelling is medical (evidence.md B50, C2). The number is ours, and on the careful side."""

MONTH_DAYS: Final = 25
"""Sooner than this after the last time there is little to see: once a month at most (evidence.md B50)."""


class MeasurementKind(StrEnum):
    """What is measured."""

    GIRTH = "girth"  # centimetres
    RAISES = "raises"  # single-leg heel raises, repetitions
    WEIGHT = "weight"  # kilograms


class Side(StrEnum):
    """Which leg."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """A figure of a day."""

    day: date
    value: float


_LABEL: Final = re.compile(r"\b(left|right|l|r)\b(?: (?:leg|calf|side))?")
_BOTH: Final = re.compile(r"\b(?:both|each)\b(?: (?:legs|calves|sides|leg|calf|side))?")
_GAP: Final = re.compile(r"\s*(?:[,;/&]|\band\b)\s*|\s+")
_NOISE: Final = " ,;:=/&"
T = TypeVar("T", float, int)


def parse_girths(text: str, units: Units | None) -> dict[Side | None, float]:
    """Return centimetres by leg: "38.5 38.2" (left, right), "left 38.5", "R 38 L 38.5", "both 38"; None for one alone.

    A unit behind one of two numbers counts for both. Raises what `parse_girth` raises.
    """
    likely = written_unit(text) or units
    return _sides(text, lambda part: parse_girth(part, likely), GirthNotUnderstood)


def parse_raises(text: str) -> dict[Side | None, int]:
    """Return repetitions by leg, written as for `parse_girths`. Raises RaisesNotUnderstood and RaisesOutOfRange."""
    return _sides(text, _raises, RaisesNotUnderstood)


def swelled(before: dict[Side, float], now: dict[Side, float]) -> Side | None:
    """Return the leg that grew since last time by SWELLING_CM more than the other did."""
    if any(side not in before or side not in now for side in Side):
        return None
    left, right = (now[side] - before[side] for side in Side)
    if max(left, right) >= SWELLING_CM and abs(left - right) >= SWELLING_CM:
        return Side.LEFT if left > right else Side.RIGHT
    return None


def change(points: Sequence[MeasuredValue]) -> float:
    """Return by how much the last of `points` differs from the first."""
    return points[-1].value - points[0].value


def _sides(text: str, read: Callable[[str], T], unclear: type[UserError]) -> dict[Side | None, T]:
    said = plain(text)
    if said is None:
        raise unclear
    if _BOTH.search(said):
        both = read(_BOTH.sub("", said).strip(_NOISE))
        return {Side.LEFT: both, Side.RIGHT: both}
    first, *rest = _LABEL.split(said)
    if not rest:
        return _unlabelled(said, read, unclear)
    labels, values = rest[::2], [_bare(part) for part in rest[1::2]]
    if _bare(first):  # "38.5 left, 38.2 right"
        if values.pop():
            raise unclear
        values.insert(0, _bare(first))
    if len({label[0] for label in labels}) != len(labels):
        raise unclear
    found: dict[Side | None, T] = {}
    for label, value in zip(labels, values, strict=True):
        found[Side.LEFT if label.startswith("l") else Side.RIGHT] = read(value)
    return found


def _unlabelled(said: str, read: Callable[[str], T], unclear: type[UserError]) -> dict[Side | None, T]:
    """Read one figure, or two wherever the text can be cut into two: "38,5 38,2", "15 1/4 15 1/2"."""
    try:
        return {None: read(said)}
    except unclear as error:
        best: UserError = error
    for gap in _GAP.finditer(said):
        halves = [_outcome(read, half) for half in (said[: gap.start()], said[gap.end() :])]
        mistakes = [half for half in halves if isinstance(half, UserError)]
        if not mistakes:
            left, right = (half for half in halves if not isinstance(half, UserError))
            return {Side.LEFT: left, Side.RIGHT: right}
        if not any(isinstance(mistake, unclear) for mistake in mistakes):
            best = mistakes[0]  # two figures, one of them too large: that is what to say
    raise best


def _outcome(read: Callable[[str], T], text: str) -> T | UserError:
    try:
        return read(text)
    except UserError as mistake:
        return mistake


def _bare(part: str) -> str:
    return re.sub(r"^and\b|\band$", "", part.strip(_NOISE)).strip(_NOISE)


def _raises(text: str) -> int:
    found = re.fullmatch(r"(\d{1,4}) ?(?:x|times|reps?|raises?)?", text)
    if found is None:
        raise RaisesNotUnderstood
    count = int(found[1])
    if count > MOST_RAISES:
        raise RaisesOutOfRange(most=MOST_RAISES)
    return count
