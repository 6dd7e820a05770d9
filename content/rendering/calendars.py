"""A week of sessions as an iCalendar file (RFC 5545), for the calendar of somebody's phone.

A session's UID is made from the person and the day and nothing else: a file sent again replaces what the last one
brought. SEQUENCE grows with time, because calendars keep the older of two events of the same number.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from coach.reminders.local_time import next_due

_SPACE: Final = UUID("5d3c27ba-6f5e-4b06-9a0e-3d7f1c2f0c61")
_SEQUENCE_FROM: Final = datetime(2026, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
PRODUCT: Final = "-//Calf Coach//Week//EN"


def write(figures: Mapping[str, Any]) -> bytes:
    """Return the file. `person`: their id; `name`; `now`: ISO moment; `zone`; `events`: day, title, text, minutes, at.

    An event without a time of day (`at`, "07:00") is one of the whole day and does not make the person look busy.
    """
    now = datetime.fromisoformat(figures["now"]).astimezone(UTC).replace(microsecond=0)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", figures["name"])
    for event in figures["events"]:
        calendar.add_component(_event(event, figures["person"], figures["zone"], now))
    return bytes(calendar.to_ical())


def _event(figures: Mapping[str, Any], person: int, zone: str, now: datetime) -> Event:
    day = date.fromisoformat(figures["day"])
    event = Event()
    event.add("uid", str(uuid5(_SPACE, f"{person}:{day}")))
    event.add("dtstamp", now)
    event.add("last-modified", now)
    event.add("sequence", max(0, int((now - _SEQUENCE_FROM).total_seconds() // 60)))
    event.add("summary", figures["title"])
    event.add("description", figures["text"])
    if figures["at"] is None:
        event.add("dtstart", day)
        event.add("dtend", day + _DAY)
        event.add("transp", "TRANSPARENT")
    else:
        # In UTC: a table of the zone's clock changes would be one more thing to get wrong, and icalendar 7 writes the
        # change in spring an hour late (RFC 5545, 3.6.5: the onset is a local time of before the change).
        event.add("dtstart", next_due(time.fromisoformat(figures["at"]), zone, _before(day), last_day=day - _DAY))
        event.add("duration", timedelta(minutes=figures["minutes"]))
    return event


def _before(day: date) -> datetime:
    """Return a moment at which no clock of the world shows `day` yet."""
    return datetime.combine(day - _DAY, time(), UTC)
