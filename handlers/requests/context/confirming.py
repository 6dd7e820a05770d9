"""Typed answers to a question with buttons: a yes does what its button does, a no leaves it.

What each does is remembered with the question, for half an hour and for the person's next message alone.
"""

from typing import Final

from coach.buttons.callback_data import CallbackData, parse
from coach.buttons.reminders import SayCleared
from content.understanding.requests.replies import Reply, begins_with_no, reply_of
from content.understanding.understand import Between, NoAnswer, SmallTalk, StillLearning, Suggest, Understood
from handlers.framework.turn import Turn
from handlers.questions import misses
from services.shown import Asked

PLAINLY: Final[tuple[type[CallbackData], ...]] = (SayCleared,)
"""Buttons that only a plain yes stands for: "ok" may be said of what was read."""


def take(turn: Turn, written: str) -> bool:
    """Do what a whole message answers to the question before it; return whether it does."""
    asked = _asked(turn)
    reply = reply_of(written, turn.language.reply_words) if asked is not None else None
    if asked is None or reply is None:
        return False
    if reply is Reply.AGREE and isinstance(parse(asked.yes), PLAINLY):
        return False
    _press(turn, asked.no if reply is Reply.NO else asked.yes)
    return True


def take_no(turn: Turn, written: str, understood: Understood) -> bool:
    """Leave what was asked where a message that asks for nothing else begins with a no; return whether it does."""
    match understood:
        case Between() | Suggest() | NoAnswer() | SmallTalk() | StillLearning():
            asked = _asked(turn)
        case _:
            return False
    if asked is None or not begins_with_no(written, turn.language.reply_words):
        return False
    _press(turn, asked.no)
    return True


def _asked(turn: Turn) -> Asked | None:
    """Return the question of the message before, None where one with an answer in words stands open."""
    return turn.asked if turn.user.prompt is None else None


def _press(turn: Turn, data: str) -> None:
    misses.understood(turn)
    turn.press(data)
