"""Doubts about a weight: that of somebody else or of a thing, an age, a figure that is only asked about."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.figures import find_weights, find_written_weights
from coach.parsing.mentions.mention import ENDS
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.vocabulary import any_of
from content.understanding.requests.doubts.others import place_of_doing
from content.understanding.requests.slots.heard import Heard

_WHOLE: Final = re.compile(r"(?<![\w.,])\d{1,3}(?![\w]|[.,]\d)")


def is_of_others(heard: Heard) -> bool:
    """Say whether a weight is told of somebody else, whatever follows: "the wife's 71 kilos and still beats me"."""
    place = place_of_doing(heard.said, heard.words, heard.people)
    return place is not None and any(
        place <= one.start <= place + 1 for one in find_written_weights(heard.said, heard.words)
    )


def is_of_things(heard: Heard) -> bool:
    """Say whether a weight is named that no body has, and is not lost either: "new laptop, 1.3 kg"."""
    if not find_written_weights(heard.said, heard.words) or find_phrases(heard.said, heard.words.wishes.drop):
        return False
    return not find_weights(heard.said, heard.moment.units, heard.words)


def tells_age(heard: Heard) -> bool:
    """Say whether a bare whole number is called an age: "I am 68, older than you think", "I'm 68 years"."""
    if not _WHOLE.search(heard.said) or find_written_weights(heard.said, heard.words):
        return False
    if re.match(rf"(?:{any_of(heard.words.units.weighing)} )?\d+ {any_of(heard.goals.years)}{ENDS}", heard.said):
        return True
    called = find_phrases(heard.said, heard.people.ages)
    return bool(called) and not find_phrases(heard.said, heard.people.weighed)


def asks_at_an_age(heard: Heard) -> bool:
    """Say whether a question has a bare figure that nothing calls a weight: "is that good at 71?"."""
    if "?" not in heard.text or find_written_weights(heard.said, heard.words):
        return False
    named = heard.people.weighed | heard.words.units.now | heard.words.units.weighing
    return not find_phrases(heard.said, named) and not find_phrases(heard.said, heard.people.asking)
