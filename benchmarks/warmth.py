"""Warmth of the bot when it says that it is ready: the first ten seconds of replies after `/readyz` is well.

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

from app.runtime import open_database
from benchmarks.support.chats import Chats, Said, chats, wait_for

ROOT: Final = Path(__file__).parent.parent
TOKEN: Final = "123456789:bench-bench-bench-bench-bench-bench"
DATABASE: Final = "bench.db"
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
    ready_cpu_seconds: float
    ready_mb: float
    first: Stretch
    then: Stretch


@dataclass(frozen=True)
class Stretch:
    """The outcome of the lines of some seconds: the waits in seconds, in the order of asking, and the bot's work."""

    waits: list[float]
    cpu_ms: float  # a line
    memory_mb: float  # afterwards

    def quantile(self, percent: int) -> float:
        """The wait in milliseconds that so many percent did not exceed."""
        return quantiles(self.waits, n=100, method="inclusive")[percent - 1] * 1000


@contextmanager
def running(url: str, folder: Path, rate: int = 1000) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the bot against the server at `url` while the block runs; yield it, and where its readiness is asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listen = f"127.0.0.1:{listener.getsockname()[1]}"
    given = {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": url,
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "LISTEN": listen,
        "MESSAGE_RATE": str(rate),
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen([sys.executable, ROOT / "bot.py", "run"], cwd=ROOT, env=os.environ | given)
    try:
        yield process, f"http://{listen}/readyz"
    finally:
        process.terminate()
        process.wait()


def warmth(server: Chats, seconds: float, a_second: float) -> Warmth:
    """Start the bot, wait until it is ready, and let so many people write a line each a second; then others as many."""
    with tempfile.TemporaryDirectory() as folder:
        open_database(f"sqlite:///{Path(folder) / DATABASE}").close()  # nearly every start finds one
        began = monotonic()
        with running(server.url, Path(folder)) as (process, readiness):
            until_ready(process, readiness)
            ready, cpu, memory_mb = monotonic() - began, cpu_seconds(process.pid), _memory_mb(process.pid)
            lines = int(seconds * a_second)
            first, then = (_stretch(server, process.pid, number, lines, a_second) for number in (FIRST, FIRST + lines))
            return Warmth(ready, cpu, memory_mb, first, then)


def until_ready(process: subprocess.Popen[bytes], readiness: str) -> None:
    """Return once the bot says that it is ready. Raises TimeoutError."""
    end = monotonic() + READY_WITHIN
    while not _ready(readiness):
        if process.poll() is not None or monotonic() > end:
            raise TimeoutError("the bot did not get ready")
        sleep(0.02)


def _stretch(server: Chats, process: int, first: int, lines: int, a_second: float) -> Stretch:
    """Let people, numbered from `first`, write a line each."""
    texts = islice(cycle(LINES), lines)
    said = [Said(first + number, text, number / a_second) for number, text in enumerate(texts)]
    server.talk()
    confirmed, cpu = server.confirmed, cpu_seconds(process)
    server.say(said)
    wait_for(lambda: server.confirmed - confirmed >= lines, 60 + 10 * lines / a_second)
    wait_for(lambda: server.answered >= lines, 10)
    waits = server.talk().waits()
    each = (cpu_seconds(process) - cpu) * 1000 / lines
    return Stretch([waits[line.chat] for line in said], each, _memory_mb(process))


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status) == 200
    except (urllib.error.URLError, OSError):
        return False


def _memory_mb(process: int) -> float:
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def cpu_seconds(process: int) -> float:
    """Return the seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.warmth", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--a-second", type=float, default=50.0, help="lines, each of somebody else")
    options = parser.parse_args()
    with chats() as server:
        found = warmth(server, options.seconds, options.a_second)
    print(f"ready after {found.ready_seconds:.1f} s ({found.ready_cpu_seconds:.1f} s of work), {found.ready_mb:.0f} MB")
    print(f"{'':18} replies   p50 ms   p99 ms  most ms  CPU ms each   MB then")
    for name, part in ((f"first {options.seconds:g} s", found.first), (f"next {options.seconds:g} s", found.then)):
        waits = f"{part.quantile(50):8.1f} {part.quantile(99):8.1f} {max(part.waits) * 1000:8.1f}"
        print(f"{name:18} {len(part.waits):7} {waits} {part.cpu_ms:12.2f} {part.memory_mb:9.0f}")


if __name__ == "__main__":
    main()
