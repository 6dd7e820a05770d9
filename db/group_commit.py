"""Short transactions that wait at the same time share one commit: syncing the disk costs more than most of their work.

Each keeps a savepoint of its own: what raises is undone alone, and nobody hears of success before the commit.
"""

import asyncio
import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

T = TypeVar("T")

MAX_GROUP: Final = 16
GATHER_SECONDS: Final = 0.02  # the first of a group waits no longer than this for the others


@dataclass
class _Job:
    """One transaction and who waits for it."""

    work: Callable[[Session], Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None

    def resolve(self) -> None:
        if self.future.done():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class GroupCommit:
    """`run` for databases with one writer. `alone` runs one transaction by itself."""

    def __init__(self, engine: Engine, thread: Executor, alone: Callable[[Callable[[Session], Any]], Any]) -> None:
        self._engine, self._thread, self._alone = engine, thread, alone
        self._waiting: deque[_Job] = deque()
        self._called = False  # a group is to be carried out
        self._lock = threading.Lock()

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work(session)` and return its result once it is committed."""
        loop = asyncio.get_running_loop()
        job = _Job(work, loop.create_future())
        with self._lock:
            self._waiting.append(job)
            self._go_on(loop)
        result: T = await job.future
        return result

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the next group carried out after what waits for the thread already: nothing is pushed back by it."""
        if self._waiting and not self._called:
            self._called = True
            self._thread.submit(self._group, loop)

    def _group(self, loop: asyncio.AbstractEventLoop) -> None:
        """Carry out the next few that wait."""
        jobs: list[_Job] = []
        try:
            if len(self._waiting) > 1:
                self._share(jobs)
            else:
                jobs = [self._waiting.popleft()]
                self._by_itself(jobs[0])
        except Exception:  # the commit failed, or the connection: nothing of it took effect
            for job in jobs:
                self._by_itself(job)
        with self._lock:
            self._called = False
            with contextlib.suppress(RuntimeError):  # closed meanwhile: nobody waits any more
                self._go_on(loop)
        loop.call_soon_threadsafe(_resolve, jobs)

    def _share(self, jobs: list[_Job]) -> None:
        began = time.monotonic()
        jobs.append(self._waiting.popleft())  # before anything can fail: the fallback tells those that it knows of
        with self._engine.begin() as connection, _session(connection) as session:
            _within(connection, session, jobs[0])
            while self._waiting and len(jobs) < MAX_GROUP and time.monotonic() - began < GATHER_SECONDS:
                jobs.append(self._waiting.popleft())
                _within(connection, session, jobs[-1])

    def _by_itself(self, job: _Job) -> None:
        job.result = job.error = None
        try:
            job.result = self._alone(job.work)
        except Exception as error:
            job.error = error


def _session(connection: Connection) -> Session:
    """Return a session for one job after the other; the commit is the connection's."""
    return Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")


def _within(connection: Connection, session: Session, job: _Job) -> None:
    """Run one job within a savepoint. Raises where the transaction around it is lost, or the session's.

    The savepoint is the driver's own: a session and a nested transaction for each job cost half as much as the job.
    """
    driver = connection.connection.dbapi_connection
    assert driver is not None, "a connection that has begun has its driver's"
    driver.execute("SAVEPOINT job")
    try:
        job.result = job.work(session)
        session.flush()
    except Exception as error:
        if not session.is_active or connection.invalidated or not driver.in_transaction:
            raise
        driver.execute("ROLLBACK TO job")
        job.error = error
    driver.execute("RELEASE job")
    session.expunge_all()  # the next job is to know nothing of this one
    session.info.clear()


def _resolve(jobs: list[_Job]) -> None:
    for job in jobs:
        job.resolve()
