"""Thresholds: how sure a request must be, the surer the more a mistake would cost."""

from __future__ import annotations

from typing import Final

from coach.requests import SHOWING, Intent, Slots
from content.library import SearchResult
from content.understanding.requests.ranked import CHANGE_FROM_LONG, FIGURES, RankedIntents
from content.understanding.requests.several import ASKED_FROM
from content.understanding.requests.slots.heard import Moment

MOSTLY_MENTIONED: Final = frozenset({
    Intent.DAYS, Intent.GOALS, Intent.EQUIPMENT, Intent.ZONE, Intent.EVENT, Intent.TARGET, Intent.EASIER,
})  # fmt: skip
"""Intents of what lasts, which people mostly only mention in passing: more is needed for them."""

CHANGE_FROM: Final = 0.55
LASTING_FROM: Final = 0.75  # of what is mostly mentioned, where nothing was shown
UNSAID_FROM: Final = 0.72  # of what changes something and names nothing of it, where nothing was shown: "undo"
UNSAID_FROM_LONG: Final = 0.8  # the same, of a window
SHOW_FROM: Final = 0.5
ANSWERED_MORE: Final = 0.15  # more is needed where an entry surely answers the message
SURELY_ANSWERED: Final = 0.8  # by the score of the entry itself
ASKED_WHOLE: Final = 0.9  # of a long message that is a question, whose story may sound like a request
ASKED_LONG: Final = 0.25  # more is needed then
ASKED_AT_ALL: Final = 0.02  # of a message that may be a question
ASKED_NOTHING: Final = 0.005  # of a message that is surely none
ASKED_MORE: Final = 0.4  # and where it goes on to a question that entries may answer


def needed(intent: Intent, ranked: RankedIntents, moment: Moment, more: float) -> float:
    """Return how sure an intent must be to be carried out: the longer it lasts, the surer."""
    if intent in SHOWING:
        return SHOW_FROM + more
    if ranked.windows:
        return CHANGE_FROM_LONG + more
    return max(CHANGE_FROM + more, LASTING_FROM if intent in MOSTLY_MENTIONED and moment.after is None else 0)


def needed_unsaid(intent: Intent, slots: Slots, ranked: RankedIntents, moment: Moment) -> float:
    """Return how sure a request must be that would change something without a word of what."""
    if moment.after is not None or intent in SHOWING or slots.said() or intent in FIGURES:
        return -1
    return UNSAID_FROM_LONG if ranked.windows else UNSAID_FROM


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
