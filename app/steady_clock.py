"""The wall clock as the bot believes it: a leap forward counts once it has stood for a while.

A clock that is three days ahead for a minute (NTP, a machine that was suspended) would else skip three days of
reminders. Leaps back and short ones forward are believed at once: they skip nothing.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from app.runtime import real_clock

log: Final = logging.getLogger(__name__)

LEAP_SECONDS: Final = 1.0  # what slewing and a busy machine cannot account for
DOUBTED_SECONDS: Final = 300.0  # a longer leap forward is believed only after a while
STANDS_SECONDS: Final = 120.0


def elapsed_clock() -> float:
    """Return seconds that no setting of the clock changes; those of a suspended machine count where they can be had."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class SteadyClock:
    """A clock to call, for any thread. While a leap is doubted it goes on from where it stood before."""

    def __init__(
        self, wall: Callable[[], datetime] = real_clock, monotonic: Callable[[], float] = elapsed_clock
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        began = monotonic()
        self._seen = wall().timestamp() - began  # how far the wall clock is ahead of the monotonic one
        self._believed = self._stood = self._seen
        self._leaped_at = began - STANDS_SECONDS
        self._doubting = False

    def __call__(self) -> datetime:
        """Return the time that is believed, aware, in UTC."""
        with self._lock:
            now = self._look()
            return now + timedelta(seconds=self._believed - self._seen) if self._doubting else now

    def doubted_for(self) -> float:
        """Return for how many seconds more a leap is doubted, 0 where none is: until then nothing comes by itself."""
        with self._lock:
            self._look()
            if not self._doubting:
                return 0.0
            return max(self._leaped_at + STANDS_SECONDS - self._monotonic(), 0.001)

    def _look(self) -> datetime:
        """Compare the clocks, and return the time on the wall."""
        before = self._monotonic()
        wall = self._wall()
        now = self._monotonic()
        seen = wall.timestamp() - now
        leap = seen - self._seen
        if abs(leap) > LEAP_SECONDS + (now - before):
            self._leaped_at = now
            log.warning("the clock of this machine leaped", extra={"seconds": round(leap, 1)})
        self._seen = seen
        if now - self._leaped_at >= STANDS_SECONDS:
            self._stood = seen
        doubting = seen - self._stood > DOUBTED_SECONDS
        if doubting != self._doubting:
            self._doubting = doubting
            if doubting:
                log.warning("nothing comes by itself until the new time has stood", extra={"seconds": STANDS_SECONDS})
            else:
                log.warning("the time is believed again", extra={"ahead": round(seen - self._believed, 1)})
        if not doubting:
            self._believed = seen
        return wall
