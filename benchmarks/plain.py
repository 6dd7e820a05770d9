"""The usual way, to measure against: python-telegram-bot with its JobQueue, one job a person, its own transport."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from time import monotonic

from telegram.ext import Application, CallbackContext, ContextTypes, JobQueue

from benchmarks.server import Server


async def _remind(context: ContextTypes.DEFAULT_TYPE) -> None:
    assert context.job is not None
    assert context.job.chat_id is not None
    await context.bot.send_message(context.job.chat_id, "x" * 200, parse_mode="HTML")


async def job_queue(server: Server, people: int, *, patient: bool, within: float) -> tuple[int, float]:
    """Let `people` jobs be due at once; return how many messages came and messages a second.

    `patient` lifts APScheduler's misfire limit of a second, which a plain bot leaves as it is.
    """
    for name in ("apscheduler", "httpx"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    builder = Application.builder().token("1:bench").base_url(f"{server.url}/bot").connection_pool_size(64)
    application = builder.pool_timeout(600).job_queue(JobQueue[CallbackContext]()).updater(None).build()  # type: ignore[type-arg]
    queue = application.job_queue
    assert queue is not None
    await application.bot._request[1].initialize()
    due = datetime.now(UTC) + timedelta(seconds=5 + people / 4_000)
    options = {"misfire_grace_time": None} if patient else {}
    for chat in range(1, people + 1):
        queue.run_once(_remind, due, chat_id=chat, name=str(chat), job_kwargs=options)
    server.received()
    await queue.start()
    await asyncio.sleep(max(0.0, (due - datetime.now(UTC)).total_seconds()))
    began, count = monotonic(), 0
    while monotonic() - began < within and count < people:
        await asyncio.sleep(0.25)
        count = server.count()
    await queue.stop(wait=False)
    received = server.received()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    seconds = received.at[-1] - received.at[0] if len(received.at) > 1 else 0.0
    return len(received.at), len(received.at) / seconds if seconds else 0.0
