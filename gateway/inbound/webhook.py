"""Updates by webhook: one POST each, answered 200 only when the update has taken effect."""

import hmac
import json
import logging
import math
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from gateway.ops.redaction import redact

log = logging.getLogger(__name__)

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
BODY_BYTES: Final = 1024 * 1024  # Telegram's updates are a few kilobytes
_MOST: Final = 2**63  # ids are stored in 64 bits


class Webhook:
    """Takes updates while it is open; closed, it asks Telegram (503) to come again.

    `take(update)` returns once the update has taken effect. Whoever does not know `secret` learns nothing: 403.
    """

    def __init__(
        self,
        secret: str,
        take: Callable[[dict[str, Any]], Awaitable[None]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._clock = clock
        self.last_taken: datetime | None = None
        self._secret = secret.encode()
        self._take = take
        self.open = False
        self.responses: Counter[int] = Counter()
        """Responses by status; 403 counts the strangers."""

    async def serve(self, request: web.Request) -> web.Response:
        """Answer one POST."""
        status = await self._status(request)
        self.responses[status] += 1
        return web.Response(status=status)

    async def _status(self, request: web.Request) -> HTTPStatus:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), self._secret):
            return HTTPStatus.FORBIDDEN
        if not self.open:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            update = _update(await _body(request))
        except web.HTTPRequestEntityTooLarge:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        try:
            await self._take(update)
        except Exception as error:
            # The database is away, or the like: nothing took effect, Telegram sends it again.
            log.exception(
                "an update could not be taken",
                extra={"update_id": update["update_id"], "error": redact(type(error).__name__)},
            )
            return HTTPStatus.INTERNAL_SERVER_ERROR
        self.last_taken = self._clock()
        return HTTPStatus.OK


async def _body(request: web.Request) -> bytes:
    """Read no more than the limit. Raises HTTPRequestEntityTooLarge."""
    if (request.content_length or 0) > BODY_BYTES:
        raise web.HTTPRequestEntityTooLarge(BODY_BYTES, request.content_length or 0)
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > BODY_BYTES:
            raise web.HTTPRequestEntityTooLarge(BODY_BYTES, len(body))
    return bytes(body)


def _update(body: bytes) -> dict[str, Any]:
    """Return the update that `body` holds. Raises ValueError, and RecursionError where it nests without end."""
    update = json.loads(body, parse_constant=_finite, parse_float=_finite)
    update_id = update.get("update_id") if isinstance(update, dict) else None
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < _MOST:
        raise ValueError("no update")
    assert isinstance(update, dict)
    return update


def _finite(number: str) -> float:
    """Infinity and NaN are no JSON, and PostgreSQL would not store them."""
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value
