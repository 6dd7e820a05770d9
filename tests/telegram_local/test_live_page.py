"""The page's connection: what happens in a chat reaches the pages of its person, and only theirs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from yarl import URL

from telegram_local import LocalTelegram
from telegram_local.server import PAGE
from tests.telegram_local.conftest import Client, Clock

Json = dict[str, Any]


class Page:
    """A page's side of the connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self, kind: str) -> Json:
        """The next frame of that kind; clock frames in between are passed over."""
        async with asyncio.timeout(5):
            while True:
                frame: Json = await self.socket.receive_json()
                if frame["type"] == kind:
                    return frame
                assert frame["type"] == "clock", frame

    async def do(self, **frame: Any) -> None:
        await self.socket.send_json(frame)


class Bot:
    """Bot whose clock the strip moves."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock

    async def next_event(self) -> datetime | None:
        return datetime(2026, 3, 3, 7, 0, tzinfo=UTC)

    async def jump(self) -> None:
        self.clock.pass_hours(24)


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[LocalTelegram]:
    bot = Bot(clock)
    server = LocalTelegram(now=clock, next_event=bot.next_event, jump=bot.jump)
    await server.start()
    yield server
    await server.stop()


async def opened(api: Client, query: str = "?user=1") -> Page:
    return Page(await api.session.ws_connect(f"{api.base}/ws{query}"))


async def test_greets_with_everything_the_page_draws(server: LocalTelegram, api: Client) -> None:
    await api.result("setMyDescription", description="A coach.")
    await api.result("setMyCommands", commands=[{"command": "today", "description": "Today"}])
    ben = server.user(2)
    await ben.send("hello")
    keyboard = {"keyboard": [[{"text": "Yes"}]]}
    await api.result("sendMessage", chat_id=2, text="hi", reply_markup=keyboard)
    hello = await (await opened(api, "?user=2")).next("hello")
    assert hello["user"]["first_name"] == "Ben"
    assert hello["me"]["is_bot"]
    assert [message["text"] for message in hello["messages"]] == ["hello", "hi"]
    assert hello["messages"][-1]["reply_markup"] == keyboard
    assert hello["commands"] == [{"command": "today", "description": "Today"}]
    assert hello["description"] == "A coach."
    assert hello["clock"] == {"now": "2026-03-02T07:00:00+00:00", "next": "2026-03-03T07:00:00+00:00", "enabled": True}


async def test_shows_what_happens_as_it_happens(server: LocalTelegram, api: Client) -> None:
    page = await opened(api)
    await page.next("hello")
    await page.do(type="send", text="/start now")
    mine = (await page.next("message"))["message"]
    assert (mine["text"], mine["entities"][0]["type"], mine["from"]["id"]) == ("/start now", "bot_command", 1)
    await api.result("sendChatAction", chat_id=1, action="typing")
    assert (await page.next("typing"))["action"] == "typing"
    markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    await api.result("sendMessage", chat_id=1, text="ready?", reply_markup=markup)
    assert (await page.next("message"))["message"]["reply_markup"] == markup
    await page.do(type="press", message_id=2, data="go")
    pressed = await page.next("pressed")
    assert (pressed["message_id"], pressed["data"]) == (2, "go")
    await api.result("answerCallbackQuery", callback_query_id=pressed["callback_query_id"], text="Go!")
    answer = await page.next("callback_answer")
    assert (answer["callback_query_id"], answer["text"], answer["show_alert"]) == (
        pressed["callback_query_id"],
        "Go!",
        False,
    )
    await api.result("editMessageText", chat_id=1, message_id=2, text="gone")
    assert (await page.next("edit"))["message"]["text"] == "gone"
    await api.result("deleteMessage", chat_id=1, message_id=2)
    assert (await page.next("delete"))["message_id"] == 2
    await api.result("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    assert (await page.next("commands"))["commands"][0]["command"] == "help"


async def test_two_pages_of_one_person_see_the_same_and_others_nothing(server: LocalTelegram, api: Client) -> None:
    one, two, other = await opened(api), await opened(api), await opened(api, "?user=2")
    for page in (one, two, other):
        await page.next("hello")
    await one.do(type="start", payload="faq-ankle-weights")
    for page in (one, two):
        assert (await page.next("message"))["message"]["text"] == "/start faq-ankle-weights"
    await other.do(type="start", payload="")
    assert (await other.next("message"))["message"]["text"] == "/start"


async def test_the_attach_menu_sends_its_things(server: LocalTelegram, api: Client) -> None:
    page = await opened(api)
    await page.next("hello")
    things: list[tuple[str, Json]] = [("sticker", {}), ("location", {"latitude": 1, "longitude": 2.5}), ("photo", {})]
    for field, values in things:
        await page.do(type=field, **values)
        assert field in (await page.next("message"))["message"]


async def test_inline_results_come_to_the_page_and_one_goes_back(server: LocalTelegram, api: Client) -> None:
    page = await opened(api)
    await page.next("hello")
    await page.do(type="inline", query="calves")
    await server.until(lambda: server.pending_updates == 1)
    query = (await api.result("getUpdates"))[0]["inline_query"]
    result = {"type": "article", "id": "a", "title": "T", "input_message_content": {"message_text": "text"}}
    await api.result("answerInlineQuery", inline_query_id=query["id"], results=[result])
    assert await page.next("inline_results") == {"type": "inline_results", "query": "calves", "results": [result]}
    await page.do(type="inline_choose", result_id="a")
    assert (await page.next("message"))["message"]["text"] == "text"


async def test_the_strip_jumps_and_every_page_is_told(server: LocalTelegram, api: Client, clock: Clock) -> None:
    one, two = await opened(api), await opened(api, "?user=2")
    await one.next("hello")
    await two.next("hello")
    await one.do(type="jump")
    async with asyncio.timeout(5):
        for page in (one, two):
            while (await page.next("clock"))["now"] != "2026-03-03T07:00:00+00:00":
                pass


async def test_what_a_page_cannot_ask_is_ignored(server: LocalTelegram, api: Client) -> None:
    page = await opened(api)
    await page.next("hello")
    for frame in (
        {},
        {"type": "send"},
        {"type": "send", "text": "  "},
        {"type": "press", "message_id": 9, "data": "x"},
    ):
        await page.socket.send_json(frame)
    await page.socket.send_str("no json")
    await page.do(type="send", text="still here")
    assert (await page.next("message"))["message"]["text"] == "still here"


async def test_serves_the_files_of_its_page_and_nothing_beside_them(api: Client) -> None:
    kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
    for file in PAGE.iterdir():
        path = "/" if file.name == "index.html" else f"/{file.name}"
        async with api.session.get(api.base + path) as response:
            assert (response.status, response.content_type) == (200, kinds[file.suffix])
            assert response.headers["Cache-Control"] == "no-cache"
            assert await response.read() == file.read_bytes()
    for path in ("/none.js", "/chatxjs", "/server.py", "/../server.py", "/..%2Fserver.py", "/page/chat.js"):
        async with api.session.get(URL(api.base + path, encoded=True)) as response:
            assert response.status == 404, path


async def test_refuses_odd_people_and_files_it_does_not_have(api: Client) -> None:
    for user in ("0", "-1", "x", str(1 << 50)):
        async with api.session.get(f"{api.base}/ws?user={user}") as response:
            assert response.status == 400
    async with api.session.get(f"{api.base}/files/nothing") as response:
        assert response.status == 404


async def test_a_long_text_is_split_as_the_apps_do(server: LocalTelegram, api: Client) -> None:
    page = await opened(api)
    await page.next("hello")
    await page.do(type="send", text="x" * 5000)
    lengths = [len((await page.next("message"))["message"]["text"]) for _ in range(2)]
    assert lengths == [4096, 904]
    with pytest.raises(ValueError, match="1 to 4096 characters"):
        await server.user(1).send("x" * 4097)


async def test_a_jump_that_fails_leaves_the_page_working(clock: Clock, api: Client) -> None:
    async def jump() -> None:
        raise RuntimeError("nothing to jump to")

    server = LocalTelegram(now=clock, jump=jump)
    await server.start()
    await api.session.get(server.page_address)
    page = await opened(Client(api.session, server))
    await page.next("hello")
    await page.do(type="jump")
    await page.do(type="send", text="still here")
    assert (await page.next("message"))["message"]["text"] == "still here"
    await server.stop()


async def test_a_port_in_use_is_said(server: LocalTelegram, clock: Clock) -> None:
    port = int(server.address.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await LocalTelegram(now=clock).start(port=port)
