"""Serving: `run` against Telegram, `chat` against the local one."""

import argparse
import asyncio
import logging
import signal
import socket
import webbrowser
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, Final

import uvloop

from app.bot_app import BotApp
from app.introduction import WebhookConfig
from app.runtime import ShiftableClock, freeze_gc, load_content, next_due_at, open_database
from app.steady_clock import SteadyClock
from cli.report import OK, REFUSED, complain, log_to_stderr
from content.library import Content
from db.engine import Database
from gateway.outbound import proxies
from settings import Settings
from telegram_local.access import kept_key
from telegram_local.server import LocalTelegram

HOW_TO_BEGIN: Final = """\
BOT_TOKEN is not set. Talk to @BotFather in Telegram, send /newbot, and put the token it gives you into .env.
To try the coach without Telegram: make chat"""
CHAT_DATA: Final = Path("data/chat")


class PortTaken(Exception):
    """The chat page cannot be served on its port, and why."""


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Serve Telegram until Ctrl-C or SIGTERM."""
    if settings.bot_token is None:
        return complain(*HOW_TO_BEGIN.splitlines(), code=REFUSED)
    proxies.require(settings.bot_api_url)
    token = settings.bot_token.get_secret_value()
    content = load_content()
    clock = SteadyClock()
    hook = None
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        hook = WebhookConfig(settings.webhook_url, settings.webhook_secret.get_secret_value())
    with closing(open_database(settings.database_url)) as db, _listener(settings) or nullcontext() as listener:

        async def serve(stop: asyncio.Event) -> None:
            running = BotApp(
                token=token,
                api_url=settings.bot_api_url,
                db=db,
                content=content,
                clock=clock,
                doubted=clock.doubted_for,
                rate=settings.message_rate,
                paid=settings.paid_broadcast,
                admins=settings.admin_ids,
                hook=hook,
                listener=listener,
                warmed=freeze_gc,
                warms_up=True,
            )
            await running.run(stop)

        _until_signal(serve)
    return OK


def _listener(settings: Settings) -> socket.socket | None:
    """Open LISTEN. Where nobody chose it and somebody else has it, there are no health and metrics: None.

    Raises OSError where it was chosen, or a webhook needs it.
    """
    host, port = settings.address
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if settings.webhook_url or "listen" in settings.model_fields_set:
            raise OSError(error.errno, f"LISTEN {settings.listen}: {error.strerror}") from None
        logging.getLogger(__name__).warning(
            "no health and no metrics: LISTEN is taken", extra={"listen": settings.listen}
        )
        return None


def chat(settings: Settings, options: argparse.Namespace) -> int:
    """Run the same bot against the local Telegram, with a page to chat in and a clock to jump with."""
    CHAT_DATA.mkdir(parents=True, exist_ok=True)
    # Never DATABASE_URL: the local Telegram knows none of its people, and their reminders would end as undeliverable.
    with closing(open_database(f"sqlite:///{CHAT_DATA / 'calf-coach.db'}")) as db:
        clock = ShiftableClock(CHAT_DATA / "clock.json")
        content = load_content()
        page_key = kept_key(CHAT_DATA / "page.key")
        log_to_stderr(settings, page_key)
        try:
            _until_signal(lambda stop: _chat(db, clock, content, settings.admin_ids, page_key, options, stop))
        except PortTaken as error:
            return complain(f"Cannot serve on port {options.port}: {error}. Try --port 0 for a free one.")
    return OK


async def _chat(
    db: Database,
    clock: ShiftableClock,
    content: Content,
    admins: frozenset[int],
    page_key: str,
    options: argparse.Namespace,
    stop: asyncio.Event,
) -> None:
    """Serve the chat page and run the bot behind it until `stop`. Raises PortTaken, and what ends the bot."""

    async def jump() -> None:
        if due := await next_due_at(db):
            clock.jump(due)
            await running.ticker.tick_now()
            running.sender.wake()

    telegram = LocalTelegram(
        page_key=page_key,
        bot_name="Calf Coach",
        now=clock,
        next_event=lambda: next_due_at(db),
        jump=jump,
        state_file=CHAT_DATA / "telegram.json",
    )
    try:
        address = await telegram.start(port=options.port)
    except OSError as error:
        raise PortTaken(error.strerror) from error
    try:
        running = BotApp(
            token=telegram.token,
            api_url=address,
            db=db,
            content=content,
            clock=clock,
            rate=1000,
            admins=admins,
            warmed=freeze_gc,
            warms_up=True,
        )
        print(f"Chat with the coach at {telegram.page_address} (Ctrl-C stops)", flush=True)
        if not options.no_browser:
            webbrowser.open(telegram.page_address)
        await running.run(stop)
    finally:
        await telegram.stop()


def _until_signal(serve: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Run `serve(stop)`, setting `stop` on Ctrl-C and SIGTERM."""

    async def guarded() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        await serve(stop)
        # The loop joins the threads of its executor when it closes, and one may wait for weights that are being fitted:
        # it gets another executor, and `cli.ending` ends under the old one's threads.
        loop.set_default_executor(ThreadPoolExecutor(1))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(guarded())
