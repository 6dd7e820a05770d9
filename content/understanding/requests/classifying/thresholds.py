"""Thresholds: how sure a request must be, the surer the more a mistake would cost."""

from __future__ import annotations

from typing import Final

from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.understanding.requests.doubts.plausible import LASTING
from content.understanding.requests.ranked import FIGURES, RankedIntents
from content.understanding.requests.several import ASKED_FROM

SHOW_FROM: Final = 0.45  # of what only shows something, by the classifier
CLEAR_FROM: Final = 0.2  # of what a part of the message tells by itself
FIGURE_FROM: Final = 0.55  # of what tells a figure: its line shows it, and it is soon taken back
CHANGE_FROM: Final = 0.52  # of what changes something
UNSAID_FROM: Final = 0.8  # of what changes something and names nothing of it: "undo"
ASK_FROM: Final = 0.6  # of what lasts: it is asked first whether it is wanted
OFFERED_FROM: Final = 0.4  # of what is offered, where nothing answers
ANSWERED_MORE: Final = 0.15  # more is needed where an entry surely answers the message
SURELY_ANSWERED: Final = 0.8  # by the score of the entry itself
ASKED_WHOLE: Final = 0.9  # of a long message that is a question, whose story may sound like a request
ASKED_LONG: Final = 0.25  # more is needed then
ASKED_AT_ALL: Final = 0.02  # of a message that may be a question
ASKED_NOTHING: Final = 0.005  # of a message that is surely none
ASKED_MORE: Final = 0.4  # and where it goes on to a question that entries may answer


def carried_out_from(intent: Intent, slots: Slots, *, clear: bool = False) -> float:
    """Return how probably a message must ask for an intent that is carried out: the more it costs, the more.

    `clear`: a part of the message tells it by itself.
    """
    if clear or intent in SHOWING:
        return CLEAR_FROM if clear else SHOW_FROM
    if intent in LASTING or intent in FIGURES:
        return ASK_FROM if intent in LASTING else FIGURE_FROM
    return CHANGE_FROM if slots.said() else UNSAID_FROM


def needed_more(text: str, found: SearchResult, ranked: RankedIntents) -> float:
    """Return how much surer a request must be because entries answer the message, or a part of it asks."""
    least = ASKED_LONG if ranked.windows and ranked.whole.question >= ASKED_WHOLE else 0
    if found.outcome not in {"answer", "suggest"}:
        return least
    if found.in_context and found.outcome == "answer":  # "when do I take it?" behind an answer is about that
        if "?" in text or ranked.whole.question >= ASKED_AT_ALL:
            return ASKED_MORE
        return ANSWERED_MORE if ranked.whole.question >= ASKED_NOTHING else least
    if any(part.question >= ASKED_FROM for part in ranked.parts):
        return ASKED_MORE
    if found.outcome == "answer" and found.candidates[0].score >= SURELY_ANSWERED:
        return ASKED_MORE
    return max(least, ANSWERED_MORE if found.outcome == "answer" else 0)
