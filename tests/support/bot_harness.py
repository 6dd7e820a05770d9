"""The whole bot against local Telegram, on a clock that tests move: speak as a person, look at what comes back."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any, Self
from unittest.mock import patch

from app.bot_app import BotApp
from app.introduction import WebhookConfig
from app.runtime import next_due_at
from content.library import Content
from content.rendering.messages import Messages
from content.understanding.places import Places
from db.engine import Database
from db.models import User
from gateway.outbound import rate_limit
from telegram_local.people import LocalUser
from telegram_local.server import LocalTelegram
from telegram_local.state import Message
from tests.support.kept_files import kept_files
from tests.support.quick_start import no_menus, registered_once
from tests.support.tdlib import parse_html

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
TOKEN = "1:local"
SECRET = "only-Telegram_knows"
PLACES = Places()  # read once for all tests, on first use
BESIDE = {"exercises/poses", "today/bars"}
"""The messages under pictures that follow the text of a session: its exercises, or its phases."""

GLUED = re.compile(r"[a-z)][.!?](?:</?\w+>)*[A-Z]")
"""A sentence without a space before the next: a template's line that lost its break."""

NEVER = 86_400.0  # tests tick by hand: a tick between two steps would be a race


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **stretch: float) -> None:
        """Move on by so much."""
        self.now += timedelta(**stretch)


class Said(str):
    """The text of a message, with the name of the template that rendered it and the values it was given.

    Both are empty where no template rendered the whole text.
    """

    template: str
    values: Mapping[str, Any]

    def __new__(cls, text: str, template: str = "", values: Mapping[str, Any] | None = None) -> Self:
        """Return the text; it equals a plain `str` of the same letters."""
        said = super().__new__(cls, text)
        said.template, said.values = template, values or {}
        return said

    def shows(self, template: str, *values: str, **chosen: object) -> bool:
        """Return whether `template` rendered this text, each value stands in it, and `chosen` led to its branch.

        A bool in `chosen` stands for every value that is as true or as false.
        """
        return (
            self.template == template
            and all(value in self for value in values)
            and all(
                name in self.values
                and (bool(self.values[name]) if isinstance(value, bool) else self.values[name]) == value
                for name, value in chosen.items()
            )
        )


class RenderedMessages:
    """The template and values of every text rendered so far, by the text as a person sees it."""

    def __init__(self) -> None:
        self._rendered: dict[str, tuple[str, Mapping[str, Any]]] = {}

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Note what `Messages.render` is called with."""
        render = Messages.render

        def noted(messages: Messages, name: str, /, **values: object) -> str:
            html = render(messages, name, **values)
            self._rendered[_seen(html)] = name, values
            return html

        with patch.object(Messages, "render", noted):
            yield

    def known(self) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
        """Return what was rendered so far."""
        return dict(self._rendered)

    def add(self, rendered: Mapping[str, tuple[str, Mapping[str, Any]]]) -> None:
        """Count texts of an earlier run as rendered."""
        self._rendered.update(rendered)

    def said(self, text: str) -> Said:
        """Return a text that a person sees, with where it came from."""
        template, values = self._rendered.get(_spaced(text), ("", {}))
        return Said(text, template, values)


def _seen(html: str) -> str:
    return _spaced(unescape(re.sub(r"<[^<>]*>", "", html)))


def _spaced(text: str) -> str:
    return " ".join(text.split())


class BotHarness:
    """A running bot and the people who talk to it."""

    def __init__(
        self, telegram: LocalTelegram, running: BotApp, clock: Clock, served: str, labels: Mapping[str, str]
    ) -> None:
        """`labels`: the English label of each key, by which buttons are pressed."""
        self.telegram, self.running, self.clock, self.served = telegram, running, clock, served
        self.labels, self.rendered = labels, RenderedMessages()
        self.within = 10.0  # seconds, for an update to be answered

    def person(self, user_id: int = 1, name: str = "Ann", language: str = "en") -> "Person":
        """Return a person of the local Telegram, whose app speaks `language`."""
        return Person(self, self.telegram.user(user_id, first_name=name, language_code=language))

    async def stored(self, who: int = 1) -> User:
        """Return the row of a person, who must have one."""
        user = await self.running.db.run(lambda session: session.get(User, who))
        assert user is not None
        return user

    async def settle(self) -> None:
        """Wait until everything sent to the bot is answered."""
        await self.telegram.until(lambda: self.telegram.pending_updates == 0, timeout=self.within)
        await self.running.intake.until_idle()
        await self.running.sender.until_idle()

    async def tick(self) -> None:
        """Let the scheduler look what is due now."""
        await self.running.ticker.tick_now()
        self.running.sender.wake()
        await self.settle()

    async def jump(self) -> datetime:
        """Move the clock to the next reminder and let it arrive."""
        due = await next_due_at(self.running.db)
        assert due is not None, "nothing is due"
        self.clock.now = max(self.clock.now, due)
        await self.tick()
        return due


class Person:
    """A person in a chat with the bot."""

    def __init__(self, bot: BotHarness, user: LocalUser) -> None:
        self._bot, self.user = bot, user

    async def says(self, text: str) -> Said:
        """Write a line; return the text of the newest message after it is answered."""
        await self.user.send(text)
        await self._bot.settle()
        return self.sees

    async def edits(self, text: str, message: Message | None = None) -> Said:
        """Change one's newest message, or another; return the text of the newest message of the bot after it."""
        own = [sent for sent in self.user.messages if not sent.from_bot]
        await self.user.edit(message or own[-1], text)
        await self._bot.settle()
        return self.sees

    async def presses(self, button: str, **values: object) -> Said:
        """Press a button by the key of its label, with its values, or by its text; return the newest message's text."""
        label = self._bot.labels.get(button)
        await self.user.press(button if label is None else label.format(**values) if values else label)
        await self._bot.settle()
        return self.sees

    def templates(self, since: int = 0) -> list[str]:
        """Return the templates of the messages of the bot, from the one with this place on."""
        return [self._bot.rendered.said(message.text).template for message in self.user.received[since:]]

    @property
    def sees(self) -> Said:
        """The text of the newest message of the bot, or what stands under its picture."""
        return self._bot.rendered.said(self._newest.text)

    @property
    def _newest(self) -> Message:
        """The newest message, but for the picture that follows the text of a session."""
        shown = [message for message in self.user.received if not self._illustrates(message)]
        return shown[-1] if shown else self.user.last

    def _illustrates(self, message: Message) -> bool:
        return self._bot.rendered.said(message.text).template in BESIDE

    @property
    def toast(self) -> Said:
        """The text of the newest toast."""
        return self._bot.rendered.said(self.user.toasts[-1])

    def offers(self, key: str) -> bool:
        """Return whether a button with the label of this key stands under the newest message of the bot."""
        return self._bot.labels[key] in self.buttons

    @property
    def buttons(self) -> list[str]:
        """The labels under the newest message of the bot."""
        markup = self._newest.get("reply_markup", {})
        return [button["text"] for row in markup.get("inline_keyboard", []) for button in row]


@asynccontextmanager
async def running_bot(
    db: Database,
    content: Content,
    clock: Clock | None = None,
    *,
    by_webhook: bool = False,
    webhook_left: str = "",
    menus: bool = False,
    **options: Any,
) -> AsyncIterator[BotHarness]:
    """Run the bot; afterwards everything it sent must have been valid and readable for Telegram's own parser.

    It always listens; `by_webhook`, updates come that way too; `webhook_left` was set before.
    The usual bot, in English and without administrators, sets its menus where a test asks for `menus`.
    `options` go to `BotApp`.
    """
    clock = clock or Clock()
    usual = not menus and len(content.languages) == 1 and not options.get("admins")
    listener = socket.create_server(("127.0.0.1", 0))
    served = f"http://127.0.0.1:{listener.getsockname()[1]}"
    telegram = LocalTelegram(token=TOKEN, now=clock)
    telegram.core.state.webhook.url = webhook_left
    address = await telegram.start()
    with registered_once():
        running = BotApp(
            token=TOKEN,
            api_url=address,
            db=db,
            content=content,
            clock=clock,
            rate=1000,
            places=PLACES,
            tick_seconds=NEVER,
            hook=WebhookConfig(f"{served}/telegram", SECRET) if by_webhook else None,
            listener=listener,
            **options,
        )
    stop, started = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(running.run(stop, started=started.set))
    try:
        waiting = asyncio.create_task(started.wait())
        with no_menus() if usual else nullcontext():
            await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if serving.done():
            serving.result()
        harness = BotHarness(telegram, running, clock, served, content.language(None).messages.labels)
        # On a clock that jumps, nobody waits for the second between two messages to one chat.
        with (
            harness.rendered.recording(),
            patch.object(rate_limit, "CHAT_SECONDS", 0.0),
            kept_files(),
        ):
            yield harness
    finally:
        stop.set()
        await serving
        await telegram.stop()
        listener.close()
    assert telegram.schema_faults == []
    for call in telegram.calls:
        _readable(call.params)


def _readable(params: dict[str, Any]) -> None:
    if params.get("parse_mode") == "HTML":
        for field in ("text", "caption"):
            if field in params:
                parse_html(params[field])
                assert not GLUED.search(params[field]), params[field]
                assert "\n\n\n" not in params[field], params[field]
