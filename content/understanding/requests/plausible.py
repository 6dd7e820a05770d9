"""Doubts about an intent that rank well: somebody else's story, one of long ago, a single day that is no habit."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.phrases import find_phrases
from coach.requests import Intent
from content.understanding.requests.slots import noted_sets
from content.understanding.requests.slots.days import weekdays
from content.understanding.requests.slots.heard import Heard

OF_ONESELF: Final = frozenset({
    Intent.DONE, Intent.PAIN, Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS, Intent.EQUIPMENT, Intent.GOALS,
    Intent.ZONE, Intent.EASIER, Intent.HARDER, Intent.RESUME, Intent.TARGET, Intent.MINUTES, Intent.DAYS,
})  # fmt: skip
"""Intents that tell of the person: what is told of somebody else alone is none of them."""

_STOP: Final = re.compile(r"[.,;!?]")
_SUBJECT: Final = 24  # characters at the beginning within which somebody else is the subject
_YEAR: Final = re.compile(r"(?<![\w.,/])(?:19|20)\d\d(?![\w/])")


def is_plausible(intent: Intent, heard: Heard) -> bool:
    """Say whether nothing in a message speaks against an intent."""
    if intent in OF_ONESELF and (_is_of_others(heard) or _is_long_ago(heard)):
        return False
    if intent is Intent.WEIGHT and noted_sets.with_load(heard):
        return False
    return intent is not Intent.DAYS or _is_lasting(heard)


def _is_of_others(heard: Heard) -> bool:
    begin = _STOP.split(heard.said[:_SUBJECT])[0]
    own = find_phrases(heard.said, heard.words.wishes.own)
    return bool(find_phrases(begin, heard.words.wishes.others)) and not own


def _is_long_ago(heard: Heard) -> bool:
    if find_phrases(heard.said, heard.words.wishes.long_ago):
        return True
    return any(int(year[0]) < heard.today.year for year in _YEAR.finditer(heard.said))


def _is_lasting(heard: Heard) -> bool:
    """Say whether weekdays are those of every week: several, or one that is said to be so from now on."""
    if find_phrases(heard.said, heard.words.wishes.lasting):
        return True
    named = {one.value.weekday for one in heard.days}
    return len(named) > 1 or not named or len(weekdays(heard) or ()) in {2, 3, 4, 5}
