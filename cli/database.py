"""The database: `migrate`, `backup` and `copy`."""

import argparse
import sqlite3
from contextlib import closing

from app.runtime import open_database
from cli.report import OK, REFUSED, complain
from db import backups, inspect, migrate
from db.engine import Database, parse_url
from settings import Settings


def migrate_schema(settings: Settings, _options: argparse.Namespace) -> int:
    """Bring the schema up to date."""
    db = open_database(settings.database_url)
    print(f"schema {migrate.revision(db)}")
    db.close()
    return OK


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Copy a running SQLite database safely, by SQLite's own backup."""
    with closing(Database(settings.database_url)) as db:
        if not db.is_sqlite:
            return complain("backup is for SQLite; use pg_dump for PostgreSQL", code=REFUSED)
        try:
            backups.save(db, options.file)
        except backups.SameFile:
            return complain("Not saved: that file belongs to the running database. Name another one.", code=REFUSED)
        except (sqlite3.Error, OSError, backups.Damaged) as error:
            return complain(f"Not saved: {error}")
    print(f"saved to {options.file}")
    return OK


def copy(settings: Settings, options: argparse.Namespace) -> int:
    """Copy every row to another, empty database; stop the bot before."""
    whence, where = inspect.redacted_url(settings.database_url), inspect.redacted_url(options.to)
    if inspect.is_empty(settings.database_url):
        return complain(f"Nothing was copied: no bot has written to {whence} yet. DATABASE_URL names what to copy.")
    with closing(open_database(settings.database_url)) as source, closing(open_database(options.to)) as target:
        try:
            copied = backups.copy(source, target)
        except backups.NotEmpty as error:
            return complain(f"Nothing was copied: {where} has rows already, in {error}.")
    for table, count in copied.items():
        print(f"{count:>9} {table}")
    print(f"Copied from {whence} to {where}. Set DATABASE_URL to the new address to use it.")
    return OK


def database_url(url: str) -> str:
    """Return an address of a database. Raises ArgumentTypeError for anything else."""
    try:
        parse_url(url)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return url
