"""Times of day within a message: "at like half 7 in the mornings", "8pm", "quarter to six", "at 7"."""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, find_mentions
from coach.parsing.vocabulary import Vocabulary, any_of

_DAY_MINUTES: Final = 24 * 60
_EVENING_HOURS: Final = 12
_PLACES: Final = range(1, 5)
_BEHIND: Final = 15  # characters behind an hour in which its half of the day stands: " in the evening"


class _Half(StrEnum):
    """A half of the day, as it is named in patterns."""

    AM = "am"
    PM = "pm"


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's times of day."""

    clear: re.Pattern[str]
    bare: re.Pattern[str]
    morning: re.Pattern[str]
    evening: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    clock = words.clock

    def half_day(number: int) -> str:
        """Return a half of the day, named by its place in the pattern."""
        morning = rf"(?P<{_Half.AM}{number}>{any_of(clock.morning)}s?)"
        return rf"(?: ?(?:{morning}|(?P<{_Half.PM}{number}>{any_of(clock.evening)}s?)))"

    o_clock = any_of(clock.o_clock - clock.hour)
    part = (
        rf"(?:(?P<half>{any_of(clock.half)})|(?P<quarter>{any_of(clock.quarter)})"
        rf"|(?P<some>[1-5]?\d)(?: {any_of(words.spans.minutes)})?)"
    )
    way = rf"(?:(?P<past>{any_of(clock.past)})|(?P<before>{any_of(clock.before)}))"
    return _Grammar(
        clear=re.compile(
            rf"{BEGINS}(?:(?P<noon>{any_of(clock.noon)})|(?P<midnight>{any_of(clock.midnight)})"
            rf"|{part} {way} (?P<to>[01]?\d){half_day(1)}?"
            rf"|{any_of(clock.half)} (?P<halfof>[01]?\d){half_day(2)}?"
            rf"|(?P<hour>[012]?\d)(?:[:.]|{any_of(clock.hour)})(?P<minute>[0-5]\d){half_day(3)}?"
            rf"|(?P<hour2>[012]?\d)(?: (?P<minute2>[0-5]\d))?(?: ?{o_clock})?{half_day(4)}"
            rf"|(?P<hour3>[01]?\d) ?{o_clock}"
            rf"){ENDS}"
        ),
        bare=re.compile(
            rf"{BEGINS}(?:(?P<hour>0\d|1\d|2[0-3])(?P<minute>[0-5]\d)"
            rf"|(?P<short>[012]?\d)(?:[ .](?P<minute2>[0-5]\d))?){ENDS}(?![:./]?\d|%)"
        ),
        morning=re.compile(rf"{BEGINS}{any_of(words.dates.mornings)}{ENDS}"),
        evening=re.compile(rf"{BEGINS}{any_of(words.dates.evenings)}{ENDS}"),
    )


def find_times(said: str, words: Vocabulary) -> list[Mention[time]]:
    """Return the times of day that are clearly such in a spoken form."""
    grammar = _grammar(words)
    return find_mentions(grammar.clear, said, lambda match: _clear(match, grammar))


def find_bare_times(said: str, words: Vocabulary) -> list[Mention[time]]:
    """Return numbers that can be hours, for a message of which it is known that it names one: "remind me at 7"."""
    grammar = _grammar(words)
    return find_mentions(grammar.bare, said, lambda match: _bare(match, grammar))


def _bare(match: re.Match[str], grammar: _Grammar) -> time | None:
    hour = _half_day(int(match["hour"] or match["short"]), match, grammar, None, None)
    return _moment(hour, int(match["minute"] or match["minute2"] or 0))


def _clear(match: re.Match[str], grammar: _Grammar) -> time | None:
    if match["noon"]:
        return time(12)
    if match["midnight"]:
        return time(0)
    am = next((match[f"{_Half.AM}{number}"] for number in _PLACES if match[f"{_Half.AM}{number}"]), None)
    pm = next((match[f"{_Half.PM}{number}"] for number in _PLACES if match[f"{_Half.PM}{number}"]), None)
    hour = int(match["to"] or match["halfof"] or match["hour"] or match["hour2"] or match["hour3"])
    hour = _half_day(hour, match, grammar, am, pm)
    if match["to"]:
        minutes = 30 if match["half"] else 15 if match["quarter"] else int(match["some"])
        sign = -1 if match["before"] else 1
        return _moment(*divmod((hour * 60 + sign * minutes) % _DAY_MINUTES, 60))
    if match["halfof"]:
        return _moment(hour, 30)
    return _moment(hour, int(match["minute"] or match["minute2"] or 0))


def _half_day(hour: int, match: re.Match[str], grammar: _Grammar, am: str | None, pm: str | None) -> int:
    """Return the hour of the day: a half of it that is said anywhere counts where none is said beside the hour.

    One right behind it goes before another: "mornings won't work, make it 8 at night".
    """
    if am is None and pm is None:
        said, behind = match.string, match.string[match.end() :][:_BEHIND]
        near = grammar.evening.search(behind) and not grammar.morning.search(behind)
        pm = _Half.PM if near or (grammar.evening.search(said) and not grammar.morning.search(said)) else None
    if am and hour == _EVENING_HOURS:
        return 0
    return hour + _EVENING_HOURS if pm and 0 < hour < _EVENING_HOURS else hour


def _moment(hour: int, minute: int) -> time | None:
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
