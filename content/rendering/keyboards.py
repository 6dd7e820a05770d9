"""Buttons under a message: rows of (label, action) become Telegram's inline keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from coach.buttons.callback_data import CallbackData
from content.rendering.messages import Messages

MOST_COPIED: Final = 256
"""Characters of a text to copy (Bot API, CopyTextButton)."""


@dataclass(frozen=True)
class Button:
    """One button: the key of its label, the values the label shows, and the action it asks for."""

    label: str
    action: CallbackData
    values: dict[str, object] = field(default_factory=dict)
    style: Literal["primary", "success", "danger"] | None = None


@dataclass(frozen=True)
class Titled:
    """A button whose label is content already: an entry's question, a city's name."""

    title: str
    action: CallbackData


@dataclass(frozen=True)
class Link:
    """A button that opens an address; `label` is a key."""

    label: str
    url: str


@dataclass(frozen=True)
class Inline:
    """A button that lets the person choose a chat and begins `@bot query` there; `label` is a key."""

    label: str
    query: str


@dataclass(frozen=True)
class Copy:
    """A button that copies a text of up to MOST_COPIED characters; `label` is a key."""

    label: str
    text: str


AnyButton = Button | Titled | Link | Inline | Copy
Row = Sequence[AnyButton]


def keyboard(messages: Messages, rows: Sequence[Row]) -> dict[str, Any]:
    """Return `reply_markup` for these rows; empty rows are left out, no rows remove the keyboard."""
    return {"inline_keyboard": [[_button(messages, button) for button in row] for row in rows if row]}


def _button(messages: Messages, button: AnyButton) -> dict[str, Any]:
    match button:
        case Titled(title, action):
            return {"text": title, "callback_data": action.pack()}
        case Link(label, url):
            return {"text": messages.label(label), "url": url}
        case Inline(label, query):
            return {"text": messages.label(label), "switch_inline_query": query}
        case Copy(label, text):
            return {"text": messages.label(label), "copy_text": {"text": text}}
    shown: dict[str, Any] = {
        "text": messages.label(button.label, **button.values),
        "callback_data": button.action.pack(),
    }
    if button.style:
        shown["style"] = button.style
    return shown
