"""`make bench`: every measurement, a table each. Arguments choose: `make bench ARGS="crowd --people 20000"`."""

import argparse
import os
import platform
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Final

import uvloop

from app.runtime import freeze_gc
from benchmarks import guides
from benchmarks.crowd import Crowd, bare, crowd
from benchmarks.replies import everybody
from benchmarks.scale import Scale, scale
from benchmarks.support.plain import job_queue
from benchmarks.support.postgres import postgres
from benchmarks.support.server import server
from content.library import Content, load

ROOT: Final = Path(__file__).parent.parent
NAMES: Final = ("crowd", "scale", "replies", "guides")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", type=_name, metavar="NAME", help=f"{', '.join(NAMES)}; all where none is named"
    )
    parser.add_argument("--people", type=int, default=100_000, help="the crowd (default 100,000)")
    parser.add_argument("--million", type=int, default=1_000_000, help="the people of scale (default 1,000,000)")
    parser.add_argument("--commands", type=int, default=3_000, help="the commands of replies (default 3,000)")
    parser.add_argument("--questions", type=int, default=1_500, help="the questions of replies (default 1,500)")
    parser.add_argument("--guided", type=int, default=1_000, help="who ask for a guide to hear (default 1,000)")
    parser.add_argument("--chats", type=int, default=200, help="who ask for a guide in the chat (default 200)")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL instead of SQLite")
    parser.add_argument("--seconds", type=float, default=30, help="how long a JobQueue bot may take (default 30)")
    asked = parser.parse_args()
    names = asked.names or NAMES
    machine = f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    say(f"{machine}, Python {platform.python_version()}")
    with postgres() if asked.postgres else nullcontext() as fresh:
        content = load(ROOT / "content", cache=ROOT / ".cache")
        content.language(None).finder.warm()  # what is fitted is kept for the bots that are measured
        freeze_gc()  # as `bot.py run` does
        if "crowd" in names:
            show_crowd(content, asked.people, asked.seconds, fresh)
        if "scale" in names:
            show_scale(content, asked.million, fresh)
        if "replies" in names:
            show_replies(asked.commands, asked.questions)
        if "guides" in names:
            guides.show(asked.guided, asked.chats)


def _name(word: str) -> str:
    # Not `choices`: with nargs="*" Python 3.11 holds the whole default against them.
    if word not in NAMES:
        raise argparse.ArgumentTypeError(f"{word!r} is none of {', '.join(NAMES)}")
    return word


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


def show_crowd(content: Content, people: int, seconds: float, fresh: Callable[[], str] | None) -> None:
    """Print the crowd's table, each line as soon as it is known."""
    say(f"\n{people:,} reminders due at once        messages/s   of bare aiohttp   CPU ms each   reply p99 ms")
    with server() as telegram:
        ceiling = uvloop.run(bare(telegram, min(people, 20_000)))
        say(f"bare aiohttp, 64 in flight           {ceiling:10,.0f}             100%")
        _line(
            "Calf Coach, no pacing", uvloop.run(crowd(telegram, content, people, None, 0, fresh and fresh())), ceiling
        )
        paced = uvloop.run(crowd(telegram, content, people, 1000, 20, fresh and fresh()))
        _line("Calf Coach, MESSAGE_RATE=1000", paced, ceiling)
        _, plain = job_queue(telegram, min(people, 500), patient=True, within=seconds + 10)
        say(f"JobQueue bot, patient, {min(people, 500):3} jobs      {plain:10,.0f} {plain / ceiling:16.0%}")
        ran, _ = job_queue(telegram, people, patient=False, within=seconds)
    say(f"JobQueue bot as it comes: {ran:,} of {people:,} came within {seconds:g} s")
    say(f"Calf Coach at 1000: {paced.delivered:,} delivered, fullest second {paced.fullest_second:,}")


def _line(name: str, found: Crowd, ceiling: float) -> None:
    p99 = f"{found.reply_p99_ms:14.1f}" if found.reply_p99_ms is not None else ""
    each = found.cpu_seconds * 1000 / found.delivered
    say(f"{name:36} {found.rate:10,.0f} {found.rate / ceiling:16.0%} {each:13.2f} {p99}")


def show_scale(content: Content, people: int, fresh: Callable[[], str] | None) -> None:
    """Print the table of scale."""
    say("\npeople in the table   idle tick ms   claim 500 ms   start ms   memory MB")
    for size in (10, people):
        found: Scale = uvloop.run(scale(content, size, fresh() if fresh else None))
        say(
            f"{found.people:19,} {found.idle_tick_ms:14.2f} {found.claim_ms:14.1f} {found.start_ms:10.1f}"
            f" {found.memory_mb:11.0f}"
        )


def show_replies(commands: int, questions: int) -> None:
    """Print the table of replies, each bot as soon as it is measured."""
    counted = f"{commands:,} commands, {questions:,} questions"
    say(f"\n{counted:32} commands/s  CPU ms  of ours  questions/s  CPU ms  of ours")
    ours: dict[str, float] = {}
    for name, found in everybody(commands, questions):
        ours = ours or {kind: speed.rate for kind, speed in found.items()}
        parts = [
            f"{speed.rate:11,.0f} {speed.cpu_ms:7.2f} {speed.rate / ours[kind]:8.0%}" for kind, speed in found.items()
        ]
        say(f"{name:32}{'  '.join(parts)}")


if __name__ == "__main__":
    main()
