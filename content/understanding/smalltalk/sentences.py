"""Sentences by their words: one that tells, wishes, asks, laments, grieves or speaks of a body."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.parsing.word_lists.request_words import PersonWords
from coach.requests import Intent
from content.library import Language, SearchResult
from content.understanding.requests.replies import reply_of
from content.understanding.smalltalk.phrases import words_of

AILING_FROM: Final = 0.1  # how likely what has no answer must tell of a pain
HURTS_FROM: Final = 0.3  # the same, where urgent help is named
BEGINNING: Final = 2  # words of a part among which one that asks begins a question: "and how"
CLAUSE_END: Final = re.compile(r"[.,;:!\n]+")
QUESTION_MARK: Final = "?"


def is_told(text: str, language: Language) -> bool:
    """Say whether a text is a sentence that tells something, and asks and wishes for nothing."""
    return bool(find_phrases(fold(text), language.person_words.telling)) and not wishes(text, language)


def is_lament(text: str, language: Language) -> bool:
    """Say whether a text tells of what ails somebody, or weighs on them."""
    people, said = language.person_words, fold(text)
    return is_of_body(said, people) or bool(find_phrases(said, people.worried | people.low)) or grieves(text, language)


def is_of_body(said: str, people: PersonWords) -> bool:
    """Say whether a folded text names what ails a body, or a part of one that is the person's own: "my arm"."""
    if find_phrases(said, people.health - people.parts):
        return True
    owned = rf"{BEGINS}{phrase_pattern(people.owned | people.before)} (?:\w+ )?{phrase_pattern(people.parts)}{ENDS}"
    return re.search(owned, said) is not None


def wishes(text: str, language: Language) -> bool:
    """Say whether a text asks for something, or wishes for it, with or without a question mark."""
    if QUESTION_MARK in text or find_phrases(fold(text), language.person_words.wishing):
        return True
    if reply_of(text, language.reply_words) is not None or _lets_go(text, language):  # "leave it as it is"
        return True
    asking = language.vocabulary.answers.asking
    words, telling = words_of(text), language.person_words.telling
    pairs = zip(("", *words), pairwise(words), strict=False)
    asks = any(
        asking.issuperset(pair) and before not in telling for before, pair in pairs
    )  # "what did", not "i could do"
    return asks or any(begins_to_ask(part, language, 1) for part in CLAUSE_END.split(text))


def _lets_go(text: str, language: Language) -> bool:
    """Say whether a clause asks for something to be let go: "bin it"."""
    ours = language.week_words
    drops = rf" ?{phrase_pattern(ours.drops)} {phrase_pattern(ours.the_it)}{ENDS}"
    return any(re.match(drops, fold(part)) for part in CLAUSE_END.split(text))


def grieves(text: str, language: Language) -> bool:
    """Say whether a text tells of a death or the like: "we buried my aunt", "my father died on tuesday"."""
    people, said = language.person_words, fold(text)
    if find_phrases(said, people.grieving):
        return True
    named = language.vocabulary.wishes.others | people.others | people.bystanders | people.spoken_to | people.mourned
    return bool(find_phrases(said, people.died)) and bool(find_phrases(said, named))


def is_health(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message that has no answer speaks of a body, or of how somebody feels."""
    people, said = language.person_words, fold(text)
    if found.intents is None or find_phrases(said, people.health | people.worried | people.low):
        return True
    return dict(found.intents.whole.intents).get(Intent.PAIN, 0) >= AILING_FROM


def may_ail(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message that has no answer may be about a body that hurts, or is ill."""
    if found.intents is None or is_of_body(without_will(text, language), language.person_words):
        return True
    return dict(found.intents.whole.intents).get(Intent.PAIN, 0) >= HURTS_FROM


def without_will(text: str, language: Language) -> str:
    """Return a folded text without "I'll" that lacks its apostrophe, which is no illness: "fine, ill go"."""
    return re.sub(rf"{BEGINS}{phrase_pattern(language.person_words.will_do)}{ENDS}", " ", fold(text))


def begins_to_ask(part: str, language: Language, within: int = BEGINNING) -> bool:
    return not language.vocabulary.answers.asking.isdisjoint(words_of(part)[:within])
