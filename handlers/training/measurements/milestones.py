"""Milestones: the first session that is done, and a best heel-raise test; their message comes with an effect."""

from collections.abc import Mapping
from typing import Final

from coach.parsing.measurements import MeasurementKind, Side
from db.outbox import Outgoing
from db.queries import sessions
from db.queries.figures import measurements
from handlers.framework.turn import Turn
from handlers.training.today import today_of

PARTY: Final = "5046509860389126442"
"""The id of the effect 🎉, as Telegram's own apps send it."""


def celebrate(message: Outgoing) -> None:
    """Send a message with the effect; an edit has none, nor has a message in a group."""
    if message.method == "sendMessage" and message.user_id is not None:
        message.payload["message_effect_id"] = PARTY


def is_first_session(turn: Turn) -> bool:
    """Say whether the person's first session was marked just now."""
    return sessions.first_done_at(turn.session, turn.user) == turn.now


def is_record(turn: Turn, kind: MeasurementKind, values: Mapping[Side, float]) -> bool:
    """Say whether a leg did more heel raises than on any day before; of girths none is better than another."""
    if kind is not MeasurementKind.RAISES:
        return False
    kept, today = measurements.series(turn.session, turn.user, kind), today_of(turn)
    before = {side: [point.value for point in kept.get(side, ()) if point.day < today] for side in values}
    return any(before[side] and value > max(before[side]) for side, value in values.items())
