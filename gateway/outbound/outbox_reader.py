"""Reading the outbox page by page: what the sender still has to read, and what was delayed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session

from db import outbox
from db.outbox import Waiting

PAGE_SIZE: Final = 500
MAX_RETRYING: Final = 10_000
LOW_WATER: Final = 250  # fewer in memory: the next page is read


@dataclass
class FetchRequest:
    """The rows that the next transaction shall read."""

    held: bool = False
    replies: bool = False
    bulk: bool = False
    due: bool = False

    def __bool__(self) -> bool:
        return self.held or self.replies or self.bulk or self.due

    def __or__(self, other: "FetchRequest") -> "FetchRequest":
        return FetchRequest(*(getattr(self, name) or getattr(other, name) for name in vars(self)))


@dataclass
class FetchResult:
    """The rows that one transaction read."""

    rows: list[Waiting]
    replies_cursor: int
    bulk_cursor: int
    more_replies: bool = False  # whether there may be more behind the cursor
    more_bulk: bool = False
    next_delayed: datetime | None = None


class OutboxReader:
    """Cursors for replies and bulk, and the moment at which the next delayed row comes due."""

    def __init__(self, replica: str) -> None:
        self._replica = replica
        self.wanted = FetchRequest()
        self.reading = False
        self.more_replies = False
        self.more_bulk = False
        self.next_delayed: datetime | None = None
        self._replies_cursor = 0
        self._bulk_cursor = 0
        self._rewind = False
        self._passed_by = False  # a reply was put behind while a reading was under way

    @property
    def drained(self) -> bool:
        """Nothing is requested, being read, or known to lie behind the cursors."""
        return not (self.wanted or self.reading or self.more_replies or self.more_bulk)

    def rewind(self) -> None:
        """Read from the beginning next time: rows may have come in front of the cursors."""
        self._rewind = True

    def delay_until(self, until: datetime) -> None:
        """A row was written that may not go before `until`."""
        if self.next_delayed is None or until < self.next_delayed:
            self.next_delayed = until

    def defer_reply(self) -> None:
        """A reply was written that waits for older ones to be read; the reading under way may not see it."""
        self.more_replies = True
        self._passed_by = self.reading

    def want_more(self, now: datetime, bulk_waiting: int, replies_waiting: int) -> bool:
        """Request what there is room for in memory; return whether anything is requested."""
        if self.more_bulk and bulk_waiting < LOW_WATER:
            self.wanted.bulk = True
        if self.more_replies and replies_waiting < LOW_WATER:
            self.wanted.replies = True
        if self.next_delayed is not None and self.next_delayed <= now:
            self.wanted.due = True
        return bool(self.wanted)

    def begin(self) -> FetchRequest:
        """Return what is requested, and clear the request."""
        self._passed_by = False
        request, self.wanted = self.wanted, FetchRequest()
        self.reading = bool(request)
        if self._rewind:
            self._replies_cursor, self._bulk_cursor, self._rewind = 0, 0, False
        return request

    def failed(self, request: FetchRequest) -> None:
        """The reading that had begun came to nothing."""
        self.wanted |= request
        self.reading = False

    def read(
        self, session: Session, request: FetchRequest, *, leads: bool, but: frozenset[int], now: datetime
    ) -> FetchResult:
        """Read what is requested; in a database thread, so it changes nothing here."""
        who: dict[str, Any] = {"owner": self._replica, "leads": leads}
        found = FetchResult([], self._replies_cursor, self._bulk_cursor)
        for bulk in (False, True) if leads else (False,):
            if request.held:
                found.rows += outbox.retrying(session, bulk=bulk, now=now, limit=MAX_RETRYING, **who)
            if request.due:
                found.rows += outbox.due(session, bulk=bulk, now=now, but=but, limit=PAGE_SIZE, **who)
        if request.replies:
            page = outbox.fresh(session, bulk=False, after=self._replies_cursor, limit=PAGE_SIZE, **who)
            found.rows += page
            found.replies_cursor = page[-1].id if page else self._replies_cursor
            found.more_replies = len(page) == PAGE_SIZE
        if request.bulk and leads:
            page = outbox.fresh(session, bulk=True, after=self._bulk_cursor, limit=PAGE_SIZE, **who)
            found.rows += page
            found.bulk_cursor = page[-1].id if page else self._bulk_cursor
            found.more_bulk = len(page) == PAGE_SIZE
        if request.due or request.held:
            found.next_delayed = outbox.next_delayed(session, after=now, **who)
        return found

    def apply(self, request: FetchRequest, found: FetchResult, *, leads: bool) -> None:
        """Move on to where `found` ends."""
        if request.replies:
            self.more_replies, self._replies_cursor = found.more_replies or self._passed_by, found.replies_cursor
        if request.bulk:
            self.more_bulk, self._bulk_cursor = found.more_bulk and leads, found.bulk_cursor
        if request.due or request.held:
            self.next_delayed = found.next_delayed
