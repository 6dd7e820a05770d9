"""A wall clock that is set while the bot runs: ticks go on, no reminder is lost or comes twice, no wait grows."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import aiohttp
import apscheduler.schedulers.base
import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import scheduler.steady_scheduler
from app.steady_clock import SteadyClock
from coach.reminders.schedule import USEFUL
from content.library import Content, Language
from db.engine import Database
from db.queries.admin import alarms
from db.tables import REMINDER
from gateway.errors import TooMany
from gateway.outbound.sender import Sender
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage
from scheduler.steady_scheduler import EverySoOften, SteadyScheduler
from scheduler.ticker import Ticker
from tests.scheduler.people import add_people
from tests.support.bot_harness import Clock, running_bot
from tests.support.fake_api import NOON, FakeApi, FakeClock, until
from tests.support.onboarding import set_up

DAY_BEFORE = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)  # 06:30 in Berlin
STEP = 15.0  # seconds between two ticks of these tests


class Clocks(Clock):
    """A wall clock that can be set, beside one that only moves on; called, what a steady clock makes of both."""

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.elapsed = 1000.0
        self.steady = SteadyClock(lambda: self.now, lambda: self.elapsed)

    def __call__(self) -> datetime:
        return self.steady()

    def forward(self, **stretch: float) -> None:
        """Let time pass, looked at every few seconds as ticks do."""
        left = timedelta(**stretch).total_seconds()
        while left > 0:
            passed = min(left, STEP)
            self.now += timedelta(seconds=passed)
            self.elapsed += passed
            left -= passed
            self.steady()

    def leap(self, **by: float) -> None:
        """Set the wall clock."""
        self.now += timedelta(**by)
        self.steady()


def test_a_leap_forward_is_believed_once_it_has_stood(caplog: pytest.LogCaptureFixture) -> None:
    clocks = Clocks(NOON)
    clocks.leap(days=3)
    clocks.forward(seconds=105)
    assert clocks() == NOON + timedelta(seconds=105)
    assert 0 < clocks.steady.doubted_for() <= 15
    clocks.forward(seconds=15)
    assert clocks() == clocks.now == NOON + timedelta(days=3, seconds=120)
    assert clocks.steady.doubted_for() == 0
    assert [record.message for record in caplog.records].count("the clock of this machine leaped") == 1


def test_a_leap_that_is_taken_back_never_was() -> None:
    clocks = Clocks(NOON)
    clocks.leap(days=3)
    clocks.forward(seconds=60)
    clocks.leap(days=-3)
    assert clocks() == NOON + timedelta(seconds=60)
    assert clocks.steady.doubted_for() == 0


def test_a_clock_that_goes_on_leaping_is_doubted_until_it_stands() -> None:
    clocks = Clocks(NOON)
    for _ in range(10):
        clocks.leap(minutes=4)  # each too short to be doubted by itself
        clocks.forward(seconds=30)
    assert clocks.steady.doubted_for() > 0
    assert clocks() - NOON < timedelta(minutes=15)
    clocks.forward(seconds=120)
    assert clocks() == clocks.now


@pytest.mark.parametrize("leap", [timedelta(minutes=-7), timedelta(hours=-1), timedelta(days=-3), timedelta(minutes=5)])
def test_leaps_back_and_short_ones_are_believed_at_once(leap: timedelta, caplog: pytest.LogCaptureFixture) -> None:
    clocks = Clocks(NOON)
    clocks.leap(seconds=leap.total_seconds())
    assert clocks() == clocks.now
    assert clocks.steady.doubted_for() == 0
    assert "leaped" in caplog.text


def test_a_clock_that_is_slewed_does_not_leap(caplog: pytest.LogCaptureFixture) -> None:
    clocks = Clocks(NOON)
    for _ in range(1000):
        clocks.now += timedelta(milliseconds=50)
        clocks.forward(seconds=5)
    assert clocks() == clocks.now
    assert caplog.records == []


class WallOfScheduler(datetime):
    """The time on the wall as APScheduler reads it."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        """Return it."""
        return datetime.now(tz) + cls.ahead


async def test_ticks_go_on_whatever_the_wall_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", WallOfScheduler)
    monkeypatch.setattr(scheduler.steady_scheduler, "datetime", WallOfScheduler)
    monkeypatch.setattr(WallOfScheduler, "ahead", timedelta())
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        ticks += 1

    async def purge() -> None:
        return

    ticking = SteadyScheduler(timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True})
    ticking.add_job(tick, EverySoOften(0.01), id="tick")
    ticking.add_job(purge, CronTrigger(hour=3, minute=17, timezone="UTC"), id="purge")
    ticking.start()
    try:
        for ahead in (-7, 0, 60 * 24 * 3650, 60 * 24 * 3, -60, 0):
            WallOfScheduler.ahead = timedelta(minutes=ahead)
            before = ticks
            await until(lambda: ticks >= before + 5)  # noqa: B023 - called at once
            due = ticking.get_job("purge").next_run_time
            assert due - WallOfScheduler.now(UTC) <= timedelta(days=1)
    finally:
        ticking.shutdown(wait=False)


class DayWording(ReminderComposer):
    """Says for which date a reminder is."""

    def __init__(self) -> None:
        super().__init__(lambda: cast("Content", None))

    def compose(
        self, language: str, due: datetime, key: tuple[object, ...] | None, draft: Callable[[Language], Draft]
    ) -> ReminderMessage:
        """Return the date alone, late or not."""
        return ReminderMessage({"text": str(due.date())}, str(due.date()))


def due_of(person: int) -> datetime:
    """Return when the reminder of a person is due: three of them each minute."""
    return DAY_BEFORE + timedelta(minutes=30 + (person - 1) // 3)


class Morning:
    """Three dozen people due at 07:00, 07:01, … in Berlin, on clocks that a test sets."""

    def __init__(self, database: Database) -> None:
        self.clocks, self.api, self.database = Clocks(DAY_BEFORE), FakeApi(), database
        self.true = DAY_BEFORE  # the time as it is, whatever the wall says
        self.heard: dict[tuple[int, str], list[datetime]] = {}
        self.owed: set[int] = set()  # people who were due at a tick that believed its clock, and not yet too late
        for minute in range(12):
            add_people(database, range(minute * 3 + 1, minute * 3 + 4), DAY_BEFORE, f"07:{minute:02}")
        self.sender = Sender(
            database,
            self._call,
            clock=self.clocks,
            rate=None,
            replica="me",
            leads=True,
            monotonic=lambda: self.clocks.elapsed,
            doubted=self.clocks.steady.doubted_for,
        )
        self.ticker = Ticker(
            database,
            DayWording(),
            clock=self.clocks,
            leads=lambda: True,
            on_written=self.sender.bulk_written,
            doubted=self.clocks.steady.doubted_for,
        )

    async def _call(self, method: str, params: dict[str, Any]) -> Any:
        self.heard.setdefault((params["chat_id"], params["text"]), []).append(self.true)
        return await self.api(method, params)

    async def step(self) -> None:
        """Let some seconds pass, and tick."""
        self.clocks.forward(seconds=STEP)
        self.true += timedelta(seconds=STEP)
        if not self.clocks.steady.doubted_for():
            now = self.clocks()
            self.owed |= {person for person in range(1, 37) if timedelta() <= now - due_of(person) < USEFUL}
        if await self.ticker.tick_now():
            await until(lambda: self.sender.idle)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        await self.sender.start()
        try:
            yield
        finally:
            await self.sender.stop()

    def still_due(self) -> int:
        """Count the reminders that are due on the wall and were not looked at."""
        statement = select(REMINDER.c.id).where(REMINDER.c.next_due_at <= self.clocks.now)
        return len(self.database.run_now(lambda session: session.connection().execute(statement).all()))


_SIZES = st.one_of(st.floats(-3600, 3600), st.floats(-3600, 3 * 86_400))
_LEAPS = st.lists(st.tuples(st.integers(1, 40), _SIZES, st.integers(1, 7)), min_size=1, max_size=5)


@pytest.fixture
def fresh(sqlite_template: Path, tmp_path: Path) -> Callable[[], Database]:
    """Make a database with nobody in it."""
    numbers = iter(range(1_000_000))

    def make() -> Database:
        file = tmp_path / f"{next(numbers)}.db"
        shutil.copyfile(sqlite_template, file)
        return Database(f"sqlite:///{file}")

    return make


async def taken_back(database: Database, leaps: list[tuple[int, float, int]]) -> None:
    """Let the wall leap and be set right within two minutes, again and again: everybody hears once, in time."""
    morning = Morning(database)
    async with morning.running():
        for wait, size, lasts in leaps:
            for _ in range(wait):
                await morning.step()
            morning.clocks.leap(seconds=size)
            for _ in range(lasts):
                await morning.step()
            morning.clocks.leap(seconds=-size)
        while morning.true < DAY_BEFORE + timedelta(minutes=46):
            await morning.step()
    assert set(morning.heard) == {(person, "2026-03-02") for person in range(1, 37)}
    for (person, _), times in morning.heard.items():
        assert len(times) == 1
        assert -300 - STEP <= (times[0] - due_of(person)).total_seconds() <= 120 + 2 * STEP


async def standing(database: Database, leaps: list[tuple[int, float, int]]) -> None:
    """Let the wall leap for good: nobody hears twice for a date, nothing stays due for longer than two minutes.

    Where the day is still the same, those hear whose reminder is of use when the new time is believed, and nobody else.
    """
    morning = Morning(database)
    async with morning.running():
        for wait, size, _ in leaps:
            for _ in range(wait):
                await morning.step()
            morning.clocks.leap(seconds=size)
        for _ in range(int(120 / STEP) + 1):
            await morning.step()
        assert morning.still_due() == 0
        for _ in range(int(3600 / STEP) if morning.clocks.now.date() == DAY_BEFORE.date() else 0):
            await morning.step()
    assert Counter(map(len, morning.heard.values())).keys() <= {1}
    if morning.clocks.now.date() == DAY_BEFORE.date():
        assert {person for person, _ in morning.heard} == morning.owed


_FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_MANY = settings(_FEW, max_examples=400)


@_FEW
@given(leaps=_LEAPS)
def test_leaps_that_are_taken_back_cost_nobody_a_reminder(
    fresh: Callable[[], Database], leaps: list[tuple[int, float, int]]
) -> None:
    _with(fresh, lambda database: taken_back(database, leaps))


@_FEW
@given(leaps=_LEAPS)
@example(leaps=[(1, 19_665.0, 1)])  # it is believed at noon, when those due at seven are five hours late
@example(leaps=[(1, 36_000.0, 1)])
def test_leaps_that_stand_repeat_nothing_and_leave_nothing(
    fresh: Callable[[], Database], leaps: list[tuple[int, float, int]]
) -> None:
    _with(fresh, lambda database: standing(database, leaps))


@pytest.mark.soak
@_MANY
@given(leaps=_LEAPS, stand=st.booleans())
def test_many_leaps(fresh: Callable[[], Database], leaps: list[tuple[int, float, int]], stand: bool) -> None:
    _with(fresh, lambda database: (standing if stand else taken_back)(database, leaps))


def _with(fresh: Callable[[], Database], work: Callable[[Database], Any]) -> None:
    logging.disable(logging.WARNING)
    database = fresh()
    try:
        asyncio.run(work(database))
    finally:
        database.close()
        Path(database.url.database or "").unlink()
        logging.disable(logging.NOTSET)


async def test_nothing_written_goes_out_or_is_skipped_while_the_clock_is_doubted(database: Database) -> None:
    """A crowd's messages lie in the outbox when the clock leaps past their latest useful moment."""
    morning = Morning(database)
    gate = morning.api.gate = asyncio.Event()
    async with morning.running():
        morning.clocks.forward(minutes=42)
        assert await morning.ticker.tick_now() == 36
        await until(lambda: morning.api.in_flight == 36)
        morning.api.fault = lambda _method, _params: TooMany(3)  # they are to be tried again
        gate.set()
        await until(lambda: morning.sender.metrics.retry_after == 36)
        morning.api.fault = None
        morning.clocks.leap(days=3)
        for _ in range(4):
            await morning.step()
        morning.sender.wake()
        await until(lambda: morning.sender.drained)
        assert morning.api.calls == []
        morning.clocks.leap(days=-3)
        morning.sender.wake()
        await until(lambda: len(morning.api.calls) == 36)
    assert morning.sender.metrics.skipped == 0


async def test_a_retry_waits_no_longer_where_the_clock_was_set_back(database: Database) -> None:
    morning = Morning(database)
    faults = iter([TooMany(5)])
    morning.api.fault = lambda _method, _params: next(faults, None)
    async with morning.running():
        morning.clocks.forward(minutes=30)
        assert await morning.ticker.tick_now() == 3
        await until(lambda: len(morning.api.calls) == 2)
        morning.clocks.leap(hours=-1)
        morning.clocks.forward(seconds=6)
        morning.sender.wake()
        await until(lambda: len(morning.api.calls) == 3)


async def test_what_is_refused_before_a_restart_waits_by_its_own_time(database: Database) -> None:
    """The moment in the database is on the wall; from the reading on it is waited for by the other clock."""
    morning = Morning(database)
    morning.api.fault = lambda _method, _params: TooMany(60)
    async with morning.running():
        morning.clocks.forward(minutes=30)
        await morning.ticker.tick_now()
        await until(lambda: morning.sender.metrics.retry_after == 3 and morning.sender.drained)
    again = Sender(
        database,
        morning.api,
        clock=morning.clocks,
        rate=None,
        replica="me",
        leads=True,
        monotonic=lambda: morning.clocks.elapsed,
    )
    morning.api.fault = None
    await again.start()
    morning.clocks.leap(hours=-1)
    morning.clocks.forward(seconds=55)
    again.wake()
    await until(lambda: again.drained)
    assert morning.api.calls == []
    morning.clocks.forward(seconds=10)
    again.wake()
    await until(lambda: len(morning.api.calls) == 3)
    await again.stop()


def test_alarms_are_told_again_where_the_clock_was_set_back(database: Database) -> None:
    def due(now: datetime) -> bool:
        return database.run_now(lambda session: alarms.due(session, "a", now))

    assert due(NOON + timedelta(days=3))
    assert due(NOON)
    assert not due(NOON + timedelta(minutes=59))
    assert due(NOON + timedelta(minutes=60))


async def test_readiness_says_that_the_last_tick_lies_in_the_future(database: Database, content: Content) -> None:
    clock = FakeClock()

    async def ready(served: str) -> str:
        async with aiohttp.ClientSession() as client, client.get(f"{served}/readyz") as response:
            return await response.text()

    async with running_bot(database, content, cast("Clock", clock)) as coach:
        await coach.tick()
        clock.move(hours=-1)
        text = await ready(coach.served)
        assert '"tick": "3600 s in the future"' in text
        assert '"poll": "ok"' in text
        await coach.tick()
        assert '"tick": "ok"' in await ready(coach.served)


async def test_a_person_hears_of_the_day_although_the_clock_was_three_days_ahead_for_a_minute(
    database: Database, content: Content
) -> None:
    clocks = Clocks(datetime(2026, 3, 1, 9, tzinfo=UTC))
    async with running_bot(database, content, clocks, doubted=clocks.steady.doubted_for) as coach:
        ann = await set_up(coach, "07:00")
        night = DAY_BEFORE + timedelta(minutes=29) - clocks.now
        clocks.now, clocks.elapsed = clocks.now + night, clocks.elapsed + night.total_seconds()
        heard = len(ann.user.messages)
        clocks.leap(days=3)
        for _ in range(4):
            clocks.forward(seconds=15)
            await coach.tick()
        assert len(ann.user.messages) == heard
        assert (await ann.says("/remind")).template.startswith("remind")
        clocks.leap(days=-3)
        heard = len(ann.user.messages)
        clocks.forward(seconds=30)
        await coach.tick()
        assert len(ann.user.messages) == heard + 1
        await coach.tick()
        assert len(ann.user.messages) == heard + 1
