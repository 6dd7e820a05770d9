"""The classifier of red flags: how probably a message tells one, by all that speaks for it and against it.

It is a logistic regression over the scores of a message, fitted to lines that the scores were not learned from: how
like each other the examples of one author are tells nothing of how others will say it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from content.understanding.ranking import kept_arrays
from content.understanding.ranking.ranker import Floats, logistic, probability

FORMAT: Final = "1"  # raise it when the signs or the fitting change
KIND: Final = "classifier"
KEPT: Final = 8  # files, two for each fitting
RIDGE: Final = 0.03  # of a hundred signs many say the same

Line = tuple[str, bool]  # a message, and whether it tells a red flag


@dataclass(frozen=True, slots=True)
class Classifier:
    """The weight of each sign; the last is that of none."""

    weights: Floats

    def probability(self, signs: Floats) -> float:
        """Return how probably a message with these signs tells a red flag."""
        return float(probability(_with_one(signs[None]), self.weights)[0])


def fit_classifier(signs: Sequence[Floats], truth: Sequence[bool]) -> Classifier:
    """Learn the weights of signs."""
    rows = _with_one(np.stack(signs))
    return Classifier(logistic(rows, np.asarray(truth, np.bool_), np.ones(len(rows), np.float32), ridge=RIDGE))


def classifier_name(lines: Sequence[Line], *scored_by: str) -> str:
    """Name what a classifier learns from: lines, and what scores them."""
    parts = [FORMAT, *scored_by, *(f"{flag} {text}" for text, flag in lines)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def kept_classifier(name: str, cache: Path | None, fit: Callable[[], Classifier]) -> Classifier:
    """Return the classifier kept in `cache`, or a new one, which is kept there."""
    kept = kept_arrays.load(cache, KIND, name) if cache else None
    if kept and "weights" in kept:
        return Classifier(kept["weights"])
    classifier = fit()
    if cache:
        kept_arrays.save(cache, KIND, name, {"weights": classifier.weights}, most=KEPT)
    return classifier


def _with_one(signs: Floats) -> Floats:
    return np.hstack([signs, np.ones((len(signs), 1), np.float32)])
