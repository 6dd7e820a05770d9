"""From a question in plain words to one of four outcomes: safety, answer, suggest, none."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from content.finder.ngrams import Vocabulary, pieces
from content.finder.redflags import Detector
from content.pages import Entry

Outcome = Literal["safety", "answer", "suggest", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry and how well it fits, from 0 to 1."""

    entry: str
    score: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question led to: `candidates` are at least three where there are as many entries, best first."""

    outcome: Outcome
    entry: str | None
    candidates: tuple[Candidate, ...]
    safety: str | None
    ms: float


class Finder:
    """Finds the entry that answers a question. Thread-safe: nothing changes after it is built."""

    def __init__(self, entries: tuple[Entry, ...], outside: tuple[str, ...], detector: Detector) -> None:
        """Index titles and phrasings."""
        self._slugs = [entry.slug for entry in entries]
        self._detector = detector
        texts = [(number, text) for number, entry in enumerate(entries) for text in (entry.question, *entry.phrasings)]
        texts += [(len(entries), text) for text in outside]
        self._owner = np.asarray([number for number, _ in texts], np.int64)
        counts = [pieces(text) for _, text in texts]
        self._vocabulary = Vocabulary.of(counts, least=1)
        vectors = [self._vocabulary.vector(count) for count in counts]
        where: list[list[int]] = [[] for _ in self._vocabulary.index]
        value: list[list[float]] = [[] for _ in self._vocabulary.index]
        for row, (places, values) in enumerate(vectors):
            for place, weight in zip(places.tolist(), values.tolist(), strict=True):
                where[place].append(row)
                value[place].append(weight)
        self._where = [np.asarray(rows, np.int64) for rows in where]
        self._value = [np.asarray(weights, np.float32) for weights in value]

    def find(self, question: str) -> Finding:
        """Decide what a question leads to."""
        start = time.perf_counter()
        similar = np.zeros(len(self._owner), np.float32)
        places, weights = self._vocabulary.vector(pieces(question))
        for place, weight in zip(places.tolist(), weights.tolist(), strict=True):
            similar[self._where[place]] += weight * self._value[place]
        best = np.zeros(len(self._slugs) + 1, np.float32)
        np.maximum.at(best, self._owner, similar)
        order = np.argsort(-best[:-1], kind="stable")[:5]
        candidates = tuple(Candidate(self._slugs[place], round(float(best[place]), 4)) for place in order)
        safety = self._detector.detect(question)
        top = candidates[0].score if candidates else 0.0
        outcome: Outcome
        if safety:
            outcome = "safety"
        elif top > 0.55 and top > best[-1]:
            outcome = "answer"
        elif top > 0.25:
            outcome = "suggest"
        else:
            outcome = "none"
        entry = candidates[0].entry if outcome == "answer" else None
        return Finding(outcome, entry, candidates, safety, round((time.perf_counter() - start) * 1000, 3))

    def describe(self) -> str:
        """Say which parts are active."""
        return "lexical only"


def fit(entries: tuple[Entry, ...], outside: tuple[str, ...], detector: Detector, cache: Path | None) -> Finder:
    """Build the finder of a language."""
    return Finder(entries, outside, detector)
