"""A person's clock: when a local time comes round next in UTC, through every change of the clock."""

import zoneinfo
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

EVERY_WEEKDAY: Final = frozenset(range(1, 8))

_DAY: Final = timedelta(days=1)
_QUARTER: Final = timedelta(minutes=15)
_AT_SEA: Final = "Etc/GMT"
_SIGNS: Final = {"-": "+", "+": "−"}  # of POSIX: west of Greenwich is positive
_LOWEST_LIKELY: Final = timedelta(hours=-10)


def next_due(
    local: time,
    zone: str,
    after: datetime,
    days: frozenset[int] = EVERY_WEEKDAY,
    last_day: date | None = None,
) -> datetime:
    """Return the first moment, in UTC, strictly after `after` at which the clock of `zone` shows `local`.

    Only on the ISO weekdays `days`, never for a date up to and including `last_day`. A local time that the clock jumps
    over comes at the first moment after the gap; one that comes twice is taken the first time. A date the clock jumps
    over as a whole (Samoa, 2011-12-30) has no moment. Raises ValueError for an unknown zone and for no days.
    """
    if not days or not days <= EVERY_WEEKDAY:
        raise ValueError(f"no ISO weekdays: {sorted(days)}")
    clock = _clock(zone)
    day = after.astimezone(clock).date()
    if last_day is not None and day <= last_day:
        day = last_day + _DAY
    while True:
        if day.isoweekday() in days:
            moment = _moment(day, local, clock)
            if moment is not None and moment > after:
                return moment
        day += _DAY


def due_day(moment: datetime, local: time, zone: str) -> date:
    """Return the date that a moment given by `next_due` is meant for.

    It is the local date but for one case: where the clock jumps over the last hour of a day (Nuuk, in March), the
    reminder of that day comes at the first moment of the next. Raises ValueError for an unknown zone.
    """
    clock = _clock(zone)
    today = moment.astimezone(clock).date()
    if _moment(today, local, clock) != moment and _moment(today - _DAY, local, clock) == moment:
        return today - _DAY
    return today


def local_day(moment: datetime, zone: str) -> date:
    """Return the date on the calendar of `zone`. Raises ValueError for an unknown zone."""
    return moment.astimezone(_clock(zone)).date()


def to_local(moment: datetime, zone: str) -> datetime:
    """Return the same moment, aware, on the clock of `zone`. Raises ValueError for an unknown zone."""
    return moment.astimezone(_clock(zone))


def offset_of(local_now: time, now: datetime) -> timedelta:
    """Return how far a clock that shows `local_now` is ahead of UTC, to the nearest quarter hour.

    Between −12:00 and +14:00. A clock face does not tell +13:00 from −11:00: of two, the one more people live by is
    returned, from −10:00 to +13:45.
    """
    utc = now.astimezone(UTC)
    shown = timedelta(hours=local_now.hour, minutes=local_now.minute, seconds=local_now.second)
    ahead = shown - timedelta(hours=utc.hour, minutes=utc.minute, seconds=utc.second)
    quarters = round(ahead / _QUARTER)
    return (quarters * _QUARTER - _LOWEST_LIKELY) % _DAY + _LOWEST_LIKELY


def zones_with_offset(offset: timedelta, now: datetime, zones: Iterable[str]) -> list[str]:
    """Return those of `zones` whose clock shows the same time of day now as one `offset` ahead of UTC, in their order.

    Clocks a whole day apart show the same time, so for +13:00 Pago Pago (−11:00) is listed beside Auckland.
    Raises ValueError for an unknown zone.
    """
    return [zone for zone in zones if (_offset(now, zone) - offset) % _DAY == timedelta()]


def zone_names() -> frozenset[str]:
    """Return the names of all zones, listed once: Python walks its folders for them each time."""
    return _listed(zoneinfo.TZPATH)


@lru_cache(1)
def _listed(_folders: tuple[str, ...]) -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def zones_ahead_by(offset: timedelta, now: datetime, zones: Iterable[str]) -> list[str]:
    """Return those of `zones` whose clock is `offset` ahead of UTC now, in their order."""
    return [zone for zone in zones if _offset(now, zone) == offset]


def city_of(zone: str) -> str:
    """Return the city that an IANA zone is named after; at sea its offset: Etc/GMT-2 is ahead of UTC, "UTC+2"."""
    sign, hours = zone.removeprefix(_AT_SEA)[:1], zone.removeprefix(_AT_SEA)[1:]
    if zone.startswith(_AT_SEA) and sign in _SIGNS and hours.isdecimal():
        return f"UTC{_SIGNS[sign]}{hours}" if int(hours) else "UTC"
    return zone.rpartition("/")[2].replace("_", " ")


def _offset(now: datetime, zone: str) -> timedelta:
    return now.astimezone(_clock(zone)).utcoffset() or timedelta()


def _moment(day: date, local: time, clock: ZoneInfo) -> datetime | None:
    """Return when `clock` shows `local` on `day` for the first time, or the end of the gap that swallows it.

    None where the whole day is swallowed.
    """
    wanted = datetime.combine(day, local)
    moment = wanted.replace(tzinfo=clock).astimezone(UTC)
    if moment.astimezone(clock).replace(tzinfo=None) == wanted:
        return moment
    # In a gap, the offset before it gives a moment after it, and the offset after it one before it (PEP 495).
    before = wanted.replace(tzinfo=clock, fold=1).astimezone(UTC)
    seconds_low, seconds_high = 0, int((moment - before).total_seconds())
    while seconds_high - seconds_low > 1:
        middle = (seconds_low + seconds_high) // 2
        shown = (before + timedelta(seconds=middle)).astimezone(clock).replace(tzinfo=None)
        if shown < wanted:
            seconds_low = middle
        else:
            seconds_high = middle
    end = before + timedelta(seconds=seconds_high)
    last = (before + timedelta(seconds=seconds_low)).astimezone(clock).date()
    return None if last < day < end.astimezone(clock).date() else end


@lru_cache(maxsize=1024)
def _clock(zone: str) -> ZoneInfo:
    # Kept by us: zoneinfo's own cache holds only the eight used last.
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as unknown:
        raise ValueError(f"unknown time zone: {zone!r}") from unknown


def show_daytime(daytime: time) -> str:
    """Return "07:30"."""
    return f"{daytime:%H:%M}"
