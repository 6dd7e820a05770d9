"""Vectors of meaning of the texts that are learned from, kept by text: an edit costs only what it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from content.understanding.ranking import kept_arrays
from content.understanding.ranking.ranker import Floats, HalfFloats
from content.understanding.ranking.sentence_model.encoder import Encoder

KIND: Final = "vectors"
KEPT: Final = 2  # files: one a model
MOST: Final = 60_000  # vectors of a file, 45 MB: those that were not asked for the longest go first


def vectors_of(texts: Sequence[str], encoder: Encoder, cache: Path | None) -> Floats:
    """Return a row a text; what `cache` has no vector of is computed, all rankers sharing what is kept there."""
    digests = [digest(text) for text in texts]
    known = _load(cache, encoder) if cache else {}
    fresh = {number: text for number, text in zip(digests, texts, strict=True) if number not in known}
    # Rounded as they will be stored, so that a start from the cache gives the very same answers.
    known |= dict(zip(fresh, encoder.many(list(fresh.values())).astype(np.float16), strict=True))
    if cache and fresh:
        used = set(digests)
        order = sorted(known, key=used.__contains__)[-MOST:]
        rows = np.stack([known[number] for number in order])
        arrays: kept_arrays.Arrays = {"texts": np.asarray(order, np.int64), "rows": rows}
        kept_arrays.save(cache, KIND, _name(encoder), arrays, most=KEPT)
    return np.stack([known[number] for number in digests]).astype(np.float32)


def digest(text: str) -> int:
    """A text's number in the store."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _load(cache: Path, encoder: Encoder) -> dict[int, HalfFloats]:
    kept = kept_arrays.load(cache, KIND, _name(encoder)) or {}
    if not kept.keys() >= {"texts", "rows"}:
        return {}
    return dict(zip(kept["texts"].tolist(), kept["rows"], strict=False))


def _name(encoder: Encoder) -> str:
    return hashlib.sha256(encoder.key.encode()).hexdigest()[:32]
