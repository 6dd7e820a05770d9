"""Changes that a request made: said in one message with one Undo, above whatever else the request led to."""

from collections.abc import Sequence

from coach.buttons.requests import UndoChange, pack_slots
from coach.requests import Intent
from content.rendering.keyboards import Button, Row
from content.understanding.requests.request import Request
from db.changes import Change
from handlers.framework.turn import Turn
from handlers.prompts import setup
from handlers.requests.outcome import Changed
from services import last_change


def say(
    turn: Turn, made: Sequence[Changed], changed: Sequence[Change], requests: Sequence[Request], *, first: int
) -> None:
    """Say what was made of these requests, as the message `first` of the turn; the changed rows can be put back."""
    intents = [request.intent for request in requests]
    once = [each.slots for each in requests if each.intent is Intent.REMIND and each.slots.day is not None]  # is no row
    done = made[-1].slots or (requests[0].slots if len(requests) == 1 else once[0] if once else None)
    slots = pack_slots(done) if done is not None else None
    number = last_change.remember(turn.session, turn.user, changed, turn.now, intents, slots)
    back = [Button("undo", UndoChange(number))] if number is not None else []
    change = [made[0].change] if len(made) == 1 and made[0].change is not None else []
    rows: list[Row] = [*made[-1].rows, [*back, *change], *setup.way_on(turn)]
    if len(made) == 1:
        turn.reply(made[0].template, rows, **made[0].values)
    else:
        lines = [turn.language.messages.fragment(each.template, **each.values).strip() for each in made]
        turn.reply("requests/several", rows, lines=lines)
    turn.outgoing.insert(first, turn.outgoing.pop())
