"""Rows to learn from: all that the rankers learn, a task each, and the slips with which people write."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from content.library import Language
from content.understanding.ranking.fitting import TrainingSet

VOWELS: Final = re.compile("[aeiou]")
STOPS: Final = re.compile(r"[.,!?;:']")
UNTOUCHED: Final = 0.55  # share of texts that stay as they are
BARE: Final = 0.72  # up to here they lose capitals and stops; the others are written in haste
SLIP, SHORTENED, LOST = 0.12, 0.2, 0.03  # of the words of those
LEAST_TO_SLIP: Final = 5  # letters
LEAST_TO_SHORTEN: Final = 6


@dataclass(frozen=True, slots=True)
class Task:
    """Texts with a label each; a label's texts are drawn the more often the fewer it has."""

    texts: list[str]
    label: list[int]
    labels: int
    share: float  # of the batches

    @property
    def weights(self) -> list[float]:
        """The chance of each text to be drawn, beside others."""
        counts = Counter(self.label)
        return [counts[each] ** -0.5 for each in self.label]


def tasks(language: Language) -> dict[str, Task]:
    """Return what a language's rankers learn: entries, red flags and requests.

    Raises ValueError where a language has no examples of its own.
    """
    entries, flags, requests = language.finder.lessons()
    if flags is None or requests is None:
        raise ValueError("no examples of red flags or requests")
    rows = requests.rows()
    said = Task(
        [text for _, text in rows], [requests.labels.index(each) for each, _ in rows], len(requests.labels), 0.42
    )
    return {"entries": _task(entries, 0.28), "flags": _task(flags, 0.3), "requests": said}


def _task(lesson: TrainingSet, share: float) -> Task:
    return Task(list(lesson.texts), list(lesson.owner), lesson.labels.total, share)


def hasty(text: str, chance: random.Random) -> str:
    """Return a text as somebody in haste might write it, or as it is."""
    drawn = chance.random()
    if drawn < UNTOUCHED:
        return text
    if drawn < BARE:
        return STOPS.sub("", text).lower()
    words = [_slipped(word, chance) for word in text.split() if chance.random() >= LOST]
    return " ".join(words) or text


def _slipped(word: str, chance: random.Random) -> str:
    drawn = chance.random()
    if len(word) >= LEAST_TO_SLIP and drawn < SLIP:
        place = chance.randrange(1, len(word) - 1)
        before, here, behind = word[:place], word[place], word[place + 1 :]
        return chance.choice((before + behind, before + behind[:1] + here + behind[1:], before + here * 2 + behind))
    if len(word) >= LEAST_TO_SHORTEN and drawn < SHORTENED:
        return word[0] + VOWELS.sub("", word[1:])
    return word
