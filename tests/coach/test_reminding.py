"""Moments of each kind of reminder, until when it may be sent, and what it knows."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.parsing.time_of_day import parse_quiet
from coach.planning.state.streaks import DayResult
from coach.profile import SessionKind, SessionStatus
from coach.reminders.addenda import Addendum, DayRecord, addendum_for
from coach.reminders.kinds import SPECS, ReminderKind
from coach.reminders.local_time import to_local
from coach.reminders.schedule import Quiet, Schedule, useful_until
from coach.user_errors import QuietNotUnderstood
from db.models import User
from services import reminders
from tests.support.vocabularies import ENGLISH

MONDAY = date(2026, 3, 2)
ZONES = ("Europe/Berlin", "America/New_York", "Africa/Cairo", "America/Nuuk", "Asia/Tokyo", "UTC")
QUARTERS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
SCHEDULES = st.dictionaries(st.integers(1, 7), QUARTERS, min_size=1)


@settings(max_examples=60)
@given(SCHEDULES, st.sampled_from(ZONES), st.booleans())
def test_a_month_has_each_date_once_at_its_own_time(times: dict[int, time], zone: str, monthly: bool) -> None:
    schedule = Schedule(times, monthly)
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    days: list[date] = []
    while True:
        moment = schedule.next(zone, moment, days[-1] if days else None)
        if moment > datetime(2026, 4, 1, tzinfo=UTC):
            break
        day = schedule.day_of(moment, zone)
        local = to_local(moment, zone)
        days.append(day)
        assert local.time() >= times[day.isoweekday()] or local.date() > day, "in time, or after a gap"
        assert local - datetime.combine(day, times[day.isoweekday()], local.tzinfo) <= timedelta(hours=1)
    expected = [date(2026, 3, 2) + timedelta(days=ahead) for ahead in range(29)]
    wanted = [day for day in expected if schedule.at(day) is not None]
    assert [day for day in days if expected[0] <= day <= expected[-1]] == wanted


def test_a_row_is_a_schedule() -> None:
    found = SPECS[ReminderKind.SESSION].schedule("06:45", "12345", {"6": "09:00", "5": "07:00"})
    assert found.times == {1: time(6, 45), 2: time(6, 45), 3: time(6, 45), 4: time(6, 45), 5: time(7)}
    assert SPECS[ReminderKind.MEASURING].schedule("10:00", "6", None).monthly


def test_no_kind_comes_in_quiet_hours_of_itself() -> None:
    quiet = reminders.quiet(User(id=1, created_at=datetime.now(UTC)))
    defaults = {kind: spec.usual for kind, spec in SPECS.items() if spec.usual is not None}
    assert set(defaults) == set(ReminderKind) - {ReminderKind.SESSION}
    for schedule in defaults.values():
        assert not any(quiet.holds(at) for at, _ in schedule.groups)


@given(QUARTERS, QUARTERS, QUARTERS)
def test_quiet_hours_are_what_lies_between_their_ends(begins: time, ends: time, at: time) -> None:
    quiet, other = Quiet(begins, ends), Quiet(ends, begins)
    if begins == ends:
        assert not quiet.holds(at)
    else:
        assert quiet.holds(at) != other.holds(at), "the hours are in one of the two"
        assert quiet.holds(begins)
        assert not quiet.holds(ends)


@given(st.integers(0, 8_760), st.sampled_from(ZONES), QUARTERS, QUARTERS)
def test_what_is_sent_in_time_is_sent_on_its_date_and_not_in_quiet_hours(
    hours: int, zone: str, begins: time, ends: time
) -> None:
    quiet, due_at = Quiet(begins, ends), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    until = useful_until(due_at, zone, quiet)
    assert due_at < until <= due_at + timedelta(hours=5)
    last = until - timedelta(microseconds=1)
    assert to_local(last, zone).date() == to_local(due_at, zone).date()
    if not quiet.holds(to_local(due_at, zone).time()):
        assert not quiet.holds(to_local(last, zone).time())


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22-7", (time(22), time(7))),
        ("from 10pm to 6:30", (time(22), time(6, 30))),
        ("21.30 – 5", (time(21, 30), time(5))),
        ("between noon and 3pm", (time(12), time(15))),
        ("off", None),
        ("7-7", None),
    ],
)
def test_quiet_hours_in_words(text: str, hours: tuple[time, time] | None) -> None:
    assert parse_quiet(text, ENGLISH) == hours


@pytest.mark.parametrize("text", ["", "22", "purple", "22-25", "1-2-3", "x" * 200])
def test_what_are_no_quiet_hours(text: str) -> None:
    with pytest.raises(QuietNotUnderstood):
        parse_quiet(text, ENGLISH)


def past(back: int, status: SessionStatus, kind: SessionKind = SessionKind.STRENGTH, **more: object) -> DayRecord:
    day = MONDAY + timedelta(days=20 - back)
    return DayRecord(DayResult(day, kind, status), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("why", "days", "streak", "expected"),
    [
        (None, [], 0, None),
        (None, [past(1, SessionStatus.DONE)], 0, None),
        (None, [past(1, SessionStatus.DONE, pain=3)], 0, Addendum.PAIN),
        (None, [past(1, SessionStatus.DONE, pain=2)], 0, None),
        (None, [past(1, SessionStatus.SKIPPED)], 0, None),
        (None, [past(1, SessionStatus.PLANNED), past(6, SessionStatus.PLANNED)], 0, None),
        (None, [past(1, SessionStatus.PLANNED), past(6, SessionStatus.SKIPPED)], 0, Addendum.MISSED),
        (None, [past(1, SessionStatus.PLANNED)], 0, Addendum.MISSED),
        (None, [past(1, SessionStatus.PLANNED), past(2, SessionStatus.PLANNED)], 0, None),
        (None, [past(1, SessionStatus.PLANNED, SessionKind.RECOVERY)], 0, None),
        ("easier-week", [past(1, SessionStatus.DONE)], 0, Addendum.EASIER),
        ("moved", [past(1, SessionStatus.SKIPPED)], 0, Addendum.MOVED),
        ("realigned", [past(1, SessionStatus.SKIPPED)], 0, Addendum.REALIGNED),
        ("realigned", [past(1, SessionStatus.PLANNED, why="realigned")], 0, Addendum.MISSED),
        ("easier-week", [past(2, SessionStatus.DONE, why="easier-week")], 0, None),
        (None, [], 21, None),
    ],
)
def test_what_a_session_s_reminder_adds(
    why: str | None, days: list[DayRecord], streak: int, expected: Addendum | None
) -> None:
    found = {each.kept.day: each for each in days}
    assert addendum_for(MONDAY + timedelta(days=20), MONDAY, why, found, streak) == expected


def test_the_first_days_and_a_streak_now_and_then() -> None:
    said = [addendum_for(MONDAY + timedelta(days=ahead), MONDAY, None, {}, ahead) for ahead in range(60)]
    assert said[:2] == [Addendum.FIRST_DAY, Addendum.SECOND_DAY]
    assert [ahead for ahead, what in enumerate(said) if what is Addendum.STREAK] == [7, 14, 28, 56]


def test_a_day_of_rest_hears_of_no_first_session_and_no_miss() -> None:
    missed = past(1, SessionStatus.PLANNED)
    assert addendum_for(MONDAY, MONDAY, None, {}, 0, rests=True) is None
    assert addendum_for(MONDAY + timedelta(days=1), MONDAY, None, {}, 0, trained=False) is None
    assert addendum_for(MONDAY + timedelta(days=20), MONDAY, None, {missed.kept.day: missed}, 0, rests=True) is None
