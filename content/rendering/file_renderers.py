"""Makes the files that stored messages name, off the event loop: charts and calendars, and what others bring.

One thread is enough and better than several: measured, ten charts at once delay a reply no more than none at all do,
because Pillow and zlib let other threads run while they work (`benchmarks/charts.py`). A process would cost 40 MB and
start a Python for it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from content.rendering import calendars, charts, drawings, heel_raise_chart

_PURE: Final[Mapping[str, Callable[[Mapping[str, Any]], bytes]]] = {
    "weeks": charts.weeks,
    "lines": charts.lines,
    "raises": heel_raise_chart.raises,
    "calendar": calendars.write,
    "exercise": drawings.exercise,
    "strip": drawings.strip,
}


class FileRenderers:
    """`await drawing({"draw": name, …})` returns the file of that name. Raises KeyError for an unknown one."""

    def __init__(self, **others: Callable[[Mapping[str, Any]], Awaitable[bytes]]) -> None:
        """`others` make files that need more than figures, each under its name."""
        self._others = others
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")

    async def __call__(self, figures: Mapping[str, Any]) -> bytes:
        """Make the file."""
        name = figures["draw"]
        if name in self._others:
            return await self._others[name](figures)
        return await asyncio.get_running_loop().run_in_executor(self._thread, _PURE[name], figures)

    def close(self) -> None:
        """Begin no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)
