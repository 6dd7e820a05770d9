"""A crowd due at once: the whole way from due rows to sent messages, beside what it is measured against."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from time import monotonic, process_time
from typing import Final

from sqlalchemy import insert, select
from sqlmodel import Session

from benchmarks.support.server import Server
from coach.reminders.kinds import ReminderKind
from content.library import Content
from db import migrate, outbox
from db.engine import Database
from db.outbox import Outgoing
from db.queries.messages import updates
from db.tables import REMINDER, SESSION, USER
from gateway.outbound.sender import Sender
from gateway.outbound.transport import AiohttpRequest, BotApi
from scheduler.reminder_messages import ReminderComposer
from scheduler.ticker import Ticker
from services.reminder_backfill import backfill_page

TOKEN: Final = "1:bench"
NIGHT: Final = datetime(2026, 3, 1, 22, tzinfo=UTC)
MORNING: Final = NIGHT + timedelta(hours=8)
ASKERS: Final = 10_000_000  # chats of those who ask questions meanwhile
IN_FLIGHT: Final = 64


@dataclass(frozen=True)
class Crowd:
    """Outcome of a crowd."""

    delivered: int
    seconds: float
    fullest_second: int
    cpu_seconds: float
    reply_p99_ms: float | None
    reply_most_ms: float | None

    @property
    def rate(self) -> float:
        """Messages a second, sustained."""
        return self.delivered / self.seconds


def add_crowd(database: Database, people: int, due: datetime, first: int = 1) -> None:
    """Store people, numbered from `first`, whose reminder is due at `due` and whose week is planned.

    They have a row of each kind of reminder, and the database knows that: nobody is given any while it is measured.
    """
    while database.run_now(lambda session: backfill_page(session, NIGHT)):
        pass
    for start in range(first, first + people, 10_000):
        ids = range(start, min(start + 10_000, first + people))

        def work(session: Session, ids: range = ids) -> None:
            connection = session.connection()
            connection.execute(insert(USER), [_person(one) for one in ids])
            connection.execute(insert(REMINDER), [row for one in ids for row in _reminders(one, due)])
            connection.execute(insert(SESSION), [_session(one, due.date()) for one in ids])

        database.run_now(work)


def _person(one: int) -> dict[str, object]:
    start = date(2026, 3, 2)
    given = {"language": "en", "goals": [], "zone": "Europe/Berlin", "plan_start": start, "planned_on": start}
    return {"id": one, "first_name": "Ann", "created_at": NIGHT} | given


def _reminders(one: int, due: datetime) -> Iterator[dict[str, object]]:
    for kind in ReminderKind:
        on = kind is ReminderKind.SESSION
        given = {"user_id": one, "kind": kind, "local_time": "07:00", "days": "1234567"}
        yield given | {"on": on, "next_due_at": due if on else None}


def _session(one: int, day: date) -> dict[str, object]:
    given = {"kind": "interval", "workout": "walk-jog-intervals", "rounds": 3, "status": "planned"}
    return {"user_id": one, "day": day} | given


async def crowd(
    server: Server, content: Content, people: int, rate: float | None, questions: float, url: str | None = None
) -> Crowd:
    """Let `people` be due at once, with `questions` a second answered meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate.upgrade(database)
        add_crowd(database, people, MORNING)
        request = AiohttpRequest()
        await request.initialize()
        began, cpu = monotonic(), process_time()

        def clock() -> datetime:
            return MORNING + timedelta(seconds=monotonic() - began)

        sender = Sender(
            database, BotApi(request, TOKEN, server.url), clock=clock, rate=rate, replica="bench", leads=True
        )
        ticker = Ticker(
            database,
            ReminderComposer(lambda: content),
            clock=clock,
            leads=lambda: True,
            on_written=sender.bulk_written,
            room=lambda: sender.has_capacity,
        )
        sender.on_capacity(ticker.resume)
        server.received()
        await sender.start()
        ticker.start()
        asked: dict[int, float] = {}
        asking = asyncio.create_task(_ask(database, sender, questions, asked, clock))
        while sender.metrics.bulk < people:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        cpu_seconds = process_time() - cpu
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await sender.until_idle()
        await ticker.stop()
        await sender.stop()
        await request.shutdown()
        database.close()
    return _result(server, cpu_seconds, asked)


def _result(server: Server, cpu_seconds: float, asked: dict[int, float]) -> Crowd:
    received = server.received()
    bulk = received.of(1, ASKERS)
    first, last = bulk[0][0], bulk[-1][0]
    seconds = Counter(int(at - first) for at in received.at)
    waits = sorted((at - asked[chat]) * 1000 for at, chat in received.of(ASKERS, 2 * ASKERS) if chat in asked)
    return Crowd(
        delivered=len({chat for _, chat in bulk}),
        seconds=last - first,
        fullest_second=max(seconds.values()),
        cpu_seconds=cpu_seconds,
        reply_p99_ms=quantiles(waits, n=100)[98] if len(waits) > 1 else None,
        reply_most_ms=waits[-1] if waits else None,
    )


async def _ask(
    database: Database, sender: Sender, rate: float, asked: dict[int, float], clock: Callable[[], datetime]
) -> None:
    """Take questions and answer each as a handler does: its id, a read, a reply, one transaction."""
    if not rate:
        return
    number, began, under_way = 0, monotonic(), set()
    while True:
        number += 1
        await asyncio.sleep(max(0.0, began + number / rate - monotonic()))
        task = asyncio.create_task(_answer(database, sender, number, asked, clock))
        under_way.add(task)
        task.add_done_callback(under_way.discard)


async def _answer(
    database: Database, sender: Sender, number: int, asked: dict[int, float], clock: Callable[[], datetime]
) -> None:
    chat, now = ASKERS + number, clock()
    asked[chat] = monotonic()
    row = Outgoing(
        chat_id=chat, method="sendMessage", payload={"chat_id": chat, "text": "x" * 600}, owner="bench", created_at=now
    )

    def work(session: Session) -> list[Outgoing]:
        updates.mark(session, number, now)
        session.connection().execute(select(USER).where(USER.c.id == number)).first()
        return outbox.enqueue(session, [row])

    sender.enqueue(await database.run(work))


async def bare(server: Server, messages: int) -> float:
    """Messages a second that aiohttp alone reaches with as many in flight: the ceiling."""
    request = AiohttpRequest()
    await request.initialize()
    api = BotApi(request, TOKEN, server.url)
    left = iter(range(messages))
    server.received()

    async def worker() -> None:
        for chat in left:
            await api("sendMessage", {"chat_id": chat + 1, "text": "x" * 200, "parse_mode": "HTML"})

    began = monotonic()
    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))
    seconds = monotonic() - began
    await request.shutdown()
    server.received()
    return messages / seconds
