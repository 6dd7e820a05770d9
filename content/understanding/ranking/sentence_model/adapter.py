"""The adapter: what was learned from our texts on top of the packaged sentence model, a small sum for each matrix.

`adapter.npz` has for each matrix, under the name of its bias, two narrow matrices `….down` and `….up`: their product is
added to the packaged weights. How it is made stands in `training.adapter`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.kept_arrays import DAMAGE

FILE: Final = Path(__file__).with_name("adapter.npz")
DOWN: Final = ".down"
UP: Final = ".up"
LARGEST: Final = 127  # of a whole number of eight bits

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Adapter:
    """Sums to add to the matrices of the model, and a digest that names them."""

    sums: dict[str, tuple[Floats, Floats]]  # by the name of the bias: inputs × rank, rank × outputs
    digest: str

    def added(self, bias: str, matrix: NDArray[Any], scale: Floats) -> tuple[NDArray[Any], Floats]:
        """Return the whole numbers and the scale of each column, with what was learned added."""
        if bias not in self.sums:
            return matrix, scale
        down, up = self.sums[bias]
        weights = matrix.astype(np.float32) * scale + down @ up
        scale = np.abs(weights).max(axis=0) / LARGEST
        return np.rint(weights / scale).astype(matrix.dtype), scale.astype(np.float32)


def read(path: Path = FILE) -> Adapter:
    """Read an adapter; without a file the packaged model stays as it is. Raises ValueError for a damaged one."""
    if not path.is_file():
        return Adapter({}, "")
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            names = [name.removesuffix(DOWN) for name in kept.files if name.endswith(DOWN)]
            sums = {name: (kept[name + DOWN].astype(np.float32), kept[name + UP].astype(np.float32)) for name in names}
    except DAMAGE as damage:
        raise ValueError(f"{path.name} is damaged: {damage}") from None
    return Adapter(sums, hashlib.sha256(path.read_bytes()).hexdigest()[:16])


def write(path: Path, sums: Mapping[str, tuple[Floats, Floats]]) -> None:
    """Write an adapter, in half precision."""
    halves = [(DOWN, 0), (UP, 1)]
    arrays = {name + part: sums[name][place].astype(np.float16) for name in sorted(sums) for part, place in halves}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # takes a flag of its own by name, none of them
