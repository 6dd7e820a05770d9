"""Changes that are to be as they were: "leave it where it was", "keep it on Thursday" behind a move from there."""

import re
from datetime import date
from typing import Final

from coach.buttons.requests import unpack_slots
from coach.parsing.mentions.mention import BEGINS
from coach.parsing.mentions.phrases import phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent, Slots
from content.understanding.red_flags.told import Safety
from content.understanding.requests.reader import Request
from content.understanding.understand import NotAnAnswer, PromptAnswer, PromptCommand, Requests, Understood
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import undo
from handlers.requests.context import confirming
from handlers.requests.goals import answering
from services import last_change, shown

_CLAUSE: Final = re.compile(r"[.,;!?\n]+(?=\s|$)")
BETWEEN: Final = 3  # words at most, between "leave" and "as it was"


def take(turn: Turn, understood: Understood) -> bool:
    """Undo the change of the turn before, or leave what was offered; return whether the message wants that."""
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
    if (
        "?" in turn.written
        or turn.user.prompt is not None
        or not (_wants_as_it_was(turn) or _keeps_day(turn, understood))
    ):
        return False
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is not None and turn.now - change.at <= shown.KEPT:
        misses.understood(turn)
        undo.undo(turn, Slots())
    else:
        confirming.leave_all(turn)
    return True


def _wants_as_it_was(turn: Turn) -> bool:
    """Say whether a clause wants something as it was: "keep the session where it was"."""
    words = turn.language.reply_words
    pattern = rf"{BEGINS}{phrase_pattern(words.leave)}(?: [\w']+){{0,{BETWEEN}}} {phrase_pattern(words.as_it_was)}$"
    return any(re.search(pattern, clause.strip()) for clause in _CLAUSE.split(fold(turn.written)))


def _keeps_day(turn: Turn, understood: Understood) -> bool:
    """Say whether a message keeps the day from which a session was moved, or is offered to be moved."""
    change = last_change.last(turn.session, turn.user, turn.now)
    heard = answering.heard(turn, turn.written)
    kept = phrase_pattern(turn.language.goal_words.kept)
    named = [one for one in heard.days if re.search(rf"{BEGINS}{kept} $", heard.said[: one.start])]
    days = {one.value.resolve(heard.today) for one in named}
    if len(days) != 1 or _moves_to(understood) in days:  # a move back is a move
        return False
    moved = [slots for intent, slots in shown.offered(turn.user, turn.now) if intent is Intent.MOVE]
    if change is not None and change.intents == [Intent.MOVE] and turn.now - change.at <= shown.KEPT:
        slots = unpack_slots(change.slots or "")
        return slots is not None and slots.from_day in days
    return any(_may_stay(slots, days) for slots in moved)


def _may_stay(slots: Slots, days: set[date | None]) -> bool:
    """Say whether an offered move is from one of these days, or from a day that was not said."""
    return slots.from_day in days or (slots.from_day is None and slots.to_day not in days)


def _moves_to(understood: Understood) -> date | None:
    match understood:
        case Requests(all=(Request(intent=Intent.MOVE, slots=slots),)):
            return slots.to_day
    return None
