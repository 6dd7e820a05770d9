"""Due reminders become messages: the right words, once a date, and nothing where nothing is wanted."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from coach.buttons.callback_data import parse
from coach.profile import SessionKind
from content.library import Content
from db import outbox
from db.engine import Database
from db.models import OutboxMessage, Reminder, TrainingSession
from db.outbox import Outgoing
from db.queries import due_reminders
from db.tables import OUTBOX, REMINDER, SESSION, USER
from scheduler.quarantine import TooManyQuarantined
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import Ticker
from tests.scheduler.people import add_people
from tests.support.fake_api import FakeClock, until

MONDAY = date(2026, 3, 2)  # everybody's plan starts here
SUNDAY_NIGHT = datetime(2026, 3, 1, 22, tzinfo=UTC)
SEVEN = timedelta(hours=8)  # from then to 07:00 in Berlin


class Day:
    """A ticker on a clock that a test moves, and what it wrote."""

    def __init__(self, database: Database, content: Content, **options: Any) -> None:
        self.database = database
        self.clock = FakeClock(SUNDAY_NIGHT)
        self.leads = True
        self.woken = 0
        self.ticker = Ticker(
            database,
            ReminderComposer(lambda: content),
            clock=self.clock,
            leads=lambda: self.leads,
            on_written=self._wake,
            **options,
        )

    def _wake(self) -> None:
        self.woken += 1

    async def at(self, moment: timedelta) -> int:
        self.clock.now = SUNDAY_NIGHT + moment
        return await self.ticker.tick_now()

    @property
    def messages(self) -> list[OutboxMessage]:
        def work(session: Session) -> list[OutboxMessage]:
            return sorted(session.exec(select(OutboxMessage)), key=lambda row: row.id or 0)

        return self.database.run_now(work)

    @property
    def next(self) -> list[datetime | None]:
        return self.database.run_now(lambda session: list(session.exec(select(Reminder.next_due_at))))

    def kind_of(self, when: date) -> str:
        """The kind of the first person's session."""
        kind = select(TrainingSession.kind).where(TrainingSession.user_id == 1, TrainingSession.day == when)
        return self.database.run_now(lambda session: session.exec(kind).one())

    def sent(self) -> None:
        self.database.run_now(lambda session: session.connection().execute(OUTBOX.delete()))


@pytest.fixture
def day(database: Database, content: Content) -> Day:
    return Day(database, content)


async def test_each_day_of_the_week_has_its_words(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    for ahead in range(7):
        assert await day.at(timedelta(days=ahead) + SEVEN - timedelta(minutes=1)) == 0
        assert await day.at(timedelta(days=ahead) + SEVEN) == 1
        assert await day.at(timedelta(days=ahead) + SEVEN + timedelta(minutes=1)) == 0
        (message,) = day.messages
        text, kind = message.payload["text"].lower(), day.kind_of(MONDAY + timedelta(days=ahead))
        assert len(text.split()) < 60
        if kind == SessionKind.INTERVAL:
            assert "5 rounds" in text
            assert "23 min" in text
        if kind == SessionKind.RECOVERY:
            assert "protein" in text
            assert "feet up" in text
        assert (message.bulk, message.owner, message.chat_id) == (True, None, 1)
        assert message.late_text is not None
        assert message.late_text.endswith(message.payload["text"])
        assert "07:00" in message.late_text
        for row in message.payload["reply_markup"]["inline_keyboard"]:
            for button in row:
                assert parse(button["callback_data"]) is not None
        day.sent()
    assert day.woken == 7


async def test_the_words_differ_from_week_to_week(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    texts = set()
    for week in range(4):
        await day.at(timedelta(days=7 * week) + SEVEN)
        texts.add(day.messages[0].payload["text"])
        day.sent()
    assert len(texts) == 4


async def test_the_week_is_stored_once(day: Day) -> None:
    add_people(day.database, range(1, 4), SUNDAY_NIGHT)
    for moment in (SEVEN, SEVEN + timedelta(minutes=5)):
        await day.at(moment)
        rows = day.database.run_now(lambda session: list(session.exec(select(TrainingSession))))
        week = [(one, MONDAY + timedelta(days=ahead)) for one in (1, 2, 3) for ahead in range(7)]
        assert sorted((row.user_id, row.day) for row in rows) == week
        assert [(row.kind, row.rounds) for row in rows if row.day == MONDAY] == [("interval", 5)] * 3


async def test_what_was_missed_is_planned_anew_the_next_morning(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    await day.at(SEVEN)
    assert day.kind_of(MONDAY + timedelta(days=1)) == SessionKind.RECOVERY
    later = [day.kind_of(MONDAY + timedelta(days=ahead)) for ahead in range(2, 7)]
    await day.at(timedelta(days=1) + SEVEN)
    assert [day.kind_of(MONDAY + timedelta(days=ahead)) for ahead in range(2, 7)].count("interval") == 2
    assert later.count("interval") == 1


@pytest.mark.parametrize(
    "person", [{"screening": None}, {"screening": "something-applies"}, {"screened_on": date(2025, 2, 1)}]
)
async def test_nothing_is_planned_without_a_clear_and_recent_check(day: Day, person: dict[str, Any]) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT, **person)
    assert await day.at(SEVEN) == 0
    assert day.ticker.metrics.silent == {"no-plan": 1}


@pytest.mark.parametrize("status", ["done", "skipped"])
async def test_a_day_that_is_done_or_skipped_is_left_alone(day: Day, status: str) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    row = TrainingSession(user_id=1, day=MONDAY, kind="interval", workout="walk-jog-intervals", status=status)
    day.database.run_now(lambda session: session.add(row))
    assert await day.at(SEVEN) == 0
    assert day.ticker.metrics.silent == {status: 1}
    assert day.next == [SUNDAY_NIGHT + SEVEN + timedelta(days=1)]


@pytest.mark.parametrize(
    ("person", "reason", "goes_on"),
    [
        ({"unreachable": "blocked"}, "unreachable", False),
        ({"pause_reason": "sick"}, "paused", False),
        ({"pause_reason": "asked", "paused_until": SUNDAY_NIGHT + timedelta(days=3)}, "paused", True),
        ({"plan_start": MONDAY + timedelta(days=1)}, "no-plan", True),
        ({"plan_start": None}, "no-plan", True),
    ],
)
async def test_who_wants_none_gets_none(day: Day, person: dict[str, Any], reason: str, goes_on: bool) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT, **person)
    assert await day.at(SEVEN) == 0
    assert day.ticker.metrics.silent == {reason: 1}
    assert day.next == [SUNDAY_NIGHT + SEVEN + timedelta(days=1) if goes_on else None]


async def test_a_pause_that_is_over_is_no_pause(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT, pause_reason="asked", paused_until=SUNDAY_NIGHT)
    assert await day.at(SEVEN) == 1


async def test_after_two_hours_of_downtime_it_comes_late(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    assert await day.at(SEVEN + timedelta(hours=2)) == 1
    (message,) = day.messages
    assert message.due_at == SUNDAY_NIGHT + SEVEN
    assert message.useful_until == SUNDAY_NIGHT + SEVEN + timedelta(hours=5)
    assert day.next == [SUNDAY_NIGHT + SEVEN + timedelta(days=1)]


async def test_too_late_is_skipped_and_tomorrow_is_right(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    assert await day.at(SEVEN + timedelta(hours=5, seconds=1)) == 0
    assert day.ticker.metrics.silent == {"too-late": 1}
    assert day.next == [SUNDAY_NIGHT + SEVEN + timedelta(days=1)]


async def test_after_days_of_downtime_only_today_s_comes(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    assert await day.at(timedelta(days=3) + SEVEN + timedelta(hours=1)) == 1
    (message,) = day.messages
    assert message.once_key == "1:session:2026-03-05"
    assert day.next == [SUNDAY_NIGHT + SEVEN + timedelta(days=4)]


async def test_nothing_is_sent_past_ten_in_the_evening(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT, at="19:00")
    assert await day.at(timedelta(hours=23, seconds=1)) == 0  # 22:00:01 in Berlin, three hours late
    assert day.ticker.metrics.silent == {"too-late": 1}


async def test_who_chose_a_late_hour_has_it(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT, at="22:30")
    assert await day.at(timedelta(hours=23, minutes=40)) == 1


async def test_a_reminder_moved_by_a_few_minutes_comes_again_and_leaves_tomorrow_alone(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    await day.at(SEVEN)
    day.sent()
    again = SUNDAY_NIGHT + SEVEN + timedelta(minutes=15)
    day.database.run_now(lambda session: session.connection().execute(update(REMINDER).values(next_due_at=again)))
    assert await day.at(SEVEN + timedelta(minutes=15)) == 1
    assert day.next == [SUNDAY_NIGHT + SEVEN + timedelta(days=1)]


async def test_a_crowd_is_taken_in_batches_while_there_is_room(database: Database, content: Content) -> None:
    rooms = iter([True, True, False])
    day = Day(database, content, batch=10, room=lambda: next(rooms, True))
    add_people(database, range(1, 36), SUNDAY_NIGHT)
    assert await day.at(SEVEN) == 20
    assert await day.at(SEVEN) == 15
    assert {message.chat_id for message in day.messages} == set(range(1, 36))
    assert await day.at(SEVEN) == 0


async def test_who_does_not_lead_does_not_tick(day: Day) -> None:
    add_people(day.database, range(1, 2), SUNDAY_NIGHT)
    day.leads = False
    assert await day.at(SEVEN) == 0


async def test_two_that_tick_at_once_write_each_message_once(database: Database, content: Content) -> None:
    one, two = Day(database, content, batch=7), Day(database, content, batch=7)
    add_people(database, range(1, 101), SUNDAY_NIGHT)
    written = await asyncio.gather(one.at(SEVEN), two.at(SEVEN))
    assert sum(written) <= 100
    await one.at(SEVEN)
    assert sorted(message.chat_id for message in one.messages) == list(range(1, 101))
    rows = database.run_now(lambda session: session.connection().execute(SESSION.select()).fetchall())
    assert len(rows) == 7 * 100


async def test_apscheduler_ticks(database: Database, content: Content) -> None:
    day = Day(database, content, every_seconds=0.05)
    add_people(database, range(1, 2), SUNDAY_NIGHT)
    day.ticker.start()
    await until(lambda: day.ticker.metrics.ticks >= 2)
    day.clock.now = SUNDAY_NIGHT + SEVEN
    await until(lambda: day.woken == 1)
    await day.ticker.stop()
    assert len(day.messages) == 1


class Gated:
    """A database whose transactions wait at a gate."""

    def __init__(self, database: Database) -> None:
        self.is_sqlite, self._database = database.is_sqlite, database
        self.gate, self.waiting = asyncio.Event(), False
        self.gate.set()

    async def run(self, work: Any) -> Any:
        self.waiting = not self.gate.is_set()
        await self.gate.wait()
        return await self._database.run(work)


async def test_a_stop_lets_a_tick_end(database: Database, content: Content, caplog: pytest.LogCaptureFixture) -> None:
    gated: Any = Gated(database)
    day = Day(gated, content, every_seconds=0.05)
    day.ticker.start()
    await until(lambda: day.ticker.metrics.ticks >= 2)
    gated.gate.clear()
    await until(lambda: gated.waiting)
    stopping = asyncio.create_task(day.ticker.stop())
    await asyncio.sleep(0)
    gated.gate.set()
    await stopping
    assert not [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]


async def test_the_next_moment_is_a_reminder_or_what_was_put_off(database: Database) -> None:
    assert database.run_now(due_reminders.next_due_at) is None
    add_people(database, range(1, 2), SUNDAY_NIGHT)
    assert database.run_now(due_reminders.next_due_at) == SUNDAY_NIGHT + SEVEN
    sooner = SUNDAY_NIGHT + timedelta(hours=1)
    row = Outgoing(chat_id=1, method="sendMessage", payload={}, not_before=sooner, created_at=SUNDAY_NIGHT)
    database.run_now(lambda session: outbox.enqueue(session, [row]))
    assert database.run_now(due_reminders.next_due_at) == sooner


# One that fails


ROWS_FAULTS = {
    "a zone that this machine does not know": (USER, {"zone": "Europe/Nowhere"}),
    "a time that is none": (REMINDER, {"local_time": "noon"}),
    "a kind that is none": (REMINDER, {"kind": "surprise"}),
}


@pytest.mark.parametrize("fault", ROWS_FAULTS)
async def test_one_that_fails_is_put_aside_and_the_others_get_theirs(
    database: Database, content: Content, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = []

    async def alert(template: str, **values: object) -> None:
        told.append((template, values))

    day = Day(database, content, batch=3, alert=alert)
    add_people(database, range(1, 6), SUNDAY_NIGHT)
    table, wrong = ROWS_FAULTS[fault]
    columns: list[Any] = list(table.c)
    right = day.database.run_now(
        lambda session: session.connection().execute(select(*columns).limit(1)).one()._asdict()
    )
    which = table.c.id if table is USER else table.c.user_id

    def write(values: dict[str, Any]) -> None:
        day.database.run_now(
            lambda session: session.connection().execute(update(table).where(which == 2).values(**values))
        )

    write(wrong)
    await day.at(SEVEN)
    await day.at(SEVEN + timedelta(seconds=2))
    assert sorted(message.chat_id for message in day.messages) == [1, 3, 4, 5]
    assert day.ticker.metrics.failed == 1, "it is left alone for a while"
    assert [template for template, _ in told] == ["admin/alarm_reminders"]
    assert "reminders failed and were put aside" in caplog.text
    write({name: right[name] for name in wrong})
    await day.at(SEVEN + timedelta(minutes=11))
    message = next(message for message in day.messages if message.chat_id == 2)
    assert message.due_at == SUNDAY_NIGHT + SEVEN, "what was mended says how late it is"


async def test_a_database_that_is_away_is_nobodys_fault(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    add_people(day.database, range(1, 4), SUNDAY_NIGHT)
    real, away = due_reminders.advance, [OperationalError("UPDATE", {}, Exception("disk full"))]

    def advance(*given: Any) -> None:
        if away:
            raise away.pop()
        real(*given)

    monkeypatch.setattr(due_reminders, "advance", advance)
    with pytest.raises(OperationalError):
        await day.at(SEVEN)
    assert await day.at(SEVEN + timedelta(seconds=2)) == 3
    assert day.ticker.metrics.failed == 0


async def test_where_everything_fails_the_tick_does(day: Day, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.quarantine.MAX_QUARANTINED", 5)
    add_people(day.database, range(1, 201), SUNDAY_NIGHT, zone="Europe/Berlin")
    monkeypatch.setattr(day.ticker._composer, "compose", None)
    with pytest.raises(TooManyQuarantined):
        await day.at(SEVEN)
    assert day.ticker.metrics.failed == 100
