"""Looking at a database without making or changing anything: for the commands that come before it is used."""

import errno
import os
from pathlib import Path
from typing import Final

from sqlalchemy import text

from db import migrate
from db.engine import Database, parse_url

_EMPTY: Final = "CREATE TABLE written_on_trial (value_of INTEGER)"
_USED: Final = "UPDATE alembic_version SET version_num = version_num"


def redacted_url(url: str) -> str:
    """Return the address without its password."""
    return parse_url(url).render_as_string(hide_password=True)


def missing(url: str) -> Path | None:
    """Return the file that an SQLite address names, where it is not there yet."""
    address = parse_url(url)
    if address.get_backend_name() != "sqlite" or (file := Path(address.database or "")).exists():
        return None
    return file


def is_empty(url: str) -> bool:
    """Say whether no bot was ever started on this database. Raises SQLAlchemy's errors."""
    if missing(url):
        return True
    db = Database(url)
    try:
        return migrate.revision(db) is None
    finally:
        db.close()


def describe(url: str) -> tuple[str, str | None]:
    """Return what is there, and what is wrong with it. Raises SQLAlchemy's errors and OSError."""
    if file := missing(url):
        _makeable(file)
        return f"there is none at {file} yet; the first start makes it", None
    db = Database(url)
    try:
        current = migrate.revision(db)
        _write(db, empty=current is None)
    finally:
        db.close()
    ahead = current is not None and not migrate.known(current)
    said = f"{db.url.get_backend_name()}, schema {current or 'not made yet'} of {migrate.head()}"
    return said, f"schema {current} is newer than this code" if ahead else None


def _makeable(file: Path) -> None:
    """Raises OSError where a start could not make this file."""
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _write(db: Database, *, empty: bool) -> None:
    """Write on trial, and take it back. Raises SQLAlchemy's errors where that cannot be."""
    with db.engine.connect() as connection, connection.begin() as trial:
        connection.execute(text(_EMPTY if empty else _USED))
        trial.rollback()
