"""Charts: how long one takes, and how much ten at once delay a reply. `python -m benchmarks.charts` prints the table.

A reply is one transaction on SQLite by way of its writer thread, asked for every 5 ms: what an update costs before
anything goes out. It is measured alone and while ten pictures are drawn, several times in turn.
"""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

import uvloop
from sqlalchemy import text

from content.rendering.file_renderers import FileRenderers
from content.rendering.pictures import charts
from db.engine import Database

AT_ONCE: Final = 10
ROUNDS: Final = 5
FIRST: Final = date(2026, 1, 5)

WEEKS: Final = {
    "draw": "weeks",
    "title": "Your weeks",
    "done": "Done",
    "days": ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"],
    "legend": [["D", "Done"], ["R", "Rest"], ["M", "Missed"], ["P", "To come"]],
    "rows": [
        {"label": f"{FIRST + timedelta(weeks=week):%d %b}", "marks": "DRDDMRD", "done": 4, "planned": 5}
        for week in range(8)
    ],
}


def line(points: int) -> dict[str, Any]:
    """Two lines of so many points, a month apart."""
    days = [(FIRST + timedelta(days=30 * place)).isoformat() for place in range(points)]
    return {
        "draw": "lines",
        "title": "Calf girth",
        "unit": "cm",
        "least_span": 3.0,
        "days": [[days[0], "5 Jan"], [days[-1], "today"]],
        "series": [
            {"name": name, "points": [[day, base + place % 7 / 5] for place, day in enumerate(days)]}
            for name, base in (("Left", 38.0), ("Right", 38.6))
        ],
    }


PICTURES: Final[Mapping[str, dict[str, Any]]] = {
    "weeks, 8 rows": WEEKS,
    "lines, 2 × 12 points": line(12),
    "lines, 2 × 120 points": line(120),
}


@dataclass(frozen=True)
class Delays:
    """Milliseconds that replies took."""

    p50: float
    p99: float
    most: float


async def replies(db: Database, meanwhile: Callable[[], Awaitable[object]]) -> Delays:
    """Ask for replies, one after the other, until `meanwhile` is over."""
    took: list[float] = []
    task = asyncio.ensure_future(meanwhile())
    while not task.done() or len(took) < 20:
        begun = perf_counter()
        await db.run(lambda session: session.connection().execute(text("INSERT INTO said VALUES (1)")))
        took.append((perf_counter() - begun) * 1000)
        await asyncio.sleep(0.005)
    await task
    cuts = quantiles(took, n=100, method="inclusive")
    return Delays(cuts[49], cuts[98], max(took))


async def delays() -> tuple[list[Delays], list[Delays], list[float]]:
    """Return replies alone, replies beside ten pictures, and seconds for the ten, round by round."""
    alone, beside, seconds = [], [], []
    drawing = FileRenderers()
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/bench.db")
        await db.run(lambda session: session.connection().execute(text("CREATE TABLE said (a INTEGER)")))

        async def ten() -> None:
            begun = perf_counter()
            await asyncio.gather(*(drawing(WEEKS) for _ in range(AT_ONCE)))
            seconds.append(perf_counter() - begun)

        await drawing(WEEKS)
        for _ in range(ROUNDS):
            alone.append(await replies(db, lambda: asyncio.sleep(0.5)))
            beside.append(await replies(db, ten))
        drawing.close()
        db.close()
    return alone, beside, seconds


def main() -> None:
    """Print the tables."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("picture                    median ms   slowest of 20      kB")
    for name, figures in PICTURES.items():
        draw = charts.DRAWN[figures["draw"]]
        size, took = len(draw(figures)), []
        for _ in range(20):
            begun = perf_counter()
            draw(figures)
            took.append((perf_counter() - begun) * 1000)
        print(f"{name:24} {median(took):11.0f} {max(took):15.0f} {size / 1000:7.0f}")
    alone, beside, seconds = uvloop.run(delays())
    print(f"\nten pictures at once: {median(seconds):.2f} s in all")
    print("a reply takes, ms        p50      p99     most")
    for name, found in (("alone", alone), ("beside ten pictures", beside)):
        figures_of = [median(getattr(each, part) for each in found) for part in ("p50", "p99", "most")]
        print(f"{name:20} {figures_of[0]:7.1f} {figures_of[1]:8.1f} {figures_of[2]:8.1f}")


if __name__ == "__main__":
    main()
