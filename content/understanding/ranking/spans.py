"""Spans of a message that are ranked by themselves: its clauses; of a long message windows that the model can read."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

LEAST_WORDS: Final = 2  # of a clause
WHOLE_WORDS: Final = 5  # a shorter message is not divided
LONG_WORDS: Final = 22  # a longer message is read in windows of at most so many: the model reads 32 tokens
STEP: Final = 11  # words from one window of a long sentence to the next
MOST_CLAUSES: Final = 5
MOST_WINDOWS: Final = 24
_WORD: Final = re.compile(r"\S+")
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+|\n+")

Span = tuple[int, int]


def is_long(text: str) -> bool:
    """Say whether a message as a whole is more than the model reads."""
    return len(text.split()) > LONG_WORDS


def clauses(text: str, breaks: re.Pattern[str]) -> list[Span]:
    """Return the parts of a message between its stops and commas; a piece of a word stays with what is before."""
    if len(text.split()) < WHOLE_WORDS and not _SENTENCE.search(text):
        return [(0, len(text))]
    spans: list[Span] = []
    start = 0
    for found in [*breaks.finditer(text), None]:
        end = found.start() if found else len(text)
        if end > start:
            short = len(text[start:end].split()) < LEAST_WORDS
            if short and spans:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
        start = found.end() if found else end
    if len(spans) > MOST_CLAUSES:
        spans = [*spans[: MOST_CLAUSES - 1], (spans[MOST_CLAUSES - 1][0], spans[-1][1])]
    return spans


def windows(text: str) -> list[Span]:
    """Return every sentence of a long message, in overlapping parts where it is long, and neighbours that fit."""
    parts: list[Span] = []
    start = 0
    for found in [*_SENTENCE.finditer(text), None]:
        end = found.start() if found else len(text)
        words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
        for first in range(0, max(len(words) - LONG_WORDS, 0) + STEP, STEP) if len(words) > LONG_WORDS else (0,):
            chosen = words[first : first + LONG_WORDS]
            if chosen:
                parts.append((chosen[0][0], chosen[-1][1]))
        start = found.end() if found else end
    pairs = [
        (one[0], other[1])
        for one, other in pairwise(parts)
        if one[1] <= other[0] and not is_long(text[one[0] : other[1]])
    ]
    return list(dict.fromkeys([*parts, *pairs]))[:MOST_WINDOWS]
