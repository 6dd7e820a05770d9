"""With nothing else to do, a reminder leaves within seconds of its minute; after downtime it says that it is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest

from db.engine import Database
from gateway.outbound.sender import Sender
from scheduler.ticker import Ticker
from tests.scheduler.people import add_people
from tests.support.fake_api import FakeApi, until
from tests.support.reminder_process import PlainWording

NIGHT = datetime(2026, 3, 1, 22, tzinfo=UTC)
MORNING = NIGHT + timedelta(hours=8)


async def arrival(database: Database, begin: datetime, within: float) -> tuple[datetime, str]:
    """Start the engine when its clock shows `begin`; return when the one reminder arrived, and its words."""
    api, started = FakeApi(), monotonic()

    def clock() -> datetime:
        return begin + timedelta(seconds=monotonic() - started)

    sender = Sender(database, api, clock=clock, rate=30, replica="me", leads=True)
    ticker = Ticker(database, PlainWording(), clock=clock, leads=lambda: True, on_written=sender.bulk_written)
    await sender.start()
    ticker.start()
    await until(lambda: bool(api.texts), within)
    arrived = clock()
    await ticker.stop()
    await sender.stop()
    return arrived, api.texts[0]


@pytest.mark.soak
async def test_a_reminder_leaves_within_six_seconds_of_its_minute(database: Database) -> None:
    add_people(database, range(1, 2), NIGHT)
    arrived, words = await arrival(database, MORNING - timedelta(seconds=3), within=15)
    assert timedelta() <= arrived - MORNING <= timedelta(seconds=6)
    assert words != "late"


async def test_after_two_hours_of_downtime_it_says_that_it_is_late(database: Database) -> None:
    add_people(database, range(1, 2), NIGHT)
    _, words = await arrival(database, MORNING + timedelta(hours=2), within=15)
    assert words == "late"
