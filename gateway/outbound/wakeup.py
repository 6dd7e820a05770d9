"""Wake-ups of the sender: soon after it is asked to, and again after a while by itself."""

import asyncio
from collections.abc import Callable


class Wakeup:
    """Calls `callback` once in the loop's next round after `schedule_soon`, or when the timer of `schedule_in` ends."""

    def __init__(self, callback: Callable[[], None]) -> None:
        self._callback = callback
        self._scheduled = False
        self._timer: asyncio.TimerHandle | None = None
        self.enabled = False  # nothing is called before

    def schedule_soon(self) -> None:
        """Call soon, and once."""
        if not self._scheduled and self.enabled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._run)

    def schedule_in(self, seconds: float) -> None:
        """Call after so long, in place of the timer that was set before."""
        self.cancel()
        self._timer = asyncio.get_running_loop().call_later(max(seconds, 0.0005), self._on_timer)

    def cancel(self) -> None:
        """Drop the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timer(self) -> None:
        self._timer = None
        self.schedule_soon()

    def _run(self) -> None:
        self._scheduled = False
        self._callback()
