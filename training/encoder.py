"""The sentence model with its adapter, forwards and backwards, in numpy: what is learned is the adapter alone.

The layers are those of `content.understanding.ranking.sentence_model.model`. Gradients go through the packaged weights
and stop there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.sentence_model import onnx_format
from content.understanding.ranking.sentence_model.model import HEADS, LAYERS, SIZE, matrices_by_bias
from training.activations import (
    Floats,
    Norm,
    attention,
    attention_back,
    gelu,
    gelu_back,
    normalized,
    normalized_back,
)

RANK: Final = 16
SCALE: Final = np.float32(2)  # by which what is learned counts
EMBEDDINGS: Final = "inner.embeddings."
QKV: Final = ("query", "key", "value")


@dataclass(slots=True)
class Linear:
    """A matrix of the package, its bias, and the two narrow matrices that are learned beside it."""

    packaged: Floats
    bias: Floats
    down: Floats
    up: Floats
    weights: Floats = field(init=False)  # all together
    down_slope: Floats = field(init=False)
    up_slope: Floats = field(init=False)
    given: Floats = field(init=False)

    def refresh(self) -> None:
        """Add what was learned to the package's weights."""
        self.weights = self.packaged + SCALE * (self.down @ self.up)

    def forward(self, given: Floats) -> Floats:
        """Rows × inputs in, rows × outputs out."""
        self.given = given
        return given @ self.weights + self.bias

    def learned(self, share: float = 1.0) -> tuple[Floats, Floats]:
        """Return both narrow matrices, whose product is what was learned, or that share of it."""
        return self.down, np.float32(share) * SCALE * self.up

    def backward(self, slope: Floats) -> Floats:
        """Keep the slopes of both narrow matrices; return that of what was given."""
        self.down_slope = SCALE * (self.given.T @ (slope @ self.up.T))
        narrow: Floats = self.given @ self.down
        self.up_slope = SCALE * (narrow.T @ slope)
        return slope @ self.weights.T


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of one task: token numbers, text × place, and which places are no padding."""

    ids: NDArray[np.int64]
    real: NDArray[np.bool_]
    label: NDArray[np.int64]
    task: str

    @classmethod
    def of(cls, task: str, texts: Sequence[Sequence[int]], label: Sequence[int]) -> Batch:
        """Pad the texts to the longest."""
        ids = np.zeros((len(texts), max(map(len, texts))), np.int64)
        real = np.zeros(ids.shape, np.bool_)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = text
            real[row, : len(text)] = True
        return cls(ids, real, np.asarray(label), task)


class Encoder:
    """The model, texts in and unit vectors out; `backward` turns slopes of the vectors into those of the adapter."""

    def __init__(self, packaged: Path, chance: np.random.Generator) -> None:
        """Read the packaged weights. Raises KeyError where the package holds others than are known here."""
        nodes, weights = onnx_format.read(packaged.read_bytes())
        self.linear: dict[str, Linear] = {}
        for bias, name in matrices_by_bias(nodes, weights).items():
            whole = (weights[f"{name}_q"].astype(np.float32) * weights[f"{name}_scale"]).astype(np.float32)
            down = chance.normal(0, whole.shape[0] ** -0.5, (whole.shape[0], RANK)).astype(np.float32)
            up = np.zeros((RANK, whole.shape[1]), np.float32)
            self.linear[bias] = Linear(whole, weights[bias].astype(np.float32), down, up)
        word = f"{EMBEDDINGS}word_embeddings.weight"
        place = f"{EMBEDDINGS}position_embeddings.weight"
        scale = weights[f"{word}_scale"].reshape(-1, 1).astype(np.float32)
        self._words: Floats = weights[f"{word}_q"].astype(np.float32) * scale
        self._places: Floats = weights[f"{place}_q"].astype(np.float32) * weights[f"{place}_scale"].astype(np.float32)
        self._places = self._places + weights[f"{EMBEDDINGS}token_type_embeddings.weight"][0]
        self._norms = {
            name.removesuffix(".weight"): (weights[name], weights[f"{name.removesuffix('.weight')}.bias"])
            for name in weights
            if name.endswith("LayerNorm.weight")
        }
        self.refresh()

    def refresh(self) -> None:
        """Take the learned matrices into account, after each step."""
        for each in self.linear.values():
            each.refresh()

    def forward(self, batch: Batch) -> Floats:
        """Text × 384, of length 1."""
        texts, places = batch.ids.shape
        rows = (self._words[batch.ids] + self._places[:places]).reshape(-1, SIZE)
        x = normalized(rows, *self._norms[f"{EMBEDDINGS}LayerNorm"]).result
        self._steps = []
        for layer in range(LAYERS):
            x = self._layer(x, layer, batch, (texts, places))
        share = batch.real / batch.real.sum(axis=1, keepdims=True)
        mean: Floats = np.einsum("bt,btd->bd", share.astype(np.float32), x.reshape(texts, places, SIZE))
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        self._end = (share.astype(np.float32), mean / length, length)
        return self._end[1]

    def backward(self, slope: Floats) -> None:
        """Leave the slopes of the adapter in `linear`."""
        share, vectors, length = self._end
        slope = (slope - vectors * np.sum(slope * vectors, axis=1, keepdims=True)) / length
        rows = (share[:, :, None] * slope[:, None, :]).reshape(-1, SIZE)
        for layer in reversed(range(LAYERS)):
            rows = self._layer_back(rows, layer)

    def _layer(self, x: Floats, layer: int, batch: Batch, shape: tuple[int, int]) -> Floats:
        at = f"inner.encoder.layer.{layer}."
        three = [self._heads(self.linear[f"{at}attention.self.{part}.bias"].forward(x), shape) for part in QKV]
        looked, likely = attention(three, batch.real)
        out = self.linear[f"{at}attention.output.dense.bias"].forward(self._rows(looked))
        seen = normalized(out + x, *self._norms[f"{at}attention.output.LayerNorm"])
        wide = self.linear[f"{at}intermediate.dense.bias"].forward(seen.result)
        bent, slope = gelu(wide)
        narrow = self.linear[f"{at}output.dense.bias"].forward(bent)
        done = normalized(narrow + seen.result, *self._norms[f"{at}output.LayerNorm"])
        self._steps.append((three, likely, seen, slope, done, shape))
        return done.result

    def _layer_back(self, slope: Floats, layer: int) -> Floats:
        at = f"inner.encoder.layer.{layer}."
        three, likely, seen, bend, done, shape = self._steps[layer]
        slope = normalized_back(slope, done)
        bent = self.linear[f"{at}output.dense.bias"].backward(slope)
        slope = slope + self.linear[f"{at}intermediate.dense.bias"].backward(gelu_back(bent, bend))
        slope = normalized_back(slope, seen)
        looked = self._heads(self.linear[f"{at}attention.output.dense.bias"].backward(slope), shape)
        parts = attention_back(looked, three, likely)
        for part, each in zip(QKV, parts, strict=True):
            slope = slope + self.linear[f"{at}attention.self.{part}.bias"].backward(self._rows(each))
        return slope

    @staticmethod
    def _heads(rows: Floats, shape: tuple[int, int]) -> Floats:
        """Text × head × place × 32."""
        return rows.reshape(*shape, HEADS, SIZE // HEADS).transpose(0, 2, 1, 3)

    @staticmethod
    def _rows(heads: Floats) -> Floats:
        return heads.transpose(0, 2, 1, 3).reshape(-1, SIZE)

    _steps: list[tuple[list[Floats], Floats, Norm, Floats, Norm, tuple[int, int]]]
    _end: tuple[Floats, Floats, Floats]
