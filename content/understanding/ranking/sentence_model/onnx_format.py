"""As much of ONNX's file format (protocol buffers, onnx.proto) as reading weights and writing a graph of our own takes.

The package `onnx` does all of it, in 40 MB with what it needs; running takes it for nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Attribute: TypeAlias = int | float | Sequence[int]

FLOAT, UINT8, INT8, INT32, INT64 = 1, 2, 3, 6, 7  # onnx.TensorProto.DataType
IR_VERSION: Final = 8
_TYPES: Final[dict[int, np.dtype[Any]]] = {
    FLOAT: np.dtype("<f4"),
    UINT8: np.dtype("u1"),
    INT8: np.dtype("i1"),
    INT64: np.dtype("<i8"),
    9: np.dtype("?"),
}
_NUMBERS: Final = {dtype: number for number, dtype in _TYPES.items()}
_IS_FLOAT, _IS_INT, _IS_INTS = 1, 2, 7  # onnx.AttributeProto.AttributeType
_EXTERNAL: Final = 1  # onnx.TensorProto.DataLocation
_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5  # wire types


@dataclass(frozen=True, slots=True)
class Node:
    """A step of a graph."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def read(model: bytes | memoryview) -> tuple[list[Node], dict[str, NDArray[Any]]]:
    """Return the steps and the constants of a model, by name. Raises ValueError where it is none, or of other types."""
    nodes: list[Node] = []
    constants: dict[str, NDArray[Any]] = {}
    for graph in _parts(memoryview(model), 7):
        nodes += [_node(part) for part in _parts(graph, 1)]
        constants |= (_tensor(part) for part in _parts(graph, 5))
    return nodes, constants


def tensor(name: str, value: NDArray[Any]) -> bytes:
    """Return a constant."""
    sizes = b"".join(_number(1, size) for size in value.shape)
    value = np.ascontiguousarray(value)
    return sizes + _number(2, _NUMBERS[value.dtype]) + _text(8, name) + _bytes(9, value.tobytes())


def tensor_in_file(name: str, element: int, shape: Sequence[int], file: str, start: int, size: int) -> bytes:
    """Return a constant whose `size` bytes stand in a file, in the folder that the session is told."""
    told = {"location": file, "offset": str(start), "length": str(size)}
    entries = [_bytes(13, _text(1, key) + _text(2, value)) for key, value in told.items()]
    sizes = [_number(1, size) for size in shape]
    return b"".join([*sizes, _number(2, element), _text(8, name), *entries, _number(14, _EXTERNAL)])


def node(
    operator: str, inputs: Sequence[str], outputs: Sequence[str], domain: str, attributes: Mapping[str, Attribute]
) -> bytes:
    """Return a step."""
    names = [_text(1, name) for name in inputs] + [_text(2, name) for name in outputs]
    given = [_bytes(5, _attribute(name, attributes[name])) for name in sorted(attributes)]
    return b"".join([*names, _text(4, operator), *given, _text(7, domain)])


def value(name: str, element: int, shape: Sequence[int | str]) -> bytes:
    """Return what goes in or comes out; a size is a number, or a name where it varies."""
    sizes = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape)
    shaped = _number(1, element) + _bytes(2, b"".join(_bytes(1, size) for size in sizes))
    return _text(1, name) + _bytes(2, _bytes(1, shaped))


def model(
    name: str,
    nodes: Sequence[bytes],
    constants: Sequence[bytes],
    inputs: Sequence[bytes],
    outputs: Sequence[bytes],
    operators: Mapping[str, int],
) -> bytes:
    """Return the whole model; `operators` are the versions of the sets it uses, by domain."""
    groups = ((1, nodes), (2, [name.encode()]), (5, constants), (11, inputs), (12, outputs))
    graph = b"".join(_bytes(number, part) for number, parts in groups for part in parts)
    sets = b"".join(_bytes(8, _text(1, domain) + _number(2, version)) for domain, version in operators.items())
    return _number(1, IR_VERSION) + _bytes(7, graph) + sets


def _attribute(name: str, given: Attribute) -> bytes:
    match given:
        case int():
            return _text(1, name) + _number(3, given) + _number(20, _IS_INT)
        case float():
            return _text(1, name) + _tag(2, _FIXED32) + struct.pack("<f", given) + _number(20, _IS_FLOAT)
    return _text(1, name) + b"".join(_number(8, each) for each in given) + _number(20, _IS_INTS)


def _tag(number: int, wire: int) -> bytes:
    return _varint(number << 3 | wire)


def _number(number: int, given: int) -> bytes:
    return _tag(number, _VARINT) + _varint(given & 0xFFFF_FFFF_FFFF_FFFF)


def _text(number: int, given: str) -> bytes:
    return _bytes(number, given.encode())


def _bytes(number: int, given: bytes) -> bytes:
    return _tag(number, _LENGTH) + _varint(len(given)) + given


def _varint(given: int) -> bytes:
    """Seven bits a byte, the lowest first; the eighth says that more follow."""
    found = bytearray()
    while given > 0x7F:
        found.append(given & 0x7F | 0x80)
        given >>= 7
    return bytes([*found, given])


def _node(part: memoryview) -> Node:
    inputs, outputs, operator = ([str(text, "utf-8") for text in _parts(part, number)] for number in (1, 2, 4))
    return Node("".join(operator), tuple(inputs), tuple(outputs))


def _tensor(part: memoryview) -> tuple[str, NDArray[Any]]:
    shape: list[int] = []
    element, name, raw = 0, "", memoryview(b"")
    for number, found in _fields(part):
        match number, found:
            case 1, int():
                shape.append(found)
            case 1, memoryview():  # packed
                shape += _varints(found)
            case 2, int():
                element = found
            case 8, memoryview():
                name = str(found, "utf-8")
            case 9, memoryview():
                raw = found
    if element not in _TYPES:
        raise ValueError(f"the constant {name} is of a type that is not known here: {element}")
    return name, np.frombuffer(raw, _TYPES[element]).reshape(shape)


def _parts(message: memoryview, wanted: int) -> Iterator[memoryview]:
    """Yield the parts of this number."""
    for number, found in _fields(message):
        if number == wanted and isinstance(found, memoryview):
            yield found


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield the number and the value of each field. Raises ValueError where these are no fields."""
    at = 0
    while at < len(message):
        key, at = _varint_at(message, at)
        length = {_FIXED64: 8, _FIXED32: 4}.get(key & 7, 0)
        match key & 7:
            case 0:
                found, at = _varint_at(message, at)
                yield key >> 3, found
                continue
            case 2:
                length, at = _varint_at(message, at)
            case 1 | 5:
                pass
            case _:
                raise ValueError("no model of ONNX")
        if at + length > len(message):
            raise ValueError("a model of ONNX that ends too soon")
        yield key >> 3, message[at : at + length]
        at += length


def _varints(packed: memoryview) -> Iterator[int]:
    at = 0
    while at < len(packed):
        found, at = _varint_at(packed, at)
        yield found


def _varint_at(message: memoryview, at: int) -> tuple[int, int]:
    """Return the number that begins there, and where the next begins."""
    found = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            raise ValueError("a model of ONNX that ends too soon")
        found |= (message[at] & 0x7F) << shift
        at += 1
        if message[at - 1] < 0x80:
            return found, at
    raise ValueError("no model of ONNX")
