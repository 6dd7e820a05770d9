"""The sentence model as it is computed: a graph of our own around the weights that its package brings.

The package keeps its weights as whole numbers, yet its graph turns them into floats first, and computes with 42 MB of
them: reading so much takes most of a question's time. This graph multiplies whole numbers, takes words as whole
numbers, and joins the steps of a layer: twice as fast, a third of the memory, vectors alike to 0.99 (cosine).
"""

from __future__ import annotations

from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from content.understanding.ranking.file_rows import FileRows
from content.understanding.ranking.sentence_model import onnx_format
from content.understanding.ranking.sentence_model.adapter import Adapter
from content.understanding.ranking.sentence_model.onnx_format import FLOAT, INT8, INT64, Attribute, Node

VECTORS: Final = "2"  # raise it when the graph gives other vectors
FORMAT: Final = "3"  # raise it when anything in the graph changes
LAYERS: Final = 6
HEADS: Final = 12
SIZE: Final = 384
EPSILON: Final = 1e-12
FUSED: Final = "com.microsoft"  # the runtime's own operators, which join several steps
_EMBEDDINGS: Final = "inner.embeddings."
_WORDS: Final = f"{_EMBEDDINGS}word_embeddings.weight"


def build(packaged: Path, longest: int, adapter: Adapter) -> bytes:
    """Return the model for one text of up to `longest` tokens: `vector` (1 × 384) of `ids` and `words`.

    `ids` are the numbers of the tokens (1 × tokens), `words` their rows of whole numbers (1 × tokens × 384), which
    `word_rows` has.

    Raises KeyError where the package holds other weights than are known here, ValueError where it holds no model.
    """
    nodes, weights = onnx_format.read(packaged.read_bytes())
    graph = _Graph(weights, matrices_by_bias(nodes, weights), adapter)
    _embed(graph, longest)
    for layer in range(LAYERS):
        _encode(graph, layer)
    graph.add("ReduceMean", [f"x{LAYERS}"], "vector", axes=[1], keepdims=0)
    return graph.serialized()


def word_rows(packaged: Path) -> FileRows:
    """Return the rows of words in the package's file: half of the model, of which a text takes a few kilobytes.

    Raises KeyError, ValueError and OSError.
    """
    with packaged.open("rb") as file:
        mapped = np.frombuffer(mmap(file.fileno(), 0, access=ACCESS_READ), np.uint8)
    table = onnx_format.read(mapped.data)[1][f"{_WORDS}_q"]
    return FileRows(packaged, int(table.ctypes.data) - int(mapped.ctypes.data), SIZE, table.dtype)


class _Graph:
    """Nodes and constants under construction."""

    def __init__(self, weights: dict[str, NDArray[Any]], matrices: dict[str, str], adapter: Adapter) -> None:
        """`matrices`: the name of the matrix that each bias belongs to."""
        self.weights = weights
        self._matrices = matrices
        self._adapter = adapter
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Keep an array; return its name."""
        self._constants.append(onnx_format.tensor(name, value))
        return name

    def add(self, operator: str, given: Sequence[str], *results: str, domain: str = "", **attributes: Attribute) -> str:
        """Add a step; return the name of its first result."""
        self._nodes.append(onnx_format.node(operator, given, results, domain, attributes))
        return results[0]

    def linear(self, given: str, biases: Sequence[str], result: str) -> str:
        """Multiply by the matrices of these biases, side by side, in whole numbers; add the biases."""
        adapted = [self._adapted(bias) for bias in biases]
        matrix = np.concatenate([whole for whole, _ in adapted], axis=1)
        scale = np.concatenate([each for _, each in adapted])
        bias = np.concatenate([self.weights[bias] for bias in biases])
        parts = [self.constant(f"{result}.{part}", value) for part, value in
                 (("matrix", matrix), ("scale", scale), ("bias", bias))]  # fmt: skip
        inputs = [given, parts[0], parts[1], "", parts[2]]  # the fourth is a zero point, and ours is zero
        return self.add("DynamicQuantizeMatMul", inputs, result, domain=FUSED)

    def _adapted(self, bias: str) -> tuple[NDArray[Any], NDArray[np.float32]]:
        """Return the whole numbers and scales of the matrix before a bias."""
        name = self._matrices[bias]
        scale = self.weights[f"{name}_scale"][0].astype(np.float32)
        return self._adapter.added(bias, self.weights[f"{name}_q"], scale)

    def normalized_sum(self, one: str, other: str, norm: str, result: str) -> str:
        """Add two rows and normalize the sum by the layer's weights.

        In two steps: the runtime's operator that joins them takes three times as long.
        """
        by = [self.constant(f"{result}.{part}", self.weights[f"{norm}.{part}"]) for part in ("weight", "bias")]
        summed = self.add("Add", [one, other], f"{result}.sum")
        return self.add("LayerNormalization", [summed, *by], result, axis=-1, epsilon=EPSILON)

    def serialized(self) -> bytes:
        """Return the whole model."""
        given = [
            onnx_format.value("ids", INT64, [1, "tokens"]),
            onnx_format.value("words", INT8, [1, "tokens", SIZE]),
        ]
        result = onnx_format.value("vector", FLOAT, [1, SIZE])
        return onnx_format.model("meaning", self._nodes, self._constants, given, [result], {"": 17, FUSED: 1})


def matrices_by_bias(nodes: Sequence[Node], weights: dict[str, NDArray[Any]]) -> dict[str, str]:
    """Return the name of the matrix before each bias: the biases have telling names, the matrices have numbers."""
    products = {node.outputs[0]: node.inputs[1] for node in nodes if node.operator == "MatMul"}
    return {
        bias: products[product]
        for product, bias in (node.inputs for node in nodes if node.operator == "Add")
        if bias in weights and product in products
    }


def _embed(graph: _Graph, longest: int) -> None:
    """Each token's own row, its place's row and the row of a first sentence, summed and normalized."""
    weights = graph.weights
    scales = graph.constant("words.scale", weights[f"{_WORDS}_scale"])
    place = f"{_EMBEDDINGS}position_embeddings.weight"
    places = (weights[f"{place}_q"].astype(np.float32) * weights[f"{place}_scale"])[:longest]
    sentence = weights[f"{_EMBEDDINGS}token_type_embeddings.weight"][0]
    all_places = graph.constant("places", (places + sentence)[None].astype(np.float32))
    whole = graph.add("Cast", ["words"], "words.float", to=FLOAT)
    own = graph.add("Mul", [whole, graph.add("Gather", [scales, "ids"], "words.scales")], "words.own")
    length = graph.add("Shape", ["ids"], "length", start=1)
    bounds = [graph.constant("first", np.array([0])), length, graph.constant("along", np.array([1]))]
    theirs = graph.add("Slice", [all_places, *bounds], "places.used")
    graph.normalized_sum(own, theirs, f"{_EMBEDDINGS}LayerNorm", "x0")


def _encode(graph: _Graph, layer: int) -> None:
    """One layer: every token looks at all others, then at itself."""
    given, at = f"x{layer}", f"inner.encoder.layer.{layer}."
    parts = [f"{at}attention.self.{part}.bias" for part in ("query", "key", "value")]
    together = graph.linear(given, parts, f"{given}.parts")
    three = [f"{given}.{part}" for part in ("query", "key", "value")]
    graph.add("Split", [together], *three, axis=-1)
    looked = graph.add("MultiHeadAttention", three, f"{given}.looked", domain=FUSED, num_heads=HEADS)
    out = graph.linear(looked, [f"{at}attention.output.dense.bias"], f"{given}.out")
    seen = graph.normalized_sum(out, given, f"{at}attention.output.LayerNorm", f"{given}.seen")
    wide = graph.linear(seen, [f"{at}intermediate.dense.bias"], f"{given}.wide")
    bent = graph.add("Gelu", [wide], f"{given}.bent", domain=FUSED)
    narrow = graph.linear(bent, [f"{at}output.dense.bias"], f"{given}.narrow")
    graph.normalized_sum(narrow, seen, f"{at}output.LayerNorm", f"x{layer + 1}")
