"""Entities of a text: spans with a kind, counted in UTF-16 code units as in the Bot API."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

Json = dict[str, Any]

# Of entities with the same range, those with the lower number come first (the order in which Telegram nests them).
_RANK = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre_language": 10,
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


class EntityError(ValueError):
    """The markup is refused; the message is what Telegram says after "can't parse entities: "."""


@dataclass(frozen=True)
class Entity:
    """A stretch of text and what it is. `offset` and `length` in UTF-16 units; `value` by kind: an address, a
    language, an emoji id, a date format; `number`: a user id or a Unix time."""

    kind: str
    offset: int
    length: int
    value: str = ""
    number: int = 0

    @property
    def end(self) -> int:
        """The end of the span."""
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        """Telegram's order: by beginning, the longer first, then by kind."""
        kind = "pre_language" if self.kind == "pre" and self.value else self.kind
        return self.offset, -self.length, _RANK.get(kind, 50)

    def moved(self, offset: int, length: int) -> Entity:
        """The same entity over another stretch."""
        return replace(self, offset=offset, length=length)

    def json(self) -> Json:
        """As the Bot API shows it."""
        shown: Json = {"type": self.kind, "offset": self.offset, "length": self.length}
        match self.kind:
            case "text_link":
                shown["url"] = self.value
            case "text_mention":
                shown["user"] = {"id": self.number, "is_bot": False, "first_name": ""}
            case "pre" if self.value:
                shown["language"] = self.value
            case "custom_emoji":
                shown["custom_emoji_id"] = self.value
            case "date_time":
                shown |= {"unix_time": self.number, "date_time_format": self.value}
        return shown


def utf16_length(text: str) -> int:
    """Return the text's length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def date_format(value: str) -> str:
    """A date format in Telegram's own order of letters. Raises EntityError for a letter it does not know."""
    if value in {"r", "R"}:
        return "r"
    if set(value) - set("tTdDwW"):
        raise EntityError("Invalid date format used")
    week = "w" if set(value) & {"w", "W"} else ""
    day = "d" if "d" in value else "D" if "D" in value else ""
    time = "t" if "t" in value else "T" if "T" in value else ""
    return week + day + time
