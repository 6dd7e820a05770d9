"""Work that is undone: transactions that see each other and are never committed, and attempts within one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection
from sqlmodel import Session

from db import outbox
from db.engine import Database

T = TypeVar("T")


class RolledBack(Database):
    """A database whose transactions are savepoints of one that is never committed. For one thread."""

    def __init__(self, database: Database, connection: Connection) -> None:
        """Share the engine, whose statements stay compiled, and nothing else."""
        self.url, self.engine, self.is_sqlite = database.url, database.engine, database.is_sqlite
        self._connection = connection

    async def run(self, work: Callable[[Session], T], *, brief: bool = False) -> T:  # noqa: ARG002 - none is shared
        """Run `work(session)` in this thread, within the transaction that will be undone."""
        return self.run_now(work)

    def run_now(self, work: Callable[[Session], T]) -> T:
        """Run `work(session)`; what it changes is undone at once where it raises, and at the end where not."""
        savepoint = Session(self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
        with savepoint as session, session.begin():
            return work(session)


@contextmanager
def rolled_back(database: Database) -> Iterator[RolledBack]:
    """Yield a database that leaves nothing; on SQLite others wait with their writing meanwhile."""
    with database.engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield RolledBack(database, connection)
        finally:
            transaction.rollback()
            connection.detach()  # no thread of the database uses it


@contextmanager
def attempt(session: Session) -> Iterator[Callable[[], None]]:
    """Open a savepoint and yield what undoes all that follows; messages that were cancelled since then wait again."""
    cancelled = list(session.info.get(outbox.CANCELLED, ()))
    with session.begin_nested() as savepoint:

        def undo() -> None:
            savepoint.rollback()
            session.info[outbox.CANCELLED] = cancelled

        yield undo
