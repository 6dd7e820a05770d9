"""Talking: `talk` runs the bot against the local Telegram and holds the conversation in the terminal."""

import argparse
import asyncio
import contextlib
import signal
import sys
import tempfile
from pathlib import Path
from typing import Final

import uvloop

from app.bot_app import BotApp
from app.runtime import ShiftableClock, freeze_gc, load_content, open_database
from cli.report import OK, log_to_stderr
from cli.talk_screen import Screen
from cli.talk_session import TalkSession
from settings import Settings
from telegram_local.api.media import find
from telegram_local.server import LocalTelegram

GREETING: Final = "You talk with the coach as somebody new to it. !help says what you can do here; Ctrl-D ends."


def talk(settings: Settings, options: argparse.Namespace) -> int:
    """Hold the conversation in this terminal: lines are messages, numbers press buttons, !jump moves the clock."""
    if "log_level" not in settings.model_fields_set:  # the log would stand between the lines of the chat
        log_to_stderr(settings.model_copy(update={"log_level": "WARNING"}))
    with contextlib.ExitStack() as stack:
        folder = options.data
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="calf-coach-")))
        folder.mkdir(parents=True, exist_ok=True)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_talk(settings, folder))
    return OK


async def _talk(settings: Settings, folder: Path) -> None:
    """Run the bot until the input ends. Raises what ends the bot."""
    # Never DATABASE_URL: the local Telegram knows none of its people.
    async with contextlib.AsyncExitStack() as stack:
        db = stack.enter_context(contextlib.closing(open_database(f"sqlite:///{folder / 'calf-coach.db'}")))
        clock = ShiftableClock(folder / "clock.json")
        telegram = LocalTelegram(bot_name="Calf Coach", now=clock, state_file=folder / "telegram.json")
        stack.push_async_callback(telegram.stop)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        running = BotApp(
            token=telegram.token,
            api_url=await telegram.start(),
            db=db,
            content=load_content(),
            clock=clock,
            rate=1000,
            admins=settings.admin_ids,
            warmed=freeze_gc,
        )
        interactive = sys.stdin.isatty()
        screen = Screen(_print, lambda file_id: _file(telegram, file_id), colour=sys.stdout.isatty())
        session = TalkSession(telegram, running, clock, screen)
        telegram.core.watchers.append(session.watch)
        started = asyncio.Event()
        serving = asyncio.create_task(running.run(stop, started=started.set))
        if interactive:
            screen.note(GREETING)
        talking = asyncio.create_task(session.run(started, echo=not interactive))
        await asyncio.wait({serving, talking}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        try:
            await serving
        finally:
            talking.cancel()
            await asyncio.gather(talking, return_exceptions=not talking.done())


def _file(telegram: LocalTelegram, file_id: str) -> tuple[str, bytes] | None:
    file = find(telegram.core.state, file_id)
    return None if file is None else (file.name or Path(file.path).name, file.data)


def _print(line: str) -> None:
    print(line, flush=True)
