"""Rows of meaning as whole numbers of one byte: a quarter of the memory of floats, and compared ten times as fast.

What a product is off by is less than what the sentence model itself is off by, which computes with such numbers too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.file_rows import FileRows
from content.understanding.ranking.sentence_model import onnx_format
from content.understanding.ranking.sentence_model.onnx_format import INT8, INT32, UINT8
from content.understanding.ranking.sentence_model.onnx_session import open_session

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]

LARGEST: Final = 127
ZERO: Final = 128  # the number that stands for zero in a vector: the fastest product is of signed and unsigned numbers


class PackedRows:
    """Rows of numbers. Thread-safe.

    They stand in the runtime, which multiplies them. Their `columns` (number × row) are in memory where they were made
    just now; those that a file keeps are read from there.
    """

    def __init__(self, columns: Bytes | FileRows, steps: Floats, width: int) -> None:
        """`steps` is what a row's largest number is 127 of; `width`: numbers of a row."""
        self.width = width
        self.steps = steps
        self._columns = columns
        self._compared = self._opened() if len(steps) else None

    @classmethod
    def of(cls, rows: Floats) -> PackedRows:
        """Pack them."""
        largest = np.abs(rows).max(axis=1, initial=0)
        steps = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
        return cls(np.ascontiguousarray(np.rint(rows / steps[:, None]).astype(np.int8).T), steps, rows.shape[1])

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.steps)

    def products(self, vectors: Sequence[Floats]) -> Floats:
        """The product of each row and each vector: vector × row."""
        if self._compared is None:
            return np.zeros((len(vectors), 0), np.float32)
        given = np.stack(vectors)
        steps = np.maximum(np.abs(given).max(axis=1, keepdims=True), np.finfo(np.float32).tiny) / LARGEST
        whole = (np.rint(given / steps) + ZERO).astype(np.uint8)
        found: Floats = self._compared.run(None, {"vectors": whole})[0].astype(np.float32)
        found *= steps
        found *= self.steps
        return found

    @property
    def columns(self) -> Bytes:
        """The whole numbers of all rows: number × row."""
        return self._columns.first(self.width) if isinstance(self._columns, FileRows) else self._columns

    def unpacked(self) -> Floats:
        """Return all rows as floats."""
        rows: Floats = self.columns.T * self.steps[:, None]
        return rows

    def _opened(self) -> Any:
        """Open the graph that multiplies vectors by the rows."""
        kept, shape = self._columns, (self.width, len(self))
        if isinstance(kept, FileRows):
            size = self.width * len(self)
            rows = onnx_format.tensor_in_file("rows", INT8, shape, kept.path.name, kept.start, size)
            folder = kept.path.parent
        else:
            rows, folder = onnx_format.tensor("rows", kept), None
        zero = onnx_format.tensor("zero", np.array(ZERO, np.uint8))
        product = onnx_format.node("MatMulInteger", ["vectors", "rows", "zero"], ["products"], "", {})
        given = onnx_format.value("vectors", UINT8, ["vectors", self.width])
        result = onnx_format.value("products", INT32, ["vectors", len(self)])
        return open_session(onnx_format.model("rows", [product], [rows, zero], [given], [result], {"": 17}), folder)
