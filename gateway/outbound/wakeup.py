"""When the sender looks at what may go: soon after it is asked to, and again after a while by itself."""

import asyncio
from collections.abc import Callable


class Wakeup:
    """Calls `pump` in the loop's next round after `poke`, once however often it is asked; and when `again` says so."""

    def __init__(self, pump: Callable[[], None]) -> None:
        self._pump = pump
        self._poked = False
        self._timer: asyncio.TimerHandle | None = None
        self.on = False  # nothing is called before

    def poke(self) -> None:
        """Look soon."""
        if not self._poked and self.on:
            self._poked = True
            asyncio.get_running_loop().call_soon(self._beat)

    def again(self, seconds: float) -> None:
        """Look again after so long, instead of when that was last said."""
        self.rest()
        self._timer = asyncio.get_running_loop().call_later(max(seconds, 0.0005), self._ring)

    def rest(self) -> None:
        """Do not look again by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._timer = None
        self.poke()

    def _beat(self) -> None:
        self._poked = False
        self._pump()
