"""Wake-ups of the sender: soon after it is asked to, and again after a while by itself."""

import asyncio
from collections.abc import Callable


class Wakeup:
    """Calls `pump` in the loop's next round after `poke`, once however often it is asked; and when `again` says so."""

    def __init__(self, pump: Callable[[], None]) -> None:
        self._callback = pump
        self._scheduled = False
        self._timer: asyncio.TimerHandle | None = None
        self.enabled = False  # nothing is called before

    def schedule_soon(self) -> None:
        """Look soon."""
        if not self._scheduled and self.enabled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._run)

    def schedule_in(self, seconds: float) -> None:
        """Look again after so long, instead of when that was last said."""
        self.cancel()
        self._timer = asyncio.get_running_loop().call_later(max(seconds, 0.0005), self._on_timer)

    def cancel(self) -> None:
        """Do not look again by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_timer(self) -> None:
        self._timer = None
        self.schedule_soon()

    def _run(self) -> None:
        self._scheduled = False
        self._callback()
