"""Thresholds: how sure a request must be, the surer the more a mistake would cost."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.understanding.requests.doubts.before_question import ASKED_FROM
from content.understanding.requests.doubts.plausible import LASTING
from content.understanding.requests.ranked import FIGURES, RankedIntents

SHOW_FROM: Final = 0.36  # of what only shows something, by the classifier
CLEAR_FROM: Final = 0.2  # of what a part of the message tells by itself
FIGURE_FROM: Final = 0.55  # of what tells a figure: its line shows it, and it is soon taken back
CHANGE_FROM: Final = 0.52  # of what changes something
UNSAID_FROM: Final = 0.8  # of what changes something and names nothing of it: "undo"
ASK_FROM: Final = 0.5  # of what lasts: it is asked first whether it is wanted
OFFERED_FROM: Final = 0.4  # of what is offered, where nothing answers
SURELY_ANSWERED: Final = 0.8  # by the score of the entry itself
ASKED_WHOLE: Final = 0.9  # of a long message that is a question, whose story may sound like a request
ASKED_AT_ALL: Final = 0.02  # of a message that may be a question
ASKED_NOTHING: Final = 0.005  # of a message that is surely none


class Doubt(IntEnum):
    """Weight of what speaks for a question, where requests of several parts are read."""

    NONE = 0
    SOME = 1  # an entry answers the message, or its story is one of somebody who asks
    GREAT = 2  # an entry surely answers it, or a part of it asks


def carried_out_from(intent: Intent, slots: Slots, *, clear: bool = False) -> float:
    """Return how probably a message must ask for an intent that is carried out: the more it costs, the more.

    `clear`: a part of the message tells it by itself.
    """
    if clear:
        return CLEAR_FROM
    if intent in SHOWING:
        return SHOW_FROM
    if intent in LASTING:
        return ASK_FROM
    if intent in FIGURES:
        return FIGURE_FROM
    return CHANGE_FROM if slots.said() else UNSAID_FROM


def doubt_of(text: str, found: SearchResult, ranked: RankedIntents) -> Doubt:
    """Return how much speaks for a question: entries answer the message, or a part of it asks."""
    least = Doubt.SOME if ranked.windows and ranked.whole.question >= ASKED_WHOLE else Doubt.NONE
    if found.outcome not in {"answer", "suggest"}:
        return least
    if found.in_context and found.outcome == "answer":  # "when do I take it?" behind an answer is about that
        if "?" in text or ranked.whole.question >= ASKED_AT_ALL:
            return Doubt.GREAT
        return Doubt.SOME if ranked.whole.question >= ASKED_NOTHING else least
    surely = found.outcome == "answer" and found.candidates[0].score >= SURELY_ANSWERED
    if surely or any(part.question >= ASKED_FROM for part in ranked.parts):
        return Doubt.GREAT
    return Doubt.SOME if found.outcome == "answer" else least
