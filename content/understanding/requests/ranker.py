"""The ranker of intents: a regularised multinomial logistic regression on a message's meaning and its pieces.

Beside the intents it knows kinds of messages that are none: questions of the FAQ, what is outside, near misses.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.ngrams import WORDS_REMEMBERED, Vector, pieces_of_word
from content.understanding.requests.features import Features

Floats = NDArray[np.float32]

PIECES: Final = 2500  # the most frequent pieces of examples that are kept
LEAST_TEXTS: Final = 3  # texts that share a piece
SPELLING_SCALE: Final = 3.0
MEANING_SCALE: Final = 6.0
RIDGE: Final = 1.0
ROUNDS: Final = 40  # of fitting; after half as many no figure changes
SHARPENED: Final = np.arange(0.6, 3.01, 0.1)  # by which scores are multiplied so that probabilities hold
HELD_OUT: Final = 5  # one text of so many is held out to find that


@dataclass(frozen=True, slots=True)
class IntentRanker:
    """Fitted weights: a row a piece, 384 rows of meaning where there is a model, and a last row of constants."""

    index: dict[str, int]
    telling: Floats  # how telling each piece is
    weights: Floats
    sharpness: float
    _of_word: Callable[[str], tuple[int, ...]] = field(init=False, repr=False)  # the places of a word's pieces

    def __post_init__(self) -> None:
        """Remember words."""
        object.__setattr__(self, "_of_word", lru_cache(WORDS_REMEMBERED)(self._known))

    def _known(self, word: str) -> tuple[int, ...]:
        return tuple(place for piece in pieces_of_word(word) if (place := self.index.get(piece)) is not None)

    @property
    def semantic(self) -> bool:
        """True where meaning counts, not only spelling."""
        return len(self.weights) > len(self.index) + 1

    def vector(self, found: Features) -> Vector:
        """The places and weights of a text's pieces; words that were met before are not cut again."""
        others = [place for piece in found.others if (place := self.index.get(piece)) is not None]
        counts = Counter([*chain.from_iterable(map(self._of_word, found.words)), *others])
        return _weighed(list(counts), list(counts.values()), self.telling)

    def probabilities(self, spelling: Vector, meaning: Floats | None) -> Floats:
        """The probability of each label."""
        places, values = spelling
        scores = (values * SPELLING_SCALE) @ self.weights[places] + self.weights[-1]
        if meaning is not None:
            scores = scores + (meaning * MEANING_SCALE) @ self.weights[len(self.index) : -1]
        likely: Floats = _softmax(scores[None, :] * self.sharpness)[0]
        return likely


def fit(counts: Sequence[Counter[str]], label: NDArray[np.int32], labels: int, own: NDArray[np.bool_],
        meanings: Floats | None) -> IntentRanker:  # fmt: skip
    """Fit weights. `own` says which texts are examples or near misses: their pieces are the ones that are kept."""
    spread: Counter[str] = Counter()
    for count, kept in zip(counts, own, strict=True):
        if kept:
            spread.update(count.keys())
    chosen = sorted(
        (piece for piece, texts in spread.items() if texts >= LEAST_TEXTS), key=lambda each: (-spread[each], each)
    )
    index = {piece: place for place, piece in enumerate(chosen[:PIECES])}
    everywhere: Counter[str] = Counter()
    for count in counts:
        everywhere.update(piece for piece in count if piece in index)
    telling = np.asarray([math.log((1 + len(counts)) / (1 + everywhere[piece])) + 1 for piece in index], np.float32)
    rows = np.zeros((len(counts), len(index) + (0 if meanings is None else meanings.shape[1]) + 1), np.float32)
    for row, count in zip(rows, counts, strict=True):
        places, values = _vector(count, index, telling)
        row[places] = values * SPELLING_SCALE
    if meanings is not None:
        rows[:, len(index) : -1] = meanings * MEANING_SCALE
    rows[:, -1] = 1
    held = np.arange(len(rows)) % HELD_OUT == 0
    tried = _logistic(rows[~held], label[~held], labels)
    sharpness = _sharpness(rows[held] @ tried, label[held])
    return IntentRanker(index, telling, _logistic(rows, label, labels), sharpness)


def _vector(counts: Counter[str], index: dict[str, int], telling: Floats) -> Vector:
    found = [(index[piece], count) for piece, count in counts.items() if piece in index]
    return _weighed([place for place, _ in found], [count for _, count in found], telling)


def _weighed(found: Sequence[int], often: Sequence[int], telling: Floats) -> Vector:
    places = np.asarray(found, np.int32)
    values = (1 + np.log(np.asarray(often, np.float32))) * telling[places]
    return places, (values / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)


def _logistic(rows: Floats, label: NDArray[np.int32], labels: int) -> Floats:
    """Multinomial logistic regression: steps by one bound of the curvature for all rounds, accelerated (Nesterov)."""
    bend = 0.25 * (rows.T @ rows)
    bend[np.diag_indices(len(bend))] += RIDGE
    step: Floats = np.linalg.inv(bend)
    weights = ahead = np.zeros((rows.shape[1], labels), np.float32)
    momentum = 1.0
    for _ in range(ROUNDS):
        surplus = _softmax(rows @ ahead)
        surplus[np.arange(len(rows)), label] -= 1
        moved: Floats = ahead - step @ (rows.T @ surplus + RIDGE * ahead)
        following = (1 + math.sqrt(1 + 4 * momentum * momentum)) / 2
        ahead = moved + (momentum - 1) / following * (moved - weights)
        weights, momentum = moved, following
    return weights


def _sharpness(scores: Floats, label: NDArray[np.int32]) -> float:
    """The factor that makes the probabilities of texts that were held out hold."""
    losses = [
        -np.log(np.maximum(_softmax(scores * each)[np.arange(len(label)), label], 1e-9)).mean() for each in SHARPENED
    ]
    return float(SHARPENED[int(np.argmin(losses))])


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = powers / powers.sum(axis=1, keepdims=True)
    return result
