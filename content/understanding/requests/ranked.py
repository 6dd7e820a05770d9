"""Ranked intents: how likely each is for a message and for its parts; made where the search result is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


from coach.requests import Intent
from content.understanding.ranking import weight_cache
from content.understanding.requests.features import pieces
from content.understanding.requests.fitting import FittedIntents, IntentTraining
from content.understanding.requests.ranker import Floats
from content.understanding.smalltalk import words_of

MOST_PARTS: Final = 5  # of a message that are ranked by themselves
LEAST_WORDS: Final = 2  # of a part
WHOLE_WORDS: Final = 5  # a shorter message is not divided
SHOWN: Final = 4  # intents of a part that are kept

_BREAKS: Final = re.compile(r"\s*(?:[.!?;\n]+(?=\s|$)|,|\s+[-–—]\s+)\s*")


@dataclass(frozen=True, slots=True)
class RankedPart:
    """A message or a part of it, from `start` to `end`, and the likeliest intents; the rest is that it asks for none."""

    start: int
    end: int
    intents: tuple[tuple[Intent, float], ...]

    @property
    def best(self) -> tuple[Intent, float] | None:
        """The likeliest intent."""
        return self.intents[0] if self.intents else None


@dataclass(frozen=True, slots=True)
class RankedIntents:
    """A ranked message: as a whole, and where it has several parts each of them."""

    whole: RankedPart
    parts: tuple[RankedPart, ...] = ()
    exact: Intent | None = None  # the intent that has the very message among its examples


class IntentFinder:
    """Ranks the intents of messages. Thread-safe: nothing changes after it is built."""

    def __init__(self, training: IntentTraining, fitted: FittedIntents) -> None:
        self._fitted = fitted
        self._words = training.words
        known = [(Intent(label), text) for label, text in training.rows() if label in set(Intent)]
        self._exact = {weight_cache.digest(" ".join(words_of(text))): intent for intent, text in known}
        self._intents = [(place, Intent(label)) for place, label in enumerate(fitted.labels) if label in set(Intent)]

    def rank(self, text: str, meaning: Callable[[str], Floats] | None) -> RankedIntents:
        """Rank the intents of a message and of its parts; `meaning` gives a text's vector, where there is a model."""
        exact = self._exact.get(weight_cache.digest(" ".join(words_of(text))))
        whole = self._part(text, 0, len(text), meaning)
        spans = divided(text)
        parts = tuple(self._part(text, start, end, meaning) for start, end in spans) if len(spans) > 1 else ()
        return RankedIntents(whole, parts, exact)

    def _part(self, text: str, start: int, end: int, meaning: Callable[[str], Floats] | None) -> RankedPart:
        said = text[start:end]
        ranker, vector = self._fitted.spelling, None
        if meaning is not None and self._fitted.meaning is not None:
            ranker, vector = self._fitted.meaning, meaning(said)
        likely = ranker.probabilities(ranker.vector(pieces(said, self._words)), vector)
        found = sorted(((intent, float(likely[place])) for place, intent in self._intents), key=lambda pair: -pair[1])
        return RankedPart(start, end, tuple((intent, round(each, 4)) for intent, each in found[:SHOWN]))


def divided(text: str) -> list[tuple[int, int]]:
    """Return the parts of a message between its stops and commas; pieces of a word or two stay with what is before."""
    if len(text.split()) < WHOLE_WORDS:
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    start = 0
    for found in [*_BREAKS.finditer(text), None]:
        end = found.start() if found else len(text)
        if end > start:
            short = len(text[start:end].split()) < LEAST_WORDS
            if short and spans:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        start = found.end() if found else end
    if len(spans) > MOST_PARTS:
        spans = [*spans[: MOST_PARTS - 1], (spans[MOST_PARTS - 1][0], spans[-1][1])]
    return spans


