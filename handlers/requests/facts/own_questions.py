"""Questions about one's own training that their words make certain, in the order in which they are tried."""

from typing import Final

from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.understanding.meanings import (
    Answer,
    Between,
    ExerciseRequest,
    NoAnswer,
    Requests,
    StillLearning,
    Suggest,
    Understood,
)
from handlers.framework.turn import Turn
from handlers.questions import misses
from handlers.requests import showing
from handlers.requests.context import feasibility
from handlers.requests.facts import clauses, may_train, of_shown, own_days
from handlers.requests.outcome import Step

FITS_SURELY: Final = 0.6  # of an entry, whatever else a message tells
OTHERS: Final = frozenset({
    Intent.MOVE, Intent.DAYS, Intent.SKIP, Intent.DONE, Intent.WEIGHT, Intent.RESUME, Intent.REMIND, Intent.HARDER,
    Intent.EASIER,
    Intent.EVENT, Intent.TARGET, Intent.PAUSE, Intent.RAISES, Intent.SETS,
})  # fmt: skip
"""Intents that change something, for which such questions are taken: "should I skip?"."""

STILL_MUST: Final = frozenset({Intent.DONE, Intent.SKIP, Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.START})
"""Intents of what is told before somebody asks whether the session is still to be done."""


def answer(turn: Turn, understood: Understood, found: SearchResult) -> bool:
    """Answer a question about one's own training that its words make certain; return whether a message is one."""
    intent: Intent | None = None
    match understood:
        case Requests(all=(only,), care=None, answer=None) if only.intent in SHOWING | OTHERS:
            intent = only.intent
        case Requests(all=every, care=None, answer=None) if {each.intent for each in every} <= STILL_MUST:
            intent = Intent.DONE  # "practice was five hours. do I still have to?"
        case Between() | Suggest() | NoAnswer() | StillLearning() | Answer() | ExerciseRequest():
            pass
        case _:
            return False
    if turn.user.plan_start is None or turn.user.prompt is not None:
        return False
    if turn.asked is not None:  # what else is asked now may be about that
        return own_days.tell_when_back(turn, intent)
    surely = isinstance(understood, Answer) and found.candidates[0].score >= FITS_SURELY
    answered = (
        own_days.tell_when_back(turn, intent)
        or feasibility.answer(turn, understood)
        or own_days.tell_how_far(turn, intent)
        or own_days.tell_neighbours(turn, understood)
        or own_days.tell_several(turn, intent)
        or own_days.show_days(turn, intent)
        or own_days.show_planned(turn, intent)
        or own_days.tell_any_hour(turn, intent)
        or own_days.tell_missed(turn, intent)
        or _show_mine(turn, understood)
        or of_shown.tell(turn, understood, intent)
        or may_train.tell(turn, understood, intent, surely_answered=surely)
    )
    if answered:
        misses.understood(turn)
    return answered


def _show_mine(turn: Turn, understood: Understood) -> bool:
    """Show what is kept of somebody who asks for a part of it, where nothing else answers: "what's my weight"."""
    clause = clauses.asking(turn, turn.language.week_words.asks_mine)
    if clause is None or not isinstance(understood, Between | Suggest | NoAnswer):
        return False
    return showing.my_data(turn, Slots()) is Step.SHOWN
