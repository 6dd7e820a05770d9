"""Classification of Telegram's errors into outcomes. Permanent failures are named here and nowhere else."""

import re
from dataclasses import dataclass
from typing import Final

from telegram.error import BadRequest, ChatMigrated, EndPointNotFound, Forbidden, InvalidToken

from gateway.errors import CannotDraw, NotSent, wait_of
from gateway.refused_edits import EDIT_REFUSED


@dataclass(frozen=True)
class Sent:
    """Carried out, or just as good."""


@dataclass(frozen=True)
class RetryLater:
    """Telegram asks to wait so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Retry:
    """A fault that may pass, met by this message; `unknown` is Telegram's reason where nobody knows what it means."""

    unknown: str | None = None


@dataclass(frozen=True)
class Offline:
    """Nothing goes out at the moment, this message or another; `reason` names why."""

    reason: str


@dataclass(frozen=True)
class Unreachable:
    """The person cannot be written to any more: reminders end."""

    reason: str


@dataclass(frozen=True)
class Failed:
    """This message cannot be sent; `quiet` where that is nobody's mistake."""

    name: str
    quiet: bool


SendOutcome = Sent | RetryLater | Retry | Offline | Unreachable | Failed

# Telegram's own words, in lower case (https://core.telegram.org/bots/api does not list them; these were seen).
_NOBODY_THERE: Final = (
    ("bot was blocked", "blocked"),
    ("user is deactivated", "deactivated"),
    ("chat not found", "chat-not-found"),
    ("peer_id_invalid", "chat-not-found"),
    ("bot was kicked", "kicked"),
)
_MESSAGE_GONE: Final = (
    *EDIT_REFUSED,
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
)
_NOT_ALLOWED: Final = (
    "not enough rights to send", "have no rights to send", "need administrator rights", "chat_write_forbidden",
    "chat_restricted", "chat_admin_required", "topic_closed", "topic_deleted", "message thread not found",
    "bot is not a member", "can't initiate conversation", "group chat was deactivated", "group chat was deleted",
)  # fmt: skip
"""A muted group, a closed topic, a chat that the bot is not in: nobody's mistake, and no word on the person."""

_KIND_FORBIDDEN: Final = re.compile(r"chat_send_\w+_forbidden")
_ENDED: Final = {EndPointNotFound: "unknown-method", ChatMigrated: "migrated", CannotDraw: "drawing"}


def classify_error(error: BaseException) -> SendOutcome:
    """Return what `error` means for the message that met it. An error that nobody foresaw is tried again."""
    if (wait := wait_of(error)) is not None:
        return RetryLater(wait.total_seconds())
    match error:
        case NotSent() | InvalidToken():
            return Offline("no connection" if isinstance(error, NotSent) else "token refused")
        case Forbidden() | BadRequest():
            return _refused(error)
        case EndPointNotFound() | ChatMigrated() | CannotDraw(passing=False):
            return Failed(_ENDED[type(error)], quiet=False)
        case _:
            return Retry()


def _refused(error: Forbidden | BadRequest) -> SendOutcome:
    """Return what Telegram's words mean. Nobody is given up for a reason that is not known."""
    words = str(error).lower()
    if "message is not modified" in words:
        return Sent()
    for part, name in _NOBODY_THERE:
        if part in words:
            return Unreachable(name)
    if any(part in words for part in _MESSAGE_GONE):
        return Failed("message-gone", quiet=True)
    if any(part in words for part in _NOT_ALLOWED) or _KIND_FORBIDDEN.search(words):
        return Failed("not-allowed", quiet=True)
    return Retry(unknown=error.message) if isinstance(error, Forbidden) else Failed("bad-request", quiet=False)
