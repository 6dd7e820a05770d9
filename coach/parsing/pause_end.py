"""The length of a pause as people write it: "10", "2 weeks", "until 12 March", "until friday", "sick"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.spoken_days import date_or_none
from coach.parsing.normalise import plain
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.planning.inputs import PauseReason
from coach.user_errors import PauseNotUnderstood, PauseOver, PauseTooLong

MAX_PAUSE_DAYS: Final = 366
"""Days; who stays away longer says so again."""

JUST_PAST: Final = timedelta(days=60)
"""A date without a year that lies so little behind is a slip, not the same date of next year."""

_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True)
class _Grammar:
    """Patterns: filler to leave out, words for "until", a day of the month alone."""

    skip: re.Pattern[str]
    until: re.Pattern[str]
    ordinal: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    pause = words.pause
    return _Grammar(
        skip=re.compile(rf"\b{any_of(pause.skip)}\b"),
        until=re.compile(rf"\b{any_of(pause.until)}\b|^{any_of(pause.until_first)}\b"),
        ordinal=re.compile(rf"(\d{{1,2}}){any_of(pause.ordinals)}\b"),
    )


@dataclass(frozen=True)
class ParsedPause:
    """A pause: why, and the first date on which reminders come again; None while nobody knows."""

    reason: PauseReason
    until: date | None


def parse_pause(text: str, today: date, words: Vocabulary) -> ParsedPause:
    """Return the pause that `text` names.

    Raises PauseNotUnderstood, PauseOver with `day`, and PauseTooLong with `most` days.
    """
    said = plain(text)
    if not said:
        raise PauseNotUnderstood
    parts, reasons = said.split(), words.pause.reasons
    named = [reason for reason, known in reasons.items() if known.intersection(parts)]
    reason = named[0] if named else PauseReason.OTHER
    rest = " ".join(part for part in parts if not any(part in known for known in reasons.values()))
    rest = " ".join(_grammar(words).skip.sub(" ", rest).split())
    if not rest:
        if not named:
            raise PauseNotUnderstood
        return ParsedPause(reason, None)
    return ParsedPause(reason, _until(rest, today, words))


def parse_until(text: str, today: date, words: Vocabulary) -> date:
    """Return the date that `text` names, the first on which reminders come again.

    Raises PauseNotUnderstood, PauseOver with `day`, and PauseTooLong with `most` days.
    """
    said = plain(text)
    if not said:
        raise PauseNotUnderstood
    return _until(" ".join(_grammar(words).skip.sub(" ", said).split()), today, words)


def _until(text: str, today: date, words: Vocabulary) -> date:
    grammar = _grammar(words)
    text = " ".join(grammar.until.sub(" ", text).split())
    if found := grammar.ordinal.fullmatch(text):  # "the 12th": of this month or the next that has one
        ahead = (today + timedelta(days=days) for days in range(1, 63))
        coming = next((day for day in ahead if day.day == int(found[1])), None)
        if coming is None:
            raise PauseNotUnderstood
        return coming
    text = grammar.ordinal.sub(r"\1", text)
    days = _stretch(text, words)
    until = _date(text, today, words) if days is None else today + timedelta(days=min(days, MAX_PAUSE_DAYS + 1))
    if until is None:
        raise PauseNotUnderstood
    if until <= today:
        raise PauseOver(day=until) if days is None else PauseNotUnderstood
    if (until - today).days > MAX_PAUSE_DAYS:
        raise PauseTooLong(most=MAX_PAUSE_DAYS)
    return until


def _stretch(text: str, words: Vocabulary) -> int | None:
    """Return the days of "10", "3 days", "2w"; None where it is no stretch of time."""
    found = re.fullmatch(r"(?:(\d{1,4})|([^\W\d_]+))? ?([^\W\d_]+)?", text)
    if found is None:
        return None
    figure, word, unit = found.groups()
    lengths, numbers = words.pause.lengths, words.numbers
    if figure is None and word in lengths and unit is None:  # "week": one
        return lengths[word]
    if figure is not None:
        count: int | None = int(figure)
    else:
        count = 1 if word in numbers.article else numbers.values.get(word or "")
    if count is None or (unit is not None and unit not in lengths) or (unit is None and figure is None):
        return None
    return count * (lengths[unit] if unit else 1)


def _date(text: str, today: date, words: Vocabulary) -> date | None:
    """Return the next date of that name; None for none. Days come before months, unless only the other way fits.

    Raises PauseOver for one that is just past.
    """
    if text in words.days.tomorrow:
        return today + timedelta(days=1)
    if (weekday := words.days.begun(text, least=3)) is not None:
        return today + timedelta(days=(weekday - 1 - today.weekday() - 1) % 7 + 1)
    day, month, year = 0, 0, None
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./]?(?: ?(\d{4}))?", text):
        day, month, year = int(found[1]), int(found[2]), found[3]
        if month > _MONTHS_A_YEAR >= day:
            day, month = month, day
    elif found := re.fullmatch(r"(\d{1,2})\.? ?([^\W\d_]{3,})\.?,? ?(\d{4})?", text):
        day, month, year = int(found[1]), _month(found[2], words), found[3]
    elif found := re.fullmatch(r"([^\W\d_]{3,})\.? ?(\d{1,2})\.?,? ?(\d{4})?", text):
        day, month, year = int(found[2]), _month(found[1], words), found[3]
    return _coming(day, month, year, today)


def _month(name: str, words: Vocabulary) -> int:
    return next((number for number, month in enumerate(words.pause.months, 1) if month.startswith(name)), 0)


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return date_or_none(int(year), month, day)
    last, this, following = (date_or_none(today.year + ahead, month, day) for ahead in (-1, 0, 1))
    for past in (last, this):
        if past is not None and timedelta() <= today - past <= JUST_PAST:
            raise PauseOver(day=past)
    return this if this is not None and this > today else following
