"""Copies of the database: a file by SQLite's own backup while the bot runs, and every row from one to another."""

import os
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, text

from db.engine import Database
from db.tables import EVERY, SEEDED

KEEP: Final = 7
_BATCH: Final = 1000
_DAILY: Final = "calf-coach-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].db"
_BESIDE: Final = ("", "-wal", "-shm")  # what SQLite has open of a database


class NotEmpty(Exception):
    """The database to copy to has rows already."""


class SameFile(Exception):
    """The file to copy to is the database's own."""


class Damaged(Exception):
    """The copy does not pass SQLite's integrity check."""


def save(database: Database, target: Path) -> None:
    """Copy a SQLite database, in use or not, to the file `target`, checked; what was there is replaced at the end.

    Raises FileNotFoundError, sqlite3.Error, OSError, SameFile and Damaged.
    """
    source = Path(database.url.database or "")
    if not source.is_file():
        raise FileNotFoundError(f"there is no database at {source} yet")
    if any(_same(target, Path(f"{source}{beside}")) for beside in _BESIDE):
        raise SameFile(str(target))
    partial = target.with_name(target.name + ".partial")
    partial.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(source)) as running, closing(sqlite3.connect(partial)) as copy:
            running.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Damaged(str(target))
        os.replace(partial, target)  # noqa: PTH105 - atomic
    finally:
        partial.unlink(missing_ok=True)


def _same(one: Path, other: Path) -> bool:
    """Say whether both are one file, by whatever name."""
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))


def daily(database: Database, day: date, keep: int = KEEP) -> Path:
    """Save the day's copy in `backups/` beside the database, and remove all daily ones but the newest `keep`."""
    folder = Path(database.url.database or "").parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"calf-coach-{day.isoformat()}.db"
    save(database, target)
    for old in sorted(folder.glob(_DAILY))[:-keep]:
        old.unlink()
    return target


def copy(source: Database, target: Database) -> dict[str, int]:
    """Copy every row of every table and return how many by table; both have this code's schema.

    All of it is one transaction. Raises NotEmpty where the target has rows.
    """
    with source.engine.connect() as reading, target.engine.connect() as writing, writing.begin():
        if not source.is_sqlite:
            reading.execution_options(isolation_level="REPEATABLE READ")
        for table in EVERY:
            if table not in SEEDED and writing.execute(select(table).limit(1)).first() is not None:
                raise NotEmpty(table.name)
        for table in SEEDED:
            writing.execute(delete(table))
        copied = {}
        for table in EVERY:
            rows = reading.execution_options(yield_per=_BATCH).execute(select(table))
            copied[table.name] = 0
            for part in rows.mappings().partitions(_BATCH):
                writing.execute(insert(table), [dict(row) for row in part])
                copied[table.name] += len(part)
        if not target.is_sqlite:
            _go_on_counting(writing)
    return copied


def _go_on_counting(connection: Connection) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    for table in EVERY:
        column = table.autoincrement_column
        if column is None:
            continue
        highest = connection.execute(select(func.max(column))).scalar()
        if highest is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, :column), :highest)"),
                {"table": table.name, "column": column.name, "highest": highest},
            )
