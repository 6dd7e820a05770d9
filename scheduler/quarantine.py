"""Quarantine for reminders that failed: the oldest come first, and one would hold up everybody for good.

It is kept in memory and not in the rows: when each was due stays known, so one that is mended says how late it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import InterfaceError, OperationalError

from db.away import is_away

QUARANTINE_TIME: Final = timedelta(minutes=10)
MAX_QUARANTINED: Final = (
    2_000  # more at once is no fault of rows: ticks fail, and say so, until some may be tried again
)


class TooManyQuarantined(Exception):
    """Too many reminders fail at once for their rows to be the cause."""


class Quarantine:
    """The ids of reminders that failed, and since when each is left alone."""

    def __init__(self) -> None:
        self._since: dict[int, datetime] = {}

    def add(self, ids: Iterable[int], now: datetime) -> None:
        """Leave these alone for a while."""
        self._since |= dict.fromkeys(ids, now)

    def active(self, now: datetime) -> frozenset[int]:
        """Return those that are left alone now. Raises TooManyQuarantined."""
        # A clock that was set back leaves nobody alone for longer.
        self._since = {one: at for one, at in self._since.items() if timedelta() <= now - at < QUARANTINE_TIME}
        if len(self._since) > MAX_QUARANTINED:
            raise TooManyQuarantined(len(self._since))
        return frozenset(self._since)


def is_a_rows_fault(error: Exception) -> bool:
    """Return true where another row may well succeed: a database that is away is away for all."""
    return not (is_away(error) or isinstance(error, OperationalError | InterfaceError | OSError))
