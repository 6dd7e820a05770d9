"""Copies to rely on: taken under load, whole, restorable; and every row from one kind of database to the other."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlmodel import Session

import bot
from db import backups, migrate
from db.engine import Database
from db.models import OutboxMessage, User
from db.tables import EVERY, SEEDED
from scheduler.ticker import Ticker

NOW = datetime(2026, 3, 4, 12, 0, 0, 123456, tzinfo=UTC)
DAY = date(2026, 3, 4)


def migrated(url: str) -> Database:
    made = Database(url)
    migrate.upgrade(made)
    return made


def integrity(file: Path) -> str:
    with closing(sqlite3.connect(file)) as copy:
        return str(copy.execute("PRAGMA integrity_check").fetchone()[0])


def pair(session: Session, number: int) -> None:
    """Write a person and a message to them."""
    session.add(User(id=number, created_at=NOW))
    session.flush()
    session.add(OutboxMessage(user_id=number, chat_id=number, method="sendMessage", payload={}, created_at=NOW))


def test_a_backup_under_load_is_whole_and_restores(tmp_path: Path) -> None:
    """Everything committed before the backup began is in it, and pairs written together are not torn."""
    file, saved = tmp_path / "coach.db", tmp_path / "saved.db"
    db, stop, written = migrated(f"sqlite:///{file}"), threading.Event(), 0

    def write() -> None:
        nonlocal written
        while not stop.is_set():
            db.run_now(partial(pair, number=written + 1))
            written += 1

    writing = threading.Thread(target=write)
    writing.start()
    try:
        while written < 50 and writing.is_alive():
            stop.wait(0.001)
        before = written
        backups.save(db, saved)
    finally:
        stop.set()
        writing.join()
        db.close()
    assert integrity(saved) == "ok"
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []
    # As docs/operators.md says: put the copy where the database was.
    for beside in tmp_path.glob("coach.db*"):
        beside.unlink()
    shutil.copy(saved, file)
    restored = migrated(f"sqlite:///{file}")
    with restored.engine.connect() as connection:
        users = connection.exec_driver_sql("SELECT id FROM user_account ORDER BY id").scalars().all()
        waiting = connection.exec_driver_sql("SELECT chat_id FROM outbox ORDER BY id").scalars().all()
    assert len(users) >= before
    assert users == waiting == list(range(1, len(users) + 1))
    restored.run_now(lambda session: session.add(User(id=-1, created_at=NOW)))
    restored.close()


def test_a_week_of_backups_is_kept(tmp_path: Path) -> None:
    db = migrated(f"sqlite:///{tmp_path / 'coach.db'}")
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups/mine.db").touch()
    for number in range(10):
        backups.daily(db, DAY + timedelta(days=number))
    backups.daily(db, DAY + timedelta(days=9))
    db.close()
    names = sorted(path.name for path in (tmp_path / "backups").iterdir())
    assert names == [*(f"calf-coach-2026-03-{day:02}.db" for day in range(7, 14)), "mine.db"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "backups").glob("calf-coach-*"))


def test_copies_that_people_put_beside_the_backups_are_left_alone(tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate.upgrade(db)
    backups.daily(db, DAY)
    own = tmp_path / "backups" / "calf-coach-0-before-the-upgrade.db"
    own.touch()
    for number in range(1, 8):
        backups.daily(db, DAY + timedelta(days=number))
    db.close()
    assert own.exists()
    assert len([*own.parent.iterdir()]) == 1 + backups.KEEP


def test_a_failed_backup_leaves_the_last_one(tmp_path: Path) -> None:
    file, saved = tmp_path / "coach.db", tmp_path / "saved.db"
    db = migrated(f"sqlite:///{file}")
    backups.save(db, saved)
    before = saved.read_bytes()
    db.close()
    for beside in tmp_path.glob("coach.db*"):
        beside.unlink()
    file.write_bytes(b"damaged" * 1000)
    with pytest.raises(sqlite3.Error):
        backups.save(db, saved)
    assert saved.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coach.db", "saved.db"]


@pytest.mark.parametrize("name", ["coach.db", "../{folder}/coach.db", "link.db", "coach.db-wal"])
def test_a_backup_onto_the_database_itself_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    file = tmp_path / "coach.db"
    db = migrated(f"sqlite:///{file}")
    (tmp_path / "link.db").hardlink_to(file)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bot, "log_to_stderr", lambda _settings: None)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    before = file.stat().st_ino
    assert bot.main(["backup", name.format(folder=tmp_path.name)]) == 2
    assert "Name another one" in capsys.readouterr().err
    assert file.stat().st_ino == before
    db.close()


async def test_the_scheduler_saves_daily_on_sqlite_only(database: Database, tmp_path: Path) -> None:
    ticker = Ticker(
        database, None, clock=lambda: NOW, leads=lambda: False, on_written=lambda: None, every_seconds=86_400  # type: ignore[arg-type]
    )  # fmt: skip
    ticker.start()
    try:
        assert ticker._scheduler is not None
        jobs = {job.id for job in ticker._scheduler.get_jobs()}
        assert ("backup" in jobs) == database.is_sqlite
        if database.is_sqlite:
            await ticker.backup()
            assert integrity(tmp_path / "backups/calf-coach-2026-03-04.db") == "ok"
    finally:
        await ticker.stop()


# From one database to another


def fill(db: Database) -> None:
    """Put rows into every table, with every kind of value, in place of what its migrations wrote."""
    with db.engine.begin() as connection:
        for table in SEEDED:
            connection.execute(table.delete())
    for number in range(1, 4):
        for table in EVERY:
            with db.engine.begin() as connection:
                connection.execute(table.insert(), [_row(table, number)])


def _row(table: Table, number: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in table.columns:
        kind = type(column.type).__name__
        if column.primary_key or column.foreign_keys:
            row[column.name] = number if "String" not in kind else f"key {number}"
        elif kind == "Date":
            row[column.name] = DAY + timedelta(days=number)
        elif "Date" in kind:
            row[column.name] = NOW + timedelta(seconds=number)
        elif kind == "JSON":
            row[column.name] = {"ünï": ["𝄞", number, None, 1.5]}
        elif kind in {"AutoString", "String"}:
            row[column.name] = f"größer\n🦵 {number}"
        elif kind == "Boolean":
            row[column.name] = number % 2 == 0
        else:
            row[column.name] = number if number != 2 or not column.nullable else None
    return row


def rows(db: Database) -> dict[str, list[Any]]:
    with db.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in EVERY
        }


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
def test_every_row_is_copied_in_both_directions(
    database: Database, other: str, tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    fill(database)
    if other == "sqlite":
        url = f"sqlite:///{tmp_path / 'other.db'}"
    else:
        from tests.support.databases import fresh_postgres

        url = fresh_postgres(request.getfixturevalue("postgres_server"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cli.report.logs.configure_logging", lambda *_: None)
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    assert bot.main(["copy", "--to", url]) == 0
    copied = Database(url)
    try:
        assert rows(copied) == rows(database)
        assert all(len(found) == 3 for found in rows(copied).values())
        for table in EVERY:  # new rows are numbered after the old ones
            if table.autoincrement_column is not None:
                values = {key: value for key, value in _row(table, 4).items() if key != table.autoincrement_column.name}
                values |= {
                    column.name: 1 if column.name == "user_id" else 2 for column in table.columns if column.foreign_keys
                }
                with copied.engine.connect() as connection, connection.begin() as trial:
                    if "user_id" in values:  # some tables hold one row a person
                        connection.execute(table.delete().where(table.c.user_id == 1))
                    inserted = connection.execute(table.insert().returning(table.autoincrement_column), [values])
                    assert inserted.scalar_one() == 4
                    trial.rollback()
        capsys.readouterr()
        assert bot.main(["copy", "--to", url]) == 1
        assert "has rows already" in capsys.readouterr().err
        assert rows(copied) == rows(database)
    finally:
        copied.close()


@pytest.mark.parametrize("other", ["sqlite", "postgresql"])
def test_nothing_is_copied_from_where_nothing_is(
    database_url: str, other: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cli.report.logs.configure_logging", lambda *_: None)
    monkeypatch.setenv("DATABASE_URL", database_url)
    target = tmp_path / "place/other.db" if other == "sqlite" else None
    assert bot.main(["copy", "--to", f"sqlite:///{target}" if target else "postgresql://a:hush@127.0.0.1:1/x"]) == 1
    said = capsys.readouterr().err
    assert "Nothing was copied" in said
    assert "hush" not in said
    assert list(tmp_path.iterdir()) == []


def test_an_address_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        bot.main(["copy", "--to", "oracle://x"])
    assert ended.value.code == 2
    assert "sqlite and postgresql are supported" in capsys.readouterr().err
