"""Questions about the coach itself: who answers, and what the answers rest on."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent, ShownItem
from content.library import Language, SearchResult
from content.understanding.smalltalk.phrases import SmallTalkKind

MOST_WORDS: Final = 20  # of such a question; who writes more tells a story, and complains at its end
SOURCES_FROM: Final = 0.62  # how likely a message must ask for sources, where nothing was shown that has any
BETWEEN: Final = 3  # words at most between what asks who it is and the being: "are you a real live person"


def about_coach(text: str, found: SearchResult, language: Language, after: ShownItem | None) -> SmallTalkKind | None:
    """Return the small talk that a question about the coach is: who it is, or what its answers rest on."""
    if len(text.split()) > MOST_WORDS or language.messages.small_talk.kind_of(text) is not None:
        return None
    if found.outcome != "answer" and _asks_who(text, language):
        return SmallTalkKind.WHO
    if after is not None and after.entry is not None:  # the answer that was shown names its own sources
        return None
    rests = _names_what_it_rests_on(text, language) or (after is None and _asks_for_sources(found))
    return SmallTalkKind.TRUST if rests else None


def _asks_who(text: str, language: Language) -> bool:
    people = language.person_words
    asks, beings = phrase_pattern(people.who_asks), phrase_pattern(people.beings)
    said = re.sub(r"[,;:]", " ", fold(text))
    return re.search(rf"{BEGINS}{asks}{ENDS} (?:[\w']+ ){{0,{BETWEEN}}}?{beings}{ENDS}", said) is not None


def _names_what_it_rests_on(text: str, language: Language) -> bool:
    people, said = language.person_words, fold(text)
    return bool(find_phrases(said, people.coach_says)) and bool(find_phrases(said, people.rests_on))


def _asks_for_sources(found: SearchResult) -> bool:
    best = found.intents.whole.best if found.intents is not None else None
    unanswered = found.outcome != "answer"  # not "1 g per pound, is that bro science"
    return unanswered and best is not None and best[0] is Intent.SOURCES and best[1] >= SOURCES_FROM
