"""Intervals that a person makes up: "8x20/40", "Track night: 8 x 20 s hard, 40 s easy, 10 min warm-up"."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from coach.guide.steps import Step, interval_steps
from coach.parsing.mentions.durations import HOUR, MINUTE
from coach.parsing.mentions.intervals import find_intervals
from coach.parsing.mentions.mention import BEGINS, ENDS, spoken
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.words import NO_WORDS, Words
from coach.planning.inputs import AgeGroup, Experience
from coach.planning.workouts import SPRINTS, WORKOUTS
from coach.user_errors import IntervalsNotUnderstood, IntervalsOutOfRange

MAX_CHARACTERS: Final = 200
MOST_ROUNDS: Final = 30
LEAST_SECONDS: Final = 5
MOST_SECONDS: Final = 600
"""Bounds of the hard part and of the easy one."""

MOST_AROUND: Final = 30 * MINUTE
MOST_IN_ALL: Final = HOUR
LONGEST_NAME: Final = 30

WARM_UP: Final = WORKOUTS[SPRINTS].warm_up
COOL_DOWN: Final = WORKOUTS[SPRINTS].cool_down
"""Seconds where nothing else is said: as long as before and after the sprints of a plan."""

HARD_TO_BEGIN_WITH: Final = {Experience.NEW: 180, Experience.REGULAR: 360, Experience.EXPERIENCED: 720}
"""Seconds of hard work in all, above which fewer rounds are offered (a product decision, docs/decisions/0036)."""

_MOST_DIGITS: Final = 4
_TABATA: Final = (8, 20, 10)
_NEGATIVE: Final = re.compile(r"(?:^|[\sx×*/:])-\d")
_NAMED: Final = re.compile(r"(?P<name>[^:]*[^\W\d_][^:]*):(?!\d)(?P<rest>.*)", re.DOTALL)
_LEADING: Final = re.compile(r"\s*(\d+) ?[x×*]")
_MINUTES_AND_SECONDS: Final = re.compile(r"(?<![\d:])(\d{1,2}):([0-5]\d)(?![\d:])")


@dataclass(frozen=True, slots=True)
class Intervals:
    """Rounds of so many seconds hard and easy, warm-up and cool-down around them."""

    rounds: int
    work_s: int
    rest_s: int
    warm_up_s: int = WARM_UP
    cool_down_s: int = COOL_DOWN

    @property
    def hard_s(self) -> int:
        """The seconds of hard work."""
        return self.rounds * self.work_s

    @property
    def seconds(self) -> int:
        """The seconds in all: no rest follows the last round."""
        return self.warm_up_s + self.hard_s + (self.rounds - 1) * self.rest_s + self.cool_down_s

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that a guide goes through."""
        return interval_steps(self.rounds, self.work_s, self.rest_s, self.warm_up_s, self.cool_down_s)


@dataclass(frozen=True, slots=True)
class SaidIntervals:
    """Intervals as they were said, None for what was not, and the name that was given to them."""

    name: str | None
    rounds: int | None
    work_s: int | None
    rest_s: int | None
    warm_up_s: int | None = None
    cool_down_s: int | None = None


@dataclass(frozen=True)
class IntervalWords:
    """Words of a language for what stands around intervals, folded."""

    warm_up: Words = NO_WORDS
    cool_down: Words = NO_WORDS
    tabata: Words = NO_WORDS


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language for what stands around intervals."""

    warm_up: re.Pattern[str]
    cool_down: re.Pattern[str]
    tabata: re.Pattern[str]
    behind: re.Pattern[str]  # the number of rounds at the end


@lru_cache
def _grammar(words: Vocabulary, beside: IntervalWords) -> _Grammar:
    spans = words.spans
    of, none = any_of(words.dates.of), any_of(words.answers.nothing | words.answers.deny | words.choices.without)
    unit = rf"(?: ?-?(?:(?P<s>{any_of(spans.seconds)})|{any_of(spans.minutes)}))?"
    again = unit.replace("?P<s>", "?P<s2>")

    def around(named: frozenset[str]) -> re.Pattern[str]:
        part = any_of(named)
        return re.compile(
            rf"{BEGINS}(?:(?P<none>{none}) {part}|(?P<before>\d+){unit}(?: {of})? ?-?{part}"
            rf"|{part}:? ?(?P<behind>\d+){again}){ENDS}"
        )

    counted = any_of(spans.times | spans.rounds)
    return _Grammar(
        around(beside.warm_up),
        around(beside.cool_down),
        tabata=re.compile(rf"{BEGINS}{any_of(beside.tabata)}{ENDS}"),
        behind=re.compile(
            rf"(?P<before>.*\d.*?)[\s,]+(?:[x×*] ?(?P<rounds>\d+)|(?P<number>\d+) ?{counted})[\s.!]*", re.DOTALL
        ),
    )


def read_intervals(text: str, words: Vocabulary, beside: IntervalWords) -> SaidIntervals:
    """Return what a text says of intervals. Raises IntervalsNotUnderstood, and IntervalsOutOfRange for nonsense."""
    if len(text) > MAX_CHARACTERS:
        raise IntervalsNotUnderstood
    named = _NAMED.fullmatch(text.strip())
    name = _name(named["name"]) if named else None
    said = spoken(named["rest"] if named else text, words)
    if _NEGATIVE.search(said) or any(len(digits) > _MOST_DIGITS for digits in re.findall(r"\d+", said)):
        raise _out_of_range()
    grammar = _grammar(words, beside)
    said, warm_up = _around(said, grammar.warm_up)
    said, cool_down = _around(said, grammar.cool_down)
    said = _MINUTES_AND_SECONDS.sub(lambda found: str(int(found[1]) * MINUTE + int(found[2])), said)
    if _LEADING.match(said) is None and (behind := grammar.behind.fullmatch(said)) is not None:
        said = f"{behind['rounds'] or behind['number']} x {behind['before']}"
    if (leading := _LEADING.match(said)) is not None and not 0 < int(leading[1]) <= MOST_ROUNDS:
        raise _out_of_range()
    rounds, work, rest = find_intervals(said.replace("*", "x"), words)
    if (rounds, work, rest) == (None, None, None):
        if not grammar.tabata.search(said):
            raise IntervalsNotUnderstood
        rounds, work, rest = _TABATA
    return SaidIntervals(name, rounds, work, rest, warm_up, cool_down)


def checked(said: SaidIntervals) -> Intervals:
    """Return whole intervals within the bounds. Raises IntervalsNotUnderstood and IntervalsOutOfRange."""
    if max(said.work_s or 0, said.rest_s or 0) > MOST_SECONDS:
        raise _out_of_range()
    rest = 0 if said.rounds == 1 and said.rest_s is None else said.rest_s
    if said.rounds is None or said.work_s is None or rest is None:
        raise IntervalsNotUnderstood
    found = Intervals(
        said.rounds,
        said.work_s,
        rest,
        WARM_UP if said.warm_up_s is None else said.warm_up_s,
        COOL_DOWN if said.cool_down_s is None else said.cool_down_s,
    )
    least_rest = LEAST_SECONDS if found.rounds > 1 else 0
    if not (
        1 <= found.rounds <= MOST_ROUNDS
        and found.work_s >= LEAST_SECONDS
        and found.rest_s >= least_rest
        and max(found.warm_up_s, found.cool_down_s) <= MOST_AROUND
        and found.seconds <= MOST_IN_ALL
    ):
        raise _out_of_range()
    return found


def advised(intervals: Intervals, experience: Experience, age: AgeGroup) -> Intervals:
    """Return the intervals with as many rounds as are enough to begin with, at the person's level."""
    most = HARD_TO_BEGIN_WITH[experience]
    if age is not AgeGroup.ADULT:
        most = min(most, HARD_TO_BEGIN_WITH[Experience.REGULAR])
    return replace(intervals, rounds=max(1, min(intervals.rounds, most // intervals.work_s)))


def _out_of_range() -> IntervalsOutOfRange:
    return IntervalsOutOfRange(
        rounds=MOST_ROUNDS, least=LEAST_SECONDS, most=MOST_SECONDS // MINUTE, minutes=MOST_IN_ALL // MINUTE
    )


def _name(text: str) -> str | None:
    """Return a name in one line, as long as a button has room for; None where nothing is left of it."""
    kept = "".join(sign for sign in text if sign.isprintable())
    return " ".join(kept.split())[:LONGEST_NAME].strip() or None


def _around(said: str, pattern: re.Pattern[str]) -> tuple[str, int | None]:
    """Return the text without its warm-up, or its cool-down, and how many seconds that has; minutes by default."""
    found = pattern.search(said)
    if found is None:
        return said, None
    rest = f"{said[: found.start()]} {said[found.end() :]}".strip(" ,+")
    if found["none"]:
        return rest, 0
    figure, in_seconds = int(found["before"] or found["behind"]), found["s"] or found["s2"]
    return rest, figure if in_seconds else figure * MINUTE
