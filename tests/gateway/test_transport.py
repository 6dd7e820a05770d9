"""The wire itself, against a small server: what is sent, and which errors mean "certainly not sent"."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Conflict, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from gateway.errors import MaybeSent, NotSent, ServerFault, TooMany
from gateway.outbound.transport import AiohttpRequest, BotApi, Upload
from tests.support.fake_api import until

TOKEN = "123456789:AAF-abcdefghijklmnopqrstuvwxyz_12345"


class Server:
    """Answers each call by `answer`; remembers what came."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, dict[str, Any]]] = []
        self.answer: tuple[int, Any] = (200, {"ok": True, "result": {"message_id": 1}})
        self.cut = False
        self.hang = asyncio.Event()
        self.hang.set()
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        if request.content_type == "application/json":
            params = await request.json()
        else:
            form = await request.post()
            params = {
                name: value.file.read() if isinstance(value, web.FileField) else value for name, value in form.items()
            }
        self.seen.append((request.match_info["method"], params))
        await self.hang.wait()
        if self.cut and request.transport is not None:
            request.transport.close()
        status, body = self.answer
        return (
            web.Response(text=body, status=status) if isinstance(body, str) else web.json_response(body, status=status)
        )


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """A server that is up for one test."""
    made = Server()
    app = web.Application()
    app.router.add_route("*", "/bot{token}/{method}", made.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    made.hang.set()
    await runner.cleanup()


@pytest.fixture
async def request_object() -> AsyncIterator[AiohttpRequest]:
    """An open pool."""
    made = AiohttpRequest(read_seconds=0.3)
    await made.initialize()
    yield made
    await made.shutdown()


async def test_a_call_is_posted_as_json(server: Server, request_object: AiohttpRequest) -> None:
    api = BotApi(request_object, TOKEN, server.url)
    params = {"chat_id": 1, "text": "hi ✓", "reply_markup": {"inline_keyboard": [[{"text": "x"}]]}}
    assert await api("sendMessage", params) == {"message_id": 1}
    assert server.seen == [("sendMessage", params)]


async def test_what_is_quick_about_json_refuses_is_posted_all_the_same(
    server: Server, request_object: AiohttpRequest
) -> None:
    odd = {"chat_id": 2**70, "text": "half \ud83d of a pair"}
    await BotApi(request_object, TOKEN, server.url)("sendMessage", odd)
    assert server.seen == [("sendMessage", odd)]


async def test_files_are_uploaded(server: Server, request_object: AiohttpRequest) -> None:
    api = BotApi(request_object, TOKEN, server.url)
    await api("sendPhoto", {"chat_id": 1, "photo": Upload(b"\x89PNG", "week.png"), "reply_markup": {"a": 1}})
    assert server.seen == [("sendPhoto", {"chat_id": "1", "photo": b"\x89PNG", "reply_markup": '{"a": 1}'})]


async def test_the_library_s_bot_uses_the_same_way(server: Server, request_object: AiohttpRequest) -> None:
    bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=request_object, get_updates_request=AiohttpRequest())
    server.answer = (200, {"ok": True, "result": True})
    assert await bot.answer_callback_query("7", text="done")
    await bot.set_my_description("x")
    assert server.seen[0] == ("answerCallbackQuery", {"callback_query_id": "7", "text": "done"})


@pytest.mark.parametrize(
    ("status", "description", "parameters", "expected"),
    [
        (400, "Bad Request: chat not found", None, BadRequest),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -5}, ChatMigrated),
        (401, "Unauthorized", None, InvalidToken),
        (403, "Forbidden: bot was blocked by the user", None, Forbidden),
        (404, "Not Found", None, EndPointNotFound),
        (409, "Conflict: terminated by other getUpdates request", None, Conflict),
        (429, "Too Many Requests: retry after 7", {"retry_after": 7}, TooMany),
        (500, "Internal Server Error", None, ServerFault),
        (418, "Teapot", None, TelegramError),
    ],
)
async def test_refusals_have_names(
    server: Server,
    request_object: AiohttpRequest,
    status: int,
    description: str,
    parameters: dict[str, int] | None,
    expected: type[TelegramError],
) -> None:
    body = {"ok": False, "error_code": status, "description": description}
    server.answer = (status, body | ({"parameters": parameters} if parameters else {}))
    with pytest.raises(expected) as caught:
        await BotApi(request_object, TOKEN, server.url)("sendMessage", {})
    assert type(caught.value) is expected
    if isinstance(caught.value, TooMany):
        assert caught.value.seconds == 7
    elif not isinstance(caught.value, ChatMigrated):
        assert description.rpartition(": ")[2].lower() in str(caught.value).lower()


async def test_too_many_by_the_library_s_bot_is_the_same(server: Server, request_object: AiohttpRequest) -> None:
    bot = Bot(TOKEN, base_url=f"{server.url}/bot", request=request_object, get_updates_request=AiohttpRequest())
    server.answer = (429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 7}})
    with pytest.raises(TooMany):
        await bot.send_message(1, "hi")


async def test_an_answer_of_something_else_is_a_fault(server: Server, request_object: AiohttpRequest) -> None:
    for status in (200, 502):
        server.answer = (status, "<html>gateway</html>")
        with pytest.raises(ServerFault):
            await BotApi(request_object, TOKEN, server.url)("sendMessage", {})


async def test_no_server_means_certainly_not_sent(server: Server, request_object: AiohttpRequest) -> None:
    with pytest.raises(NotSent) as caught:
        await BotApi(request_object, TOKEN, "http://127.0.0.1:9")("sendMessage", {})
    assert "AAF" not in repr(caught.value)


async def test_a_closed_pool_means_certainly_not_sent() -> None:
    with pytest.raises(NotSent):
        await BotApi(AiohttpRequest(), TOKEN, "http://127.0.0.1:9")("sendMessage", {})


async def test_a_cut_connection_means_maybe_sent(server: Server, request_object: AiohttpRequest) -> None:
    server.cut = True
    with pytest.raises(MaybeSent) as caught:
        await BotApi(request_object, TOKEN, server.url)("sendMessage", {})
    assert "AAF" not in repr(caught.value)
    assert len(server.seen) == 1


async def test_a_hang_means_maybe_sent(server: Server, request_object: AiohttpRequest) -> None:
    server.hang.clear()
    with pytest.raises(MaybeSent):
        await BotApi(request_object, TOKEN, server.url)("sendMessage", {})


async def test_a_full_pool_means_certainly_not_sent(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.outbound.transport.CONNECT_SECONDS", 0.05)
    request = AiohttpRequest(connections=1, read_seconds=5)
    await request.initialize()
    server.hang.clear()
    api = BotApi(request, TOKEN, server.url)
    first = asyncio.create_task(api("sendMessage", {}))
    await until(lambda: len(server.seen) == 1)
    with pytest.raises(NotSent):
        await api("sendMessage", {})
    server.hang.set()
    await first
    assert len(server.seen) == 1
    await request.shutdown()


async def test_polling_waits_longer_than_it_asks_telegram_to(server: Server, request_object: AiohttpRequest) -> None:
    server.answer = (200, {"ok": True, "result": []})
    server.hang.clear()
    asyncio.get_running_loop().call_later(0.5, server.hang.set)
    assert await BotApi(request_object, TOKEN, server.url)("getUpdates", {"timeout": 50}) == []


def test_an_api_does_not_show_its_token() -> None:
    assert "AAF" not in repr(BotApi(AiohttpRequest(), TOKEN))
