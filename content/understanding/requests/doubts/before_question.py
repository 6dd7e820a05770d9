"""Questions at the end of a message that an entry answers: what is told before them, and what is only background."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from coach.parsing.mentions.efforts import find_effort
from coach.parsing.mentions.phrases import find_phrases
from coach.requests import Intent, Slots
from content.library import SearchResult
from content.understanding.requests.ranked import QUESTION_FROM, RankedIntents, RankedPart
from content.understanding.requests.several import (
    CERTAIN,
    TOLD_FROM,
    WHOLE_FROM,
    tells_figures,
)
from content.understanding.requests.slots.heard import Heard

FIGURED_FROM: Final = 0.55  # of a part that tells what was done, where its figures stand behind it
FEW_WORDS: Final = 5  # at most, that tell that it was done, before a remark
ASKED_AT_ALL: Final = 0.02  # of a part that may be a question
SHORT: Final = 2  # letters of a word that asks nothing at the end: "am"
ASKED_FROM: Final = 0.7  # of a part that goes on to a question

SURELY_ANSWERED: Final = 0.6  # by an entry, of what is asked of exercises

BEFORE_QUESTION: Final = frozenset({Intent.DONE, Intent.SKIP, Intent.MOVE, Intent.WEIGHT})
"""Intents that are carried out before a question of the same message is answered."""

_SENTENCE: Final = re.compile(r"[.!?;\n]+(?=\s|$)")


def before_question(text: str, found: SearchResult, ranked: RankedIntents, heard: Heard) -> tuple[Intent | None, int]:
    """Return what a message tells before it goes on to a question that an entry answers, and where that begins.

    "done, a 6. and how come it feels harder outside?" What was done, with its figures, is told whatever the rest is:
    "did it, 30 minutes, a 5, and my legs felt like lead. why's that". Other figures are the background of what is
    asked: "I'm 57, too late for bigger calves?".
    """
    told: Intent | None = None
    for part in ranked.parts if found.outcome == "answer" else ():
        rest = text[part.start :]
        asks = part.question >= ASKED_FROM and (
            "?" in rest or told is Intent.DONE or asks_in_words(text[part.start : part.end], heard)
        )
        figures = told is Intent.DONE and tells_figures(replace(heard, text=text[: part.start]))
        if told is not None and (asks or (figures and asks_in_words(text[part.start : part.end], heard))):
            before = replace(heard, text=text[: part.start])
            return (told, part.start) if _is_news(told, ranked, before) else (None, 0)
        if told is None and part.best is not None and part.best[0] in BEFORE_QUESTION:
            told = part.best[0] if part.best[1] >= _told_from(part, heard) else None
    return None, 0


def _is_news(told: Intent, ranked: RankedIntents, before: Heard) -> bool:
    """Say whether what stands before a question is told to be noted, and not to say who asks.

    A weight is where it is called one, and what was done where the message begins with it, and says how hard it was or
    no more than that it was done.
    """
    if told is Intent.WEIGHT:
        now = find_phrases(before.said, before.people.weighed | before.words.units.now)
        return bool(now) and not find_phrases(before.said, before.words.wishes.long_ago)
    if told is not Intent.DONE:
        return True
    first = ranked.parts[0]
    if first.best is None or first.best[0] is not Intent.DONE:
        return False
    few = len(before.text[first.start : first.end].split()) <= FEW_WORDS and first.best[1] >= TOLD_FROM
    return (few and not before.days) or find_effort(before.said, before.words, before.no_figures) is not None


def _told_from(part: RankedPart, heard: Heard) -> float:
    """Return how likely a part must be to be told before a question: less where figures of what was done follow."""
    if part.best is None or part.best[0] is not Intent.DONE:
        return CERTAIN
    return FIGURED_FROM if tells_figures(replace(heard, text=heard.text[part.start :])) else TOLD_FROM


def is_answered(found: SearchResult, ranked: RankedIntents, heard: Heard) -> bool:
    """Say whether a message is a general question in the end, which an entry answers, whatever is told before it."""
    if found.outcome != "answer" or found.in_context or ranked.whole.question < QUESTION_FROM:
        return False
    return asks_last(ranked, heard)


def asks_last(ranked: RankedIntents, heard: Heard) -> bool:
    """Say whether the last sentence of a message asks, or its last clause does in words."""
    text = heard.text.rstrip()
    if text.endswith("?"):
        return True
    last = [each for each in _SENTENCE.split(text) if each.strip()][-1:]
    clause = [text[part.start : part.end] for part in ranked.parts[-1:]]
    return any(asks_in_words(each, heard) for each in (*last, *clause))


def compares_exercises(found: SearchResult, heard: Heard, slots: Slots) -> bool:
    """Say whether an entry answers what is asked of exercises, and none is to be shown: "which raise is king?"."""
    if found.outcome != "answer":
        return False
    compared = find_phrases(heard.said, heard.goals.comparing)
    return slots.exercise is None or (bool(compared) and found.candidates[0].score >= SURELY_ANSWERED)


def begins_with_done(text: str, ranked: RankedIntents) -> bool:
    """Say whether few words tell that it was done, and the rest is a remark: "did it. people were staring"."""
    if not ranked.parts or "?" in text:
        return False
    first, whole = ranked.parts[0], ranked.whole
    few = len(text[first.start : first.end].split()) <= FEW_WORDS
    told = first.best is not None and first.best[0] is Intent.DONE and first.best[1] >= TOLD_FROM
    likely = dict(whole.intents).get(Intent.DONE, 0) >= WHOLE_FROM
    return few and told and likely and all(part.question < ASKED_AT_ALL for part in (whole, *ranked.parts))


def asks_in_words(part: str, heard: Heard) -> bool:
    """Say whether a part begins or ends with a word that asks: "why's that", "calves. why"; not "I don do am"."""
    words = re.findall(r"[^\W\d_]+", replace(heard, text=part).said)
    asking = heard.words.answers.asking
    return any(word in asking for word in (*words[:1], *(each for each in words[-1:] if len(each) > SHORT)))
