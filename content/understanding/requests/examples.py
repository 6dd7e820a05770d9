"""Examples of requests: `understanding/requests/<intent>.txt`, a message a line; `near_misses*.txt`, `asides.txt`.

What asks for a single fact of one's own training stands in `requests/facts/<fact>.txt`: it is a request as well.
Beside them stands small talk in whole sentences, `understanding/smalltalk/sentences/<kind>.txt`: it is learned as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from coach.requests import Fact, Intent
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import named, read_lines
from content.understanding.smalltalk.phrases import SmallTalkKind, words_of

FOLDER: Final = "requests"
NEAR_MISSES: Final = "near_misses"
ASIDES: Final = "asides"
FACTS: Final = "requests/facts"
SMALL_TALK: Final = "smalltalk/sentences"
_Kind = TypeVar("_Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class RequestExamples:
    """Messages by the intent that they have, messages that look like one and have none, and what is said besides."""

    requests: Mapping[Intent, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    near_misses: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    small_talk: Mapping[SmallTalkKind, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[Fact, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def read_examples(
    folder: Path, root: Path, faults: list[Problem], spare: RequestExamples | None = None
) -> RequestExamples:
    """Read the examples of a language; an intent that it has none of is learned from those of `spare`.

    The same words under two intents are a fault, for nobody could tell them apart.
    """
    found: dict[Intent, tuple[str, ...]] = dict(spare.requests) if spare else {}
    near: list[str] = []
    asides: list[str] = []
    places: dict[tuple[str, ...], str] = {}
    for path in named(folder / FOLDER, ".txt"):
        if path.stem == ASIDES:
            asides = [line for _, line in read_lines(path, root, faults)]
            continue
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
    known = spare or RequestExamples()
    return RequestExamples(
        MappingProxyType(found),
        tuple(near) or known.near_misses,
        tuple(asides) or known.asides,
        _by_kind(SmallTalkKind, "small talk", folder / SMALL_TALK, root, faults, places) or known.small_talk,
        _by_kind(Fact, "fact", folder / FACTS, root, faults, places) or known.facts,
    )


def _by_kind(
    kinds: type[_Kind],
    what: str,
    folder: Path,
    root: Path,
    faults: list[Problem],
    places: dict[tuple[str, ...], str],
) -> Mapping[_Kind, tuple[str, ...]]:
    """Read the examples of a folder by their kind; `places` has the words of examples that were read before."""
    found: dict[_Kind, tuple[str, ...]] = {}
    for path in named(folder, ".txt"):
        if path.stem not in set(kinds):
            faults.append(Problem(shown(path, root), 1, f"unknown kind of {what} '{path.stem}'"))
            continue
        lines = []
        for number, line in read_lines(path, root, faults):
            owner = places.setdefault(words_of(line), f"{what} {path.stem}")
            if owner != f"{what} {path.stem}":
                faults.append(Problem(shown(path, root), number, f"'{line}' is already an example of '{owner}'"))
                continue
            lines.append(line)
        found[kinds(path.stem)] = tuple(lines)
    return MappingProxyType(found)
