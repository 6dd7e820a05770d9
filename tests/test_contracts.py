"""Promises of `bot.py` to the person who runs it: exit codes, words that help, and an end within five seconds."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import types
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import bot
from content.library import Content
from db import migrate
from db.engine import Database
from telegram_local.api.faults import Answer, Cut, CutAfter, Hang, Refuse, RetryAfter, ServerError
from telegram_local.server import LocalTelegram
from tests.support.bot_harness import running_bot
from tests.support.command_line import OURS, as_anybody, bot_process, started_process
from tests.support.fake_api import until
from tests.support.source_text import ROOT

TOKEN = "42:tests-of-the-command-line"
Command = Callable[..., int]


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    local = LocalTelegram(token=TOKEN, now=now)
    await local.start()
    yield local
    await local.stop()


def settings(telegram: LocalTelegram, folder: Path, token: str = TOKEN) -> dict[str, str]:
    return {
        "BOT_TOKEN": token,
        "BOT_API_URL": telegram.address,
        "DATABASE_URL": f"sqlite:///{folder / 'coach.db'}",
        "LISTEN": "127.0.0.1:0",
    }


# In this process: what ends at once


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: Content) -> Iterator[Command]:
    """`bot.py` with words and settings, in an empty folder; the content is read once for all."""
    for module in ("faq", "check", "serve"):
        monkeypatch.setattr(f"cli.{module}.load_content", lambda *_: content)
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    root, handlers, level = logging.getLogger(), logging.getLogger().handlers[:], logging.getLogger().level

    def run(*words: str, **settings: str) -> int:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        return bot.main(words)

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)


def test_without_a_token_it_says_how_to_get_one_and_how_to_try_without(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("run") == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "@BotFather" in lines[0]
    assert "make chat" in lines[1]


@pytest.mark.parametrize("token", ["abc", "12:", ":abcdef", "12:ab cd ef", "12:abcdef/../getMe", "12:абвгдеж"])
def test_a_malformed_token_is_named_but_not_repeated(
    command: Command, capsys: pytest.CaptureFixture[str], token: str
) -> None:
    assert command("run", BOT_TOKEN=token) == 2
    said = capsys.readouterr().err
    assert "BOT_TOKEN" in said
    assert token not in said


def test_a_locked_database_is_named(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0.05)
    file = tmp_path / "coach.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert command("run", BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{file}") == 1
    assert "database is locked" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["run", "check", "migrate"])
def test_a_damaged_database_is_named(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path, words: str
) -> None:
    file = tmp_path / "coach.db"
    file.write_bytes(b"not a database at all" * 300)
    assert command(words, BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{file}") == 1
    said = capsys.readouterr().err
    assert "not a database" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("words", ["run", "check", "migrate"])
def test_a_database_that_cannot_be_there_is_named(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path, words: str
) -> None:
    (tmp_path / "file").touch()
    assert command(words, BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{tmp_path}/file/in/it/coach.db") == 1
    said = capsys.readouterr().err
    assert "cannot be used" in said
    assert "Traceback" not in said


def test_a_database_server_that_is_down_is_named(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    address = "postgresql://coach:very-secret@127.0.0.1:1/coach"
    assert command("run", BOT_TOKEN=TOKEN, DATABASE_URL=address) == 1
    said = capsys.readouterr().err
    assert "The database cannot be used" in said
    assert "very-secret" not in said


@pytest.mark.parametrize("words", ["run", "check", "migrate"])
def test_a_newer_schema_is_left_alone(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path, words: str
) -> None:
    file = tmp_path / "coach.db"
    made = Database(f"sqlite:///{file}")
    migrate.upgrade(made)
    made.close()
    with closing(sqlite3.connect(file)) as ahead:
        ahead.execute("UPDATE alembic_version SET version_num = '9999'")
        ahead.commit()
        assert command(words, BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite:///{file}") == 1
        assert "newer" in capsys.readouterr().err
        assert ahead.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_check_is_content_with_what_stands_here(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("check") == 0
    said = capsys.readouterr()
    assert "no BOT_TOKEN" in said.out
    assert "entries" in said.out
    assert "there is none at data/calf-coach.db yet; the first start makes it" in said.out
    assert said.err == ""
    assert list(Path().iterdir()) == [], "it only looks"


@pytest.mark.parametrize("spoilt", ["file", "folder", "no file"])
def test_check_finds_a_database_that_cannot_be_written(tmp_path: Path, spoilt: str) -> None:
    file = tmp_path / "place" / "coach.db"
    made = Database(f"sqlite:///{file}")
    migrate.upgrade(made)
    made.close()
    if spoilt == "no file":
        file.unlink()
    (file if spoilt == "file" else file.parent).chmod(0o444 if spoilt == "file" else 0o555)
    code, said = as_anybody(tmp_path, "check", DATABASE_URL=f"sqlite:///{file}")
    assert code == 1
    assert "cannot be used: " in said
    assert str(file.parent) in said
    assert "Traceback" not in said


def test_check_finds_no_fault_in_a_database_that_was_never_used(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "coach.db").touch()
    assert command("check", DATABASE_URL=f"sqlite:///{tmp_path / 'coach.db'}") == 0
    assert "schema not made yet" in capsys.readouterr().out


def test_a_database_is_for_its_owner_alone(command: Command, tmp_path: Path) -> None:
    assert command("migrate") == 0
    assert command("copy", "--to", f"sqlite:///{tmp_path / 'other/copied.db'}") == 0
    for file in (tmp_path / "data/calf-coach.db", tmp_path / "other/copied.db"):
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_there_keeps_its_mode(command: Command, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    assert command("migrate") == 0
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o755


def test_check_names_every_faulty_setting(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = {"BOT_TOKEN": "x", "DATABASE_URL": "oracle://x", "ADMIN_IDS": "me", "MESSAGE_RATE": "0"}
    assert command("check", **faulty, WEBHOOK_URL="https://coach.example") == 1
    said = capsys.readouterr()
    for name in (*faulty, "WEBHOOK_SECRET"):
        assert name in said.err
    assert "settings: 5 wrong" in said.out
    assert "entries" in said.out
    assert "database:" not in said.out, "which one is meant, nobody knows"


def test_check_looks_at_content_and_database_behind_a_faulty_setting(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "coach.db").write_bytes(b"not a database at all" * 300)
    assert command("check", BOT_TOKEN="x", DATABASE_URL=f"sqlite:///{tmp_path / 'coach.db'}") == 1
    said = capsys.readouterr()
    assert "entries" in said.out
    assert ["BOT_TOKEN" in line for line in said.err.splitlines()] == [True, False]
    assert "not a database" in said.err


def test_other_commands_refuse_a_faulty_setting(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("run", "chat", "migrate"):
        assert command(words, MESSAGE_RATE="0") == 2
        assert capsys.readouterr().err.startswith("MESSAGE_RATE: ")


def test_migrate_makes_the_schema_and_check_sees_it(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("migrate") == 0
    assert command("check") == 0
    assert f"schema {migrate.head()} of {migrate.head()}" in capsys.readouterr().out


def test_ask_says_what_it_found_and_how_well_each_candidate_fits(
    command: Command, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("ask", "why", "are", "calves", "so", "hard", "to", "grow?") == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("answer: calves-hard-to-grow")
    assert len(others) >= 3
    assert others[0].split()[1] == "calves-hard-to-grow"
    assert command("ask") == 2


def test_an_empty_question_is_none(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("ask", " ") == 2
    assert "Ask something" in capsys.readouterr().err


def test_who_has_read_enough_ends_it_quietly(tmp_path: Path) -> None:
    """As `| head -1` does."""
    words = [sys.executable, str(ROOT / "bot.py"), "ask", "--jsonl"]
    with subprocess.Popen(
        words, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as asking:
        assert asking.stdin is not None
        assert asking.stdout is not None
        assert asking.stderr is not None
        asking.stdin.write(b"why are calves hard to grow\n")
        asking.stdin.flush()
        assert asking.stdout.readline()
        asking.stdout.close()
        asking.stdin.write(b"and again?\n" * 3)
        asking.stdin.close()
        assert asking.stderr.read() == b""
        assert asking.wait() == 0


def test_outside_its_environment_it_says_how_to_get_in(tmp_path: Path) -> None:
    bare = [sys.executable, "-S", "-E", str(ROOT / "bot.py"), "run"]  # -S: none of what is installed
    ran = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.splitlines() == [
        "Calf Coach is not set up for this Python. Run: make setup, then .venv/bin/python bot.py"
    ]


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKEN=1:abcdefgh\n")
    (tmp_path / ".env").chmod(0)
    for words, expected in (("run", 2), ("check", 1)):
        code, said = as_anybody(tmp_path, words)
        assert code == expected
        assert ".env cannot be read: Permission denied" in said
        assert "Traceback" not in said


def test_ask_by_lines_answers_each_whatever_stands_in_it(
    command: Command, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [b"why are calves so hard to grow", b"", b"   ", b"\xff\xfe\x00\x80 calves", b"x" * 20_000, "🦵".encode()]
    lines.append(b"one side of my face is drooping")
    monkeypatch.setattr("sys.stdin", types.SimpleNamespace(buffer=io.BytesIO(b"\n".join(lines))))
    assert command("ask", "--jsonl") == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(answers) == len(lines)
    for answer in answers:
        assert {"question", "outcome", "entry", "safety", "urgency", "candidates", "ms"} <= set(answer)
        assert answer["outcome"] in {"safety", "request", "answer", "suggest", "smalltalk", "none"}
        assert len(answer["candidates"]) >= 3
        scores = [candidate["score"] for candidate in answer["candidates"]]
        assert scores == sorted(scores, reverse=True)
    assert answers[0]["entry"] == "calves-hard-to-grow"
    assert [answers[number]["outcome"] for number in (1, 2)] == ["none", "none"]
    assert answers[0]["urgency"] is None
    assert (answers[-1]["safety"], answers[-1]["urgency"]) == ("stroke", "now")


# As a process: what runs on, and how it ends


@pytest.mark.parametrize(("name", "begun"), [(signal.SIGTERM, started_process), (signal.SIGINT, bot_process)])
async def test_a_signal_ends_it_within_five_seconds(
    telegram: LocalTelegram, tmp_path: Path, name: signal.Signals, begun: Callable[..., Any]
) -> None:
    """Ctrl+C at a Python that was started is `make chat`'s, in `test_commands`."""
    async with begun(tmp_path, "run", **settings(telegram, tmp_path)) as running:
        await running.sees(telegram, lambda: telegram.polled, within=60)
        assert await running.stopped_by(name) == 0
        assert "Traceback" not in running.said


async def test_a_refused_token_ends_it_with_a_word_on_what_to_do(telegram: LocalTelegram, tmp_path: Path) -> None:
    token = "43:quite-another-one-than-that"
    async with bot_process(tmp_path, "run", **settings(telegram, tmp_path, token)) as running:
        assert await running.ends() == 2
        assert "Telegram refused BOT_TOKEN" in running.said
        assert token not in running.said
        assert "Traceback" not in running.said


async def test_an_unreachable_server_is_tried_again_and_told_once(tmp_path: Path) -> None:
    tried, enough = 0, asyncio.Event()

    async def refuse(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal tried
        tried += 1
        writer.close()
        if tried >= 3:
            enough.set()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    async with server, bot_process(tmp_path, "run", BOT_TOKEN=TOKEN, BOT_API_URL=address) as running:
        async with asyncio.timeout(20):
            await enough.wait()
        assert await running.stopped_by(signal.SIGTERM) == 0
        assert running.said.count("cannot reach Telegram") == 1
        assert "Traceback" not in running.said


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "*"])
async def test_a_server_that_never_answers_does_not_hold_up_the_end(
    telegram: LocalTelegram, tmp_path: Path, method: str
) -> None:
    """`*`: it went silent after the start, with an answer to a person on its way."""
    ann, never = telegram.user(1), asyncio.Event()
    if method != "*":
        telegram.faults.always(method, Hang(never))
    async with bot_process(tmp_path, "run", **settings(telegram, tmp_path)) as running:
        if method == "*":
            await running.sees(telegram, lambda: telegram.polled)
            telegram.faults.always("*", Hang(never))
            await ann.send("/help")
            await running.sees(telegram, lambda: telegram.called("sendMessage"))
        else:
            await running.sees(telegram, lambda: telegram.called(method))
        assert await running.stopped_by(signal.SIGTERM) == 0
        assert "Traceback" not in running.said


@pytest.mark.parametrize("where", ["environment", "file"])
async def test_chat_leaves_the_database_of_the_real_bot_alone(tmp_path: Path, where: str) -> None:
    """The local Telegram knows none of its people: each would be taken for somebody who blocked the bot."""
    real = tmp_path / "real.db"
    given = {"DATABASE_URL": f"sqlite:///{real}"}
    if where == "file":
        (tmp_path / ".env").write_text(f"DATABASE_URL={given.pop('DATABASE_URL')}\n")
    async with bot_process(tmp_path, "chat", "--port", "0", "--no-browser", **given) as running:
        await running.says("Chat with the coach at")
        assert await running.stopped_by(signal.SIGTERM) == 0
    assert not real.exists()
    assert (tmp_path / "data/chat/calf-coach.db").exists()


async def test_chat_keeps_its_key_over_a_restart_and_out_of_the_log(tmp_path: Path) -> None:
    keys, talkative = set(), {"LOG_LEVEL": "DEBUG"}
    for _ in range(2):
        async with bot_process(tmp_path, "chat", "--port", "0", "--no-browser", **talkative) as running:
            line = await running.says("Chat with the coach at")
            address = line.split()[5]
            async with aiohttp.ClientSession() as session, session.get(address) as page:
                assert page.status == 200
            assert await running.stopped_by(signal.SIGTERM) == 0
        key = address.rpartition("=")[2]
        assert running.said.count(key) == 1, "where it is printed"
        assert not re.search(r"1:[\w-]{35}", running.said)
        keys.add(key)
    assert len(keys) == 1
    assert (tmp_path / "data/chat/page.key").stat().st_mode & 0o777 == 0o600


async def test_what_is_still_being_loaded_holds_up_no_other_part_of_the_end(
    database: Database, content: Content
) -> None:
    loaded = threading.Event()
    chatting = running_bot(database, content, warmed=lambda: loaded.wait(30))
    running = (await chatting.__aenter__()).running
    leaving = asyncio.create_task(chatting.__aexit__(None, None, None))
    await until(lambda: not running.leadership.leads, within=3)
    loaded.set()
    await leaving


async def test_another_copy_ends_it_after_three_conflicts(telegram: LocalTelegram, tmp_path: Path) -> None:
    conflict = Refuse(409, "Conflict: terminated by other getUpdates request")
    telegram.faults.always("getUpdates", conflict)
    async with bot_process(tmp_path, "run", **settings(telegram, tmp_path)) as running:
        assert await running.ends() == 3, "an exit of its own: who starts it again would end the other copy"
        assert "another copy is running" in running.said
        assert "Traceback" not in running.said
    assert len([call for call in telegram.called("getUpdates") if call.error == conflict.description]) >= 3


def test_a_thread_that_waits_does_not_hold_up_the_end() -> None:
    script = """
import asyncio, signal, os, time
from cli.ending import end
from cli.serve import _until_signal

async def serve(stop):
    waits = asyncio.create_task(asyncio.to_thread(time.sleep, 60))
    await asyncio.sleep(0.1)
    os.kill(os.getpid(), signal.SIGTERM)
    await stop.wait()
    waits.cancel()

_until_signal(serve)
end(0)
"""
    ended = subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=20, check=False)
    assert ended.returncode == 0


async def test_a_reply_that_a_kill_cut_off_goes_out_on_the_next_start_once(
    telegram: LocalTelegram, tmp_path: Path
) -> None:
    ann, given = telegram.user(1), settings(telegram, tmp_path)
    telegram.faults.always("sendMessage", Hang(asyncio.Event()))
    async with bot_process(tmp_path, "run", **given) as running:
        await ann.send("/help")
        await running.sees(telegram, lambda: telegram.called("sendMessage"))
        await running.killed()
    telegram.faults.clear()
    assert ann.received == []
    async with bot_process(tmp_path, "run", **given) as running:
        await running.sees(telegram, lambda: ann.received)
        first = ann.last
        await ann.ask("/privacy")
        assert [message["text"] for message in ann.received] == [first["text"], ann.last["text"]]
        assert await running.stopped_by(signal.SIGTERM) == 0


async def test_a_server_without_the_optional_methods_will_do(tmp_path: Path) -> None:
    optional = frozenset({"setMyCommands", "setMyDescription", "setMyShortDescription", "deleteWebhook"})
    telegram = LocalTelegram(token=TOKEN, now=now, unserved=optional)
    await telegram.start()
    try:
        async with bot_process(tmp_path, "run", **settings(telegram, tmp_path)) as running:
            await running.sees(telegram, lambda: telegram.polled)
            ann = telegram.user(1)
            assert "what" in str((await ann.ask("/help"))["text"]).casefold()
            assert await running.stopped_by(signal.SIGTERM) == 0
            assert "does not take an optional method method=set_my_commands" in running.said
            assert "Traceback" not in running.said
    finally:
        await telegram.stop()


@pytest.mark.parametrize("status", [401, 404])
async def test_a_page_at_the_start_is_no_refusal_of_the_token(
    telegram: LocalTelegram, tmp_path: Path, status: int
) -> None:
    telegram.faults.next("getMe", Answer(status))
    telegram.faults.next("getUpdates", Refuse(401, "Unauthorized"))
    async with bot_process(tmp_path, "run", **settings(telegram, tmp_path)) as running:
        await running.sees(telegram, lambda: telegram.polled and not telegram.faults.waiting)
        assert "refused" not in running.said
        assert await running.stopped_by(signal.SIGTERM) == 0


@pytest.mark.parametrize("refusal", [Refuse(401, "Unauthorized"), Refuse(404, "Not Found")])
async def test_a_token_that_telegram_does_not_know_ends_it_at_the_start(
    telegram: LocalTelegram, tmp_path: Path, refusal: Refuse
) -> None:
    telegram.faults.always("getMe", refusal)
    async with bot_process(tmp_path, "run", **settings(telegram, tmp_path)) as running:
        assert await running.ends() == 2
        assert "Telegram refused BOT_TOKEN" in running.said


@pytest.mark.parametrize("form", ["console", "json"])
async def test_neither_token_nor_words_reach_the_log_whatever_fails(
    telegram: LocalTelegram, tmp_path: Path, form: str
) -> None:
    """At the level that tells most, with a network that fails in every way."""
    given = settings(telegram, tmp_path)
    given |= {"LOG_LEVEL": "DEBUG", "LOG_FORMAT": form, "PYTHONASYNCIODEBUG": "1", "WEBHOOK_SECRET": "known-to-none"}
    faults = (Cut(), ServerError(502, html=True), RetryAfter(1), Refuse(400, f"Bad Request: /bot{TOKEN}/x"), CutAfter())
    people = [telegram.user(number) for number in range(1, len(faults) + 1)]
    telegram.faults.next("getMe", Cut())
    telegram.faults.next("getUpdates", ServerError(502, html=True))
    for person, fault in zip(people, faults, strict=True):
        telegram.faults.next("sendMessage", fault, chat_id=person.id)
    words = "purple elephants on stilts"
    async with bot_process(tmp_path, "run", **given) as running:
        await running.sees(telegram, lambda: telegram.polled)
        for person in people:
            await person.send(words)
        await running.sees(telegram, lambda: all(person.received for person in people))
        await running.sees(telegram, lambda: not telegram.faults.waiting)
        assert await running.stopped_by(signal.SIGTERM) == 0
        assert running.lines
        assert TOKEN not in running.said
        assert TOKEN.partition(":")[2] not in running.said
        assert "known-to-none" not in running.said
        assert words not in running.said
        assert "a message cannot be sent" in running.said, "what fails is told all the same"
        assert "something went wrong on my end" in people[3].last.text, "to who waits for it as well"
        if form == "json":
            events = [json.loads(line) for line in running.lines]
            assert all({"at", "level", "logger", "event"} <= set(event) for event in events)
            assert any(event["event"] == "a message cannot be sent" and "row" in event for event in events)
