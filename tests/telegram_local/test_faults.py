"""Calls that fail on purpose."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from telegram_local import Blocked, Cut, CutAfter, Fault, Hang, LocalTelegram, Refuse, RetryAfter, ServerError
from tests.telegram_local.conftest import Client


@pytest.fixture(autouse=True)
def _people(server: LocalTelegram) -> None:
    server.user(1)
    server.user(2)


async def test_the_next_calls_fail_and_those_after_go_through(server: LocalTelegram, api: Client) -> None:
    server.faults.next("sendMessage", RetryAfter(3), Refuse(400, "Bad Request: no"), ServerError())
    answers = [await api("sendMessage", chat_id=1, text="x") for _ in range(4)]
    assert answers[0] == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert [answer.get("error_code") for answer in answers] == [429, 400, 500, None]
    assert len(server.user(1).received) == 1
    assert [call.ok for call in server.called("sendMessage")] == [False, False, False, True]


async def test_a_fault_can_be_for_one_chat_and_stand(server: LocalTelegram, api: Client) -> None:
    lift = server.faults.always("sendMessage", Blocked(), chat_id=2)
    assert await api.refusal("sendMessage", chat_id=2, text="x") == "Forbidden: bot was blocked by the user"
    await api.result("sendMessage", chat_id=1, text="x")
    assert (await api("sendMessage", chat_id=2, text="x"))["error_code"] == 403
    lift()
    await api.result("sendMessage", chat_id=2, text="x")


async def test_a_rule_decides_by_method_and_parameters(server: LocalTelegram, api: Client) -> None:
    def rule(method: str, params: dict[str, object]) -> Fault | None:
        return RetryAfter(1) if method == "sendMessage" and "later" in str(params["text"]) else None

    server.faults.rule(rule)
    assert (await api("sendMessage", chat_id=1, text="later"))["error_code"] == 429
    await api.result("sendMessage", chat_id=1, text="now")
    server.faults.clear()
    await api.result("sendMessage", chat_id=1, text="later")


@pytest.mark.parametrize(("fault", "arrived"), [(Cut(), 0), (CutAfter(), 1)])
async def test_a_connection_can_be_cut_before_or_after(
    server: LocalTelegram, api: Client, fault: Fault, arrived: int
) -> None:
    server.faults.next("*", fault)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api("sendMessage", chat_id=1, text="x")
    assert len(server.user(1).received) == arrived


async def test_a_call_can_hang(server: LocalTelegram, api: Client) -> None:
    gate = asyncio.Event()
    server.faults.next("sendMessage", Hang(gate))
    call = asyncio.create_task(api.result("sendMessage", chat_id=1, text="x"))
    await server.until(lambda: len(server.called("sendMessage")) == 1)
    assert server.called("sendMessage")[0].ok is None
    assert not server.user(1).received
    gate.set()
    assert (await call)["text"] == "x"


async def test_a_proxy_can_answer_instead(server: LocalTelegram, api: Client) -> None:
    server.faults.next("getMe", ServerError(502, html=True))
    async with api.session.get(f"{api.base}/bot{api.token}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")
