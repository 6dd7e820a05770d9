"""If–then plans: the moment that training hangs on, what gets in the way and what is done then, in a person's words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from coach.user_errors import WordsTooLong

LONGEST: Final = 100
"""Characters of one answer: it is said back within a reminder, which is short."""

_UNSEEN: Final = re.compile("[\u0000-\u001f\u007f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
"""Signs that show nothing, or turn round what stands behind them."""
_ENDS: Final = " .,;:!"


class Anchor(StrEnum):
    """Moments of a day that the coach offers."""

    COFFEE = "coffee"
    LUNCH = "lunch"
    WORK = "work"
    KIDS = "kids"


class Obstacle(StrEnum):
    """Things that get in the way, as the coach offers them."""

    LATE = "late"
    TIRED = "tired"
    WEATHER = "weather"


class Coping(StrEnum):
    """Ways round them, as the coach offers them."""

    SHORT = "short"
    FIRST_SET = "first-set"
    INDOORS = "indoors"


@dataclass(frozen=True, slots=True)
class IfThen:
    """A plan in a person's own words; what was left out is None."""

    anchor: str | None = None
    obstacle: str | None = None
    coping: str | None = None

    @property
    def says_something(self) -> bool:
        """True where there is something to say back; an obstacle alone is none."""
        return self.anchor is not None or (self.obstacle is not None and self.coping is not None)


NO_PLAN: Final = IfThen()


def own_words(text: str) -> str:
    """Return an answer on one line, without what ends a sentence; empty where it says nothing. Raises WordsTooLong."""
    words = " ".join(_UNSEEN.sub(" ", text).split()).strip(_ENDS)
    if len(words) > LONGEST:
        raise WordsTooLong(most=LONGEST)
    return words
