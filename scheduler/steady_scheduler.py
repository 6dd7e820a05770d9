"""APScheduler that outlives a wall clock being set: its own jobs wait for times on the wall."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

LOOK_SECONDS: Final = 2.0  # the longest time without a look at the clock


class EverySoOften(BaseTrigger):  # type: ignore[misc]
    """So long after the last time, whatever was missed; APScheduler's own would list a leap's thousands of times."""

    def __init__(self, seconds: float) -> None:
        self._stretch = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return when to fire next."""
        return now + self._stretch


class SteadyScheduler(AsyncIOScheduler):  # type: ignore[misc]
    """Its timers are monotonic: at each, what waits longer than it would if it began to wait now is put forward."""

    def _process_jobs(self) -> float | None:
        """Start the jobs that are due; return how many seconds to wait until the next look."""
        self._put_forward()
        wait: float | None = super()._process_jobs()
        return None if wait is None else min(wait, LOOK_SECONDS)

    def _put_forward(self) -> None:
        now = datetime.now(UTC)
        for job in self.get_jobs():
            due: Any = getattr(job, "next_run_time", None)
            soonest = job.trigger.get_next_fire_time(None, now)
            if due is not None and soonest is not None and due > soonest:
                job.modify(next_run_time=soonest)
