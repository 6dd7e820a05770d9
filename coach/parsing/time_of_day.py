"""Times of day as people write them: "7", "07.30", "7.30pm", "half past seven"; and what to say back, "07:30"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from coach.parsing.normalise import plain
from coach.parsing.vocabulary import DayWords, Vocabulary, any_of
from coach.parsing.weekdays import EVERY_DAY, between
from coach.user_errors import QuietNotUnderstood, TimeNotUnderstood

_SEPARATORS: Final = r";|&|(?<!\d),|,(?!\d)"  # the comma of "7,30" is a decimal mark
_QUARTER_MINUTES: Final = 15
_LEAST_LETTERS: Final = 2  # of a weekday
_PLURAL_FROM: Final = 5  # letters: what is shorter has no plural ending


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's times and schedules."""

    number: re.Pattern[str]
    clock: re.Pattern[str]
    digits: re.Pattern[str]
    spoken: re.Pattern[str]
    half_past: re.Pattern[str]  # "half 7"
    mornings: re.Pattern[str]
    evenings: re.Pattern[str]
    half_day: re.Pattern[str]
    but: re.Pattern[str]
    leading: re.Pattern[str]  # "at"
    skip: re.Pattern[str]
    only: re.Pattern[str]
    around: re.Pattern[str]
    between: re.Pattern[str]
    through: re.Pattern[str]
    separator: re.Pattern[str]
    off: frozenset[str]
    groups: Mapping[str, frozenset[int]]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    clock, days, schedule = words.clock, words.days, words.schedule
    at = rf"(?:{any_of(clock.at)} )?(?:(?:{any_of(clock.around)} |[~≈] ?)(?:{any_of(clock.at)} )?)?"
    half_day = (
        rf"(?: ?(?:(?P<morning>{any_of(clock.morning)})|(?P<evening>{any_of(clock.evening)})"
        rf"|{any_of(clock.o_clock)}))?"
    )
    mark = rf"(?:[:.,]|{any_of(clock.hour)})"
    part = rf"(?:(?P<half>{any_of(clock.half)})|{any_of(clock.quarter)})"
    way = rf"(?:{any_of(clock.past)}|(?P<before>{any_of(clock.before)}))"
    through, joining = any_of(days.through), any_of(schedule.joining)
    return _Grammar(
        number=re.compile(rf"\b{any_of(words.numbers.values)}\b"),
        clock=re.compile(rf"{at}(?P<hour>\d{{1,2}})(?:(?: ?{mark} ?| )(?P<minute>\d{{2}}))?{half_day}"),
        digits=re.compile(rf"{at}(?P<hour>\d{{1,2}})(?P<minute>\d{{2}}){half_day}"),
        spoken=re.compile(rf"{at}{part} {way} (?P<hour>\d{{1,2}}){half_day}"),
        half_past=re.compile(rf"{at}{any_of(clock.half)} (?P<hour>\d{{1,2}}){half_day}"),
        mornings=re.compile(rf"\b{any_of(days.mornings)}\b"),
        evenings=re.compile(rf"\b{any_of(days.evenings)}\b"),
        half_day=re.compile(rf"\d ?(?:{any_of(clock.morning | clock.evening)})\b"),
        but=re.compile(rf"(?:\b{any_of(days.but)}(?![\w'])[ ,]*)+"),
        leading=re.compile(rf"^{any_of(clock.at)} "),
        skip=re.compile(rf"\b{any_of(schedule.skip)}\b|[,/:]"),
        only=re.compile(rf"\b{any_of(schedule.only)}\b"),
        around=re.compile(rf"^{any_of(schedule.around)} "),
        between=re.compile(rf" ?[-–—] ?| (?:{through}|{joining}) "),
        through=re.compile(rf" ?- ?|(?:^| ){through}(?: |$)"),
        separator=re.compile(rf"\b{joining}\b|{_SEPARATORS}"),
        off=schedule.turn_off | schedule.never,
        groups=MappingProxyType({**days.several, **dict.fromkeys(days.every_day, EVERY_DAY)}),
    )


def parse_daytime(text: str, words: Vocabulary) -> time:
    """Return the local time of day that `text` names, to the minute. Raises TimeNotUnderstood."""
    said, grammar = plain(text), _grammar(words)
    if said is None:
        raise TimeNotUnderstood
    said = grammar.number.sub(lambda found: str(words.numbers.values[found[0]]), said)
    named = grammar.leading.sub("", said)
    if named in words.clock.noon:
        return time(12)
    if named in words.clock.midnight:
        return time(0)
    if found := grammar.clock.fullmatch(said) or grammar.digits.fullmatch(said):
        return _time(_hour_of(found), int(found["minute"] or 0))
    if found := grammar.half_past.fullmatch(said):
        return _time(_hour_of(found), 30)
    if found := grammar.spoken.fullmatch(said):
        if found["half"] and found["before"]:
            raise TimeNotUnderstood
        minutes = _QUARTER_MINUTES * (2 if found["half"] else -1 if found["before"] else 1)
        return _time(*divmod((_hour_of(found) * 60 + minutes) % (24 * 60), 60))
    raise TimeNotUnderstood


def parse_schedule(text: str, words: Vocabulary, kept: Mapping[int, time] | None = None) -> dict[int, time]:
    """Return the time of each ISO weekday: "weekdays 6:45, weekends 9", "mon-fri 7", "7:30"; empty for "off".

    A time without days is for the days not named; without one these stay as in `kept`, unless it says "only".
    Raises TimeNotUnderstood, also where a day is given twice.
    """
    said, grammar = plain(text), _grammar(words)
    if said is None:
        raise TimeNotUnderstood
    only, said = bool(grammar.only.search(said)), " ".join(grammar.only.sub(" ", said).split())
    said, without = _excepted(_half_of_the_day(said, words), words)
    if without and not said and kept is None:
        raise TimeNotUnderstood
    times: dict[int, time | None] = dict.fromkeys(without)
    others: list[time | None] = []
    begun = ""
    for piece in grammar.separator.split(said):
        begun = f"{begun} {piece}".strip()
        clause = _clause(begun, words)
        if clause is None:  # "mon" of "mon, wed 7": its time is still to come
            continue
        begun = ""
        days, daytime = clause
        if not days:
            others.append(daytime)
        days -= without
        if times.keys() & days:
            raise TimeNotUnderstood
        times |= dict.fromkeys(days, daytime)
    if begun or len(others) > 1:
        raise TimeNotUnderstood
    rest = dict.fromkeys(EVERY_DAY, others[0]) if others else {} if only or kept is None else kept
    chosen = ((day, times.get(day, rest.get(day))) for day in sorted(EVERY_DAY))
    return {day: daytime for day, daytime in chosen if daytime is not None}


def _half_of_the_day(said: str, words: Vocabulary) -> str:
    """Return "every evening at 7" as "at 7 pm"."""
    grammar = _grammar(words)
    for phrase, marks in ((grammar.mornings, words.clock.morning), (grammar.evenings, words.clock.evening)):
        if (rest := " ".join(phrase.sub(" ", said).split(" ")).strip(" ,")) == said or not rest:
            continue
        rest = " ".join(rest.split())
        marked = f"{rest} {min(marks, default='')}"
        try:
            parse_daytime(marked, words)
        except TimeNotUnderstood:
            return rest if grammar.half_day.search(rest) or _is_time(rest, words) else said
        return rest if grammar.half_day.search(rest) else marked
    return said


def _is_time(text: str, words: Vocabulary) -> bool:
    try:
        parse_daytime(text, words)
    except TimeNotUnderstood:
        return False
    return True


def _excepted(said: str, words: Vocabulary) -> tuple[str, frozenset[int]]:
    """Return what is left of "7 but not on sunday" and the days that are left out of it."""
    found = _grammar(words).but.search(said)
    after = said[found.end() :].split() if found else []
    for cut in range(len(after), 0, -1):
        if found and (days := _days(" ".join(after[:cut]), words)):
            return f"{said[: found.start()]} {' '.join(after[cut:])}".strip(" ,"), days
    return said, frozenset()


def parse_quiet(text: str, words: Vocabulary) -> tuple[time, time] | None:
    """Return the two ends of quiet hours: "22-7", "from 10pm to 6:30"; None for "off". Raises QuietNotUnderstood."""
    said, grammar = plain(text), _grammar(words)
    if said is None:
        raise QuietNotUnderstood
    if said in grammar.off:
        return None
    ends = grammar.between.split(grammar.around.sub("", said))
    if len(ends) != 2:
        raise QuietNotUnderstood
    try:
        begins, until = (parse_daytime(end, words) for end in ends)
    except TimeNotUnderstood:
        raise QuietNotUnderstood from None
    return None if begins == until else (begins, until)


def _clause(text: str, words: Vocabulary) -> tuple[frozenset[int], time | None] | None:
    """Return the days and the time that a clause names, in either order; None where it does not name both."""
    parts, off = text.split(), _grammar(words).off
    for cut in range(len(parts) + 1):
        first, second = " ".join(parts[:cut]), " ".join(parts[cut:])
        for named, timed in ((first, second), (second, first)):
            days = _days(named, words)
            if days is not None and timed in off:
                return days, None
            if days is not None:
                try:
                    return days, parse_daytime(timed, words)
                except TimeNotUnderstood:
                    continue
    return None


def _days(text: str, words: Vocabulary) -> frozenset[int] | None:
    """Return the weekdays named; empty where there are no words at all, None where one is unknown."""
    days: set[int] = set()
    grammar = _grammar(words)
    text = " ".join(grammar.skip.sub(" ", text).split())
    if text in grammar.groups:
        return grammar.groups[text]
    for word in grammar.through.sub("-", text).split():
        first, _, last = word.partition("-")
        if word in grammar.groups:
            days |= grammar.groups[word]
        elif (begin := _weekday(first, words.days)) and (end := _weekday(last or first, words.days)):
            days |= between(begin, end)
        else:
            return None
    return frozenset(days)


def _weekday(word: str, words: DayWords) -> int | None:
    """Return the ISO weekday of "mo", "tue", "thurs", "fridays"; None where it may be two."""
    stem = word.rstrip(words.plural) if words.plural and len(word) >= _PLURAL_FROM else word
    begun = [name for name in words.names if name.startswith(stem)]
    return words.begun(stem, _LEAST_LETTERS) if len(begun) == 1 else None


def _hour_of(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if found["morning"] or found["evening"]:
        if hour > 12:
            if found["evening"] and hour < 24:  # "19:30 pm" is said, and clear
                return hour
            raise TimeNotUnderstood
        return hour % 12 + (12 if found["evening"] else 0)
    return hour


def _time(hour: int, minute: int) -> time:
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise TimeNotUnderstood
    return time(hour, minute)
