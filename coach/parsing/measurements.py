"""Measurements: calves, heel raises, and weight for those who ask for it. Read from words, compared plainly."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

from coach.parsing.girth import parse_girth, show_girth, written_unit
from coach.parsing.normalise import plain
from coach.parsing.vocabulary import Vocabulary, any_of
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
    """A kind of measurement."""

    GIRTH = "girth"  # centimetres
    RAISES = "raises"  # single-leg heel raises, repetitions
    WEIGHT = "weight"  # kilograms


class Side(StrEnum):
    """Left or right."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class MeasuredValue:
    """A figure of a day."""

    day: date
    value: float


_NOISE: Final = " ,;:=/&"
T = TypeVar("T", float, int)


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's figures by leg."""

    side: re.Pattern[str]
    both: re.Pattern[str]
    gap: re.Pattern[str]
    joining: re.Pattern[str]  # at either end
    raises: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    legs = words.legs
    joining, leg = any_of(legs.joining), rf"(?: {any_of(legs.leg)})?"
    return _Grammar(
        side=re.compile(rf"\b({any_of(legs.left | legs.right)})\b{leg}"),
        both=re.compile(rf"\b{any_of(legs.both)}\b{leg}"),
        gap=re.compile(rf"\s*(?:[,;/&]|\b{joining}\b)\s*|\s+"),
        joining=re.compile(rf"^{joining}\b|\b{joining}$"),
        raises=re.compile(rf"(\d{{1,4}}) ?{any_of(legs.times)}?"),
    )


def parse_girths(text: str, units: Units | None, words: Vocabulary) -> dict[Side | None, float]:
    """Return centimetres by leg: "38.5 38.2" (left, right), "left 38.5", "R 38 L 38.5", "both 38"; None for one alone.

    A unit behind one of two numbers counts for both. Raises what `parse_girth` raises.
    """
    likely = written_unit(text, words) or units
    return _sides(text, words, lambda part: parse_girth(part, likely, words), GirthNotUnderstood)


def parse_raises(text: str, words: Vocabulary) -> dict[Side | None, int]:
    """Return repetitions by leg, written as for `parse_girths`. Raises RaisesNotUnderstood and RaisesOutOfRange."""
    return _sides(text, words, lambda part: _raises(part, words), RaisesNotUnderstood)


def swelled(before: dict[Side, float], now: dict[Side, float]) -> Side | None:
    """Return the leg that grew since last time by SWELLING_CM more than the other did."""
    if any(side not in before or side not in now for side in Side):
        return None
    left, right = (now[side] - before[side] for side in Side)
    if max(left, right) >= SWELLING_CM and abs(left - right) >= SWELLING_CM:
        return Side.LEFT if left > right else Side.RIGHT
    return None


def show_measured(kind: MeasurementKind | None, value: float, units: Units | None) -> str:
    """Return a figure as the person reads it: girths in their units, all else as a number."""
    return show_girth(value, units or Units.KILOGRAMS) if kind is MeasurementKind.GIRTH else f"{value:g}"


def change(points: Sequence[MeasuredValue]) -> float:
    """Return by how much the last of `points` differs from the first."""
    return points[-1].value - points[0].value


def _sides(text: str, words: Vocabulary, read: Callable[[str], T], unclear: type[UserError]) -> dict[Side | None, T]:
    said, grammar = plain(text), _grammar(words)
    if said is None:
        raise unclear
    if grammar.both.search(said):
        both = read(grammar.both.sub("", said).strip(_NOISE))
        return {Side.LEFT: both, Side.RIGHT: both}
    first, *rest = grammar.side.split(said)
    if not rest:
        return _unlabelled(said, grammar.gap, read, unclear)
    sides = [Side.LEFT if label in words.legs.left else Side.RIGHT for label in rest[::2]]
    first, *values = (grammar.joining.sub("", part.strip(_NOISE)).strip(_NOISE) for part in (first, *rest[1::2]))
    if first:  # "38.5 left, 38.2 right"
        if values.pop():
            raise unclear
        values.insert(0, first)
    if len(set(sides)) != len(sides):
        raise unclear
    return {side: read(value) for side, value in zip(sides, values, strict=True)}


def _unlabelled(
    said: str, between: re.Pattern[str], read: Callable[[str], T], unclear: type[UserError]
) -> dict[Side | None, T]:
    """Read one figure, or two wherever the text can be cut into two: "38,5 38,2", "15 1/4 15 1/2"."""
    try:
        return {None: read(said)}
    except unclear as error:
        best: UserError = error
    for gap in between.finditer(said):
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


def _raises(text: str, words: Vocabulary) -> int:
    found = _grammar(words).raises.fullmatch(text)
    if found is None:
        raise RaisesNotUnderstood
    count = int(found[1])
    if count > MOST_RAISES:
        raise RaisesOutOfRange(most=MOST_RAISES)
    return count
