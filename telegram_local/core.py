"""The heart of the local Telegram: messages appear, change and go; everyone who watches is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from telegram_local.api.errors import ApiError, bad_request
from telegram_local.state import Chat, Message, State

Json = dict[str, Any]
Watcher = Callable[[int, Json], None]
"""Told of a chat's id and a frame for its page."""

KEPT_MESSAGES = 2_000
"""A chat forgets its oldest messages beyond these."""
KEPT_QUERIES = 10_000
FIRST_NAMES = {1: "Ann", 2: "Ben", 3: "Cleo"}


class Core:
    """The state, the clock, and the means to tell watchers what happened.

    Messages and updates are never changed in place: an edit puts another message where the old one was.
    """

    def __init__(self, state: State, now: Callable[[], datetime]) -> None:
        self.state = state
        self.now = now
        self.watchers: list[Watcher] = []
        self.on_update: list[Callable[[Json], None]] = []
        self.presses: dict[str, Json] = {}
        self.inline_queries: dict[str, Json] = {}
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Wake everyone who waits for something to happen."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def next_change(self) -> None:
        """Return after the next thing that happens."""
        await self._changed.wait()

    async def until(self, predicate: Callable[[], Any], seconds: float) -> bool:
        """Return whether something that happened within that time made the predicate true."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not predicate():
                    await self.next_change()
        return bool(predicate())

    def tell(self, chat_id: int, frame: Json) -> None:
        """Show a frame to whoever watches the chat."""
        for watcher in list(self.watchers):
            watcher(chat_id, frame)
        self.changed()

    def update(self, kind: str, payload: Json) -> None:
        """Hand the bot an update."""
        if (update := self.state.add_update(kind, payload)) is not None:
            for take in list(self.on_update):
                take(update)
        self.changed()

    def unix(self) -> int:
        """The clock in whole seconds."""
        return int(self.now().timestamp())

    def person(self, user_id: int) -> Chat:
        """A person's private chat, made when first asked for."""
        if user_id not in self.state.chats:
            name = FIRST_NAMES.get(user_id, f"User {user_id}")
            self.state.chats[user_id] = Chat(user_id, "private", name)
        return self.state.chats[user_id]

    def chat(self, chat_id: Any) -> Chat:
        """The chat that a call names. Raises ApiError where Telegram does not find it or the bot may not write."""
        if chat_id in (None, ""):
            raise bad_request("chat_id is empty")
        number = str(chat_id)
        found = self.state.chats.get(int(number)) if number.removeprefix("-").isdecimal() else None
        if found is None:
            raise bad_request("chat not found")
        return found

    def writable(self, chat_id: Any) -> Chat:
        """The chat that a call names, if the bot may write there. Raises ApiError."""
        chat = self.chat(chat_id)
        if chat.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.blocked:
            group = "Forbidden: bot was kicked from the group chat"
            raise ApiError(403, "Forbidden: bot was blocked by the user" if chat.kind == "private" else group)
        return chat

    def post(self, chat: Chat, sender: Json, content: Json, keyboard: Json | None = None) -> Message:
        """A new message. `keyboard` is any reply markup; only an inline one stays with the message."""
        message = Message(message_id=chat.next_message_id)
        message |= {"from": sender, "chat": chat.json(), "date": self.unix()} | content
        chat.next_message_id += 1
        if keyboard is not None and "inline_keyboard" in keyboard:
            message["reply_markup"] = keyboard
        elif keyboard is not None and "keyboard" in keyboard:
            chat.keyboard = keyboard
        elif keyboard is not None and "remove_keyboard" in keyboard:
            chat.keyboard = None
        chat.messages[message.message_id] = message
        if len(chat.messages) > KEPT_MESSAGES:
            chat.reactions.pop(oldest := min(chat.messages), None)
            del chat.messages[oldest]
        self.tell(chat.id, {"type": "message", "message": message | ({"reply_markup": keyboard} if keyboard else {})})
        return message

    def replace(self, chat: Chat, old: Message, content: Json, *, edited: bool = True) -> Message:
        """The message with other content in its place. Its number, sender and date stay."""
        kept = {name: old[name] for name in ("message_id", "from", "chat", "date") if name in old}
        message = Message(kept | content | ({"edit_date": self.unix()} if edited else {}))
        chat.messages[message.message_id] = message
        self.tell(chat.id, {"type": "edit", "message": message})
        return message

    def remember(self, queries: dict[str, Json], query: Json) -> str:
        """Keep a press or an inline query that waits for an answer; returns its id."""
        query_id = self.state.query_id()
        queries[query_id] = query | {"id": query_id, "asked": asyncio.get_running_loop().time()}
        if len(queries) > KEPT_QUERIES:
            del queries[next(iter(queries))]
        return query_id

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message away."""
        del chat.messages[message_id]
        chat.reactions.pop(message_id, None)
        self.tell(chat.id, {"type": "delete", "message_id": message_id})
