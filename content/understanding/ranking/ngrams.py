"""Pieces of words as features: character n-grams within word bounds, weighted by how telling they are (TF-IDF)."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from coach.parsing.normalise import without_accents

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
MAX_CHARACTERS = 1000  # of a question that are looked at
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
WORDS_REMEMBERED = 1_000  # with the places of their pieces: 0.3 MB
COMMON = 300  # pieces of at least so many texts are multiplied densely, rarer ones one by one

Vector = tuple[NDArray[np.int32], NDArray[np.float32]]  # places in the vocabulary, and their weights


def words(text: str) -> list[str]:
    """Lower-case words without accents; apostrophes are dropped so that "don't" and "dont" are one word.

    Unlike those of small talk and red flags, what stands on both sides of other apostrophes is two words: what was
    learned was cut so.
    """
    return [word.replace("'", "") for word in _WORD.findall(without_accents(text[:MAX_CHARACTERS]))]


def pieces(text: str) -> Counter[str]:
    """Count the n-grams of each word with a space on both sides, and pairs of neighbouring words."""
    sequence = words(text)
    found = [piece for word in sequence for piece in pieces_of_word(word)]
    found += pairs_of(sequence)
    return Counter(found)


def pairs_of(sequence: Sequence[str]) -> list[str]:
    """The pairs of neighbouring words."""
    return [f"{left}_{right}" for left, right in itertools.pairwise(sequence)]


def pieces_of_word(word: str) -> list[str]:
    """The n-grams of a word with a space on both sides."""
    padded = f" {word} "
    return [
        padded[start : start + size]
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(padded) - size + 1)
    ]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that are known and how telling each is.

    They are found by their hashes, which are those of this process: a table of the pieces takes ten times the memory.
    """

    lines: bytes  # the pieces, a line each
    weight: NDArray[np.float32]
    _hashes: NDArray[np.int64] = field(init=False, repr=False)  # ascending
    _places: NDArray[np.int32] = field(init=False, repr=False)  # of the pieces of these hashes
    _of_word: Callable[[str], NDArray[np.int32]] = field(init=False, repr=False)  # the places of a word's pieces

    def __post_init__(self) -> None:
        """Sort the hashes. Raises ValueError where there are not as many pieces as weights."""
        # One by one: a list of them would leave a hole in memory as large as the table.
        hashes = np.fromiter((hash(piece.rstrip(b"\n")) for piece in BytesIO(self.lines)), np.int64)
        if len(hashes) != len(self.weight):
            raise ValueError(f"{len(hashes)} pieces with {len(self.weight)} weights")
        order = np.argsort(hashes)
        object.__setattr__(self, "_hashes", hashes[order])
        object.__setattr__(self, "_places", order.astype(np.int32))
        of_word = lru_cache(WORDS_REMEMBERED)(lambda word: self._known(pieces_of_word(word))[0])
        object.__setattr__(self, "_of_word", of_word)

    def __len__(self) -> int:
        """Count the pieces."""
        return len(self.weight)

    @classmethod
    def of(cls, counts: Sequence[Counter[str]]) -> Vocabulary:
        """Keep the pieces that at least two texts share."""
        spread: Counter[str] = Counter()
        for count in counts:
            spread.update(count.keys())
        kept = sorted(piece for piece, texts in spread.items() if texts > 1)
        weight = [math.log((1 + len(counts)) / (1 + spread[piece])) + 1 for piece in kept]
        return cls("\n".join(kept).encode(), np.asarray(weight, np.float32))

    def vector(self, counts: Counter[str]) -> Vector:
        """The places and weights of a text, of length 1 (empty where nothing is known)."""
        places, known = self._known(list(counts))
        return self._weighed(places, np.fromiter(counts.values(), np.float32, len(counts))[known])

    def vector_of(self, text: str) -> Vector:
        """The vector of a text's `pieces`; the same as `vector` gives, but words that were met before are not cut."""
        sequence = words(text)
        pairs, _ = self._known(pairs_of(sequence))
        counts = Counter(np.concatenate([*map(self._of_word, sequence), pairs]).tolist())
        places = np.fromiter(counts, np.int32, len(counts))
        return self._weighed(places, np.fromiter(counts.values(), np.float32, len(counts)))

    def _known(self, found: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """The places of the pieces that are known, and which of them are."""
        # As bytes: as texts "fk" and "武" have one hash, for they lie in memory alike.
        hashes = np.fromiter([hash(piece.encode()) for piece in found], np.int64, len(found))
        near = np.minimum(np.searchsorted(self._hashes, hashes), max(len(self) - 1, 0))
        known = self._hashes[near] == hashes if len(self) else np.zeros(len(hashes), np.bool_)
        return self._places[near[known]], known

    def _weighed(self, places: NDArray[np.int32], often: NDArray[np.float32]) -> Vector:
        values = (1 + np.log(often)) * self.weight[places]
        return places, (values / max(float(np.linalg.norm(values)), 1e-9)).astype(np.float32)


def similarity(vectors: Sequence[Vector], size: int) -> NDArray[np.float32]:
    """The inner product of every pair of sparse vectors over a vocabulary of `size`: an n × n matrix."""
    total = len(vectors)
    rows = np.repeat(np.arange(total), [len(places) for places, _ in vectors])
    places = np.concatenate([places for places, _ in vectors]) if vectors else np.zeros(0, np.int32)
    values = np.concatenate([values for _, values in vectors]) if vectors else np.zeros(0, np.float32)
    spread = np.bincount(places, minlength=size)
    common = np.flatnonzero(spread >= COMMON)
    column = np.full(size, -1)
    column[common] = np.arange(len(common))
    dense = np.zeros((total, len(common)), np.float32)
    inside = column[places] >= 0
    dense[rows[inside], column[places[inside]]] = values[inside]
    result: NDArray[np.float32] = dense @ dense.T
    order = np.argsort(places[~inside], kind="stable")
    rows, values, places = rows[~inside][order], values[~inside][order], places[~inside][order]
    for group in np.split(np.arange(len(places)), np.flatnonzero(np.diff(places)) + 1):
        result[np.ix_(rows[group], rows[group])] += np.outer(values[group], values[group])
    return result


def weigh(vectors: Sequence[Vector], size: int, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sum over texts of vector × row: what each piece of the vocabulary says for each column of `rows`."""
    result = np.zeros((size, rows.shape[1]), np.float32)
    for (places, values), row in zip(vectors, rows, strict=True):
        result[places] += np.outer(values, row)
    return result
