"""Alive, ready, figures: what an operator's tools read."""

from __future__ import annotations

import argparse
import asyncio
import errno
import re
import socket
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from app.bot_app import BotApp
from cli import serve
from content.library import Content
from db import migrate
from db.engine import Database
from db.models import User
from gateway.ops.metrics import Histogram, Metric, labelled, render_metrics
from settings import Settings
from tests.support.bot_harness import BotHarness, Clock, running_bot

Json = dict[str, Any]
LINE = re.compile(r'[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z]+="(?:[^"\\\n]|\\[\\"n])*")*\})? \S+')


async def get(coach: BotHarness, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as client, client.get(coach.served + path) as response:
        return response.status, await response.text()


async def figures(coach: BotHarness) -> dict[str, float]:
    status, text = await get(coach, "/metrics")
    assert status == 200
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            assert LINE.fullmatch(line), line
            name, _, value = line.rpartition(" ")
            found[name] = float(value)
    return found


async def test_a_running_bot_is_alive_and_ready(coach: BotHarness) -> None:
    await coach.tick()
    while not coach.running.health.warm:
        await coach.settle()
    assert (await get(coach, "/healthz"))[0] == 200
    status, text = await get(coach, "/readyz")
    assert status == 200, text
    well = {"telegram", "database", "schema", "content", "tick", "warm", "poll"}
    assert set(re.findall(r'"(\w+)": "ok"', text)) == well


async def test_a_bot_that_is_stopped_before_telegram_answers_leaves_nothing_open(
    database: Database, content: Content
) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    running = BotApp(
        token="1:local", api_url="http://127.0.0.1:9", db=database, content=content, clock=Clock(), listener=listener
    )
    stop = asyncio.Event()
    stop.set()
    await running.run(stop)
    assert listener.fileno() == -1
    with pytest.raises(RuntimeError, match="after shutdown"):
        running.renderers._thread.submit(int)


def test_a_chat_that_cannot_begin_closes_its_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    closed: list[Database] = []

    def close(database: Database) -> None:
        closed.append(database)

    monkeypatch.setattr(Database, "close", close)
    monkeypatch.setattr(serve, "load_content", lambda: pytest.fail("broken", pytrace=False))
    with pytest.raises(pytest.fail.Exception, match="broken"):
        serve.chat(Settings(), argparse.Namespace(port=0, no_browser=True))
    assert len(closed) == 1


async def test_what_stands_still_is_not_ready(coach: BotHarness) -> None:
    await coach.tick()
    coach.clock.forward(minutes=10)
    status, text = await get(coach, "/readyz")
    assert status == 503
    assert '"tick": "600 s ago"' in text
    assert '"poll": "600 s ago"' in text
    assert '"database": "ok"' in text
    assert (await get(coach, "/healthz"))[0] == 200


async def test_a_bot_that_is_still_warming_up_is_not_ready(database: Database, content: Content) -> None:
    loaded = threading.Event()
    async with running_bot(database, content, warmed=lambda: loaded.wait(30)) as coach:
        await coach.tick()
        status, text = await get(coach, "/readyz")
        loaded.set()
    assert status == 503
    assert '"warm": "not yet"' in text
    assert text.count('"ok"') == 6


async def test_another_schema_is_not_ready(coach: BotHarness) -> None:
    await coach.tick()
    with coach.running.db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    status, text = await get(coach, "/readyz")
    assert status == 503
    assert f'"schema": "9999 instead of {migrate.head()}"' in text


async def test_figures_are_served_while_the_database_is_away(coach: BotHarness) -> None:
    assert "coach_people" in (await get(coach, "/metrics"))[1]
    coach.running.health.forget()
    with coach.running.db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE question RENAME TO gone")
    found = await figures(coach)
    assert "coach_ticks_total" in found
    assert not any(name.startswith("coach_people") for name in found)
    with coach.running.db.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO question")
    assert any(name.startswith("coach_people") for name in await figures(coach))


async def test_figures_follow_what_happens(coach: BotHarness) -> None:
    before = await figures(coach)
    assert before['coach_people{state="new"}'] == 0
    ann = coach.person(1, "Ann")
    await ann.says("/help")
    await ann.says("why are calves so hard to grow?")
    await ann.presses("Helpful")
    coach.running.health.forget()
    after = await figures(coach)
    assert after['coach_updates_total{kind="message",outcome="done"}'] == 2
    assert after['coach_updates_total{kind="callback_query",outcome="done"}'] == 1
    assert after['coach_sent_total{lane="reply"}'] >= 2
    assert after["coach_update_seconds_count"] == 3
    assert after["coach_reply_seconds_count"] >= 2
    assert after['coach_update_seconds_bucket{le="+Inf"}'] == 3
    assert after['coach_people{state="new"}'] == 1
    assert after['coach_questions{outcome="answer"}'] == 1
    assert after['coach_outbox{lane="reply"}'] == 0


async def test_people_are_counted_in_one_state_each(coach: BotHarness) -> None:
    now = coach.clock()
    people = [
        User(id=1, created_at=now),
        User(id=2, created_at=now, set_up_at=now),
        User(id=3, created_at=now, set_up_at=now, pause_reason="sick"),
        User(id=4, created_at=now, set_up_at=now, pause_reason="sick", unreachable="blocked"),
        User(id=5, created_at=now, unreachable="blocked"),
        User(id=6, created_at=now, set_up_at=now, pause_reason="sick", paused_until=now + timedelta(days=1)),
        User(id=7, created_at=now, set_up_at=now, pause_reason="sick", paused_until=now - timedelta(days=1)),
    ]
    await coach.running.db.run(lambda session: session.add_all(people))
    found = await figures(coach)
    states = {state: found[f'coach_people{{state="{state}"}}'] for state in ("new", "set-up", "paused", "unreachable")}
    assert states == {"new": 1, "set-up": 2, "paused": 2, "unreachable": 2}


def test_a_page_is_written_as_prometheus_reads_it() -> None:
    histogram = Histogram(bounds=(0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 7.0):
        histogram.observe(seconds)
    text = render_metrics(
        [
            labelled("a_total", "counter", "About a.", "why", {'say "hi"\\\n': 2}),
            Metric("b", "gauge", "About b.", [({}, 1.5)]),
        ],
        {("c_seconds", "About c."): histogram},
    )
    assert text.splitlines() == [
        "# HELP a_total About a.",
        "# TYPE a_total counter",
        'a_total{why="say \\"hi\\"\\\\\\n"} 2',
        "# HELP b About b.",
        "# TYPE b gauge",
        "b 1.5",
        "# HELP c_seconds About c.",
        "# TYPE c_seconds histogram",
        'c_seconds_bucket{le="0.1"} 2',
        'c_seconds_bucket{le="1"} 3',
        'c_seconds_bucket{le="+Inf"} 4',
        f"c_seconds_sum {0.05 + 0.1 + 0.5 + 7.0!r}",
        "c_seconds_count 4",
    ]
    assert all(LINE.fullmatch(line) for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("path", ["/", "/metrics/x", "/telegram"])
async def test_there_is_nothing_else(coach: BotHarness, path: str) -> None:
    assert (await get(coach, path))[0] == 404


class FullDisk:
    """A bot that cannot write."""

    def __init__(self, **_options: object) -> None:
        return

    async def run(self, _stop: asyncio.Event) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def chatting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: Content) -> None:
    """`bot.py chat` in a folder of its own, with a bot that cannot write."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(serve, "load_content", lambda: content)
    monkeypatch.setattr(serve, "log_to_stderr", lambda *_: None)
    monkeypatch.setattr(serve, "BotApp", FullDisk)


@pytest.mark.usefixtures("chatting")
def test_chat_names_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve.chat(Settings(), argparse.Namespace(port=port, no_browser=True)) == 1
    assert f"Cannot serve on port {port}" in capsys.readouterr().err


@pytest.mark.usefixtures("chatting")
def test_chat_blames_the_port_for_no_other_fault() -> None:
    with pytest.raises(OSError, match="No space left"):
        serve.chat(Settings(), argparse.Namespace(port=0, no_browser=True))
