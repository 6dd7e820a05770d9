"""Warming up: it goes through what people do, and leaves nothing behind: no row, no message, no call."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select
from sqlmodel import Session, SQLModel

from content.library import Content
from db.engine import Database
from db.models import ReminderBackfill, User
from db.outbox import Outgoing
from db.rollback import rolled_back
from handlers import warm_up
from handlers.account.help_menu import COMMANDS
from handlers.framework.application import Services
from handlers.prompts.registry import Prompts
from tests.support.bot_harness import PLACES, START, Clock, running_bot
from tests.support.fake_api import until


@pytest.fixture
def services(database: Database, content: Content) -> Services:
    def handed_over(rows: Sequence[Outgoing]) -> None:
        raise AssertionError(f"{rows} would be sent")

    return Services(database, content, PLACES, Clock(), handed_over, "replica", Prompts())


def counts(session: Session) -> dict[str, int]:
    """Rows by table; what the migrations themselves wrote does not count."""
    return {
        table.name: session.connection().execute(select(func.count()).select_from(table)).scalar_one()
        for table in SQLModel.metadata.sorted_tables
        if table.name != ReminderBackfill.__tablename__
    }


def test_warming_up_leaves_no_row_and_sends_nothing(
    database: Database, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        warm_up.warm_commands(database, services)
        warm_up.warm_questions(database, services)
    assert set(database.run_now(counts).values()) == {0}
    assert caplog.records == []


async def test_it_sets_a_person_up_uses_every_command_and_is_answered(database: Database, services: Services) -> None:
    person = warm_up._Conversation(database, services)
    await person.application.initialize()
    steps = 0
    for step in warm_up._use(person):
        await step
        steps += 1
    assert steps > len(warm_up.SETTING_UP) + 2 * len(COMMANDS)
    user = database.run_now(lambda session: session.get(User, warm_up.PERSON))
    assert user is not None
    assert user.set_up_at == START
    assert user.zone == "Europe/Berlin"
    assert user.plan_start is not None
    person.said.clear()
    for step in warm_up._ask(person):
        await step
    assert len(person.said) > 2 * warm_up.QUESTIONS
    await person.application.shutdown()


def test_it_ends_early_when_the_bot_stops(database: Database, services: Services) -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) == 3

    warm_up.warm_commands(database, services, stopped)
    assert len(asked) == 3


def test_what_goes_wrong_is_logged_and_undone(
    database: Database, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(warm_up, "SETTING_UP", ("/start", 0))
    warm_up.warm_commands(database, services)
    assert [record.message for record in caplog.records if record.levelno >= logging.WARNING] == ["warming up failed"]
    assert set(database.run_now(counts).values()) == {0}


def test_what_raises_within_is_undone_alone(database: Database) -> None:
    def fail(session: Session) -> None:
        session.add(User(id=2, first_name="Ben", created_at=START))
        session.flush()
        raise ValueError("Ben")

    with rolled_back(database) as undone:
        undone.run_now(lambda session: session.add(User(id=1, first_name="Ann", created_at=START)))
        with pytest.raises(ValueError, match="Ben"):
            undone.run_now(fail)
        assert undone.run_now(counts)["user_account"] == 1
    assert set(database.run_now(counts).values()) == {0}


async def test_a_bot_that_warms_up_is_ready_when_that_is_done_and_tells_nobody(
    database: Database, content: Content
) -> None:
    loop, warmed = asyncio.get_running_loop(), asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(warmed.set)

    async with running_bot(database, content, warms_up=True, warmed=tell) as coach:
        await warmed.wait()
        while not coach.running.health.warm:  # which is said right after
            await coach.settle()
        await coach.settle()
        ann = coach.person()
        assert await ann.says("/help")
        assert len(coach.telegram.called("sendMessage")) == 1


async def test_a_warm_up_that_fails_is_logged_and_the_bot_answers_all_the_same(
    database: Database, content: Content, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OSError("no room for the weights")

    async with running_bot(database, content, warmed=fail) as coach:
        await until(lambda: "warming up failed; the first answers will be slow" in caplog.messages)
        assert not coach.running.health.warm
        assert await coach.person().says("/help")
