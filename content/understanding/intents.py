"""Commands in plain words, "i'm done" or "stop reminders": `understanding/commands/<command>.txt` lists them.

A message is a wish only as a whole, but for the politeness of `besides.txt` at its ends. A line that ends in "..." is
the beginning of one, and what follows goes with it: "remind me at ...".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final

from content.schema.problems import Problem, shown
from content.schema.yaml_fields import named, read_lines
from content.understanding.smalltalk import MAX_CHARACTERS, Phrase, words_of

SKIP_WORDS: Final = "besides"
GOES_ON: Final = "..."


class Command(StrEnum):
    """A command in plain words."""

    DONE = "done"
    TODAY = "today"
    PLAN = "plan"
    REMIND = "remind"
    REMIND_OFF = "remind-off"
    PAUSE = "pause"
    RESUME = "resume"
    SETTINGS = "settings"
    EXPORT = "export"
    DELETE = "delete"
    SKIP = "skip"  # this question
    WHY = "why"  # is it asked


@dataclass(frozen=True, slots=True)
class Commands:
    """The listed phrases, those that go on, and the politeness that counts for nothing."""

    wholes: Mapping[Phrase, Command] = field(default_factory=lambda: MappingProxyType({}))
    openings: Mapping[Phrase, Command] = field(default_factory=lambda: MappingProxyType({}))
    besides: frozenset[Phrase] = frozenset()

    def read(self, text: str) -> tuple[Command, str] | None:
        """Return what is wished for, and the words that follow it; None for anything else."""
        if len(text) > MAX_CHARACTERS:
            return None
        pieces = text.split()
        while len(pieces) > 1 and words_of(pieces[-1]) in self.besides:
            pieces.pop()
        while len(pieces) > 1 and words_of(pieces[0]) in self.besides:
            pieces.pop(0)
        whole = self.wholes.get(words_of(" ".join(pieces)))
        if whole is not None:
            return whole, ""
        for cut in range(len(pieces) - 1, 0, -1):  # the longest opening goes first
            wish = self.openings.get(words_of(" ".join(pieces[:cut])))
            if wish is not None:
                return wish, " ".join(pieces[cut:]).strip(".!")
        return None


def read_commands(folder: Path, root: Path, faults: list[Problem], spare: Commands | None = None) -> Commands:
    """Read the phrases of a language beside those of `spare`; what stands twice, or says nothing, is a fault."""
    found: dict[bool, dict[Phrase, Command]] = {False: {}, True: {}}
    besides: set[Phrase] = set()
    places: dict[tuple[Phrase, bool], str] = {}
    for path in named(folder, ".txt"):
        file = shown(path, root)
        if path.stem != SKIP_WORDS and path.stem not in set(Command):
            faults.append(Problem(file, 1, f"unknown wish '{path.stem}'; one of {', '.join([*Command, SKIP_WORDS])}"))
            continue
        for number, line in read_lines(path, root, faults):
            goes_on = line.endswith(GOES_ON)
            phrase = words_of(line.removesuffix(GOES_ON))
            if not phrase or len(line) > MAX_CHARACTERS:
                faults.append(Problem(file, number, "is no phrase: it needs a word, and is short"))
            elif (phrase, goes_on) in places:
                faults.append(Problem(file, number, f"says the same as {places[phrase, goes_on]}"))
            else:
                places[phrase, goes_on] = f"{path.name}:{number}"
                if path.stem == SKIP_WORDS:
                    besides.add(phrase)
                else:
                    found[goes_on][phrase] = Command(path.stem)
    known = spare or Commands()
    return Commands(
        MappingProxyType({**known.wholes, **found[False]}),
        MappingProxyType({**known.openings, **found[True]}),
        known.besides | besides,
    )
