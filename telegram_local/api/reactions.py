"""Reactions: what stands under a message, set by the bot and by the person."""

from __future__ import annotations

from typing import Any

from telegram_local.api.errors import bad_request
from telegram_local.core import Core
from telegram_local.state import Chat

Json = dict[str, Any]

EMOJI = frozenset(
    {
        "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩",
        "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤\u200d🔥", "🌚", "🌭", "💯",
        "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭",
        "🤓", "👻", "👨\u200d💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄",
        "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷\u200d♂",
        "🤷", "🤷\u200d♀", "😡",
    }
)  # fmt: skip
"""The emoji that may be reactions (Bot API, ReactionTypeEmoji)."""
BOT, PERSON = "bot", "person"


def set_message_reaction(core: Core, params: Json) -> bool:
    """setMessageReaction"""
    chat = core.writable(params.get("chat_id"))
    number = str(params.get("message_id") or "")
    message = chat.messages.get(int(number)) if number.isdecimal() else None
    if message is None:
        raise bad_request("message to react not found")
    reactions = params.get("reaction") or []
    if not isinstance(reactions, list) or len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = reactions[0].get("emoji") if reactions else None
    if reactions and (reactions[0].get("type") != "emoji" or emoji not in EMOJI):
        raise bad_request("REACTION_INVALID")
    put(core, chat, message.message_id, BOT, emoji)
    return True


def put(core: Core, chat: Chat, message_id: int, who: str, emoji: str | None) -> str | None:
    """Put a reaction in the place of the one that stands, or take that away; return the one before."""
    shown = chat.reactions.setdefault(message_id, {})
    before = shown.pop(who, None)
    if emoji is not None:
        shown[who] = emoji
    if not shown:
        del chat.reactions[message_id]
    core.tell(chat.id, {"type": "reactions", "message_id": message_id, "reactions": shown})
    return before
