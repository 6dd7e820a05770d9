"""Methods about the bot itself: who it is, its commands and texts, its files."""

from __future__ import annotations

import re
from typing import Any

from telegram_local.api.errors import bad_request
from telegram_local.api.media import find
from telegram_local.core import Core

Json = dict[str, Any]

COMMANDS = 100
NAME_CHARACTERS = 64
DESCRIPTION_CHARACTERS = 512
SHORT_DESCRIPTION_CHARACTERS = 120
_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}


def get_me(core: Core, _params: Json) -> Json:
    """getMe"""
    return core.state.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_my_commands(core: Core, params: Json) -> bool:
    """setMyCommands"""
    commands = params.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    core.state.commands[_scope(core, params)] = [_command(command) for command in commands]
    for chat in core.state.chats.values():
        core.tell(chat.id, {"type": "commands", "commands": core.state.bot_commands(chat)})
    return True


def delete_my_commands(core: Core, params: Json) -> bool:
    """deleteMyCommands"""
    core.state.commands.pop(_scope(core, params), None)
    for chat in core.state.chats.values():
        core.tell(chat.id, {"type": "commands", "commands": core.state.bot_commands(chat)})
    return True


def get_my_commands(core: Core, params: Json) -> list[Json]:
    """getMyCommands"""
    return core.state.commands.get(_scope(core, params), [])


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/").lower()
    description = str(command.get("description", ""))
    if not name:
        raise bad_request("command must be non-empty")
    if len(name) > 32:
        raise bad_request("command length must not exceed 32")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description.strip():
        raise bad_request("command description must be non-empty")
    if len(description) > 256:
        raise bad_request("command description length must not exceed 256")
    return {"command": name, "description": description}


def _scope(core: Core, params: Json) -> str:
    scope = params.get("scope") or {"type": "default"}
    if not isinstance(scope, dict):
        raise bad_request("can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = scope.get("type")
    language = str(params.get("language_code") or "")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    if kind in _SCOPES:
        return f"{kind}|{language}"
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return f"{kind}:{core.chat(scope.get('chat_id')).id}|{language}"


def set_my_name(core: Core, params: Json) -> bool:
    """setMyName"""
    name = str(params.get("name") or "")
    if len(name) > NAME_CHARACTERS:
        raise bad_request("bot name length must not exceed 64")
    core.state.names[str(params.get("language_code") or "")] = name
    if name and not params.get("language_code"):
        core.state.bot["first_name"] = name
    return True


def set_my_description(core: Core, params: Json) -> bool:
    """setMyDescription"""
    return _describe(core.state.descriptions, params, "description", DESCRIPTION_CHARACTERS)


def set_my_short_description(core: Core, params: Json) -> bool:
    """setMyShortDescription"""
    return _describe(core.state.short_descriptions, params, "short_description", SHORT_DESCRIPTION_CHARACTERS)


def _describe(texts: dict[str, str], params: Json, name: str, limit: int) -> bool:
    text = str(params.get(name) or "")
    if len(text) > limit:
        raise bad_request("BOT_" + ("ABOUT" if name == "short_description" else "DESCRIPTION") + "_TOO_LONG")
    texts[str(params.get("language_code") or "")] = text
    return True


def get_file(core: Core, params: Json) -> Json:
    """getFile"""
    file_id = str(params.get("file_id") or "")
    file = find(core.state, file_id)
    if file is None:
        raise bad_request("invalid file_id")
    return {"file_id": file_id, "file_unique_id": file.unique_id, "file_size": len(file.data), "file_path": file.path}
