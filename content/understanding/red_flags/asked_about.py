"""Parts of a message that only ask what may be, told from the rest: "what would it feel like if it snapped?"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from coach.parsing.normalise import fold
from content.understanding.red_flags.patterns import Remark
from content.understanding.requests.doubts.others import speaks_of_oneself

if TYPE_CHECKING:
    from content.library import Language

_SENTENCE: Final = re.compile(r"(?<=[.!?;\n])\s*")
_PART: Final = re.compile(r"[,:]\s+")


def told_beside_questions(text: str, language: Language) -> str | None:
    """Return a message without its parts that ask about what may be; None where it has no such part.

    What goes on behind such a part is of it, unless it speaks of the person: "what would it feel like, a pop?"
    """
    left: list[str] = []
    any_asked = False
    for sentence in _SENTENCE.split(text):
        asks = False
        for part in _PART.split(sentence):
            if Remark.ASKED in language.finder.remarks(part):
                asks = any_asked = True
            elif not asks or speaks_of_oneself(fold(part), language.vocabulary, language.person_words):
                left.append(part)
    return ", ".join(part for part in left if part.strip()) if any_asked else None
