"""Long messages and entries: the whole message, of which the model reads the beginning, and the part that asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from content.understanding.ranking.fitting import Fitted
from content.understanding.ranking.ranker import Floats
from content.understanding.ranking.spans import is_long, windows

# The share of the part that asks, the whole has the rest. Of 154 long questions that nothing was learned from a tenth
# more gets the right entry among what is shown, and wrong answers become fewer; two parts or three tell no more.
PART_SHARE: Final = 0.35
ASKING: Final = "?"

Scored = tuple[Floats, float, float]
"""Scores by label, the probability that the best entry is right, and that the question is ours."""


def with_asking_part(part: str, whole: Scored, fitted: Fitted, meaning: Callable[[str], Floats]) -> Scored:
    """Return the scores of a long message in the light of the part of it that asks.

    The probability of the best entry is the higher one among the readings, whole or part, that rank it first.
    """
    if fitted.meaning is None:
        return whole
    read = fitted.meaning.score(fitted.spelling.spelling(part), meaning(part))
    scores = (1 - PART_SHARE) * whole[0] + PART_SHARE * read[0]
    entries = fitted.meaning.labels.entries
    best = _best(scores, entries)
    right = max((each[1] for each in (whole, read) if _best(each[0], entries) == best), default=0.0)
    return scores, right, max(whole[2], read[2])


def asking_part(question: str, fitted: Fitted) -> str:
    """Return the part that by spelling an entry answers most probably, one that ends in a question mark before others.

    A short message is its own part. Raises ValueError for a message without words.
    """
    if not is_long(question):
        return question
    parts = [question[start:end] for start, end in windows(question)]
    asked = [part for part in parts if part.rstrip().endswith(ASKING)]
    return max(asked or parts, key=lambda part: fitted.spelling.score(fitted.spelling.spelling(part), None)[1])


def _best(scores: Floats, entries: int) -> int:
    return int(np.argmax(scores[:entries]))
