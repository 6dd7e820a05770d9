"""Signs of a request: all that speaks for an intent of a message and against it, each by a name, as figures."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from coach.parsing.mentions.efforts import find_effort
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.normalise import fold
from coach.requests import SHOWING, Intent, ShownItem, Slots
from content.library import SearchResult
from content.understanding.ranking.spans import is_long
from content.understanding.requests.doubts.before_question import asks_in_words, asks_last
from content.understanding.requests.doubts.plausible import LASTING
from content.understanding.requests.ranked import FIGURES, RankedIntents, RankedPart
from content.understanding.requests.slots.heard import Heard

_QUESTION: Final = re.compile(r"[^.!?\n]*\?")

LEAST: Final = 1e-4  # of a probability, so that it has a logarithm
LONGEST: Final = 60  # words that count for the length of a message
SCORE_OF_WORDS: Final = 20  # words that count as one


def signs_of(
    intent: Intent, likely: Sequence[tuple[Intent, float]], found: SearchResult, ranked: RankedIntents, heard: Heard,
    slots: Slots,
) -> dict[str, float]:  # fmt: skip
    """Return the signs of an intent of a message; `likely` are its intents, and `slots` what it says of this one."""
    scores = [candidate.score for candidate in found.candidates[:2]] + [0.0, 0.0]
    given = _ranked_signs(intent, likely, ranked)
    named = {
        "long": float(is_long(heard.text)),
        "length": min(len(heard.text.split()), LONGEST) / SCORE_OF_WORDS,
        "question mark": float("?" in heard.text),
        "ends in a question mark": float(heard.text.rstrip().endswith("?")),
        "asks in words": float(asks_in_words(heard.text, heard)),
        "names a slot": float(bool(slots.said())),
        "tells an effort": float(intent is Intent.DONE and find_effort(heard.said, heard.words) is not None),
        "best entry": scores[0],
        "next entry": scores[1],
        "answered": float(found.outcome == "answer"),
        "suggested": float(found.outcome == "suggest"),
        "read in context": float(found.in_context),
        "shows": float(intent in SHOWING),
        "lasts": float(intent in LASTING),
        "tells a figure": float(intent in FIGURES),
        **_told_signs(heard),
        f"is {intent.value}": 1.0,
        **{f"behind {shown}": 1.0 for shown in _shown(heard.moment.after)},
    }
    elsewhere = _asks_elsewhere(intent, ranked, heard)
    together = {
        "likely and long": given["likely"] * named["long"],
        "likely and shows": given["likely"] * named["shows"],
        "likely and answered": given["likely"] * named["answered"],
        "likely and read in context": given["likely"] * named["read in context"],
        "likely behind an entry": given["likely"] * named.get("behind an entry", 0.0),
        "question and answered": given["question"] * named["answered"],
        "asks last and best entry": (intent not in SHOWING and asks_last(ranked, heard)) * named["best entry"],
        "asks elsewhere and best entry": elsewhere * named["best entry"],
        "question elsewhere": (intent not in SHOWING and elsewhere) * named["long"] * ranked.whole.question,
    }
    return {**given, **named, **together}


def _ranked_signs(intent: Intent, likely: Sequence[tuple[Intent, float]], ranked: RankedIntents) -> dict[str, float]:
    """Return the signs that the ranker of intents gives, of the whole, of its parts and by spelling alone."""
    whole, spelled = ranked.whole, ranked.spelled or ranked.whole
    of_whole, of_spelling = dict(whole.intents), dict(spelled.intents)
    parts, windows = ranked.parts, ranked.windows
    others = [each for part in (*parts, *windows) for other, each in part.intents if other is not intent]
    surest = max(of_whole.get(intent, 0.0), _most(intent, parts), _most(intent, windows))
    divided = bool(parts or windows)
    return {
        "likely": _logit(dict(likely).get(intent, 0.0)),
        "whole": _logit(of_whole.get(intent, 0.0)),
        "surest": _logit(surest),
        "part": _logit(_most(intent, parts)) if parts else 0.0,
        "window": _logit(_most(intent, windows)) if windows else 0.0,
        "has parts": float(bool(parts)),
        "second": _logit(max((each for other, each in likely if other is not intent), default=0.0)),
        "another in a part": _logit(max(others, default=0.0)) if divided else 0.0,
        "question": _logit(whole.question),
        "question in a part": _logit(max((part.question for part in parts), default=0.0)) if parts else 0.0,
        "request": _logit(sum(of_whole.values())),
        "near miss": _logit(whole.near_miss),
        "outside": _logit(whole.outside),
        "small talk": _logit(whole.small_talk[1] if whole.small_talk else 0.0),
        "spelled": _logit(of_spelling.get(intent, 0.0)),
        "spelled question": _logit(spelled.question),
        "spelled request": _logit(sum(of_spelling.values())),
    }


def _told_signs(heard: Heard) -> dict[str, float]:
    """Return whether a request is in earnest and decided; a longer message tells much besides."""
    said, people = heard.said, heard.people
    short = not is_long(heard.text)
    return {
        "undecided": float(short and bool(find_phrases(said, people.undecided | people.nearly))),
        "jokes": float(short and bool(find_phrases(said, people.joking | people.laughing))),
    }


def _asks_elsewhere(intent: Intent, ranked: RankedIntents, heard: Heard) -> bool:
    """Say whether a message asks a question, and not in the part or window that most surely has the intent.

    "Could you fill it?" asks for what was told, and is none.
    """
    parts = ranked.windows or ranked.parts
    best = max(parts, key=lambda part: dict(part.intents).get(intent, 0.0), default=None)
    if best is None or "?" in heard.text[best.start : best.end + 1]:
        return False
    asking = heard.people.asks_you
    return any(not find_phrases(fold(each[0]), asking) for each in _QUESTION.finditer(heard.text))


def _most(intent: Intent, parts: tuple[RankedPart, ...]) -> float:
    return max((dict(part.intents).get(intent, 0.0) for part in parts), default=0.0)


def _logit(probability: float) -> float:
    kept = min(max(probability, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def _shown(after: ShownItem | None) -> tuple[str, ...]:
    """Return the kind of what was shown last, in words."""
    if after is None:
        return ()
    if after.entry is not None:
        return ("an entry",)
    return ("a session",) if after.session is not None else ("an exercise",) if after.exercise is not None else ()
