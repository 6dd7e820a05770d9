"""Splitting a message into windows: sentences and neighbours, so that a red flag in the middle of a story is seen."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from content.understanding.ranking.ngrams import words

MAX_WORDS: Final = 22  # words of a window: about what the sentence model reads
STEP: Final = 11  # words from one window of a long sentence to the next
MAX_WINDOWS: Final = 32  # windows of a message
GREETING_WORDS: Final = 3  # words, at most, of a first sentence that may be a greeting
_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+")


def is_short(*texts: str) -> bool:
    """Say whether texts, one after the other, are short enough for one window."""
    return sum(len(text.split()) for text in texts) <= MAX_WORDS


def windows(text: str) -> list[str]:
    """A short text as it is; of a long one every sentence, in parts where it is long, and neighbours that fit."""
    if is_short(text):
        return [" ".join(text.split())]
    parts: list[str] = []
    for sentence in _END.split(text):
        said = sentence.split()
        starts = range(0, max(len(said) - MAX_WORDS, 0) + STEP, STEP) if len(said) > MAX_WORDS else range(1)
        parts += [" ".join(said[start : start + MAX_WORDS]) for start in starts if said]
    pairs = [f"{one} {other}" for one, other in itertools.pairwise(parts) if is_short(one, other)]
    return list(dict.fromkeys([*parts, *pairs]))[:MAX_WINDOWS]


def windows_to_read(text: str) -> list[str]:
    """The windows of a message that is looked at: a short one as it is, and without the greeting that it begins with.

    "Good evening." before a red flag makes the whole less like one.
    """
    parts = windows(text)
    opening, *rest = _END.split(text.strip())
    if len(parts) == 1 and any(rest) and len(opening.split()) <= GREETING_WORDS:
        parts.append(" ".join(" ".join(rest).split()))
    return parts


def alarm(examples: Mapping[str, Sequence[str]], ordinary: Sequence[str]) -> Callable[[str], float]:
    """Return how to tell how much a text's words speak for a red flag rather than for ordinary talk."""
    flagged = Counter(word for texts in examples.values() for text in texts for word in set(words(text)))
    spoken = Counter(word for text in ordinary for word in set(words(text)))
    size, total = max(flagged.total(), 1), max(spoken.total(), 1)

    @cache
    def worth(word: str) -> float:
        return max(math.log((flagged[word] + 0.1) / size) - math.log((spoken[word] + 1) / total), 0.0)

    return lambda text: sum(worth(word) for word in sorted(set(words(text))))


def telling(examples: Mapping[str, Sequence[str]]) -> Callable[[str, str], str]:
    """Return how to find the window of a long example that tells its kind, by the words of the short examples."""
    counted = {kind: Counter(word for text in texts if is_short(text) for word in set(words(text)))
               for kind, texts in examples.items()}  # fmt: skip
    every: Counter[str] = Counter()
    for count in counted.values():
        every.update(count)
    total = max(every.total(), 1)
    sizes = {kind: max(count.total(), 1) for kind, count in counted.items()}

    def window(kind: str, text: str) -> str:
        parts = windows(text)
        if len(parts) == 1:
            return parts[0]
        own, size = counted[kind], sizes[kind]

        def speaks(part: str) -> float:
            told = (math.log((own[word] + 0.1) / size) - math.log((every[word] + 1) / total) for word in words(part))
            return sum(value for value in told if value > 0)

        return max(parts, key=speaks)

    return window
