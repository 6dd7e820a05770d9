"""Reading of updates from another version of the Bot API: what cannot be read is left out, the rest is what it is."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    MessageEntity,
    MessageReactionUpdated,
    ReactionType,
    TelegramObject,
    Update,
    User,
)

log: Final = logging.getLogger(__name__)

_KINDS: Final[Mapping[str, type[TelegramObject]]] = {
    "message": Message,
    "edited_message": Message,
    "callback_query": CallbackQuery,
    "inline_query": InlineQuery,
    "my_chat_member": ChatMemberUpdated,
    "message_reaction": MessageReactionUpdated,
}
_NEEDED: Final[Mapping[type[TelegramObject], tuple[str, ...]]] = {
    Message: ("message_id", "date", "chat"),
    CallbackQuery: ("id", "from", "chat_instance"),
    InlineQuery: ("id", "from", "query", "offset"),
    ChatMemberUpdated: ("chat", "from", "date", "old_chat_member", "new_chat_member"),
    MessageReactionUpdated: ("chat", "message_id", "date", "old_reaction", "new_reaction"),
    ReactionType: ("type",),
    ChatMember: ("user", "status", "until_date"),
    User: ("id", "is_bot", "first_name"),
    Chat: ("id", "type"),
    MessageEntity: ("type", "offset", "length"),
}
_PARTS: Final[Mapping[str, type[TelegramObject]]] = {
    "message": Message,
    "reply_to_message": Message,
    "from": User,
    "user": User,
    "chat": Chat,
    "old_chat_member": ChatMember,
    "new_chat_member": ChatMember,
    "old_reaction": ReactionType,
    "new_reaction": ReactionType,
    "entities": MessageEntity,
    "caption_entities": MessageEntity,
}
"""The parts that we use, by the names they have wherever they stand; lists hold several."""

_STATUSES_OF_FEW_PARTS: Final = (ChatMember.BANNED, ChatMember.LEFT)
_UNREADABLE: Final = (TypeError, KeyError, ValueError, AttributeError, IndexError, OverflowError)


def read_update(payload: dict[str, Any], bot: Bot) -> Update:
    """Return the update, without the parts that cannot be read where we do not need them.

    Raises what the library raises where a part that we need cannot be read.
    """
    try:
        return Update.de_json(payload, bot)
    except _UNREADABLE:
        kept = {"update_id": payload["update_id"]}
        for kind, kept_type in _KINDS.items():
            if isinstance(part := payload.get(kind), dict):
                kept[kind] = _readable(kept_type, part)
        update = Update.de_json(kept, bot)
    log.warning("an update has parts that cannot be read; the rest is taken", extra={"update_id": update.update_id})
    return update


def _readable(kind: type[TelegramObject], body: dict[str, Any]) -> dict[str, Any]:
    """Return what the library can read of an object: what it needs, and of the rest the parts that do no harm."""
    if _reads(kind, body):
        return body
    needed = _NEEDED[kind]
    if kind is ChatMember and body.get("status") not in _STATUSES_OF_FEW_PARTS:
        body = body | {"status": ChatMember.MEMBER}  # the rights of the others change from version to version
    kept = _defaults(kind, body) | {name: _part(name, value) for name, value in body.items() if name in needed}
    for name, value in body.items():
        if name not in needed:
            for candidate in (value, _part(name, value)):
                if _reads(kind, kept | {name: candidate}):
                    kept[name] = candidate
                    break
    return kept


def _part(name: str, value: Any) -> Any:
    """Return what can be read of a part that we use; of a list, the items that can be."""
    kind = _PARTS.get(name)
    if kind is None:
        return value
    if isinstance(value, list):
        return [item for item in value if _reads(kind, item)]
    return _readable(kind, value) if isinstance(value, dict) else value


def _defaults(kind: type[TelegramObject], body: dict[str, Any]) -> dict[str, Any]:
    """Return what the library needs and we can do without."""
    if kind is User:
        return {"is_bot": False, "first_name": ""}
    if kind is Chat:
        return {"type": "private" if isinstance(body.get("id"), int) and body["id"] > 0 else "group"}
    if kind is CallbackQuery:
        return {"chat_instance": ""}
    if kind is InlineQuery:
        return {"offset": ""}
    return {"until_date": 0} if kind is ChatMember else {}


def _reads(kind: type[TelegramObject], body: Any) -> bool:
    read: Callable[[Any], object] = kind.de_json
    try:
        return isinstance(body, dict) and read(body) is not None
    except _UNREADABLE:
        return False
