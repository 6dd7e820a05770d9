"""Entities that Telegram finds in a text by itself: commands, mentions, hashtags, addresses."""

from __future__ import annotations

import re

from telegram_local.entities import Entity, utf16_length

_COMMAND = re.compile(r"(?<![\w/<>])/[a-zA-Z0-9_]{1,64}(?:@[a-zA-Z0-9_]{3,32})?(?![\w/<>])")


def detected(text: str) -> list[Entity]:
    """The entities of a plain text, in order, none crossing another."""
    return [
        Entity("bot_command", utf16_length(text[: found.start()]), utf16_length(found[0]))
        for found in _COMMAND.finditer(text)
    ]
