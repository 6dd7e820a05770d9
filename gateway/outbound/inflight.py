"""The places in which messages are on their way: 64 in all, so that a kill can repeat those and no others."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

MAX_IN_FLIGHT: Final = 64
MAX_BULK_IN_FLIGHT: Final = 58  # so that a reply finds a free one
MAX_REMEMBERED: Final = 10_000


class InFlightWindow:
    """Counts what is in flight, or sent and not yet recorded; remembers what was over lately."""

    def __init__(self) -> None:
        self.count = 0
        self._bulk = 0
        self.to_release: list[bool] = []  # bulk or not, of each message whose slot is free once it is recorded
        self._finished: OrderedDict[int, None] = OrderedDict()

    @property
    def has_capacity(self) -> bool:
        """True where a reply may go."""
        return self.count < MAX_IN_FLIGHT

    @property
    def has_bulk_capacity(self) -> bool:
        """True where a bulk message may go."""
        return self.has_capacity and self._bulk < MAX_BULK_IN_FLIGHT

    def acquire(self, *, bulk: bool) -> None:
        """A message goes on its way."""
        self.count += 1
        self._bulk += bulk

    def release(self, bulk: Iterable[bool]) -> None:
        """These messages are recorded, or were not sent at all."""
        for one in bulk:
            self.count -= 1
            self._bulk -= one

    def mark_finished(self, over: Iterable[int]) -> None:
        """These rows are over: should a reading that began earlier still bring them, they are not sent again."""
        for row_id in over:
            self._finished[row_id] = None
        while len(self._finished) > MAX_REMEMBERED:
            self._finished.popitem(last=False)

    def is_finished(self, row_id: int | None) -> bool:
        """Say whether the row was finished lately."""
        return row_id in self._finished
