"""Leadership of replicas: the leader alone ticks and sends bulk, because Telegram's limit is per token.

On SQLite there is one process and it leads. On PostgreSQL the leader holds an advisory lock on a connection of its own
(a pooled connection would hand the lock round); every replica holds another lock named after itself, so that the leader
sees who died, and takes over what they left unsent.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import TYPE_CHECKING, Final

from sqlalchemy.engine import URL

from db.engine import Database, network_limits

if TYPE_CHECKING:
    import psycopg

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS: Final = 2.0
LEAVE_SECONDS: Final = 1.0  # of the five in which a signal ends everything
DEAD_AFTER_SECONDS: Final = 6  # not seen for so long, and its lock is free
_LEAD: Final = 7_215_001  # any numbers, the same in every replica
_ALIVE: Final = 7_215_002
# A machine that vanishes without closing its connection is noticed by the server in about 15 seconds.
_OPTIONS: Final = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=2"
LATE: Final = """
    SELECT id FROM replica WHERE id <> %(own)s AND seen_at < now() - make_interval(secs => %(seconds)s)
    UNION SELECT DISTINCT owner FROM outbox WHERE NOT bulk AND owner <> %(own)s
    AND NOT EXISTS (SELECT 1 FROM replica WHERE replica.id = outbox.owner)
"""
"""The other replicas that were not seen lately, or left replies and are not known. Bulk has no owner: with NOT bulk the
index finds the few replies, where the leader would else read a crowd's reminders at every beat."""


class Leadership:
    """Calls `changed(leads)` when this replica begins or ceases to lead, `adopted` when it took over rows."""

    def __init__(
        self,
        db: Database,
        replica: str,
        *,
        changed: Callable[[bool], None],
        adopted: Callable[[], None],
        beat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._db = db
        self._replica = replica
        self._changed = changed
        self._adopted = adopted
        self._beat_seconds = beat_seconds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="leadership")
        self._connection: psycopg.Connection | None = None
        self._task: asyncio.Task[None] | None = None
        self._stopped = False
        self.leads = False

    async def start(self) -> None:
        """Lead at once on SQLite; else stand for it, and again every beat."""
        if self._db.is_sqlite:
            self._set_leader(True)
            return
        await self._heartbeat()
        self._task = asyncio.create_task(self._run(), name="leadership")

    async def stop(self) -> None:
        """Cease to lead, for good; the next replica takes over at its next beat."""
        if self._stopped:
            return
        self._stopped = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._set_leader(False)
        leaving = asyncio.get_running_loop().run_in_executor(self._thread, self._leave)
        with contextlib.suppress(TimeoutError):  # the thread may wait for a database that says nothing
            await asyncio.wait_for(asyncio.shield(leaving), LEAVE_SECONDS)
        self._thread.shutdown(wait=False)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._beat_seconds)
            await self._heartbeat()

    async def _heartbeat(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            leads, adopted = await asyncio.wait_for(
                loop.run_in_executor(self._thread, self._heartbeat_in_thread), DEAD_AFTER_SECONDS
            )
        except (_driver().Error, TimeoutError, OSError) as error:
            log.warning("lost touch with the database", extra={"error": type(error).__name__})
            self._set_leader(False)
            return
        self._set_leader(leads)
        if adopted:
            log.warning("took over what another replica left unsent", extra={"count": adopted})
            self._adopted()

    def _set_leader(self, leads: bool) -> None:
        if leads != self.leads:
            self.leads = leads
            log.info("leading" if leads else "not leading")
            self._changed(leads)

    # In the thread of its own

    def _heartbeat_in_thread(self) -> tuple[bool, int]:
        """Say that this replica lives, stand for leader, and as leader take over from the dead."""
        try:
            connection = self._connected()
            connection.execute(
                "INSERT INTO replica (id, seen_at) VALUES (%s, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()",
                [self._replica],
            )
            leads = self.leads or _locked(connection, _LEAD, 0)
            return leads, self._take_over(connection) if leads else 0
        except _driver().Error:
            self._disconnect()
            raise

    def _connected(self) -> psycopg.Connection:
        """Return the connection; a new one says by a lock that this replica lives."""
        if self._connection is None:
            limits = network_limits(self._db.url)
            self._connection = _driver().connect(conninfo(self._db.url), autocommit=True, options=_OPTIONS, **limits)
            self._connection.execute("SELECT pg_advisory_lock(%s, %s)", [_ALIVE, _key(self._replica)])
        return self._connection

    def _take_over(self, connection: psycopg.Connection) -> int:
        adopted = 0
        late = connection.execute(LATE, {"own": self._replica, "seconds": DEAD_AFTER_SECONDS}).fetchall()
        for (other,) in late:
            if not _locked(connection, _ALIVE, _key(other)):
                continue  # slow, not dead
            with connection.transaction():
                adopted += connection.execute(
                    "UPDATE outbox SET owner = %s WHERE owner = %s AND NOT bulk", [self._replica, other]
                ).rowcount
                connection.execute("DELETE FROM replica WHERE id = %s", [other])
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", [_ALIVE, _key(other)])
        return adopted

    def _leave(self) -> None:
        if self._connection is not None:
            try:
                self._connection.execute("DELETE FROM replica WHERE id = %s", [self._replica])
            except _driver().Error:
                log.debug("could not say goodbye to the database")
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def conninfo(url: URL) -> str:
    """Return SQLAlchemy's address as PostgreSQL's own library writes it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _driver() -> ModuleType:
    """PostgreSQL's driver: 7 MB that SQLite has no need of."""
    import psycopg  # noqa: PLC0415

    return psycopg


def _locked(connection: psycopg.Connection, one: int, two: int) -> bool:
    row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", [one, two]).fetchone()
    return row is not None and bool(row[0])


def _key(replica: str) -> int:
    """Return a replica's number for its lock: 31 bits, as PostgreSQL's second key wants."""
    return zlib.crc32(replica.encode()) & 0x7FFF_FFFF
