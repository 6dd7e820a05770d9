"""State of the local Telegram: people, chats, messages, files, waiting updates. In memory, saved on request."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

Json = dict[str, Any]


ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of updates that come only to a bot that names them (Bot API, getUpdates)."""


class Message(dict[str, Any]):
    """A Bot API Message as JSON, with what tests ask of it most."""

    @property
    def message_id(self) -> int:
        """Its number in its chat."""
        return int(self["message_id"])

    @property
    def text(self) -> str:
        """Its text, or its caption, or nothing."""
        return str(self.get("text") or self.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        """The entities of its text or caption."""
        found: list[Json] = self.get("entities") or self.get("caption_entities") or []
        return found

    @property
    def chat_id(self) -> int:
        """The chat that it stands in."""
        return int(self["chat"]["id"])

    @property
    def from_bot(self) -> bool:
        """True where a bot wrote it."""
        return bool(self.get("from", {}).get("is_bot"))

    @property
    def buttons(self) -> list[Json]:
        """Its inline buttons, row by row in one list."""
        rows = (self.get("reply_markup") or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        """The labels of its inline buttons."""
        return [str(button["text"]) for button in self.buttons]


@dataclass
class Chat:
    """A private chat (id of its person) or a group (negative id), as the bot's account sees it."""

    id: int
    kind: str
    title: str
    username: str | None = None
    language_code: str = "en"
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    keyboard: Json | None = None
    reactions: dict[int, dict[str, str]] = field(default_factory=dict)  # by message: who reacted, and how
    blocked: bool = False
    deactivated: bool = False

    def json(self) -> Json:
        """As the Bot API shows the chat."""
        shown: Json = {"id": self.id, "type": self.kind}
        if self.kind != "private":
            return shown | {"title": self.title}
        return shown | {"first_name": self.title} | ({"username": self.username} if self.username else {})

    def person(self) -> Json:
        """As the Bot API shows the person of a private chat."""
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.title}
        if self.username:
            shown["username"] = self.username
        return shown | {"language_code": self.language_code}


@dataclass
class StoredFile:
    """An uploaded file. `path` is where the Bot API serves it."""

    id: str
    unique_id: str
    path: str
    kind: str
    name: str
    content_type: str
    data: bytes
    width: int = 0
    height: int = 0
    thumbnail: str = ""  # the id of its small picture
    about: Json = field(default_factory=dict)  # of a track: title, performer, duration


@dataclass
class Webhook:
    """The address that updates go to instead of waiting for getUpdates."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass
class State:
    """Everything but open connections."""

    bot: Json
    next_update_id: int
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    updates: dict[int, Json] = field(default_factory=dict)
    allowed_updates: list[str] = field(default_factory=list)
    webhook: Webhook = field(default_factory=Webhook)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    next_query_id: int = 1
    next_file_id: int = 1

    def add_update(self, kind: str, payload: Json) -> Json | None:
        """Queue an update for the bot; None where the bot did not ask for its kind."""
        if kind not in self.allowed_updates and (self.allowed_updates or kind in ON_REQUEST):
            return None
        number = self.next_update_id
        self.next_update_id += 1
        update: Json = {"update_id": number, kind: payload}
        self.updates[number] = update
        return update

    def confirm(self, below: int) -> None:
        """Forget updates with an id less than `below`."""
        for number in [number for number in self.updates if number < below]:
            del self.updates[number]

    def query_id(self) -> str:
        """A fresh id for a button press or an inline query: text, as Telegram's are, and too long for 32 bits."""
        self.next_query_id += 1
        return str((self.next_query_id << 32) + 7)

    def bot_commands(self, chat: Chat) -> list[Json]:
        """The command menu that this chat shows: the closest scope wins, and the person's language within it."""
        broad = "all_private_chats" if chat.kind == "private" else "all_group_chats"
        for scope in (f"chat:{chat.id}", broad, "default"):
            for language in (chat.language_code, ""):
                if commands := self.commands.get(f"{scope}|{language}"):
                    return commands
        return []

    def save(self, path: Path) -> None:
        """Write everything to a file, all or nothing."""
        stored = asdict(self)
        for file in stored["files"].values():
            file["data"] = base64.b64encode(file["data"]).decode()
        fresh = path.with_suffix(path.suffix + ".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(stored), encoding="utf-8")
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> State:
        """Read what `save` wrote. Raises ValueError, KeyError or TypeError for a file that is something else."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        stored["chats"] = {int(chat["id"]): _chat(chat) for chat in stored["chats"].values()}
        stored["files"] = {name: _file(file) for name, file in stored["files"].items()}
        stored["updates"] = {int(number): update for number, update in stored["updates"].items()}
        stored["webhook"] = Webhook(**stored["webhook"])
        return cls(**stored)


def _chat(stored: Json) -> Chat:
    messages = {int(number): Message(message) for number, message in stored.pop("messages").items()}
    reactions = {int(number): shown for number, shown in stored.pop("reactions", {}).items()}
    return Chat(**stored, messages=messages, reactions=reactions)


def _file(stored: Json) -> StoredFile:
    return StoredFile(**(stored | {"data": base64.b64decode(stored["data"])}))


def newest_first(messages: Iterable[Message]) -> list[Message]:
    """The messages, newest first."""
    return sorted(messages, key=lambda message: message.message_id, reverse=True)


def stored(path: Path | None, token: str, now: Callable[[], datetime]) -> State:
    """The saved state, or a fresh one. Update ids start from the clock, so that they rise even without a file."""
    if path is not None and path.exists():
        try:
            return State.load(path)
        except (ValueError, KeyError, TypeError, AttributeError):
            aside = path.with_suffix(".unreadable")
            log.warning("The conversation in %s could not be read, and is kept as %s", path.name, aside.name)
            path.replace(aside)
    number = int(token.partition(":")[0]) if token.partition(":")[0].isdecimal() else 1
    # small numbers are people here, as in ?user=2
    bot = {"id": number if number >= 1_000_000 else 7_000_000_000 + number, "is_bot": True}
    return State(bot | {"first_name": "Local bot", "username": "local_bot"}, int(now().timestamp()))
