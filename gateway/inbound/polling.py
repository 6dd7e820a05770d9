"""Long polling: takes updates as they come, confirms them once they have taken effect."""

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final, Protocol

from telegram.error import Conflict, TelegramError

from gateway.errors import AnotherCopy, TokenRefused, retry_seconds
from gateway.ops.redaction import redact
from gateway.token_refusals import TokenRefusals

log = logging.getLogger(__name__)

PAGE_SIZE: Final = 100
POLL_SECONDS: Final = 50
MAX_CONFLICTS: Final = 3
_PROGRESS_SECONDS: Final = 0.05  # for as long an update at work may keep the next one waiting
_STEP: Final = 25  # updates: every answer repeats what is not confirmed, and reading that costs more than asking


class Take(Protocol):
    """Takes an update; `waited` where it waited at Telegram while nobody asked."""

    def __call__(self, update: dict[str, Any], *, waited: bool) -> Awaitable[None]: ...


class Polling:
    """`run` polls until `stop`. Raises TokenRefused, and AnotherCopy after three conflicts running.

    The token is refused by five answers of Telegram's over five minutes, see `TokenRefusals`.
    """

    def __init__(
        self,
        call: Callable[[str, dict[str, Any]], Awaitable[Any]],
        take: Take,
        *,
        clock: Callable[[], datetime],
        allowed_updates: Sequence[str] = (),
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        refusals: TokenRefusals | None = None,
    ) -> None:
        self._call = call
        self._take = take
        self._clock = clock
        self._allowed = list(allowed_updates)
        self._pause = pause
        self._refusals = refusals or TokenRefusals()
        self._offset = 0  # the first update not confirmed; 0 before any was seen
        self._taken: dict[int, asyncio.Task[None]] = {}  # not yet confirmed, in Telegram's order
        self._stopping = asyncio.Event()
        self._failures = 0
        self._conflicts = 0
        self._away_until: datetime | None = clock()  # what was sent before waited for us; None once that is taken
        self.last_poll: datetime | None = None  # when Telegram last answered
        self.last_poll_elapsed: float | None = None  # on the monotonic clock

    async def run(self) -> None:
        """Poll until `stop` is called. Updates at work then are left to finish; see `finish`."""
        while not self._stopping.is_set():
            self._confirm()
            try:
                updates = await self._unless_stopped(self._call("getUpdates", self._request()))
            except TelegramError as error:
                await self._on_error(error)
                continue
            if updates is None:
                return
            self._on_answer()
            self._submit_all(updates)
            if len(updates) < PAGE_SIZE:
                self._away_until = None
            if self._taken:
                await self._progress()

    def stop(self) -> None:
        """Ask for no more updates; `run` returns at once."""
        self._stopping.set()

    @property
    def failing(self) -> bool:
        """True where the last poll failed."""
        return self._failures + self._conflicts > 0

    async def finish(self, within: float = 1.0) -> None:
        """After `run`: wait for what is at work, and confirm what took effect; in at most `within` seconds each.

        What is not confirmed comes again after the next start and is found done. Where another copy polls, asking once
        more would end that one too.
        """
        if self._taken:
            await asyncio.wait(self._taken.values(), timeout=within)
        self._confirm()
        if self._offset and not self._conflicts:
            try:
                async with asyncio.timeout(within):
                    await self._call("getUpdates", {"offset": self._offset, "limit": 1, "timeout": 0})
            except (TelegramError, TimeoutError) as error:
                log.debug("not confirmed on leaving", extra={"error": redact(repr(error))})
        for task in self._taken.values():
            task.cancel()
        await asyncio.gather(*self._taken.values(), return_exceptions=True)

    def _request(self) -> dict[str, Any]:
        request: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": PAGE_SIZE, "allowed_updates": self._allowed}
        if self._offset:
            request["offset"] = self._offset
        return request

    def _submit_all(self, updates: Sequence[Any]) -> None:
        """Take those not yet taken."""
        for update in updates:
            update_id = update.get("update_id") if isinstance(update, dict) else None
            if not isinstance(update_id, int) or update_id in self._taken:
                continue  # without an id it can be neither confirmed nor told from others
            self._offset = self._offset or update_id
            if self._away_until is not None and _sent_at(update) >= self._away_until.timestamp():
                self._away_until = None  # they come in their order: from here on it is the present
            waited = self._away_until is not None
            self._taken[update_id] = asyncio.create_task(self._submit(update, waited), name=f"update {update_id}")

    async def _submit(self, update: dict[str, Any], waited: bool) -> None:
        """Take the update, again and again where not even setting it aside works (the database is away)."""
        for attempt in itertools.count():
            try:
                await self._take(update, waited=waited)
            except Exception as error:
                log.exception("an update could not be taken; trying again", extra={"update_id": update["update_id"]})
                await self._pause(retry_seconds(error, attempt))
            else:
                return

    def _confirm(self) -> None:
        """Move the offset past those that are done and have none undone before them.

        Telegram's ids rise within a queue, but after a quiet week they begin anywhere: the order is that of arrival.
        """
        while self._taken:
            update_id = next(iter(self._taken))
            task = self._taken[update_id]
            if not task.done():
                self._offset = update_id
                return
            del self._taken[update_id]
            self._offset = update_id + 1

    async def _progress(self) -> None:
        """Wait for the next few of the oldest at work, a little: asking again at once would bring the same ones."""
        due = list(itertools.islice(self._taken.values(), _STEP))
        finished = asyncio.ensure_future(asyncio.wait(due, timeout=_PROGRESS_SECONDS))
        await self._unless_stopped(finished)

    async def _on_error(self, error: TelegramError) -> None:
        if self._refusals.count(error):
            raise TokenRefused from error
        if isinstance(error, Conflict):
            self._conflicts += 1
            if self._conflicts >= MAX_CONFLICTS:
                raise AnotherCopy from error
            await self._sleep(1.0)
            return
        if self._failures == 0:
            log.warning("cannot reach Telegram; trying again", extra={"error": redact(repr(error))})
        await self._sleep(retry_seconds(error, self._failures))
        self._failures += 1

    def _on_answer(self) -> None:
        if self.failing:
            self._away_until = self._clock()
        if self._failures:
            log.warning("Telegram answers again")
        self._failures = self._conflicts = 0
        self._refusals.clear()
        self.last_poll, self.last_poll_elapsed = self._clock(), time.monotonic()

    async def _sleep(self, seconds: float) -> None:
        await self._unless_stopped(self._pause(seconds))

    async def _unless_stopped(self, work: Awaitable[Any]) -> Any:
        """Return what `work` returns, or None as soon as `stop` is called."""
        task = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait([task, stopping], return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else None
        finally:
            for one in (task, stopping):
                one.cancel()
            await asyncio.gather(task, stopping, return_exceptions=True)


def _sent_at(update: dict[str, Any]) -> float:
    """Return when the update was sent, 0 where it does not say: a pressed button carries no date."""
    dates = (body.get("date") for body in update.values() if isinstance(body, dict))
    return next((float(date) for date in dates if isinstance(date, int)), 0.0)
