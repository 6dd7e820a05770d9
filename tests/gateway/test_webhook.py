"""The webhook: strangers learn nothing, nonsense is refused, 200 is said only of what has taken effect."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from content.library import Content
from db.engine import Database
from db.models import HandledUpdate
from gateway.inbound.webhook import BODY_BYTES, SECRET_HEADER, Webhook
from gateway.ops.http_server import HttpServer
from tests.support.bot_harness import SECRET, BotHarness, running_bot

Json = dict[str, Any]
KNOWS = {SECRET_HEADER: SECRET}


class Hooked:
    """A webhook on loopback and what it took. `gate` holds it up; `failing` makes it fail."""

    def __init__(self) -> None:
        self.webhook = Webhook(SECRET, self.take)
        self.webhook.open = True
        self.taken: list[Json] = []
        self.came = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()
        self.failing = False
        self.address = ""
        self.client: aiohttp.ClientSession
        self.serving: HttpServer

    async def take(self, update: Json) -> None:
        self.came.set()
        await self.gate.wait()
        if self.failing:
            raise RuntimeError("the database is away")
        self.taken.append(update)

    async def post(self, body: bytes | str, headers: dict[str, str] | None = None) -> int:
        given = KNOWS if headers is None else headers
        async with self.client.post(self.address, data=body, headers=given) as response:
            assert await response.read() == b""
            return response.status


@asynccontextmanager
async def hooked(path: str = "/hook") -> AsyncIterator[Hooked]:
    made = Hooked()

    async def no_metrics() -> str:
        return ""

    serving = made.serving = HttpServer({}, no_metrics, {path: made.webhook})
    listener = socket.create_server(("127.0.0.1", 0))
    made.address = f"http://127.0.0.1:{listener.getsockname()[1]}{path}"
    await serving.start(listener)
    try:
        async with aiohttp.ClientSession() as made.client:
            yield made
    finally:
        await serving.stop()


@pytest.fixture
async def hook() -> AsyncIterator[Hooked]:
    async with hooked() as made:
        yield made


async def test_an_update_is_answered_once_it_has_taken_effect(hook: Hooked) -> None:
    hook.gate.clear()
    posting = asyncio.create_task(hook.post('{"update_id": 7, "message": {"text": "hi"}}'))
    await hook.came.wait()
    assert not posting.done()
    hook.gate.set()
    assert await posting == 200
    assert hook.taken == [{"update_id": 7, "message": {"text": "hi"}}]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET.upper()},
        {SECRET_HEADER: "ключ"},
        {"Authorization": SECRET},
    ],
)
async def test_whoever_does_not_know_the_secret_is_sent_away_and_counted(hook: Hooked, headers: dict[str, str]) -> None:
    for body in ('{"update_id": 1}', "not JSON", ""):
        assert await hook.post(body, headers) == 403
    assert hook.taken == []
    assert hook.webhook.responses == {403: 3}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        "7",
        '"update_id"',
        "{}",
        '{"update_id": null}',
        '{"update_id": "7"}',
        '{"update_id": true}',
        '{"update_id": 1.0}',
        '{"update_id": -1}',
        '{"update_id": 9223372036854775808}',
        '{"update_id": ' + "9" * 5000 + "}",
        '{"update_id": 1, "message": NaN}',
        '{"update_id": 1, "message": [-Infinity, 1e999]}',
        "[" * 200_000,
        b"\xff\xfe{}",
        b'{"update_id": 1, "message": "\xff"}',
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_what_is_no_update_is_refused(hook: Hooked, body: bytes | str) -> None:
    assert await hook.post(body) == 400
    assert hook.taken == []


async def test_a_body_beyond_the_limit_is_refused_announced_or_not(hook: Hooked) -> None:
    async with hook.client.post(hook.address, data=BytesIO(b" " * (BODY_BYTES + 1)), headers=KNOWS) as response:
        assert response.status == 413

    async def dripping() -> AsyncIterator[bytes]:
        for _ in range(BODY_BYTES // 65_536 + 1):
            yield b" " * 65_536

    async with hook.client.post(hook.address, data=dripping(), headers=KNOWS) as response:
        assert response.status == 413
    assert await hook.post('{"update_id": 1}' + " " * (BODY_BYTES // 2)) == 200


async def test_what_could_not_be_taken_is_to_come_again(hook: Hooked) -> None:
    hook.failing = True
    assert await hook.post('{"update_id": 1}') == 500
    hook.failing = False
    assert await hook.post('{"update_id": 1}') == 200
    hook.webhook.open = False
    assert await hook.post('{"update_id": 2}') == 503
    assert hook.webhook.responses == {500: 1, 200: 1, 503: 1}
    assert [update["update_id"] for update in hook.taken] == [1]


async def test_only_posts_arrive(hook: Hooked) -> None:
    async with hook.client.get(hook.address, headers=KNOWS) as response:
        assert response.status == 405


# A whole bot behind a webhook


@pytest.fixture
async def coach(database: Database, content: Content) -> AsyncIterator[BotHarness]:
    async with running_bot(database, content, by_webhook=True) as running:
        yield running


async def test_a_bot_talks_by_webhook(coach: BotHarness) -> None:
    assert coach.telegram.called("getUpdates") == []
    (call,) = coach.telegram.called("setWebhook")
    assert call.params["secret_token"] == SECRET
    assert "callback_query" in call.params["allowed_updates"]
    ann, bob = coach.person(1, "Ann"), coach.person(2, "Bob")
    await asyncio.gather(ann.user.send("/start"), bob.user.send("/help"), bob.user.send("/privacy"))
    await coach.settle()
    assert "Set me up" in ann.buttons
    assert len(bob.user.received) == 2
    assert "Intervals" not in await ann.presses("Set me up")
    assert coach.running.webhook is not None
    assert coach.running.webhook.responses == {200: 4}


async def test_an_update_that_is_brought_twice_takes_effect_once(coach: BotHarness) -> None:
    ann = coach.person(1, "Ann")
    await ann.says("/help")
    (update_id,) = await coach.running.db.run(lambda session: list(session.exec(select(HandledUpdate.update_id))))
    again = {
        "update_id": update_id,
        "message": {
            "message_id": 1,
            "date": 0,
            "chat": {"id": 1, "type": "private"},
            "from": {"id": 1, "is_bot": False, "first_name": "Ann"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{coach.served}/telegram", json=again, headers=KNOWS) as response,
    ):
        assert response.status == 200
    await coach.settle()
    assert len(ann.user.received) == 1


async def test_polling_takes_away_a_webhook_that_was_left(database: Database, content: Content) -> None:
    async with running_bot(database, content, webhook_left="http://127.0.0.1:9/gone") as coach:
        assert coach.telegram.called("deleteWebhook")
        assert "today" in (await coach.person(1, "Ann").says("/help")).casefold()


texts = st.text(max_size=20) | st.sampled_from(["\ud800", "\u202e", "🦵" * 9, "/start", "/help \x00"])
numbers = st.integers() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
anything: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
people = st.fixed_dictionaries({"id": anything | st.just(1)}, optional={"first_name": anything, "is_bot": anything})
chats = st.fixed_dictionaries({"id": anything | st.just(1)}, optional={"type": anything | st.just("private")})
messages = st.fixed_dictionaries(
    {},
    optional={
        "message_id": anything | st.just(5),
        "date": anything | st.just(0),
        "chat": chats | anything,
        "from": people | anything,
        "text": texts | anything,
        "entities": anything,
        "forward_origin": anything,
        "reply_to_message": anything,
        "location": anything,
    },
)
bodies = st.fixed_dictionaries(
    {"update_id": st.integers(1, 10**9)},
    optional={
        "message": messages | anything,
        "edited_message": messages | anything,
        "channel_post": messages | anything,
        "callback_query": anything
        | st.fixed_dictionaries({"id": texts, "from": people}, optional={"data": texts, "message": messages}),
        "inline_query": anything,
        "my_chat_member": anything,
    },
)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(updates=st.lists(bodies, min_size=1, max_size=30))
async def test_whatever_comes_with_the_secret_is_taken(coach: BotHarness, updates: list[Json]) -> None:
    """Missing fields, odd types, huge numbers, surrogates: taken or set aside, and the next one goes through."""
    async with aiohttp.ClientSession() as client:

        async def post(update: Json) -> None:
            body = json.dumps(update)
            async with client.post(f"{coach.served}/telegram", data=body, headers=KNOWS) as response:
                assert response.status == 200, body

        await asyncio.gather(*map(post, updates))


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/t%C3%A9l%C3%A9gram", "/t%C3%A9l%C3%A9gram"),
        ("/t%c3%a9l", "/t%C3%A9l"),
        ("/a%20b/{c}", "/a%20b/%7Bc%7D"),
        ("/télé", "/t%C3%A9l%C3%A9"),
    ],
)
async def test_a_percent_encoded_path_is_served(path: str, asked: str) -> None:
    async with hooked(path) as hook:
        hook.address = hook.address.removesuffix(path) + asked
        assert await hook.post('{"update_id": 1}') == 200
        assert hook.serving.missed == 0


async def test_requests_that_miss_the_path_are_counted_and_told_once_an_hour(caplog: pytest.LogCaptureFixture) -> None:
    async with hooked() as hook:
        hook.address += "/x"
        for _ in range(3):
            assert await hook.post('{"update_id": 1}') == 404
        assert hook.serving.missed == 3
    assert [record.message for record in caplog.records].count("requests miss the path of WEBHOOK_URL") == 1


async def test_readiness_says_that_telegram_cannot_bring_what_waits(database: Database, content: Content) -> None:
    async with running_bot(database, content, by_webhook=True) as coach:
        await coach.tick()
        state = coach.telegram.core.state.webhook
        state.last_error_date, state.last_error_message = coach.telegram.core.unix(), "Wrong response: 404 Not Found"
        text = await (await _get(f"{coach.served}/readyz")).text()
        assert '"webhook": "nothing comes, Telegram says: Wrong response: 404 Not Found"' in text


async def test_readiness_forgives_errors_before_the_last_update(database: Database, content: Content) -> None:
    async with running_bot(database, content, by_webhook=True) as coach:
        state = coach.telegram.core.state.webhook
        state.last_error_date, state.last_error_message = coach.telegram.core.unix() - 60, "Connection refused"
        await coach.person().says("/help")
        await coach.tick()
        assert '"webhook": "ok"' in await (await _get(f"{coach.served}/readyz")).text()


async def _get(url: str) -> aiohttp.ClientResponse:
    async with aiohttp.ClientSession() as client, client.get(url) as response:
        await response.read()
        return response
