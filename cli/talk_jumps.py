"""Moments to which `bot.py talk` jumps its clock, as a developer types them."""

import re
from datetime import datetime, time, timedelta
from typing import Final

_SPAN: Final = re.compile(r"(?:(\d+)d)?\s*(?:(\d+)h)?\s*(?:(\d+)m)?")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_jump(typed: str, now: datetime) -> datetime:
    """Return the moment ahead that `typed` names: a span, a time, a day, a date; days keep the time unless told.

    `now` is the person's local time. Raises ValueError for what names no moment, or one that is over.
    """
    words = typed.lower().split()
    span = _SPAN.fullmatch("".join(words))
    if span is not None and any(span.groups()):
        days, hours, minutes = (int(part or 0) for part in span.groups())
        # Spans are real time, through a change of the clocks as well.
        return datetime.fromtimestamp(now.timestamp() + (days * 24 + hours) * 3600 + minutes * 60, now.tzinfo)
    at = _time(words.pop()) if words and _CLOCK.fullmatch(words[-1]) else None
    day = now.date() if not words else _day(" ".join(words), now)
    target = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0) if at is not None else now
    target = target.replace(year=day.year, month=day.month, day=day.day)
    if not words and at is None:
        raise ValueError("not a moment ahead")
    if not words and target <= now:
        target += timedelta(days=1)
    if target <= now:
        raise ValueError("not a moment ahead")
    return target


def _time(word: str) -> time:
    hour, minute = word.split(":")
    return time(int(hour), int(minute))


def _day(words: str, now: datetime) -> datetime:
    if words == "tomorrow":
        return now + timedelta(days=1)
    if words == "today":
        return now
    if words[:3] in _DAYS:
        return now + timedelta(days=(_DAYS.index(words[:3]) - now.weekday() - 1) % 7 + 1)
    if _DATE.fullmatch(words):
        return datetime.fromisoformat(words)
    raise ValueError("not a moment")
