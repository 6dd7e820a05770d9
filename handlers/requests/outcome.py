"""Outcome of carrying out one request, and what the families of requests share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Final, TypeAlias

from coach.buttons.requests import ConfirmRequest, DoRequest
from coach.requests import Intent, ShownItem, Slots
from content.rendering.keyboards import Button, Row, Titled
from db.models import TrainingSession
from handlers.framework.turn import Turn
from handlers.prompts import screening
from handlers.training.today import KEEPS, today_of
from services import plans


@dataclass(frozen=True)
class Changed:
    """A change that was made: the message that says it in a line, and the buttons beside Undo."""

    template: str
    values: Mapping[str, object]
    change: Button | None = None  # leads to changing what was understood
    rows: Sequence[Row] = field(default=())
    slots: Slots | None = None  # what was carried out, where that is more than what was said


class Step(Enum):
    """Outcome of a request that changed nothing: it was shown, or stands open with a question."""

    SHOWN = "shown"
    ASKED = "asked"


Outcome: TypeAlias = Changed | Step
Work: TypeAlias = Callable[[Turn, Slots], Outcome]

_NO_TIME: Final = timedelta()


def has_plan(turn: Turn) -> bool:
    """Say whether there is a plan to speak of, brought up to date; where there is none, tell the person why."""
    day = today_of(turn)
    refusal = plans.refused(turn.user, day)
    if refusal is not None:
        screening.instead_of_a_plan(turn, refusal)
        return False
    if screening.is_blocked(turn):
        screening.say_blocked(turn)
        return False
    if turn.user.plan_start is None:
        plans.start_on(turn.session, turn.user, day)
    plans.bring_up_to_date(turn.session, turn.user, day)
    return True


def dated(turn: Turn, day: date) -> dict[str, object]:
    """Return the values by which a message names a day: "today", "yesterday", "Friday"."""
    return {"day": day, "days_off": (day - today_of(turn)).days}


def do(label: str, intent: Intent, slots: Slots, **values: object) -> Button:
    """Return a button that carries out a request."""
    return Button(label, DoRequest.of(intent, slots), values)


def titled(title: str, intent: Intent, slots: Slots) -> Titled:
    """Return a button that carries out a request, named by content."""
    return Titled(title, DoRequest.of(intent, slots))


def sure(label: str, intent: Intent, slots: Slots) -> Button:
    """Return the one button that a lasting change asks for."""
    return Button(label, ConfirmRequest.of(intent, slots), style="primary")


def about(turn: Turn, row: TrainingSession) -> None:
    """Remember that this session is spoken of."""
    turn.note_shown(ShownItem(session=row.day, workout=row.workout))


def is_kept(turn: Turn, day: date) -> bool:
    """Say whether a day is one whose session can be marked: today, or one of the two weeks before."""
    return _NO_TIME <= today_of(turn) - day <= KEEPS
