"""Commands about an open question in plain words, "skip" or "why?": `understanding/commands/<command>.txt` lists them.

A message is one only as a whole, but for the politeness of `besides.txt` at its ends. What asks for something else is a
request (`understanding/requests`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from content.schema.problems import Problem, shown
from content.schema.yaml_fields import named, read_lines
from content.understanding.smalltalk.phrases import MAX_CHARACTERS, Phrase, words_of

SKIP_WORDS: Final = "besides"


class Command(StrEnum):
    """A command about the open question, or about the guide that runs."""

    DONE = "done"  # with its ticks
    SKIP = "skip"  # this question
    WHY = "why"  # is it asked
    PAUSE = "pause"  # the guide that runs in the chat; without one this and the next are no commands
    GO_ON = "go_on"
    NEXT = "next"  # step of it
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Commands:
    """The listed phrases, and the politeness that counts for nothing."""

    wholes: Mapping[Phrase, Command] = field(default_factory=lambda: MappingProxyType({}))
    besides: frozenset[Phrase] = frozenset()

    def read(self, text: str) -> Command | None:
        """Return what is wished for; None for anything else."""
        if len(text) > MAX_CHARACTERS:
            return None
        pieces = text.split()
        while len(pieces) > 1 and words_of(pieces[-1]) in self.besides:
            pieces.pop()
        while len(pieces) > 1 and words_of(pieces[0]) in self.besides:
            pieces.pop(0)
        return self.wholes.get(words_of(" ".join(pieces)))


def read_commands(folder: Path, root: Path, faults: list[Problem], spare: Commands | None = None) -> Commands:
    """Read the phrases of a language beside those of `spare`; what stands twice, or says nothing, is a fault."""
    found: dict[Phrase, Command] = {}
    besides: set[Phrase] = set()
    places: dict[Phrase, str] = {}
    for path in named(folder, ".txt"):
        file = shown(path, root)
        if path.stem != SKIP_WORDS and path.stem not in set(Command):
            faults.append(Problem(file, 1, f"unknown wish '{path.stem}'; one of {', '.join([*Command, SKIP_WORDS])}"))
            continue
        for number, line in read_lines(path, root, faults):
            phrase = words_of(line)
            if not phrase or len(line) > MAX_CHARACTERS:
                faults.append(Problem(file, number, "is no phrase: it needs a word, and is short"))
            elif phrase in places:
                faults.append(Problem(file, number, f"says the same as {places[phrase]}"))
            else:
                places[phrase] = f"{path.name}:{number}"
                if path.stem == SKIP_WORDS:
                    besides.add(phrase)
                else:
                    found[phrase] = Command(path.stem)
    known = spare or Commands()
    return Commands(
        MappingProxyType({**known.wholes, **found}),
        known.besides | besides,
    )
