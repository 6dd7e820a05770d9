"""Gate of follow-ups: does a message stand on its own? A logistic model over its meaning, its words and its length.

It learns from follow-ups on one side and from the ways of asking that entries list on the other, so no list of
openings or pronouns is needed: "and", "it" and the rest are words that one side has more of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.ngrams import words
from content.understanding.ranking.ranker import Floats

MEANING: float = 3.0  # weight of the vector of meaning, of length 1
WORD: float = 0.5  # weight of a word
RIDGE: float = 1.0
FOLLOW_UP_WEIGHT: float = 4.0  # there are twelve ways of asking for one follow-up
SEEN: int = 3  # times that a word must occur to count
SHORT, MEDIUM, LONG = 6, 10, 11  # words
FOLDS: int = 5


@dataclass(frozen=True, slots=True)
class Gate:
    """The fitted gate: `weights` are those of the vector, the words in their order, and one."""

    words: tuple[str, ...]
    weights: Floats

    def log_odds(self, text: str, meaning: Floats) -> float:
        """The log odds that a message needs what was said before it."""
        return float(_features(text, meaning, self.words) @ self.weights)


def fit_gate(
    follow_ups: Sequence[tuple[str, Floats]], others: Sequence[tuple[str, Floats]], near: Gate | None = None
) -> Gate:
    """Fit the gate to texts and their vectors; from a gate of nearly the same texts it is less far."""
    counts = Counter(sign for text, _ in follow_ups for sign in _signs(text))
    known = tuple(sorted(sign for sign, seen in counts.items() if seen >= SEEN))
    rows = np.stack([_features(text, meaning, known) for text, meaning in (*follow_ups, *others)]).astype(np.float64)
    truth = np.arange(len(rows)) < len(follow_ups)
    weight = np.where(truth, FOLLOW_UP_WEIGHT, 1.0)
    answer = np.zeros(rows.shape[1]) if near is None else _start(near, known)
    penalty = RIDGE * np.eye(len(answer))
    penalty[-1, -1] = 1e-6
    for _ in range(25):
        guess = 1 / (1 + np.exp(-np.clip(rows @ answer, -30, 30)))
        slope = rows.T @ (weight * (guess - truth)) + penalty @ answer
        curved = rows * np.sqrt(weight * guess * (1 - guess))[:, None]
        bend = curved.T @ curved + penalty
        step = np.linalg.solve(bend, slope)
        answer -= step
        if np.abs(step).max() < 1e-4:
            break
    return Gate(known, answer.astype(np.float32))


def _start(near: Gate, known: tuple[str, ...]) -> NDArray[np.float64]:
    """The weights of a gate, in the order of these words."""
    meaning, said = near.weights[: -len(near.words) - 1], near.weights[-len(near.words) - 1 : -1]
    weights = dict(zip(near.words, said.tolist(), strict=True))
    words_now = np.asarray([weights.get(word, 0.0) for word in known])
    return np.concatenate([meaning, words_now, near.weights[-1:]]).astype(np.float64)


def left_out(
    follow_ups: Sequence[tuple[str, Floats]], others: Sequence[tuple[str, Floats]], whole: Gate
) -> list[float]:
    """The log odds of each follow-up by a gate that has not seen it, nor a fifth of the others.

    `whole` is the gate of all; fitting begins there, and ends where it would from anywhere.
    """
    found = [0.0] * len(follow_ups)
    for fold in range(FOLDS):
        gate = fit_gate(
            [each for place, each in enumerate(follow_ups) if place % FOLDS != fold],
            [each for place, each in enumerate(others) if place % FOLDS != fold],
            whole,
        )
        for place in range(fold, len(follow_ups), FOLDS):
            found[place] = gate.log_odds(*follow_ups[place])
    return found


def _signs(text: str) -> set[str]:
    said = words(text)
    length = f"#{len(said)}" if len(said) <= SHORT else f"#{LONG if len(said) > MEDIUM else MEDIUM}"
    return {*said, *(f"^{word}" for word in said[:1]), *(f"{word}$" for word in said[-1:]), length}


def _features(text: str, meaning: Floats, known: tuple[str, ...]) -> Floats:
    signs = _signs(text)
    found = [WORD if sign in signs else 0.0 for sign in known]
    return np.concatenate([meaning * MEANING, np.asarray([*found, 1], np.float32)])
