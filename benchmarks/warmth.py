"""How warm the bot is when it says that it is ready: the first ten seconds of replies after `/readyz` is well.

    python -m benchmarks.warmth

The bot runs as `bot.py run` does, in a process of its own. Every line is from a person never seen before.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from time import monotonic, sleep
from typing import Final

from benchmarks.chats import Chats, Said, chats, wait_for

ROOT: Final = Path(__file__).parent.parent
TOKEN: Final = "123456789:bench-bench-bench-bench-bench-bench"
FIRST: Final = 5_000
READY_WITHIN: Final = 120.0  # seconds; a first start fits the content
LINES: Final = (
    "/start",
    "/help",
    "why do my calves not grow",
    "/today",
    "how often should i train calves each week",
    "/plan",
    "my achilles feels stiff in the morning, can i still do raises",
    "/settings",
    "is running enough for big calves",
    "thanks",
    "/remind",
    "seated or standing calf raises for the soleus",
)


@dataclass(frozen=True)
class Warmth:
    """From the start of the process to its readiness, its memory then, and the waits of those who wrote at once."""

    ready_seconds: float
    ready_mb: float
    waits: list[float]  # in the order of arrival, seconds
    after_mb: float

    def quantile(self, percent: int) -> float:
        """The wait in milliseconds that so many percent did not exceed."""
        return quantiles(self.waits, n=100, method="inclusive")[percent - 1] * 1000


@contextmanager
def running(url: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the bot against the server at `url` while the block runs; yield it, and where its readiness is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listen = f"127.0.0.1:{listener.getsockname()[1]}"
    given = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
        "LISTEN": listen,
        "MESSAGE_RATE": "1000",
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, ROOT / "bot.py", "run"], cwd=ROOT, env=os.environ | given)
    try:
        yield process, f"http://{listen}/readyz"
    finally:
        process.terminate()
        process.wait()


def warmth(server: Chats, seconds: float, a_second: float) -> Warmth:
    """Start the bot, wait until it is ready, and let so many people write a line each a second."""
    lines = [
        Said(FIRST + number, text, number / a_second)
        for number, text in enumerate(islice(cycle(LINES), int(seconds * a_second)))
    ]
    with tempfile.TemporaryDirectory() as folder:
        began = monotonic()
        with running(server.url, Path(folder)) as (process, readiness):
            while not _ready(readiness):
                if process.poll() is not None or monotonic() - began > READY_WITHIN:
                    raise TimeoutError("the bot did not get ready")
                sleep(0.02)
            ready, ready_mb = monotonic() - began, _memory_mb(process.pid)
            server.talk()
            confirmed = server.confirmed
            server.say(lines)
            wait_for(lambda: server.confirmed - confirmed >= len(lines), 60 + 10 * seconds)
            sleep(0.5)  # the last reply may still be under way
            waits = server.talk().waits()
            return Warmth(ready, ready_mb, [waits[line.chat] for line in lines if line.chat in waits], _memory_mb(process.pid))


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False


def _memory_mb(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warmth", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--a-second", type=float, default=50.0, help="lines, each of somebody else")
    parser.add_argument("--each", action="store_true", help="show the slowest replies")
    options = parser.parse_args()
    with chats() as server:
        found = warmth(server, options.seconds, options.a_second)
    print(f"ready after {found.ready_seconds:.1f} s with {found.ready_mb:.0f} MB; {found.after_mb:.0f} MB afterwards")
    print(
        f"{len(found.waits)} replies: p50 {found.quantile(50):.1f} ms, p99 {found.quantile(99):.1f} ms,"
        f" most {max(found.waits) * 1000:.1f} ms"
    )
    if options.each:
        for number in sorted(range(len(found.waits)), key=lambda number: -found.waits[number])[:20]:
            print(f"{number:6} {found.waits[number] * 1000:7.1f} ms  {LINES[number % len(LINES)]}")


if __name__ == "__main__":
    main()
