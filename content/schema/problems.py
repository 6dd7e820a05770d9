"""Problems of the content, with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing a curator has to mend: the file (relative to the content folder), the line from 1, and the words."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        """Read like a compiler's message, so that editors can jump to it."""
        return f"{self.file}:{self.line} {self.text}"


class ContentProblems(Exception):
    """Content that cannot be used; carries every fault found, not only the first."""

    def __init__(self, faults: tuple[Problem, ...]) -> None:
        """Keep the faults in the order of file and line."""
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def shown(path: Path, root: Path) -> str:
    """Name a file as curators see it: relative to the content folder, with forward slashes."""
    return path.relative_to(root).as_posix()
