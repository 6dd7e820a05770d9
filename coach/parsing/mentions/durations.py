"""Durations and ways that a message names: "35 mins", "an hour and a half", "1h10", "26:30", "5k"; in seconds."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, find_mentions
from coach.parsing.normalise import number
from coach.parsing.vocabulary import Vocabulary, any_of

MINUTE: Final = 60
HOUR: Final = 3600
_HALF_MINUTE: Final = 30
_FIGURE: Final = r"\d{1,3}(?:[.,]\d+)?"


class _Part(StrEnum):
    """A length of one phrase, as it is named in patterns."""

    THREE_QUARTERS = "threequarters"
    HALF_HOUR = "halfhour"
    QUARTER_HOUR = "quarterhour"
    HALF_MINUTE = "halfminute"


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's durations and ways."""

    duration: re.Pattern[str]
    run_time: re.Pattern[str]
    way: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    spans = words.spans
    article = rf"(?:{any_of(words.numbers.article)} )?"
    full, of = any_of(spans.full), any_of(words.dates.of)
    an = rf"(?:{any_of(words.numbers.article)} (?:{full} )?|(?:{of} )?{full} )"
    hours, minutes, seconds = any_of(spans.hours), any_of(spans.minutes), any_of(spans.seconds)
    half, quarter, some = any_of(spans.and_half), any_of(spans.and_quarter), any_of(spans.and_some)
    joining = rf"(?:,? ?{any_of(words.schedule.joining | {'&'})} ?| ?)"
    return _Grammar(
        duration=re.compile(
            rf"{BEGINS}(?:(?P<threequarters>{any_of(spans.three_quarters)})|(?P<halfhour>{article}{any_of(spans.half_hour)})"
            rf"|(?P<quarterhour>{article}{any_of(spans.quarter_hour)})"
            rf"|(?:(?P<hours>{_FIGURE}) ?-?|{an})(?P<hour>{hours})"
            rf"(?:(?P<andhalf> {half})|(?P<andquarter> {quarter})"
            rf"|{joining}(?P<rest>\d{{1,2}})(?: ?{minutes})?(?![\d:/.])| {some})?"
            rf"|(?P<minutes>{_FIGURE})(?: ?-?| (?:{some}) ){minutes}(?:{joining}(?P<restseconds>\d{{1,2}}) ?{seconds})?"
            rf"|(?P<halfminute>{any_of(spans.half_minute)})"
            rf"|{an}(?P<minute>{minutes})"
            rf"(?:(?P<minuteandhalf> {half})|{joining}(?P<minuterest>\d{{1,2}})(?: ?{seconds})?(?![\d:/.]))?"
            rf"|(?P<seconds>{_FIGURE}) ?-?{seconds}"
            rf"){ENDS}"
        ),
        run_time=re.compile(rf"{BEGINS}(?:(?P<hours>\d):)?(?P<minutes>\d{{2}}):(?P<seconds>\d{{2}}){ENDS}"),
        way=re.compile(rf"{BEGINS}{_FIGURE} ?-?{any_of(spans.distances)}{ENDS}"),
    )


def find_durations(said: str, words: Vocabulary) -> list[Mention[int]]:
    """Return the durations that a spoken form names, in seconds."""
    return find_mentions(_grammar(words).duration, said, _seconds)


def find_run_times(said: str, words: Vocabulary) -> list[Mention[int]]:
    """Return what looks like a time on a stopwatch, "26:30" or "1:05:20", in seconds."""
    return find_mentions(_grammar(words).run_time, said, _stopwatch)


def find_ways(said: str, words: Vocabulary) -> list[Mention[None]]:
    """Return where a spoken form names a distance."""
    return [Mention(found.start(), found.end(), None) for found in _grammar(words).way.finditer(said)]


def _stopwatch(found: re.Match[str]) -> int:
    return int(found["hours"] or 0) * HOUR + int(found["minutes"]) * MINUTE + int(found["seconds"])


def _seconds(found: re.Match[str]) -> int:
    for part, seconds in ((_Part.THREE_QUARTERS, 45 * MINUTE), (_Part.HALF_HOUR, 30 * MINUTE),
                          (_Part.QUARTER_HOUR, 15 * MINUTE), (_Part.HALF_MINUTE, _HALF_MINUTE)):  # fmt: skip
        if found[part]:
            return seconds
    if found["hour"]:
        hours = number(found["hours"]) if found["hours"] else 1
        more = 30 if found["andhalf"] else 15 if found["andquarter"] else int(found["rest"] or 0)
        return round(hours * HOUR) + more * MINUTE
    if found["minute"]:
        return MINUTE + (MINUTE // 2 if found["minuteandhalf"] else int(found["minuterest"] or 0))
    if found["minutes"]:
        return round(number(found["minutes"]) * MINUTE) + int(found["restseconds"] or 0)
    return round(number(found["seconds"]))
