"""People who talk with the bot: what a tester types and presses, for tests and for the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from telegram_local.api import reactions
from telegram_local.api.media import photo_json, store
from telegram_local.api.schema import Upload
from telegram_local.core import Core
from telegram_local.state import Chat, Message, newest_first
from telegram_local.text.formatting import TEXT_LIMIT, typed

Json = dict[str, Any]


def split(text: str) -> list[str]:
    """A long text as the messages that Telegram's apps make of it."""
    return [part for at in range(0, len(text), TEXT_LIMIT) if (part := text[at : at + TEXT_LIMIT]).strip()]


def _reaction(emoji: str | None) -> list[Json]:
    return [] if emoji is None else [{"type": "emoji", "emoji": emoji}]


@dataclass
class Press:
    """A pressed button. `answer` holds text, show_alert and url once the bot has answered."""

    id: str
    message_id: int
    data: str
    _core: Core

    @property
    def answer(self) -> Json | None:
        """The bot's answer, None while there is none."""
        found: Json | None = self._core.presses[self.id]["answer"]
        return found

    async def answered(self, seconds: float = 5) -> Json:
        """The bot's answer, waited for. Raises TimeoutError."""
        if not await self._core.until(lambda: self.answer is not None, seconds):
            raise TimeoutError(f"no answer to the press of {self.data!r} within {seconds} s")
        return self.answer or {}

    @property
    def toast(self) -> str | None:
        """The words of the bot's answer."""
        return self.answer["text"] if self.answer else None


class LocalUser:
    """A person with a private chat with the bot. `chat` in the methods is a group where one is meant."""

    def __init__(self, core: Core, user_id: int) -> None:
        self.core = core
        self.id = user_id

    @property
    def private(self) -> Chat:
        """The chat between the person and the bot."""
        return self.core.person(self.id)

    def _chat(self, chat: Chat | int | None) -> Chat:
        if chat is None:
            return self.private
        return self.core.state.chats[chat if isinstance(chat, int) else chat.id]

    # What the person sees

    @property
    def messages(self) -> list[Message]:
        """The messages that the private chat shows now, oldest first."""
        return list(self.private.messages.values())

    @property
    def received(self) -> list[Message]:
        """The bot's messages that are still shown, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Message:
        """The newest message of the bot. Raises LookupError if there is none."""
        if not self.received:
            raise LookupError(f"the bot has written nothing to {self.private.title}")
        return self.received[-1]

    @property
    def toasts(self) -> list[str]:
        """The words of every answered press, in the order of the presses."""
        presses = [press for press in self.core.presses.values() if press["user_id"] == self.id and press["answer"]]
        return [press["answer"]["text"] for press in presses if press["answer"]["text"]]

    @property
    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard that the chat shows."""
        rows = (self.private.keyboard or {}).get("keyboard", [])
        return [button["text"] for row in rows for button in row]

    # What the person does

    async def send(self, text: str, chat: Chat | int | None = None, *, reply_to: Message | None = None) -> Message:
        """Type a text. Returns the message as the chat shows it. Raises ValueError for an empty or overlong one."""
        plain, entities = typed(text)
        if not 0 < len(plain) <= TEXT_LIMIT:
            raise ValueError(f"a person can send 1 to {TEXT_LIMIT} characters, not {len(plain)}")
        content: Json = {"text": plain} | ({"entities": entities} if entities else {})
        if reply_to is not None:
            content["reply_to_message"] = dict(reply_to)
        return self._write(content, chat)

    async def ask(self, text: str, seconds: float = 5) -> Message:
        """Type a text and wait for the bot's next message. Raises TimeoutError."""
        asked = await self.send(text)
        if not await self.core.until(lambda: self.received and self.last.message_id > asked.message_id, seconds):
            raise TimeoutError(f"no answer to {text!r} within {seconds} s")
        return self.last

    async def press(self, label_or_data: str, message: Message | None = None, chat: Chat | int | None = None) -> Press:
        """Press an inline button by its label or data: in `message`, or in the newest message that has it.

        A message that is given may be outdated or gone: an old button can be pressed. Raises LookupError.
        """
        where = self._chat(chat)
        candidates = [message] if message is not None else newest_first(where.messages.values())
        for candidate in candidates:
            for button in candidate.buttons:
                if label_or_data in (button["text"], button.get("callback_data")) and "callback_data" in button:
                    return self.press_data(button["callback_data"], candidate, chat)
        shown = [candidate.labels for candidate in candidates if candidate.labels][:3]
        raise LookupError(f"no button {label_or_data!r}; the newest buttons are {shown}")

    def press_data(self, data: str, message: Message, chat: Chat | int | None = None) -> Press:
        """Press with any data, also data that no button has, as a forged client could."""
        where = self._chat(chat)
        query_id = self.core.remember(self.core.presses, {"user_id": self.id, "answer": None})
        now_shown = where.messages.get(message.message_id)
        shown: Json = dict(now_shown or {"chat": where.json(), "message_id": message.message_id, "date": 0})
        payload = {"id": query_id, "from": self.private.person(), "message": shown, "data": data}
        self.core.update("callback_query", payload | {"chat_instance": str(where.id)})
        self.core.tell(
            where.id,
            {"type": "pressed", "callback_query_id": query_id, "message_id": message.message_id, "data": data},
        )
        return Press(query_id, message.message_id, data, self.core)

    async def tap(self, label: str, *, latitude: float = 0.0, longitude: float = 0.0) -> Message:
        """Tap a button of the reply keyboard. Raises LookupError."""
        keyboard = self.private.keyboard or {}
        for button in [button for row in keyboard.get("keyboard", []) for button in row]:
            if button["text"] == label:
                if keyboard.get("one_time_keyboard"):
                    self.private.keyboard = None
                if button.get("request_location"):
                    return await self.location(latitude, longitude)
                return await self.send(label)
        raise LookupError(f"no key {label!r}; the keys are {self.keyboard}")

    async def sticker(self, emoji: str = "👍") -> Message:
        """Send a sticker."""
        sticker = {"file_id": "LOCAL-sticker", "file_unique_id": "Us", "type": "regular", "width": 512, "height": 512}
        return self._write({"sticker": sticker | {"is_animated": False, "is_video": False, "emoji": emoji}})

    async def location(self, latitude: float = 52.52, longitude: float = 13.405) -> Message:
        """Share a place, in degrees."""
        return self._write({"location": {"latitude": latitude, "longitude": longitude}})

    async def live_location(self, latitude: float = 52.52, longitude: float = 13.405, seconds: int = 900) -> Message:
        """Share where one goes, for so long; `move` goes on."""
        place = {"latitude": latitude, "longitude": longitude, "live_period": seconds}
        return self._write({"location": place})

    async def move(self, message: Message, latitude: float, longitude: float) -> Message:
        """Go elsewhere with a live location; the bot sees an edited_message."""
        place = message["location"] | {"latitude": latitude, "longitude": longitude}
        return self._edit(message, {"location": place})

    async def photo(self, data: bytes, caption: str = "", chat: Chat | int | None = None) -> Message:
        """Send a PNG or JPEG."""
        return self._write(self._photo(data, caption), chat)

    async def album(self, data: bytes, *captions: str, chat: Chat | int | None = None) -> list[Message]:
        """Send the picture as often as there are captions, "" for none, as one album."""
        group = {"media_group_id": self.core.state.query_id()}
        return [self._write(self._photo(data, caption) | group, chat) for caption in captions]

    async def forward(
        self, text: str, *, sender: str = "Somebody Else", data: bytes | None = None, chat: Chat | int | None = None
    ) -> Message:
        """Forward a text of somebody who hides their account, or a picture with it as its caption."""
        plain, entities = typed(text)
        content: Json = {"text": plain} | ({"entities": entities} if entities else {})
        origin = {"type": "hidden_user", "sender_user_name": sender, "date": self.core.unix() - 60}
        return self._write((content if data is None else self._photo(data, text)) | {"forward_origin": origin}, chat)

    async def edit(self, message: Message, text: str) -> Message:
        """Change one's own text, or what stands under one's picture; the bot sees an edited_message."""
        plain, entities = typed(text)
        kind = "" if "text" in message else "caption"
        content: Json = {kind or "text": plain} if plain else {}
        content |= {f"{kind}_entities" if kind else "entities": entities} if entities else {}
        kept = {name: message[name] for name in ("photo", "media_group_id") if name in message}
        return self._edit(message, kept | content)

    def preview(self, message: Message) -> None:
        """Load what a message links to: the bot sees an edited_message in which nobody edited anything."""
        self.core.update(
            "edited_message", self.core.replace(self._chat(message.chat_id), message, dict(message), edited=False)
        )

    def react(self, message: Message, emoji: str | None) -> None:
        """React to a message in the private chat, or take the reaction back. Raises ValueError for no reaction."""
        if emoji is not None and emoji not in reactions.EMOJI:
            raise ValueError(f"{emoji!r} is no reaction")
        before = reactions.put(self.core, self.private, message.message_id, reactions.PERSON, emoji)
        change = {"chat": self.private.json(), "message_id": message.message_id, "user": self.private.person()}
        change |= {"date": self.core.unix(), "old_reaction": _reaction(before), "new_reaction": _reaction(emoji)}
        self.core.update("message_reaction", change)

    async def block(self) -> None:
        """Block the bot."""
        self._membership("member", "kicked")

    async def unblock(self) -> None:
        """Unblock the bot."""
        self._membership("kicked", "member")

    def deactivate(self) -> None:
        """Leave Telegram: sends answer 403, and no update tells of it."""
        self.private.deactivated = True

    def inline(self, query: str) -> str:
        """Type @bot query. Returns the query's id; the results stand in `inline_results` once the bot answered."""
        asked = {"user_id": self.id, "query": query, "results": None}
        query_id = self.core.remember(self.core.inline_queries, asked)
        payload = {"id": query_id, "from": self.private.person(), "query": query, "offset": "", "chat_type": "private"}
        self.core.update("inline_query", payload)
        return query_id

    def inline_results(self, query_id: str) -> list[Json] | None:
        """The bot's answer to an inline query, None while there is none."""
        results: list[Json] | None = self.core.inline_queries[query_id]["results"]
        return results

    def choose(self, query_id: str, result_id: str, chat: Chat | int | None = None) -> Message:
        """Post an inline result. Raises LookupError."""
        query = self.core.inline_queries[query_id]
        chosen = next((result for result in query["results"] or [] if str(result["id"]) == result_id), None)
        if chosen is None:
            raise LookupError(f"no result {result_id!r}")
        content = dict(chosen["_message"])
        keyboard = (
            {"inline_keyboard": content.pop("reply_markup")["inline_keyboard"]} if "reply_markup" in content else None
        )
        content["via_bot"] = self.core.state.bot
        message = self.core.post(self._chat(chat), self.private.person(), content, keyboard)
        self.core.update("message", message)
        payload = {"result_id": result_id, "from": self.private.person(), "query": query["query"]}
        self.core.update("chosen_inline_result", payload)
        return message

    def _photo(self, data: bytes, caption: str) -> Json:
        file = store(self.core.state, Upload("photo.jpg", "image/jpeg", data), "photo")
        plain, entities = typed(caption)
        content: Json = {"photo": photo_json(file)} | ({"caption": plain} if plain else {})
        return content | ({"caption_entities": entities} if entities else {})

    def _edit(self, message: Message, content: Json) -> Message:
        edited = self.core.replace(self._chat(message.chat_id), message, content)
        self.core.update("edited_message", edited)
        return edited

    def _write(self, content: Json, chat: Chat | int | None = None) -> Message:
        where = self._chat(chat)
        if self.private.blocked:
            raise RuntimeError("who blocked the bot cannot write to it")
        message = self.core.post(where, self.private.person(), content)
        self.core.update("message", message)
        return message

    def _membership(self, before: str, after: str) -> None:
        self.private.blocked = after == "kicked"
        bot = self.core.state.bot

        def member(status: str) -> Json:
            return {"status": status, "user": bot} | ({"until_date": 0} if status == "kicked" else {})

        change = {"chat": self.private.json(), "from": self.private.person(), "date": self.core.unix()}
        change |= {"old_chat_member": member(before), "new_chat_member": member(after)}
        self.core.update("my_chat_member", change)
