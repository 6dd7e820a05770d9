"""Fields that several kinds of pages share."""

from __future__ import annotations

import re
from pathlib import Path

from content.rendering.markdown import Rendered, render
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import Fields, read_yaml

ANSWER_ROOM = 3000  # characters: Telegram takes 4096, and the question, confidence, sources and notes share them
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")  # fits a deep link (64 characters) and a button (64 bytes) with a prefix


def filled_fields(path: Path, root: Path, faults: list[Problem]) -> Fields | None:
    """A YAML file that must not be empty."""
    fields = read_yaml(path, root, faults)
    if fields is not None and not fields.values:
        faults.append(Problem(fields.file, 1, "is empty"))
        return None
    return fields


def rendered_text(fields: Fields, body: str, line: int, room: int, *, instructions: bool = False) -> Rendered:
    """Render a body and report what Telegram would refuse."""
    rendered = render(body, first_line=line, instructions=instructions)
    fields.faults.extend(Problem(fields.file, number, text) for number, text in rendered.problems)
    if not rendered.text.strip():
        fields.faults.append(Problem(fields.file, line, "the text is missing"))
    if len(rendered.text) > room:
        fields.faults.append(Problem(fields.file, line, f"has {len(rendered.text)} characters; {room} fit a message"))
    return rendered


def slug_of(path: Path, root: Path, faults: list[Problem]) -> str:
    """The file's name without its suffix, which is also the address of what it holds."""
    if not SLUG.fullmatch(path.stem):
        faults.append(
            Problem(shown(path, root), 1, "the file's name should be small letters, digits and '-', up to 40")
        )
    return path.stem


def choice_of(fields: Fields, key: str, allowed: tuple[str, ...]) -> str:
    """One of a few words."""
    value = fields.text(key)
    if value and value not in allowed:
        fields.fault(key, f"'{key}' is '{value}'; one of {', '.join(allowed)}")
        return ""
    return value
