"""Whatever comes with the webhook's secret is taken: no crash, no traceback to a user, nobody else's data touched."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import fields
from datetime import date, timedelta
from enum import Enum
from io import BytesIO
from typing import Any, get_type_hints

import aiohttp
import pytest
from sqlalchemy import inspect, select
from sqlmodel import Session, SQLModel
from sqlmodel import select as sqlmodel_select
from telegram import Update

from coach.buttons.callback_data import CallbackData
from content.library import Content
from db.engine import Database
from db.models import SetAsideUpdate
from gateway.inbound.webhook import BODY_BYTES, SECRET_HEADER
from tests.support.bot_harness import SECRET, START, BotHarness, Person, running_bot
from tests.support.update_fuzzer import PEOPLE, VICTIM, Anything, whole

Json = dict[str, Any]
AT_ONCE = 32
UNSEEN = ("Traceback", "Error:", "Exception", "None", "Undefined", "object at 0x")
"""No message to anybody holds these."""

SETUP = (
    "/goals calves",
    "/weight 72.5 kg",
    "/remind 7:00",
    "are ankle weights a good idea?",
    "purple elephants on stilts",
    "/pause 3 days",
    "/resume",
)


@pytest.fixture
async def coach(database: Database, content: Content) -> AsyncIterator[BotHarness]:
    async with running_bot(database, content, by_webhook=True) as running:
        yield running


async def known(coach: BotHarness, user_id: int, name: str) -> Person:
    """Return somebody who has set everything up and used most of it."""
    person = coach.person(user_id, name)
    await person.says("/start")
    await person.presses("Set me up")
    for _ in range(12):
        skip = next((label for label in person.buttons if label.startswith("Skip")), None)
        if skip is None:
            break
        await person.presses(skip)
    for line in SETUP:
        await person.says(line)
    return person


def rows_of(session: Session, person: int) -> dict[str, list[Any]]:
    """Return every row that belongs to this person."""
    found = {}
    for name, table in sorted(SQLModel.metadata.tables.items()):
        column = table.c.get("user_id") if name != "user_account" else table.c.id
        if column is not None:
            key = list(inspect(table).primary_key)
            rows = session.connection().execute(select(table).where(column == person).order_by(*key))
            found[name] = [tuple(row) for row in rows]
    return found


def test_the_rows_of_a_person_are_found_in_every_table_that_names_one(database: Database) -> None:
    found = database.run_now(lambda session: rows_of(session, 1))
    assert {"user_account", "reminder", "training_session", "measurement", "outbox", "waiting_asker"} <= set(found)


async def fuzz(coach: BotHarness, updates: int, seed: int) -> Counter[int]:
    """Send so many updates at once in a crowd; return how often each status was answered."""
    victim = await known(coach, VICTIM, "Vera")
    for number in PEOPLE:
        coach.person(number)
    before = await coach.running.db.run(lambda session: rows_of(session, VICTIM))
    seen = len(victim.user.messages)
    anything, statuses, numbers = Anything(seed), Counter[int](), iter(range(2_000_000, 2_000_000 + updates))

    async def post() -> None:
        for number in numbers:
            body = mangled(anything, json.dumps(anything.update(number)).encode())
            async with client.post(
                f"{coach.served}/telegram", data=BytesIO(body), headers={SECRET_HEADER: SECRET}
            ) as response:
                statuses[response.status] += 1
                assert await response.read() == b""

    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as client:
        await asyncio.gather(*(post() for _ in range(AT_ONCE)))
    await coach.running.intake.until_idle()
    await coach.running.sender.until_idle()
    assert statuses.total() == updates
    assert set(statuses) <= {200, 400, 413}
    assert statuses[200] > updates * 0.8
    taken = coach.running.intake.metrics.outcomes
    assert taken["set-aside"] < statuses[200] * 0.5, "most are whole enough to be read"
    assert await raised_in_handlers(coach) == []
    assert await coach.running.db.run(lambda session: rows_of(session, VICTIM)) == before
    assert len(victim.user.messages) == seen
    known_now = await coach.running.db.run(lambda session: set(session.connection().execute(PEOPLE_STORED).scalars()))
    assert known_now <= {*PEOPLE, VICTIM, *HUGE_PEOPLE}
    for call in coach.telegram.calls:
        words = str(call.params.get("text", "")) + str(call.params.get("caption", ""))
        assert not any(unseen in words for unseen in UNSEEN), words
    await victim.says("/help")
    assert len(victim.user.messages) > seen, "it answers as ever"
    # a query that came without its id is answered without one
    assert [fault for fault in coach.telegram.schema_faults if "query_id" not in fault] == []
    coach.telegram.schema_faults.clear()
    return statuses


async def raised_in_handlers(coach: BotHarness) -> list[str]:
    """Return the errors of updates that were set aside although nothing was wrong with them: those are ours."""
    rows = await coach.running.db.run(lambda session: list(session.exec(sqlmodel_select(SetAsideUpdate)).all()))
    return [
        f"{row.error}: {json.dumps(row.payload)[:600]}"
        for row in rows
        if readable(coach, row.payload) and whole(row.payload)
    ]


def readable(coach: BotHarness, payload: Json) -> bool:
    """Tell whether the library makes an update of this."""
    try:
        Update.de_json(payload, coach.running.application.bot)
    except Exception:  # it raises whatever a missing or odd field makes of it
        return False
    return True


PEOPLE_STORED = select(SQLModel.metadata.tables["user_account"].c.id)
HUGE_PEOPLE = (0, -1, 2**31, 2**53 + 1, 2**63 - 1)


def mangled(anything: Anything, body: bytes) -> bytes:
    """Return the body, now and then cut short, garbled or far too long."""
    chance = anything.chance
    match chance.randrange(60):
        case 0:
            return body[: chance.randrange(len(body))]
        case 1:
            at = chance.randrange(len(body))
            return body[:at] + bytes([chance.randrange(256)]) + body[at + 1 :]
        case 2 if chance.random() < 0.05:
            return body + b" " * BODY_BYTES
    return body


def test_many_updates_are_whole_and_many_are_not() -> None:
    anything = Anything(1)
    found = Counter(whole(anything.update(number)) for number in range(400))
    assert min(found[True], found[False]) > 80, found
    assert whole({"update_id": 1, "callback_query": {"id": "7", "chat_instance": ""}}) is False


async def test_half_a_character_and_a_button_of_nobody_are_no_trouble(coach: BotHarness) -> None:
    ann = coach.person(name="Ann \ud83e\0")
    assert "Hello Ann ??" in await ann.says("/start")
    nobody = {"update_id": 3_000_000, "callback_query": {"id": "7", "chat_instance": "", "data": "settings"}}
    async with aiohttp.ClientSession(headers={SECRET_HEADER: SECRET}) as client:
        assert (await client.post(f"{coach.served}/telegram", json=nobody)).status == 200
    await coach.settle()
    assert coach.running.intake.metrics.outcomes["set-aside"] == 0


async def test_whatever_comes_is_taken(coach: BotHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.inbound.intake._RETRY_DELAYS", (0, 0))
    await fuzz(coach, 400, seed=1)


@pytest.mark.soak
async def test_a_hundred_thousand_updates_are_taken(
    coach: BotHarness, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gateway.inbound.intake._RETRY_DELAYS", (0, 0))
    statuses = await fuzz(coach, 50_000, seed=2)  # on each database
    counts = coach.running.intake.metrics.outcomes
    with capsys.disabled():
        print(f"\n{coach.running.db.url.get_backend_name()}: {dict(statuses)}, then {dict(counts)}")  # noqa: T201


# Forged buttons


def some(kind: type, chance: random.Random, questions: list[int]) -> str:
    """Return a value for a field of this type, as one who knows the code would forge it."""
    if issubclass(kind, Enum):
        return str(chance.choice(list(kind)))
    if kind is date:
        return (START.date() + timedelta(days=chance.randint(-3, 8))).isoformat()
    if kind is int:
        return str(chance.choice([*questions, 0, 1, 7, chance.randint(-5, 10**12), VICTIM]))
    return chance.choice(("are-ankle-weights", "soleus", "calf-raise", "Europe/Paris", "0700", "session", "1:2", "x"))


async def forge(coach: BotHarness, times: int, seed: int) -> None:
    """Let somebody else press every button there is, forged; nothing of the victim's changes."""
    victim = await known(coach, VICTIM, "Vera")
    questions = await coach.running.db.run(
        lambda session: list(session.connection().execute(select(SQLModel.metadata.tables["question"].c.id)).scalars())
    )
    assert questions, "she asked"
    thief = await known(coach, 5, "Theo")
    group = coach.telegram.group(-100, "Runners")
    before = await coach.running.db.run(lambda session: rows_of(session, VICTIM))
    seen, chance = victim.user.messages, random.Random(seed)
    for action in CallbackData.__subclasses__():
        hints = get_type_hints(action)
        for _ in range(times):
            data = ":".join([action.code, *(some(hints[one.name], chance, questions) for one in fields(action))])
            where = group if chance.random() < 0.2 else None
            thief.user.press_data(data, chance.choice([thief.user.last, victim.user.last]), where)
        await coach.settle()
        after = await coach.running.db.run(lambda session: rows_of(session, VICTIM))
        assert after == before, f"{action.__name__} of another has changed her data"
    assert victim.user.messages == seen
    assert coach.running.intake.metrics.outcomes["set-aside"] == 0


async def test_forged_buttons_touch_nobody_else(coach: BotHarness) -> None:
    await forge(coach, 3, seed=3)


@pytest.mark.soak
async def test_a_flood_of_forged_buttons_touches_nobody_else(coach: BotHarness) -> None:
    await forge(coach, 18, seed=4)
