"""Edits that Telegram refuses, as new messages: what a press changed must be seen, though its message is gone."""

from collections.abc import Mapping
from typing import Any, Final

from telegram.error import BadRequest, TelegramError

EDIT_REFUSED: Final = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "there is no caption in the message to edit",
)
_OF_EDITS: Final = frozenset({"message_id", "media", "picture"})


def is_refused_edit(error: TelegramError) -> bool:
    """Say whether the message to edit is gone, or too old."""
    return isinstance(error, BadRequest) and any(words in str(error).lower() for words in EDIT_REFUSED)


def as_new_message(method: str, parameters: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """Return the call that sends what this edit shows, None where it shows nothing of its own, such as buttons."""
    kept = {name: value for name, value in parameters.items() if name not in _OF_EDITS}
    if not kept.get("reply_markup", {}).get("inline_keyboard", True):
        del kept["reply_markup"]
    match method:
        case "editMessageText":
            return "sendMessage", kept
        case "editMessageCaption":
            return "sendMessage", {"text": kept.pop("caption")} | kept
        case "editMessageMedia":
            caption = {name: value for name, value in parameters["media"].items() if name not in {"type", "media"}}
            return "sendPhoto", {"photo": parameters["picture"]} | caption | kept
        case _:
            return None
