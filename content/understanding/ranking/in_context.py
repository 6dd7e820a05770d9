"""The ranker of follow-ups: a conditional logit over the entries, and over none of them, given the page before.

It weighs the scores of the message alone, of its meaning mixed with the page's, and of the message with the page's noun
behind it; and how each entry stands to that page. Each weight may depend on how much the message looks like a
follow-up, and on how sure it is on its own. It is fitted to the examples with the weights of finding as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.gate import Gate
from content.understanding.ranking.ranker import Floats, Labels, Ranker

MIXED = 0.3  # share of the page's meaning
BEND_FROM = -2.0  # log odds of the gate below which a message stands on its own
LEAD = 1.2  # of the log probability over the entry that the message finds on its own
RIDGE = 0.5
GATE_SHIFT = 1.0
FEATURES = 13


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a follow-up may follow: its noun, its meaning, and how each entry stands to it (entry × 6)."""

    noun: str
    meaning: Floats
    relations: Floats


@dataclass(frozen=True, slots=True)
class Alone:
    """A message by itself: its vector, its scores by label, and how probable it is that the first entry is right."""

    text: str
    meaning: Floats
    scores: Floats
    right: float


@dataclass(frozen=True, slots=True)
class InContext:
    """Fitted weights, and the pages."""

    gate: Gate
    weights: Floats
    pages: Mapping[str, Page]

    def probabilities(self, ranker: Ranker, alone: Alone, with_noun: Floats, page: Page, odds: float) -> Floats:
        """The probability of each entry and, last, of none, given the vector of the message with the page's noun."""
        features = expand(features_of(ranker, alone, with_noun, page), odds, alone.right)
        return softmax(features @ self.weights)


def with_noun(text: str, page: Page) -> str:
    """The message and the noun that it is about."""
    return f"{text} {page.noun}"


def features_of(ranker: Ranker, alone: Alone, meaning_with_noun: Floats, page: Page) -> Floats:
    """The features of each entry and, last, of none."""
    mixed = ranker.score(ranker.spelling(alone.text), mixed_meaning(alone, page))[0]
    behind = ranker.score(ranker.spelling(with_noun(alone.text, page)), meaning_with_noun)[0]
    return as_features(ranker.labels, (alone.scores, mixed, behind), page)


def mixed_meaning(alone: Alone, page: Page) -> Floats:
    """The message's meaning, bent a little towards the page's."""
    return unit((1 - MIXED) * alone.meaning + MIXED * page.meaning)


def as_features(labels: Labels, scores: Sequence[Floats], page: Page) -> Floats:
    """Lay out the scores of a message: alone, mixed with the page's meaning, and with the page's noun behind it."""
    found = np.zeros((labels.entries + 1, FEATURES), np.float32)
    for place, each in enumerate(scores):
        found[:-1, place] = each[: labels.entries]
        found[-1, place + 9] = each[labels.outside]
    found[:-1, 3:9] = page.relations
    found[-1, -1] = 1
    return found


def expand(features: Floats, odds: float, right: float) -> Floats:
    """Return features, and those times how much of a follow-up and how sure on its own the message is."""
    follows = 1 / (1 + np.exp(-np.clip(odds, -6, 4) - GATE_SHIFT))
    return np.concatenate([features, features * follows, features * right], axis=1).astype(np.float32)


def fit_choice(features: Floats, truth: Floats, weight: Floats) -> Floats:
    """Fit a conditional logit, by Newton's method with halved steps, to examples × choices × features."""
    scale = features.reshape(-1, features.shape[2]).std(axis=0) + 1e-6
    scaled = features / scale
    answer = np.zeros(features.shape[2])
    loss, guess = _loss(scaled, truth, weight, answer)
    for _ in range(60):
        slope = np.einsum("nc,ncf->f", weight[:, None] * (guess - truth), scaled, optimize=True) + RIDGE * answer
        mean = np.einsum("nc,ncf->nf", guess, scaled, optimize=True)
        bend = RIDGE * np.eye(len(answer)) - (mean * weight[:, None]).T @ mean
        for row, share in zip(scaled, weight[:, None] * guess, strict=True):
            bend += (row * share[:, None]).T @ row
        step = np.linalg.solve(bend, slope)
        size = 1.0
        while size > 1e-4 and (tried := _loss(scaled, truth, weight, answer - size * step))[0] >= loss:
            size /= 2
        if size <= 1e-4:
            break
        gained, (loss, guess) = loss - tried[0], tried
        answer -= size * step
        if gained < 1e-5 * loss:
            break
    result: Floats = (answer / scale).astype(np.float32)
    return result


def softmax(values: Floats) -> Floats:
    """Return values as shares of one, along the last axis."""
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    result: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return result


def unit(vector: Floats) -> Floats:
    """Return a vector of length 1."""
    result: Floats = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return result


def centroids(ranker: Ranker) -> Floats:
    """The mean meaning of each entry's texts (entry × 384)."""
    found = np.zeros((ranker.labels.entries, ranker.rows.width), np.float32)
    rows = ranker.rows.unpacked()
    for entry in range(len(found)):
        owned = rows[ranker.owner == entry]
        found[entry] = unit(owned.mean(axis=0)) if len(owned) else 0
    return found


def _loss(scaled: Floats, truth: Floats, weight: Floats, answer: NDArray[np.float64]) -> tuple[float, Floats]:
    values = scaled @ answer.astype(np.float32)
    guess = softmax(values)
    likely = np.log(np.maximum(guess, 1e-12))
    return float(-(weight[:, None] * truth * likely).sum() + RIDGE / 2 * answer @ answer), guess


def relations(about: Sequence[int], related: Floats, same_category: Floats, near: Floats, *, own: bool) -> Floats:
    """Relations of each entry to a page: the page itself, about it, related (two ways), of its category, how alike."""
    places = list(about)
    found = np.zeros((len(related), 6), np.float32)
    found[places, 0 if own else 1] = 1
    share = 1 if own else 0.5
    found[:, 2] = share * related[places].max(axis=0)
    found[:, 3] = share * related[:, places].max(axis=1)
    found[:, 4] = same_category[places].mean(axis=0)
    found[:, 5] = near
    return found
