"""The engine of reminders in a process of its own, to be killed: ticker and sender against a server in the parent.

Children come from a fork server that has everything imported: they start in milliseconds and die without a trace.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, cast

from aiohttp import web

from content.library import Content, Language
from db import outbox
from db.engine import Database
from db.outbox import Outgoing
from gateway.ops.leadership import Leadership
from gateway.outbound.sender import Sender
from gateway.outbound.transport import AiohttpRequest, BotApi
from scheduler.reminder_messages import Draft, ReminderComposer, ReminderMessage
from scheduler.ticker import Ticker
from tests.support.fork_server import fork_server
from tests.support.process_reaper import die_with_parent

TOKEN = "1:local"


class PlainWording(ReminderComposer):
    """Words that need no content."""

    def __init__(self) -> None:
        super().__init__(lambda: cast("Content", None))

    def compose(
        self, language: str, due: datetime, key: tuple[object, ...] | None, draft: Callable[[Language], Draft]
    ) -> ReminderMessage:
        """Return the same for everybody."""
        assert key is not None
        return ReminderMessage({"text": f"{key[2]} {key[1]}"}, "late")


@dataclass(frozen=True)
class Orders:
    """Orders of a child. `die_at`: kill itself the `nth` time it reaches this step."""

    database: str
    server: str
    now: datetime
    die_at: str | None = None
    nth: int = 1
    rate: float | None = None
    reply: int | None = None  # write one reply to this person first, as a handler does
    leadership: bool = False  # stand for leader, and run until killed
    name: str = "child"
    batch: int = 100


@dataclass
class Telegram:
    """A server that remembers whom it was asked to write to. `on_call` may refuse, hang or kill."""

    received: list[tuple[float, int, str]] = field(default_factory=list)
    url: str = ""
    on_call: Callable[[int], web.Response | None] | None = None
    accepted_but_lost: Counter[int] = field(default_factory=Counter)

    @property
    def counts(self) -> Counter[int]:
        """Number of messages that each chat received."""
        return Counter(chat for _, chat, _ in self.received)

    async def handle(self, request: web.Request) -> web.Response:
        """Take one call."""
        params = await request.json()
        chat = int(params["chat_id"])
        if self.on_call is not None and (answer := self.on_call(chat)) is not None:
            return answer
        self.received.append((monotonic(), chat, params["text"]))
        return web.json_response({"ok": True, "result": {"message_id": len(self.received)}})


@asynccontextmanager
async def telegram() -> AsyncIterator[Telegram]:
    """Run a server on loopback."""
    made = Telegram()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", made.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()


def child(orders: Orders) -> BaseProcess:
    """Start a child with these orders."""
    process = fork_server().Process(target=_main, args=(orders,), daemon=True)
    process.start()
    return process


async def ended(process: BaseProcess, within: float = 60) -> int:
    """Wait for a child and return its exit code, −9 for one that was killed."""
    await asyncio.to_thread(process.join, within)
    assert process.exitcode is not None, "the child hangs"
    code = process.exitcode
    process.close()
    return code


def _main(orders: Orders) -> None:
    die_with_parent()  # the fork server, which ends with the tests
    asyncio.run(_run(orders))


async def _run(orders: Orders) -> None:
    reached: Counter[str] = Counter()

    def step(name: str) -> None:
        reached[name] += 1
        if name == orders.die_at and reached[name] == orders.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    began = monotonic()

    def clock() -> datetime:
        return orders.now + timedelta(seconds=monotonic() - began)

    database = Database(orders.database)
    request = AiohttpRequest()
    await request.initialize()
    sender = Sender(
        database,
        BotApi(request, TOKEN, orders.server),
        clock=clock,
        rate=orders.rate,
        replica=f"{orders.name}-{os.getpid()}",
        leads=not orders.leadership,
        step=step,
    )
    ticker = Ticker(
        database,
        PlainWording(),
        clock=clock,
        leads=lambda: sender.leads,
        on_written=sender.bulk_written,
        room=lambda: sender.has_capacity,
        every_seconds=0.2,
        batch=orders.batch,
        step=step,
    )
    sender.on_capacity(ticker.resume)
    if orders.leadership:
        leadership = Leadership(database, orders.name, changed=sender.set_leader, adopted=sender.wake, beat_seconds=0.2)
        await leadership.start()
    else:
        await database.run(lambda session: outbox.adopt(session, f"{orders.name}-{os.getpid()}"))
    await sender.start()
    if orders.reply is not None:
        await _reply(database, sender, orders.reply, clock(), step)
    ticker.start()
    await _serve(sender, ticker, forever=orders.leadership)
    await ticker.stop()
    await sender.stop()
    await request.shutdown()
    database.close()


async def _reply(database: Database, sender: Sender, person: int, now: datetime, step: Callable[[str], None]) -> None:
    """Do as a handler does: one transaction, then the messages are handed over."""
    given: dict[str, Any] = {"chat_id": person, "payload": {"chat_id": person, "text": "reply"}, "created_at": now}
    row = Outgoing(user_id=person, method="sendMessage", owner="child", **given)
    rows = await database.run(lambda session: outbox.enqueue(session, [row]))
    step("replied")
    sender.enqueue(rows)


async def _serve(sender: Sender, ticker: Ticker, *, forever: bool) -> None:
    """Run until a tick finds nothing and everything is sent, or for ever."""
    while True:
        await sender.until_idle()
        if not forever and await ticker.tick_now() == 0 and sender.idle:
            return
        await asyncio.sleep(0.05)
