"""Telegram's own parser: every message of the bot must be one that it takes (TDLib, by the `tdjson` wheel)."""

from __future__ import annotations

import json
from typing import Any

from tdjson import td_execute

Json = dict[str, Any]

_PLAIN_KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "BotCommand": "bot_command",
    "Url": "url",
    "EmailAddress": "email",
    "BankCardNumber": "bank_card_number",
    "MediaTimestamp": "media_timestamp",
}


class Refused(ValueError):
    """TDLib refuses; the message is its own."""


def execute(request: Json) -> Json:
    """One of TDLib's synchronous functions. Raises Refused for an error."""
    answer = td_execute(json.dumps(request).encode())
    assert answer is not None
    # an address can carry half a character, and TDLib hands it on as it is
    found: Json = json.loads(answer.decode("utf-8", "surrogatepass"))
    if found["@type"] == "error":
        raise Refused(found["message"])
    return found


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Plain text and entities (Bot API JSON) of Telegram's HTML. Raises Refused for what Telegram refuses."""
    parsed = execute({"@type": "parseTextEntities", "text": text, "parse_mode": {"@type": "textParseModeHTML"}})
    return parsed["text"], [as_bot_api(entity) for entity in parsed["entities"]]


def tidy(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Text and entities (Bot API JSON) cleaned and fitted to each other, but not trimmed. Raises Refused.

    TDLib does this before it looks for its own Markdown, of which the text must have none.
    """
    given = {"@type": "formattedText", "text": text, "entities": [_as_tdlib(entity) for entity in entities]}
    found = execute({"@type": "parseMarkdown", "text": given})
    return found["text"], [as_bot_api(entity) for entity in found["entities"]]


def detect(text: str) -> list[Json]:
    """The entities (Bot API JSON) that TDLib finds in a plain text."""
    found = execute({"@type": "getTextEntities", "text": text})
    return [as_bot_api(entity) for entity in found["entities"]]


def as_bot_api(entity: Json) -> Json:
    """A textEntity of TDLib as a MessageEntity of the Bot API."""
    kind = entity["type"]["@type"].removeprefix("textEntityType")
    shown: Json = {"offset": entity["offset"], "length": entity["length"]}
    match kind:
        case "PreCode":
            return {"type": "pre", "language": entity["type"]["language"]} | shown
        case "TextUrl":
            return {"type": "text_link", "url": entity["type"]["url"]} | shown
        case "MentionName":
            user = {"id": entity["type"]["user_id"], "is_bot": False, "first_name": ""}
            return {"type": "text_mention", "user": user} | shown
        case "CustomEmoji":
            return {"type": "custom_emoji", "custom_emoji_id": str(entity["type"]["custom_emoji_id"])} | shown
        case "DateTime":
            date_format = _date_format(entity["type"].get("formatting_type"))
            return {
                "type": "date_time",
                "unix_time": entity["type"]["unix_time"],
                "date_time_format": date_format,
            } | shown
    return {"type": _PLAIN_KINDS[kind]} | shown


def _date_format(formatting: Json | None) -> str:
    if formatting is None:
        return ""
    if formatting["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    precision = {"dateTimePartPrecisionNone": 0, "dateTimePartPrecisionShort": 1, "dateTimePartPrecisionLong": 2}
    week = "w" if formatting.get("show_day_of_week") else ""
    day = ("", "d", "D")[precision[formatting["date_precision"]["@type"]]]
    return week + day + ("", "t", "T")[precision[formatting["time_precision"]["@type"]]]


def _as_tdlib(entity: Json) -> Json:
    """A MessageEntity of the Bot API as a textEntity of TDLib; a date only without a format."""
    kind: Json = {"@type": "textEntityType" + {name: td for td, name in _PLAIN_KINDS.items()}.get(entity["type"], "")}
    match entity["type"]:
        case "pre" if entity.get("language"):
            kind = {"@type": "textEntityTypePreCode", "language": entity["language"]}
        case "text_link":
            kind = {"@type": "textEntityTypeTextUrl", "url": entity["url"]}
        case "text_mention":
            kind = {"@type": "textEntityTypeMentionName", "user_id": entity["user"]["id"]}
        case "custom_emoji":
            kind = {"@type": "textEntityTypeCustomEmoji", "custom_emoji_id": entity["custom_emoji_id"]}
        case "date_time":
            kind = {"@type": "textEntityTypeDateTime", "unix_time": entity["unix_time"]}
    return {"@type": "textEntity", "offset": entity["offset"], "length": entity["length"], "type": kind}


execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
