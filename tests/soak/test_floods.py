"""One who floods costs the others nothing they would notice; and what came through leaves no trace in memory."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from statistics import quantiles

import pytest

from benchmarks.support.bots import bot
from benchmarks.support.chats import Chats, Said, chats, wait_for

FLOODER = 7
FIRST = 1_000
A_SECOND = 500  # messages of the flooder
P99_SECONDS = 0.2
GROWTH = 1.1


def others(server: Chats, seconds: float, a_second: float, flooded: bool) -> list[float]:
    """Let others write for so long, each once, and return how long each waited for the answer, in seconds."""
    lines = [Said(FIRST + number, "/help", number / a_second) for number in range(1, int(seconds * a_second))]
    flood = [Said(FLOODER, "/help", number / A_SECOND) for number in range(1, int(seconds * A_SECOND))]
    server.talk()
    confirmed = server.confirmed
    server.say(lines + flood if flooded else lines)
    everybody = len(lines) + (len(flood) if flooded else 0)
    wait_for(lambda: server.confirmed - confirmed >= everybody, 60 + 10 * seconds)
    waits = server.talk().waits()
    return [waits[line.chat] for line in lines]


def p99(waits: list[float]) -> float:
    return quantiles(waits, n=100)[98]


def warm(server: Chats) -> None:
    server.say([Said(2, f"is calf raise number {number} too many") for number in range(3)])
    wait_for(lambda: server.replies >= 3, 60)


def test_a_flood_keeps_nobody_from_being_answered(tmp_path: Path) -> None:
    with chats() as server, bot("Calf Coach", server.url, tmp_path):
        warm(server)
        assert len(others(server, seconds=1, a_second=20, flooded=True)) == 19


@pytest.mark.soak
def test_a_flood_leaves_the_others_their_pace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with chats() as server, bot("Calf Coach", server.url, tmp_path):
        warm(server)
        calm = p99(others(server, seconds=10, a_second=20, flooded=False))
        flooded = p99(others(server, seconds=30, a_second=20, flooded=True))
    with capsys.disabled():
        print(f"\np99 of others: {flooded * 1000:.0f} ms in a flood, {calm * 1000:.0f} ms without")  # noqa: T201
    assert flooded <= P99_SECONDS


@pytest.mark.soak
def test_memory_stays_bounded_over_a_hundred_thousand_updates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = count(FIRST)
    with chats() as server, bot("Calf Coach", server.url, tmp_path) as running:
        warm(server)
        memory = []
        for _ in range(10):
            before = server.confirmed
            server.say([Said(next(numbers), "/help") for _ in range(10_000)])
            wait_for(lambda: server.confirmed - before >= 10_000, 600)  # noqa: B023
            server.talk()
            memory.append(running.usage().memory_mb)
    with capsys.disabled():
        print(f"\nmemory after each 10,000 updates of new people, in MB: {', '.join(f'{mb:.0f}' for mb in memory)}")  # noqa: T201
    assert memory[-1] <= memory[0] * GROWTH
