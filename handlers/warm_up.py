"""Warm-up: what people mostly do is done once before anybody comes, for the first time takes ten times as long.

A conversation goes through the real handlers, against the real database in a transaction that is undone. Nothing is
sent: messages are dropped, and calls of the Bot API are answered here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from typing import Any, Final

import orjson
from telegram.request import BaseRequest, RequestData

from coach.buttons.callback_data import CallbackData
from coach.buttons.plan import AnswerCheck, DaysChosen, EquipmentChosen, PickAge, PickExperience, ToggleDay
from coach.buttons.setup import BeginSetup, GoalsChosen, PickTime, SkipStep, ToggleGoal
from coach.planning.inputs import AgeGroup, Experience
from coach.profile import Goal, PromptKind
from content.library import Content
from db.engine import Database
from db.outbox import Outgoing
from db.rollback import rolled_back
from handlers import registry
from handlers.account import help_menu
from handlers.framework.application import Services, build
from handlers.framework.dispatcher import Dispatcher

log: Final = logging.getLogger(__name__)

PERSON: Final = -1  # Telegram has none of this number
ADDRESS: Final = "http://warming.invalid"
SETTING_UP: Final[tuple[CallbackData | str, ...]] = (
    "/start",
    BeginSetup(),
    ToggleGoal(Goal.CALVES),
    GoalsChosen(),
    PickExperience(Experience.NEW),
    ToggleDay(1),
    DaysChosen(),
    EquipmentChosen(),
    AnswerCheck(1),
    PickAge(AgeGroup.ADULT),
    SkipStep(PromptKind.UNITS),
    "Europe/Berlin",
    PickTime("0700"),
)
PRESSED: Final = ("today", "plan", "faq", "help")
"""Commands under whose messages every button is pressed."""

QUESTIONS: Final = 6


class _Nobody(BaseRequest):
    """Reaches nobody: every call went well."""

    read_timeout = None

    async def initialize(self) -> None:
        """Open nothing."""

    async def shutdown(self) -> None:
        """Close nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Answer getMe with a bot, and everything else with True."""
        me = {"id": 1, "is_bot": True, "first_name": "-", "username": "warming_bot"}
        return 200, orjson.dumps({"ok": True, "result": me if url.endswith("/getMe") else True})


class _Conversation:
    """A person who never was, and what the bot says to them."""

    def __init__(self, database: Database, real: Services) -> None:
        self.said: list[Outgoing] = []
        self.services = Services(
            database, real.content, real.places, real.now, self.said.extend, real.replica, real.prompts
        )
        nobody = _Nobody()
        self.application = build("1:warming", ADDRESS, nobody, nobody, self.services)
        registry.register(self.application)
        self._dispatch = Dispatcher(self.application)
        self._number = 0

    async def write(self, line: str) -> None:
        """Write a line."""
        command = len(line.split(maxsplit=1)[0]) if line.startswith("/") else 0
        entities = [{"type": "bot_command", "offset": 0, "length": command}] if command else []
        await self._happen("message", self._message() | {"from": _person(), "text": line, "entities": entities})

    async def press(self, data: str) -> None:
        """Press a button."""
        pressed = {"id": "1", "from": _person(), "chat_instance": "1", "data": data}
        await self._happen("callback_query", pressed | {"message": self._message() | {"text": "-"}})

    async def _happen(self, kind: str, what: dict[str, Any]) -> None:
        self._number -= 1  # Telegram counts upwards
        await self._dispatch({"update_id": self._number, kind: what})

    def _message(self) -> dict[str, Any]:
        return {"message_id": 1, "date": 1, "chat": {"id": PERSON, "type": "private", "first_name": "-"}}

    def buttons(self) -> list[str]:
        """Return what the buttons carry that were shown since the last time."""
        rows = [
            row for each in self.said for row in (each.payload.get("reply_markup") or {}).get("inline_keyboard", ())
        ]
        self.said.clear()
        return list(
            dict.fromkeys(button["callback_data"] for row in rows for button in row if "callback_data" in button)
        )


def warm_commands(database: Database, services: Services, stopped: Callable[[], bool] = lambda: False) -> None:
    """Let a person set themselves up and use every command: under a second. Writes and sends nothing.

    What goes wrong is logged: the bot works without. Ends early once `stopped` says so.
    """
    _warm(database, services, _use, stopped)


def warm_questions(database: Database, services: Services, stopped: Callable[[], bool] = lambda: False) -> None:
    """Let a person ask a few questions and make every request, likewise; what finds answers must be loaded."""
    _warm(database, services, _ask, stopped)


def _warm(
    database: Database,
    services: Services,
    steps: Callable[[_Conversation], Iterator[Awaitable[None]]],
    stopped: Callable[[], bool],
) -> None:
    async def converse(person: _Conversation) -> None:
        await person.application.initialize()
        try:
            for step in steps(person):
                await step
                if stopped():
                    return
        finally:
            await person.application.shutdown()

    try:
        with rolled_back(database) as undone:
            asyncio.run(converse(_Conversation(undone, services)))
    except Exception as error:
        log.warning("warming up failed", extra={"error": type(error).__name__})


def _use(person: _Conversation) -> Iterator[Awaitable[None]]:
    for step in SETTING_UP:
        yield person.write(step) if isinstance(step, str) else person.press(step.pack())
    for name in help_menu.COMMANDS:
        person.said.clear()
        yield person.write(f"/{name}")
        for data in person.buttons() if name in PRESSED else ():
            yield person.press(data)
        yield person.write("/cancel")


def _ask(person: _Conversation) -> Iterator[Awaitable[None]]:
    yield person.write("/start")
    for line in (*_questions(person.services.content), *_requests(person.services.content)):
        yield person.write(line)


def _questions(content: Content) -> Iterator[str]:
    """Yield what is known word for word, and the same in words that only meaning finds."""
    for entry in islice(content.language(None).entries.values(), QUESTIONS):
        yield entry.question
        yield " ".join(reversed(entry.question.split()))


def _requests(content: Content) -> Iterator[str]:
    """Yield a request of each intent: the grammars of its slots are compiled when first used."""
    for examples in content.language(None).examples.requests.values():
        yield examples[0]


def _person() -> dict[str, Any]:
    return {"id": PERSON, "is_bot": False, "first_name": "-", "language_code": "en"}
