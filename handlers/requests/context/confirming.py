"""Typed answers to a question with buttons: a yes does what its button does, a no leaves it.

What each does is remembered with the question, for half an hour and for the person's next message alone.
"""

from typing import Final

from coach.buttons.callback_data import CallbackData, parse
from coach.buttons.reminders import SayCleared
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.red_flags.told import Safety
from content.understanding.requests.ranked import SURE_FROM
from content.understanding.requests.replies import Reply, begins_with_no, reply_of
from content.understanding.smalltalk import SmallTalkKind
from content.understanding.understand import (
    Answer,
    Between,
    NoAnswer,
    NotAnAnswer,
    PromptAnswer,
    PromptCommand,
    Requests,
    SmallTalk,
    StillLearning,
    Suggest,
    Understood,
)
from handlers.framework.turn import Turn
from handlers.questions import misses, smalltalk
from services import shown
from services.shown import Asked

PLAINLY: Final[tuple[type[CallbackData], ...]] = (SayCleared,)
"""Buttons that only a plain yes stands for: "ok" may be said of what was read."""

TAKING_BACK: Final = frozenset({Intent.UNDO, Intent.RESUME, Intent.REMIND})
"""Intents that "forget it" or "cancel that" may have."""


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


def take_no(turn: Turn, written: str, understood: Understood, found: SearchResult) -> bool:
    """Leave what was asked where a message that asks for nothing else begins with a no; return whether it does.

    A request that only a part of it is like, and that says nothing, is none: "no no only today, not all the days".
    """
    match understood:
        case Between() | Suggest() | NoAnswer() | SmallTalk() | StillLearning():
            asked = _asked(turn)
        case Requests(all=(only,), care=None) if only.slots == Slots() and not _asks_as_a_whole(only.intent, found):
            asked = _asked(turn)
        case _:
            return False
    if asked is None or not begins_with_no(written, turn.language.reply_words):
        return False
    _press(turn, asked.no)
    return True


def _asks_as_a_whole(intent: Intent, found: SearchResult) -> bool:
    """Say whether a message as a whole asks for this, and not only a part of it."""
    likely = dict(found.intents.whole.intents) if found.intents is not None else {}
    return likely.get(intent, 0) >= SURE_FROM


def leave(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Leave all as it is where a whole message is a no to nothing, or to what was only offered: "nvm, leave it"."""
    offers = bool(shown.offered(turn.user, turn.now))
    match understood:
        case PromptAnswer() | PromptCommand() | NotAnAnswer() | Safety():
            return False
        case Answer() if not found.in_context:
            return False
        case Requests(all=(only,)) if only.intent in TAKING_BACK:
            return False
        case SmallTalk() if not offers:
            return False
    exact = found.intents is not None and found.intents.exact is not None
    if exact or turn.user.prompt is not None or reply_of(turn.written, turn.language.reply_words) is not Reply.NO:
        return False
    misses.understood(turn)
    shown.clear(turn.user)
    smalltalk.leave(turn)
    return True


def to_nothing(turn: Turn, understood: Understood) -> bool:
    """Answer a whole message that agrees with nothing that was asked: "ok do that"; return whether it does."""
    match understood:
        case Between() | Suggest() | NoAnswer() if turn.user.prompt is None:
            agrees = reply_of(turn.written, turn.language.reply_words) in {Reply.YES, Reply.AGREE}
        case _:
            return False
    if agrees:
        misses.understood(turn)
        smalltalk.answer(turn, SmallTalkKind.ANSWER)
    return agrees


def _asked(turn: Turn) -> Asked | None:
    """Return the question of the message before, None where one with an answer in words stands open."""
    return turn.asked if turn.user.prompt is None else None


def _press(turn: Turn, data: str) -> None:
    misses.understood(turn)
    turn.press(data)
