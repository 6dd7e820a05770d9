"""Rows of meaning as whole numbers of one byte: a quarter of the memory of floats, and compared ten times as fast.

What a product is off by is less than what the sentence model itself is off by, which computes with such numbers too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.file_rows import FileRows
from content.understanding.ranking.sentence_model import onnx_format
from content.understanding.ranking.sentence_model.onnx_format import INT32, UINT8
from content.understanding.ranking.sentence_model.onnx_session import open_session

Floats = NDArray[np.float32]

LARGEST: Final = 127
ZERO: Final = 128  # the number that stands for zero in a vector: the fastest product is of signed and unsigned numbers


class PackedRows:
    """Rows of numbers. Thread-safe."""

    def __init__(self, codes: NDArray[np.int8], steps: Floats, kept: FileRows | None = None) -> None:
        """`steps` is what a row's largest number is 127 of; `kept`: the file that has `codes`, which may go then."""
        self.steps = steps
        self.width = codes.shape[1]
        self._kept = kept
        self._codes: NDArray[np.int8] | None = codes
        if kept is not None and len(codes):
            self._compare  # noqa: B018 - made once from the codes, which are not needed any more
            self._codes = None

    @classmethod
    def of(cls, rows: Floats) -> PackedRows:
        """Pack them."""
        largest = np.abs(rows).max(axis=1, initial=0)
        steps = np.where(largest > 0, largest / LARGEST, 1).astype(np.float32)
        return cls(np.rint(rows / steps[:, None]).astype(np.int8), steps)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.steps)

    def products(self, vectors: Sequence[Floats]) -> Floats:
        """The product of each row and each vector: vector × row."""
        if not len(self):
            return np.zeros((len(vectors), 0), np.float32)
        given = np.stack(vectors)
        steps = np.maximum(np.abs(given).max(axis=1, keepdims=True), np.finfo(np.float32).tiny) / LARGEST
        whole = (np.rint(given / steps) + ZERO).astype(np.uint8)
        found: Floats = self._compare.run(None, {"vectors": whole})[0] * steps * self.steps
        return found

    @property
    def codes(self) -> NDArray[np.int8]:
        """The whole numbers of all rows, from the file if they are kept there."""
        if self._codes is not None:
            return self._codes
        assert self._kept is not None
        return self._kept.of(range(len(self)))

    def unpacked(self) -> Floats:
        """Return all rows as floats."""
        rows: Floats = self.codes * self.steps[:, None]
        return rows

    @cached_property
    def _compare(self) -> Any:
        """The graph that multiplies vectors by the rows."""
        rows = onnx_format.tensor("rows", np.ascontiguousarray(self.codes.T))
        zero = onnx_format.tensor("zero", np.array(ZERO, np.uint8))
        product = onnx_format.node("MatMulInteger", ["vectors", "rows", "zero"], ["products"], "", {})
        given = onnx_format.value("vectors", UINT8, ["vectors", self.width])
        result = onnx_format.value("products", INT32, ["vectors", len(self)])
        return open_session(onnx_format.model("rows", [product], [rows, zero], [given], [result], {"": 17}))
