"""Gestures: reactions and message effects. Telegram may refuse them, and that never costs a message."""

from collections.abc import Mapping
from typing import Any, Final

from db.payload_names import IS_ANSWER, LIVE_GUIDE, OTHERWISE, REACT

EFFECT: Final = "message_effect_id"


def take_out_ours(parameters: dict[str, Any]) -> dict[str, Any] | None:
    """Take out what is not for Telegram; return the message to send where a reaction is refused, if there is one."""
    parameters.pop(IS_ANSWER, None)
    parameters.pop(LIVE_GUIDE, None)
    otherwise: dict[str, Any] | None = parameters.pop(OTHERWISE, None)
    return otherwise


def as_plain(
    method: str, parameters: Mapping[str, Any], otherwise: Mapping[str, Any] | None
) -> tuple[str, dict[str, Any]] | None:
    """Return the call that does without the gesture of a refused one; None where nothing would be left of it."""
    if method == REACT:
        return ("sendMessage", dict(otherwise)) if otherwise is not None else None
    return method, {name: value for name, value in parameters.items() if name != EFFECT}


def is_gesture(method: str, parameters: Mapping[str, Any]) -> bool:
    """Say whether a call is, or carries, a gesture."""
    return method == REACT or EFFECT in parameters
