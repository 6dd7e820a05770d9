"""The chat as lines of a terminal: messages as text, buttons numbered, pictures as files."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from telegram_local.api.sending import EFFECTS
from telegram_local.state import Message

Json = Mapping[str, Any]
Frame = Mapping[str, Any]

_DIM, _CYAN, _END = "\x1b[2m", "\x1b[36m", "\x1b[0m"
_PRESSABLE: Final = frozenset({"callback_data", "url", "copy_text"})


@dataclass(frozen=True)
class ShownButton:
    """A button of a message, or a key of the reply keyboard where there is no message."""

    label: str
    button: Json
    message: Message | None


class Screen:
    """Prints what happens in a chat, and knows which buttons stand under which numbers."""

    def __init__(
        self, out: Callable[[str], None], read_file: Callable[[str], tuple[str, bytes] | None], *, colour: bool
    ) -> None:
        """`read_file` returns the name and the content of a file of the chat, by its id."""
        self._out, self._read_file, self._colour = out, read_file, colour
        self._buttons: list[ShownButton] = []
        self._begins_anew = True
        self._shown: dict[int, tuple[str, list[str]]] = {}  # text and labels of each message
        self._folder: Path | None = None

    def show(self, frame: Frame) -> None:
        """Print a frame of the chat's page. What the person did themselves is not news."""
        match frame:
            case {"type": "message" | "edit" as kind, "message": message} if Message(message).from_bot:
                self._show_message(Message(message), edited=kind == "edit")
            case {"type": "callback_answer", **answer}:
                if answer.get("text"):
                    self.note(f"({answer['text']})")
                if answer.get("url"):
                    self.note(f"(opens {answer['url']})")
            case {"type": "reactions", "reactions": {"bot": str(emoji)}}:
                self.note(f"(reacts with {emoji})")
            case {"type": "delete", "message_id": int(number)}:
                self._shown.pop(number, None)
                self._buttons = [one for one in self._buttons if one.message is None or _id(one) != number]

    def begin(self) -> None:
        """Number buttons from one again when the next appear: the person did something."""
        self._begins_anew = True

    def button(self, number: int) -> ShownButton | None:
        """Return the button under a number."""
        return self._buttons[number - 1] if 0 < number <= len(self._buttons) else None

    def labelled(self, label: str) -> ShownButton | None:
        """Return the newest numbered button with this label, however it is capitalised."""
        for one in reversed(self._buttons):
            if one.label.casefold() == label.casefold():
                return one
        return None

    def note(self, line: str) -> None:
        """Print a line about the chat rather than of it."""
        self._out(self._painted(line, _DIM))

    def _show_message(self, message: Message, *, edited: bool) -> None:
        text = plain_text(message)
        buttons = [ShownButton(str(one["text"]), one, message) for one in message.buttons]
        labels = [one.label for one in buttons]
        before = self._shown.get(message.message_id)
        self._shown[message.message_id] = text, labels
        self._buttons = [one for one in self._buttons if one.message is None or _id(one) != message.message_id]
        if edited and before == (text, labels):
            return
        if edited and before is not None and before[0] == text and not labels:
            return  # its buttons have gone, which nobody needs to read
        if edited:
            self.note("(changed)")
        if not edited or before is None or before[0] != text:
            for line in [*self._file_lines(message), *text.splitlines()]:
                self._out(line)
        if effect := EFFECTS.get(str(message.get("effect_id"))):
            self.note(f"(effect {effect})")
        for key in (message.get("reply_markup") or {}).get("keyboard", []):
            buttons += [ShownButton(str(one["text"]), one, None) for one in key]
        self._number(buttons)
        self._out("")

    def _number(self, buttons: list[ShownButton]) -> None:
        if not buttons:
            return
        if self._begins_anew:
            self._buttons, self._begins_anew = [], False
        first = len(self._buttons) + 1
        self._buttons += buttons
        for number, one in enumerate(buttons, start=first):
            elsewhere = "" if one.message is None or _PRESSABLE & one.button.keys() else " (only in Telegram)"
            self._out(f"  {self._painted(str(number), _CYAN)} [{one.label}]{elsewhere}")

    def _file_lines(self, message: Message) -> list[str]:
        photo = message.get("photo")
        given = photo[-1] if photo else message.get("document")
        found = self._read_file(str(given["file_id"])) if given else None
        if given is None or found is None:
            return []
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="calf-coach-talk-"))
        name, data = found
        path = self._folder / f"{message.message_id}-{Path(name).name}"
        path.write_bytes(data)
        return [self._painted(f"<{'picture' if photo else 'file'}: {path}>", _DIM)]

    def _painted(self, words: str, colour: str) -> str:
        return f"{colour}{words}{_END}" if self._colour else words


def plain_text(message: Message) -> str:
    """Return the text of a message with the addresses of its links, without what a terminal would obey."""
    units = message.text.encode("utf-16-le")
    for entity in sorted(message.entities, key=lambda one: int(one["offset"]), reverse=True):
        if entity["type"] == "text_link":
            end = (entity["offset"] + entity["length"]) * 2  # offsets count UTF-16 units
            units = units[:end] + f" ({entity['url']})".encode("utf-16-le") + units[end:]
    return "".join(char for char in units.decode("utf-16-le") if char.isprintable() or char == "\n")


def _id(shown: ShownButton) -> int:
    return shown.message.message_id if shown.message is not None else 0
