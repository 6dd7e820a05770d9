"""Detection of a wall clock that was set back, so that waits that end on it grow no longer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

SET_BACK: Final = timedelta(seconds=1)  # of the clock; less is slewing, or a busy machine


class ClockWatch:
    """Compares the wall clock with the monotonic one, which is never set back."""

    def __init__(self, clock: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._clock, self._monotonic = clock, monotonic
        self._looked_at = clock(), monotonic()

    def set_back(self) -> timedelta | None:
        """Return by how much the clock was set back since the last look, None where it was not."""
        before, self._looked_at = self._looked_at, (self._clock(), self._monotonic())
        by = before[0] + timedelta(seconds=self._looked_at[1] - before[1]) - self._looked_at[0]
        return by if by > SET_BACK else None
