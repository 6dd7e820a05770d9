"""Calls that the published method list does not allow are seen at once."""

from __future__ import annotations

from typing import Any

import pytest

from telegram_local import LocalTelegram
from telegram_local.api.schema import Upload, decode, published
from telegram_local.server import METHODS
from tests.telegram_local.conftest import Client

Json = dict[str, Any]


def test_every_served_method_is_a_published_one() -> None:
    delivering = {"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo"}
    assert set(METHODS) | delivering == set(published()["methods"])


GO = {"text": "Go", "callback_data": "go"}
CASES: list[tuple[str, Json, list[str]]] = [
    ("sendMessage", {"chat_id": 1, "text": "x"}, []),
    ("sendMessage", {"chat_id": "1", "text": "x", "disable_notification": "true"}, []),
    ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[GO]]}}, []),
    ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"remove_keyboard": True}}, []),
    ("sendMessage", {"chat_id": 1}, ["missing parameter text"]),
    ("sendMessage", {"chat_id": 1, "text": "x", "txt": "y"}, ["unknown parameter txt"]),
    ("sendMessage", {"chat_id": 1, "text": 5}, ["text must be String, not int"]),
    ("sendMessage", {"chat_id": 1.5, "text": "x"}, ["chat_id must be Integer, not float"]),
    ("sendMessage", {"chat_id": 1, "text": "x", "disable_notification": 1}, ["disable_notification must be Boolean"]),
    ("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": "{"}, ["reply_markup must be"]),
    (
        "sendMessage",
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[GO | {"colour": "red"}]]}},
        ["unknown field colour of InlineKeyboardButton"],
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [GO]}},
        ["inline_keyboard[0] must be Array of InlineKeyboardButton"],
    ),
    (
        "sendMessage",
        {"chat_id": 1, "text": "x", "link_preview_options": {"disabled": True}},
        ["unknown field disabled of LinkPreviewOptions"],
    ),
    ("sendPhoto", {"chat_id": 1, "photo": Upload("a.png", "image/png", b"x")}, []),
    ("sendPhoto", {"chat_id": 1, "photo": "attach://p", "p": Upload("a.png", "image/png", b"x")}, []),
    ("setMyCommands", {"commands": [{"command": "a", "description": "b"}], "scope": {"type": "default"}}, []),
    ("setMyCommands", {"commands": [{"command": "a"}]}, ["missing field description of BotCommand"]),
    ("getUpdates", {"offset": "-1", "allowed_updates": '["message"]'}, []),
]


@pytest.mark.parametrize(("method", "raw", "expected"), CASES)
def test_finds_what_the_documentation_does_not_allow(method: str, raw: Json, expected: list[str]) -> None:
    _, faults = decode(method, raw)
    assert len(faults) == len(expected)
    for fault, words in zip(faults, expected, strict=True):
        assert words in fault


def test_gives_parameters_their_types() -> None:
    raw = {"chat_id": "-5", "text": "7", "reply_markup": '{"remove_keyboard":true}', "protect_content": "False"}
    params, faults = decode("sendMessage", raw)
    assert faults == []
    assert params == {"chat_id": -5, "text": "7", "reply_markup": {"remove_keyboard": True}, "protect_content": False}


async def test_the_server_notes_undocumented_calls_and_carries_them_out(server: LocalTelegram, api: Client) -> None:
    server.user(1)
    await api.result("sendMessage", chat_id=1, text="x", silent=True)
    assert server.schema_faults == ["sendMessage: unknown parameter silent"]
