"""Days as they are said: days from today, a weekday, a date; and the date that each is, seen from today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from coach.parsing.vocabulary import Vocabulary

_LEAST_LETTERS: Final = 3  # of the beginning of a month
_MISSPELT_FROM: Final = 6  # letters of a month whose name is understood with one of them left out, or two exchanged
_LEAP_YEARS: Final = 8  # years in which every date comes at least once
_MONTHS: Final = 12


class Direction(StrEnum):
    """The side of today on which a day is looked for: today is in the past and to come, but not after."""

    PAST = "past"
    COMING = "coming"
    AFTER = "after"


@dataclass(frozen=True)
class SpokenDay:
    """A day as it was said: days from today, a weekday of a week, or a date of which the month or year may lack."""

    offset: int | None = None
    weekday: int | None = None
    week: int | None = None  # 0 this, 1 next, -1 last
    on: int = 0  # days behind that weekday: "friday week"
    nth: int = 0  # of the weekdays of a month, -1 the last: "the first saturday in april"
    day: int = 0
    month: int = 0
    year: int = 0
    months_on: int | None = None  # "the 15th of next month"
    easter: int | None = None  # days from Easter Sunday
    shift: int = 0  # days behind what was named: "the day after boxing day"

    def resolve(self, today: date, direction: Direction = Direction.COMING) -> date | None:
        """Return the date; None where there is none, as on 31 April."""
        if self.offset is not None:
            return today + timedelta(days=self.offset + self.shift)
        shift = timedelta(days=self.shift)
        found = self._named(today if self.week is not None else today - shift, direction)
        return found + shift if found is not None else None

    def _named(self, today: date, direction: Direction) -> date | None:
        if self.nth:
            return _nearest_of_years(self._nth_weekday, today, direction)
        if self.weekday is not None:
            return self._weekday(self.weekday, today, direction) + timedelta(days=self.on)
        if (ahead := self.easter) is not None:
            return _nearest_of_years(lambda year: easter(year) + timedelta(days=ahead), today, direction)
        if self.months_on is not None:
            years, month = divmod(today.month - 1 + self.months_on, _MONTHS)
            return date_or_none(today.year + years, month + 1, self.day)
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

    def _nth_weekday(self, year: int) -> date | None:
        days = [date_or_none(year, self.month, day) for day in range(1, 32)]
        named = [day for day in days if day is not None and day.isoweekday() == self.weekday]
        place = self.nth - 1 if self.nth > 0 else self.nth
        return named[place] if place < len(named) else None


def _nearest(month: int, day: int, today: date, direction: Direction) -> date | None:
    """Return the nearest date of this month and day, of any month where that is 0, on a side of today."""
    if month:
        return _nearest_of_years(lambda year: date_or_none(year, month, day), today, direction)
    step = -1 if direction is Direction.PAST else 1
    months = (divmod(today.year * _MONTHS + today.month - 1 + step * ahead, _MONTHS) for ahead in range(4))
    made = (date_or_none(year, number + 1, day) for year, number in months)
    return next((each for each in made if each is not None and _is_beside(each, today, direction)), None)


def _nearest_of_years(make: Callable[[int], date | None], today: date, direction: Direction) -> date | None:
    """Return the nearest date on a side of today of those that there are one a year, or fewer."""
    step = -1 if direction is Direction.PAST else 1
    made = (make(today.year + step * ahead) for ahead in range(-1, _LEAP_YEARS + 1))
    return next((each for each in made if each is not None and _is_beside(each, today, direction)), None)


def _is_beside(day: date, today: date, direction: Direction) -> bool:
    if direction is Direction.PAST:
        return day <= today
    return day > today or (day == today and direction is Direction.COMING)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """Return the date; None where there is none, as on 31 April."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def in_same_month(said: SpokenDay, before: date) -> date | None:
    """Return the day of the month that was told before, where no other is named: "sorry the 19th"."""
    alone = said == SpokenDay(day=said.day) and said.day
    return date_or_none(before.year, before.month, said.day) if alone else None


def easter(year: int) -> date:
    """Return Easter Sunday, by the rule of the Gregorian calendar (Meeus/Jones/Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    leaps, left = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache
def month_numbers(words: Vocabulary) -> Mapping[str, int]:
    """Return the months by their names, the beginnings of these, and long names with a slip: "febuary"."""
    names = list(enumerate(words.pause.months, 1))
    spelt = {name[:letters]: number for number, name in names for letters in range(_LEAST_LETTERS, len(name) + 1)}
    for number, name in names:
        if len(name) >= _MISSPELT_FROM:
            for place in range(1, len(name)):
                exchanged = name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]
                for slip in (name[:place] + name[place + 1 :], exchanged):
                    spelt.setdefault(slip, number)
    return MappingProxyType(spelt)
