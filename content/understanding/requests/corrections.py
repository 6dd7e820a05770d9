"""Words of a correction, "no, 8", "I meant Thursday": how surely a message corrects, and what is left of it to read."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import ENDS
from coach.parsing.mentions.phrases import phrase_pattern
from coach.parsing.normalise import fold
from coach.parsing.word_lists.reply_words import CorrectionWords
from coach.parsing.words import Words

LITTLE: Final = 3  # words at most, beside the words of a weak correction
REMARK_WORDS: Final = 6  # at most, that say nothing of it behind a figure: "6. the missus is laughing at me"
_BETWEEN: Final = r"[\s,.:;!*–—-]*"


class Sureness(IntEnum):
    """A correction's sureness, by its words."""

    WEAK = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True)
class Correction:
    """A correction: how sure it is by its words, the rest of the message, and that without what it denies."""

    sureness: Sureness
    rest: str
    kept: str

    @property
    def is_short(self) -> bool:
        """True where little is said beside its words, and beside what is denied: "9 actually, not 8"."""
        return len(self.kept.split()) <= LITTLE

    @property
    def is_figure(self) -> bool:
        """True where nothing but a figure is said beside its words, and beside what is denied."""
        figure, _, remark = self.kept.lstrip(" .,!").partition(" ")
        alone = not remark or figure[-1:] in set(".,!;")
        return figure.strip(".,!;").isdecimal() and alone and len(remark.split()) <= REMARK_WORDS


def correction_of(text: str, words: CorrectionWords) -> Correction | None:
    """Return the correction that a message is by its first words, or its last; None where none of them says so."""
    said, found = fold(text).strip(), list[Sureness]()
    kinds = ((Sureness.SURE, words.sure), (Sureness.LIKELY, words.likely), (Sureness.WEAK, words.weak))
    while said:
        begun = [
            (len(match[0]), kind) for kind, listed in kinds if (match := _begins(listed, words.fillers).match(said))
        ]
        ended = [(len(match[0]), kind) for kind, listed in kinds if (match := _ends(listed).search(said))]
        if begun:
            length, kind = max(begun)
            said = said[length:]
        elif ended and max(ended)[1] is Sureness.SURE:
            length, kind = max(ended)
            said = said[:-length]
        else:
            break
        found.append(kind)
    return Correction(max(found), said, _denied(words.weak).sub(" ", said).strip()) if found else None


@lru_cache(8)
def _denied(words: Words) -> re.Pattern[str]:
    """Return what finds weak words and the one word that they deny: "actually not 8"."""
    return re.compile(rf"(?<![^\W_])(?:{phrase_pattern(words)}{_BETWEEN}(?<=[\s,.]))+[^\s,.;!]+")


@lru_cache(8)
def _begins(words: Words, fillers: Words) -> re.Pattern[str]:
    before = rf"(?:{_BETWEEN}{phrase_pattern(fillers)}{ENDS})*" if fillers else ""
    return re.compile(rf"{before}{_BETWEEN}(?:{phrase_pattern(words - {'*'})}{ENDS}{_star(words)}){_BETWEEN}")


@lru_cache(8)
def _ends(words: Words) -> re.Pattern[str]:
    return re.compile(rf"(?:(?<![^\W_]){phrase_pattern(words - {'*'})}{_star(words)}){_BETWEEN}$")


def _star(words: Words) -> str:
    return r"|\*" if "*" in words else ""
