"""Steps of a layer that learn nothing, forwards and backwards: normalization, the bent step and attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

EPSILON: Final = 1e-12
ROOT_2: Final = np.float32(2**0.5)
# Abramowitz and Stegun 7.1.26: the error function to 1.5e-7.
ERF_AT: Final = 0.3275911
ERF: Final = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


@dataclass(frozen=True, slots=True)
class Norm:
    """A normalized sum, and what its way back needs."""

    result: Floats
    level: Floats  # before weight and bias
    inverse: Floats  # of the deviation
    weight: Floats


def normalized(rows: Floats, weight: Floats, bias: Floats) -> Norm:
    """Each row brought to mean 0 and deviation 1, then weighed."""
    level = rows - rows.mean(axis=1, keepdims=True)
    inverse: Floats = 1 / np.sqrt(np.mean(level * level, axis=1, keepdims=True) + np.float32(EPSILON))
    level = level * inverse
    return Norm(level * weight + bias, level, inverse, weight)


def normalized_back(slope: Floats, norm: Norm) -> Floats:
    """The slope of the rows."""
    slope = slope * norm.weight
    mean = slope.mean(axis=1, keepdims=True)
    along = np.mean(slope * norm.level, axis=1, keepdims=True)
    back: Floats = norm.inverse * (slope - mean - norm.level * along)
    return back


def gelu(x: Floats) -> tuple[Floats, Floats]:
    """The Gaussian error linear unit and its derivative."""
    square = np.exp(-0.5 * x * x)
    part = 1 / (1 + np.float32(ERF_AT) * np.abs(x) / ROOT_2)
    total: Floats = np.zeros_like(x)
    for factor in ERF:
        total = np.multiply(total + np.float32(factor), part)
    error = np.copysign(1 - total * square, x)
    below: Floats = np.asarray(0.5 * (1 + error), np.float32)
    return x * below, below + x * square * np.float32((2 * np.pi) ** -0.5)


def gelu_back(slope: Floats, derivative: Floats) -> Floats:
    """Return the slope on the other side of the bent step."""
    return slope * derivative


def attention(given: Sequence[Floats], real: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Let each place look at the others; return its view and how much it saw of each. `given`: query, key, value."""
    query, key, value = given
    scores = query @ key.transpose(0, 1, 3, 2) * np.float32(query.shape[-1] ** -0.5)
    scores = np.where(real[:, None, None, :], scores, np.float32(-1e4))
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    likely: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return likely @ value, likely


def attention_back(slope: Floats, given: Sequence[Floats], likely: Floats) -> tuple[Floats, Floats, Floats]:
    """The slopes of query, key and value."""
    query, key, value = given
    seen = slope @ value.transpose(0, 1, 3, 2)
    scores = likely * (seen - np.sum(seen * likely, axis=-1, keepdims=True)) * np.float32(query.shape[-1] ** -0.5)
    return scores @ key, scores.transpose(0, 1, 3, 2) @ query, likely.transpose(0, 1, 3, 2) @ slope
