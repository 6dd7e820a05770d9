"""Vocabulary: the words of one language that the grammars of this package read; `content/<language>/` holds them.

Every word is folded (`normalise.fold`), and a phrase has single spaces. Parts are compared by value; a vocabulary is
itself, so that what a grammar compiles from it can be cached by it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from coach.parsing.word_lists.request_words import DateWords, EffortWords, RequestWords, SpanWords, WishWords
from coach.parsing.words import NO_WORDS, Words
from coach.planning.inputs import Equipment, Experience, PauseReason
from coach.profile import Goal, Units
from coach.reminders.kinds import ReminderKind

_LISTS_REMEMBERED: Final = 256  # of words, as patterns


def _empty() -> Mapping[str, int]:
    return MappingProxyType({})


@dataclass(frozen=True)
class DayWords:
    """Days of the week: their names, what else one is called, several, all; what makes a range or leaves days out."""

    names: tuple[str, ...] = ()  # Monday first; the beginning of a name may stand for it
    one: Mapping[str, int] = field(default_factory=_empty)  # ISO weekdays
    several: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    every: Words = NO_WORDS
    every_day: Words = NO_WORDS  # phrases that mean all days by themselves
    mornings: Words = NO_WORDS  # phrases that mean all days, before noon
    evenings: Words = NO_WORDS  # after noon
    plural: str = ""
    through: Words = NO_WORDS
    but: Words = NO_WORDS
    others: Words = NO_WORDS  # all that are not named
    taken: Words = NO_WORDS  # behind days that are something else's or do not suit: "are for"
    set_aside: Words = NO_WORDS  # before days that are not for training: "keep the weekend for"
    aside: Words = NO_WORDS  # behind them
    asides: Words = NO_WORDS  # phrases with "all" that mean no days: "that's all i"
    are: Words = NO_WORDS  # between "my training days" and the days
    instead: Words = NO_WORDS  # behind the days that take the place of others
    new_thought: Words = NO_WORDS  # behind it something else is said of days: "so"
    tomorrow: Words = NO_WORDS

    def begun(self, text: str, least: int) -> int | None:
        """Return the first ISO weekday whose name begins so, with at least `least` letters."""
        if len(text) < least:
            return None
        return next((number for number, name in enumerate(self.names, 1) if name.startswith(text)), None)


@dataclass(frozen=True)
class ClockWords:
    """Times of day."""

    noon: Words = NO_WORDS
    midnight: Words = NO_WORDS
    morning: Words = NO_WORDS  # "am", behind an hour
    evening: Words = NO_WORDS  # "pm"
    o_clock: Words = NO_WORDS
    hour: Words = NO_WORDS  # the "h" of "7h30" and "1 h"
    at: Words = NO_WORDS
    around: Words = NO_WORDS  # a time that is about right
    half: Words = NO_WORDS
    quarter: Words = NO_WORDS
    past: Words = NO_WORDS
    before: Words = NO_WORDS


@dataclass(frozen=True)
class NumberWords:
    """Numbers in words, and the article that counts as one before a unit, as in "a week"."""

    values: Mapping[str, int] = field(default_factory=_empty)
    article: Words = NO_WORDS
    dozen: Words = NO_WORDS  # twelve, which is counted as well: "two dozen"


@dataclass(frozen=True)
class ScheduleWords:
    """Words about reminders: which one, on or off, and those that stand between days and times."""

    turn_on: Words = NO_WORDS
    turn_off: Words = NO_WORDS
    never: Words = NO_WORDS  # more words for no time at all
    only: Words = NO_WORDS
    around: Words = NO_WORDS  # before two ends
    joining: Words = NO_WORDS
    skip: Words = NO_WORDS
    quiet: Words = NO_WORDS
    kinds: Mapping[ReminderKind, Words] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class PauseWords:
    """Words for a pause: its length, its end, its reason."""

    lengths: Mapping[str, int] = field(default_factory=_empty)  # days
    months: tuple[str, ...] = ()  # January first; the beginning of a name may stand for it
    ordinals: Words = NO_WORDS  # behind a number: "12th"
    until: Words = NO_WORDS
    until_first: Words = NO_WORDS  # as the first word only
    skip: Words = NO_WORDS
    reasons: Mapping[PauseReason, Words] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class UnitWords:
    """Units of weight and length, and what people say before a weight."""

    weights: Mapping[Units, Words] = field(default_factory=lambda: MappingProxyType({}))
    systems: Mapping[Units, Words] = field(default_factory=lambda: MappingProxyType({}))  # "metric"
    millimetres: Words = NO_WORDS
    centimetres: Words = NO_WORDS
    inches: Words = NO_WORDS
    grams: Words = NO_WORDS
    ounces: Words = NO_WORDS
    weighing: Words = NO_WORDS  # "i weigh"
    about: Words = NO_WORDS
    now: Words = NO_WORDS  # behind a weight: "this morning"


@dataclass(frozen=True)
class LegWords:
    """Words for a leg, and for what is counted."""

    left: Words = NO_WORDS
    right: Words = NO_WORDS
    both: Words = NO_WORDS
    leg: Words = NO_WORDS  # what may follow: "left calf"
    joining: Words = NO_WORDS
    times: Words = NO_WORDS


@dataclass(frozen=True)
class ChoiceWords:
    """Beginnings of words that name a choice of a question, and what says that there is none."""

    goals: Mapping[Goal, Words] = field(default_factory=lambda: MappingProxyType({}))
    experience: Mapping[Experience, Words] = field(default_factory=lambda: MappingProxyType({}))
    equipment: Mapping[Equipment, Words] = field(default_factory=lambda: MappingProxyType({}))
    nothing: Words = NO_WORDS
    without: Words = NO_WORDS


@dataclass(frozen=True)
class AnswerWords:
    """Yes, no, none and more, as the answer to the quick check."""

    nothing: Words = NO_WORDS
    deny: Words = NO_WORDS
    skip: Words = NO_WORDS
    agree: Words = NO_WORDS
    having: Words = NO_WORDS  # phrases that begin a condition: "i have"
    negating: Words = NO_WORDS
    asking: Words = NO_WORDS  # words that begin a question
    but: Words = NO_WORDS
    conditions: Words = NO_WORDS  # beginnings of words


@dataclass(frozen=True)
class SafetyWords:
    """Words that deny what follows, how far that reaches, and numbers, for red flags.

    They are folded as the tokens of a message are: no accents, no apostrophes.
    """

    denials: Words = NO_WORDS
    turns: Words = NO_WORDS  # a denial reaches no further
    fillers: Words = NO_WORDS  # between a denial and what it denies
    joins: Words = NO_WORDS  # what follows them is denied as what stands before them is
    numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # word to digits


@dataclass(frozen=True, eq=False)
class PlaceWords:
    """Words around a place, more names of countries, by their code of two letters, and of zones.

    A name may stand for several zones: "ist" is Indian, Irish and Israeli. It is compared by identity, to be cached.
    """

    living: Words = NO_WORDS
    near: Words = NO_WORDS
    clock: Words = NO_WORDS  # behind a place: "time"
    universal: Words = NO_WORDS  # "utc", before an offset
    plus: Words = NO_WORDS
    minus: Words = NO_WORDS
    countries: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    zones: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))  # name to IANA zones


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """All words of a language that grammars read."""

    days: DayWords = DayWords()
    clock: ClockWords = ClockWords()
    numbers: NumberWords = NumberWords()
    schedule: ScheduleWords = ScheduleWords()
    pause: PauseWords = PauseWords()
    units: UnitWords = UnitWords()
    legs: LegWords = LegWords()
    choices: ChoiceWords = ChoiceWords()
    answers: AnswerWords = AnswerWords()
    safety: SafetyWords = SafetyWords()
    places: PlaceWords = PlaceWords()
    dates: DateWords = field(default_factory=DateWords)
    spans: SpanWords = field(default_factory=SpanWords)
    efforts: EffortWords = field(default_factory=EffortWords)
    wishes: WishWords = field(default_factory=WishWords)
    requests: RequestWords = field(default_factory=RequestWords)
    common: Words = NO_WORDS  # words that most questions share; no accents, no apostrophes


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for one of the words, the longest first; for none of them one that never fits."""
    return _any_of(frozenset(words))


@lru_cache(_LISTS_REMEMBERED)
def _any_of(words: frozenset[str]) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, listed))})" if listed else "(?!)"
