"""Guides in chats, moved on by the clock: the next step with a sound, what is left of it now and then, the end.

The database says when each is to be looked at. What comes too late is not sent: the next look shows how it stands then.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from coach.guide.gate import stops_at
from coach.guide.live import PAUSED_AT_MOST, Run
from content.library import Content, Language
from content.rendering.keyboards import keyboard
from content.rendering.live_guide import LiveMessage, ended, running
from db import outbox
from db.engine import Database
from db.models import LiveGuide, User
from db.outbox import Outgoing
from db.payload_names import LIVE_GUIDE, ONLY_EDIT
from db.queries import due_reminders, users
from db.queries.guides import live_guides
from services import shown
from services.live_guides import Told, arm, end, is_held_back, is_worth_logging, keep, run_of

log = logging.getLogger(__name__)

SHARE: Final = 0.5
"""Of the messages a second that Telegram takes: what guides may use at most, each one in its busiest second."""

LATE: Final = timedelta(seconds=2)
"""A message that has not gone by then is not sent."""

_HALTED: Final = LiveMessage("guide/halted", [], {})

LOOK_SECONDS: Final = 2.0
BATCH: Final = 10
"""Guides in one transaction: one of fifty would hold up everybody's replies for a tenth of a second."""


def guides_at_once(rate: float) -> int:
    """Return how many guides may run at the same time: each shows one thing a second at most."""
    return max(1, int(rate * SHARE))


@dataclass(frozen=True)
class _Looked:
    """The messages of a batch, and when the next guide is to be looked at."""

    outgoing: Sequence[Outgoing]
    found: int
    next_at: datetime | None


class LiveGuides:
    """Looks at the guides that are due, a batch at a time, and sleeps until the next one is."""

    def __init__(
        self,
        db: Database,
        content: Callable[[], Content],
        *,
        clock: Callable[[], datetime],
        leads: Callable[[], bool],
        send: Callable[[Sequence[Outgoing]], None],
        replica: str,
        doubted: Callable[[], float] = lambda: 0.0,
        every_seconds: float = LOOK_SECONDS,
    ) -> None:
        """`send` takes messages that were just committed. `every_seconds`: the longest time without a look."""
        self._db, self._content, self._clock = db, content, clock
        self._leads, self._send, self._replica, self._doubted = leads, send, replica, doubted
        self._every_seconds = every_seconds
        self._changed = asyncio.Event()
        self._looking = asyncio.Lock()  # who looks meanwhile waits until what is due was sent
        self._next_at: datetime | None = None
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._running = asyncio.get_running_loop().create_task(self._run(), name="guides")

    async def stop(self) -> None:
        """Look no more; guides stay where they are and go on with the next start."""
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    def changed(self) -> None:
        """A guide began or was moved on: look when that is due."""
        self._changed.set()

    async def look(self) -> None:
        """Look at every guide that is due now."""
        async with self._looking:
            self._next_at = None
            while self._leads() and not self._doubted():
                looked = await self._db.run(self._look)
                self._send(looked.outgoing)
                self._next_at = looked.next_at
                if looked.found < BATCH:
                    return

    async def _run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:
                log.exception("a look at the guides failed")
                self._next_at = None
            wait = self._every_seconds
            if self._next_at is not None:
                wait = min(wait, max(0.0, (self._next_at - self._clock()).total_seconds()))
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._changed.wait()
            self._changed.clear()

    def _look(self, session: Session) -> _Looked:
        now, outgoing = self._clock(), list[Outgoing]()
        rows = live_guides.due(session, now, BATCH)
        found = users.of(session, [row.user_id for row in rows])
        pains = due_reminders.pains(session, found)
        for row in rows:
            if (user := found.get(row.user_id)) is not None:
                told = pains.get(user.id, [])
                guide = _Guide(session, row, user, self._content(), now, self._replica, told)
                outgoing += self._advanced(session, guide)
        session.flush()
        return _Looked(outbox.enqueue(session, outgoing), len(rows), live_guides.next_at(session))

    def _advanced(self, session: Session, guide: "_Guide") -> list[Outgoing]:
        """Move one guide on; one that cannot be read is over, and holds up nobody else's."""
        number = guide.row.id
        try:
            return guide.advanced()
        except SQLAlchemyError:
            raise
        except Exception:
            log.exception("a guide failed and was ended", extra={"guide": number})
            session.expire(guide.row)  # as it was before
            return guide.abandoned()


@dataclass
class _Guide:
    """One guide that is looked at."""

    session: Session
    row: LiveGuide
    user: User
    content: Content
    now: datetime
    replica: str
    pains: Sequence[Told]

    def advanced(self) -> list[Outgoing]:
        """Move the guide on to where the clock is; return what there is to show."""
        row, run = self.row, run_of(self.row)
        before = run.place
        outgoing = self._shown(run if row.over_at is not None else run.at(self.now), before)
        if outgoing:
            row.shown_at = self.now
        arm(row, run_of(row), self.now)
        return outgoing

    def abandoned(self) -> list[Outgoing]:
        """Let a guide be over of which nothing can be read."""
        row = self.row
        row.steps, row.over_at, row.next_at = [], self.now, None
        self.session.add(row)
        return [] if self.user.unreachable else self._edit(_HALTED, useful=None)

    def _shown(self, run: Run, before: int) -> list[Outgoing]:
        row = self.row
        if row.over_at is None and (self.user.unreachable or self._is_held_back):
            end(row, run, self.now)
            return [] if self.user.unreachable else self._edit(_HALTED, useful=None)
        if row.over_at is not None:
            return self._tidied()
        keep(row, run)
        if run.is_over or (run.paused_at is not None and self.now - run.paused_at >= PAUSED_AT_MOST):
            end(row, run, self.now)
            if row.day is None:
                shown.clear(self.user)  # "done" is about these intervals
                self.session.add(self.user)
            logs = is_worth_logging(run, self.now)
            return self._new(ended(row.id or 0, row.title, row.day, run, self.now, logs=logs), useful=None)
        least = stops_at(row.workout, back=self.user.way_back_since is not None)
        message = running(self._language, row.id or 0, row.title, run, self.now, least)
        if run.place != before:
            return self._new(message, useful=self.now + LATE)
        if row.message_id is None and row.old_message_id is not None:
            if self.now - row.shown_at <= LATE:
                return []  # the new message is on its way
            row.message_id, row.old_message_id = row.old_message_id, None  # it was dropped
        unshown, row.unshown = row.unshown, False
        return (not unshown and self._tidied()) or self._edit(message, useful=self.now + LATE)

    @property
    def _is_held_back(self) -> bool:
        return is_held_back(self.session, self.user, self.row, self.now, self.pains)

    @property
    def _language(self) -> Language:
        return self.content.language(self.user.language)

    def _tidied(self) -> list[Outgoing]:
        """Take the message away that the guide stood in before, once it stands in another."""
        if self.row.old_message_id is None or self.row.message_id is None:
            return []
        gone, self.row.old_message_id = self.row.old_message_id, None
        return [self._call("deleteMessage", {"message_id": gone})]

    def _new(self, message: LiveMessage, useful: datetime | None) -> list[Outgoing]:
        row, gone = self.row, self._tidied()
        row.old_message_id, row.message_id = row.message_id or row.old_message_id, None
        return [*gone, self._call("sendMessage", self._rendered(message) | {LIVE_GUIDE: row.id}, useful)]

    def _edit(self, message: LiveMessage, useful: datetime | None) -> list[Outgoing]:
        shown = self.row.message_id or self.row.old_message_id
        if shown is None:
            return []
        return [self._call("editMessageText", self._rendered(message) | {"message_id": shown, ONLY_EDIT: True}, useful)]

    def _rendered(self, message: LiveMessage) -> dict[str, Any]:
        messages = self._language.messages
        return {
            "text": messages.render(message.template, **message.values),
            "parse_mode": "HTML",
            "reply_markup": keyboard(messages, message.rows),
        }

    def _call(self, method: str, payload: dict[str, Any], useful: datetime | None = None) -> Outgoing:
        return Outgoing(
            user_id=self.user.id,
            chat_id=self.user.id,
            method=method,
            payload={"chat_id": self.user.id} | payload,
            created_at=self.now,
            useful_until=useful,
            owner=self.replica,
        )
