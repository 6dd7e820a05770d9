"""Keeping fitted weights between starts: plain arrays in a file named by the hash of what they were fitted to."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.ngrams import Vocabulary
from content.understanding.ranking.ranker import Labels, Ranker

FORMAT = "3"  # raise it when the fitting changes
KEPT = 16  # files, two for each fitting of entries and of red flags; older ones are removed


READ_AGAIN = 2  # files whose vectors a new fitting takes over: of entries and of red flags


def key(texts: Sequence[str], owner: Sequence[int], labels: Labels, encoder: str) -> str:
    """Name what the weights depend on."""
    parts = [FORMAT, encoder, repr(labels), *(f"{place} {text}" for place, text in zip(owner, texts, strict=True))]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def load(folder: Path, name: str, labels: Labels) -> Ranker | None:
    """The weights of that name; None where there are none or the file is damaged."""
    path = _path(folder, name)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            pieces = bytes(kept["pieces"]).decode().split("\n")
            ranker = Ranker(
                labels=labels,
                vocabulary=Vocabulary({piece: place for place, piece in enumerate(pieces)}, kept["weight"]),
                owner=kept["owner"],
                rows=kept["rows"].astype(np.float32),
                dual=kept["dual"],
                primal=kept["primal"],
                right=kept["right"],
                ours=kept["ours"],
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return ranker if ranker.primal.shape == (len(pieces), labels.total) else None


def save(folder: Path, name: str, ranker: Ranker, texts: Sequence[str], encoder: str) -> None:
    """Write the weights whole or not at all; a folder that cannot be written to is no error."""
    path = _path(folder, name)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez(
                file,
                pieces=np.frombuffer("\n".join(ranker.vocabulary.index).encode(), np.uint8),
                weight=ranker.vocabulary.weight,
                owner=ranker.owner,
                rows=ranker.rows.astype(np.float16),
                dual=ranker.dual,
                primal=ranker.primal,
                right=ranker.right,
                ours=ranker.ours,
                texts=np.asarray([digest(text) for text in texts], np.int64),
                encoder=np.frombuffer(encoder.encode(), np.uint8),
            )
        draft.replace(path)
        for old in sorted(folder.glob("finder-*.npz"), key=lambda file: file.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            draft.unlink()


def known_meanings(folder: Path, encoder: str) -> dict[int, NDArray[np.float32]]:
    """Vectors by digest from the newest files, so that an edit costs only what it changed."""
    known: dict[int, NDArray[np.float32]] = {}
    taken = 0
    try:
        files = sorted(folder.glob("finder-*.npz"), key=lambda file: file.stat().st_mtime, reverse=True)
        for newest in files:
            with newest.open("rb") as file, np.load(file, allow_pickle=False) as kept:
                if bytes(kept["encoder"]).decode() == encoder and taken < READ_AGAIN:
                    known.update(zip(kept["texts"].tolist(), kept["rows"].astype(np.float32), strict=False))
                    taken += 1
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return known
    return known


def digest(text: str) -> int:
    """A text's number in the store."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def _path(folder: Path, name: str) -> Path:
    return folder / f"finder-{name}.npz"
