"""Arrays kept in files: written whole or not at all, the oldest of a kind removed, damaged ones passed over."""

from __future__ import annotations

import os
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ENDING = ".npz"
DAMAGE: Final = (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""Errors of reading arrays where bytes of the file are missing or are not those that were written."""

Arrays = dict[str, NDArray[Any]]


def load(folder: Path, kind: str, name: str) -> Arrays | None:
    """The arrays of that name; None where there are none or the file is damaged."""
    try:
        with _path(folder, kind, name).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return {key: kept[key] for key in kept.files}
    except DAMAGE:
        return None


def save(folder: Path, kind: str, name: str, arrays: Arrays, *, most: int) -> None:
    """Write arrays, and keep `most` files of the kind; a folder that cannot be written to is no error."""
    path = _path(folder, kind, name)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # takes a flag of its own by name, which none of them has
        draft.replace(path)
        for old in sorted(folder.glob(f"{kind}-*{ENDING}"), key=lambda each: each.stat().st_mtime)[:-most]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            draft.unlink()


def as_array(lines: str) -> NDArray[np.uint8]:
    """Return text as an array."""
    return np.frombuffer(lines.encode(), np.uint8)


def as_text(kept: NDArray[Any]) -> str:
    """Return the text of an array. Raises UnicodeDecodeError."""
    return bytes(kept).decode()


def _path(folder: Path, kind: str, name: str) -> Path:
    return folder / f"{kind}-{name}{ENDING}"
