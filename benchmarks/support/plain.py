"""The usual way, to measure against: python-telegram-bot with its JobQueue, one job a person, its own transport."""

import asyncio
import logging
import multiprocessing
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from time import monotonic, sleep
from typing import Any

from telegram.ext import Application, ContextTypes, JobQueue

from benchmarks.support.server import Server


def job_queue(server: Server, people: int, *, patient: bool, within: float) -> tuple[int, float]:
    """Let `people` jobs be due at once in a bot of its own process; return messages in all, and a second.

    It has `within` seconds. `patient` lifts APScheduler's misfire limit of a second, which a plain bot leaves as it is;
    some thousands at once then stall its transport, where each request that waits goes through all that wait.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    bot = context.Process(target=_main, args=(theirs, server.url, people, patient), daemon=True)
    server.received()
    bot.start()
    ours.recv()  # the moment has come
    began = monotonic()
    while monotonic() - began < within and server.count() < people:
        sleep(0.25)
    bot.kill()
    bot.join()
    at = server.received().at
    seconds = at[-1] - at[0] if len(at) > 1 else 0.0
    return len(at), len(at) / seconds if seconds else 0.0


def _main(pipe: Connection, url: str, people: int, patient: bool) -> None:
    for name in ("apscheduler", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    asyncio.run(_run(pipe, url, people, patient))


async def _run(pipe: Connection, url: str, people: int, patient: bool) -> None:
    queue: JobQueue[Any] = JobQueue()
    builder = Application.builder().token("1:bench").base_url(f"{url}/bot").connection_pool_size(64)
    application = builder.pool_timeout(600).job_queue(queue).updater(None).build()
    await application.bot.request.initialize()
    options = {"misfire_grace_time": None} if patient else {}
    due = datetime.now(UTC) + timedelta(seconds=5 + people / 2_000)
    for chat in range(1, people + 1):
        queue.run_once(_remind, due, chat_id=chat, job_kwargs=options)
    await queue.start()
    await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
    pipe.send("due")
    await asyncio.Event().wait()


async def _remind(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job is not None
    assert context.job.chat_id is not None
    await context.bot.send_message(context.job.chat_id, "x" * 200, parse_mode="HTML")
