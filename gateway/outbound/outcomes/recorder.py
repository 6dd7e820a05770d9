"""Recording and reading of the outbox: one transaction does both, so that no recorded row is read again."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

from sqlmodel import Session

from db.engine import Database
from db.outbox import Outgoing
from db.outcomes import Outcomes, record
from db.queries.guides import live_guides
from db.queries.messages import sent_files
from gateway.outbound.inflight import InFlightWindow
from gateway.outbound.outbox_reader import FetchResult, OutboxReader
from gateway.outbound.outcomes import apologies
from gateway.outbound.outcomes.apologies import Apologise
from gateway.outbound.queues import ChatQueues

log = logging.getLogger(__name__)

RESCAN: Final = timedelta(seconds=5)
GATHER_SECONDS: Final = 0.005
GATHER_SIZE: Final = 32


class RecordedFor(Protocol):
    """The sender, as far as the recorder needs it."""

    leads: bool

    @property
    def has_capacity(self) -> bool:
        """Room for more bulk."""

    def enqueue(self, rows: Sequence[Outgoing]) -> None:
        """Send rows that were just committed."""

    def wake(self) -> None:
        """Read the database from the beginning."""

    def on_recorded(self) -> None:
        """Send what may go now."""

    def on_room(self) -> None:
        """Tell who writes bulk that there is capacity."""


class OutcomeRecorder:
    """Writes outcomes to the outbox by group commit and brings in the next rows."""

    def __init__(
        self,
        db: Database,
        reader: OutboxReader,
        queues: ChatQueues,
        in_flight: InFlightWindow,
        *,
        sender: RecordedFor,
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        step: Callable[[str], None],
        apologise: Apologise,
    ) -> None:
        """`step` hears of each step, for tests that kill the process at it."""
        self._db, self._reader, self._queues, self._in_flight = db, reader, queues, in_flight
        self._sender, self._clock, self._monotonic = sender, clock, monotonic
        self._step, self._apologise = step, apologise
        self.outcomes = Outcomes()
        self.unread_batches = 0  # of bulk, written and not yet read
        self.work = asyncio.Event()

    @property
    def has_outcomes(self) -> bool:
        """Some outcome is not recorded yet."""
        return bool(self.outcomes.over or self.outcomes.again or self._in_flight.to_release)

    def learn(self, files: dict[str, str]) -> None:
        """Record the ids of shared files, by their keys."""
        self.outcomes.files |= files

    async def run(self) -> None:
        """Record whenever there is work; read everything anew every RESCAN."""
        read_at = self._monotonic()
        while True:
            try:
                async with asyncio.timeout(RESCAN.total_seconds()):
                    await self.work.wait()
            except TimeoutError:
                self._sender.wake()
            if self.has_outcomes and not self._reader.wanted and len(self._in_flight.to_release) < GATHER_SIZE:
                await asyncio.sleep(GATHER_SECONDS)
            self.work.clear()
            if self._monotonic() - read_at > RESCAN.total_seconds():
                self._sender.wake()
                self.work.clear()
                read_at = self._monotonic()
            try:
                await self.record_and_read()
            except Exception:
                log.exception("the database does not take what was sent; trying again")
                await asyncio.sleep(1)
                self.work.set()
            self._sender.on_recorded()

    async def finish(self) -> None:
        """Record what is left; read no more."""
        if self.has_outcomes:
            await self._db.run(lambda session: self._record(session, self.outcomes))

    async def record_and_read(self) -> None:
        """Run the one transaction; where it fails, nothing is lost and all of it is wanted again."""
        outcomes, self.outcomes = self.outcomes, Outcomes()
        finished, self._in_flight.to_release = self._in_flight.to_release, []
        request = self._reader.begin()
        if request.bulk:
            self.unread_batches = 0
        known, now = self._queues.ids if request.due else frozenset(), self._clock()
        leads = self._sender.leads

        def work(session: Session) -> tuple[list[Outgoing], FetchResult | None]:
            sorry = self._record(session, outcomes)
            return sorry, self._reader.read(session, request, leads=leads, but=known, now=now) if request else None

        try:
            self._step("record")
            sorry, read = await self._db.run(work)
            self._step("recorded")
        except BaseException:
            self.outcomes = outcomes + self.outcomes
            self._in_flight.to_release = finished + self._in_flight.to_release
            self._reader.failed(request)
            raise
        self._queues.forget(outcomes.over)
        self._in_flight.mark_finished(outcomes.over)
        self._in_flight.release(finished)
        had_capacity = self._sender.has_capacity
        if read is not None:
            mine = (row for row in read.rows if self._sender.leads or not row.bulk)
            self._queues.add(row for row in mine if not self._in_flight.is_finished(row.id))
            self._reader.apply(request, read, leads=self._sender.leads)
        self._reader.reading = False
        self._sender.enqueue(sorry)
        if self._sender.has_capacity and (read is not None or not had_capacity or outcomes.over):
            self._sender.on_room()

    def _record(self, session: Session, outcomes: Outcomes) -> list[Outgoing]:
        record(session, outcomes)
        if outcomes.guides:
            live_guides.note_messages(session, outcomes.guides)
        if outcomes.files:
            sent_files.note(session, outcomes.files, self._clock())
        return apologies.write(session, outcomes.unsaid, self._apologise)
