"""The file format of models: ONNX's own package reads what is written, and writes the same; nonsense is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import load_external_data_for_tensor, uses_external_data

from content.understanding.ranking.sentence_model import adapter, encoder, model, onnx_format
from content.understanding.ranking.sentence_model.onnx_format import Node

PACKAGED = encoder._file(*encoder.MODEL)
NAMES = st.text(max_size=5)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
ATTRIBUTES = st.dictionaries(
    st.text("abc", min_size=1, max_size=3),
    NUMBERS | st.floats(width=32, allow_nan=False) | st.lists(NUMBERS, min_size=1, max_size=3),
    max_size=3,
)
KINDS: list[np.dtype[Any]] = [np.dtype("<f4"), np.dtype("i1"), np.dtype("<i8")]
TENSORS: st.SearchStrategy[NDArray[Any]] = arrays.arrays(
    st.sampled_from(KINDS), arrays.array_shapes(min_dims=0, min_side=0)
)


def test_the_graph_of_ours_is_a_sound_model() -> None:
    built = onnx.load_model_from_string(model.build(PACKAGED, encoder.MAX_TOKENS, adapter.read()))
    own = [node.op_type for node in built.graph.node if not node.domain]
    assert {node.domain for node in built.graph.node} == {"", model.FUSED}
    assert own.count("Split") == model.LAYERS
    onnx.checker.check_model(built)


def test_the_packaged_model_is_read_as_its_own_package_reads_it() -> None:
    theirs = onnx.load(str(PACKAGED)).graph
    nodes, constants = onnx_format.read(PACKAGED.read_bytes())
    assert nodes == [Node(node.op_type, tuple(node.input), tuple(node.output)) for node in theirs.node]
    assert list(constants) == [kept.name for kept in theirs.initializer]
    for kept in theirs.initializer:
        np.testing.assert_array_equal(constants[kept.name], numpy_helper.to_array(kept), strict=True)


@given(name=st.text(min_size=1, max_size=5), value=TENSORS)
def test_constants_are_written_as_the_package_writes_them(name: str, value: NDArray[Any]) -> None:
    written = onnx_format.tensor(name, value)
    assert written == numpy_helper.from_array(value, name).SerializeToString()
    whole = onnx_format.model("x", [], [written], [], [], {})
    np.testing.assert_array_equal(onnx_format.read(whole)[1][name], value, strict=True)


@given(inputs=st.lists(NAMES, max_size=3), outputs=st.lists(NAMES, max_size=3), attributes=ATTRIBUTES)
def test_steps_are_written_as_the_package_writes_them(
    inputs: list[str], outputs: list[str], attributes: dict[str, Any]
) -> None:
    written = onnx_format.node("Gelu", inputs, outputs, model.FUSED, attributes)
    made = helper.make_node("Gelu", inputs, outputs, domain=model.FUSED, **attributes)
    assert onnx.NodeProto.FromString(written) == made


def test_a_whole_model_is_written_as_the_package_writes_it() -> None:
    written = onnx_format.model(
        "sums",
        [onnx_format.node("Add", ["a", "one"], ["b"], "", {})],
        [onnx_format.tensor("one", np.ones(300, np.float32))],
        [onnx_format.value("a", onnx_format.FLOAT, ["many", 300])],
        [onnx_format.value("b", onnx_format.FLOAT, ["many", 300])],
        {"": 17},
    )
    read = onnx.load_model_from_string(written)
    onnx.checker.check_model(read, full_check=True)
    shape: list[str | int | None] = ["many", 300]
    graph = helper.make_graph(
        [helper.make_node("Add", ["a", "one"], ["b"], domain="")],
        "sums",
        [helper.make_tensor_value_info("a", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("b", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(np.ones(300, np.float32), "one")],
    )
    assert read.graph == graph


@given(st.binary(max_size=40))
def test_nonsense_is_refused_or_holds_nothing(nonsense: bytes) -> None:
    try:
        _, constants = onnx_format.read(nonsense)
    except ValueError:
        return
    assert all(constant.size == 0 for constant in constants.values())


@pytest.mark.parametrize("length", [1, 100, 100_000])
def test_a_file_that_was_cut_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="ONNX"):
        onnx_format.read(PACKAGED.read_bytes()[:length])


def test_a_constant_in_a_file_is_written_as_the_package_reads_it(tmp_path: Path) -> None:
    value = np.arange(6, dtype=np.int8).reshape(2, 3)
    (tmp_path / "kept").write_bytes(b"before" + value.tobytes() + b"after")
    read = TensorProto.FromString(onnx_format.tensor_in_file("x", onnx_format.INT8, (2, 3), "kept", 6, 6))
    assert uses_external_data(read)
    load_external_data_for_tensor(read, str(tmp_path))
    assert read.name == "x"
    np.testing.assert_array_equal(numpy_helper.to_array(read), value, strict=True)
