"""Times of day as people write them: "7", "07.30", "7.30pm", "half past seven"; and what to say back, "07:30"."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Final

from coach.parsing.normalise import plain
from coach.parsing.weekdays import EVERY_DAY, between
from coach.user_errors import QuietNotUnderstood, TimeNotUnderstood

_WORDS: Final = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HALF: Final = (
    r"(?: ?(?:(?P<am>a\.?m\.?|in the morning|this morning)"
    r"|(?P<pm>p\.?m\.?|in the afternoon|in the evening|this evening|tonight)|(?P<clock>o'?clock|h|uhr)))?"
)
_CLOCK: Final = re.compile(rf"(?:at )?(?P<hour>\d{{1,2}})(?:(?: ?[:.,h] ?| )(?P<minute>\d{{2}}))?{_HALF}")
_DIGITS: Final = re.compile(rf"(?:at )?(?P<hour>\d{{1,2}})(?P<minute>\d{{2}}){_HALF}")
_SPOKEN: Final = re.compile(rf"(?:at )?(?P<part>half|(?:a )?quarter) (?P<way>past|to) (?P<hour>\d{{1,2}}){_HALF}")

_NUMBERS: Final = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "thirty": "30", "forty-five": "45",
    "forty five": "45",
}  # fmt: skip
_NUMBER: Final = re.compile(rf"\b(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})\b")

_DAY_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_GROUPS: Final = {
    "weekdays": frozenset({1, 2, 3, 4, 5}),
    "weekday": frozenset({1, 2, 3, 4, 5}),
    "workdays": frozenset({1, 2, 3, 4, 5}),
    "weekends": frozenset({6, 7}),
    "weekend": frozenset({6, 7}),
    "every day": EVERY_DAY,
    "everyday": EVERY_DAY,
    "daily": EVERY_DAY,
    "all days": EVERY_DAY,
}
_OFF: Final = frozenset({"off", "never", "none", "no", "stop"})
_NOISE: Final = re.compile(r"\b(?:on|at|the)\b|[,/:]")
_ONLY: Final = re.compile(r"\b(?:only|just)\b")
_AROUND: Final = re.compile(r"^(?:from|between) ")
_BETWEEN: Final = re.compile(r" ?[-–—] ?| (?:to|until|till|and) ")
_SEPARATOR: Final = re.compile(r";|&|\band\b|(?<!\d),|,(?!\d)")  # the comma of "7,30" is a decimal mark


def parse_daytime(text: str) -> time:
    """Return the local time of day that `text` names, to the minute. Raises TimeNotUnderstood."""
    said = plain(text.replace("’", "'"))
    if said is None:
        raise TimeNotUnderstood
    said = _NUMBER.sub(lambda found: _NUMBERS[found[0]], said)
    if said.removeprefix("at ") in _WORDS:
        return _WORDS[said.removeprefix("at ")]
    if found := _CLOCK.fullmatch(said) or _DIGITS.fullmatch(said):
        return _time(_hour_of(found), int(found["minute"] or 0))
    if found := _SPOKEN.fullmatch(said):
        minutes = 30 if found["part"] == "half" else 15
        if found["way"] == "to" and minutes == 30:
            raise TimeNotUnderstood
        after_midnight = _hour_of(found) * 60 + (minutes if found["way"] == "past" else -minutes)
        return _time(*divmod(after_midnight % (24 * 60), 60))
    raise TimeNotUnderstood


def show_daytime(daytime: time) -> str:
    """Return "07:30"."""
    return f"{daytime:%H:%M}"


def parse_schedule(text: str, kept: Mapping[int, time] | None = None) -> dict[int, time]:
    """Return the time of each ISO weekday: "weekdays 6:45, weekends 9", "mon-fri 7", "7:30"; empty for "off".

    A time without days is for the days not named; without one these stay as in `kept`, unless it says "only".
    Raises TimeNotUnderstood, also where a day is given twice.
    """
    said = plain(text.replace("’", "'"))
    if said is None:
        raise TimeNotUnderstood
    only, said = bool(_ONLY.search(said)), " ".join(_ONLY.sub(" ", said).split())
    times: dict[int, time | None] = {}
    others: list[time | None] = []
    begun = ""
    for piece in _SEPARATOR.split(said):
        begun = f"{begun} {piece}".strip()
        clause = _clause(begun)
        if clause is None:  # "mon" of "mon, wed 7": its time is still to come
            continue
        begun = ""
        days, daytime = clause
        if not days:
            others.append(daytime)
        if times.keys() & days:
            raise TimeNotUnderstood
        times |= dict.fromkeys(days, daytime)
    if begun or len(others) > 1:
        raise TimeNotUnderstood
    rest = dict.fromkeys(EVERY_DAY, others[0]) if others else {} if only or kept is None else kept
    chosen = ((day, times.get(day, rest.get(day))) for day in sorted(EVERY_DAY))
    return {day: daytime for day, daytime in chosen if daytime is not None}


def parse_quiet(text: str) -> tuple[time, time] | None:
    """Return the two ends of quiet hours: "22-7", "from 10pm to 6:30"; None for "off". Raises QuietNotUnderstood."""
    said = plain(text.replace("’", "'"))
    if said is None:
        raise QuietNotUnderstood
    if said in _OFF:
        return None
    ends = _BETWEEN.split(_AROUND.sub("", said))
    if len(ends) != 2:
        raise QuietNotUnderstood
    try:
        begins, until = (parse_daytime(end) for end in ends)
    except TimeNotUnderstood:
        raise QuietNotUnderstood from None
    return None if begins == until else (begins, until)


def _clause(text: str) -> tuple[frozenset[int], time | None] | None:
    """Return the days and the time that a clause names, in either order; None where it does not name both."""
    words = text.split()
    for cut in range(len(words) + 1):
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        for named, timed in ((first, second), (second, first)):
            days = _days(named)
            if days is not None and timed in _OFF:
                return days, None
            if days is not None:
                try:
                    return days, parse_daytime(timed)
                except TimeNotUnderstood:
                    continue
    return None


def _days(text: str) -> frozenset[int] | None:
    """Return the weekdays named; empty where there are no words at all, None where one is unknown."""
    days: set[int] = set()
    text = " ".join(_NOISE.sub(" ", text).split())
    if text in _DAY_GROUPS:
        return _DAY_GROUPS[text]
    for word in re.sub(r" ?(?:-|to|until|through) ?", "-", text).split():
        first, _, last = word.partition("-")
        if word in _DAY_GROUPS:
            days |= _DAY_GROUPS[word]
        elif (begin := _weekday(first)) and (end := _weekday(last or first)):
            days |= between(begin, end)
        else:
            return None
    return frozenset(days)


def _weekday(word: str) -> int | None:
    """Return the ISO weekday of "mo", "tue", "thurs", "fridays"."""
    stem = word.rstrip("s") if len(word) > 4 else word
    found = [number for number, name in enumerate(_DAY_NAMES, 1) if len(stem) >= 2 and name.startswith(stem)]
    return found[0] if len(found) == 1 else None


def _hour_of(found: re.Match[str]) -> int:
    hour = int(found["hour"])
    if found["am"] or found["pm"]:
        if hour > 12:
            if found["pm"] and hour < 24:  # "19:30 pm" is said, and clear
                return hour
            raise TimeNotUnderstood
        return hour % 12 + (12 if found["pm"] else 0)
    return hour


def _time(hour: int, minute: int) -> time:
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise TimeNotUnderstood
    return time(hour, minute)
