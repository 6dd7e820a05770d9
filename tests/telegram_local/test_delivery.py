"""Updates by long polling and by webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from telegram_local import LocalTelegram
from tests.telegram_local.conftest import Client

Json = dict[str, Any]


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_a_higher_offset_confirms_everything_below(server: LocalTelegram, api: Client) -> None:
    ann = server.user(1)
    for text in ("one", "two", "three"):
        await ann.send(text)
    updates = await api.result("getUpdates")
    assert texts(updates) == ["one", "two", "three"]
    assert texts(await api.result("getUpdates")) == ["one", "two", "three"]
    assert texts(await api.result("getUpdates", limit=1)) == ["one"]
    assert texts(await api.result("getUpdates", offset=updates[1]["update_id"])) == ["two", "three"]
    assert server.pending_updates == 2
    assert texts(await api.result("getUpdates", offset=-1)) == ["three"]
    assert await api.result("getUpdates", offset=updates[-1]["update_id"] + 1) == []
    assert server.pending_updates == 0


async def test_a_poll_waits_for_something_to_happen(server: LocalTelegram, api: Client) -> None:
    ann = server.user(1)
    poll = asyncio.create_task(api.result("getUpdates", timeout=30))
    await server.until(lambda: server.polled)
    await ann.send("now")
    assert texts(await poll) == ["now"]


async def test_the_older_of_two_polls_ends(server: LocalTelegram, api: Client) -> None:
    ann = server.user(1)
    older = asyncio.create_task(api("getUpdates", timeout=30))
    await server.until(lambda: server.polled)
    newer = asyncio.create_task(api("getUpdates", timeout=30))
    assert await older == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }
    await server.until(lambda: server.polled)
    await ann.send("for the newer")
    assert texts((await newer)["result"]) == ["for the newer"]


async def test_a_bot_gets_only_the_kinds_it_asked_for(server: LocalTelegram, api: Client) -> None:
    await api.result("getUpdates", allowed_updates=["message"])
    ann = server.user(1)
    message = await ann.send("one")
    await ann.edit(message, "two")
    assert [sorted(update) for update in await api.result("getUpdates")] == [["message", "update_id"]]


class Bot:
    """A webhook's other end: takes updates, fails on demand, can be held up."""

    def __init__(self) -> None:
        self.taken: list[Json] = []
        self.secrets: set[str | None] = set()
        self.in_flight: dict[int, int] = {}
        self.most_in_flight = 0
        self.three_at_once = asyncio.Event()
        self.statuses: list[int] = []
        self.answer: Json | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def take(self, request: web.Request) -> web.Response:
        update: Json = await request.json()
        chat = update["message"]["chat"]["id"]
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.in_flight[chat] = self.in_flight.get(chat, 0) + 1
        self.most_in_flight = max(self.most_in_flight, sum(self.in_flight.values()))
        assert self.in_flight[chat] == 1
        if self.most_in_flight == 3:
            self.three_at_once.set()
        await self.gate.wait()
        self.in_flight[chat] -= 1
        if self.statuses:
            return web.Response(status=self.statuses.pop(0))
        self.taken.append(update)
        return web.json_response(self.answer) if self.answer else web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Bot, str]]:
    bot = Bot()
    application = web.Application()
    application.router.add_post("/hook", bot.take)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield bot, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    bot.gate.set()
    await runner.cleanup()


async def test_a_webhook_gets_the_updates_of_a_chat_one_by_one(
    server: LocalTelegram, api: Client, hook: tuple[Bot, str]
) -> None:
    bot, url = hook
    people = [server.user(number) for number in (1, 2, 3)]
    await people[0].send("before")
    bot.gate.clear()
    await api.result("setWebhook", url=url, secret_token="hush")
    for person in people:
        for text in ("one", "two"):
            await person.send(text)
    await asyncio.wait_for(bot.three_at_once.wait(), 5)
    assert server.pending_updates == 7
    bot.gate.set()
    await server.until(lambda: server.pending_updates == 0)
    assert bot.secrets == {"hush"}
    by_chat = {1: ["before", "one", "two"], 2: ["one", "two"], 3: ["one", "two"]}
    for chat, expected in by_chat.items():
        assert texts([update for update in bot.taken if update["message"]["chat"]["id"] == chat]) == expected
    assert bot.most_in_flight == 3


async def test_a_webhook_that_fails_is_tried_again_in_order(
    server: LocalTelegram, api: Client, hook: tuple[Bot, str]
) -> None:
    bot, url = hook
    bot.statuses = [500, 502, 403]
    await api.result("setWebhook", url=url)
    ann = server.user(1)
    await ann.send("one")
    await ann.send("two")
    await server.until(lambda: server.pending_updates == 0)
    assert texts(bot.taken) == ["one", "two"]
    info = await api.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    assert info["url"] == url


async def test_what_comes_while_delivery_begins_anew_waits_its_turn(
    server: LocalTelegram, api: Client, hook: tuple[Bot, str]
) -> None:
    bot, url = hook
    bot.statuses = [503] * 1000
    await api.result("setWebhook", url=url)
    ann = server.user(1)
    await ann.send("one")
    await server.until(lambda: bool(server.core.state.webhook.last_error_message))
    restarting = asyncio.create_task(server._delivery.sender.restart())
    await asyncio.sleep(0)  # it waits for what was under way
    await ann.send("two")
    bot.statuses.clear()
    await restarting
    await server.until(lambda: server.pending_updates == 0)
    assert texts(bot.taken) == ["one", "two"]


async def test_a_webhook_answer_can_carry_a_call(server: LocalTelegram, api: Client, hook: tuple[Bot, str]) -> None:
    bot, url = hook
    bot.answer = {"method": "sendMessage", "chat_id": 1, "text": "straight back"}
    await api.result("setWebhook", url=url)
    ann = server.user(1)
    await ann.send("hello")
    await server.until(lambda: len(ann.received) == 1)
    assert ann.last.text == "straight back"


async def test_polling_and_a_webhook_exclude_each_other(server: LocalTelegram, api: Client) -> None:
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=30))
    await server.until(lambda: server.polled)
    await api.result("setWebhook", url="http://127.0.0.1:9/hook")
    assert await poll == "Conflict: terminated by setWebhook request"
    answer = await api("getUpdates")
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
    await server.user(1).send("waits")
    await server.until(lambda: bool(server.core.state.webhook.last_error_message))
    assert (await api.result("getWebhookInfo"))["last_error_message"].startswith("Connection failed")
    await api.result("deleteWebhook")
    assert texts(await api.result("getUpdates")) == ["waits"]
    await api.result("deleteWebhook", drop_pending_updates=True)
    assert await api.result("getUpdates") == []


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org", "secret_token": "no spaces"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_refuses_webhooks_as_telegram_does(api: Client, params: Json, words: str) -> None:
    assert await api.refusal("setWebhook", **params) == f"Bad Request: {words}"


async def test_update_ids_rise(server: LocalTelegram, api: Client) -> None:
    ann = server.user(1)
    for number in range(5):
        await ann.send(str(number))
    numbers = [update["update_id"] for update in await api.result("getUpdates")]
    assert numbers == list(range(numbers[0], numbers[0] + 5))
