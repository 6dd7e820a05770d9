"""The steps from one revision to another, by alembic. Imported where there are any: it takes 4 MB and a while."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db import models


def carry_out(connection: Connection, folder: Path, to: str, *, forward: bool) -> None:
    """Carry out the steps of `folder` up to revision `to`, or back to it."""
    scripts = ScriptDirectory(str(folder))

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
