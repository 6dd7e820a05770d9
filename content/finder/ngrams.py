"""Pieces of words as features: character n-grams within word bounds, weighted by how telling they are (TF-IDF)."""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
LONGEST = 1000  # characters of a question that are looked at
SHORTEST_PIECE, LONGEST_PIECE = 2, 5


def words(text: str) -> list[str]:
    """Lower-case words without accents; apostrophes are dropped so that "don't" and "dont" are one word."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return [word.replace("'", "") for word in _WORD.findall(plain.replace("’", "'"))]


def pieces(text: str) -> Counter[str]:
    """Count the n-grams of each word with a space on both sides, and pairs of neighbouring words."""
    found: Counter[str] = Counter()
    sequence = words(text)
    for word in sequence:
        padded = f" {word} "
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1):
            for start in range(len(padded) - size + 1):
                found[padded[start : start + size]] += 1
    found.update(f"{left}_{right}" for left, right in itertools.pairwise(sequence))
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces that are known and how telling each is."""

    index: dict[str, int]
    weight: NDArray[np.float32]

    @classmethod
    def of(cls, counts: Sequence[Counter[str]], *, least: int = 2) -> Vocabulary:
        """Keep the pieces that `least` texts share."""
        spread: Counter[str] = Counter()
        for count in counts:
            spread.update(count.keys())
        kept = sorted(piece for piece, texts in spread.items() if texts >= least)
        weight = [math.log((1 + len(counts)) / (1 + spread[piece])) + 1 for piece in kept]
        return cls({piece: number for number, piece in enumerate(kept)}, np.asarray(weight, np.float32))

    def vector(self, counts: Counter[str]) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """The positions and weights of a text, of length 1 (empty where nothing is known)."""
        found = [(self.index[piece], count) for piece, count in counts.items() if piece in self.index]
        if not found:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        where = np.asarray([place for place, _ in found], np.int32)
        value = (1 + np.log(np.asarray([count for _, count in found], np.float32))) * self.weight[where]
        return where, (value / np.linalg.norm(value)).astype(np.float32)

    def vectors(self, texts: Iterable[str]) -> list[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """One sparse vector a text."""
        return [self.vector(pieces(text)) for text in texts]
