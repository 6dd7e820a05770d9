"""The judge of red flags: how probably a message tells one, by all that speaks for it and against it.

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
KIND: Final = "judge"
KEPT: Final = 8  # files, two for each fitting
RIDGE: Final = 0.03  # of a hundred signs many say the same

Line = tuple[str, bool]  # a message, and whether it tells a red flag


@dataclass(frozen=True, slots=True)
class Judge:
    """The weight of each sign; the last is that of none."""

    weights: Floats

    def probability(self, signs: Floats) -> float:
        """Return how probably a message with these signs tells a red flag."""
        return float(probability(_with_one(signs[None]), self.weights)[0])


def fit_judge(signs: Sequence[Floats], truth: Sequence[bool]) -> Judge:
    """Learn the weights of signs."""
    rows = _with_one(np.stack(signs))
    return Judge(logistic(rows, np.asarray(truth, np.bool_), np.ones(len(rows), np.float32), ridge=RIDGE))


def judge_name(lines: Sequence[Line], *scored_by: str) -> str:
    """Name what a judge learns from: lines, and what scores them."""
    parts = [FORMAT, *scored_by, *(f"{flag} {text}" for text, flag in lines)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def kept_judge(name: str, cache: Path | None, fit: Callable[[], Judge]) -> Judge:
    """Return the judge kept in `cache`, or a new one, which is kept there."""
    kept = kept_arrays.load(cache, KIND, name) if cache else None
    if kept and "weights" in kept:
        return Judge(kept["weights"])
    judge = fit()
    if cache:
        kept_arrays.save(cache, KIND, name, {"weights": judge.weights}, most=KEPT)
    return judge


def _with_one(signs: Floats) -> Floats:
    return np.hstack([signs, np.ones((len(signs), 1), np.float32)])
