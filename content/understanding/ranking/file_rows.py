"""Rows that stay in their file until they are asked for: most of a table is needed by nobody for weeks.

They are read, not mapped into memory: a map brings sixteen pages for every row, and is soon there as a whole.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ROWS_REMEMBERED: Final = 800  # of each table, of those that were read: 0.4 MB
FREQUENT: Final = 0.2  # share of the rows that is kept in memory: of those that messages need it has nine in ten


class FileRows:
    """Rows of one width, one behind the other. A file that is replaced or deleted meanwhile is still read."""

    def __init__(self, path: Path, start: int, width: int, dtype: np.dtype[Any]) -> None:
        """`start`: the byte with which the first row begins; `width`: numbers of a row. Raises OSError."""
        self.path, self.start, self.width = path, start, width
        self._dtype = dtype
        self._file = file = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, file)
        self._row = lru_cache(ROWS_REMEMBERED)(partial(_read, file, start, width * dtype.itemsize))

    def of(self, places: Iterable[int]) -> NDArray[Any]:
        """Return the rows of these places."""
        read = [self._row(place) for place in places]
        return np.frombuffer(b"".join(read), self._dtype).reshape(len(read), self.width)

    def first(self, count: int) -> NDArray[Any]:
        """Return so many rows from the first on; they are not remembered."""
        read = os.pread(self._file, count * self.width * self._dtype.itemsize, self.start)
        return np.frombuffer(read, self._dtype).reshape(count, self.width)


class FrequentRows:
    """A table whose frequent rows are in memory, and the others in a file. Indexed by places, as an array is."""

    def __init__(self, table: NDArray[Any], rarity: NDArray[np.float32], others: FileRows) -> None:
        """`others` has the whole table."""
        self.shape = table.shape
        frequent = np.sort(np.argsort(rarity, kind="stable")[: int(len(table) * FREQUENT)])
        self._kept = table[frequent]
        self._where = np.full(len(table), -1, np.int32)
        self._where[frequent] = np.arange(len(frequent), dtype=np.int32)
        self._others = others

    def __getitem__(self, places: NDArray[np.int32]) -> NDArray[Any]:
        """Return the rows of these places."""
        where = self._where[places]
        missing = np.flatnonzero(where < 0)
        if not len(missing):
            found: NDArray[Any] = self._kept[where]
            return found
        found = np.empty((len(places), self.shape[1]), self._kept.dtype)
        here = where >= 0
        found[here] = self._kept[where[here]]
        found[missing] = self._others.of(places[missing].tolist())
        return found


def _read(file: int, start: int, size: int, place: int) -> bytes:
    """Return the bytes of a row."""
    return os.pread(file, size, start + place * size)
