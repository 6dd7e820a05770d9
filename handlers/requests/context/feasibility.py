"""Doubts about a goal or an event that was set just now: "is that realistic?", "will I be able for it by then?"."""

from datetime import date
from typing import Final

from coach.buttons.plan import ShowWeek
from coach.buttons.requests import unpack_slots
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import Intent
from content.rendering.keyboards import Button
from content.understanding.meanings import Answer, Between, NoAnswer, Requests, Suggest, Understood
from content.understanding.requests.request import Request
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.training.today import today_of
from services import last_change, shown

MOST_WORDS: Final = 10
FEW_WORDS: Final = 6  # at most, where an entry or another request seems to answer
DAYS_OF_A_WEEK: Final = 7


def answer(turn: Turn, understood: Understood) -> bool:
    """Say honestly how long it is until then, and that nobody can promise it; return whether that was asked."""
    match understood:
        case Between() | Suggest() | NoAnswer() if len(turn.written.split()) <= MOST_WORDS:
            doubts = find_phrases(fold(turn.written), turn.language.goal_words.chances)
        case Answer() | Requests(all=(Request(intent=Intent.FEEDBACK | Intent.PROGRESS | Intent.SHOW_DAY),)) if (
            len(turn.written.split()) <= FEW_WORDS
        ):
            doubts = find_phrases(fold(turn.written), turn.language.goal_words.chances)
        case _:
            return False
    return bool(doubts) and tell(turn)


def tell(turn: Turn) -> bool:
    """Say how long it is until the day that was set just now; return whether one was."""
    by = _day_set(turn)
    if by is None:
        return False
    misses.understood(turn)
    weeks = max((by - today_of(turn)).days // DAYS_OF_A_WEEK, 0)
    turn.say("requests/no_promise", [[Button("my_week", ShowWeek(0))]], day=by, weeks=weeks)
    return True


def _day_set(turn: Turn) -> date | None:
    """Return the day of the event, or the one by which a goal is to be reached, where it was set just now."""
    change = last_change.last(turn.session, turn.user, turn.now)
    if change is None or turn.now - change.at > shown.KEPT:
        return None
    if change.intents == [Intent.EVENT]:
        return turn.user.event_day
    slots = unpack_slots(change.slots or "")
    return slots.by if change.intents == [Intent.TARGET] and slots is not None else None
