"""Data that is kept about a person: all of it handed out, all of it erased, and nobody else's touched."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from sqlalchemy import Table, select
from sqlmodel import Session, SQLModel

from content.library import Content
from db.engine import Database
from db.models import SetAsideUpdate
from db.queries import person_data
from handlers.framework.dispatcher import Dispatcher
from telegram_local.api.faults import RetryAfter
from tests.support.bot_harness import START, BotHarness
from tests.support.onboarding import set_up

ANN, BOB = 7_391_846_205, 7_391_846_206
"""Ids that stand nowhere by chance."""
Json = dict[str, Any]


def fill(session: Session, user_id: int) -> set[str]:
    """Put a row that names the person into every table that can name one; return the names of all tables."""
    for table in SQLModel.metadata.sorted_tables:
        if any(column.references(_user().c.id) or column.name in {"user_id", "chat_id"} for column in table.columns):
            if [column.name for column in table.primary_key.columns] == ["user_id"]:  # what was said made one already
                session.connection().execute(table.delete().where(table.c.user_id == user_id))
            session.connection().execute(table.insert(), [_row(table, user_id)])
    return set(SQLModel.metadata.tables)


def _user() -> Table:
    return SQLModel.metadata.tables["user_account"]


def _row(table: Table, user_id: int) -> Json:
    row: Json = {}
    for column in table.columns:
        if column.foreign_keys or column.name in {"user_id", "chat_id", "update_id"}:
            row[column.name] = user_id
        elif column.name == "id":
            row[column.name] = user_id + 1_000_000
        elif not column.nullable and column.default is None and column.server_default is None:
            row[column.name] = _value(type(column.type).__name__, user_id)
    return row


def _value(kind: str, user_id: int) -> Any:
    if "Date" in kind:
        return START.date() if kind == "Date" else START
    return {"JSON": {"of": user_id}, "AutoString": f"of {user_id}"}.get(kind, 1)


def holding(session: Session, user_id: int) -> list[str]:
    """Return table.column of every value in the database that is the person's id, or has it inside."""
    found = []
    for table in SQLModel.metadata.sorted_tables:
        for row in session.connection().execute(select(table)).mappings():
            found += [
                f"{table.name}.{name}" for name, value in row.items() if str(user_id) in json.dumps(value, default=str)
            ]
    return found


async def test_erasing_leaves_the_id_in_no_column_of_any_table(coach: BotHarness) -> None:
    db, ann, bob = coach.running.db, coach.person(ANN, "Ann"), coach.person(BOB, "Bob")
    await ann.says("/start")
    await bob.says("/start")

    def prepare(session: Session) -> None:
        for person in (ANN, BOB):
            fill_questions(session, person)
            fill(session, person)

    await db.run(prepare)
    before = set(await db.run(lambda session: holding(session, ANN)))
    assert {"user_account.id", "outbox.chat_id", "set_aside_update.payload", "waiting_asker.user_id"} <= before
    others = await db.run(lambda session: sorted(holding(session, BOB)))
    await ann.says("/delete")
    assert (await ann.presses("erase")).template == "privacy/erased"
    # What names the question or the update and not the person may stay: it was given the same number above.
    left = await db.run(lambda session: holding(session, ANN))
    assert [where for where in left if where not in {"question.id"}] == []
    assert await db.run(lambda session: sorted(holding(session, BOB))) == others


async def test_an_old_button_or_a_mistake_stores_nobody_again(coach: BotHarness) -> None:
    ann = coach.person(ANN, "Ann")
    await ann.says("/start")
    await ann.presses("set_me_up")
    question = ann.user.last
    await ann.says("/delete")
    await ann.presses("erase")
    ann.user.press_data("goal:legs", question)
    await coach.settle()
    assert ann.toast.template == "mistakes/old_button"
    assert (await ann.says("/weight purple")).template == "mistakes/weight_not_understood"
    assert await coach.running.db.run(lambda session: holding(session, ANN)) == []


def fill_questions(session: Session, person: int) -> None:
    """A question to wait for an answer to; the question itself names nobody."""
    question = SQLModel.metadata.tables["question"]
    row = {"id": person, "text": "why", "language": "en", "outcome": "none", "state": "open", "asked_at": START}
    session.connection().execute(question.insert(), [row])


async def test_the_export_holds_all_of_it_and_nobody_elses(coach: BotHarness) -> None:
    ann, bob = coach.person(ANN, "Ann"), coach.person(BOB, "Bob")
    for person in (ann, bob):
        await person.says("/start")
        await person.says("/weight 70 kg")
    await ann.says("/export")
    message = ann.user.last
    document = message["document"]
    assert document["file_name"] == "calf-coach-export.zip"
    data = coach.telegram.core.state.files[document["file_id"]].data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        everything = json.loads(archive.read("export.json"))
        assert everything["user_account"][0]["first_name"] == "Ann"
        assert everything["user_account"][0]["weight_kg"] == 70
        tables = {name.removesuffix(".csv") for name in archive.namelist()} - {"export.json", "README.txt"}
        assert tables == set(everything)
        for name in tables:
            header, *rows = csv.reader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig")))
            assert len(rows) == len(everything[name])
            assert header == list(everything[name][0])
        assert all(str(BOB) not in archive.read(name).decode() for name in archive.namelist())
    assert "outbox" not in everything, "the archive does not speak of itself"


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-1", "@SUM(A1)", "\t=1", "＝1"])
async def test_a_spreadsheet_runs_nothing_of_an_export(coach: BotHarness, name: str) -> None:
    ann = coach.person(ANN, name)
    await ann.says("/start")
    await ann.says("/export")
    data = coach.telegram.core.state.files[ann.user.last["document"]["file_id"]].data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = archive.read("user_account.csv")
        assert written.startswith(b"\xef\xbb\xbf")
        row = next(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))
        everything = json.loads(archive.read("export.json"))
        assert "apostrophe" in archive.read("README.txt").decode()
    assert row["first_name"] == "'" + everything["user_account"][0]["first_name"]
    assert row["id"] == str(ANN)


async def test_the_export_leaves_nothing_out_that_erasing_would_find(database: Database, content: Content) -> None:
    def work(session: Session) -> tuple[set[str], set[str]]:
        session.connection().execute(_user().insert(), [_row(_user(), ANN) | {"id": ANN, "goals": []}])
        fill_questions(session, ANN)
        fill(session, ANN)
        named = {where.partition(".")[0] for where in holding(session, ANN)}
        found = person_data.gather(session, ANN)
        for name, rows in found.items():
            assert all(row.keys() == set(SQLModel.metadata.tables[name].columns.keys()) for row in rows), "every field"
        return named, {name for name, rows in found.items() if rows}

    named, gathered = await database.run(work)
    assert named <= gathered
    assert "question" in gathered


async def test_what_waits_in_memory_for_an_erased_person_is_not_sent(coach: BotHarness) -> None:
    ann = coach.person(ANN, "Ann")
    await ann.says("/delete")
    sent = len(ann.user.received)
    coach.telegram.faults.next("sendMessage", RetryAfter(30), chat_id=ANN)
    await ann.user.send("/help")
    await ann.user.send("/privacy")
    await coach.telegram.until(lambda: coach.telegram.pending_updates == 0 and not coach.telegram.faults.waiting)
    await ann.user.press("Erase everything")
    await coach.telegram.until(lambda: coach.telegram.pending_updates == 0)
    await coach.running.intake.until_idle()
    coach.clock.forward(minutes=1)
    coach.running.sender.wake()
    await coach.settle()
    assert len(ann.user.received) == sent
    assert ann.sees.template == "privacy/erased"


async def test_an_update_set_aside_in_a_group_is_erased_with_its_person(coach: BotHarness) -> None:
    update = {"update_id": 9, "message": {"chat": {"id": -5, "type": "group"}, "from": {"id": ANN}, "text": "x"}}
    await Dispatcher(coach.running.application).set_aside(update, RuntimeError("x"))
    rows = await coach.running.db.run(lambda session: session.get(SetAsideUpdate, 9))
    assert rows is not None
    assert rows.user_id == ANN


@pytest.mark.parametrize(
    "text",
    ["And who else can see it? he asks", "is my stuff visible to my employer?", "are my messages read by a human",
     "do you sell my data", "is this private?"],
)  # fmt: skip
async def test_who_sees_it_is_told_by_the_policy(coach: BotHarness, text: str) -> None:
    ann = await set_up(coach)
    assert (await ann.says(text)).template == "privacy/policy"
