"""Derive `update_types.json`: every type that an update of the Bot API can hold, without prose.

Run by hand when Telegram publishes a new version, with the machine-readable copy of its documentation:

    python -m tests.support.derive_updates bot-api-10.1.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from telegram_local.api.derive_schema import PLAIN, fields_of


def derive(published: dict[str, Any]) -> dict[str, Any]:
    """Return the types that Update reaches: name → {"one_of"} or {"fields": name → [types, required]}."""
    types: dict[str, Any] = {}
    waiting = ["Update"]
    while waiting:
        name = waiting.pop()
        while name.startswith("Array of "):
            name = name.removeprefix("Array of ")
        if name in PLAIN or name in types or name not in published["types"]:
            continue
        node = published["types"][name]
        if node.get("subtypes"):
            types[name] = {"one_of": node["subtypes"]}
            waiting += node["subtypes"]
        else:
            types[name] = {"fields": fields_of(node)}
            waiting += [inner for names, _ in types[name]["fields"].values() for inner in names]
    return {"version": published["version"], "types": dict(sorted(types.items()))}


if __name__ == "__main__":
    derived = derive(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    target = Path(__file__).with_name("update_types.json")
    target.write_text(json.dumps(derived, separators=(",", ":")) + "\n", encoding="utf-8")
