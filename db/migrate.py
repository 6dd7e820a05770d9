"""Bringing the schema to this code's version on start, under a lock, with foreign keys off on SQLite."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from db.engine import Database

MIGRATIONS: Final = Path(__file__).parent / "migrations"
HEAD: Final = "head"
_LOCK: Final = 7_215_003  # any number, the same in every replica
_REVISION: Final = re.compile(r'^(down_)?revision = "(\w+)"', re.MULTILINE)


class SchemaTooNew(Exception):
    """The database was written by a newer version of the code."""


def upgrade(database: Database, to: str = HEAD) -> None:
    """Bring the schema to revision `to`. Raises SchemaTooNew where the database is ahead of this code."""
    if to != HEAD or revision(database) != head():
        _migrate(database, to, forward=True)


def downgrade(database: Database, to: str) -> None:
    """Take the schema back to revision `to` (`base` for none)."""
    _migrate(database, to, forward=False)


def revision(database: Database) -> str | None:
    """Return the revision the database is at, None for an empty one."""
    with database.engine.connect() as connection:
        return _current(connection)


def head() -> str | None:
    """Return the newest revision this code knows."""
    ours, before = _revisions()
    return next(iter(ours - before), None)


def known(name: str) -> bool:
    """Return whether this code knows the revision."""
    return name in _revisions()[0]


@cache
def _revisions() -> tuple[frozenset[str], frozenset[str]]:
    """Return the revisions of this code, and those that another one follows."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for path in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        for follows, name in _REVISION.findall(path.read_text("utf-8")):
            found[bool(follows)].add(name)
    return frozenset(found[False]), frozenset(found[True])


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(database: Database, to: str, *, forward: bool) -> None:
    from db import migration_steps  # noqa: PLC0415 - most starts find the schema as it should be

    with database.engine.connect() as connection:
        if database.is_sqlite:
            # SQLite rebuilds a table to alter it; with foreign keys on that deletes every row that refers to it.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            with connection.begin():
                _lock(connection, database)
                _refuse_newer(connection)
                migration_steps.carry_out(connection, MIGRATIONS, to, forward=forward)
        finally:
            if database.is_sqlite:
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


def _lock(connection: Connection, database: Database) -> None:
    if not database.is_sqlite:  # on SQLite, BEGIN IMMEDIATE is the lock
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _refuse_newer(connection: Connection) -> None:
    current = _current(connection)
    if current is not None and not known(current):
        raise SchemaTooNew(current)
