"""Source of the project: strings in it, and what they are there for."""

import ast
import subprocess
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Final

from coach import if_then, profile, requests
from coach.parsing import measurements
from coach.planning import inputs, week, workouts
from coach.planning.state import pain_gate
from coach.reminders import kinds as reminder_kinds
from handlers.prompts.registry import PROMPTS

ROOT: Final = Path(__file__).parents[2]


@cache
def project_files() -> tuple[Path, ...]:
    """Every file of the project that is or may be committed, as absolute paths."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return tuple(sorted(path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()))


def modules(*folders: str) -> list[Path]:
    """The project's Python files under `folders`, all of them where none is named."""
    found = [path for path in project_files() if path.suffix == ".py"]
    return [path for path in found if not folders or path.relative_to(ROOT).parts[0] in folders]


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def called(node: ast.AST) -> str:
    """The last name of what a call calls, "" for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def strings(path: Path) -> set[str]:
    """Every string that the module's code holds; see `meanings` for those with placeholders."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        found |= meanings(node, path)
    return found


def meanings(node: ast.AST | None, path: Path) -> set[str]:
    """The strings that an expression of the module may be: a constant, either side of an `if`, an f-string.

    A placeholder of an f-string may be any member of an enumeration of the coach, any kind of prompt, or any word or
    whole number that the module holds.
    """
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=body, orelse=orelse):
            return meanings(body, path) | meanings(orelse, path)
        case ast.JoinedStr(values=parts) if _words_around(parts):
            return {"".join(choice) for choice in product(*(_choices(part, path) for part in parts))}
    return set()


def _words_around(parts: list[ast.expr]) -> bool:
    """Tell whether an f-string may be a name: few placeholders, and names around them."""
    fixed = [part.value for part in parts if isinstance(part, ast.Constant)]
    return 0 < len(parts) - len(fixed) <= 2 and all(str(text).replace("/", "").isidentifier() for text in fixed)


def _choices(part: ast.expr, path: Path) -> AbstractSet[str]:
    if isinstance(part, ast.FormattedValue):
        return meanings(part.value, path) or _enumerated() | _held(path)
    return meanings(part, path)


@cache
def _enumerated() -> frozenset[str]:
    held = (
        kind
        for module in (if_then, measurements, pain_gate, week, workouts, profile, inputs, reminder_kinds, requests)
        for kind in vars(module).values()
    )
    kinds = (kind for kind in held if isinstance(kind, type) and issubclass(kind, StrEnum))
    return frozenset(str(member) for kind in kinds for member in kind) | {prompt.kind for prompt in PROMPTS}


@cache
def _held(path: Path) -> frozenset[str]:
    values = (node.value for node in ast.walk(parsed(path)) if isinstance(node, ast.Constant))
    found = (str(value) for value in values if isinstance(value, str | int) and not isinstance(value, bool))
    return frozenset(text for text in found if text.isidentifier() or text.isdecimal())


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string that could reach a user.

    Left out: docstrings, log lines, what exceptions and assertions say; and what people say to us, regular expressions
    and words that are looked up (the keys of a dictionary).
    """
    yield from _spoken(parsed(path))


def _spoken(node: ast.AST) -> Iterator[tuple[int, str]]:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise():
            return
        case ast.Assert(test=test):
            yield from _spoken(test)
            return
        case ast.Call() if called(node) in _UNSPOKEN:
            return
        case ast.Dict(values=values):
            for value in values:
                yield from _spoken(value)
            return
        case ast.Constant(value=str(text)) if "(?" not in text:
            yield node.lineno, text
        case ast.JoinedStr(values=parts):
            yield node.lineno, "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)
            return
    for child in ast.iter_child_nodes(node):
        yield from _spoken(child)


_UNSPOKEN: Final = {"debug", "info", "warning", "error", "exception", "critical", "log", "compile", "search", "match"}
