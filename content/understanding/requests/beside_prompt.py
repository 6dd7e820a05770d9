"""Requests while the coach waits for an answer: which are requests all the same, and which are tries at the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from coach.profile import PromptKind
from coach.requests import Intent
from content.library import Language, SearchResult
from content.understanding.requests.features import signs
from content.understanding.requests.reader import SHOWING, Request

MIN_REQUEST_WORDS: Final = 2  # beside days, times and figures, which alone are an answer

MEASURED: Final = frozenset({Intent.RAISES, Intent.GIRTH, Intent.WEIGHT})
"""Intents whose figures may be told in a sentence while their own question is open: words without any are no answer."""

SAME_SUBJECT: Final[Mapping[str, Intent]] = MappingProxyType({PromptKind.DAYS: Intent.MOVE})
"""Intents that an answer to the question of that kind is taken for, beside the intent of the question's own name."""

_DAYS: Final = frozenset({Intent.SHOW_DAY, Intent.SHOW_NEXT, Intent.SHOW_WEEK, Intent.SKIP, Intent.MOVE})
_FIGURES: Final = MEASURED | {Intent.UNITS, Intent.SETS, Intent.TARGET}
_HARDNESS: Final = frozenset({Intent.EASIER, Intent.HARDER, Intent.DONE, Intent.START, Intent.PAIN})

TRIES: Final[Mapping[str, Collection[Intent]]] = MappingProxyType({
    PromptKind.GOALS: {Intent.GOALS, Intent.TARGET, Intent.EVENT, Intent.PROGRESS},
    PromptKind.EXPERIENCE: _HARDNESS | {Intent.PROGRESS},
    PromptKind.DAYS: _DAYS | {Intent.DAYS},
    PromptKind.MINUTES: {Intent.MINUTES, Intent.DONE, Intent.TIMER},
    PromptKind.LONGEST: {Intent.MINUTES, Intent.DONE, Intent.TIMER},
    PromptKind.EQUIPMENT: {Intent.EQUIPMENT, Intent.EXERCISE, Intent.SWAP},
    PromptKind.CHECK: {Intent.PAIN, Intent.RESUME},
    PromptKind.AGE: _FIGURES,
    PromptKind.UNITS: _FIGURES,
    PromptKind.WEIGHT: _FIGURES,
    PromptKind.ZONE: {Intent.ZONE},
    PromptKind.TIME: _DAYS | {Intent.REMIND, Intent.PAUSE},
    PromptKind.REMINDER: _DAYS | {Intent.REMIND, Intent.PAUSE},
    PromptKind.QUIET: _DAYS | {Intent.REMIND, Intent.PAUSE},
    PromptKind.UNTIL: _DAYS | {Intent.PAUSE, Intent.RESUME},
    PromptKind.GIRTH: _FIGURES,
    PromptKind.RAISES: _FIGURES,
    PromptKind.STEP: _HARDNESS | {Intent.SKIP},
    PromptKind.TARGET: _FIGURES | {Intent.GOALS},
    PromptKind.EVENT: _DAYS | {Intent.EVENT},
})  # fmt: skip
"""Intents that a try at the answer to the question of that kind is like, where few words say what is meant."""


def is_about(kind: str, requests: Sequence[Request]) -> bool:
    """Say whether a request is about what the question of that kind asks."""
    return any(request.intent in {kind, SAME_SUBJECT.get(kind)} for request in requests)


def are_measured(requests: Sequence[Request]) -> bool:
    """Say whether nothing but figures is told."""
    return all(request.intent in MEASURED for request in requests)


def stand_alone(text: str, requests: Sequence[Request], found: SearchResult, language: Language) -> bool:
    """Say whether requests are some while a question is open: by a slot within words, or as an example word for word.

    So are repetitions with their load, which answer no question. A single word that only shows something, such as
    "week", may be meant as the answer.
    """
    exact = found.intents.exact if found.intents is not None else None
    if exact is not None and (exact not in SHOWING or len(text.split()) >= MIN_REQUEST_WORDS):
        return True
    if any(each.intent is Intent.SETS and each.slots.reps and each.slots.kg for each in requests):
        return True
    words = [word for word in signs(text, language.vocabulary).text.split() if word.isalpha() and not word.isupper()]
    return len(words) >= MIN_REQUEST_WORDS and any(each.slots.said() for each in requests)


def are_no_tries(kind: str, text: str, requests: Sequence[Request]) -> bool:
    """Say whether requests in few words are none at the answer: what they change is said, and is of another kind."""
    tries = TRIES.get(kind, ())
    return any(character.isalpha() for character in text) and all(
        each.intent not in tries and (each.intent in SHOWING or bool(each.slots.said())) for each in requests
    )
