"""Messages that ask for nothing by their form: no question, no wish, nothing of training, no day and no hour.

"hot dog", "the pumps won", "ah, a machine. no matter": to say that there is no answer to such a thing is no talk.
"""

from __future__ import annotations

import re
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from content.library import Language, SearchResult
from content.understanding.red_flags.detector import words_of_all
from content.understanding.requests.features import signs
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.replies import begins_with_no
from content.understanding.smalltalk.phrases import SmallTalkKind, words_of
from content.understanding.smalltalk.sentences import (
    BEGINNING,
    CLAUSE_END,
    QUESTION_MARK,
    grieves,
    is_of_body,
    wishes,
    without_will,
)

MAX_CHARACTERS: Final = 200  # of a message that is looked at: who writes more has more to say than that
QUESTION_BELOW: Final = 0.2  # how likely the message, or a part of it, is a question
REQUEST_BELOW: Final = 0.46  # how likely it asks for something
BARE_REQUEST_BELOW: Final = 0.75  # the same, where it names nothing of what it is taken for
GREETED_BELOW: Final = 0.3  # how likely a message behind a greeting is a question
LAUGHED_BELOW: Final = 0.35  # how likely a message that laughs is one, or how well an entry fits it
OUTSIDE_BELOW: Final = 0.5  # how likely it is about something that nobody here knows: "cheap flights to bali"
FACT_BELOW: Final = 0.3  # how likely it asks for a fact of one's own training
FITS_BELOW: Final = 0.25  # by the score of the entry that fits best, where entries would be suggested
COUNTED_WORDS: Final = 4  # at least, of a message that names a number: fewer may be the answer to something
LEAST_WORDS: Final = 2  # one alone may be the name of what is asked about
LEAST_KNOWN: Final = 0.5  # of its words, that are words of the language
NUMBER: Final = "NUMBER"
SENTENCE_ENDS: Final = (".", "!", "…")


def remark_by_form(text: str, found: SearchResult, language: Language, *, bare: bool = False) -> SmallTalkKind | None:
    """Return the small talk that a message is which asks for nothing by its form, None for any other.

    `bare`: it may be likelier a request, for it is none, or names nothing of it.
    """
    return kind_of_remark(text, language) if asks_nothing(text, found, language, bare=bare) else None


def instead_of_request(text: str, found: SearchResult, language: Language, *, between: bool) -> SmallTalkKind | None:
    """Return the small talk that a message is rather than a request of which it names nothing.

    `between`: it was unsure which request that would be.
    """
    ranked = found.intents.whole if found.intents is not None else None
    greets = language.messages.small_talk.begins(text, SmallTalkKind.GREETING)
    if ranked is not None and ranked.small_talk is not None and greets and QUESTION_MARK not in text:
        kind, likely = ranked.small_talk
        if kind is SmallTalkKind.GREETING and ranked.best is not None and likely > ranked.best[1]:
            return kind
    if introduces(text, found, language):
        return SmallTalkKind.GREETING
    if begins_with_no(text, language.reply_words):  # "nope, working late"
        return None
    return remark_by_form(text, found, language, bare=not between)


def asks_nothing(text: str, found: SearchResult, language: Language, *, bare: bool = False) -> bool:
    """Say whether a message asks for nothing by its form, and names nothing that a coach could do or help with.

    Who laughs may name their legs.
    """
    if found.intents is None or found.outcome not in {"none", "suggest"} or len(text) > MAX_CHARACTERS:
        return False
    laughing = laughs(text, language)
    fits_below = LAUGHED_BELOW if laughing else FITS_BELOW
    if found.outcome == "suggest" and not found.in_context and found.candidates[0].score >= fits_below:
        return False
    if not _is_of_the_language(text, language) or asks_by_words(text, language):
        return False
    if found.intents.whole.outside >= OUTSIDE_BELOW and not (laughing or _is_a_sentence(text, language)):
        return False
    if _may_ask(found.intents, LAUGHED_BELOW if laughing else QUESTION_BELOW, bare=bare):
        return False
    return not _names_training(text, language, legs=laughing) and not _is_of_an_ailing_body(text, language)


def introduces(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message greets and tells who writes, and asks for nothing: "good day, here is Marta"."""
    if found.intents is None or QUESTION_MARK in text or len(text) > MAX_CHARACTERS:
        return False
    if not language.messages.small_talk.begins(text, SmallTalkKind.GREETING):
        return False
    told = introduced_name(text, language) is not None
    return told and found.intents.whole.question < GREETED_BELOW and not _names_training(text, language)


def kind_of_remark(text: str, language: Language) -> SmallTalkKind:
    """Return the small talk that answers a remark: a greeting, a joke, a grief, a joy, or anything else of life."""
    said, people = fold(text), language.person_words
    if language.messages.small_talk.begins(text, SmallTalkKind.GREETING):
        return SmallTalkKind.GREETING
    if grieves(text, language):
        return SmallTalkKind.WORRIED
    if laughs(text, language):
        return SmallTalkKind.JOKE
    for kind, listed in (
        (SmallTalkKind.WORRIED, people.worried),
        (SmallTalkKind.TIRED, people.low),
        (SmallTalkKind.JOY, people.glad),
    ):
        if find_phrases(said, listed):
            return kind
    return SmallTalkKind.LIFE


def laughs(text: str, language: Language) -> bool:
    """Say whether a message laughs: "haha", "lol", or a face that does."""
    people = language.person_words
    return bool(find_phrases(fold(text), people.laughing)) or not people.laughing_faces.isdisjoint(text)


def introduced_name(text: str, language: Language) -> str | None:
    """Return the name by which somebody introduces themselves, None where there is none: "hello, I'm Tomasz".

    It is written as a name, and is no word of the language: "I am German" names nobody.
    """
    people = language.person_words
    opening, title = phrase_pattern(people.introducing), phrase_pattern(people.titles)
    found = re.search(rf"{BEGINS}(?i:{opening}) (?:(?i:{title})\.? )?(?P<name>[^\W\d_][\w'’-]+)", text)
    name = found["name"] if found is not None else ""
    return name if name[:1].isupper() and name.casefold() not in language.familiar else None


def _is_of_the_language(text: str, language: Language) -> bool:
    """Say whether most words of a message are known, so that it is no code, no typing of a cat and no other tongue."""
    words = [word for word in words_of_all([text]) if word[0].isalpha()]
    known = sum(word in language.familiar for word in words)
    return len(words) >= LEAST_WORDS and known >= LEAST_KNOWN * len(words)


def asks_by_words(text: str, language: Language) -> bool:
    """Say whether a message asks or wishes for something by its words."""
    people = language.person_words
    commands = rf" ?{phrase_pattern(people.commanding)}{ENDS}"
    if wishes(text, language) or any(re.match(commands, fold(part)) for part in CLAUSE_END.split(text)):
        return True
    asking, telling = language.vocabulary.answers.asking, people.telling
    beginnings = [words_of(part)[:BEGINNING] for part in CLAUSE_END.split(text)]
    return any(words[-1] in asking and telling.isdisjoint(words[:-1]) for words in beginnings if len(words) > 1)


def _is_a_sentence(text: str, language: Language) -> bool:
    """Say whether a message is a sentence: something ends like one, or tells something."""
    people = language.person_words
    return any(end in text for end in SENTENCE_ENDS) or bool(find_phrases(fold(text), people.telling - people.owned))


def _may_ask(ranked: RankedIntents, question_below: float, *, bare: bool) -> bool:
    """Say whether a message, or a part of it, is too likely a question or a request."""
    request_below = BARE_REQUEST_BELOW if bare else REQUEST_BELOW
    return any(
        part.question >= question_below
        or (part.best is not None and part.best[1] >= request_below)
        or (part.fact is not None and part.fact[1] >= FACT_BELOW)
        for part in (ranked.whole, *ranked.parts, *ranked.windows)
    )


def _names_training(text: str, language: Language, *, legs: bool = False) -> bool:
    """Say whether a message names something of training, a day, an hour, a length or a load; `legs` do not count."""
    kinds = signs(text, language.vocabulary).kinds
    if any(kind != NUMBER for kind in kinds) or (kinds and len(text.split()) < COUNTED_WORDS):
        return True
    trained = language.vocabulary.requests.training | language.person_words.trained
    if not legs and find_phrases(fold(text), trained):
        return True
    return language.exercise_of(text) is not None


def _is_of_an_ailing_body(text: str, language: Language) -> bool:
    """Say whether a message names what ails a body; a joke may name a part of one: "a hangover in my body haha"."""
    people, said = language.person_words, without_will(text, language)
    if laughs(text, language):
        return bool(find_phrases(said, people.health - people.parts))
    return is_of_body(said, people)
