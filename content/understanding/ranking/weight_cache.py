"""Keeping fitted weights between starts: plain arrays in a file named by the hash of what they were fitted to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from content.understanding.ranking import kept_arrays
from content.understanding.ranking.ngrams import Vocabulary
from content.understanding.ranking.packed_rows import PackedRows
from content.understanding.ranking.ranker import Labels, Ranker

FORMAT = "5"  # raise it when the fitting changes
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
        pieces = kept_arrays.as_text(kept["pieces"]).split("\n")
        ranker = Ranker(
            labels=labels,
            vocabulary=Vocabulary({piece: place for place, piece in enumerate(pieces)}, kept["weight"]),
            owner=kept["owner"],
            rows=PackedRows(kept["rows"], kept["steps"]),
            dual=kept["dual"],
            primal=kept["primal"],
            right=kept["right"],
            ours=kept["ours"],
        )
    except (KeyError, ValueError):
        return None
    return ranker if ranker.primal.shape == (len(pieces), labels.total) else None


def save(folder: Path, name: str, ranker: Ranker) -> None:
    """Keep the weights under that name."""
    arrays: kept_arrays.Arrays = {
        "pieces": kept_arrays.as_array("\n".join(ranker.vocabulary.index)),
        "weight": ranker.vocabulary.weight,
        "owner": ranker.owner,
        "rows": ranker.rows.codes,
        "steps": ranker.rows.steps,
        "dual": ranker.dual,
        "primal": ranker.primal,
        "right": ranker.right,
        "ours": ranker.ours,
    }
    kept_arrays.save(folder, KIND, name, arrays, most=KEPT)
