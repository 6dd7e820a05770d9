"""The Bot API's answers told from what proxies, CDNs and captive portals send in its place.

Only JSON with `ok: false` is a refusal of Telegram's (https://core.telegram.org/bots/api#making-requests). Everything
else that is not a result is a fault of the road, whatever its HTTP status says.
"""

import json
from dataclasses import dataclass
from typing import Any, Final, NoReturn, TypeGuard

from telegram.error import BadRequest, ChatMigrated, Conflict, EndPointNotFound, Forbidden, InvalidToken, TelegramError

from gateway.errors import ServerFault, TooMany

MAX_WAIT_SECONDS: Final = 7 * 86_400.0
_KINDS: Final[dict[int, type[TelegramError]]] = {
    400: BadRequest,
    401: InvalidToken,
    403: Forbidden,
    404: EndPointNotFound,
    409: Conflict,
    413: BadRequest,
}
_RESULTS: Final[dict[str, type]] = {"getMe": dict, "getUpdates": list}
"""The methods whose result is read: of another type, it is none of the Bot API's."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """An HTTP answer, whoever gave it."""

    status: int
    content_type: str
    payload: bytes


def read_answer(answer: HttpAnswer, url: str) -> Any:
    """Return the result in an answer of the Bot API.

    Raises the TelegramError that a refusal stands for, and ServerFault where the answer is not the Bot API's.
    """
    body = _parsed(answer.payload)
    match body:
        case {"ok": True, "result": result} if 200 <= answer.status < 300:
            if isinstance(result, _RESULTS.get(url.rpartition("/")[2], object)):
                return result
        case {"ok": False} if answer.content_type == "application/json":
            _refuse(answer.status, body)
    raise ServerFault(f"{answer.status}: the answer is not of a Bot API server")


def _parsed(payload: bytes) -> dict[str, Any]:
    try:
        body = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _refuse(status: int, body: dict[str, Any]) -> NoReturn:
    """Raise the error that a refusal stands for: by its own code, which a proxy's status may hide."""
    given = body.get("error_code")
    code = given if _is_int(given) else status
    description = str(body.get("description") or f"HTTP status {status}")
    parameters = body.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    if code == 429:
        raise TooMany(_wait_seconds(parameters.get("retry_after")))
    if _is_int(chat_id := parameters.get("migrate_to_chat_id")):
        raise ChatMigrated(chat_id)
    if code >= 500:
        raise ServerFault(f"{code}: {description}")
    raise _KINDS.get(code, TelegramError)(description)


def _wait_seconds(asked: object) -> float:
    """Return a wait that can be waited for; a second where none is named."""
    if isinstance(asked, int | float) and not isinstance(asked, bool) and asked > 0:
        return float(min(asked, MAX_WAIT_SECONDS))
    return 1.0


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
