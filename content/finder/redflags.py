"""Red flags, recognised by the patterns of the content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from content.faults import Fault


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns of every kind."""

    kinds: tuple[str, ...] = ()


class Detector:
    """Says which kind of red flag a message raises."""

    def __init__(self, patterns: Patterns) -> None:
        self._patterns = patterns

    def detect(self, text: str) -> str | None:
        """The kind of the gravest red flag in a message, None where there is none."""
        return None


def read_patterns(folder: Path, root: Path, faults: list[Fault]) -> Patterns:
    """Read every `<kind>.patterns.yaml`."""
    return Patterns()
