"""How long a person pauses, as people write it: "10", "2 weeks", "until 12 March", "until friday", "sick"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from coach.parsing.normalise import plain
from coach.planning.inputs import PauseReason
from coach.user_errors import PauseNotUnderstood, PauseOver, PauseTooLong

LONGEST: Final = 366
"""Days; who stays away longer says so again."""

JUST_PAST: Final = timedelta(days=60)
"""A date without a year that lies so little behind is a slip, not the same date of next year."""

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NUMBERS: Final = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_UNITS: Final = {"d": 1, "day": 1, "days": 1, "w": 7, "week": 7, "weeks": 7, "month": 30, "months": 30}
_REASONS: Final = {
    PauseReason.SICK: ("sick", "ill", "flu", "cold", "fever", "covid"),
    PauseReason.INJURED: ("injured", "injury", "hurt", "hurts"),
    PauseReason.TRAVEL: ("travel", "travelling", "traveling", "holiday", "holidays", "vacation", "away"),
}
_NOISE: Final = re.compile(
    r"\b(?:for|i'?m|i am|while|because|since|of|the|on|a bit|me|my|and|with|in|please|go|going|got|have|am|next)\b"
)
_UNTIL: Final = re.compile(r"\b(?:until|till|til)\b|^to\b")
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)\b")


@dataclass(frozen=True)
class ParsedPause:
    """A pause: why, and the first date on which reminders come again; None while nobody knows."""

    reason: PauseReason
    until: date | None


def parse_pause(text: str, today: date) -> ParsedPause:
    """Return the pause that `text` names.

    Raises PauseNotUnderstood, PauseOver with `day`, and PauseTooLong with `most` days.
    """
    said = plain(text.replace("’", "'"))
    if not said:
        raise PauseNotUnderstood
    words = said.split()
    named = [reason for reason, known in _REASONS.items() if set(words) & set(known)]
    reason = named[0] if named else PauseReason.OTHER
    rest = " ".join(word for word in words if not any(word in known for known in _REASONS.values()))
    rest = " ".join(_NOISE.sub(" ", rest).split())
    if not rest:
        if not named:
            raise PauseNotUnderstood
        return ParsedPause(reason, None)
    return ParsedPause(reason, _until(rest, today))


def parse_until(text: str, today: date) -> date:
    """Return the date that `text` names, the first on which reminders come again.

    Raises PauseNotUnderstood, PauseOver with `day`, and PauseTooLong with `most` days.
    """
    said = plain(text)
    if not said:
        raise PauseNotUnderstood
    return _until(" ".join(_NOISE.sub(" ", said).split()), today)


def _until(text: str, today: date) -> date:
    text = " ".join(_UNTIL.sub(" ", text).split())
    if found := re.fullmatch(_ORDINAL, text):  # "the 12th": of this month or the next that has one
        ahead = (today + timedelta(days=days) for days in range(1, 63))
        coming = next((day for day in ahead if day.day == int(found[1])), None)
        if coming is None:
            raise PauseNotUnderstood
        return coming
    text = _ORDINAL.sub(r"\1", text)
    days = _stretch(text)
    until = _date(text, today) if days is None else today + timedelta(days=min(days, LONGEST + 1))
    if until is None:
        raise PauseNotUnderstood
    if until <= today:
        raise PauseOver(day=until) if days is None else PauseNotUnderstood
    if (until - today).days > LONGEST:
        raise PauseTooLong(most=LONGEST)
    return until


def _stretch(text: str) -> int | None:
    """Return the days of "10", "3 days", "2w"; None where it is no stretch of time."""
    found = re.fullmatch(r"(?:(\d{1,4})|([a-z]+))? ?([a-z]+)?", text)
    if found is None:
        return None
    number, word, unit = found.groups()
    if number is None and word in _UNITS and unit is None:  # "week": one
        return _UNITS[word]
    count = int(number) if number is not None else _NUMBERS.get(word or "")
    if count is None or (unit is not None and unit not in _UNITS) or (unit is None and number is None):
        return None
    return count * (_UNITS[unit] if unit else 1)


def _date(text: str, today: date) -> date | None:
    """Return the next date of that name; None for none. Days come before months, unless only the other way fits.

    Raises PauseOver for one that is just past.
    """
    if text == "tomorrow":
        return today + timedelta(days=1)
    for number, name in enumerate(_WEEKDAYS):
        if len(text) >= 3 and name.startswith(text):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    day, month, year = 0, 0, None
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = found[1], int(found[2]), int(found[3])
    elif found := re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./]?(?: ?(\d{4}))?", text):
        day, month, year = int(found[1]), int(found[2]), found[3]
        if month > len(_MONTHS) >= day:
            day, month = month, day
    elif found := re.fullmatch(r"(\d{1,2})\.? ?([a-z]{3,})\.?,? ?(\d{4})?", text):
        day, month, year = int(found[1]), _month(found[2]), found[3]
    elif found := re.fullmatch(r"([a-z]{3,})\.? ?(\d{1,2})\.?,? ?(\d{4})?", text):
        day, month, year = int(found[2]), _month(found[1]), found[3]
    return _coming(day, month, year, today)


def _month(name: str) -> int:
    numbers = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.replace("sept", "sep"))]
    return numbers[0] if numbers else 0


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        return _made(int(year), month, day)
    last, this, following = (_made(today.year + ahead, month, day) for ahead in (-1, 0, 1))
    for past in (last, this):
        if past is not None and timedelta() <= today - past <= JUST_PAST:
            raise PauseOver(day=past)
    return this if this is not None and this > today else following


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
