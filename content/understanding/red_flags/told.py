"""The red flag that a message tells: whose it is, whether it is only asked about, and whether training stops for it."""

from dataclasses import dataclass, field
from typing import Final

from coach.parsing.normalise import fold
from content.library import Language, SearchResult
from content.schema.pages import URGENCIES
from content.understanding.red_flags.asked_about import told_beside_questions
from content.understanding.requests.doubts.others import is_of_others_alone, speaks_of_oneself

TENDER: Final = frozenset({"despair", "eating"})
"""Red flags that are no matter of training: they go alone, and the button says no more than that the door is open."""

STOPPING: Final = frozenset({"now", "today"})  # urgencies at which training stops, whatever the kind of red flag


@dataclass(frozen=True)
class Safety:
    """A red flag and its urgency in this message: nothing else of the message counts."""

    flag: str
    urgency: str | None = None  # now, today, soon or care
    other: bool = False  # somebody else's, and nothing is told of the person
    asked: bool = field(default=False, compare=False)  # only asked about: of nobody, or of what may never be
    plain: bool = field(default=False, compare=False)  # an emergency of the person's own, told plainly
    doubted: bool = field(default=False, compare=False)  # it may be none: whether it is meant is asked


def stops_training(flag: Safety, language: Language) -> bool:
    """Say whether nobody may train on until somebody has looked at it: by its kind, or by its urgency."""
    return language.safety[flag.flag].pauses or flag.urgency in STOPPING


def red_flag_of(text: str, found: SearchResult, language: Language) -> Safety | None:
    """Return the red flag of a message; grief names others, too, so that a tender one is always the person's own."""
    if found.outcome != "safety" or found.safety is None:
        return None
    if found.safety in TENDER:
        return Safety(found.safety, found.urgency)
    told = told_beside_questions(text, language)
    other = is_of_others_alone(
        text if told is None else told,
        language.vocabulary,
        language.person_words,
        troubles=lambda part: language.finder.detect_red_flags(part).safety is not None,
    )
    asked = told is not None and (other or language.finder.find_ready(told).safety is None)
    plain = not other and not asked and not found.doubted and _is_plain(text, found, language)
    return Safety(found.safety, found.urgency, other, asked, plain, found.doubted)


def _is_plain(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message tells an emergency of the person's own in words that leave little doubt."""
    ruled = language.finder.detect_red_flags(text).safety is not None
    own = speaks_of_oneself(fold(text), language.vocabulary, language.person_words)
    return (ruled or own) if found.urgency == URGENCIES[0] else (ruled and own and found.urgency in STOPPING)
