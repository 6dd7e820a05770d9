"""Faults of the database as a whole, told from those of one row or one update."""

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

ONLY_READS: Final = "25006"
"""The SQLSTATE of a node that takes no writes any more: it was the primary before a switch-over.

https://www.postgresql.org/docs/current/errcodes-appendix.html
"""
_ENDED: Final = frozenset({ONLY_READS, "57P01", "57P02", "57P03", "57P05"})
_AWAY_CLASSES: Final = ("08", "53", "58")  # connections, resources, the system around it
_SQLITE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)


def sqlstate(error: BaseException | None) -> str | None:
    """Return PostgreSQL's code for an error of SQLAlchemy's or the driver's, None where it has none."""
    found = getattr(getattr(error, "orig", error), "sqlstate", None)
    return found if isinstance(found, str) else None


def ends_connection(error: BaseException | None) -> bool:
    """Say whether the connection that met this PostgreSQL error is of no more use: the next may reach another node."""
    code = sqlstate(error)
    return code is not None and (code in _ENDED or code.startswith("08"))


def is_away(error: BaseException) -> bool:
    """Say whether nothing can be read or written now, whoever asks: it is to be waited for."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or ends_connection(error):
        return True
    if isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF in _SQLITE
    code = sqlstate(error)
    if code is None:
        return isinstance(error, OperationalError)  # no connection was to be had
    return code.startswith(_AWAY_CLASSES)
