"""Making one call to Telegram of a row of the outbox, and naming what came of it."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, TelegramError

from db.outbox import Waiting
from db.payload_names import MAKES, ONLY_EDIT
from gateway import gestures
from gateway.errors import CannotDraw
from gateway.ops.redaction import redact
from gateway.outbound.outcomes.outcome import Failed, Retry, SendOutcome, Sent, classify_error
from gateway.outbound.shared_files import ONCE, SharedFiles, is_unknown_file, wish_of
from gateway.outbound.transport import Upload
from gateway.refused_edits import as_new_message, is_refused_edit

log = logging.getLogger(__name__)

LATE_AFTER: Final = timedelta(minutes=10)
TELL_EVERY: Final = timedelta(hours=1)
_THUMBNAIL: Final = "thumbnail"

Call = Callable[[str, dict[str, Any]], Awaitable[Any]]
Draw = Callable[[Mapping[str, Any]], Awaitable[bytes]]
OnUnknownRefusal = Callable[[str], Awaitable[None]]


class ApiCaller:
    """Completes a row's parameters, makes its call and judges the answer."""

    def __init__(
        self,
        call: Call,
        draw: Draw | None,
        files: SharedFiles,
        step: Callable[[str], None],
        *,
        paid: bool,
        on_unknown_refusal: OnUnknownRefusal | None = None,
    ) -> None:
        """`on_unknown_refusal` hears Telegram's reason, at most once an hour."""
        self._on_unknown_refusal = on_unknown_refusal
        self._told_at: datetime | None = None
        self._call = call
        self._draw = draw
        self._files = files
        self._step = step
        self._paid = paid

    async def make(self, row: Waiting, now: datetime) -> tuple[SendOutcome, Any]:
        """Make the row's call; return what came of it and Telegram's result. Raises nothing of its own."""
        outcome, result = await self._make(row, now)
        if (wish := wish_of(row.payload)) is not None:
            self._files.sent(wish, result)
        return outcome, result

    async def _make(self, row: Waiting, now: datetime) -> tuple[SendOutcome, Any]:
        try:
            parameters = await self._parameters(row, now)
            self._step("send")
            result = await self._deliver(row.method, parameters)
            self._step("sent")
        except Exception as error:  # whatever it is, the row must not stay in flight
            verdict = classify_error(error)
            if (wish := wish_of(row.payload)) is not None and is_unknown_file(error):
                self._files.forget(wish)
                return Retry(), None
            if isinstance(verdict, Failed) and not verdict.quiet:
                log.error("a message cannot be sent", extra=log_fields(row) | {"error": redact(repr(error))})
            elif isinstance(verdict, Retry) and verdict.unknown is not None:
                await self._tell(row, redact(verdict.unknown), now)
            elif isinstance(error, CannotDraw):
                log.warning("a file cannot be made now", extra=log_fields(row) | {"error": redact(repr(error))})
            elif not isinstance(error, TelegramError):
                log.exception("a message met an error nobody foresaw", extra=log_fields(row))
            return verdict, None
        return Sent(), result

    async def _deliver(self, method: str, parameters: dict[str, Any]) -> Any:
        """Make the call, as a new message where Telegram refuses an edit."""
        only_edit = parameters.pop(ONLY_EDIT, False)
        otherwise = gestures.take_out_ours(parameters)
        if gestures.is_gesture(method, parameters):
            return await self._gesture(method, parameters, otherwise)
        try:
            return await self._follow(method, parameters)
        except BadRequest as error:
            new = None if only_edit or not is_refused_edit(error) else as_new_message(method, parameters)
            if new is None:
                raise
            log.info("an edit is refused; sent as a new message", extra={"method": method})
            return await self._follow(*new)

    async def _gesture(self, method: str, parameters: dict[str, Any], otherwise: dict[str, Any] | None) -> Any:
        """Make a call with a reaction or an effect; where that is refused, do without, which nobody need know."""
        try:
            return await self._follow(method, parameters)
        except (BadRequest, EndPointNotFound) as error:
            if not isinstance(classify_error(error), Failed):
                raise
            log.info("a gesture is refused", extra={"method": method, "why": redact(str(error))})
            plain = gestures.as_plain(method, parameters, otherwise)
            return None if plain is None else await self._follow(*plain)

    async def _follow(self, method: str, parameters: dict[str, Any]) -> Any:
        """Make the call; where the group has become a supergroup meanwhile, once more to that."""
        try:
            return await self._call(method, parameters)
        except ChatMigrated as error:
            log.info("a group has become a supergroup", extra={"method": method})
            return await self._call(method, parameters | {"chat_id": error.new_chat_id})

    async def _tell(self, row: Waiting, reason: str, now: datetime) -> None:
        """Tell the operator of a refusal that nobody knows the meaning of, once an hour."""
        if self._told_at is not None and timedelta() <= now - self._told_at < TELL_EVERY:
            return
        self._told_at = now
        log.error("Telegram refuses for an unknown reason; trying again", extra=log_fields(row) | {"reason": reason})
        if self._on_unknown_refusal is not None:
            try:
                await self._on_unknown_refusal(reason)
            except Exception:
                log.exception("the operator could not be told")

    async def _parameters(self, row: Waiting, now: datetime) -> dict[str, Any]:
        parameters = dict(row.payload)
        if is_late(row, now):
            parameters = parameters | {"text": row.late_text}
        if row.bulk and self._paid:
            parameters = parameters | {"allow_paid_broadcast": True}
        if (wanted := parameters.pop(MAKES, None)) is not None:
            self._files.offered(wanted)
        for name, value in parameters.items():
            if isinstance(value, dict) and ONCE in value:
                taken = self._files.take(value, row)
                parameters = parameters | {name: taken}
                if isinstance(taken, str):  # it has its thumbnail
                    return {name: value for name, value in parameters.items() if name != _THUMBNAIL}
            elif isinstance(value, dict) and "draw" in value:
                parameters = parameters | {name: await self._drawn(value, row.attempts)}
        return parameters

    async def _drawn(self, file: Mapping[str, Any], attempts: int) -> Upload:
        if self._draw is None:
            raise CannotDraw("nothing draws files here")
        try:
            return Upload(await self._draw(file), str(file.get("file", "picture.png")))
        except Exception as error:
            raise CannotDraw.from_error(error, attempts) from error


def is_late(row: Waiting, now: datetime) -> bool:
    """Say whether a reminder has to say that it comes late."""
    return row.due_at is not None and row.late_text is not None and now - row.due_at > LATE_AFTER


def log_fields(row: Waiting) -> dict[str, Any]:
    """Return the fields of a row that a log may hold: never its text."""
    return {"row": row.id, "method": row.method}
