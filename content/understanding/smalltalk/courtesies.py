"""Thanks, farewells and greetings around words that ask nothing: "you're tolerable. good night"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, spoken
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import Intent
from content.library import Language, SearchResult
from content.understanding.requests.features import signs
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.replies import begins_with_no, reply_of
from content.understanding.requests.request import Request
from content.understanding.smalltalk.asks_nothing import introduces, remark_by_form
from content.understanding.smalltalk.phrases import SmallTalkKind, words_of
from content.understanding.smalltalk.remarks import (
    MAX_CHARACTERS,
    feeling_of,
    news_of_others,
    remark_of,
    told_of_people,
)
from content.understanding.smalltalk.sentences import BEGINNING, CLAUSE_END, QUESTION_MARK, begins_to_ask

KINDS: Final = (SmallTalkKind.THANKS, SmallTalkKind.FAREWELL, SmallTalkKind.GREETING)
"""Kinds that are answered although more is said, the first of them first."""
SMALL_TALK_FROM: Final = 0.6  # how likely a message must be small talk that is listed nowhere word for word
SMALL_TALK_GREETED_FROM: Final = 0.45  # the same, where the message begins with a greeting
ASKED_FROM: Final = 0.5  # of a message or a part of it that asks for something, or is a question
GREETED_FROM: Final = 0.15  # of a message behind a greeting that is like small talk
GOODBYE_WORDS: Final = 6  # at most, of a clause that is a goodbye
GOODBYE_LIKE: Final = frozenset({
    Intent.MOVE, Intent.UNDO, Intent.RESUME, Intent.SHOW_DAY, Intent.SKIP, Intent.PAUSE, Intent.SHOW_NEXT,
    Intent.EVENT,
})  # fmt: skip
"""Intents that a goodbye is taken for: "see ya tomorrow"."""
PAINLESS_WORDS: Final = 4  # at most, beside what says that nothing hurts


COURTEOUS: Final = frozenset({SmallTalkKind.THANKS, SmallTalkKind.FAREWELL})
COURTEOUS_PART_FROM: Final = 0.7  # how likely a part of a remark must be one of these


def small_talk_of(text: str, found: SearchResult, language: Language, *, told: bool) -> SmallTalkKind | None:
    """Return the small talk that a message is; `told`: an entry is about the same, and nothing is asked."""
    kind = language.messages.small_talk.kind_of(text) or told_of_people(text, language)
    kind = kind or _likely_small_talk(text, found, language) or courtesy_of(text, found, language)
    if kind is None and found.outcome != "answer" and says_goodbye(text, (), language):
        kind = SmallTalkKind.FAREWELL
    if kind is None and told and begins_with_thanks(text, language):
        kind = SmallTalkKind.THANKS
    kind = kind or feeling_of(text, found, language)
    if kind is None and introduces(text, found, language):
        return SmallTalkKind.GREETING
    remark = remark_by_form(text, found, language, bare=True) if kind is None else None
    if remark in {SmallTalkKind.GREETING, SmallTalkKind.JOKE}:
        return remark
    told_of = kind or news_of_others(text, found, language) or remark_of(text, found, language) or remark
    return (_courteous_part(found) or told_of) if told_of is SmallTalkKind.LIFE else told_of


def _courteous_part(found: SearchResult) -> SmallTalkKind | None:
    """Return the thanks or the goodbye that a part of a remark surely is: "you're tolerable. good night"."""
    parts = found.intents.parts if found.intents is not None else ()
    likely = [part.small_talk for part in parts if part.small_talk is not None]
    return next((kind for kind, each in likely if kind in COURTEOUS and each >= COURTEOUS_PART_FROM), None)


def says_painless(text: str, language: Language) -> bool:
    """Say whether a message says that nothing hurts, and little else: "no pains, thank you"."""
    people, words = language.person_words, language.vocabulary
    clauses = [fold(clause) for clause in CLAUSE_END.split(text) if words_of(clause)]
    said = [clause for clause in clauses if find_phrases(clause, people.painless)]
    if not said or QUESTION_MARK in text or any(map(str.isdigit, text)) or find_phrases(fold(text), words.wishes.turn):
        return False
    rest = [re.sub(rf"{BEGINS}{phrase_pattern(people.painless)}{ENDS}", " ", clause) for clause in said]
    others = [clause for clause in clauses if clause not in said]
    small_talk = language.messages.small_talk
    return (
        all(len(clause.split()) <= PAINLESS_WORDS for clause in rest)
        and not any(find_phrases(clause, people.health - people.parts - people.trained) for clause in rest)
        and all(small_talk.kind_of(each) or _replies(each, language) for each in others)
    )


def _replies(clause: str, language: Language) -> bool:
    """Say whether a clause is a yes or a no, or a few words behind a no: "nah it's gone"."""
    words = language.reply_words
    few = len(clause.split()) <= PAINLESS_WORDS
    return reply_of(clause, words) is not None or (few and begins_with_no(clause, words))


def _likely_small_talk(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the kind of small talk that a whole message is like, where no entry answers it.

    Behind a greeting less is needed: "good morning coach, how was your night".
    """
    ranked = found.intents.whole.small_talk if found.intents is not None and found.outcome != "answer" else None
    greets = language.messages.small_talk.begins(text, SmallTalkKind.GREETING)
    if ranked is None or ranked[1] < (SMALL_TALK_GREETED_FROM if greets else SMALL_TALK_FROM):
        return None
    return ranked[0] if ranked[0] is not SmallTalkKind.BEYOND or found.outcome == "none" else None


def courtesy_of(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that a message begins or ends with, where nothing else of it asks for anything."""
    if len(text) > MAX_CHARACTERS or QUESTION_MARK in text or found.outcome not in {"none", "suggest"}:
        return None
    if _may_ask(found.intents) or _says_more(text, language):
        return None
    talk = found.intents.whole.small_talk if found.intents is not None else None
    small_talk = language.messages.small_talk
    clauses = [clause for clause in CLAUSE_END.split(text) if clause.strip()]
    kinds = {small_talk.kind_of(clause) for clause in clauses[:1] + clauses[-1:]}
    if any(small_talk.begins(clause, SmallTalkKind.THANKS) for clause in [text, *clauses[1:2]]):
        kinds.add(SmallTalkKind.THANKS)
    if talk is None or talk[1] < GREETED_FROM:  # "hi, hair removal" is a question
        kinds.discard(SmallTalkKind.GREETING)
    return next((kind for kind in KINDS if kind in kinds), None)


def begins_with_thanks(text: str, language: Language) -> bool:
    """Say whether a message begins with thanks, and no part of it asks: "thank you, we will ask her doctor"."""
    clauses = [clause for clause in CLAUSE_END.split(text) if clause.strip()]
    thanks = bool(clauses) and language.messages.small_talk.kind_of(clauses[0]) is SmallTalkKind.THANKS
    return thanks and not any(begins_to_ask(part, language) for part in clauses[1:])


def says_goodbye(text: str, requests: Sequence[Request], language: Language) -> bool:
    """Say whether a clause is a goodbye, and nothing more is said, whatever that is like: "see ya on the 16th"."""
    like_one = all(each.intent in GOODBYE_LIKE for each in requests)
    if len(requests) > 1 or not like_one or QUESTION_MARK in text:
        return False
    clauses = [clause for clause in CLAUSE_END.split(spoken(text, language.vocabulary)) if clause.strip()]
    if not any(_begins_goodbye(clause, language) for clause in clauses[-2:]):
        return False
    return all(_begins_goodbye(each, language) or _is_polite(each, language) for each in clauses)


def _is_polite(clause: str, language: Language) -> bool:
    """Say whether a clause without a figure is small talk, a yes or no, or a few words of thanks: "ta for it all"."""
    small_talk = language.messages.small_talk
    few = len(clause.split()) <= GOODBYE_WORDS and small_talk.begins(clause, SmallTalkKind.THANKS)
    said = few or small_talk.kind_of(clause) is not None or reply_of(clause, language.reply_words) is not None
    return said and not any(map(str.isdigit, clause))


def _begins_goodbye(clause: str, language: Language) -> bool:
    """Say whether a clause begins with a goodbye, behind two words at most: "lovely bye now"."""
    words = clause.split()
    small_talk = language.messages.small_talk
    starts = range(min(BEGINNING, len(words)) + 1)
    return len(words) <= GOODBYE_WORDS and any(
        small_talk.begins(" ".join(words[start:]), SmallTalkKind.FAREWELL) for start in starts
    )


def _may_ask(ranked: RankedIntents | None) -> bool:
    """Say whether the message, or a part of it, may ask for something or be a question."""
    if ranked is None:
        return False
    each = (ranked.whole, *ranked.parts, *ranked.windows)
    return any(part.question >= ASKED_FROM or (part.best is not None and part.best[1] >= ASKED_FROM) for part in each)


def _says_more(text: str, language: Language) -> bool:
    """Say whether a message takes something back, begins to ask, or names a day, a time or a figure."""
    words = language.vocabulary
    if signs(text, words).kinds or find_phrases(spoken(text, words), words.wishes.turn | words.wishes.negate):
        return True
    return any(begins_to_ask(part, language) for part in CLAUSE_END.split(text))
