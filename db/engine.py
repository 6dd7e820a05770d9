"""One plain function, one transaction: the database behind `await db.run(fn)`.

SQLite writes in one thread (`BEGIN IMMEDIATE`, WAL): many writers would fight for the file and lose updates.
PostgreSQL runs in a small pool of threads with a connection each.
"""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson
from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from db import changes
from db.away import ends_connection, sqlstate
from db.group_commit import GroupCommit

T = TypeVar("T")

POSTGRES_THREADS: Final = 8
BUSY_SECONDS: Final = 10
CONNECT_SECONDS: Final = 5  # to each host of the address
SILENT_SECONDS: Final = 10
"""A PostgreSQL server that has acknowledged nothing for so long is gone; the kernel alone would wait a quarter hour."""

_ATTEMPTS: Final = 3


def parse_url(url: str) -> URL:
    """Return the SQLAlchemy URL with the synchronous driver we use; async suffixes are accepted and dropped.

    Raises ValueError for anything but SQLite in a file and PostgreSQL.
    """
    try:
        parsed = make_url(url)
    except Exception as error:
        raise ValueError("is not a database address") from error
    backend = parsed.drivername.split("+", 1)[0]
    if "@" in (parsed.host or ""):  # what stands before it would be told as the name of a host
        raise ValueError("has an @ in its user or password: write it as %40")
    if backend == "sqlite":
        if not parsed.database or parsed.database.startswith((":memory:", "file:")):
            raise ValueError("must name a file, like sqlite:///data/calf-coach.db: in memory the bot forgets everybody")
        return parsed.set(drivername="sqlite")
    if backend in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise ValueError(f"names {backend}; sqlite and postgresql are supported")


def network_limits(url: URL) -> dict[str, int]:
    """Return how long a connection to PostgreSQL waits for the network; what the address itself says is left out."""
    limits = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": SILENT_SECONDS * 1000,  # milliseconds
        "keepalives_idle": SILENT_SECONDS,
        "keepalives_interval": SILENT_SECONDS // 2,
    }
    return {name: value for name, value in limits.items() if name not in url.query}


def make_engine(url: URL) -> Engine:
    """Return an engine with the pragmas and transaction modes of this module. Connecting makes SQLite's file.

    Its errors do not repeat the parameters of a statement: what people wrote stays out of logs.
    """
    if url.get_backend_name() != "sqlite":
        served = create_engine(
            url,
            connect_args=network_limits(url),
            pool_size=POSTGRES_THREADS,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=_as_json,
        )

        @event.listens_for(served, "handle_error")
        def _drop(context: ExceptionContext) -> None:
            if ends_connection(context.original_exception):
                context.is_disconnect = True  # and with it whatever else the pool holds to that node

        return served
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,
        json_serializer=_as_json,
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, _words: object, options: dict[str, Any]) -> sqlite3.Connection:
        return _open(Path(url.database or ""), options)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _open(file: Path, options: dict[str, Any]) -> sqlite3.Connection:
    """Open SQLite's file, for its owner alone where it is new. Raises sqlite3.Error, naming it, and OSError."""
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # what SQLite puts beside it has the same mode
    try:
        connection: sqlite3.Connection = sqlite3.connect(file, **options)
        try:
            connection.isolation_level = None  # we say BEGIN ourselves: the driver's own is deferred and deadlocks
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                f"busy_timeout={BUSY_SECONDS * 1000}",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        raise type(error)(f"{error}: {file}") from None
    return connection


class Database:
    """The engine and the threads its transactions run in. `run` is its whole use."""

    def __init__(self, url: str) -> None:
        configure_mappers()  # before several threads make the first rows at once
        self.url = parse_url(url)
        self.engine = make_engine(self.url)
        changes.watch(self.engine)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._threads = ThreadPoolExecutor(1 if self.is_sqlite else POSTGRES_THREADS, thread_name_prefix="database")
        self._together = GroupCommit(self.engine, self._threads, self.run_now)

    async def run(self, work: Callable[[Session], T], *, brief: bool = False) -> T:
        """Run `work(session)` as one transaction in a database thread and return its result.

        Commits when it returns, rolls back when it raises. A broken connection is tried again: `work` may run more
        than once, though only one run is ever committed. On SQLite, `brief` ones that wait share a commit.
        """
        if brief and self.is_sqlite:
            return await self._together.run(work)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self.run_now, work)

    def run_now(self, work: Callable[[Session], T]) -> T:
        """Run `work(session)` as one transaction in this thread; for commands and tests."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with Session(self.engine, expire_on_commit=False) as session, session.begin():
                    return work(session)
            except DBAPIError as error:
                if attempt == _ATTEMPTS or not _passing(error):
                    raise
        raise AssertionError("unreachable")

    def close(self) -> None:
        """Finish what runs, then close every connection."""
        self._threads.shutdown(wait=True)
        self.engine.dispose()


def _as_json(value: object) -> str:
    """Return JSON; what is quick about it refuses some values that the slow way takes, a number beyond 64 bits, say."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def _passing(error: DBAPIError) -> bool:
    """A lost connection, a deadlock or a serialization failure: the same work may well succeed next time."""
    return error.connection_invalidated or sqlstate(error) in {"40001", "40P01"}
