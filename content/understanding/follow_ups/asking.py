"""Words that ask on about an answer: for a short verdict, "so that's a no or?", or for one figure, "how long tho".

`understanding/follow_ups/asking.yaml` lists them; the answer that was shown tells what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import phrase_pattern
from coach.parsing.normalise import fold
from content.schema.problems import Problem, shown
from content.schema.yaml_fields import read_yaml

ASKING: Final = "asking.yaml"
ANY_FIGURE: Final = "#"
MOST_WORDS: Final = 10  # of a message that asks for a verdict
NUMBER_WORDS: Final = 3  # at most, of one that asks for a number: "and two weeks?"
_APART: Final = re.compile(r"[^\w';%]+")
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: how it is asked for, and the words of a line that tells it."""

    asked: frozenset[str]
    told: frozenset[str]

    @property
    def is_narrow(self) -> bool:
        """True where a line must have a word for it, and not any figure."""
        return ANY_FIGURE not in self.told

    def is_told(self, line: str) -> bool:
        """Say whether a line tells it."""
        said = fold(line)
        if ANY_FIGURE in self.told and _DIGIT.search(said):
            return True
        return re.search(rf"(?<!\w){phrase_pattern(self.told - {ANY_FIGURE})}(?!\w)", said) is not None


@dataclass(frozen=True, slots=True)
class AskingWords:
    """The words of a language that ask for a verdict, and the figures that are asked for, the narrowest first."""

    verdicts: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    cares: frozenset[str] = frozenset()  # of an answer about what ails somebody
    numbers: frozenset[str] = frozenset()
    figures: tuple[Figure, ...] = ()

    def asks_verdict(self, text: str) -> bool:
        """Say whether a message asks for the upshot of what was shown, and for nothing else."""
        words = [word for word in _APART.split(fold(text)) if word]
        if not 0 < len(words) <= MOST_WORDS or not self.verdicts:
            return False
        said = f" {' '.join(words)} "
        listed = phrase_pattern(self.verdicts | self.leads | self.fillers)
        if re.fullmatch(rf"(?: {listed}(?= ))+ ", said) is None:
            return False
        leads = "?" in text or re.search(rf" {phrase_pattern(self.leads)} ", said) is not None
        return leads and re.search(rf" {phrase_pattern(self.verdicts)} ", said) is not None

    def is_of_ailments(self, answer: str) -> bool:
        """Say whether an answer is about what ails somebody: it says whom to see."""
        return re.search(rf"{BEGINS}{phrase_pattern(self.cares)}{ENDS}", fold(answer)) is not None

    def figure_of(self, text: str) -> Figure | None:
        """Return the figure that a message asks for, or names and nothing else; None where it asks for none."""
        said = fold(text)
        asked = (each for each in self.figures if re.search(rf"{BEGINS}{phrase_pattern(each.asked)}{ENDS}", said))
        words = said.split()
        named = re.findall(rf"{BEGINS}(?:{phrase_pattern(self.numbers)}|\d+){ENDS}", said)
        if named and len(words) <= NUMBER_WORDS:
            return Figure(frozenset(words), frozenset(named))
        return next(asked, None)


def read_asking(folder: Path, root: Path, faults: list[Problem]) -> AskingWords:
    """Read the words from the folder of a language's follow-ups; none where there is no file."""
    path = folder / ASKING
    fields = read_yaml(path, root, faults) if path.exists() else None
    if fields is None:
        return AskingWords()
    names = ("verdicts", "leads", "fillers", "cares", "numbers")
    lists = {name: frozenset(map(fold, fields.texts(name, required=True, least=1))) for name in names}
    listed = fields.values.get("figures")
    figures = tuple(_figures(listed if isinstance(listed, list) else [], shown(path, root), faults))
    return AskingWords(**lists, figures=figures)


def _figures(listed: Iterable[object], file: str, faults: list[Problem]) -> Iterator[Figure]:
    for each in listed:
        asked, told = (each.get("asked"), each.get("told")) if isinstance(each, dict) else (None, None)
        if isinstance(asked, list) and isinstance(told, list) and asked and told:
            yield Figure(frozenset(fold(str(one)) for one in asked), frozenset(fold(str(one)) for one in told))
        else:
            faults.append(Problem(file, 1, "a figure needs lists of how it is asked for and of the words that tell it"))
