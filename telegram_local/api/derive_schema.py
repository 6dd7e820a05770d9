"""Derive `bot_api.json`, the part of the published Bot API that the local server checks calls against.

Run by hand when Telegram publishes a new version, with the machine-readable copy of its documentation:

    python -m telegram_local.api.derive_schema bot-api-10.1.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SERVED = [
    "getMe",
    "getUpdates",
    "setWebhook",
    "deleteWebhook",
    "getWebhookInfo",
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendAudio",
    "sendVoice",
    "sendChatAction",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
    "deleteMessage",
    "setMessageReaction",
    "answerCallbackQuery",
    "answerInlineQuery",
    "setMyCommands",
    "getMyCommands",
    "deleteMyCommands",
    "setMyName",
    "setMyDescription",
    "setMyShortDescription",
    "getFile",
]

PLAIN = {"Integer", "String", "Boolean", "Float", "InputFile"}


def fields_of(node: dict[str, Any]) -> dict[str, list[Any]]:
    """The fields of a method or type as name → [types, required]."""
    return {field["name"]: [field["types"], bool(field["required"])] for field in node.get("fields", [])}


def derive(published: dict[str, Any]) -> dict[str, Any]:
    """The served methods and every type their parameters reach, without prose."""
    methods = {name: fields_of(published["methods"][name]) for name in SERVED}
    types: dict[str, Any] = {}
    waiting = [name for fields in methods.values() for names, _ in fields.values() for name in names]
    while waiting:
        name = waiting.pop()
        while name.startswith("Array of "):
            name = name.removeprefix("Array of ")
        if name in PLAIN or name in types or name not in published["types"]:
            continue
        node = published["types"][name]
        if node.get("subtypes"):
            types[name] = {"one_of": node["subtypes"]}
            waiting += node["subtypes"]
        else:
            types[name] = {"fields": fields_of(node)}
            waiting += [inner for names, _ in types[name]["fields"].values() for inner in names]
    return {"version": published["version"], "methods": methods, "types": dict(sorted(types.items()))}


if __name__ == "__main__":
    derived = derive(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    target = Path(__file__).with_name("bot_api.json")
    target.write_text(json.dumps(derived, separators=(",", ":")) + "\n", encoding="utf-8")
