"""The clock: a daily reminder comes once for every local date, at the right instant, through every change.

What is expected is told by walking a zone's clock minute by minute, not by the rule under test.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.reminders.local_time import due_day, local_day, next_due, offset_of, to_local, zones_with_offset

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ZONES = sorted(available_timezones() - {"localtime"})  # a link of the machine, not a zone
TELLING = ("Europe/Berlin", "America/Nuuk", "Africa/Cairo", "Australia/Lord_Howe", "America/Santiago", "Asia/Beirut")
"""Gaps at night, before midnight, at midnight, of half an hour, on the southern side, at midnight again."""


@cache
def changes(zone: str) -> tuple[datetime, ...]:
    """Return the last moment before each change of the clock in 2026–2030, to the minute."""
    return tuple(_changes(ZoneInfo(zone)))


def _changes(clock: ZoneInfo) -> Iterator[datetime]:
    begin = FIRST
    while begin < LAST:
        end = begin + 7 * DAY
        low, high = begin, end
        if low.astimezone(clock).utcoffset() != high.astimezone(clock).utcoffset():
            while high - low > MINUTE:
                middle = low + ((high - low) // MINUTE // 2) * MINUTE
                same = low.astimezone(clock).utcoffset() == middle.astimezone(clock).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            yield low
        begin = end


def expected(zone: str, around: datetime) -> dict[tuple[date, time], datetime]:
    """Walk the clock of `zone` two days either side of a change: when each date's quarter hours are due."""
    clock = ZoneInfo(zone)
    due: dict[tuple[date, time], datetime] = {}
    moment = (around - 2 * DAY).replace(second=0)
    shown = moment.astimezone(clock).replace(tzinfo=None)
    while moment < around + 2 * DAY:
        next_moment = moment + MINUTE
        next_shown = next_moment.astimezone(clock).replace(tzinfo=None)
        # All that the clock comes to, or jumps over, in this minute is due at its end; what it shows again is not.
        passed = shown + MINUTE
        while passed <= next_shown:
            if passed.minute % 15 == 0:
                due.setdefault((passed.date(), passed.time()), next_moment)
            passed += MINUTE
        moment, shown = next_moment, next_shown
    return due


def check_change(zone: str, change: datetime, quarters: list[time]) -> int:
    """Check all dates around one change of the clock; return how many reminders were checked."""
    truth = expected(zone, change)
    checked = 0
    for local in quarters:
        days = sorted(day for day, quarter in truth if quarter == local)
        after, last_day = truth[days[0], local] - MINUTE, None
        for day in days:
            moment = next_due(local, zone, after, last_day=last_day)
            assert moment == truth[day, local], (zone, local, day)
            assert due_day(moment, local, zone) == day
            assert next_due(local, zone, moment - MINUTE) == moment
            after, last_day = moment, day
            checked += 1
    return checked


@pytest.mark.parametrize("zone", TELLING)
def test_telling_zones_through_a_year_of_changes(zone: str) -> None:
    assert all(check_change(zone, change, QUARTERS) for change in changes(zone)[:2])


@settings(max_examples=40, deadline=None)
@given(zone=st.sampled_from(ZONES), which=st.integers(0, 20), local=st.sampled_from(QUARTERS))
def test_a_sample_of_all_zones(zone: str, which: int, local: time) -> None:
    all_changes = changes(zone) or (FIRST + 100 * DAY,)
    assert check_change(zone, all_changes[which % len(all_changes)], [local]) >= 3


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_every_zone_every_change_every_quarter_hour() -> None:
    cases = sum(check_change(zone, change, QUARTERS) for zone in ZONES for change in changes(zone))
    assert cases > 2_000 * len(QUARTERS)


def test_a_time_that_is_jumped_over_comes_at_the_end_of_the_gap() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert next_due(time(2, 30), "Europe/Berlin", before) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_time_that_comes_twice_comes_once() -> None:
    first = next_due(time(2, 30), "Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_due(time(2, 30), "Europe/Berlin", first) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_the_lost_last_hour_of_a_day_counts_for_that_day() -> None:
    """In Nuuk the clock goes from 23:00 on a Saturday straight to Sunday."""
    moment = next_due(time(23, 15), "America/Nuuk", datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert local_day(moment, "America/Nuuk") == date(2026, 3, 29)
    assert due_day(moment, time(23, 15), "America/Nuuk") == date(2026, 3, 28)
    again = next_due(time(23, 15), "America/Nuuk", moment, last_day=date(2026, 3, 28))
    assert local_day(again, "America/Nuuk") == due_day(again, time(23, 15), "America/Nuuk") == date(2026, 3, 29)


def test_a_date_that_never_was_has_no_reminder() -> None:
    """Samoa had no 30 December 2011."""
    moment = next_due(time(7), "Pacific/Apia", datetime(2011, 12, 29, 20, tzinfo=UTC))
    assert to_local(moment, "Pacific/Apia") == datetime(2011, 12, 31, 7, tzinfo=ZoneInfo("Pacific/Apia"))


@settings(deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    local=st.sampled_from(QUARTERS),
    after=st.integers(0, 5 * 365 * 86_400).map(lambda seconds: FIRST + timedelta(seconds=seconds)),
    days=st.frozensets(st.integers(1, 7), min_size=1),
    ahead=st.none() | st.integers(-3, 10),
)
def test_is_after_on_a_chosen_weekday_and_past_the_last_day(
    zone: str, local: time, after: datetime, days: frozenset[int], ahead: int | None
) -> None:
    last_day = None if ahead is None else local_day(after, zone) + ahead * DAY
    moment = next_due(local, zone, after, days, last_day)
    day = due_day(moment, local, zone)
    assert moment > after
    assert moment.tzinfo is UTC
    assert day.isoweekday() in days
    assert last_day is None or day > last_day
    assert moment - after <= timedelta(days=8 + max(0, (ahead or 0) + 1))


@pytest.mark.parametrize(
    "zone", ["", "Berlin", "America", "../etc/passwd", "Europe/Berlin\0", "/etc/localtime", "a" * 4096]
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        next_due(time(7), zone, FIRST)
    with pytest.raises(ValueError, match="unknown time zone"):
        local_day(FIRST, zone)


def test_no_days_are_refused() -> None:
    for days in (frozenset[int](), frozenset({0}), frozenset({8})):
        with pytest.raises(ValueError, match="weekdays"):
            next_due(time(7), "Europe/Berlin", FIRST, days)


@settings(deadline=None)
@given(zone=st.sampled_from(ZONES), off=st.integers(-7, 7), seconds=st.integers(0, 86_399))
def test_a_persons_clock_finds_their_offset(zone: str, off: int, seconds: int) -> None:
    now = datetime(2026, 7, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    shown = (to_local(now, zone) + timedelta(minutes=off)).time().replace(second=0)
    offset = offset_of(shown, now)
    assert timedelta(hours=-12) <= offset <= timedelta(hours=14)
    if abs(off) < 6:  # 7:29 minutes off, and the seconds cut away, round to the same quarter
        assert zone in zones_with_offset(offset, now, ZONES)


def test_offsets_that_a_clock_face_does_not_tell_apart_are_the_likelier() -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert offset_of(time(2), noon) == timedelta(hours=-10)  # Honolulu, not Kiritimati
    assert offset_of(time(1), noon) == timedelta(hours=13)  # Auckland in summer, not Pago Pago
    assert offset_of(time(17, 44), noon) == timedelta(hours=5, minutes=45)
    both = zones_with_offset(timedelta(hours=13), noon, ["Pacific/Pago_Pago", "Europe/Berlin", "Pacific/Apia"])
    assert both == ["Pacific/Pago_Pago", "Pacific/Apia"]
