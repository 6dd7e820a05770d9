"""Days that a message names: "tmrw", "last tuesday", "the 14th", "3/5", "in two days", "friday week"."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, find_mentions
from coach.parsing.mentions.spoken_days import SpokenDay, month_numbers
from coach.parsing.vocabulary import Vocabulary, any_of


class _Part(StrEnum):
    """A part of a length or a day, as it is named in patterns."""

    FORTNIGHT = "fortnight"
    COUNT = "count"
    UNIT = "unit"
    WEEKDAY = "weekday"


_FROM_EASTER: Final = re.compile(r"[+-]\d+$")
_CENTURY: Final = 100
_WEEK: Final = 7
_WEEKDAYS: Final = ("", "2", "3", "4", "5")  # ends of the names of groups that hold one
_NEW_YEAR: Final = "01-01"
_MIDDLE: Final = 15  # day of a month
_TEXTS_REMEMBERED: Final = 256


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's days, weeks and months."""

    day: re.Pattern[str]
    of_day: re.Pattern[str]  # what every day has a word of, or a figure
    week: re.Pattern[str]
    length: re.Pattern[str]
    month: re.Pattern[str]
    offsets: Mapping[str, int]
    months: Mapping[str, int]
    feasts: Mapping[str, str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    dates, days = words.dates, words.days
    offsets = {
        **dict.fromkeys(dates.today, 0), **dict.fromkeys(dates.tomorrow | days.tomorrow, 1),
        **dict.fromkeys(dates.yesterday, -1), **dict.fromkeys(dates.after_tomorrow, 2),
        **dict.fromkeys(dates.before_yesterday, -2),
    }  # fmt: skip
    months = month_numbers(words)
    feasts = {word: day for day, known in dates.feasts.items() for word in known}
    led = any_of(dates.only_led)
    lengths = any_of(words.pause.lengths)
    which = rf"(?P<next>{any_of(dates.next)})|(?P<last>{any_of(dates.last)})|(?P<this>{any_of(dates.this)})"
    weekday = rf"(?P<weekday>{any_of(days.one)})(?:'?s)?"
    count = rf"(?P<count>\d{{1,3}}|{any_of(words.numbers.article)}|{any_of(dates_couple(words))})"
    fortnight = rf"(?:{any_of(words.numbers.article)} )?{any_of(words.spans.fortnight)}"
    stretch = rf"(?:{count} (?P<unit>{lengths})|(?P<fortnight>{fortnight}))"
    of = any_of(dates.of)
    month = rf"(?P<month>{any_of(months)})\.?"
    ordinal = any_of(words.pause.ordinals)
    dated = rf"(?:{any_of(days.one)},? (?:{of} ){{0,2}})?"  # "friday the 13th"
    single, weeks = (
        any_of(word for word, n in words.pause.lengths.items() if n == size and len(word) > 1) for size in (1, _WEEK)
    )
    beside = rf"(?P<beside>{any_of(dates.after)}|(?P<ahead>{any_of(dates.before)})) (?:{of} )?"
    shifted = rf"(?:(?:{of} )?(?:(?:{single}|{_renamed(stretch, '4')}) {beside}))?"
    spanning = "".join(rf"(?<!\b{re.escape(word)} )" for word in sorted(dates.spanning))
    in_weeks = rf"{spanning}(?:{_renamed(count, '3')} (?P<unit3>{weeks})|(?P<fortnight3>{fortnight}))"
    nth = rf"(?P<nth>{any_of(dates.ordinals)}|[1-5](?={ordinal} ))(?:{ordinal})?"
    day = "|".join(
        (
            rf"(?:{any_of(dates.ahead)}) {stretch}(?:'? {any_of(dates.from_now)})?",
            rf"{_renamed(stretch, '2')} (?:(?P<ago>{any_of(dates.ago)})|{any_of(dates.from_now)})",
            rf"{in_weeks} (?:(?:{any_of(dates.counted_from)}) )?(?:{of} )?"
            rf"(?:(?P<base>{any_of(offsets)})|{_renamed(weekday, '3')})",
            rf"(?:{nth}|(?P<lastof>{any_of(dates.last)})) {_renamed(weekday, '4')} "
            rf"(?:{of}|{any_of(dates.ahead)}) {_renamed(month, '4')}",
            rf"(?P<offset>{any_of(offsets)})(?P<offsetweek> {weeks}(?! \d))?",
            r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})",
            rf"{dated}(?P<d1>\d{{1,2}})(?:{ordinal})?(?: {of}){{0,2}} ?{month},?(?: (?P<y1>\d{{4}}))?",
            rf"{dated}{_renamed(month, '2')} ?(?:{of} )?(?P<d2>\d{{1,2}})(?:{ordinal})?(?![:.]?\d)"
            r"(?:,? (?P<y2>\d{4}))?",
            rf"{dated}(?P<d5>\d{{1,2}}){ordinal} (?:{of} )+"
            rf"(?:(?P<nextmonth>{any_of(dates.next)})|{any_of(dates.this)}) {any_of(_month_units(words))}",
            rf"{dated}(?P<d4>\d{{1,2}}){ordinal}",
            rf"{any_of(dates.middle)}[ -]?{_renamed(month, '3')}",
            rf"{weekday}(?: {of})? (?P<nextweek>{any_of(dates.next)} {any_of(dates.week)})",
            rf"{_renamed(weekday, '5')} (?:(?P<weekon>{weeks})|{any_of(words.spans.fortnight)})(?! \d)",
            rf"(?:(?:{which}) )?(?:(?:{any_of(dates.week)}) )?{_renamed(weekday, '2')}",
            r"(?P<d3>\d{1,2})(?P<mark>[/.])(?P<m3>\d{1,2})(?:[/.](?P<y3>\d{4}|\d{2})?)?(?![\d/])",
            rf"(?P<feast>{any_of(feasts)}){ENDS}(?! {any_of(dates.feast_things)})",
            rf"{_led_by(words)}(?P<feast2>{led}){ENDS}(?! {any_of(dates.feast_things)})",
        )
    )
    of_day = any_of({*days.one, *offsets, *months, *feasts, *words.pause.lengths, *words.spans.fortnight})
    greeted = "".join(rf"(?<!\b{re.escape(word)} )" for word in sorted(dates.greeting))
    end = rf"(?P<end>{any_of(dates.end)} )?"
    after = rf"(?P<after>{any_of(dates.after)} )?(?:{of} )?"
    return _Grammar(
        day=re.compile(rf"{BEGINS}{greeted}{shifted}(?:{day}){ENDS}"),
        of_day=re.compile(rf"\d|{BEGINS}(?:{any_of(dates.middle)}|(?:{of_day}|{led})(?:'?s)?{ENDS})"),
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
        months=months,
        feasts=MappingProxyType(feasts),
    )


def dates_couple(words: Vocabulary) -> frozenset[str]:
    """Return the words for two: "a couple of"."""
    return frozenset(
        {*words.spans.couple, *(f"{article} {two}" for article in words.numbers.article for two in words.spans.couple)}
    )


def find_days(said: str, words: Vocabulary) -> list[Mention[SpokenDay]]:
    """Return the days that a spoken form names, in order."""
    return list(_found_days(said, words))


@lru_cache(_TEXTS_REMEMBERED)
def _found_days(said: str, words: Vocabulary) -> tuple[Mention[SpokenDay], ...]:
    """Find them; a dozen readers ask for those of one message."""
    grammar = _grammar(words)
    if not grammar.of_day.search(said):  # most texts name no day, and are spared twenty ways of naming one
        return ()
    return tuple(find_mentions(grammar.day, said, lambda match: _day(match, grammar, words)))


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
    found = _named_day(match, grammar, words)
    if found is None or not match["beside"]:
        return found
    days = _length(match, words, "4") if match["unit4"] or match["fortnight4"] else 1
    return replace(found, shift=-days if match["ahead"] else days)


def _named_day(match: re.Match[str], grammar: _Grammar, words: Vocabulary) -> SpokenDay | None:
    if (offset := _offset(match, grammar, words)) is not None:
        return SpokenDay(offset=offset)
    if any(match[f"{_Part.WEEKDAY}{suffix}"] for suffix in _WEEKDAYS):
        return _weekday(match, grammar, words)
    if match["feast"] or match["feast2"]:
        return _feast(grammar.feasts[match["feast"]] if match["feast"] else _NEW_YEAR)
    return _date(match, grammar)


def _offset(match: re.Match[str], grammar: _Grammar, words: Vocabulary) -> int | None:
    """Return the days from today that a match names: "tomorrow", "in two days", "a week ago", "a week tomorrow"."""
    if match["offset"]:
        return grammar.offsets[match["offset"]] + (_WEEK if match["offsetweek"] else 0)
    if match["unit"] or match["fortnight"]:
        return _length(match, words, "")
    if match["unit2"] or match["fortnight2"]:
        return _length(match, words, "2") * (-1 if match["ago"] else 1)
    return _length(match, words, "3") + grammar.offsets[match["base"]] if match["base"] else None


def _weekday(match: re.Match[str], grammar: _Grammar, words: Vocabulary) -> SpokenDay:
    """Return the weekday that a match names: "next friday", "friday week", "a week on friday", "the last of june"."""
    named = next(match[f"{_Part.WEEKDAY}{suffix}"] for suffix in _WEEKDAYS if match[f"{_Part.WEEKDAY}{suffix}"])
    weekday = words.days.one[named]
    if match["month4"]:
        nth = -1 if match["lastof"] else _nth(match["nth"], words)
        return SpokenDay(weekday=weekday, nth=nth, month=grammar.months[match["month4"]])
    if match["weekday3"] or match["weekday5"]:
        on = _length(match, words, "3") if match["weekday3"] else _WEEK if match["weekon"] else 2 * _WEEK
        return SpokenDay(weekday=weekday, on=on)
    week = 1 if match["next"] or match["nextweek"] else -1 if match["last"] else 0 if match["this"] else None
    return SpokenDay(weekday=weekday, week=week)


def _nth(text: str, words: Vocabulary) -> int:
    return int(text) if text.isdecimal() else words.dates.ordinals.index(text) + 1


def _feast(named: str) -> SpokenDay:
    """Return the day of a feast, which is named "12-25", or by its days from Easter: "easter-2"."""
    month, mark, day = named.partition("-")
    if mark and month.isdecimal():
        return SpokenDay(day=int(day), month=int(month))
    from_easter = _FROM_EASTER.search(named)
    return SpokenDay(easter=int(from_easter[0]) if from_easter else 0)


def _led_by(words: Vocabulary) -> str:
    """Return what must stand before a word that is a day there only: "until new year"."""
    leading = words.requests.until | words.requests.through | words.dates.after | words.dates.before | words.clock.at
    behind = (rf"(?<=\b{re.escape(word)} )" for word in sorted(leading))
    return f"(?:{'|'.join(behind)})"


def _date(match: re.Match[str], grammar: _Grammar) -> SpokenDay | None:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["d1"]:
        day, month, year = int(match["d1"]), grammar.months[match["month"]], int(match["y1"] or 0)
    elif match["d2"]:
        day, month, year = int(match["d2"]), grammar.months[match["month2"]], int(match["y2"] or 0)
    elif match["month3"]:
        day, month, year = _MIDDLE, grammar.months[match["month3"]], 0
    elif match["d5"]:
        return SpokenDay(day=int(match["d5"]), months_on=1 if match["nextmonth"] else 0)
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
