"""/calendar: a file that a phone's calendar takes, in the person's zone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from content.rendering import calendars
from tests.support.bot_harness import BotHarness, Person
from tests.support.onboarding import set_up


async def checked(coach: BotHarness) -> Person:
    ann = coach.person()
    await ann.says("/check")
    await ann.presses("check_none")
    return ann


def file(coach: BotHarness, ann: Person) -> bytes:
    """The newest file that Ann was sent."""
    document = ann.user.last["document"]
    assert document["file_name"] == "calf-coach-week.ics"
    return coach.telegram.core.state.files[document["file_id"]].data


def parts(data: bytes, name: str = "VEVENT") -> list[Any]:
    """The parts of a file with that name."""
    return list(Calendar.from_ical(data).walk(name))


async def test_whole_days_where_there_is_no_time(coach: BotHarness) -> None:
    ann = await checked(coach)
    await ann.says("/calendar")
    assert "your next seven days" in ann.user.last.text
    events = parts(file(coach, ann))
    assert [event["DTSTART"].dt for event in events] == [date(2026, 3, 2) + timedelta(days=ahead) for ahead in range(7)]
    assert all(event["SUMMARY"] for event in events)


async def test_sessions_stand_at_the_reminder_on_the_person_s_clock(coach: BotHarness) -> None:
    ann = await checked(coach)
    await ann.says("/remind 07:30")
    await ann.says("Berlin")
    if "07:30" not in ann.sees:
        await ann.says("/remind 07:30")
    await ann.says("/calendar")
    assert ann.sees.shows("calendar/caption", "at 07:30")
    data = file(coach, ann)
    sessions = [event for event in parts(data) if isinstance(event["DTSTART"].dt, datetime)]
    assert sessions
    for event in sessions:
        start = event["DTSTART"].dt.astimezone(ZoneInfo("Europe/Berlin"))
        assert (start.hour, start.minute) == (7, 30)
        assert timedelta(minutes=15) <= event["DURATION"].dt <= timedelta(minutes=120)
    rest = [event for event in parts(data) if event not in sessions]
    assert {event["TRANSP"] for event in rest} == {"TRANSPARENT"}


async def test_before_the_plan_begins_each_day_stands_once(coach: BotHarness) -> None:
    coach.clock.now = datetime(2026, 3, 8, 18, tzinfo=UTC)
    ann = await set_up(coach)
    await ann.says("/calendar")
    events = parts(file(coach, ann))
    assert [str(event["DTSTART"].dt)[:10] for event in events] == [f"2026-03-{day:02}" for day in range(9, 15)]
    assert len({event["UID"] for event in events}) == len(events)


async def test_each_session_stands_at_the_time_of_its_own_day(coach: BotHarness) -> None:
    ann = await set_up(coach, experience="experienced")
    await ann.says("/remind only mon-thu 6:45, sunday 9")
    await ann.says("/calendar")
    assert ann.sees.shows("calendar/caption", "Mon, Tue, Wed, Thu 06:45; Sun 09:00")
    events = parts(file(coach, ann))
    timed = [event["DTSTART"].dt for event in events if isinstance(event["DTSTART"].dt, datetime)]
    at = {f"{start.astimezone(ZoneInfo('Europe/Berlin')):%a %H:%M}" for start in timed}
    assert at
    assert all(each.endswith("09:00") == each.startswith("Sun") for each in at)
    assert "Sun 09:00" in at
    fridays = [event for event in events if f"{event['DTSTART'].dt:%a}" == "Fri"]
    assert [event["TRANSP"] for event in fridays] == ["TRANSPARENT"], "no reminder on Friday: its session has no time"


async def test_sent_again_it_replaces_itself(coach: BotHarness) -> None:
    ann = await checked(coach)
    await ann.says("/calendar")
    first = parts(file(coach, ann))
    coach.clock.forward(hours=2)
    await ann.says("/calendar")
    second = parts(file(coach, ann))
    assert [event["UID"] for event in first] == [event["UID"] for event in second]
    assert all(later["SEQUENCE"] > earlier["SEQUENCE"] for earlier, later in zip(first, second, strict=True))
    ben = coach.person(2, "Ben")
    await ben.says("/check")
    await ben.presses("check_none")
    await ben.says("/calendar")
    assert {event["UID"] for event in parts(file(coach, ben))}.isdisjoint(event["UID"] for event in first)


async def test_who_gets_no_plan_gets_no_calendar(coach: BotHarness) -> None:
    ann = coach.person()
    assert (await ann.says("/calendar")).shows("setup/check", part="question")
    await ann.presses("check_some")
    await ann.says("/calendar")
    assert "document" not in ann.user.last


def figures(**changed: Any) -> dict[str, Any]:
    event = {"day": "2026-03-29", "title": "Walk–jog; intervals, 3", "text": "a\nb", "minutes": 25, "at": "02:30"}
    return {"person": 1, "name": "Calf Coach", "now": "2026-03-28T09:00:00+00:00", "zone": "Europe/Berlin",
            "events": [event]} | changed  # fmt: skip


def test_what_is_written_is_read_back_the_same() -> None:
    data = calendars.write(figures())
    event = parts(data)[0]
    assert event["SUMMARY"] == "Walk–jog; intervals, 3"
    assert event["DESCRIPTION"] == "a\nb"
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545, 3.1"
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_a_week_over_the_change_of_the_clock_keeps_its_local_time() -> None:
    events = [
        {"day": f"2026-03-{day}", "title": "x", "text": "x", "minutes": 20, "at": "07:00"} for day in range(27, 32)
    ]
    found = parts(calendars.write(figures(events=events)))
    starts = [event["DTSTART"].dt for event in found]
    assert {start.astimezone(ZoneInfo("Europe/Berlin")).hour for start in starts} == {7}
    assert {start.astimezone(UTC).hour for start in starts} == {5, 6}


@pytest.mark.parametrize(
    ("zone", "day", "at", "utc"),
    [
        ("Europe/Berlin", "2026-03-29", "01:30", "2026-03-29T00:30"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),  # jumped over: the first moment after
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "2026-03-29", "03:30", "2026-03-29T01:30"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # there twice: the first one
        ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00"),
        ("America/New_York", "2026-03-08", "03:15", "2026-03-08T07:15"),
        ("America/New_York", "2026-11-01", "02:00", "2026-11-01T07:00"),
        ("Australia/Lord_Howe", "2026-10-04", "01:45", "2026-10-03T15:15"),
        ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-03T15:30"),
        ("Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-04T15:30"),
        ("Pacific/Kiritimati", "2026-03-29", "00:00", "2026-03-28T10:00"),
        ("Pacific/Pago_Pago", "2026-03-29", "23:59", "2026-03-30T10:59"),
    ],
)
def test_around_a_change_of_the_clock_every_calendar_reads_the_same_moment(
    zone: str, day: str, at: str, utc: str
) -> None:
    """The file needs no table of the zone: how a calendar reads one cannot move a session."""
    event = {"day": day, "title": "x", "text": "x", "minutes": 20, "at": at}
    data = calendars.write(figures(zone=zone, events=[event]))
    assert f"\r\nDTSTART:{utc.replace('-', '').replace(':', '')}00Z\r\n".encode() in data
    assert not parts(data, "VTIMEZONE")
