"""People who have reminders get their row of a kind that is added: once, armed, page by page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import delete, event, update
from sqlmodel import Session, select

from coach.profile import SessionStatus
from coach.reminders.kinds import ReminderKind
from content.library import Content
from db.engine import Database
from db.models import Reminder, ReminderBackfill, TrainingSession, User
from db.tables import REMINDER, REMINDER_BACKFILL, USER
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import BACKFILL_PAGES, Ticker
from services import reminders
from services.reminder_backfill import PAGE, backfill_page
from tests.scheduler.people import add_people
from tests.support.databases import fresh_postgres
from tests.support.fake_api import FakeClock

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)  # a Tuesday
SATURDAY = datetime(2026, 3, 7, 9, tzinfo=UTC)  # the month's first, ten o'clock in Berlin


def forget(database: Database, kind: ReminderKind) -> None:
    """Let the database be as it was before the kind was added."""

    def work(session: Session) -> None:
        session.connection().execute(delete(REMINDER).where(REMINDER.c.kind == kind))
        session.connection().execute(delete(REMINDER_BACKFILL).where(REMINDER_BACKFILL.c.kind == kind))

    database.run_now(work)


def backfill(database: Database, limit: int = PAGE) -> int:
    """Give everybody their rows; return in how many pages."""
    pages = 0
    while database.run_now(partial(backfill_page, now=NOW, limit=limit)):
        pages += 1
    return pages


def rows(database: Database, kind: ReminderKind) -> dict[int, Reminder]:
    def work(session: Session) -> dict[int, Reminder]:
        return {row.user_id: row for row in session.exec(select(Reminder).where(Reminder.kind == kind))}

    return database.run_now(work)


def change(database: Database, table: Any, person: int, **values: object) -> None:
    which = table.c.id if table is USER else table.c.user_id
    database.run_now(lambda session: session.connection().execute(update(table).where(which == person).values(values)))


def test_nothing_is_done_for_the_kinds_of_the_first_version(database: Database) -> None:
    add_people(database, range(1, 4), NOW)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    assert backfill(database) == 0
    assert [each for each in statements if "reminder" in each] == [each for each in statements if "backfill" in each]
    assert len(rows(database, ReminderKind.SESSION)) == 3
    assert rows(database, ReminderKind.MEASURING) == {}


def test_everybody_who_has_reminders_gets_the_row_that_a_newcomer_gets(database: Database) -> None:
    add_people(database, range(1, 4), NOW)
    change(database, USER, 3, pause_reason="sick")
    database.run_now(lambda session: session.add(User(id=9, first_name="Bo", zone="Europe/Berlin", created_at=NOW)))
    forget(database, ReminderKind.MEASURING)
    assert backfill(database) == 1
    found = rows(database, ReminderKind.MEASURING)
    assert set(found) == {1, 2, 3}, "and nobody who has no reminder"
    for row in found.values():
        assert (row.local_time, row.days, row.other_times) == ("10:00", "6", None)
        assert (row.on, row.chosen, row.last_day) == (True, False, None)
    assert [found[person].next_due_at for person in (1, 2, 3)] == [SATURDAY, SATURDAY, None]


def test_a_second_run_finds_nothing_to_do(database: Database) -> None:
    add_people(database, range(1, 4), NOW)
    forget(database, ReminderKind.REVIEW)
    backfill(database)
    before = rows(database, ReminderKind.REVIEW)
    assert backfill(database) == 0
    database.run_now(lambda session: session.connection().execute(update(REMINDER_BACKFILL).values(done=False)))
    assert backfill(database) > 0, "noted as unfinished"
    assert {key: row.id for key, row in rows(database, ReminderKind.REVIEW).items()} == {
        key: row.id for key, row in before.items()
    }


def test_what_a_person_set_is_left_as_it_is(database: Database) -> None:
    add_people(database, range(1, 3), NOW)

    def choose(session: Session) -> None:
        reminders.set_times(session, session.get_one(User, 1), ReminderKind.MEASURING, {7: time(9)}, NOW)

    forget(database, ReminderKind.MEASURING)
    database.run_now(choose)
    backfill(database)
    found = rows(database, ReminderKind.MEASURING)
    assert (found[1].local_time, found[1].days, found[1].chosen) == ("09:00", "7", True)
    assert (found[2].local_time, found[2].days, found[2].chosen) == ("10:00", "6", False)


def test_a_person_who_turned_everything_off_hears_of_no_new_kind(database: Database) -> None:
    add_people(database, range(1, 2), NOW)
    change(database, REMINDER, 1, on=False, next_due_at=None)
    forget(database, ReminderKind.MEASURING)
    backfill(database)
    row = rows(database, ReminderKind.MEASURING)[1]
    assert (row.on, row.next_due_at) == (False, None)


@pytest.mark.parametrize("status", [SessionStatus.DONE, SessionStatus.PLANNED])
def test_a_kind_that_a_session_calls_for_is_armed_by_today_s(database: Database, status: SessionStatus) -> None:
    add_people(database, range(1, 2), NOW)
    hard = TrainingSession(user_id=1, day=NOW.date(), kind="interval", workout="sprint-intervals", status=status)
    database.run_now(lambda session: session.add(hard))
    forget(database, ReminderKind.RECOVERY)
    backfill(database)
    evening = datetime(2026, 3, 3, 18, 30, tzinfo=UTC)
    due = evening if status is SessionStatus.DONE else None
    assert rows(database, ReminderKind.RECOVERY)[1].next_due_at == due


def test_it_goes_on_where_it_was_cut_short(database: Database) -> None:
    add_people(database, range(1, 8), NOW)
    forget(database, ReminderKind.REVIEW)
    assert database.run_now(partial(backfill_page, now=NOW, limit=3))
    assert set(rows(database, ReminderKind.REVIEW)) == {1, 2, 3}
    noted = database.run_now(lambda session: session.get_one(ReminderBackfill, "review").reached)
    assert noted == 3
    assert backfill(database, limit=3) == 2
    assert set(rows(database, ReminderKind.REVIEW)) == set(range(1, 8))


def test_one_whose_rows_are_damaged_holds_up_nobody(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    add_people(database, range(1, 4), NOW)
    change(database, USER, 2, zone="Europe/Nowhere")
    forget(database, ReminderKind.REVIEW)
    backfill(database)
    assert set(rows(database, ReminderKind.REVIEW)) == {1, 3}
    assert "a person gets no reminder of a new kind" in caplog.text


def test_a_person_who_is_just_changing_something_is_left_to_the_next_page(
    postgres_server: str, postgres_template: str
) -> None:
    database = Database(fresh_postgres(postgres_server, postgres_template))
    add_people(database, range(1, 4), NOW)
    forget(database, ReminderKind.REVIEW)
    with Session(database.engine) as handler:
        handler.exec(select(User).where(User.id == 2).with_for_update()).one()
        assert database.run_now(partial(backfill_page, now=NOW))
        assert set(rows(database, ReminderKind.REVIEW)) == {1, 3}
    backfill(database)
    assert set(rows(database, ReminderKind.REVIEW)) == {1, 2, 3}
    database.close()


async def test_the_ticker_does_it_bit_by_bit_and_the_reminder_comes(database: Database, content: Content) -> None:
    clock = FakeClock(NOW)
    ticker = Ticker(
        database, ReminderComposer(lambda: content), clock=clock, leads=lambda: True, on_written=lambda: None
    )
    people = PAGE * BACKFILL_PAGES + 2
    add_people(database, range(1, people + 1), NOW, plan_start=date(2026, 3, 2), planned_on=date(2026, 3, 2))
    forget(database, ReminderKind.MEASURING)
    await ticker.tick_now()
    assert len(rows(database, ReminderKind.MEASURING)) == PAGE * BACKFILL_PAGES
    await ticker.tick_now()
    assert len(rows(database, ReminderKind.MEASURING)) == people
    database.run_now(lambda session: session.connection().execute(delete(REMINDER).where(REMINDER.c.user_id > 2)))
    clock.now = SATURDAY
    await ticker.tick_now()
    heard = rows(database, ReminderKind.MEASURING)
    assert {row.last_day for row in heard.values()} == {SATURDAY.date()}
    assert all(row.next_due_at and row.next_due_at > SATURDAY + timedelta(days=20) for row in heard.values())
