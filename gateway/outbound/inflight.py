"""The places in which messages are on their way: 64 in all, so that a kill can repeat those and no others."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

UNRECORDED: Final = 64
BULK_SLOTS: Final = 58  # so that a reply finds a free one
REMEMBERED: Final = 10_000


class InFlightWindow:
    """Counts what is in flight, or sent and not yet recorded; remembers what was over lately."""

    def __init__(self) -> None:
        self.taken = 0
        self._bulk = 0
        self.due: list[bool] = []  # bulk or not, of each message whose slot is free once it is recorded
        self._over: OrderedDict[int, None] = OrderedDict()

    @property
    def free(self) -> bool:
        """Whether a reply may go."""
        return self.taken < UNRECORDED

    @property
    def free_for_bulk(self) -> bool:
        """Whether a bulk message may go."""
        return self.free and self._bulk < BULK_SLOTS

    def take(self, *, bulk: bool) -> None:
        """A message goes on its way."""
        self.taken += 1
        self._bulk += bulk

    def give_back(self, bulk: Iterable[bool]) -> None:
        """These messages are recorded, or were not sent at all."""
        for one in bulk:
            self.taken -= 1
            self._bulk -= one

    def remember(self, over: Iterable[int]) -> None:
        """These rows are over: should a reading that began earlier still bring them, they are not sent again."""
        for row_id in over:
            self._over[row_id] = None
        while len(self._over) > REMEMBERED:
            self._over.popitem(last=False)

    def was_over(self, row_id: int | None) -> bool:
        """Whether the row was over lately."""
        return row_id in self._over
