"""Reading files that people write by hand: YAML with line numbers, and every mistake reported instead of the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from content.schema.problems import Problem, shown

_FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LOADER: Final[Any] = type("Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})


def _or_text(construct: Callable[[Any, yaml.Node], object]) -> Callable[[Any, yaml.Node], object]:
    """Keep as text what looks like a date or a number and is none, 2026-13-45: the reader of the field reports it."""

    def constructed(loader: Any, node: yaml.Node) -> object:
        try:
            return construct(loader, node)
        except (ValueError, ArithmeticError, LookupError, AttributeError):
            return str(node.value)

    return constructed


for _kind in ("timestamp", "int", "float"):
    _made = getattr(yaml.constructor.SafeConstructor, f"construct_yaml_{_kind}")
    _LOADER.add_constructor(f"tag:yaml.org,2002:{_kind}", _or_text(_made))


@dataclass(slots=True)
class Fields:
    """A YAML mapping, the line of each key, and the list that faults are added to."""

    file: str
    values: dict[str, object]
    lines: dict[str, int]
    faults: list[Problem]
    first_line: int = 1
    nodes: dict[str, yaml.Node] = field(default_factory=dict)
    offset: int = 0
    used: set[str] = field(default_factory=set)

    def line(self, key: str) -> int:
        """Return the line of a key, or of the mapping's start if it is missing."""
        return self.lines.get(key, self.first_line)

    def fault(self, key: str, text: str) -> None:
        """Report a mistake at the line of a key."""
        self.faults.append(Problem(self.file, self.line(key), text))

    def text(self, key: str, *, required: bool = True) -> str:
        """A non-empty string; a number counts, as people write `year: 2022`."""
        value = self._take(key, required=required)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not str(value).strip():
            self.fault(key, f"'{key}' should be a line of text")
            return ""
        return str(value).strip()

    def texts(self, key: str, *, required: bool = False, least: int = 0, most: int | None = None) -> tuple[str, ...]:
        """A list of strings without repetition; `least` and `most` how many there must be."""
        value = self._take(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.fault(key, f"'{key}' should be a list, such as [one, two]")
            return ()
        if len(value) < least:
            self.fault(key, f"'{key}' needs at least {least}")
        if most is not None and len(value) > most:
            self.fault(key, f"'{key}' has {len(value)}; {most} are enough")
        for item in sorted({item for item in value if value.count(item) > 1}):
            self.fault(key, f"'{key}' names '{item}' twice")
        return tuple(dict.fromkeys(value))

    def number(self, key: str, *, required: bool = True, least: int = 0, most: int | None = None) -> int | None:
        """A whole number of at least `least`, and no more than `most`."""
        value = self._take(key, required=required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            self.fault(key, f"'{key}' should be a whole number, {least} or more")
            return None
        if most is not None and value > most:
            self.fault(key, f"'{key}' should be a whole number, {most} or less")
            return None
        return value

    def date(self, key: str) -> date:
        """A calendar date, written 2026-11-22."""
        value = self._take(key, required=True)
        if type(value) is date:
            return value
        if value is not None:
            self.fault(key, f"'{key}' should be a date, such as 2026-11-22")
        return date.min

    def flag(self, key: str, *, default: bool) -> bool:
        """true or false."""
        value = self._take(key, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(key, f"'{key}' should be true or false")
            return default
        return value

    def maps(self, key: str, *, required: bool = False, least: int = 0) -> tuple[Fields, ...]:
        """A list of mappings, each with its own line; `least` how many there must be."""
        value = self._take(key, required=required)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.fault(key, f"'{key}' should be a list of 'key: value' groups")
            return ()
        if len(value) < least:
            self.fault(key, f"'{key}' needs at least {least}")
        node = self.nodes.get(key)
        items = node.value if isinstance(node, yaml.SequenceNode) else [None] * len(value)
        return tuple(self._inner(key, item, inner) for item, inner in zip(value, items, strict=True))

    def map(self, key: str, *, required: bool = False) -> Fields | None:
        """A mapping."""
        value = self._take(key, required=required)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.fault(key, f"'{key}' should be a group, such as {{default: 5}}")
            return None
        return self._inner(key, value, self.nodes.get(key))

    def close(self) -> None:
        """Report the keys that nobody asked for: a misspelt key must not be silently ignored."""
        for key in self.values:
            if key not in self.used:
                self.fault(key, f"unknown field '{key}'")

    def _inner(self, key: str, value: dict[object, object], node: yaml.Node | None) -> Fields:
        inner = {str(name): item for name, item in value.items()}
        if not isinstance(node, yaml.MappingNode):
            return Fields(self.file, inner, {}, self.faults, self.line(key))
        line = node.start_mark.line + 1 + self.offset
        return Fields(self.file, inner, _lines(node, self.offset), self.faults, line, _nodes(node), self.offset)

    def _take(self, key: str, *, required: bool) -> object:
        self.used.add(key)
        value = self.values.get(key)
        if value is None and required:
            self.faults.append(Problem(self.file, self.line(key), f"'{key}' is missing"))
        return value


def read_text(path: Path, root: Path, faults: list[Problem]) -> str | None:
    """The file's text with plain line ends; None and a fault where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.append(Problem(shown(path, root), line, "is not UTF-8 text"))
    except OSError as error:
        faults.append(Problem(shown(path, root), 1, f"cannot be read: {error.strerror}"))
    return None


def read_yaml(path: Path, root: Path, faults: list[Problem]) -> Fields | None:
    """A YAML file that holds one mapping."""
    text = read_text(path, root, faults)
    return None if text is None else parse(text, shown(path, root), faults)


def read_page(path: Path, root: Path, faults: list[Problem]) -> tuple[Fields, str, int] | None:
    """A Markdown file with front matter: its fields, its body, and the line the body starts on."""
    text = read_text(path, root, faults)
    if text is None:
        return None
    file = shown(path, root)
    found = _FENCE.match(text)
    if not found:
        faults.append(Problem(file, 1, "should start with front matter between two lines of '---'"))
        return None
    fields = parse(found[1], file, faults, offset=1)
    return None if fields is None else (fields, text[found.end() :], text[: found.end()].count("\n") + 1)


def read_lines(path: Path, root: Path, faults: list[Problem]) -> tuple[tuple[int, str], ...]:
    """The lines of a list that are neither empty nor comments, with their numbers."""
    text = read_text(path, root, faults) if path.exists() else ""
    lines = enumerate((text or "").split("\n"), start=1)
    return tuple((number, line.strip()) for number, line in lines if line.strip() and not line.lstrip().startswith("#"))


def parse(text: str, file: str, faults: list[Problem], *, offset: int = 0) -> Fields | None:
    """Parse one YAML mapping; `offset` lines stand before it in the file."""
    loader = _LOADER(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Fields(file, {}, {}, faults, offset + 1)
        if not isinstance(node, yaml.MappingNode):
            faults.append(Problem(file, offset + 1, "should be 'key: value' lines"))
            return None
        _report_repeats(node, file, faults, offset)
        values = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + 1 + offset
        faults.append(Problem(file, line, f"is not valid YAML: {error.problem or error.context}"))
        return None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.append(Problem(file, offset + 1, f"is not valid YAML: {str(error).splitlines()[0]}"))
        return None
    finally:
        loader.dispose()
    if not isinstance(values, dict):
        faults.append(Problem(file, offset + 1, "should be 'key: value' lines"))
        return None
    fields = {str(key): value for key, value in values.items()}
    return Fields(file, fields, _lines(node, offset), faults, offset + 1, _nodes(node), offset)


def _lines(node: yaml.MappingNode, offset: int) -> dict[str, int]:
    return {str(key.value): key.start_mark.line + 1 + offset for key, _ in node.value}


def _nodes(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {str(key.value): value for key, value in node.value}


def _report_repeats(node: yaml.Node, file: str, faults: list[Problem], offset: int) -> None:
    """YAML keeps the last of two equal keys without a word, at any depth; a curator wants to know."""
    waiting, known = [node], {id(node)}  # a node may stand in several places, and within itself
    for one in waiting:
        keys: set[str] = set()
        for key in (pair[0] for pair in one.value) if isinstance(one, yaml.MappingNode) else ():
            if not isinstance(key, yaml.ScalarNode):
                continue  # refused when it is read
            if key.value in keys:
                faults.append(Problem(file, key.start_mark.line + 1 + offset, f"'{key.value}' stands twice"))
            keys.add(key.value)
        inner = one.value if isinstance(one, yaml.CollectionNode) else ()
        for each in (each for part in inner for each in (part if isinstance(part, tuple) else (part,))):
            if id(each) not in known:
                known.add(id(each))
                waiting.append(each)


def named(folder: Path, suffix: str) -> Iterable[Path]:
    """The files of a folder with a suffix, in order of name; none where there is no folder."""
    return sorted(path for path in folder.glob(f"*{suffix}") if not path.name.startswith((".", "_")))
