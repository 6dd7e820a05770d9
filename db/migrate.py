"""Bringing the schema to this code's version on start, under a lock, with foreign keys off on SQLite."""

from pathlib import Path
from typing import Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from db import models
from db.engine import Database

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_215_003  # any number, the same in every replica


class SchemaTooNew(Exception):
    """The database was written by a newer version of the code."""


def upgrade(database: Database, to: str = "head") -> None:
    """Bring the schema to revision `to`. Raises SchemaTooNew where the database is ahead of this code."""
    _migrate(database, to, forward=True)


def downgrade(database: Database, to: str) -> None:
    """Take the schema back to revision `to` (`base` for none)."""
    _migrate(database, to, forward=False)


def revision(database: Database) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Return the newest revision this code knows."""
    return _scripts().get_current_head()


def known(name: str) -> bool:
    """Return whether this code knows the revision."""
    return name in {script.revision for script in _scripts().walk_revisions()}


def _migrate(database: Database, to: str, *, forward: bool) -> None:
    scripts = _scripts()
    with database.engine.connect() as connection:
        if database.is_sqlite:
            # SQLite rebuilds a table to alter it; with foreign keys on that deletes every row that refers to it.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                _lock(connection, database)
                _refuse_newer(connection)
                _run(connection, scripts, to, forward=forward)
        finally:
            if database.is_sqlite:
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _lock(connection: Connection, database: Database) -> None:
    if not database.is_sqlite:  # on SQLite, BEGIN IMMEDIATE is the lock
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _refuse_newer(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and not known(current):
        raise SchemaTooNew(current)


def _run(connection: Connection, scripts: ScriptDirectory, to: str, *, forward: bool) -> None:
    def steps(current: object, _context: object) -> list[object]:
        moves = scripts._upgrade_revs if forward else scripts._downgrade_revs
        return list(moves(to, current))  # type: ignore[arg-type]

    environment = EnvironmentContext(Config(), scripts, fn=steps, destination_rev=to)
    environment.configure(
        connection=connection,
        target_metadata=models.User.metadata,
        render_as_batch=True,
        transaction_per_migration=False,
    )
    environment.run_migrations()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))
