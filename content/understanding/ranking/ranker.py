"""The fitted ranker: kernel ridge regression over meaning and spelling, and a calibrated judge of its own answers.

Every known text (title, phrasing, what is outside) is a row with one label; red flags have a ranker of their own. A
question is compared with all rows by meaning, exp(3 (cosine - 1)), and by spelling, half the cosine of their n-grams;
the fitted weights turn that into one score a label. Leaving each row out is exact and free in this model, so the judge
learns from honest errors: how likely is it that the first entry is right, and that the question is ours at all. Weights
are applied with numpy alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from content.understanding.ranking.file_rows import FrequentRows
from content.understanding.ranking.ngrams import Vector, Vocabulary, pieces, similarity, weigh
from content.understanding.ranking.packed_rows import PackedRows

Floats = NDArray[np.float32]
HalfFloats = NDArray[np.float16]

SHARPNESS = 3.0  # of likeness in meaning
SPELLING = 0.5  # weight of likeness in spelling beside meaning
RIDGE = 0.2  # both chosen by leaving rows out
RIDGE_LEXICAL = 0.3
DECLINED_WEIGHT = 3.0  # a wrong answer to what is outside counts as three
BLOCK = 512
SMALL = 128
UNLABELLED = -1  # the label of rows that belong nowhere


@dataclass(frozen=True, slots=True)
class Labels:
    """The columns of a score: entries first, then what is out of scope, then red flags."""

    entries: int
    flags: int

    @property
    def outside(self) -> int:
        """The column of what is not for us."""
        return self.entries

    @property
    def total(self) -> int:
        """The number of columns."""
        return self.entries + 1 + self.flags


@dataclass(frozen=True, slots=True)
class LabelSpans:
    """The span of rows of each label; labels ascend, so each has one."""

    total: int
    starts: NDArray[np.intp]
    owned: NDArray[np.bool_]  # which stretches belong to a label
    labels: NDArray[np.int32]  # of those

    @classmethod
    def of(cls, owner: NDArray[np.int32], labels: Labels) -> LabelSpans:
        """Find them."""
        present, starts = np.unique(owner, return_index=True)
        owned = present != UNLABELLED
        return cls(labels.total, starts, owned, present[owned])

    def nearest(self, cosine: Floats) -> Floats:
        """The best cosine by label, for each line of `cosine`."""
        found = np.zeros((len(cosine), self.total), np.float32)
        found[:, self.labels] = np.maximum.reduceat(cosine, self.starts, axis=1)[:, self.owned]
        return found


@dataclass(frozen=True, slots=True)
class Ranker:
    """Fitted weights. `rows` and `dual` are empty where there is no model of meaning."""

    labels: Labels
    vocabulary: Vocabulary
    owner: NDArray[np.int32]  # the label of each row, ascending
    rows: PackedRows  # row × 384
    dual: Floats  # row × label
    primal: HalfFloats | FrequentRows  # piece × label: the largest of them, and a score is a sum of a hundred
    right: Floats  # the judge's weights: is the first entry right?
    ours: Floats  # and: is the question ours?
    _stretches: LabelSpans = field(init=False)

    def __post_init__(self) -> None:
        """Find once where each label's rows are."""
        object.__setattr__(self, "_stretches", LabelSpans.of(self.owner, self.labels))

    def spelling(self, text: str) -> Vector:
        """The n-grams of a text; the same for all that was fitted to the same texts."""
        return self.vocabulary.vector_of(text)

    @property
    def semantic(self) -> bool:
        """True where meaning is compared, not only spelling."""
        return len(self.rows) > 0

    def columns(self, spellings: Sequence[Vector], meanings: Sequence[Floats]) -> Floats:
        """Text × label: scores alone, for what has no judge. `meanings` is empty where spelling alone is compared."""
        spelled: list[Floats] = [values @ self.primal[places].astype(np.float32) for places, values in spellings]
        scores: Floats = np.stack(spelled)
        if meanings:
            near = self.rows.products(meanings)
            alike: Floats = np.exp(SHARPNESS * (near - 1))
            scores += alike @ self.dual
        return scores

    def many(self, spellings: Sequence[Vector], meanings: Floats) -> Floats:
        """Text × label for the many texts of a fitting, which are worth a copy of the rows: those of `columns`."""
        scores, rows = self.columns(spellings, []), self.rows.unpacked()
        for some in _blocks(meanings):
            scores[some] += np.exp(SHARPNESS * (meanings[some] @ rows.T - 1)) @ self.dual
        return scores

    def score(self, spelling: Vector, meaning: Floats | None) -> tuple[Floats, float, float]:
        """Scores by label, the probability that the best entry is right, and that the question is ours."""
        places, values = spelling
        scores: Floats = values @ self.primal[places].astype(np.float32)
        near = np.zeros(self.labels.total, np.float32)
        if meaning is not None:
            cosine = self.rows.products([meaning])
            scores = scores + np.exp(SHARPNESS * (cosine[0] - 1)) @ self.dual
            near = self._stretches.nearest(cosine)[0]
        signs = _features(scores[None, :], near[None, :], self.labels, semantic=meaning is not None)
        return scores, float(probability(signs, self.right)[0]), float(probability(signs, self.ours)[0])


def fit(texts: Sequence[str], owner: Sequence[int], labels: Labels, meanings: Floats | None) -> Ranker:
    """Fit the weights to rows that are sorted by label (unlabelled ones first); a few seconds for 4,000 rows."""
    label = np.asarray(owner, np.int32)
    counts = [pieces(text) for text in texts]
    vocabulary = Vocabulary.of(counts)
    vectors = [vocabulary.vector(count) for count in counts]
    wanted = np.zeros((len(label), labels.total), np.float32)
    owned = label != UNLABELLED
    wanted[owned, label[owned]] = 1
    packed = PackedRows.of(np.zeros((0, 0), np.float32) if meanings is None else meanings)
    rows = packed.unpacked()  # what a question will be compared with
    kernel = _kernel(vectors, len(vocabulary), None if meanings is None else rows)
    right = ours = np.zeros(0, np.float32)
    if not labels.entries:
        dual = _solve_once(kernel, wanted)
    else:
        dual, spread = _solve(kernel, wanted)
        left_out = wanted - dual / spread[:, None]
        near = _near(rows, label, labels, wanted.shape)
        right, ours = _calibrator(left_out, near, label, labels, semantic=meanings is not None)
    spelling = dual * (1 if meanings is None else SPELLING)
    primal = weigh(vectors, len(vocabulary), spelling).astype(np.float16)
    return Ranker(
        labels=labels,
        vocabulary=vocabulary,
        owner=label,
        rows=packed,
        dual=dual if meanings is not None else np.zeros((0, labels.total), np.float32),
        primal=primal,
        right=right,
        ours=ours,
    )


def _near(rows: Floats, label: NDArray[np.int32], labels: Labels, shape: tuple[int, ...]) -> Floats:
    """The best cosine of each row by label, itself left out."""
    near = np.zeros(shape, np.float32)
    stretches = LabelSpans.of(label, labels)
    for some in _blocks(rows):
        cosine = rows[some] @ rows.T
        cosine[np.arange(len(cosine)), np.arange(len(rows))[some]] = -1
        near[some] = stretches.nearest(cosine)
    return near


def _kernel(vectors: Sequence[Vector], size: int, meanings: Floats | None) -> Floats:
    """Return the kernel of all rows, with the ridge added."""
    kernel = similarity(vectors, size)
    if meanings is not None:
        kernel *= SPELLING
        for some in _blocks(meanings):
            kernel[some] += np.exp(SHARPNESS * (meanings[some] @ meanings.T - 1))
    kernel[np.diag_indices(len(kernel))] += RIDGE_LEXICAL if meanings is None else RIDGE
    return kernel


def _blocks(rows: Floats) -> list[slice]:
    """Stretches of rows: a matrix of all pairs takes 100 MB, so at most one is kept at a time."""
    return [slice(start, start + BLOCK) for start in range(0, len(rows), BLOCK)]


def _solve_once(kernel: Floats, wanted: Floats) -> Floats:
    """The dual weights. Overwrites the kernel."""
    cholesky_in_place(kernel)
    answer = wanted.copy()
    blocks = _blocks(kernel)
    for some in blocks:
        answer[some] = np.linalg.solve(
            kernel[some, some], answer[some] - kernel[some, : some.start] @ answer[: some.start]
        )
    for some in reversed(blocks):
        behind = kernel[some.stop :, some].T @ answer[some.stop :]
        answer[some] = np.linalg.solve(kernel[some, some].T, answer[some] - behind)
    return answer


def _solve(kernel: Floats, wanted: Floats) -> tuple[Floats, Floats]:
    """The dual weights, and the diagonal of the kernel's inverse that leaving rows out needs. Overwrites the kernel."""
    cholesky_in_place(kernel)
    invert_lower_in_place(kernel)
    dual: Floats = kernel.T @ (kernel @ wanted)
    return dual, np.einsum("ij,ij->j", kernel, kernel)


def cholesky_in_place(matrix: Floats) -> None:
    """Replace a symmetric positive matrix by its lower root; numpy's own would take three times the memory.

    What stands above the diagonal is not computed on: that would be as much work again.
    """
    for start in range(0, len(matrix), BLOCK):
        here, below = slice(start, start + BLOCK), slice(start + BLOCK, None)
        with threadpool_limits(1, user_api="blas"):  # threads would wait for one another four times as long
            matrix[here, here] = np.linalg.cholesky(matrix[here, here])
            inverse = np.linalg.inv(matrix[here, here])
        matrix[here, below] = 0
        matrix[below, here] = matrix[below, here] @ inverse.T
        for row in range(start + BLOCK, len(matrix), BLOCK):
            part = matrix[row : row + BLOCK, here]
            matrix[row : row + BLOCK, start + BLOCK : row + BLOCK] -= part @ matrix[start + BLOCK : row + BLOCK, here].T


def invert_lower_in_place(lower: Floats) -> None:
    """Replace a lower triangular matrix by its inverse, by halves: a third of the work of a general inverse."""
    if len(lower) <= SMALL:
        lower[:] = np.tril(np.linalg.inv(lower))
        return
    half = len(lower) // 2
    invert_lower_in_place(lower[:half, :half])
    invert_lower_in_place(lower[half:, half:])
    above, beside, below = lower[:half, :half], lower[half:, :half], lower[half:, half:]
    # Of each product the half that is nothing is left out.
    for some in _blocks(beside.T):
        beside[:, some] = beside[:, some.start :] @ above[some.start :, some]
    for some in reversed(_blocks(beside)):
        beside[some] = -below[some, : some.stop] @ beside[: some.stop]


def _features(scores: Floats, near: Floats, labels: Labels, *, semantic: bool) -> Floats:
    """Return the calibrator's features: the best score, its lead, out of scope, and the nearest texts of both."""
    entries = scores[:, : labels.entries]
    first = np.argmax(entries, axis=1)
    best = entries[np.arange(len(scores)), first]
    others = entries.copy()
    others[np.arange(len(scores)), first] = -np.inf
    second = others.max(axis=1) if labels.entries > 1 else np.zeros_like(best)
    signs = [best, best - second, scores[:, labels.outside]]
    if semantic:
        signs += [near[np.arange(len(scores)), first], near[:, labels.outside]]
    return np.stack([*signs, np.ones_like(best)], axis=1)


def _calibrator(
    scores: Floats, near: Floats, label: NDArray[np.int32], labels: Labels, *, semantic: bool
) -> tuple[Floats, Floats]:
    """Fit both judgements on left-out scores of the rows that are entries or outside."""
    used = (label >= 0) & (label <= labels.outside)
    signs = _features(scores[used], near[used], labels, semantic=semantic)
    ours = label[used] < labels.entries
    right = ours & (np.argmax(scores[used][:, : labels.entries], axis=1) == label[used])
    weight = np.where(ours, 1, DECLINED_WEIGHT).astype(np.float32)
    return logistic(signs, right, weight), logistic(signs, ours, weight)


def logistic(signs: Floats, truth: NDArray[np.bool_], weight: Floats, *, ridge: float = 1e-3) -> Floats:
    """Weighted logistic regression by Newton's method; returns weights for the unscaled signs."""
    scale = np.maximum(signs.std(axis=0), 1e-6)
    scale[-1] = 1
    scaled = (signs / scale).astype(np.float64)
    answer = np.zeros(scaled.shape[1])
    penalty = ridge * len(scaled) * np.eye(len(answer))
    for _ in range(50):
        guess = 1 / (1 + np.exp(-np.clip(scaled @ answer, -30, 30)))
        slope = scaled.T @ (weight * (guess - truth)) + penalty @ answer
        bend = (scaled * (weight * guess * (1 - guess))[:, None]).T @ scaled + penalty
        step = np.linalg.solve(bend, slope)
        answer -= step
        if np.abs(step).max() < 1e-6:
            break
    unscaled: Floats = (answer / scale).astype(np.float32)
    return unscaled


def probability(signs: Floats, weights: Floats) -> Floats:
    """The probability of each row of signs, by the weights of a logistic regression."""
    result: Floats = 1 / (1 + np.exp(-np.clip(signs @ weights, -30, 30)))
    return result
