"""Promises of the sender: order, replies first, at least once, few repeats, and an end to what cannot be sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select
from telegram.error import BadRequest, Forbidden

from db import outbox
from db.engine import Database
from db.models import OutboxMessage, Reminder, User
from db.outbox import Outgoing, Waiting
from db.tables import OUTBOX
from gateway.errors import MAX_DRAW_ATTEMPTS, MaybeSent, NotSent, ServerFault, TooMany
from gateway.outbound.inflight import MAX_IN_FLIGHT
from gateway.outbound.sender import Sender
from gateway.outbound.transport import Upload
from tests.support.fake_api import NOON, FakeApi, FakeClock, spin, until

ME = "me"


def reply(chat: int, text: str, **fields: Any) -> Outgoing:
    given: dict[str, Any] = {
        "user_id": chat,
        "chat_id": chat,
        "method": "sendMessage",
        "payload": {"chat_id": chat, "text": text},
        "owner": ME,
        "created_at": NOON,
    }
    return Outgoing(**given | fields)


def bulk(chat: int, text: str, **fields: Any) -> Outgoing:
    return reply(chat, text, bulk=True, owner=None, **fields)


def store(database: Database, *rows: Outgoing) -> list[Outgoing]:
    """Write messages as a handler or the tick would; people are made as needed."""

    def work(session: Session) -> list[Outgoing]:
        known = set(session.exec(select(User.id)))
        session.add_all(
            [User(id=chat, created_at=NOON) for chat in sorted({row.user_id for row in rows if row.user_id} - known)]
        )
        session.flush()
        return outbox.enqueue(session, rows)

    return database.run_now(work)


def left(database: Database) -> list[OutboxMessage]:
    return database.run_now(lambda session: list(session.exec(select(OutboxMessage).order_by(OutboxMessage.id))))  # type: ignore[arg-type]


@asynccontextmanager
async def sending(database: Database, api: FakeApi, clock: FakeClock, **given: Any) -> AsyncIterator[Sender]:
    options = {"rate": None, "leads": True} | given
    sender = Sender(database, api, clock=clock, replica=ME, **options)
    await sender.start()
    try:
        yield sender
    finally:
        await sender.stop()


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


async def test_what_was_left_unsent_is_sent_on_start(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, *(reply(chat, f"{chat}") for chat in range(1, 41)), bulk(50, "bulk"))
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
    assert sorted(api.texts, key=lambda text: (text == "bulk", text)) == [
        *sorted(str(chat) for chat in range(1, 41)),
        "bulk",
    ]
    assert left(database) == []


async def test_no_reply_overtakes_one_that_was_left(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, reply(1, "before the kill"))
    async with sending(database, api, clock) as sender:
        sender.enqueue(store(database, reply(1, "after it")))
        await sender.until_idle()
    assert api.texts == ["before the kill", "after it"]


async def test_a_reply_handed_over_goes_out_without_being_read_again(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        sender.enqueue(store(database, reply(1, "hi")))
        await sender.until_idle()
    assert api.texts == ["hi"]
    assert left(database) == []


async def test_order_within_a_chat_is_kept(database: Database, api: FakeApi, clock: FakeClock) -> None:
    rows = store(database, *(reply(number % 7 + 1, f"{number}") for number in range(7, 200)))
    async with sending(database, api, clock) as sender:
        sender.enqueue(rows)
        await sender.until_idle()
    for chat in range(1, 8):
        of_chat = [int(params["text"]) for _, params in api.calls if params["chat_id"] == chat]
        assert of_chat == sorted(of_chat)
    assert len(api.calls) == 193


async def test_no_more_than_64_are_sent_and_unrecorded(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, *(reply(chat, "x") for chat in range(1, 301)))
    api.gate = asyncio.Event()
    async with sending(database, api, clock) as sender:
        await until(lambda: api.in_flight >= MAX_IN_FLIGHT)
        await spin(100)
        assert api.in_flight == MAX_IN_FLIGHT
        api.gate.set()
        await sender.until_idle()
    assert len(api.calls) == 300


async def test_replies_pass_bulk(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, *(bulk(chat, "bulk") for chat in range(1, 101)))
    async with sending(database, api, clock, rate=20.0) as sender:
        await until(lambda: bool(api.calls))
        sender.enqueue(store(database, reply(500, "reply")))
        await until(lambda: "reply" in api.texts)
        assert len(api.texts) < 10
        assert sender.metrics.replies == 1


async def test_too_fast_is_waited_for_and_the_wait_survives_a_restart(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    store(database, reply(1, "first"), reply(1, "second"))
    api.fault = lambda _method, params: TooMany(100) if params["text"] == "first" else None
    async with sending(database, api, clock) as sender:
        await until(lambda: sender.metrics.retry_after == 1 and sender.drained)
    stored = left(database)
    assert [row.not_before for row in stored] == [clock.now + timedelta(seconds=100), None]
    assert stored[0].attempts == 1

    api.fault = None
    async with sending(database, api, clock) as sender:
        clock.move(seconds=50)
        sender.wake()
        await until(lambda: sender.drained)
        assert api.texts == []  # "second" waits for "first"
        clock.move(seconds=51)
        sender.wake()
        await sender.until_idle()
    assert api.texts == ["first", "second"]


async def test_others_go_on_while_one_chat_waits(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, reply(1, "slow"), *(reply(chat, "fast") for chat in range(2, 30)))
    api.fault = lambda _method, params: TooMany(1000) if params["chat_id"] == 1 else None
    async with sending(database, api, clock) as sender:
        await until(lambda: len(api.calls) >= 28)
        assert sender.metrics.retry_after == 1


async def test_many_told_to_wait_stop_everything(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, *(reply(chat, "x") for chat in range(1, 301)))
    api.fault = lambda _method, _params: TooMany(3600)
    async with sending(database, api, clock) as sender:
        await until(lambda: sender.metrics.retry_after >= 3)
        await spin(200)
        assert api.tried <= MAX_IN_FLIGHT
        assert sender.paused


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked"),
        (Forbidden("Forbidden: user is deactivated"), "deactivated"),
        (BadRequest("Bad Request: chat not found"), "chat-not-found"),
    ],
)
async def test_who_cannot_be_reached_is_left_in_peace(
    database: Database, api: FakeApi, clock: FakeClock, error: Exception, reason: str
) -> None:
    store(database, reply(1, "one"), bulk(1, "two"), bulk(2, "other"))
    database.run_now(
        lambda session: session.add(Reminder(user_id=1, local_time="07:00", next_due_at=NOON + timedelta(days=1)))
    )
    api.fault = lambda _method, params: error if params["chat_id"] == 1 else None
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        assert sender.metrics.failed == {reason: 1}

    def check(session: Session) -> tuple[str | None, datetime | None]:
        user = session.get(User, 1)
        assert user is not None
        return user.unreachable, session.exec(select(Reminder)).one().next_due_at

    assert database.run_now(check) == (reason, None)
    assert api.texts == ["other"]
    assert left(database) == []


async def test_not_modified_is_as_good_as_sent(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, reply(1, "x", method="editMessageText"))
    api.fault = lambda _method, _params: BadRequest("Bad Request: message is not modified: …")
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        assert (sender.metrics.sent, sender.metrics.failed) == (1, {})
    assert left(database) == []


async def test_what_telegram_refuses_ends_and_is_told_without_its_text(
    database: Database, api: FakeApi, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    store(database, reply(1, "secret words"), reply(1, "next"))
    api.fault = lambda _method, params: (
        BadRequest("Bad Request: can't parse entities") if params["text"] != "next" else None
    )
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        assert sender.metrics.failed == {"bad-request": 1}
    assert api.texts == ["next"]
    (told,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "secret" not in str(vars(told))
    assert vars(told)["method"] == "sendMessage"


async def test_a_fault_of_the_server_is_tried_again_later(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, reply(1, "x"))
    faults: list[Exception] = [ServerFault("500"), MaybeSent("cut")]
    api.fault = lambda _method, _params: faults.pop() if faults else None
    async with sending(database, api, clock) as sender:
        await until(lambda: sender.metrics.retried == 1)
        clock.move(seconds=1)
        sender.wake()
        await until(lambda: sender.metrics.retried == 2)
        clock.move(seconds=2)
        sender.wake()
        await sender.until_idle()
    assert api.texts == ["x"]
    assert left(database) == []


async def test_a_message_that_always_breaks_the_server_does_not_block_its_chat(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    store(database, reply(1, "poison"), reply(1, "next"))
    api.fault = lambda _method, params: ServerFault("500") if params["text"] == "poison" else None
    async with sending(database, api, clock) as sender:
        for number in range(2, 30):
            if "next" in api.texts:
                break
            sender.enqueue(store(database, reply(number, "other")))
            clock.move(minutes=6)
            sender.wake()
            await until(partial(lambda number: len(api.calls) >= number - 1 and sender.drained, number))
        await sender.until_idle()
        assert sender.metrics.failed == {"given-up": 1}
    assert "next" in api.texts


async def test_no_connection_loses_nothing_and_is_told_once(
    database: Database, api: FakeApi, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    store(database, *(reply(chat, "x") for chat in range(1, 11)))
    down = True
    api.fault = lambda _method, _params: NotSent("no connection") if down else None
    async with sending(database, api, clock) as sender:
        await until(lambda: api.tried >= 20)
        down = False
        await sender.until_idle()
    assert len(api.texts) == 10
    assert left(database) == []
    assert [record.message for record in caplog.records] == ["nothing can be sent", "sending again"]


async def test_what_is_no_longer_useful_is_skipped(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, bulk(1, "old", useful_until=NOON - timedelta(seconds=1)), bulk(1, "new", useful_until=NOON))
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        assert sender.metrics.skipped == 1
    assert api.texts == ["new"]
    assert left(database) == []


async def test_a_late_reminder_says_so(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(
        database,
        bulk(1, "now", due_at=NOON - timedelta(minutes=9), late_text="sorry"),
        bulk(2, "now", due_at=NOON - timedelta(minutes=11), late_text="sorry"),
    )
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        assert sender.metrics.late == 1
    assert {params["chat_id"]: params["text"] for _, params in api.calls} == {1: "now", 2: "sorry"}


async def test_the_message_that_asks_is_remembered(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, reply(1, "statement"), reply(1, "question?", remember=True))
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
    user = database.run_now(lambda session: session.get(User, 1))
    assert user is not None
    assert user.prompt_message_id == 2


async def test_what_was_put_off_waits_in_the_database_until_its_time(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    store(database, reply(1, "later", not_before=NOON + timedelta(minutes=15)), reply(1, "now"))
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
        assert api.texts == ["now"]
        clock.move(minutes=15)
        sender.wake()
        await sender.until_idle()
    assert api.texts == ["now", "later"]


async def test_files_are_drawn_when_sent(database: Database, api: FakeApi, clock: FakeClock) -> None:
    async def draw(file: Any) -> bytes:
        if file["draw"] != "week":
            raise KeyError(file["draw"])
        return b"drawn"

    store(
        database,
        reply(1, "", method="sendPhoto", payload={"chat_id": 1, "photo": {"draw": "week", "user": 1}}),
        reply(1, "", method="sendDocument", payload={"chat_id": 1, "document": {"draw": "week", "file": "w.ics"}}),
        reply(1, "", method="sendPhoto", payload={"chat_id": 1, "photo": {"draw": "nothing"}}),
    )
    async with sending(database, api, clock, draw=draw) as sender:
        await sender.until_idle()
        assert sender.metrics.failed == {"drawing": 1}
    assert api.calls == [
        ("sendPhoto", {"chat_id": 1, "photo": Upload(b"drawn", "picture.png")}),
        ("sendDocument", {"chat_id": 1, "document": Upload(b"drawn", "w.ics")}),
    ]


class Passing:
    """Draws a file once what it is made from is there again; `errors` are raised first."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def __call__(self, _file: Any) -> bytes:
        if self.errors:
            raise self.errors.pop(0)
        return b"drawn"


def photo(chat: int, **fields: Any) -> Outgoing:
    return reply(chat, "", method="sendPhoto", payload={"chat_id": chat, "photo": {"draw": "week"}}, **fields)


def sorry(_session: Session, row: Waiting) -> Outgoing:
    return reply(row.chat_id, "sorry")


async def _through(sender: Sender, clock: FakeClock, failures: int) -> None:
    """Let so many attempts fail, and the time pass that each of them makes its row wait."""
    for failed in range(1, failures + 1):
        await until(lambda: sender.metrics.retried >= failed)  # noqa: B023
        clock.move(minutes=1)
        sender.wake()


async def test_a_file_is_drawn_again_where_the_database_was_away(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    store(database, photo(1))
    away = OperationalError("SELECT 1", {}, Exception("the database is away"))
    async with sending(database, api, clock, draw=Passing(away, OSError("disk")), apologise=sorry) as sender:
        await _through(sender, clock, 2)
        await until(lambda: bool(api.calls))
    assert [method for method, _ in api.calls] == ["sendPhoto"]


async def test_a_file_that_cannot_be_drawn_for_a_minute_is_apologised_for(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    store(database, photo(1))
    async with sending(database, api, clock, draw=Passing(*[OSError("disk")] * 20), apologise=sorry) as sender:
        await _through(sender, clock, MAX_DRAW_ATTEMPTS)
        await until(lambda: bool(api.calls))
    assert api.texts == ["sorry"]


async def test_who_waits_for_a_reply_that_cannot_be_sent_is_told_once(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    def fault(_method: str, params: dict[str, Any]) -> BaseException | None:
        refused = params.get("text", "").startswith("bad") or params["chat_id"] == 2
        return BadRequest("can't parse entities") if refused else None

    api.fault = fault
    removed = reply(4, "", method="editMessageReplyMarkup", payload={"chat_id": 4, "text": "bad"})
    store(
        database,
        *(reply(1, "bad"), reply(1, "bad too")),
        reply(2, "no apology reaches this one either"),
        *(bulk(3, "bad"), removed, reply(-5, "bad", user_id=None)),
    )
    async with sending(database, api, clock, apologise=sorry) as sender:
        await sender.until_idle()
        assert sender.metrics.failed == {"bad-request": 7}
    assert [(params["chat_id"], params["text"]) for _, params in api.calls] == [(1, "sorry")]
    assert left(database) == []


async def test_an_apology_is_kept_for_the_next_start(database: Database, api: FakeApi, clock: FakeClock) -> None:
    api.fault = lambda _method, params: BadRequest("no") if params["text"] == "bad" else None
    store(database, reply(1, "bad"))
    sender = Sender(database, api, clock=clock, replica=ME, rate=None, leads=True, apologise=sorry)
    await sender.start()
    await until(lambda: bool(sender.metrics.failed))
    await sender.stop()
    async with sending(database, api, clock) as another:
        await another.until_idle()
    assert api.texts == ["sorry"]


async def test_words_that_fail_for_an_apology_hold_up_nothing(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    api.fault = lambda _method, params: BadRequest("no") if params["text"] == "bad" else None

    def wordless(_session: Session, _row: Waiting) -> Outgoing:
        raise KeyError("errors/sorry")

    store(database, reply(1, "bad"), reply(1, "good"))
    async with sending(database, api, clock, apologise=wordless) as sender:
        await sender.until_idle()
    assert api.texts == ["good"]
    assert left(database) == []


async def test_what_was_in_flight_when_another_took_over_is_the_others_to_send(
    database: Database, api: FakeApi, clock: FakeClock
) -> None:
    store(database, bulk(1, "bulk"))
    api.gate, api.fault = asyncio.Event(), lambda _method, _params: TooMany(30)
    async with sending(database, api, clock) as sender:
        await until(lambda: api.in_flight == 1)
        sender.set_leader(False)
        api.gate.set()
        await until(lambda: not api.in_flight)
        await sender.until_idle()
        database.run_now(lambda session: session.connection().execute(OUTBOX.delete()))  # the other leader sent it
        clock.move(minutes=1)
        api.fault = None
        sender.set_leader(True)
        await sender.until_idle()
    assert api.calls == []


async def test_one_who_does_not_lead_leaves_bulk_alone(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, bulk(1, "bulk"), reply(2, "mine"), reply(3, "theirs", owner=None))
    async with sending(database, api, clock, leads=False) as sender:
        await sender.until_idle()
        assert api.texts == ["mine"]
        sender.set_leader(True)
        await sender.until_idle()
    assert set(api.texts) == {"bulk", "mine", "theirs"}


async def test_stopping_sends_the_replies_and_leaves_bulk(database: Database, api: FakeApi, clock: FakeClock) -> None:
    store(database, *(bulk(chat, "bulk") for chat in range(1, 50)))
    async with sending(database, api, clock, rate=1.0) as sender:
        await until(lambda: bool(api.calls))
        sender.enqueue(store(database, *(reply(chat, "reply") for chat in range(100, 300))))
    assert api.texts.count("reply") == 200
    assert {row.payload["text"] for row in left(database)} == {"bulk"}


async def test_a_database_that_fails_once_loses_nothing(
    database: Database, api: FakeApi, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(database, reply(1, "x"))
    real, failures = database.run, [OSError("disk")]

    async def run(work: Any) -> Any:
        if api.calls and failures:
            raise failures.pop()
        return await real(work)

    monkeypatch.setattr(database, "run", run)
    async with sending(database, api, clock) as sender:
        await sender.until_idle()
    assert api.texts == ["x"]
    assert left(database) == []
