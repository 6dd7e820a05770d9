"""Derive `content/checks/contract.yaml`: the messages and labels of the English content, and what is filled into them.

That each is named by the code, and no other is, are tests of their own. Run by hand after one of them has changed:

    python -m tests.support.derive_contract
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml
from jinja2 import meta, nodes

from content.checks.contract import LISTED
from content.library import load
from content.rendering.messages import SUFFIX, Messages, places

_ABOUT: Final = "# What the code needs of the content. Made by tests/support/derive_contract.py: do not edit it.\n"


def derived(root: Path) -> str:
    """Return the list as YAML."""
    messages = load(root).language(None).messages
    wholes: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    for name in messages.names():
        given = _values(messages, name + SUFFIX)
        if _is_part(name):
            parts[name] = parts.get(name, set()) | given
        else:
            wholes[name] = given
            for part in filter(_is_part, _taken_in(messages, name + SUFFIX)):
                parts[part] = parts.get(part, set()) | given
    labels = {name: {place for place in places(text) or () if place} for name, text in messages.labels.items()}
    lists = {"messages": wholes, "parts": parts, "labels": labels}
    shown = {kind: {name: " ".join(sorted(values)) for name, values in found.items()} for kind, found in lists.items()}
    written: str = yaml.safe_dump(shown, sort_keys=True, width=120)
    return _ABOUT + written


def _is_part(name: str) -> bool:
    return name.rpartition("/")[2].startswith("_")


def _tree(messages: Messages, file: str) -> nodes.Template:
    assert messages.templates.loader is not None
    return messages.templates.parse(messages.templates.loader.get_source(messages.templates, file)[0])


def _taken_in(messages: Messages, file: str) -> set[str]:
    """The names of all templates that one includes, and they in turn."""
    files = {name for name in meta.find_referenced_templates(_tree(messages, file)) if name is not None}
    return {name.removesuffix(SUFFIX) for name in files}.union(*(_taken_in(messages, name) for name in files))


def _values(messages: Messages, file: str) -> set[str]:
    """Values that a template is given: those it asks for itself, and those that what it includes asks for."""
    files = [file, *(name + SUFFIX for name in _taken_in(messages, file))]
    asked = [meta.find_undeclared_variables(_tree(messages, each)) for each in files]
    return set().union(*asked) - messages.templates.globals.keys()


if __name__ == "__main__":
    LISTED.write_text(derived(LISTED.parents[1]), encoding="utf-8")
