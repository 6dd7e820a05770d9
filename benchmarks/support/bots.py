"""The bots that are measured, each in a process of its own: ours, and three written the usual way.

The three do what such bots do: a command upserts its user in SQLite and greets; any other text is looked up by fuzzy
matching among the phrasings of our FAQ, counted in SQLite, and answered. They use their library as its tutorial does,
but with the pragmas of our own database, and they log nothing.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time
from typing import Any, Final

TOKEN: Final = "123456789:bench-bench-bench-bench-bench-bench"
Answers = dict[str, str]


@dataclass(frozen=True)
class Usage:
    """Processor time and memory of a process."""

    cpu_seconds: float
    memory_mb: float


class Bot:
    """The parent's side of a running bot."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def usage(self) -> Usage:
        """Processor time since its start, and memory now."""
        self._pipe.send(None)
        found: Usage = self._pipe.recv()
        return found


@contextmanager
def bot(name: str, url: str, folder: Path) -> Iterator[Bot]:
    """Run the bot of this name (a key of EVERY) against the server at `url` while the block runs."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_main, args=(name, url, folder, theirs), daemon=True)
    process.start()
    try:
        yield Bot(ours)
    finally:
        process.kill()
        process.join()
        ours.close()
        theirs.close()


def _main(name: str, url: str, folder: Path, pipe: Connection) -> None:
    logging.disable(logging.CRITICAL)
    threading.Thread(target=_tell, args=(pipe,), daemon=True).start()
    EVERY[name](url, folder)


def _tell(pipe: Connection) -> None:
    while True:
        pipe.recv()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        pipe.send(Usage(process_time(), pages * 4096 / 1e6))


def calf_coach(url: str, folder: Path) -> None:
    """Ours, as `bot.py run` runs it."""
    import uvloop

    from app.bot_app import BotApp
    from app.runtime import freeze_gc, load_content, open_database

    database = open_database(f"sqlite:///{folder / 'calf-coach.db'}")
    content = load_content()

    async def serve() -> None:
        running = BotApp(token=TOKEN, api_url=url, db=database, content=content, warmed=freeze_gc, warms_up=True)
        await running.run(asyncio.Event())

    uvloop.run(serve())


class _Usual:
    """The database and the FAQ of a bot written the usual way."""

    def __init__(self, folder: Path) -> None:
        from rapidfuzz import fuzz, process

        from app.runtime import load_content

        self._database = sqlite3.connect(folder / "plain.db", isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, questions INTEGER)")
        self._answers: Answers = {
            phrasing: entry.text
            for entry in load_content().language(None).entries.values()
            for phrasing in (entry.question, *entry.phrasings)
        }
        self._known = list(self._answers)
        self._best: Callable[..., Any] = process.extractOne
        self._scorer = fuzz.token_set_ratio

    def greet(self, person: int, name: str) -> str:
        """Store the person and return a greeting."""
        self._database.execute(
            "INSERT INTO person VALUES (?, ?, 0) ON CONFLICT (id) DO UPDATE SET name = excluded.name", (person, name)
        )
        return f"Hello {name}, ask me about calves."

    def answer(self, person: int, question: str) -> str:
        """Count the question and return the answer to the likest phrasing."""
        phrasing, _, _ = self._best(question.lower(), self._known, scorer=self._scorer)
        self._database.execute(
            "INSERT INTO person VALUES (?, '', 1) ON CONFLICT (id) DO UPDATE SET questions = questions + 1", (person,)
        )
        return self._answers[phrasing][:4000]


def python_telegram_bot(url: str, folder: Path, *, concurrent: bool = False) -> None:
    """python-telegram-bot as in its tutorial; `concurrent` takes 256 updates at once, without order in a chat."""
    from telegram import Update
    from telegram.ext import ApplicationBuilder, CommandHandler, ContextTypes, MessageHandler, filters

    usual = _Usual(folder)

    async def start(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        assert update.effective_user is not None
        await update.message.reply_text(usual.greet(update.effective_user.id, update.effective_user.first_name))

    async def question(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        assert update.effective_user is not None
        await update.message.reply_text(usual.answer(update.effective_user.id, update.message.text or ""))

    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(concurrent)
    if concurrent:
        builder = builder.connection_pool_size(64).pool_timeout(600)
    application = builder.build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, question))
    application.run_polling(stop_signals=None)


def aiogram(url: str, folder: Path) -> None:
    """Aiogram as in its tutorial: every update is a task of its own."""
    from aiogram import Bot as AiogramBot
    from aiogram import Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.filters import CommandStart
    from aiogram.types import Message

    usual = _Usual(folder)
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())  # type: ignore[untyped-decorator, unused-ignore]
    async def start(message: Message) -> None:
        assert message.from_user is not None
        await message.answer(usual.greet(message.from_user.id, message.from_user.first_name))

    @dispatcher.message()  # type: ignore[untyped-decorator, unused-ignore]
    async def question(message: Message) -> None:
        assert message.from_user is not None
        await message.answer(usual.answer(message.from_user.id, message.text or ""))

    async def serve() -> None:
        session = AiohttpSession(api=TelegramAPIServer.from_base(url))
        await dispatcher.start_polling(AiogramBot(TOKEN, session=session), handle_signals=False)

    asyncio.run(serve())


def py_telegram_bot_api(url: str, folder: Path) -> None:
    """pyTelegramBotAPI's asynchronous bot as in its examples."""
    from telebot import asyncio_helper
    from telebot.async_telebot import AsyncTeleBot
    from telebot.types import Message

    asyncio_helper.API_URL = url + "/bot{0}/{1}"
    usual = _Usual(folder)
    telebot = AsyncTeleBot(TOKEN)

    @telebot.message_handler(commands=["start"])  # type: ignore[untyped-decorator, unused-ignore]
    async def start(message: Message) -> None:
        await telebot.send_message(message.chat.id, usual.greet(message.from_user.id, message.from_user.first_name))

    @telebot.message_handler(func=lambda _message: True)  # type: ignore[untyped-decorator, unused-ignore]
    async def question(message: Message) -> None:
        await telebot.send_message(message.chat.id, usual.answer(message.from_user.id, message.text))

    asyncio.run(telebot.polling())


EVERY: Final[dict[str, Callable[[str, Path], None]]] = {
    "Calf Coach": calf_coach,
    "python-telegram-bot": python_telegram_bot,
    "python-telegram-bot, concurrent": lambda url, folder: python_telegram_bot(url, folder, concurrent=True),
    "aiogram": aiogram,
    "pyTelegramBotAPI": py_telegram_bot_api,
}
