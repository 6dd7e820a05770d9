"""Commands and notices of administrators; to anybody else none of it exists."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlmodel import select
from telegram import Message

from app.introduction import describe
from content.library import Content
from db.engine import Database
from db.models import Broadcast, OutboxMessage, User
from db.queries.admin import broadcasts
from handlers.admin.operations import message_of
from scheduler import broadcast_pages
from telegram_local.api.faults import Blocked
from tests.support.bot_harness import BotHarness, Person, running_bot

ADMIN = 42


@pytest.fixture
async def run(database: Database, content: Content) -> AsyncIterator[BotHarness]:
    async with running_bot(database, content, admins=frozenset({ADMIN})) as running:
        yield running


@pytest.fixture
async def admin(run: BotHarness) -> Person:
    cleo = run.person(ADMIN, "Cleo")
    await cleo.says("/help")
    return cleo


async def test_an_admin_who_has_not_written_yet_gets_a_menu_later(
    run: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    await describe(run.running.application.bot, run.running.services.content, run.running.services.admins)
    [told] = caplog.records
    assert "they write to the bot" in told.message
    assert vars(told)["admin"] == ADMIN
    caplog.clear()
    await run.person(ADMIN, "Cleo").says("/help")
    await describe(run.running.application.bot, run.running.services.content, run.running.services.admins)
    assert caplog.records == []


async def everybody(run: BotHarness, count: int) -> list[Person]:
    people = [run.person(number, f"P{number}") for number in range(1, count + 1)]
    for person in people:
        await person.says("/help")
    return people


async def rows(run: BotHarness, model: Any) -> list[Any]:
    return await run.running.db.run(lambda session: list(session.exec(select(model)).all()))


@pytest.mark.parametrize("command", ["/stats", "/broadcast hello", "/broadcast"])
async def test_to_others_the_commands_do_not_exist(run: BotHarness, command: str) -> None:
    ann = run.person(1, "Ann")
    unknown = await ann.says("/nonsense")
    assert await ann.says(command) == unknown
    assert await rows(run, Broadcast) == []


async def test_the_menu_of_an_administrator_has_more(run: BotHarness, admin: Person) -> None:
    scoped = [call for call in run.telegram.called("setMyCommands") if call.params.get("scope")]
    names = {command["command"] for call in scoped for command in call.params["commands"]}
    assert {"stats", "broadcast", "help"} <= names
    everyones = [call for call in run.telegram.called("setMyCommands") if not call.params.get("scope")]
    assert not {"stats", "broadcast"} & {command["command"] for command in everyones[0].params["commands"]}


async def test_stats_count_what_there_is(run: BotHarness, admin: Person) -> None:
    await everybody(run, 3)
    await run.person(1).says("why are calves so hard to grow?")
    seen = await admin.says("/stats")
    assert "4 not set up" in seen
    assert "4 new" in seen
    assert "1 answered" in seen
    assert "0 updates that failed" in seen


async def test_a_broadcast_is_seen_first_and_reaches_everybody_once(run: BotHarness, admin: Person) -> None:
    people = await everybody(run, 5)
    before = [len(person.user.received) for person in people]
    await admin.says("/broadcast 🦵 New:\n*plans* <b>& more</b>")
    *_, shown, asked = admin.user.received
    assert shown["text"] == "🦵 New:\n*plans* <b>& more</b>"
    assert "6 people" in asked["text"]
    await run.tick()
    assert [len(person.user.received) for person in people] == before, "nothing goes out before it is confirmed"
    assert "Sending" in await admin.presses("broadcast_send")
    await run.tick()
    run.clock.forward(seconds=11)
    await run.tick()
    assert [person.sees for person in people] == [shown["text"]] * 5
    assert [len(person.user.received) for person in people] == [count + 1 for count in before]
    finished = next(message for message in admin.user.received if message.message_id == asked.message_id)
    assert "Sent" in finished["text"]
    assert "6 people" in finished["text"]
    await run.tick()
    assert (await rows(run, Broadcast))[0].state == broadcasts.OVER
    assert await rows(run, OutboxMessage) == []


async def test_bold_and_links_arrive_where_they_stood(run: BotHarness, admin: Person) -> None:
    raw = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "/broadcast  🦵 bold and link"}
    entities = [
        {"type": "bot_command", "offset": 0, "length": 10},
        {"type": "italic", "offset": 0, "length": 14},
        {"type": "bold", "offset": 15, "length": 4},
        {"type": "text_link", "offset": 24, "length": 4, "url": "https://example.org/"},
    ]
    made = message_of(Message.de_json(raw | {"entities": entities}, run.running.application.bot))
    assert made == {
        "text": "🦵 bold and link",
        "entities": [
            {"type": "italic", "offset": 0, "length": 2},
            {"type": "bold", "offset": 3, "length": 4},
            {"type": "text_link", "offset": 12, "length": 4, "url": "https://example.org/"},
        ],
    }


async def test_a_broadcast_can_be_stopped(run: BotHarness, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    await everybody(run, 6)
    run.running.ticker._batch = 2
    allowed = [True, True]  # to look for reminders, and to write one page
    monkeypatch.setattr(run.running.ticker, "_room", lambda: bool(allowed and allowed.pop()))
    await admin.says("/broadcast Hello")
    await admin.presses("broadcast_send")
    await run.tick()
    assert "I'm stopping" in await admin.presses("broadcast_stop")
    monkeypatch.setattr(run.running.ticker, "_room", lambda: True)
    await run.tick()
    (found,) = await rows(run, Broadcast)
    assert found.state == broadcasts.OVER
    assert found.written == 2, "the rest was never written"
    assert any("Stopped" in message["text"] for message in admin.user.received)
    await run.tick()
    assert sum(person.user.last["text"] == "Hello" for person in map(run.person, range(1, 7))) == 2


async def test_what_is_written_and_not_sent_is_taken_back(run: BotHarness, admin: Person) -> None:
    await everybody(run, 3)
    db, now = run.running.db, run.clock()
    words = run.running.services.content.language(None).messages

    def stopped(session: Any) -> tuple[int, broadcast_pages.Step]:
        made = broadcasts.draft(session, ADMIN, {"text": "Hello", "entities": []}, now)
        made.message_id = admin.user.last.message_id
        written = broadcasts.write_page(session, made, 100, now)
        made.state = broadcasts.STOPPING
        session.flush()
        return written, broadcast_pages.advance_broadcast(session, lambda _language: words, now, 100)

    written, step = await db.run(stopped)
    assert (written, step.cancelled) == (4, True)
    assert all(row.method != "sendMessage" for row in await rows(run, OutboxMessage))


async def test_who_is_gone_is_told_of_in_the_end(run: BotHarness, admin: Person) -> None:
    await everybody(run, 3)
    run.telegram.faults.always("sendMessage", Blocked(), chat_id=2)
    await admin.says("/broadcast Hello")
    asked = admin.user.last
    await admin.presses("broadcast_send")
    await run.tick()
    await run.tick()
    finished = next(message for message in admin.user.received if message.message_id == asked.message_id)
    assert "3 people" in finished["text"]
    assert "1 could no longer be reached" in finished["text"]


async def test_a_draft_can_be_left_and_an_old_button_sends_nothing(run: BotHarness, admin: Person) -> None:
    ann = (await everybody(run, 1))[0]
    await admin.says("/broadcast Hello")
    (made,) = await rows(run, Broadcast)
    old = admin.user.last
    await admin.presses("keep_it")
    forged = f"cast-send:{made.id}"
    await ann.user.send("/help")
    await run.settle()
    press = ann.user.press_data(forged, ann.user.last)
    await run.settle()
    await press.answered()
    assert (await rows(run, Broadcast))[0].state == broadcasts.DRAFT, "a stranger's press does nothing"
    await admin.user.press("Send to everybody", old)
    await run.settle()
    await admin.user.press("Send to everybody", old)
    await run.settle()
    await run.tick()
    assert [message["text"] for message in ann.user.received].count("Hello") == 1


async def test_an_empty_broadcast_says_how(run: BotHarness, admin: Person) -> None:
    assert "/broadcast" in await admin.says("/broadcast")
    assert await rows(run, Broadcast) == []


async def test_who_is_out_of_reach_is_left_out(run: BotHarness, admin: Person) -> None:
    await run.running.db.run(lambda session: session.add(User(id=5, created_at=run.clock(), unreachable="blocked")))
    await admin.says("/broadcast Hello")
    assert "1 person" in admin.sees


# Told of trouble


async def test_a_failing_update_is_told_once_an_hour(
    run: BotHarness, admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, told = run.person(1, "Ann"), len(admin.user.received)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("with words of a person")

    monkeypatch.setattr("handlers.questions.ask.reply", fail)
    for _ in range(3):
        await ann.says("are ankle weights a good idea?")
    assert len(admin.user.received) == told + 1
    assert "set aside" in admin.sees
    assert "RuntimeError" in admin.sees
    assert "with words" not in admin.sees
    run.clock.forward(minutes=61)
    await ann.says("are ankle weights a good idea?")
    assert len(admin.user.received) == told + 2


async def test_a_failing_tick_is_told(run: BotHarness, admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    await run.tick()  # the first one, of the start, is over: a tick does nothing while another runs
    monkeypatch.setattr("scheduler.ticker.process_due", fail)
    for _ in range(2):
        await run.running.ticker._tick()
        await run.settle()
    await run.telegram.until(lambda: "Reminders are not going out" in admin.sees, timeout=run.within)
    assert sum("not going out" in message["text"] for message in admin.user.received) == 1
