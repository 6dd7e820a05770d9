"""Makes the files that stored messages name, off the event loop: charts and calendars, and what others bring.

One thread is enough and better than several: measured, ten charts at once delay a reply no more than none at all do,
because Pillow and zlib let other threads run while they work (`benchmarks/charts.py`). A process would cost 40 MB and
start a Python for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from content.guide.cover import thumbnail
from content.rendering import calendars
from content.rendering.pictures import block_chart, charts, drawings, heel_raise_chart, plan_pictures

Render = Callable[[Mapping[str, Any]], bytes]

_PURE: Final[Mapping[str, Render]] = {
    "weeks": charts.weeks,
    "lines": charts.lines,
    "week": plan_pictures.week,
    "phases": plan_pictures.phases,
    "raises": heel_raise_chart.raises,
    "blocks": block_chart.blocks,
    "calendar": calendars.write,
    "exercise": drawings.exercise,
    "strip": drawings.strip,
    "guide-cover": thumbnail,
}


class FileRenderers:
    """`await drawing({"draw": name, …})` returns the file of that name. Raises KeyError for an unknown one."""

    def __init__(
        self, long: Mapping[str, Render] | None = None, /, **others: Callable[[Mapping[str, Any]], Awaitable[bytes]]
    ) -> None:
        """`others` make files that need more than figures, each under its name; `long` take seconds, and a thread."""
        self._long, self._others = long or {}, others
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
        self._long_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guide")

    async def __call__(self, figures: Mapping[str, Any]) -> bytes:
        """Make the file."""
        name = figures["draw"]
        if name in self._others:
            return await self._others[name](figures)
        if name in self._long:
            return await asyncio.get_running_loop().run_in_executor(self._long_thread, self._long[name], figures)
        return await asyncio.get_running_loop().run_in_executor(self._thread, _PURE[name], figures)

    def close(self) -> None:
        """Begin no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._long_thread.shutdown(wait=False, cancel_futures=True)
