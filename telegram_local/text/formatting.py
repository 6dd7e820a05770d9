"""From a call's text and parse mode to what a message carries: plain text, entities, or Telegram's refusal."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from typing import Any

from telegram_local.api.errors import bad_request
from telegram_local.text.cleaning import merged, tidied
from telegram_local.text.entities import Entity, EntityError, date_format
from telegram_local.text.entity_detection import detected
from telegram_local.text.html import parse_html

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""Characters as Telegram counts them: code points, after the markup is read."""
_SOURCE_BYTES = 1 << 15
_BARE_KINDS = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "blockquote",
    "expandable_blockquote",
}
# Telegram finds these itself, and overlooks them in a call
_FOUND_KINDS = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}


def formatted(source: str, parse_mode: str, given: Any) -> tuple[str, list[Json]]:
    """Plain text and all entities, those found in the text included. Raises ApiError."""
    if len(source.encode("utf-8", "surrogatepass")) > _SOURCE_BYTES:
        raise bad_request("text is too long")
    text, entities = _parsed(source, parse_mode, given)
    text, entities = tidied(text, entities)
    return text, [entity.json() for entity in merged(entities, list(_found(text)))]


def typed(source: str) -> tuple[str, list[Json]]:
    """Return a message as a person typed it, with the entities that Telegram finds in it."""
    text, _ = tidied(source, [])
    return text, [entity.json() for entity in _found(text)]


@lru_cache(1024)  # many people read and type the same words
def _found(text: str) -> tuple[Entity, ...]:
    return tuple(detected(text))


@lru_cache(1024)
def _read(html: str) -> tuple[str, tuple[Entity, ...]]:
    text, entities = parse_html(html)
    return text, tuple(entities)


def message_text(params: Json) -> Json:
    """The fields `text` and `entities` of a message. Raises ApiError."""
    source = str(params.get("text") or "")
    if not source:
        raise bad_request("message text is empty")
    text, entities = formatted(source, str(params.get("parse_mode") or ""), params.get("entities"))
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def message_caption(params: Json) -> Json:
    """The fields `caption` and `caption_entities` of a message, none for no caption. Raises ApiError."""
    source = str(params.get("caption") or "")
    text, entities = formatted(source, str(params.get("parse_mode") or ""), params.get("caption_entities"))
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text} | ({"caption_entities": entities} if entities else {})


def _parsed(source: str, parse_mode: str, given: Any) -> tuple[str, list[Entity]]:
    mode = parse_mode.lower()
    if mode in {"", "none"} or not source:
        return source, _given(given)
    if mode == "html":
        try:
            text, entities = _read(source)
            return text, list(entities)
        except EntityError as error:
            raise bad_request(f"can't parse entities: {error}") from None
    if mode in {"markdown", "markdownv2"}:
        raise bad_request("the local server reads HTML only, not Markdown")
    raise bad_request("unsupported parse_mode")


def _given(given: Any) -> list[Entity]:
    """Entities handed over instead of markup."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return []
    return [entity for item in given or [] if (entity := _given_entity(item)) is not None]


def _given_entity(item: Any) -> Entity | None:
    try:
        bare = Entity(str(item["type"]), int(item["offset"]), int(item["length"]))
        value, number = _given_value(bare.kind, item)
    except (KeyError, TypeError, ValueError):
        raise bad_request("can't parse MessageEntity: expected an Object") from None
    if bare.kind in _FOUND_KINDS:
        return None
    return replace(bare, value=value, number=number)


def _given_value(kind: str, item: Json) -> tuple[str, int]:
    """Return what an entity carries besides its span."""
    match kind:
        case "text_link":
            return str(item["url"]), 0
        case "pre":
            return str(item.get("language") or ""), 0
        case "text_mention":
            return "", int(item["user"]["id"])
        case "custom_emoji":
            return str(item["custom_emoji_id"]), 0
        case "date_time":
            return _given_format(str(item.get("date_time_format") or "")), int(item["unix_time"])
    if kind not in _BARE_KINDS | _FOUND_KINDS:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return "", 0


def _given_format(value: str) -> str:
    try:
        return date_format(value)
    except EntityError:
        raise bad_request("can't parse MessageEntity: Invalid date-time format specified") from None
