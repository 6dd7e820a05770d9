"""Calf Coach on the command line: run | chat | talk | ask | check | unanswered | migrate | backup | copy."""

import sys
from importlib.util import find_spec

if find_spec("uvloop") is None:
    sys.exit("Calf Coach is not set up for this Python. Run: make setup, then .venv/bin/python bot.py")

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from app import zone_data
from app.runtime import CONTENT
from cli.check import check
from cli.database import backup, copy, database_url, migrate_schema
from cli.ending import end
from cli.faq import ask, unanswered
from cli.report import EXPLAINED, OK, REFUSED, complain, explain, log_to_stderr
from cli.serve import chat, run
from cli.talk import talk
from settings import Settings, read


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; return 0 well, 1 faulty, 2 wrong use or a refused token, 3 another copy is running."""
    options = _parser().parse_args(arguments)
    zone_data.use_newest()
    settings, faults = read()
    log_to_stderr(settings)
    command: Callable[[Settings, argparse.Namespace], int] = options.command
    try:
        if command is check:
            code = check(settings, options, faults)
        else:
            code = complain(*faults, code=REFUSED) if faults else command(settings, options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read us has enough, as `| head` does; nor shall Python's own end complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except EXPLAINED as error:
        return explain(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bot.py", description=__doc__)
    parser.set_defaults(command=run)
    commands = parser.add_subparsers()
    for name, work in (
        ("run", run),
        ("chat", chat),
        ("talk", talk),
        ("ask", ask),
        ("check", check),
        ("unanswered", unanswered),
        ("migrate", migrate_schema),
        ("backup", backup),
        ("copy", copy),
    ):
        command = commands.add_parser(name, help=(work.__doc__ or "").strip())
        command.set_defaults(command=work)
        if work is chat:
            command.add_argument("--port", type=int, default=8765, help="0 takes a free one")
            command.add_argument("--no-browser", action="store_true", help="do not open a browser")
        elif work is talk:
            command.add_argument("--data", type=Path, metavar="FOLDER", help="keep the conversation there")
        elif work is ask:
            command.add_argument("question", nargs="*")
            command.add_argument("--jsonl", action="store_true", help="read a question a line from standard input")
        if work in {ask, check}:
            command.add_argument("--content", type=Path, default=CONTENT, help="another folder of content")
        if work is backup:
            command.add_argument("file", type=Path)
        elif work is copy:
            command.add_argument("--to", required=True, type=database_url, metavar="URL", help="an SQLAlchemy address")
    return parser


if __name__ == "__main__":
    end(main())
