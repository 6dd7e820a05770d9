"""Remarks that ask nothing: news of others, feelings, stories, and whom a message tells of."""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.dates import find_days
from coach.parsing.mentions.mention import BEGINS, ENDS, spoken
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.requests import SHOWING, Intent
from content.library import Language, SearchResult
from content.understanding.smalltalk.phrases import SmallTalkKind, words_of
from content.understanding.smalltalk.sentences import (
    AILING_FROM,
    CLAUSE_END,
    QUESTION_MARK,
    begins_to_ask,
    grieves,
    is_health,
    is_of_body,
    is_told,
    wishes,
)

TELLS_BELOW: Final = 0.2  # of news, however likely it is to ask for something
QUESTION_BELOW: Final = 0.15  # of a message that only tells something, how likely it is a question
FAR_BELOW: Final = 0.2  # by the score of the entry that fits best, of a remark
REMARK_BELOW: Final = 0.25  # of a remark, how likely it is a question
ASKS_IN_REMARK: Final = 0.7  # how likely a remark must be no request, where it is none by its words
LEAST_WORDS: Final = 3  # of news
ASKED_WITHIN: Final = 3  # the same, where an entry answers what is said: "remind me why"
WANTS_FROM: Final = 0.5  # of a feeling, however likely it asks for something
FITS_FROM: Final = 0.25  # by the score of the entry that fits best, where a feeling is told
MAX_CHARACTERS: Final = 200  # of a message that is looked at: who writes more has more to say than that


def told_of_people(text: str, language: Language) -> SmallTalkKind | None:
    """Return the small talk that a message is by whom it tells of: who wants to join, is ill or will be operated on.

    What asks for something is none, but for somebody else's wish.
    """
    people, said = language.person_words, fold(text)
    others = language.vocabulary.wishes.others | people.others | people.bystanders
    theirs = others - people.spoken_to
    owned = phrase_pattern(people.owned | people.before)
    named = rf"{BEGINS}{owned} (?:\w+ ){{0,2}}{phrase_pattern(people.spoken_to)}{ENDS}"
    clauses = [fold(clause) for clause in CLAUSE_END.split(text)]
    of_others = [bool(find_phrases(each, theirs) or re.search(named, each)) for each in clauses]
    if any(of_others) and find_phrases(said, people.joining):
        return SmallTalkKind.JOINING
    if QUESTION_MARK in text or wishes(text, language):
        return None
    ill = [bool(find_phrases(each, people.unwell)) for each in clauses]
    if any(ill) and all(other for other, is_ill in zip(of_others, ill, strict=True) if is_ill):
        return SmallTalkKind.WORRIED
    if find_phrases(said, people.treated) and is_told(text, language):
        return SmallTalkKind.WORRIED if any(of_others) else SmallTalkKind.TREATED
    return None


def news_of_others(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that news of others is, None where the message may ask for something or be about health.

    "Wife says I should eat less bread. I say she should mind her business."
    """
    ranked, words = found.intents, language.vocabulary
    if found.outcome != "none" or ranked is None or QUESTION_MARK in text or len(text.split()) < LEAST_WORDS:
        return None
    may_ask = max([ranked.whole.question, *(each for _, each in ranked.whole.intents)]) >= TELLS_BELOW
    asks = not words.answers.asking.isdisjoint(words_of(text)[:1])
    people = language.person_words
    others = find_phrases(fold(text), words.wishes.others - people.bystanders - people.spoken_to)
    asks = asks or bool(find_days(spoken(text, words), words))  # "can't be bothered today"
    return SmallTalkKind.LIFE if others and not may_ask and not asks and not is_health(text, found, language) else None


def only_tells(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message asks nothing, although an entry is about the same: "in '94 I could do fifty raises"."""
    if found.intents is None or found.in_context or QUESTION_MARK in text:
        return False
    if any(part.question >= QUESTION_BELOW for part in (found.intents.whole, *found.intents.windows)):
        return False
    return not any(begins_to_ask(part, language, ASKED_WITHIN) for part in CLAUSE_END.split(text))


def feeling_of(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that answers a feeling which is told, where nothing is asked and no entry fits well.

    "feeling a bit low today" gets a word, "why am I so tired?" an answer.
    """
    ranked, people = found.intents, language.person_words
    if (
        ranked is None
        or found.outcome not in {"none", "suggest"}
        or QUESTION_MARK in text
        or len(text) > MAX_CHARACTERS
    ):
        return None
    if any(each >= WANTS_FROM for intent, each in ranked.whole.intents if intent not in SHOWING):
        return None
    fits = found.outcome == "suggest" and found.candidates[0].score >= FITS_FROM
    if fits or not language.vocabulary.answers.asking.isdisjoint(words_of(text)[:1]):
        return None
    said = fold(text)
    for kind, listed in (
        (SmallTalkKind.WORRIED, people.worried),
        (SmallTalkKind.TIRED, people.low),
        (SmallTalkKind.JOY, people.glad),
    ):
        if find_phrases(said, listed):
            return kind
    return None


def remark_of(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that a remark is: a sentence that tells something, wants nothing and is not about health.

    "We had forty people for lunch", "the cat sleeps on my mat"; "protein before bed" tells nothing.
    """
    ranked, people = found.intents, language.person_words
    # What was shown before lifts the entries that are about it, which a remark is not.
    far = found.outcome == "suggest" and (found.in_context or found.candidates[0].score < FAR_BELOW)
    muses = found.in_context and bool(find_phrases(fold(text), people.muses))
    far = far or muses or found.outcome == "none"
    if ranked is None or not far or len(text) > MAX_CHARACTERS or wishes(text, language):
        return None
    parts = (ranked.whole, *ranked.parts, *ranked.windows)
    if any(part.question >= REMARK_BELOW for part in parts):
        return None
    said = fold(text)
    if grieves(text, language) or (find_phrases(said, people.worried) and not is_of_body(said, people)):
        return SmallTalkKind.WORRIED
    likely = max(max((each for _, each in part.intents), default=0) for part in parts)
    days = find_days(spoken(text, language.vocabulary), language.vocabulary)
    to_come = any((one.value.offset or 0) >= 0 for one in days)
    tells = find_phrases(said, people.telling) and likely < ASKS_IN_REMARK and not to_come
    ailing = dict(ranked.whole.intents).get(Intent.PAIN, 0) >= AILING_FROM or is_of_body(said, people)
    return SmallTalkKind.LIFE if tells and not ailing else None
