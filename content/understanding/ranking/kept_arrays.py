"""Arrays kept in files: written whole or not at all, the oldest of a kind removed, damaged ones passed over."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.file_rows import FileRows

ENDING = ".npz"
DAMAGE: Final = (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
"""Errors of reading arrays where bytes of the file are missing or are not those that were written."""
_LENGTHS_AT = 26  # of the name and of what follows it, in the header of a file within a zip

Arrays = dict[str, NDArray[Any]]


def load(folder: Path, kind: str, name: str) -> Arrays | None:
    """The arrays of that name; None where there are none or the file is damaged."""
    try:
        with _path(folder, kind, name).open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return {key: kept[key] for key in kept.files}
    except DAMAGE:
        return None


def rows(folder: Path, kind: str, name: str, key: str) -> FileRows:
    """Return the rows of an array of two dimensions, which stay in the file. Raises OSError, KeyError, ValueError."""
    path = _path(folder, kind, name)
    with zipfile.ZipFile(path) as kept:
        member = kept.getinfo(f"{key}.npy")
        with kept.open(member) as array:
            np.lib.format.read_magic(array)
            shape, by_column, dtype = np.lib.format.read_array_header_1_0(array)
            head = array.tell()
    if len(shape) != 2 or by_column or member.compress_type != zipfile.ZIP_STORED:
        raise ValueError(f"{key} has no rows that can be read one by one")
    with path.open("rb") as file:
        file.seek(member.header_offset + _LENGTHS_AT)
        name_length, extra_length = struct.unpack("<HH", file.read(4))
    start = member.header_offset + _LENGTHS_AT + 4 + name_length + extra_length + head
    return FileRows(path, start, shape[1], dtype)


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
