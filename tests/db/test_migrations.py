"""Migrations make what the models say, come and go with rows in the tables, and refuse a newer schema."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import MetaData, Table, func, insert, select, text
from sqlmodel import SQLModel

from coach.reminders.kinds import ReminderKind
from db import migrate
from db.engine import Database
from db.tables import REMINDER, REMINDER_BACKFILL, USER

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_row(table: Any, *, full: bool = False) -> dict[str, Any]:
    """Return values for every column of a table that needs one, or, where it is `full`, for each."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if (column.nullable and not full) or column.autoincrement is True:
            continue
        kind = getattr(column.type, "impl_instance", column.type).python_type
        made = {int: 1, str: "x", bool: True, float: 1.0, datetime: NOW, date: NOW.date(), dict: {}}
        values[column.name] = 1 if column.foreign_keys and kind is int else made.get(kind, "x")
    return values


def fill(database: Database) -> dict[str, int]:
    """Write a row into every table, parents first; return how many each table holds."""
    with database.engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            connection.execute(insert(table).values(a_row(table)))
    return counts(database)


WRITTEN_BY_MIGRATIONS = {"reminder_backfill": 4}


def counts(database: Database) -> dict[str, int]:
    """Return how many rows each table holds besides those that migrations write."""
    with database.engine.begin() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            - WRITTEN_BY_MIGRATIONS.get(table.name, 0)
            for table in SQLModel.metadata.sorted_tables
        }


def test_the_tables_are_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_upgrading_again_keeps_every_row(database: Database) -> None:
    before = fill(database)
    assert set(before.values()) == {1}
    migrate.upgrade(database)
    assert counts(database) == before
    assert migrate.revision(database) == migrate.head()


def test_down_and_up_again_with_rows_in_the_tables(database: Database) -> None:
    fill(database)
    migrate.downgrade(database, "base")
    assert migrate.revision(database) is None
    migrate.upgrade(database)
    assert set(counts(database).values()) == {0}


def test_a_database_of_the_first_version_has_its_kinds_of_reminder_noted(database: Database) -> None:
    migrate.downgrade(database, "0001")
    with database.engine.begin() as connection:
        for table in (USER, REMINDER):
            as_it_was = Table(table.name, MetaData(), autoload_with=connection)
            row = {name: value for name, value in a_row(table).items() if name in as_it_was.columns}
            connection.execute(insert(as_it_was).values(row))
        before = connection.execute(select(REMINDER)).all()
    migrate.upgrade(database)
    with database.engine.begin() as connection:
        noted = connection.execute(select(REMINDER_BACKFILL.c.kind).where(REMINDER_BACKFILL.c.done)).scalars()
        assert set(noted) == set(ReminderKind) - {ReminderKind.COMEBACK}  # which came later
        assert connection.execute(select(REMINDER)).all() == before


@pytest.mark.parametrize("revision", [f"{number:04}" for number in range(1, int(migrate.head() or 1))])
def test_a_database_of_any_version_keeps_its_people(database: Database, revision: str) -> None:
    """Rows of every table there was, with a value in every column, come up to the newest version as they were."""
    migrate.downgrade(database, revision)
    with database.engine.begin() as connection:
        there = MetaData()
        there.reflect(connection)
        old = {table.name: table for table in there.sorted_tables if table.name in SQLModel.metadata.tables}
        for table in (each for each in SQLModel.metadata.sorted_tables if each.name in old):
            row = {name: value for name, value in a_row(table, full=True).items() if name in old[table.name].columns}
            connection.execute(insert(old[table.name]).values(row))
        before = {name: connection.execute(select(table)).mappings().all() for name, table in old.items()}
    migrate.upgrade(database)
    assert migrate.revision(database) == migrate.head()
    with database.engine.begin() as connection:
        now = MetaData()
        now.reflect(connection)
        for name, rows in before.items():
            assert rows
            after = connection.execute(select(now.tables[name])).mappings().all()
            for each in rows:
                shared = {key: value for key, value in each.items() if key in after[0]}
                assert any(shared.items() <= kept.items() for kept in after), (name, each)


def test_foreign_keys_hold_after_a_migration(database: Database) -> None:
    fill(database)
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM user_account"))
    assert counts(database)["reminder"] == 0, "what belongs to a person goes with them"


def test_a_newer_schema_is_refused(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrate.SchemaTooNew):
        migrate.upgrade(database)
