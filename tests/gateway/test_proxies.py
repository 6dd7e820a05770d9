"""Proxies of the environment: Telegram is reached through them, and no password is shown."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.errors import NotSent
from gateway.outbound import proxies
from gateway.outbound.transport import AiohttpRequest, BotApi
from tests.support.command_line import as_anybody

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


class Proxy:
    """An HTTP proxy that answers plain requests itself, as Telegram would, and refuses CONNECT."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.authorizations: list[str] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        self.asked.append(head[0])
        self.authorizations += [line.split()[-1] for line in head if line.lower().startswith("proxy-authorization")]
        body = b'{"ok": true, "result": {"id": 1}}'
        if head[0].startswith("CONNECT"):
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        else:
            length = next((int(line.split()[-1]) for line in head if line.lower().startswith("content-length")), 0)
            await reader.readexactly(length)
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body))
            writer.write(body)
        await writer.drain()
        writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[Proxy]:
    made = Proxy()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    yield made
    server.close()
    await server.wait_closed()


async def get_me(base: str) -> object:
    request = AiohttpRequest(read_seconds=2)
    await request.initialize()
    try:
        return await BotApi(request, "1:token", base)("getMe", {})
    finally:
        await request.shutdown()


@pytest.mark.parametrize("name", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_telegram_is_reached_through_the_proxy(proxy: Proxy, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, f"http://me:s%40cret@127.0.0.1:{proxy.port}")
    assert await get_me("http://telegram.invalid") == {"id": 1}
    assert proxy.asked == ["POST http://telegram.invalid/bot1:token/getMe HTTP/1.1"]
    assert [base64.b64decode(word) for word in proxy.authorizations] == [b"me:s@cret"]


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
async def test_what_the_proxy_refuses_was_certainly_not_sent(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, f"127.0.0.1:{proxy.port}")
    with pytest.raises(NotSent):
        await get_me("https://telegram.invalid")
    assert proxy.asked == ["CONNECT telegram.invalid:443 HTTP/1.1"]


@pytest.mark.parametrize("spared", ["telegram.invalid", ".invalid", "*", "other,telegram.invalid"])
async def test_what_is_spared_goes_directly(proxy: Proxy, monkeypatch: pytest.MonkeyPatch, spared: str) -> None:
    monkeypatch.setenv("ALL_PROXY", f"http://127.0.0.1:{proxy.port}")
    monkeypatch.setenv("NO_PROXY", spared)
    with pytest.raises(NotSent):
        await get_me("http://telegram.invalid")
    assert proxy.asked == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_this_machine_is_reached_directly(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://proxy:3128")
    assert proxies.proxy_for(f"http://{host}:8081") is None


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("socks5://a:b@h:1", "socks5://a:b@h:1"),
        ("socks5h://h:1", "socks5://h:1"),
        ("SOCKS://h:1", "socks5://h:1"),
        ("socks4a://h:1", "socks4://h:1"),
        ("http://h:1", None),
        (None, None),
    ],
)
def test_socks_proxies(given: str | None, written: str | None) -> None:
    assert proxies.socks_of(given) == written


def test_check_names_the_proxy_without_its_password(tmp_path: Path) -> None:
    said = as_anybody(tmp_path, "check", HTTPS_PROXY="http://me:hidden@proxy.example:3128")[1]
    assert "proxy: http://proxy.example:3128" in said
    assert "hidden" not in said
    assert "proxy: none" in as_anybody(tmp_path, "check")[1]
    code, said = as_anybody(tmp_path, "check", ALL_PROXY="gopher://me:hidden@proxy.example:1")
    assert code == 1
    assert "proxy: gopher://proxy.example:1 is of no kind that is known" in said
    assert "hidden" not in said
