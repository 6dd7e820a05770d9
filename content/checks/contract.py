"""The contract between code and content: messages and their values, labels, workouts of plans.

`contract.yaml` lists the messages and labels; a test keeps it in step with them. Without it the first person who is to
see a message would notice that it is missing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml
from jinja2 import meta, nodes
from jinja2.exceptions import TemplateError

from coach.planning.workouts import WORKOUTS
from content.rendering.messages import LABELS, SUFFIX, Messages, places
from content.schema.problems import Problem, shown
from content.understanding.vocabulary import is_missing

LISTED: Final = Path(__file__).with_name("contract.yaml")


@dataclass(frozen=True, slots=True)
class Needed:
    """Names, each with what may be filled in. `parts` are taken in by messages: the code does not ask for them."""

    messages: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    labels: Mapping[str, frozenset[str]]
    workouts: frozenset[str]


def listed(path: Path = LISTED) -> Needed:
    """Return what the code needs."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    messages, parts, labels = (
        {str(name): frozenset(values.split()) for name, values in read[kind].items()}
        for kind in ("messages", "parts", "labels")
    )
    return Needed(messages, parts, labels, frozenset(WORKOUTS))


def missing(needed: Needed, messages: Messages, workouts: Collection[str], root: Path) -> Iterator[Problem]:
    """List what English lacks; another language would fall back to it."""
    folder, own = messages.folder, messages.own_names()
    for name in sorted(needed.messages.keys() - own):
        yield Problem(shown(folder / (name + SUFFIX), root), 1, "is missing")
    lost = needed.labels.keys() - messages.labels.keys() if messages.lines is not None else ()
    for name in sorted(lost):  # a file that could not be read is one fault, not hundreds
        yield Problem(shown(folder / LABELS, root), 1, f"label '{name}' is missing")
    if (fault := is_missing(folder.parent / "understanding", root)) is not None:
        yield fault
    for name in sorted(needed.workouts - set(workouts)):
        yield Problem(shown(folder.parent / "workouts" / f"{name}.yaml", root), 1, "is missing: plans name it")


def unfilled(needed: Needed, messages: Messages, root: Path) -> Iterator[Problem]:
    """List values that a language expects and no code fills in."""
    lines = messages.lines or {}
    for name, text in messages.labels.items():
        found = places(text)
        if name in needed.labels and (found is None or not found <= needed.labels[name]):
            known = " ".join(f"{{{place}}}" for place in sorted(needed.labels[name])) or "nothing"
            said = f"label '{name}' can be filled in with {known} only"
            yield Problem(shown(messages.folder / LABELS, root), lines.get(name, 1), said)
    given = {**needed.messages, **needed.parts}
    for name in sorted(messages.own_names() & given.keys()):
        for line, value in _unknown(messages, name, given[name]):
            yield Problem(shown(messages.folder / (name + SUFFIX), root), line, f"unknown value '{value}'")


def _unknown(messages: Messages, name: str, known: frozenset[str]) -> list[tuple[int, str]]:
    """The values of a template that are neither given to it nor its own, each with its first line."""
    templates = messages.templates
    assert templates.loader is not None, "made with one"
    try:
        tree = templates.parse(templates.loader.get_source(templates, name + SUFFIX)[0])
        asked = meta.find_undeclared_variables(tree) - known - templates.globals.keys()
    except (TemplateError, UnicodeDecodeError):
        return []  # reported when it was read
    if not asked:
        return []
    lines: dict[str, int] = {}
    for node in tree.find_all(nodes.Name):
        if node.name in asked:
            lines[node.name] = min(node.lineno, lines.get(node.name, node.lineno))
    return sorted((line, value) for value, line in lines.items())
