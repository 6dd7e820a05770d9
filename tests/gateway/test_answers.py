"""Answers that are not Telegram's word: pages of proxies, cut JSON, wrong types. Nobody is given up for them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session
from telegram import Bot
from telegram.error import TelegramError

from db import outbox
from db.engine import Database
from db.outbox import Outgoing
from db.tables import OUTBOX, REMINDER, USER
from gateway.bot_api_answer import HttpAnswer, read_answer
from gateway.errors import ServerFault
from gateway.inbound.polling import Polling
from gateway.outbound.outcomes.outcome import Failed, Retry, Unreachable, classify_error
from gateway.outbound.sender import Sender
from gateway.outbound.transport import AiohttpRequest, BotApi
from telegram_local.api.faults import Answer, Refuse
from telegram_local.server import LocalTelegram
from tests.scheduler.people import add_people
from tests.support.fake_api import NOON, FakeClock, spin, until

TOKEN = "1:local"
BLOCKED = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
STATUSES = sorted(status.value for status in HTTPStatus if status >= 200 and status not in {204, 205, 304})
JSON, HTML = "application/json", "text/html"
FOREIGN: dict[str, tuple[str | bytes, str]] = {
    "html": ("<html><body>403 bot was blocked by the user</body></html>", HTML),
    "empty": ("", JSON),
    "truncated": (json.dumps(BLOCKED)[:-1], JSON),
    "wrong content type": (json.dumps(BLOCKED), HTML),
    "no ok": (json.dumps({"error_code": 403, "description": BLOCKED["description"]}), JSON),
    "ok of a wrong type": (json.dumps(BLOCKED | {"ok": "false"}), JSON),
    "ok without a result": (json.dumps({"ok": True}), JSON),
    "a list": (json.dumps([BLOCKED]), JSON),
    "no UTF-8": (b"\xff\xfe", JSON),
    "too deep": ("[" * 100_000, JSON),
}
COMMON = (200, 302, 400, 401, 403, 404, 413, 429, 500, 503)
SENT = ("html", "empty", "truncated", "wrong content type", "no ok")
METHODS = ("sendMessage", "editMessageText", "getUpdates", "getMe")


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    made = LocalTelegram(token=TOKEN, now=FakeClock())
    await made.start()
    yield made
    await made.stop()


def error_of(status: int, body: str | bytes, content_type: str, method: str) -> TelegramError:
    payload = body if isinstance(body, bytes) else body.encode()
    with pytest.raises(TelegramError) as caught:
        read_answer(HttpAnswer(status, content_type, payload), f"http://x/bot{TOKEN}/{method}")
    return caught.value


@pytest.mark.parametrize("kind", FOREIGN)
def test_every_status_with_anything_but_a_refusal_is_a_passing_fault(kind: str) -> None:
    for status in range(100, 600):
        for method in METHODS:
            error = error_of(status, *FOREIGN[kind], method)
            assert type(error) is ServerFault
            assert classify_error(error) == Retry()


def test_a_refusal_is_telegram_s_word_whatever_the_status() -> None:
    for status in range(100, 600):
        assert classify_error(error_of(status, json.dumps(BLOCKED), JSON, "sendMessage")) == Unreachable("blocked")


def test_a_result_of_a_wrong_type_is_no_answer() -> None:
    for method, result in (("getMe", []), ("getMe", True), ("getUpdates", {}), ("getUpdates", "none")):
        error = error_of(200, json.dumps({"ok": True, "result": result}), JSON, method)
        assert type(error) is ServerFault


@pytest.mark.parametrize("asked", [None, "7", -1, 0, True, [], float("nan"), float("inf"), 1e300])
def test_a_wait_that_cannot_be_waited_for_is_none(asked: object) -> None:
    body = {"ok": False, "error_code": 429, "parameters": {"retry_after": asked}}
    outcome = classify_error(error_of(429, json.dumps(body), JSON, "sendMessage"))
    assert 1 <= outcome.seconds <= 7 * 86_400  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Forbidden: bot was blocked by the user", Unreachable("blocked")),
        ("Forbidden: user is deactivated", Unreachable("deactivated")),
        ("Forbidden: bot was kicked from the group chat", Unreachable("kicked")),
        ("Forbidden: bot was kicked from the supergroup chat", Unreachable("kicked")),
        ("Forbidden: access denied", Retry(unknown="Forbidden: access denied")),
        (
            "Forbidden: this method is blocked for a while",
            Retry(unknown="Forbidden: this method is blocked for a while"),
        ),
    ],
)
def test_people_are_given_up_only_for_words_that_mean_it(words: str, outcome: Any) -> None:
    body = {"ok": False, "error_code": 403, "description": words}
    assert classify_error(error_of(403, json.dumps(body), JSON, "sendMessage")) == outcome


def test_a_group_that_is_deactivated_says_nothing_of_a_person() -> None:
    body = {"ok": False, "error_code": 400, "description": "Bad Request: group chat was deactivated"}
    assert isinstance(classify_error(error_of(400, json.dumps(body), JSON, "sendMessage")), Failed)


async def through(
    database: Database, telegram: LocalTelegram, faults: dict[int, Answer | Refuse], method: str = "sendMessage"
) -> Sender:
    """Send everybody in `faults` a reply and a reminder; the first call of each meets the fault.

    The message that an edit is for is gone: in the end it comes as a new one.
    """
    add_people(database, range(1, len(faults) + 1), NOON)
    clock = FakeClock()
    rows = []
    for chat, fault in faults.items():
        telegram.user(chat)
        telegram.faults.next(method, fault, chat_id=chat)
        reply = {"chat_id": chat, "text": "reply"} | ({"message_id": 999} if method == "editMessageText" else {})
        rows.append(Outgoing(chat, method, reply, NOON, user_id=chat, owner="me"))
        reminder = {"chat_id": chat, "text": "reminder"}
        rows.append(Outgoing(chat, "sendMessage", reminder, NOON, user_id=chat, bulk=True))
    database.run_now(lambda session: outbox.enqueue(session, rows))
    async with AiohttpRequest() as request:
        sender = Sender(
            database,
            BotApi(request, TOKEN, telegram.address),
            clock=clock,
            monotonic=lambda: clock().timestamp(),
            rate=None,
            replica="me",
            leads=True,
        )
        await sender.start()
        while not sender.idle:
            await until(lambda: sender.drained, within=30)
            clock.move(seconds=30)
            sender.wake()
            await spin(20)
        await sender.stop()
    return sender


def left_and_lost(database: Database) -> tuple[int, list[int], list[int]]:
    """Return how many messages wait, who is unreachable, and whose reminder ended."""

    def work(session: Session) -> tuple[int, list[int], list[int]]:
        connection = session.connection()
        gone = select(USER.c.id).where(USER.c.unreachable.is_not(None)).order_by(USER.c.id)
        ended = select(REMINDER.c.user_id).where(REMINDER.c.next_due_at.is_(None)).order_by(REMINDER.c.user_id)
        return (
            len(connection.execute(select(OUTBOX.c.id)).all()),
            list(connection.execute(gone).scalars()),
            list(connection.execute(ended).scalars()),
        )

    return database.run_now(work)


@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_no_page_of_a_proxy_costs_anybody_a_message_or_the_reminders(
    database: Database, telegram: LocalTelegram, method: str
) -> None:
    pages = [Answer(status, *page) for status in COMMON for name, page in FOREIGN.items() if name in SENT]
    await _costs_nobody_anything(database, telegram, method, pages)


@pytest.mark.soak
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText"])
async def test_no_page_of_any_status_costs_anybody_a_message_or_the_reminders(
    database: Database, telegram: LocalTelegram, method: str
) -> None:
    pages = [Answer(status, *FOREIGN[name]) for status in STATUSES for name in SENT]
    await _costs_nobody_anything(database, telegram, method, pages)


async def _costs_nobody_anything(database: Database, telegram: LocalTelegram, method: str, pages: list[Answer]) -> None:
    faults: dict[int, Answer | Refuse] = dict(enumerate(pages, start=1))
    blocked = len(faults) + 1
    faults[blocked] = Refuse(403, BLOCKED["description"])  # type: ignore[arg-type]
    sender = await through(database, telegram, faults, method)
    assert left_and_lost(database) == (0, [blocked], [blocked])
    for chat in range(1, blocked):
        assert [message["text"] for message in telegram.user(chat).received] == ["reply", "reminder"]
    assert sender.metrics.failed == {"blocked": 1}


async def test_an_unknown_refusal_is_tried_again_and_told_once_an_hour(
    database: Database, telegram: LocalTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    unknown = Refuse(403, "Forbidden: not today")
    await through(database, telegram, dict.fromkeys(range(1, 6), unknown))
    assert left_and_lost(database) == (0, [], [])
    told = [record for record in caplog.records if "unknown reason" in record.message]
    assert [vars(record)["reason"] for record in told] == ["Forbidden: not today"]


@pytest.mark.parametrize("kind", [name for name in FOREIGN if name != "too deep"])
async def test_polling_outlives_every_page(telegram: LocalTelegram, kind: str) -> None:
    taken: list[int] = []

    async def take(update: dict[str, Any], *, waited: bool) -> None:
        taken.append(update["update_id"])

    telegram.faults.next("getUpdates", *(Answer(status, *FOREIGN[kind]) for status in STATUSES))
    await telegram.user(1).send("hello")
    async with AiohttpRequest() as request:
        api = BotApi(request, TOKEN, telegram.address)
        polling = Polling(api, take, clock=FakeClock(), pause=lambda _: asyncio.sleep(0))
        task = asyncio.create_task(polling.run())
        await until(lambda: bool(taken) or task.done())
        polling.stop()
        await task
        await polling.finish()
    assert len(taken) == 1
    assert not telegram.faults.waiting


@pytest.mark.parametrize("kind", [name for name in FOREIGN if name != "too deep"])
async def test_the_library_s_bot_takes_no_page_for_an_answer(telegram: LocalTelegram, kind: str) -> None:
    telegram.faults.next("getMe", *(Answer(status, *FOREIGN[kind]) for status in STATUSES))
    async with AiohttpRequest() as request:
        bot = Bot(TOKEN, f"{telegram.address}/bot", request=request, get_updates_request=request)
        for _ in STATUSES:
            with pytest.raises(ServerFault):
                await bot.get_me()
        assert (await bot.get_me()).is_bot
