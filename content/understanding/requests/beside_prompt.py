"""Requests made while a question is open: told apart from attempts to answer it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from coach.profile import PromptKind
from coach.requests import SHOWING, Intent
from content.library import Language, SearchResult
from content.understanding.requests.features import signs
from content.understanding.requests.request import Request

MIN_REQUEST_WORDS: Final = 2  # beside days, times and figures, which alone are an answer

MEASURED: Final = frozenset({Intent.RAISES, Intent.GIRTH, Intent.WEIGHT})
"""Intents of measurements: while their question is open, a sentence with figures answers it, one without does not."""

SAME_SUBJECT: Final[Mapping[str, Intent]] = MappingProxyType({PromptKind.DAYS: Intent.MOVE})
"""Intents that the ranker gives to answers of a question, beside the intent that has the question's own name."""

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
"""Intents that the ranker gives to short attempts to answer a question, by the kind of the question."""


def is_about(kind: str, requests: Sequence[Request]) -> bool:
    """Say whether a request is about what the question of that kind asks."""
    return any(request.intent in {kind, SAME_SUBJECT.get(kind)} for request in requests)


def are_measured(requests: Sequence[Request]) -> bool:
    """Say whether nothing but figures is told."""
    return all(request.intent in MEASURED for request in requests)


def name_place(requests: Sequence[Request]) -> bool:
    """Say whether nothing but a place is told whose clock is wanted: "landed, on Vienna time now"."""
    return all(request.intent is Intent.ZONE and request.slots.place is not None for request in requests)


def are_explicit(text: str, requests: Sequence[Request], found: SearchResult, language: Language) -> bool:
    """Say whether a message is clearly a request although a question is open.

    It is where it equals an example, or fills a slot and has words besides; and so are repetitions with their load,
    which answer no question. A single word that only shows something, such as "week", may be meant as the answer.
    """
    exact = found.intents.exact if found.intents is not None else None
    if exact is not None and (exact not in SHOWING or len(text.split()) >= MIN_REQUEST_WORDS):
        return True
    if any(each.intent is Intent.SETS and each.slots.reps and each.slots.kg for each in requests):
        return True
    words = [word for word in signs(text, language.vocabulary).text.split() if word.isalpha() and not word.isupper()]
    return len(words) >= MIN_REQUEST_WORDS and any(each.slots.said() for each in requests)


def are_unrelated(kind: str, text: str, requests: Sequence[Request], *, said: bool = True) -> bool:
    """Say whether requests have nothing to do with the open question, and in few words `said` what they change."""
    tries = TRIES.get(kind, ())
    return any(character.isalpha() for character in text) and all(
        each.intent not in tries and (not said or each.intent in SHOWING or bool(each.slots.said()))
        for each in requests
    )
