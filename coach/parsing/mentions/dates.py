"""Days that a message names: "tmrw", "last tuesday", "the 14th", "3/5", "in two days", "friday week"."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, find_mentions
from coach.parsing.vocabulary import Vocabulary, any_of


class Direction(StrEnum):
    """The side of today on which a day is looked for: today is in the past and to come, but not after."""

    PAST = "past"
    COMING = "coming"
    AFTER = "after"


class _Part(StrEnum):
    """A part of a length, as it is named in patterns."""

    FORTNIGHT = "fortnight"
    COUNT = "count"
    UNIT = "unit"


_LEAST_LETTERS: Final = 3  # of the beginning of a month
_LEAP_YEARS: Final = 8  # years in which every date comes at least once
_CENTURY: Final = 100


@dataclass(frozen=True)
class SpokenDay:
    """A day as it was said: days from today, a weekday of a week, or a date of which the month or year may lack."""

    offset: int | None = None
    weekday: int | None = None
    week: int | None = None  # 0 this, 1 next, -1 last
    day: int = 0
    month: int = 0
    year: int = 0

    def resolve(self, today: date, direction: Direction = Direction.COMING) -> date | None:
        """Return the date; None where there is none, as on 31 April."""
        if self.offset is not None:
            return today + timedelta(days=self.offset)
        if self.weekday is not None:
            return self._weekday(self.weekday, today, direction)
        if self.year:
            return date_or_none(self.year, self.month, self.day)
        return _nearest(self.month, self.day, today, direction)

    def _weekday(self, weekday: int, today: date, direction: Direction) -> date:
        monday = today - timedelta(days=today.weekday())
        if self.week == 1 and direction is not Direction.PAST:
            return monday + timedelta(days=7 + weekday - 1)
        ahead = (weekday - 1 - today.weekday()) % 7
        if self.week == -1:
            return today - timedelta(days=(today.weekday() - weekday + 1) % 7 or 7)
        if direction is Direction.PAST:
            return today - timedelta(days=(today.weekday() - weekday + 1) % 7)
        return today + timedelta(days=ahead or (7 if direction is Direction.AFTER else 0))


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's days, weeks and months."""

    day: re.Pattern[str]
    week: re.Pattern[str]
    length: re.Pattern[str]
    month: re.Pattern[str]
    offsets: Mapping[str, int]
    months: Mapping[str, int]
    feasts: Mapping[str, tuple[int, int]]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    dates, days = words.dates, words.days
    offsets = {
        **dict.fromkeys(dates.today, 0), **dict.fromkeys(dates.tomorrow | days.tomorrow, 1),
        **dict.fromkeys(dates.yesterday, -1), **dict.fromkeys(dates.after_tomorrow, 2),
        **dict.fromkeys(dates.before_yesterday, -2),
    }  # fmt: skip
    months = {
        name[:letters]: number
        for number, name in enumerate(words.pause.months, 1)
        for letters in range(_LEAST_LETTERS, len(name) + 1)
    }
    feasts = {word: (int(day[:2]), int(day[3:])) for day, known in dates.feasts.items() for word in known}
    lengths = any_of(words.pause.lengths)
    which = rf"(?P<next>{any_of(dates.next)})|(?P<last>{any_of(dates.last)})|(?P<this>{any_of(dates.this)})"
    weekday = rf"(?P<weekday>{any_of(days.one)})(?:'?s)?"
    count = rf"(?P<count>\d{{1,3}}|{any_of(words.numbers.article)}|{any_of(dates_couple(words))})"
    fortnight = rf"(?:{any_of(words.numbers.article)} )?{any_of(words.spans.fortnight)}"
    stretch = rf"(?:{count} (?P<unit>{lengths})|(?P<fortnight>{fortnight}))"
    of = any_of(dates.of)
    month = rf"(?P<month>{any_of(months)})\.?"
    ordinal = any_of(words.pause.ordinals)
    day = "|".join(
        (
            rf"(?P<offset>{any_of(offsets)})",
            rf"(?:{any_of(dates.ahead)}) {stretch}(?:'? {any_of(dates.from_now)})?",
            rf"{_renamed(stretch, '2')} (?:(?P<ago>{any_of(dates.ago)})|{any_of(dates.from_now)})",
            rf"{weekday}(?: {of})? (?P<nextweek>{any_of(dates.next)} {any_of(dates.week)})",
            rf"(?:(?:{which}) )?(?:(?:{any_of(dates.week)}) )?{_renamed(weekday, '2')}",
            r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})",
            rf"(?P<d1>\d{{1,2}})(?:{ordinal})?(?: {of}){{0,2}} ?{month},?(?: (?P<y1>\d{{4}}))?",
            rf"{_renamed(month, '2')} ?(?:{of} )?(?P<d2>\d{{1,2}})(?:{ordinal})?(?![:.]?\d)(?:,? (?P<y2>\d{{4}}))?",
            r"(?P<d3>\d{1,2})(?P<mark>[/.])(?P<m3>\d{1,2})(?:[/.](?P<y3>\d{4}|\d{2})?)?(?![\d/])",
            rf"(?P<d4>\d{{1,2}}){ordinal}",
            rf"(?P<feast>{any_of(feasts)})",
        )
    )
    end = rf"(?P<end>{any_of(dates.end)} )?"
    after = rf"(?P<after>{any_of(dates.after)} )?(?:{of} )?"
    return _Grammar(
        day=re.compile(rf"{BEGINS}(?:{day}){ENDS}"),
        week=re.compile(
            rf"{BEGINS}{end}{after}(?:(?P<after_next>{any_of(dates.after_next)})"
            rf"|(?:(?:{which}) )?(?:(?P<weekend>{any_of(dates.weekend)})|(?P<week>{any_of(dates.week)}))){ENDS}"
        ),
        length=re.compile(rf"{BEGINS}{stretch}{ENDS}"),
        month=re.compile(
            rf"{BEGINS}{end}(?:(?P<month>{any_of(months)})(?:,? (?P<year>20\d\d))?"
            rf"|(?:{which}|{of}) (?P<unit>{any_of(_month_units(words))})){ENDS}"
        ),
        offsets=MappingProxyType(offsets),
        months=MappingProxyType(months),
        feasts=MappingProxyType(feasts),
    )


def dates_couple(words: Vocabulary) -> frozenset[str]:
    """Return the words for two: "a couple of"."""
    return frozenset(
        {*words.spans.couple, *(f"{article} {two}" for article in words.numbers.article for two in words.spans.couple)}
    )


def find_days(said: str, words: Vocabulary) -> list[Mention[SpokenDay]]:
    """Return the days that a spoken form names, in order."""
    grammar = _grammar(words)
    return find_mentions(grammar.day, said, lambda match: _day(match, grammar, words))


@dataclass(frozen=True)
class SpokenWeek:
    """A week or weekend as it was said; `week` is 0 this, 1 next, -1 last, None where it was not said which."""

    week: int | None
    weekend: bool = False
    end: bool = False  # its end
    after: bool = False  # what comes after it

    def monday(self, today: date) -> date:
        """Return its Monday."""
        return today - timedelta(days=today.weekday()) + timedelta(weeks=self.week or 0)


def find_weeks(said: str, words: Vocabulary) -> list[Mention[SpokenWeek]]:
    """Return the weeks and weekends that a spoken form names, in order."""
    return find_mentions(_grammar(words).week, said, _week)


def find_lengths(said: str, words: Vocabulary) -> list[Mention[int]]:
    """Return the lengths that a spoken form names, in days."""
    return find_mentions(_grammar(words).length, said, lambda match: _length(match, words, ""))


def find_months(said: str, words: Vocabulary, today: date) -> list[Mention[date]]:
    """Return the months that are named without a day, each as its first day to come, or the day after its end.

    One whose year is said is of that year, past or not.
    """
    grammar = _grammar(words)
    return find_mentions(grammar.month, said, lambda match: _month(match, grammar, today))


def _month_units(words: Vocabulary) -> frozenset[str]:
    return frozenset(word for word, days in words.pause.lengths.items() if days == max(words.pause.lengths.values()))


def _renamed(pattern: str, suffix: str) -> str:
    return re.sub(r"\?P<(\w+)>", lambda found: f"?P<{found[1]}{suffix}>", pattern)


def _week(match: re.Match[str]) -> SpokenWeek:
    week = 1 if match["next"] or match["after_next"] else -1 if match["last"] else 0 if match["this"] else None
    return SpokenWeek(week, bool(match["weekend"]), bool(match["end"]), bool(match["after"]))


def _month(match: re.Match[str], grammar: _Grammar, today: date) -> date:
    month = (
        grammar.months[match["month"]] if match["month"] else (today.month % 12 + 1 if match["next"] else today.month)
    )
    over = month < today.month or (month == today.month and not match["end"] and not match["unit"])
    year = int(match["year"]) if match["year"] else today.year + over
    first = date(year, month, 1)
    if match["end"] or (match["unit"] and not match["next"]):
        first += timedelta(days=monthrange(year, month)[1])
    return first


def _day(match: re.Match[str], grammar: _Grammar, words: Vocabulary) -> SpokenDay | None:
    if match["offset"]:
        return SpokenDay(offset=grammar.offsets[match["offset"]])
    if match["unit"] or match["fortnight"]:
        return SpokenDay(offset=_length(match, words, ""))
    if match["unit2"] or match["fortnight2"]:
        return SpokenDay(offset=_length(match, words, "2") * (-1 if match["ago"] else 1))
    if match["weekday"] or match["weekday2"]:
        week = 1 if match["next"] or match["nextweek"] else -1 if match["last"] else 0 if match["this"] else None
        return SpokenDay(weekday=words.days.one[match["weekday"] or match["weekday2"]], week=week)
    if match["feast"]:
        month, day = grammar.feasts[match["feast"]]
        return SpokenDay(day=day, month=month)
    return _date(match, grammar)


def _date(match: re.Match[str], grammar: _Grammar) -> SpokenDay | None:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["d1"]:
        day, month, year = int(match["d1"]), grammar.months[match["month"]], int(match["y1"] or 0)
    elif match["d2"]:
        day, month, year = int(match["d2"]), grammar.months[match["month2"]], int(match["y2"] or 0)
    elif match["d3"]:
        day, month, year = int(match["d3"]), int(match["m3"]), int(match["y3"] or 0)
        if day <= 12 < month:
            day, month = month, day
        if match["mark"] == "." and not match["y3"] and match[0][-1] != ".":
            return None  # 7.5 is a number
        year += 2000 if 0 < year < _CENTURY else 0
    else:
        day, month, year = int(match["d4"]), 0, 0
    fits = 1 <= day <= 31 and 0 <= month <= 12
    return SpokenDay(day=day, month=month, year=year) if fits else None


def _length(match: re.Match[str], words: Vocabulary, suffix: str) -> int:
    if match[f"{_Part.FORTNIGHT}{suffix}"]:
        return 14
    count = match[f"{_Part.COUNT}{suffix}"]
    number = int(count) if count.isdigit() else 2 if count in dates_couple(words) else 1
    return number * words.pause.lengths[match[f"{_Part.UNIT}{suffix}"]]


def _nearest(month: int, day: int, today: date, direction: Direction) -> date | None:
    """Return the nearest date of this month and day, of any month where that is 0, on a side of today."""
    step = -1 if direction is Direction.PAST else 1
    if not month:
        months = [
            (today.year + (today.month - 1 + step * ahead) // 12, (today.month - 1 + step * ahead) % 12 + 1)
            for ahead in range(4)
        ]
    else:
        months = [(today.year + step * ahead, month) for ahead in range(_LEAP_YEARS + 1)]
    for year, number in months:
        made = date_or_none(year, number, day)
        if made is not None and (
            made <= today
            if direction is Direction.PAST
            else made > today or (made == today and direction is Direction.COMING)
        ):
            return made
    return None


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date; None where there is none, as on 31 April."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
