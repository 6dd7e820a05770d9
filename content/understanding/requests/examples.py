"""Examples of requests: `understanding/requests/<intent>.txt`, one message a line, and `near_misses*.txt` beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from coach.requests import Intent
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import named, read_lines
from content.understanding.smalltalk import words_of

FOLDER: Final = "requests"
NEAR_MISSES: Final = "near_misses"


@dataclass(frozen=True, slots=True)
class RequestExamples:
    """Messages by the intent that they have, and messages that look like a request and are none."""

    requests: Mapping[Intent, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    near_misses: tuple[str, ...] = ()


def read_examples(
    folder: Path, root: Path, faults: list[Problem], spare: RequestExamples | None = None
) -> RequestExamples:
    """Read the examples of a language; an intent that it has none of is learned from those of `spare`.

    The same words under two intents are a fault, for nobody could tell them apart.
    """
    found: dict[Intent, tuple[str, ...]] = dict(spare.requests) if spare else {}
    near: list[str] = []
    places: dict[tuple[str, ...], str] = {}
    for path in named(folder / FOLDER, ".txt"):
        missed = path.stem.startswith(NEAR_MISSES)
        if not missed and path.stem not in set(Intent):
            faults.append(Problem(shown(path, root), 1, f"unknown intent '{path.stem}'"))
            continue
        lines = []
        for number, line in read_lines(path, root, faults):
            phrase = words_of(line)
            owner = places.setdefault(phrase, path.stem)
            if owner != path.stem and not (missed and owner.startswith(NEAR_MISSES)):
                faults.append(Problem(shown(path, root), number, f"'{line}' is already an example of '{owner}'"))
                continue
            lines.append(line)
        if missed:
            near += lines
        else:
            found[Intent(path.stem)] = tuple(dict.fromkeys(lines))
    return RequestExamples(MappingProxyType(found), tuple(near) or (spare.near_misses if spare else ()))
