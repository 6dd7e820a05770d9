"""Thanks, farewells and greetings around words that ask nothing: "you're tolerable. good night"; news and stories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from coach.parsing.mentions.dates import find_days
from coach.parsing.mentions.mention import BEGINS, ENDS, spoken
from coach.parsing.mentions.phrases import find_phrases, phrase_pattern
from coach.parsing.normalise import fold
from coach.parsing.word_lists.request_words import PersonWords
from coach.requests import SHOWING, Intent
from content.library import Language, SearchResult
from content.understanding.requests.features import signs
from content.understanding.requests.ranked import RankedIntents
from content.understanding.requests.reader import Request
from content.understanding.requests.replies import begins_with_no, reply_of
from content.understanding.smalltalk import SmallTalkKind, words_of

KINDS: Final = (SmallTalkKind.THANKS, SmallTalkKind.FAREWELL, SmallTalkKind.GREETING)
"""Kinds that are answered although more is said, the first of them first."""

SMALL_TALK_FROM: Final = 0.6  # how likely a message must be small talk that is listed nowhere word for word
ASKED_FROM: Final = 0.5  # of a message or a part of it that asks for something, or is a question
GREETED_FROM: Final = 0.15  # of a message behind a greeting that is like small talk
TELLS_BELOW: Final = 0.2  # of news, however likely it is to ask for something
QUESTION_BELOW: Final = 0.15  # of a message that only tells something, how likely it is a question
AILING_FROM: Final = 0.1  # how likely what has no answer must tell of a pain
FAR_BELOW: Final = 0.2  # by the score of the entry that fits best, of a remark
REMARK_BELOW: Final = 0.25  # of a remark, how likely it is a question
ASKS_IN_REMARK: Final = 0.7  # how likely a remark must be no request, where it is none by its words
LEAST_WORDS: Final = 3  # of news
BEGINNING: Final = 2  # words of a part among which one that asks begins a question: "and how"
ASKED_WITHIN: Final = 3  # the same, where an entry answers what is said: "remind me why"
WANTS_FROM: Final = 0.5  # of a feeling, however likely it asks for something
FITS_FROM: Final = 0.25  # by the score of the entry that fits best, where a feeling is told
GOODBYE_WORDS: Final = 6  # at most, of a clause that is a goodbye
GOODBYE_LIKE: Final = frozenset({
    Intent.MOVE, Intent.UNDO, Intent.RESUME, Intent.SHOW_DAY, Intent.SKIP, Intent.PAUSE, Intent.SHOW_NEXT,
})  # fmt: skip
"""Intents that a goodbye is taken for: "see ya tomorrow"."""

PAINLESS_WORDS: Final = 4  # at most, beside what says that nothing hurts
MAX_CHARACTERS: Final = 200  # of a message that is looked at: who writes more has more to say than that
_CLAUSE: Final = re.compile(r"[.,;:!\n]+")
_ASKING: Final = "?"


def small_talk_of(text: str, found: SearchResult, language: Language, *, told: bool) -> SmallTalkKind | None:
    """Return the small talk that a message is; `told`: an entry is about the same, and nothing is asked."""
    kind = language.messages.small_talk.kind_of(text) or told_of_people(text, language)
    kind = kind or _likely_small_talk(found) or courtesy_of(text, found, language)
    if kind is None and found.outcome != "answer" and says_goodbye(text, (), language):
        kind = SmallTalkKind.FAREWELL
    if kind is None and told and begins_with_thanks(text, language):
        kind = SmallTalkKind.THANKS
    kind = kind or feeling_of(text, found, language)
    return kind or news_of_others(text, found, language) or remark_of(text, found, language)


def says_painless(text: str, language: Language) -> bool:
    """Say whether a message says that nothing hurts, and little else: "no pains, thank you"."""
    people, words = language.person_words, language.vocabulary
    clauses = [fold(clause) for clause in _CLAUSE.split(text) if words_of(clause)]
    said = [clause for clause in clauses if find_phrases(clause, people.painless)]
    if not said or _ASKING in text or any(map(str.isdigit, text)) or find_phrases(fold(text), words.wishes.turn):
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


def told_of_people(text: str, language: Language) -> SmallTalkKind | None:
    """Return the small talk that a message is by whom it tells of: who wants to join, is ill or will be operated on.

    What asks for something is none, but for somebody else's wish.
    """
    people, said = language.person_words, fold(text)
    others = language.vocabulary.wishes.others | people.others | people.bystanders
    theirs = others - people.spoken_to
    owned = phrase_pattern(people.owned | people.before)
    named = rf"{BEGINS}{owned} (?:\w+ ){{0,2}}{phrase_pattern(people.spoken_to)}{ENDS}"
    clauses = [fold(clause) for clause in _CLAUSE.split(text)]
    of_others = [bool(find_phrases(each, theirs) or re.search(named, each)) for each in clauses]
    if any(of_others) and find_phrases(said, people.joining):
        return SmallTalkKind.JOINING
    if _ASKING in text or wishes(text, language):
        return None
    ill = [bool(find_phrases(each, people.unwell)) for each in clauses]
    if any(ill) and all(other for other, is_ill in zip(of_others, ill, strict=True) if is_ill):
        return SmallTalkKind.WORRIED
    if find_phrases(said, people.treated) and is_told(text, language):
        return SmallTalkKind.WORRIED if any(of_others) else SmallTalkKind.TREATED
    return None


def _likely_small_talk(found: SearchResult) -> SmallTalkKind | None:
    """Return the kind of small talk that a whole message is like, where no entry answers it."""
    ranked = found.intents.whole.small_talk if found.intents is not None and found.outcome != "answer" else None
    if ranked is None or ranked[1] < SMALL_TALK_FROM:
        return None
    return ranked[0] if ranked[0] is not SmallTalkKind.BEYOND or found.outcome == "none" else None


def courtesy_of(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that a message begins or ends with, where nothing else of it asks for anything."""
    if len(text) > MAX_CHARACTERS or _ASKING in text or found.outcome not in {"none", "suggest"}:
        return None
    if _may_ask(found.intents) or _says_more(text, language):
        return None
    talk = found.intents.whole.small_talk if found.intents is not None else None
    small_talk = language.messages.small_talk
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    kinds = {small_talk.kind_of(clause) for clause in clauses[:1] + clauses[-1:]}
    if any(small_talk.begins(clause, SmallTalkKind.THANKS) for clause in [text, *clauses[1:2]]):
        kinds.add(SmallTalkKind.THANKS)
    if talk is None or talk[1] < GREETED_FROM:  # "hi, hair removal" is a question
        kinds.discard(SmallTalkKind.GREETING)
    return next((kind for kind in KINDS if kind in kinds), None)


def begins_with_thanks(text: str, language: Language) -> bool:
    """Say whether a message begins with thanks, and no part of it asks: "thank you, we will ask her doctor"."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    thanks = bool(clauses) and language.messages.small_talk.kind_of(clauses[0]) is SmallTalkKind.THANKS
    return thanks and not any(_begins_to_ask(part, language) for part in clauses[1:])


def news_of_others(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that news of others is, None where the message may ask for something or be about health.

    "Wife says I should eat less bread. I say she should mind her business."
    """
    ranked, words = found.intents, language.vocabulary
    if found.outcome != "none" or ranked is None or _ASKING in text or len(text.split()) < LEAST_WORDS:
        return None
    may_ask = max([ranked.whole.question, *(each for _, each in ranked.whole.intents)]) >= TELLS_BELOW
    asks = not words.answers.asking.isdisjoint(words_of(text)[:1])
    people = language.person_words
    others = find_phrases(fold(text), words.wishes.others - people.bystanders - people.spoken_to)
    asks = asks or bool(find_days(spoken(text, words), words))  # "can't be bothered today"
    return SmallTalkKind.LIFE if others and not may_ask and not asks and not is_health(text, found, language) else None


def only_tells(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message asks nothing, although an entry is about the same: "in '94 I could do fifty raises"."""
    if found.intents is None or found.in_context or _ASKING in text:
        return False
    if any(part.question >= QUESTION_BELOW for part in (found.intents.whole, *found.intents.windows)):
        return False
    return not any(_begins_to_ask(part, language, ASKED_WITHIN) for part in _CLAUSE.split(text))


def feeling_of(text: str, found: SearchResult, language: Language) -> SmallTalkKind | None:
    """Return the small talk that answers a feeling which is told, where nothing is asked and no entry fits well.

    "feeling a bit low today" gets a word, "why am I so tired?" an answer.
    """
    ranked, people = found.intents, language.person_words
    if ranked is None or found.outcome not in {"none", "suggest"} or _ASKING in text or len(text) > MAX_CHARACTERS:
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
    far = found.outcome == "suggest" and found.candidates[0].score < FAR_BELOW
    if ranked is None or not (far or found.outcome == "none") or len(text) > MAX_CHARACTERS or wishes(text, language):
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
    if _ASKING in text or find_phrases(fold(text), language.person_words.wishing):
        return True
    if reply_of(text, language.reply_words) is not None:  # "leave it as it is"
        return True
    asking = language.vocabulary.answers.asking
    words, telling = words_of(text), language.person_words.telling
    pairs = zip(("", *words), pairwise(words), strict=False)
    asks = any(
        asking.issuperset(pair) and before not in telling for before, pair in pairs
    )  # "what did", not "i could do"
    return asks or any(_begins_to_ask(part, language, 1) for part in _CLAUSE.split(text))


def grieves(text: str, language: Language) -> bool:
    """Say whether a text tells of a death or the like: "we buried my aunt", "my father died on tuesday"."""
    people, said = language.person_words, fold(text)
    if find_phrases(said, people.grieving):
        return True
    named = language.vocabulary.wishes.others | people.others | people.bystanders | people.spoken_to | people.mourned
    return bool(find_phrases(said, people.died)) and bool(find_phrases(said, named))


def says_goodbye(text: str, requests: Sequence[Request], language: Language) -> bool:
    """Say whether a clause is a goodbye, and nothing more is said, whatever that is like: "see ya tomorrow"."""
    like_one = all(each.intent in GOODBYE_LIKE for each in requests)
    if len(requests) > 1 or not like_one or _ASKING in text or any(each.isdigit() for each in text):
        return False
    small_talk = language.messages.small_talk
    clauses = [clause for clause in _CLAUSE.split(spoken(text, language.vocabulary)) if clause.strip()]
    if not any(_begins_goodbye(clause, language) for clause in clauses[-2:]):
        return False
    return all(small_talk.kind_of(each) is not None or _begins_goodbye(each, language) for each in clauses)


def _begins_goodbye(clause: str, language: Language) -> bool:
    """Say whether a clause begins with a goodbye, behind two words at most: "lovely bye now"."""
    words = clause.split()
    small_talk = language.messages.small_talk
    starts = range(min(BEGINNING, len(words)) + 1)
    return len(words) <= GOODBYE_WORDS and any(
        small_talk.begins(" ".join(words[start:]), SmallTalkKind.FAREWELL) for start in starts
    )


def is_health(text: str, found: SearchResult, language: Language) -> bool:
    """Say whether a message that has no answer speaks of a body, or of how somebody feels."""
    people, said = language.person_words, fold(text)
    if found.intents is None or find_phrases(said, people.health | people.worried | people.low):
        return True
    return dict(found.intents.whole.intents).get(Intent.PAIN, 0) >= AILING_FROM


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
    return any(_begins_to_ask(part, language) for part in _CLAUSE.split(text))


def _begins_to_ask(part: str, language: Language, within: int = BEGINNING) -> bool:
    return not language.vocabulary.answers.asking.isdisjoint(words_of(part)[:within])
