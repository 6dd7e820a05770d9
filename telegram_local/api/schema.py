"""Check calls against the published method list: unknown or missing parameters and wrong JSON types are reported.

A call arrives as text (query, form) or as JSON. `decode` gives the parameters their documented types, so that a
test reads `call.params["reply_markup"]["inline_keyboard"]`, and lists what the documentation does not allow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    file_name: str
    content_type: str
    data: bytes


@cache
def published() -> Json:
    """The derived part of the published Bot API (see `derive_schema.py`)."""
    loaded: Json = json.loads(Path(__file__).with_name("bot_api.json").read_text(encoding="utf-8"))
    return loaded


def decode(method: str, raw: Mapping[str, Any]) -> tuple[Json, list[str]]:
    """The parameters of `method` in their documented types, and what is wrong with them (empty when all is well)."""
    fields: dict[str, tuple[list[str], bool]] = published()["methods"].get(method, {})
    params: Json = {}
    faults: list[str] = []
    for name, value in raw.items():
        if name not in fields:
            # attach://name points at a further part of the request, which carries a file and no documented name
            if not isinstance(value, Upload):
                faults.append(f"{method}: unknown parameter {name}")
            params[name] = value
            continue
        params[name] = _typed(value, fields[name][0])
        faults += [f"{method}: {fault}" for fault in mismatches(params[name], fields[name][0], name)]
    faults += [
        f"{method}: missing parameter {name}" for name, (_, needed) in fields.items() if needed and name not in raw
    ]
    return params, faults


def _typed(value: Any, types: list[str]) -> Any:
    """Text from a form as the JSON value it stands for; what cannot be read stays as it came."""
    if not isinstance(value, str):
        return value
    if "Integer" in types and value.removeprefix("-").isdecimal():
        return int(value)
    if "String" in types:
        return value
    if types == ["Boolean"] and value.lower() in {"true", "false", "1", "0"}:
        return value.lower() in {"true", "1"}
    try:
        return json.loads(value)
    except ValueError:
        return value


def mismatches(value: Any, types: list[str], where: str) -> list[str]:
    """Reasons why `value` is none of `types`; empty when it is one of them."""
    closest: list[str] | None = None
    for kind in types:
        faults = _against(value, kind, where)
        if not faults:
            return []
        if closest is None or len(faults) < len(closest):
            closest = faults
    return closest or []


def _against(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where} must be {kind}"]
        inner = kind.removeprefix("Array of ")
        return [fault for index, item in enumerate(value) for fault in _against(item, inner, f"{where}[{index}]")]
    plain = _plain(value, kind)
    if plain is not None:
        return [] if plain else [f"{where} must be {kind}, not {type(value).__name__}"]
    return _against_object(value, kind, where)


def _plain(value: Any, kind: str) -> bool | None:
    """Say whether a value is of a plain kind; None where `kind` is an object."""
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "Boolean" | "True":
            return isinstance(value, bool)
        case "InputFile":
            return isinstance(value, Upload)
    return None


def _against_object(value: Any, kind: str, where: str) -> list[str]:
    # a type left out of the derived list is one that no parameter of a served method can carry
    node = published()["types"].get(kind, {"fields": {}})
    if not isinstance(value, dict):
        return [f"{where} must be {kind}, not {type(value).__name__}"]
    if "one_of" in node:
        return mismatches(value, node["one_of"], where)
    fields: dict[str, tuple[list[str], bool]] = node["fields"]
    faults = [f"{where}: unknown field {name} of {kind}" for name in value if name not in fields]
    needed = [name for name, (_, always) in fields.items() if always]
    faults += [f"{where}: missing field {name} of {kind}" for name in needed if name not in value]
    for name, inner in value.items():
        if name in fields:
            faults += mismatches(inner, fields[name][0], f"{where}.{name}")
    return faults
