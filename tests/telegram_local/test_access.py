"""Access: the page with its key and the bot with its token are let in, and nobody else is, over real HTTP."""

from __future__ import annotations

import re
import stat
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from telegram_local import LocalTelegram
from telegram_local.access import kept_key
from telegram_local.api.media import store
from telegram_local.api.schema import Upload
from tests.support.images import png
from tests.telegram_local.conftest import Client, Clock

UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}


class Visitor:
    """A client with the page's cookie, as a browser has it that opened the page; it can claim to be anything else."""

    def __init__(self, session: aiohttp.ClientSession, server: LocalTelegram, file_id: str) -> None:
        self.session = session
        self.server = server
        path = server.core.state.files[file_id].path
        self.paths = {
            "page": "/",
            "static": "/chat.js",
            "socket": "/ws",
            "picture": f"/files/{file_id}",
            "method": f"/bot{server.token}/getMe",
            "download": f"/file/bot{server.token}/{path}",
            "nothing": "/nothing",
        }

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and, where it is a refusal, its words."""
        more = UPGRADE if path == "/ws" else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.get(self.server.address + path, headers=more | named) as response:
            said = await response.text() if response.status >= 400 else ""
            response.close()
            return response.status, said

    async def statuses(self, **headers: str) -> dict[str, int]:
        """The answer of every kind of path to the same headers."""
        return {kind: (await self.get(path, **headers))[0] for kind, path in self.paths.items()}


OPEN = {"page": 200, "static": 200, "socket": 101, "picture": 200, "method": 200, "download": 200, "nothing": 404}


def all_of(status: int) -> dict[str, int]:
    return dict.fromkeys(OPEN, status)


@pytest.fixture
async def visitor(server: LocalTelegram) -> AsyncIterator[Visitor]:
    file = store(server.core.state, Upload("a.png", "image/png", png(3, 3)), "photo")
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await session.get(server.page_address)
        yield Visitor(session, server, file.id)


def port_of(server: LocalTelegram) -> int:
    return int(server.address.rpartition(":")[2])


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
async def test_every_name_of_loopback_is_served(visitor: Visitor, server: LocalTelegram, name: str) -> None:
    """The cookie is given by hand: a browser keeps one for each name."""
    host = f"{name}:{port_of(server)}"
    assert await visitor.statuses(Host=host, Origin=f"http://{host.lower()}") == OPEN


@pytest.mark.parametrize(
    "host", ["rebound.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.example:{port}", "x"]
)
async def test_another_host_is_refused_everywhere(visitor: Visitor, server: LocalTelegram, host: str) -> None:
    """A site whose name was made to resolve to loopback counts as this very site in a browser."""
    named = host.format(port=port_of(server))
    assert await visitor.statuses(Host=named) == all_of(421)
    assert await visitor.statuses(Host=named, Origin=f"http://{named}") == all_of(421)
    status, said = await visitor.get("/", Host=named)
    assert (status, said.count("."), "localhost" in said) == (421, 4, True), (
        "one sentence, and three dots of an address"
    )


@pytest.mark.parametrize(
    "origin", ["http://example.org", "null", "", "https://{host}", "http://127.0.0.1:1", "http://x@{host}"]
)
async def test_another_sites_page_is_refused_everywhere(visitor: Visitor, server: LocalTelegram, origin: str) -> None:
    given = origin.format(host=server.address.removeprefix("http://"))
    assert await visitor.statuses(Origin=given) == all_of(403)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_what_another_page_embeds_is_refused(visitor: Visitor, site: str) -> None:
    """Browsers send no Origin for a picture or a script, and count every port of a host as one site."""
    assert await visitor.statuses(Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors") == all_of(403)
    assert await visitor.get("/", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate") == (200, "")


async def test_another_sites_post_writes_nothing(visitor: Visitor, server: LocalTelegram) -> None:
    ann = server.user(1)
    for token in (server.token, "1:local"):
        for body in ({"data": {"chat_id": "1", "text": "hi"}}, {"json": {"chat_id": 1, "text": "hi"}}):
            address = f"{server.address}/bot{token}/sendMessage"
            async with visitor.session.post(address, **body, headers={"Origin": "http://example.org"}) as response:
                assert response.status == 403
    async with visitor.session.post(
        f"{server.address}/bot1:local/sendMessage", json={"chat_id": 1, "text": "hi"}
    ) as no:
        assert no.status == 401
    assert ann.messages == []
    assert not server.calls


async def test_without_its_key_the_page_opens_nothing_and_says_how(server: LocalTelegram, visitor: Visitor) -> None:
    closed = all_of(403) | {"method": 200, "download": 200}
    visitor.session.cookie_jar.clear()
    assert await visitor.statuses() == closed, "the bot's own paths ask for the token instead"
    cookie = f"local_telegram_{port_of(server)}"
    assert await visitor.statuses(Cookie=f"{cookie}=wrong") == closed
    for path in ("/?key=", "/?key=wrong", "/?key=é", "/ws?key={key}", "/chat.js?key={key}"):
        status, said = await visitor.get(path.format(key=server.page_address.rpartition("=")[2]))
        assert (status, "address that was printed" in said) == (403, True), path
    assert len(visitor.session.cookie_jar) == 0


async def test_the_key_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends(server: LocalTelegram) -> None:
    async with aiohttp.ClientSession() as session, session.get(server.page_address) as response:
        cookies = response.headers.getall("Set-Cookie")
        assert len(cookies) == 1
        name, _, attributes = cookies[0].partition("=")
        assert name == f"local_telegram_{port_of(server)}"
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes.split("; "))
        assert response.headers["X-Frame-Options"] == "DENY"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_token_and_key_are_new_for_every_server(clock: Clock) -> None:
    servers = [LocalTelegram(now=clock) for _ in range(3)]
    assert len({server.token for server in servers} | {server.page_address for server in servers}) == 6
    assert all(re.fullmatch(r"1:[\w-]{35}", server.token) for server in servers)
    assert {server.core.state.bot["id"] for server in servers} == {7_000_000_001}, "the bot stays the same one"


async def test_an_open_page_outlives_a_restart_and_an_old_token_does_not(tmp_path: Path, clock: Clock) -> None:
    first = LocalTelegram(now=clock, page_key=kept_key(tmp_path / "page.key"))
    await first.start()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        await session.get(first.page_address)
        await first.stop()
        again = LocalTelegram(now=clock, page_key=kept_key(tmp_path / "page.key"))
        await again.start(port=port_of(first))
        async with session.ws_connect(f"{again.address}/ws") as socket:
            assert (await socket.receive_json())["type"] == "hello"
        async with session.get(f"{again.address}/bot{first.token}/getMe") as response:
            assert response.status == 401
        assert (await Client(session, again).result("getMe"))["is_bot"]
        await again.stop()


def test_a_key_is_kept_where_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "page.key"
    key = kept_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_key(path) == key
    assert len(key) >= 32


@pytest.mark.parametrize("spoil", ["", "short", "no key " * 9, None])
def test_what_is_no_key_or_no_secret_is_replaced(tmp_path: Path, spoil: Any) -> None:
    path = tmp_path / "page.key"
    old = kept_key(path)
    if spoil is None:
        path.chmod(0o644)
    else:
        path.write_text(spoil)
    key = kept_key(path)
    assert key not in {old, spoil}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert kept_key(path) == key
