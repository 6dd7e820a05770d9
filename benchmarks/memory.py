"""Memory that stays: the bot's resident size while updates of people never seen before come in.

    python -m benchmarks.memory --updates 100000

Telegram is a server in a process of its own, so that what it keeps is not counted. `--trace` names what grew.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import multiprocessing
import tempfile
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any, Final

import uvloop
from aiohttp import web

from app.bot_app import BotApp
from app.runtime import freeze_gc, load_content, open_database

TOKEN: Final = "123456789:bench-bench-bench-bench-bench-bench"
AT_ONCE: Final = 64
LINES: Final = ("/start", "/help", "/today", "thanks", "hello")
PAGE: Final = 4096


def main() -> None:
    """Measure, and print a line for every so many updates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--every", type=int, default=10_000)
    parser.add_argument("--trace", action="store_true")
    asked = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    telegram = multiprocessing.get_context("spawn").Process(target=_telegram, args=(theirs,), daemon=True)
    telegram.start()
    try:
        with tempfile.TemporaryDirectory() as folder, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_measure(ours.recv(), Path(folder), asked.updates, asked.every, trace=asked.trace))
    finally:
        telegram.terminate()


async def _measure(url: str, folder: Path, updates: int, every: int, *, trace: bool) -> None:
    database = open_database(f"sqlite:///{folder / 'coach.db'}")
    content = load_content()
    bot = BotApp(token=TOKEN, api_url=url, db=database, content=content, warmed=freeze_gc, warms_up=True)
    stop, started = asyncio.Event(), asyncio.Event()
    serving = asyncio.create_task(bot.run(stop, started=started.set))
    await started.wait()
    while not bot.health.warm:  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    print(f"{'updates':>8} {'MB':>7} {'a second':>9}")
    began, before = monotonic(), None
    for first in range(0, updates, every):
        await _write_in(bot, range(first, first + every))
        await bot.sender.until_idle()
        print(f"{first + every:>8} {_resident_mb():>7.1f} {(first + every) / (monotonic() - began):>9.0f}", flush=True)
        if trace:
            gc.collect()
            if not tracemalloc.is_tracing():
                tracemalloc.start(8)
                continue
            now = tracemalloc.take_snapshot()
            if before is not None:
                for line in now.compare_to(before, "lineno")[:15]:
                    print(f"    {line}")
            before = now
    stop.set()
    await serving
    database.close()


async def _write_in(bot: BotApp, numbers: range) -> None:
    waiting = iter(_updates(numbers))

    async def worker() -> None:
        for update in waiting:
            await bot.intake.submit(update)

    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


def _updates(numbers: range) -> Iterator[dict[str, Any]]:
    for number in numbers:
        person = 1_000_000 + number
        text = LINES[number % len(LINES)]
        message = {
            "message_id": number + 1,
            "date": 1_772_400_000,
            "chat": {"id": person, "type": "private", "first_name": f"Ann{number}"},
            "from": {"id": person, "is_bot": False, "first_name": f"Ann{number}", "language_code": "en"},
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        yield {"update_id": number + 1, "message": message}


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


def _telegram(ready: Connection) -> None:
    """Answer every method, for ever."""

    async def serve() -> None:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", _answer)
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        ready.send(f"http://127.0.0.1:{runner.addresses[0][1]}")
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(serve())


async def _answer(request: web.Request) -> web.Response:
    method = request.path.rpartition("/")[2]
    result: Any = True
    if method == "getMe":
        result = {"id": 1, "is_bot": True, "first_name": "Coach", "username": "coach_bot"}
    elif method == "getUpdates":
        await asyncio.sleep(20)
        result = []
    elif method.startswith("send"):
        result = {"message_id": 1}
    return web.json_response({"ok": True, "result": result})


if __name__ == "__main__":
    main()
