"""A language that nobody speaks: every text of the English content in wide letters, and words of its own to type."""

from __future__ import annotations

import codecs
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from string import ascii_letters
from typing import Any, Final

import yaml
from jinja2 import Environment

CODE: Final = "eo"
WIDE: Final = {ord(letter): ord(letter) - ord("a") + ord("ａ") for letter in ascii_letters.lower()} | {
    ord(letter): ord(letter) - ord("A") + ord("Ａ") for letter in ascii_letters.upper()
}
_SHOWN: Final = frozenset({"question", "name", "works", "why", "text", "effort", "reps", "note"})
"""The fields of a page that a user reads; the others name things."""

_KEPT: Final = re.compile(r"<[^<>]*>|&\w+;|https?://\S+|(?<![\w<])/[a-z]+|@\w+|\.py\b")
"""Markup, addresses and commands stay as they are in any language."""
_PLACE: Final = re.compile(r"\{[^{}]*\}|%-?[A-Za-z]")
_KEPT_IN_LABELS: Final = re.compile(f"{_KEPT.pattern}|{_PLACE.pattern}")
_STATEMENT: Final = re.compile(r"\s*(include|import|from|extends)\b")
_COMPARED: Final = frozenset({"==", "!=", "in"})


def wide(text: str, kept: re.Pattern[str] = _KEPT) -> str:
    """Return the text in wide letters, but for what must stay."""
    parts, end = [], 0
    for found in kept.finditer(text):
        parts += [text[end : found.start()].translate(WIDE), found[0]]
        end = found.end()
    return "".join(parts) + text[end:].translate(WIDE)


def typed(text: str) -> str:
    """Return what people type who mean `text`: every letter thirteen places on, so that no word is English."""
    return codecs.encode(text, "rot13")


def write(english: Path, folder: Path) -> None:
    """Translate the whole of `english` into `folder`. What the finder learns from, and what is cited, stays English."""
    for path in sorted(path for path in english.rglob("*") if path.is_file()):
        target = folder / path.relative_to(english)
        kind = path.relative_to(english).as_posix()
        understood = kind.startswith("understanding/") and kind != "understanding/exercises.yaml"
        if kind.startswith("guide/"):  # spoken, not read
            continue
        if (
            path.suffix == ".tsv"
            or kind.startswith("understanding/follow_ups/")
            or (kind.startswith("exercises/") and path.suffix == ".yaml")
        ):
            continue
        if not understood and (kind.endswith((".txt", ".patterns.yaml", "words.yaml")) or kind == "sources.yaml"):
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        if path.suffix == ".txt":
            target.write_text(typed(text), "utf-8")
        elif understood:
            target.write_text(_dumped(_typed(yaml.safe_load(text))), "utf-8")
        elif path.suffix == ".j2":
            target.write_text(_template(text), "utf-8")
        elif kind == "messages/labels.yaml":
            target.write_text(
                _dumped({key: wide(label, _KEPT_IN_LABELS) for key, label in yaml.safe_load(text).items()}), "utf-8"
            )
        elif kind == "faq/categories.yaml":
            target.write_text(_dumped({key: wide(label) for key, label in yaml.safe_load(text).items()}), "utf-8")
        elif path.suffix == ".md":
            _, front, body = text.split("---\n", 2)
            target.write_text(f"---\n{_dumped(_fields(yaml.safe_load(front)))}---\n{wide(body)}", "utf-8")
        elif path.suffix == ".yaml":
            target.write_text(_dumped(_fields(yaml.safe_load(text))), "utf-8")
        else:
            shutil.copy(path, target)


def _dumped(fields: Any) -> str:
    written: str = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    return written


def _typed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _typed(inner) for key, inner in value.items()}
        case list():
            return [_typed(inner) for inner in value]
    return typed(value)


def _fields(value: Any, shown: bool = False) -> Any:
    match value:
        case dict():
            return {key: _fields(inner, key in _SHOWN) for key, inner in value.items()}
        case list():
            return [_fields(inner, shown) for inner in value]
        case str() if shown:
            return wide(value)
    return value


def _template(text: str) -> str:
    """Translate the text between tags, and within them the strings that are shown."""
    found, tag = [], ""
    for _, kind, part in Environment(autoescape=True).lex(text):
        if kind.endswith("_begin"):
            tag = kind
            found.append([(kind, part)])
        elif tag:
            found[-1].append((kind, part))
            tag = "" if kind.endswith("_end") else tag
        else:
            found.append([(kind, part)])
    return _outside(found)


def _outside(parts: list[list[tuple[str, str]]]) -> str:
    """Markup may begin before a tag and end behind it, like `<a href="{{ link }}">`."""
    tags: list[str] = []
    text = ""
    for part in parts:
        if len(part) == 1 and part[0][0] == "data":
            text += part[0][1]
        else:
            text += f"\ue000{len(tags)}\ue001"
            tags.append("".join(_inside(part)))
    return re.sub("\ue000(\\d+)\ue001", lambda place: tags[int(place[1])], wide(text))


def _inside(tokens: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the tokens of a tag. Shown is what is no argument, no key and compared with nothing."""
    within: list[str] = []
    words = [place for place, (kind, _) in enumerate(tokens) if kind != "whitespace"]
    statement = _STATEMENT.match("".join(part for _, part in tokens[1:]))

    def beside(place: int, step: int) -> tuple[str, str]:
        around = words.index(place) + step
        return tokens[words[around]] if 0 <= around < len(words) else ("", "")

    for place, (kind, part) in enumerate(tokens):
        if kind == "operator" and part in "([{":
            name_before = beside(place, -1)[0] == "name" or beside(place, -1)[1] in {"]", "}", ")"}
            keyword = beside(place, -1)[1] in {"if", "else", "and", "or", "not", "set"}
            within.append("index" if part == "[" and name_before and not keyword else part)
        elif kind == "operator" and part in ")]}":
            within.pop()
        plain = (
            kind != "string"
            or statement is not None
            or (within and within[-1] in {"(", "index"})
            or (beside(place, 1)[1] == ":" and within[-1:] == ["{"])
            or beside(place, -1)[1] in _COMPARED
            or beside(place, 1)[1] in _COMPARED
        )
        yield part if plain else wide(part)
