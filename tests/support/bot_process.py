"""The whole bot in a process of its own, to be killed and started again within milliseconds of its last breath.

Children come from a fork server that has everything imported and the content read.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from dataclasses import dataclass
from functools import cache
from multiprocessing.process import BaseProcess
from typing import Any

from app.bot_app import BotApp
from app.introduction import WebhookConfig
from app.runtime import load_content, open_database
from content.library import Content
from tests.support.bot_harness import SECRET
from tests.support.fork_server import fork_server
from tests.support.process_reaper import die_with_parent

TOKEN = "1:local"
LISTENING = 256  # connections that wait while a child starts


@cache
def content() -> Content:
    """The content, read once."""
    return load_content()


@dataclass(frozen=True)
class Orders:
    """Orders of a child that serves. `port`: take updates by webhook there, and have Telegram bring them to `hook`."""

    database: str
    server: str
    port: int | None = None
    hook: str = ""


def child(orders: Orders) -> BaseProcess:
    """Start a bot with these orders; it runs until it is killed."""
    process = fork_server().Process(target=_main, args=(orders,), daemon=True)
    process.start()
    return process


def free_port() -> int:
    """Return a port on loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _main(orders: Orders) -> None:
    die_with_parent()  # the fork server, which ends with the tests
    logging.disable(logging.CRITICAL)
    asyncio.run(_serve(orders))


async def _serve(orders: Orders) -> None:
    options: dict[str, Any] = {}
    if orders.port is not None:
        listener = socket.create_server(("127.0.0.1", orders.port), backlog=LISTENING)
        hook = WebhookConfig(orders.hook or f"http://127.0.0.1:{orders.port}/telegram", SECRET)
        options = {"hook": hook, "listener": listener}
    running = BotApp(
        token=TOKEN, api_url=orders.server, db=open_database(orders.database), content=content(), rate=1000, **options
    )
    await running.run(asyncio.Event())
