"""Keeping fitted weights between starts: plain arrays in a file named by the hash of what they were fitted to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from content.understanding.ranking import kept_arrays
from content.understanding.ranking.file_rows import FrequentRows
from content.understanding.ranking.ngrams import Vocabulary
from content.understanding.ranking.packed_rows import PackedRows
from content.understanding.ranking.ranker import Labels, Ranker

FORMAT = "7"  # raise it when the fitting changes
KEPT = 16  # files, two for each fitting of entries and of red flags; older ones are removed
KIND = "finder"


def key(texts: Sequence[str], owner: Sequence[int], labels: Labels, encoder: str) -> str:
    """Name what the weights depend on."""
    parts = [FORMAT, encoder, repr(labels), *(f"{place} {text}" for place, text in zip(owner, texts, strict=True))]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def load(folder: Path, name: str, labels: Labels) -> Ranker | None:
    """The weights of that name; None where there are none or the file is damaged."""
    kept = kept_arrays.load(folder, KIND, name)
    try:
        if kept is None:
            return None
        ranker = Ranker(
            labels=labels,
            vocabulary=Vocabulary(kept["pieces"].tobytes(), kept["weight"]),
            owner=kept["owner"],
            rows=PackedRows(kept_arrays.rows(folder, KIND, name, "columns"), kept["steps"], len(kept["columns"])),
            dual=kept["dual"],
            primal=FrequentRows(kept["primal"], kept["weight"], kept_arrays.rows(folder, KIND, name, "primal")),
            right=kept["right"],
            ours=kept["ours"],
        )
    except (OSError, KeyError, ValueError):
        return None
    return ranker if ranker.primal.shape == (len(ranker.vocabulary), labels.total) else None


def save(folder: Path, name: str, ranker: Ranker) -> None:
    """Keep the weights under that name, as they were fitted."""
    assert not isinstance(ranker.primal, FrequentRows), "what was loaded is kept already"
    arrays: kept_arrays.Arrays = {
        "pieces": np.frombuffer(ranker.vocabulary.lines, np.uint8),
        "weight": ranker.vocabulary.weight,
        "owner": ranker.owner,
        "columns": ranker.rows.columns,
        "steps": ranker.rows.steps,
        "dual": ranker.dual,
        "primal": ranker.primal,
        "right": ranker.right,
        "ours": ranker.ours,
    }
    kept_arrays.save(folder, KIND, name, arrays, most=KEPT)
