"""Wake-ups of the sender: soon after it is asked to, and again after a while by itself; and a look at its clock."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

SET_BACK: Final = timedelta(seconds=1)  # of the clock; less is slewing, or a busy machine


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


class ClockWatch:
    """Sees that the clock was set back, by one that never is."""

    def __init__(self, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._clock, self._monotonic = clock, monotonic
        self._looked_at = clock(), monotonic()

    def set_back(self) -> timedelta | None:
        """Return by how much the clock was set back since the last look, None where it was not."""
        before, self._looked_at = self._looked_at, (self._clock(), self._monotonic())
        by = before[0] + timedelta(seconds=self._looked_at[1] - before[1]) - self._looked_at[0]
        return by if by > SET_BACK else None
