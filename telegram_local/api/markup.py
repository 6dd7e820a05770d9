"""Keyboards: read as Telegram reads them, refused as Telegram refuses them."""

from __future__ import annotations

import json
from typing import Any

from telegram_local.api.errors import bad_request

Json = dict[str, Any]

CALLBACK_BYTES = 64
INLINE_BUTTONS = 100
COPY_CHARACTERS = 256
_ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "login_url",
    "web_app",
    "copy_text",
)
_STYLES = {"", "danger", "primary", "success"}


def parse_markup(value: Any) -> Json | None:
    """One of inline_keyboard, keyboard, remove_keyboard, force_reply as sent; None for no markup. Raises ApiError."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    for field in ("keyboard", "inline_keyboard"):
        if not isinstance(value.get(field, []), list):
            raise bad_request(f'field "{field}" must be of type Array')
    if value.get("keyboard"):
        return value | {"keyboard": [_row(row, "keyboard", _text_button) for row in value["keyboard"]]}
    if value.get("inline_keyboard"):
        words = "inline_keyboard"
        rows = [row for row in (_row(row, words, _inline_button) for row in value["inline_keyboard"]) if row]
        if sum(map(len, rows)) > INLINE_BUTTONS:
            raise bad_request("REPLY_MARKUP_TOO_LONG")
        return {"inline_keyboard": rows} if rows else None
    if value.get("remove_keyboard") or value.get("force_reply"):
        return value
    return None


def _row(row: Any, field: str, button: Any) -> list[Json]:
    if not isinstance(row, list):
        of_what = " of the InlineKeyboardMarkup" if field == "inline_keyboard" else ""
        raise bad_request(f'field "{field}"{of_what} must be an Array of Arrays')
    return [button(item) for item in row]


def _text_button(button: Any) -> Json:
    if isinstance(button, str):
        return {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return button


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if button.get("style", "") not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    action = next(
        (name for name in _ACTIONS if button.get(name) not in (None, "") or _may_be_empty(name, button)), None
    )
    if action is None:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    _check_action(action, button[action])
    return button


def _may_be_empty(action: str, button: Json) -> bool:
    return action.startswith("switch_inline_query") and action in button


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(str(value).encode()) <= CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "url" and not str(value).lower().startswith(("http://", "https://", "tg://")):
        # Telegram takes a bare domain too
        host = str(value).partition("/")[0]
        if "." not in host.strip(".") or " " in str(value):
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not 1 <= len(str(value.get("text", ""))) <= COPY_CHARACTERS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
