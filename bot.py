"""Calf Coach on the command line: run | chat | ask | check | unanswered | migrate | backup | copy."""

import sys
from importlib.util import find_spec

if find_spec("uvloop") is None:
    sys.exit("Calf Coach is not set up for this Python. Run: make setup, then .venv/bin/python bot.py")

import argparse
import asyncio
import json
import logging
import os
import signal
import socket
import sqlite3
import webbrowser
from collections.abc import Callable, Coroutine, Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any, Final

import uvloop
from sqlalchemy.exc import SQLAlchemyError

from coach.likeness import grouped
from content.comparing import lacking
from content.library import Content, ContentFaults, ahead, stale
from db import backups, looking, migrate, questions
from db.engine import Database, parse_url
from gateway import logs
from gateway.errors import AnotherCopy, TokenRefused, WebhookRefused
from running import CONTENT, Hook, JumpingClock, Running, load_content, next_event, prepare, real_clock, settle_memory
from settings import FILE, Settings, oddities, read
from telegram_local.server import LocalTelegram

HOW_TO_BEGIN: Final = """\
BOT_TOKEN is not set. Talk to @BotFather in Telegram, send /newbot, and put the token it gives you into .env.
To try the coach without Telegram: make chat"""
CHAT_DATA: Final = Path("data/chat")
LOCAL_TOKEN: Final = "1:local"  # noqa: S105 - opens nothing but the server on loopback

OK, FAULTY, REFUSED, ANOTHER = 0, 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; return 0 well, 1 faulty, 2 wrong use or a refused token, 3 another copy is running."""
    options = _parser().parse_args(arguments)
    settings, faults = read()
    _log_to_stderr(settings)
    command: Callable[[Settings, argparse.Namespace], int] = options.command
    try:
        if command is check:
            code = check(settings, options, faults)
        else:
            code = _complain(*faults, code=REFUSED) if faults else command(settings, options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read us has enough, as `| head` does; nor shall Python's own end complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (
        ContentFaults,
        migrate.SchemaTooNew,
        SQLAlchemyError,
        OSError,
        TokenRefused,
        AnotherCopy,
        WebhookRefused,
    ) as error:
        return _explain(error)


def _explain(error: Exception) -> int:
    """Say what is wrong in a sentence that helps; the traceback would not."""
    lines, code = [f"The database cannot be used: {getattr(error, 'orig', None) or type(error).__name__}"], FAULTY
    match error:
        case ContentFaults():
            lines = [str(fault) for fault in error.faults]
        case migrate.SchemaTooNew():
            lines = ["The database was written by a newer version. Update the code, or restore a backup."]
        case TokenRefused():
            lines, code = ["Telegram refused BOT_TOKEN. Ask @BotFather for the current one (/token)."], REFUSED
        case AnotherCopy():
            lines, code = ["Telegram says: another copy is running with this token. Stop that one first."], ANOTHER
        case WebhookRefused():
            lines = [f"Telegram does not take WEBHOOK_URL: {error}"]
        case OSError():
            lines = [f"A file or an address cannot be used: {error}"]
    return _complain(*lines, code=code)


def run(settings: Settings, _options: argparse.Namespace) -> int:
    """Serve Telegram until Ctrl-C or SIGTERM."""
    if settings.bot_token is None:
        return _complain(*HOW_TO_BEGIN.splitlines(), code=REFUSED)
    token = settings.bot_token.get_secret_value()
    content = load_content()
    hook = None
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        hook = Hook(settings.webhook_url, settings.webhook_secret.get_secret_value())
    with closing(prepare(settings.database_url)) as db, _listener(settings) or nullcontext() as listener:

        async def serve(stop: asyncio.Event) -> None:
            running = Running(
                token=token,
                api_url=settings.bot_api_url,
                db=db,
                content=content,
                rate=settings.message_rate,
                paid=settings.paid_broadcast,
                admins=settings.admin_ids,
                hook=hook,
                listener=listener,
                warmed=settle_memory,
            )
            await running.run(stop)

        _until_signal(serve)
    return OK


def _listener(settings: Settings) -> socket.socket | None:
    """Open LISTEN. Where nobody chose it and somebody else has it, there are no health and metrics: None.

    Raises OSError where it was chosen, or a webhook needs it.
    """
    host, port = settings.address
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if settings.webhook_url or "listen" in settings.model_fields_set:
            raise OSError(error.errno, f"LISTEN {settings.listen}: {error.strerror}") from None
        logging.getLogger(__name__).warning(
            "no health and no metrics: LISTEN is taken", extra={"listen": settings.listen}
        )
        return None


def chat(settings: Settings, options: argparse.Namespace) -> int:
    """Run the same bot against the local Telegram, with a page to chat in and a clock to jump with."""
    CHAT_DATA.mkdir(parents=True, exist_ok=True)
    # Never DATABASE_URL: the local Telegram knows none of its people, and their reminders would end as undeliverable.
    db = prepare(f"sqlite:///{CHAT_DATA / 'calf-coach.db'}")
    clock = JumpingClock(CHAT_DATA / "clock.json")
    content = load_content()
    try:
        _until_signal(lambda stop: _chat(db, clock, content, settings.admin_ids, options, stop))
    except OSError as error:
        return _complain(f"Cannot serve on port {options.port}: {error.strerror}. Try --port 0 for a free one.")
    finally:
        db.close()
    return OK


async def _chat(
    db: Database,
    clock: JumpingClock,
    content: Content,
    admins: frozenset[int],
    options: argparse.Namespace,
    stop: asyncio.Event,
) -> None:
    async def jump() -> None:
        if due := await next_event(db):
            clock.jump(due)
            await running.ticker.tick_now()
            running.sender.wake()

    telegram = LocalTelegram(
        token=LOCAL_TOKEN,
        bot_name="Calf Coach",
        now=clock,
        next_event=lambda: next_event(db),
        jump=jump,
        state_file=CHAT_DATA / "telegram.json",
    )
    address = await telegram.start(port=options.port)
    try:
        running = Running(
            token=LOCAL_TOKEN,
            api_url=address,
            db=db,
            content=content,
            clock=clock,
            rate=1000,
            admins=admins,
            warmed=settle_memory,
        )
        print(f"Chat with the coach at {address}/ (Ctrl-C stops)", flush=True)
        if not options.no_browser:
            webbrowser.open(address)
        await running.run(stop)
    finally:
        await telegram.stop()


def ask(_settings: Settings, options: argparse.Namespace) -> int:
    """Say what the FAQ would answer, and why."""
    finder = load_content(options.content).language(None).finder

    def asked(question: str) -> dict[str, Any]:
        found = finder.find(question)
        candidates = [{"entry": one.entry, "score": round(one.score, 4)} for one in found.candidates]
        return {
            "question": question,
            "outcome": found.outcome,
            "entry": found.entry,
            "safety": found.safety,
            "urgency": found.urgency,
            "candidates": candidates,
            "ms": round(found.ms, 3),
        }

    if options.jsonl:
        for line in sys.stdin.buffer:
            print(json.dumps(asked(line.decode(errors="replace").strip()), ensure_ascii=False), flush=True)
        return OK
    if not " ".join(options.question).strip():
        return _complain("Ask something: bot.py ask why are calves hard to grow", code=REFUSED)
    answer = asked(" ".join(options.question))
    found = f"{answer['safety']}, {answer['urgency']}" if answer["safety"] else answer["entry"] or "–"
    print(f"{answer['outcome']}: {found} ({answer['ms']:.1f} ms)")
    for candidate in answer["candidates"]:
        print(f"  {candidate['score']:.3f}  {candidate['entry']}")
    return OK


def check(settings: Settings, options: argparse.Namespace, wrong: Sequence[str] = ()) -> int:
    """Look over settings, content, database and schema; print every fault, those of the settings included."""
    faults = list(wrong)
    token = "token set" if settings.bot_token else "no BOT_TOKEN: run will not start"
    print(f"settings: {f'{len(wrong)} wrong' if wrong else token}")
    for oddity in oddities():
        print(f"settings: {oddity}")
    try:
        content = load_content(options.content)
        english = content.language(None)
        print(
            f"content: {len(english.entries)} entries, {len(english.exercises)} exercises; {english.finder.describe()}"
        )
        for language in content.languages.values():
            for missing in lacking(language):
                print(f"content: {language.code} lacks {missing}; English is shown")
        today = real_clock().date()
        for old in stale(content, today):
            print(f"content: {old}")
        faults += map(str, ahead(content, today))
    except ContentFaults as error:
        faults += map(str, error.faults)
    if any(fault.startswith(("DATABASE_URL", FILE)) for fault in wrong):  # which one is meant, nobody knows
        return _complain(*faults)
    try:
        said, fault = looking.look(settings.database_url)
        print(f"database: {said}")
        faults += [f"database: {fault}"] if fault else []
    except (SQLAlchemyError, OSError) as error:
        where = looking.shown(settings.database_url)
        faults.append(f"database: {where} cannot be used: {getattr(error, 'orig', None) or error}")
    return _complain(*faults) if faults else OK


def unanswered(settings: Settings, _options: argparse.Namespace) -> int:
    """List what people asked in vain, the most asked first."""
    db = prepare(settings.database_url)
    groups = grouped(db.run_now(questions.unanswered))
    db.close()
    print(f"{sum(len(group.asked) for group in groups)} open, {len(groups)} group{'' if len(groups) == 1 else 's'}")
    for group in groups:
        waiting = f", {group.waiting} to be told" if group.waiting else ""
        print(f"×{len(group.asked)}  {_line(group.text)}  (first on {group.first:%Y-%m-%d}{waiting})")
        for wording in group.wordings:
            if wording != group.text:
                print(f"      {_line(wording)}")
    return OK


def _line(text: str) -> str:
    """Return what a stranger wrote on one line, without what a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def migrate_(settings: Settings, _options: argparse.Namespace) -> int:
    """Bring the schema up to date."""
    db = prepare(settings.database_url)
    print(f"schema {migrate.revision(db)}")
    db.close()
    return OK


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Copy a running SQLite database safely, by SQLite's own backup."""
    with closing(Database(settings.database_url)) as db:
        if not db.is_sqlite:
            return _complain("backup is for SQLite; use pg_dump for PostgreSQL", code=REFUSED)
        try:
            backups.save(db, options.file)
        except backups.Itself:
            return _complain("Not saved: that file belongs to the running database. Name another one.", code=REFUSED)
        except (sqlite3.Error, OSError, backups.Damaged) as error:
            return _complain(f"Not saved: {error}")
    print(f"saved to {options.file}")
    return OK


def copy(settings: Settings, options: argparse.Namespace) -> int:
    """Copy every row to another, empty database; stop the bot before."""
    whence, where = looking.shown(settings.database_url), looking.shown(options.to)
    if looking.holds_nothing(settings.database_url):
        return _complain(f"Nothing was copied: no bot has written to {whence} yet. DATABASE_URL names what to copy.")
    with closing(prepare(settings.database_url)) as source, closing(prepare(options.to)) as target:
        try:
            copied = backups.copy(source, target)
        except backups.NotEmpty as error:
            return _complain(f"Nothing was copied: {where} has rows already, in {error}.")
    for table, count in copied.items():
        print(f"{count:>9} {table}")
    print(f"Copied from {whence} to {where}. Set DATABASE_URL to the new address to use it.")
    return OK


def _until_signal(serve: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Run `serve(stop)`, setting `stop` on Ctrl-C and SIGTERM."""

    async def guarded() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        await serve(stop)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(guarded())


def _log_to_stderr(settings: Settings) -> None:
    secrets = [secret.get_secret_value() for secret in (settings.bot_token, settings.webhook_secret) if secret]
    logs.begin(settings.log_level, settings.log_format, *secrets)


def _complain(*lines: str, code: int = FAULTY) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return code


def _database(url: str) -> str:
    try:
        parse_url(url)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return url


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.py", description=__doc__)
    parser.set_defaults(command=run)
    commands = parser.add_subparsers()
    for name, work in (
        ("run", run),
        ("chat", chat),
        ("ask", ask),
        ("check", check),
        ("unanswered", unanswered),
        ("migrate", migrate_),
        ("backup", backup),
        ("copy", copy),
    ):
        command = commands.add_parser(name, help=(work.__doc__ or "").strip())
        command.set_defaults(command=work)
        if work is chat:
            command.add_argument("--port", type=int, default=8765, help="0 takes a free one")
            command.add_argument("--no-browser", action="store_true", help="do not open a browser")
        elif work is ask:
            command.add_argument("question", nargs="*")
            command.add_argument("--jsonl", action="store_true", help="read a question a line from standard input")
        if work in {ask, check}:
            command.add_argument("--content", type=Path, default=CONTENT, help="another folder of content")
        if work is backup:
            command.add_argument("file", type=Path)
        elif work is copy:
            command.add_argument("--to", required=True, type=_database, metavar="URL", help="an SQLAlchemy address")
    return parser


if __name__ == "__main__":
    sys.exit(main())
