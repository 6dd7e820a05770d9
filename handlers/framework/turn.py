"""One update's transaction: who speaks, what changes, what is said. Handlers are functions of a turn."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any, Final, Protocol

from sqlmodel import Session

from coach.buttons.callback_data import CallbackData, parse
from coach.requests import Intent, ShownItem, Slots
from coach.user_errors import StaleButton, UserError
from content.guide.wish import Guide
from content.library import Language
from content.rendering.keyboards import Row, keyboard
from content.understanding.places import Places
from db.models import User
from db.outbox import Outgoing
from db.payload_names import ONLY_EDIT, OTHERWISE, REACT
from services import shown
from services.shown import Asked

REACTS_WITHIN: Final = timedelta(minutes=1)
"""A reaction that comes later is about nothing any more."""

CAPTION: Final = 1024
"""Characters that Telegram takes under a picture, as UTF-16 counts them, tags left out."""

_TAG: Final = re.compile("<[^<>]*>")


def fits_caption(html: str) -> bool:
    """Say whether a message may stand under a picture."""
    return len(unescape(_TAG.sub("", html)).encode("utf-16-le")) // 2 <= CAPTION


@dataclass(frozen=True)
class Toast:
    """The answer to a button press: a line that fades, or an alert that waits for OK."""

    text: str
    alert: bool = False


@dataclass(frozen=True)
class BotIdentity:
    """The bot itself: its name in links, and whether it answers `@name words` in other chats."""

    username: str = ""
    inline: bool = False

    def link(self, payload: str) -> str:
        """Return the deep link that sends `/start payload`; the payload is up to 64 of A-Z a-z 0-9 _ -."""
        return f"https://t.me/{self.username}?start={payload}"


class PromptFlow(Protocol):
    """The questions there are, by their kinds, and their order in the set-up."""

    @property
    def first(self) -> str:
        """The first question of the set-up."""

    def left(self, kind: str) -> int:
        """Return how many questions of the set-up are left, this one included."""

    def open(self, turn: "Turn", kind: str) -> None:
        """Ask a question."""

    def ask_again(self, turn: "Turn", mistake: UserError) -> None:
        """Ask the question that a mistake was to answer."""

    def advance(self, turn: "Turn", kind: str) -> bool:
        """Go on to the next question where this one was of the set-up; return whether it was."""


@dataclass
class Turn:
    """Everything a handler needs. What it says is stored in the outbox with what it changes, or neither is.

    In a group `user` is a stranger who is not stored, whoever speaks: nothing personal is read or written there.
    """

    session: Session
    user: User
    language: Language
    now: datetime
    pressed_message_id: int | None = None  # the message of words whose button was pressed
    pressed_photo_id: int | None = None  # the message with a picture or a file whose button was pressed
    replica: str | None = None
    outgoing: list[Outgoing] = field(default_factory=list)
    toast: Toast | None = None
    erased_user_id: int | None = None  # the person who is gone: what waits for them in memory must not go out either
    cancelled_ids: Sequence[int] = ()  # messages of theirs that were deleted unsent: memory must not send them either
    bot_identity: BotIdentity = BotIdentity()
    group: int | None = None  # the group it is spoken in; None in the person's own chat
    reply_to: int | None = None  # in a group: the message that is answered
    said_id: int | None = None  # the person's own message, new and in their own chat: what a reaction stands under
    undoable: bool = True  # an edit of the message undoes what is done, but for what a red flag did
    part_of: str | None = None  # the album, or the row of forwarded messages, that is answered as a whole
    part_of_before: str | None = None  # the same of the person's message before
    languages: Mapping[str, Language] = field(default_factory=dict)  # all there are, by code
    prompts: PromptFlow | None = None  # None where something is only said
    places: Places | None = None  # the same
    written: str = ""  # the line of text that is answered
    wanted: str | None = None  # the request that is carried out, of `coach.requests.Intent`
    guides_at_once: int = 0  # guides that may run in chats at the same time
    asked: Asked | None = None  # the question with buttons of the message before, which words may answer
    works: Mapping[type[CallbackData], Callable[[Any, Any], None]] = field(default_factory=dict)  # of each button
    guide_moved: bool = False  # one began or was moved on: the clock is to look at it anew

    @property
    def flow(self) -> PromptFlow:
        """The questions, for who asks one."""
        assert self.prompts is not None, "only the turn of an update asks"
        return self.prompts

    def open_prompt(self, kind: str) -> None:
        """Ask one of the questions that have a prompt."""
        self.flow.open(self, kind)

    def advance_setup(self, kind: str) -> bool:
        """Go on to the next question of the set-up where this one was of it; return whether it was."""
        return self.flow.advance(self, kind)

    def note_shown(self, item: ShownItem) -> None:
        """Remember what the chat shows now: a follow-up such as "why?" is about it."""
        shown.note(self.user, item, self.now)

    def note_offered(self, *offered: tuple[Intent, Slots]) -> None:
        """Remember the requests that the chat offers now, or of which it asks something: words may complete them."""
        shown.note_offered(self.user, offered, self.now)

    @property
    def shown(self) -> ShownItem | None:
        """Return the last thing that the chat showed, within half an hour."""
        return shown.current(self.user, self.now)

    @property
    def shown_day(self) -> date | None:
        """The day of the session that was shown last."""
        return self.shown.session if self.shown is not None else None

    @property
    def shown_entry(self) -> str | None:
        """The slug of the answer that was shown last."""
        return self.shown.entry if self.shown is not None else None

    def say(self, template: str, rows: Sequence[Row] = (), /, **values: object) -> Outgoing:
        """Send the message `template` with these buttons."""
        payload: dict[str, Any] = self._text(template, values)
        if rows:
            payload["reply_markup"] = keyboard(self.language.messages, rows)
        if self.reply_to is not None:
            payload["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
        return self._put("sendMessage", payload)

    def reply(self, template: str, rows: Sequence[Row] = (), /, **values: object) -> Outgoing:
        """Say it in the message whose button was pressed, or in a new one where words were sent."""
        if self.pressed_message_id is None:
            return self.say(template, rows, **values)
        payload = self._text(template, values) | {
            "message_id": self.pressed_message_id,
            "reply_markup": keyboard(self.language.messages, rows),
        }
        return self._put("editMessageText", payload)

    def send_photo(
        self, figures: Mapping[str, Any], template: str, rows: Sequence[Row] = (), /, **values: object
    ) -> None:
        """Send the picture that these figures draw, the message under it; a pressed picture becomes the new one."""
        caption = self._caption(template, values)
        markup: dict[str, Any] = {"reply_markup": keyboard(self.language.messages, rows)} if rows else {}
        if self.pressed_photo_id is None:
            if self.reply_to is not None:
                markup["reply_parameters"] = {"message_id": self.reply_to, "allow_sending_without_reply": True}
            self._put("sendPhoto", {"photo": dict(figures)} | caption | markup)
        else:
            media = {"type": "photo", "media": "attach://picture"} | caption
            self._put(
                "editMessageMedia",
                {"message_id": self.pressed_photo_id, "media": media, "picture": dict(figures)} | markup,
            )

    def reply_pictured(
        self, figures: Mapping[str, Any], template: str, rows: Sequence[Row] = (), /, **values: object
    ) -> None:
        """Say it under a picture; words alone where it is too long for that, or takes the place of words."""
        text = self.language.messages.render(template, **values)
        if self.pressed_message_id is None and fits_caption(text):
            self.send_photo(figures, template, rows, **values)
        else:
            self.reply(template, rows, **values)

    def reply_under(self, template: str, rows: Sequence[Row] = (), /, **values: object) -> None:
        """Say it in the pressed message, under its picture where it has one; in a new message where it is too long."""
        caption = self._caption(template, values)
        if self.pressed_photo_id is None or not fits_caption(caption["caption"]):
            self.reply(template, rows, **values)
            return
        markup: dict[str, Any] = {"reply_markup": keyboard(self.language.messages, rows)}
        self._put("editMessageCaption", {"message_id": self.pressed_photo_id} | caption | markup)

    def send_document(
        self, figures: Mapping[str, Any], template: str, rows: Sequence[Row] = (), /, **values: object
    ) -> None:
        """Send the file that these figures make, named by their `file`, the message under it."""
        markup = {"reply_markup": keyboard(self.language.messages, rows)} if rows else {}
        self._put("sendDocument", {"document": dict(figures)} | self._caption(template, values) | markup)

    def send_audio(self, guide: Guide, template: str, rows: Sequence[Row] = (), /, **values: object) -> None:
        """Send a guide to hear, the message under it."""
        shown = {"title": guide.title, "performer": guide.performer, "duration": guide.seconds}
        markup = {"reply_markup": keyboard(self.language.messages, rows)} if rows else {}
        files = {"audio": guide.wish, "thumbnail": guide.thumbnail}
        self._put("sendAudio", files | shown | self._caption(template, values) | markup)

    def send_copy(self, message: Mapping[str, Any]) -> None:
        """Send text with entities as a person wrote them."""
        self._put("sendMessage", dict(message))

    def react(self, emoji: str, otherwise: str | None = None, /, **values: object) -> bool:
        """React to the person's message; where Telegram refuses, say `otherwise`. Return whether there is a message."""
        if self.said_id is None:
            return False
        payload: dict[str, Any] = {"message_id": self.said_id, "reaction": [{"type": "emoji", "emoji": emoji}]}
        if otherwise is not None:
            payload[OTHERWISE] = {"chat_id": self.user.id} | self._text(otherwise, values)
        reaction = self._put(REACT, payload)
        reaction.useful_until = self.now + REACTS_WITHIN if otherwise is None else None
        return True

    def edit_buttons(self, rows: Sequence[Row]) -> None:
        """Change only the buttons of the pressed message."""
        markup = keyboard(self.language.messages, rows)
        self._put("editMessageReplyMarkup", {"message_id": self.pressed_message_id, "reply_markup": markup})

    def change(self, message_id: int, template: str, rows: Sequence[Row] = (), /, **values: object) -> None:
        """Say it in a message that stands in the chat, and nowhere else where that is gone."""
        edit = {"message_id": message_id, "reply_markup": keyboard(self.language.messages, rows), ONLY_EDIT: True}
        self._put("editMessageText", self._text(template, values) | edit)

    def let_words_answer(self, yes: CallbackData, no: CallbackData) -> None:
        """Let a typed yes or no to the question that was just said do what these buttons do: in the next message."""
        if self.group is None:
            shown.note_asked(self.user, Asked(yes.pack(), no.pack()), self.now)

    def press(self, data: str) -> None:
        """Do what the button with this data does. Raises StaleButton for an old one."""
        action = parse(data)
        work = self.works.get(type(action)) if action is not None else None
        if work is None:
            raise StaleButton
        work(self, action)

    def ask(self, awaiting: str, template: str, rows: Sequence[Row] = (), /, **values: object) -> None:
        """Ask a question: the next line of text is taken for its answer. The last question's buttons go away."""
        self.close_prompt()
        self.user.awaiting, self.user.awaiting_kind = shown.note_prompt(self.user, awaiting, self.now), None
        self.user.prompt_message_id = self.pressed_message_id or self.user.prompt_message_id
        self.reply(template, rows, **values).remember = self.pressed_message_id is None

    def close_prompt(self) -> None:
        """Wait for nothing any more, and take away the buttons of the last question."""
        prompt = self.user.prompt_message_id
        if prompt is None and self.user.awaiting is None:
            return  # nothing is written to: a row that did not change is not saved again
        self.user.prompt_message_id = self.user.awaiting = None
        if prompt is not None and prompt != self.pressed_message_id:
            empty: dict[str, Any] = {"inline_keyboard": []}
            self._put("editMessageReplyMarkup", {"message_id": prompt, "reply_markup": empty})

    def answer_callback(self, template: str, /, *, alert: bool = False, **values: object) -> None:
        """Answer the button press with a toast, or with an alert where it must be read."""
        self.toast = Toast(self.language.messages.render(template, **values), alert)

    def _caption(self, template: str, values: dict[str, object]) -> dict[str, Any]:
        return {"caption": self.language.messages.render(template, **values), "parse_mode": "HTML"}

    def _text(self, template: str, values: dict[str, object]) -> dict[str, Any]:
        return {
            "text": self.language.messages.render(template, **values),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }

    def _put(self, method: str, payload: dict[str, Any]) -> Outgoing:
        chat_id = self.user.id if self.group is None else self.group
        message = Outgoing(
            user_id=self.user.id if self.group is None else None,
            chat_id=chat_id,
            method=method,
            payload={"chat_id": chat_id} | payload,
            owner=self.replica,
            created_at=self.now,
        )
        self.outgoing.append(message)
        return message
