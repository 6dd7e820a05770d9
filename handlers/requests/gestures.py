"""Gestures beside the line that confirms a request: a reaction on the message that asked, an effect on the line."""

from collections.abc import Sequence
from typing import Final

from coach.parsing.measurements import MeasurementKind, Side
from coach.requests import Intent
from content.understanding.requests.request import Request
from db.outbox import Outgoing
from handlers.framework.turn import Turn
from handlers.requests.outcome import Changed
from handlers.training.measurements import milestones

FLAME: Final = "🔥"
DONE: Final = "requests/done"
LOGGED: Final = "measure/logged"


def beside(turn: Turn, requests: Sequence[Request], made: Sequence[Changed], line: Outgoing) -> None:
    """React to the message that logged a session, and celebrate a milestone; what hurt is nothing to cheer."""
    if any(request.intent is Intent.PAIN for request in requests):
        return
    templates = {each.template for each in made}
    if DONE in templates:
        turn.react(FLAME)
    first = DONE in templates and milestones.is_first_session(turn)
    if first or (LOGGED in templates and _is_record(turn, requests)):
        milestones.celebrate(line)


def _is_record(turn: Turn, requests: Sequence[Request]) -> bool:
    said = [request.slots for request in requests if request.intent is Intent.RAISES]
    counts = [(side, count) for slots in said for side, count in ((Side.LEFT, slots.left), (Side.RIGHT, slots.right))]
    values = {side: float(count) for side, count in counts if count is not None}
    return milestones.is_record(turn, MeasurementKind.RAISES, values)
