"""Ranked intents: how likely each is for a message and for its parts; made where the search result is made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from coach.parsing.vocabulary import any_of
from coach.requests import INTENT_OF, Fact, Intent
from content.understanding.ranking.ngrams import Vector
from content.understanding.ranking.sentence_model.message_vectors import MessageVectors
from content.understanding.ranking.spans import clauses, is_long, windows
from content.understanding.ranking.text_vectors import digest
from content.understanding.requests.doubts.plausible import is_plausible, is_possible
from content.understanding.requests.features import features
from content.understanding.requests.fitting import FACT, NEAR, OUTSIDE, QUESTION, TALK, FittedIntents, IntentTraining
from content.understanding.requests.slots.context import LIKELIER, likelier_after
from content.understanding.requests.slots.heard import Heard
from content.understanding.requests.slots.readers import read_slots
from content.understanding.smalltalk.phrases import SmallTalkKind, words_of

MOST_READ: Final = 2  # clauses that are read for their meaning: 3 ms each
MOST_READ_LONG: Final = 3  # windows of a long message that are
READ_FROM: Final = 0.1  # by spelling: of 1,000 messages none changed for a part below it, and half of the parts are
SURE_FROM: Final = 0.6  # of a whole message, whose parts are not asked then
QUESTION_FROM: Final = 0.6  # of a message or a part of it that is a question
ASKED_FROM: Final = 0.4  # by spelling: a part may ask for something
CHANGE_FROM_LONG: Final = 0.7  # of what changes something, in a window: another may say otherwise
OFFER_EACH_FROM: Final = 0.2  # of an intent that is offered
SHOWN: Final = 4  # intents of a part that are kept

_Kind = TypeVar("_Kind", bound=StrEnum)

FIGURES: Final = frozenset({Intent.WEIGHT, Intent.GIRTH, Intent.RAISES, Intent.SETS})
"""Intents that tell a figure: what is told around it says little against them."""

NAMING: Final = FIGURES | {
    Intent.MINUTES, Intent.DAYS, Intent.GOALS, Intent.EQUIPMENT, Intent.UNITS, Intent.ZONE, Intent.TIMER, Intent.TARGET,
    Intent.EVENT,
}  # fmt: skip
"""Intents of which the rest of a long message is more likely the point, where no slot is named anywhere."""


@dataclass(frozen=True, slots=True)
class RankedPart:
    """A message or a part of it, from `start` to `end`, and its likeliest intents; the rest is that it has none."""

    start: int
    end: int
    intents: tuple[tuple[Intent, float], ...]
    question: float = 0  # how likely it is a question of the FAQ
    near_miss: float = 0  # how likely it only looks like a request
    outside: float = 0  # how likely it is neither
    small_talk: tuple[SmallTalkKind, float] | None = None  # the likeliest kind, and how likely it is any of them
    fact: tuple[Fact, float] | None = None  # the likeliest that is asked for, and how likely it is any of them

    @property
    def best(self) -> tuple[Intent, float] | None:
        """The likeliest intent."""
        return self.intents[0] if self.intents else None


@dataclass(frozen=True, slots=True)
class RankedIntents:
    """A ranked message: as a whole, and where it has several parts each of them; of a long one windows as well."""

    whole: RankedPart
    parts: tuple[RankedPart, ...] = ()
    windows: tuple[RankedPart, ...] = ()
    exact: Intent | None = None  # the intent that has the very message among its examples
    spelled: RankedPart | None = None  # the whole by its spelling alone

    @property
    def likeliest(self) -> float:
        """Likelihood of the likeliest intent of the message or of any part of it, 0 to 1."""
        parts = (self.whole, *self.parts, *self.windows)
        return max((likely for part in parts for _, likely in part.intents), default=0)


class IntentFinder:
    """Ranks the intents of messages. Thread-safe: nothing changes after it is built."""

    def __init__(self, training: IntentTraining, fitted: FittedIntents) -> None:
        self._fitted = fitted
        self._words = training.words
        requests = training.examples.requests.items()
        self._exact = {digest(" ".join(words_of(text))): intent for intent, texts in requests for text in texts}
        facts = training.examples.facts.items()
        self._exact_facts = {digest(" ".join(words_of(text))): fact for fact, texts in facts for text in texts}
        joining = any_of(self._words.schedule.joining | self._words.wishes.turn | {"&"})
        self._breaks = re.compile(rf"\s*(?:[.!?;\n]+(?=\s|$)|,|\s+[-–—]\s+|\s{joining}(?=\s))\s*", re.IGNORECASE)
        self._question, self._near, self._outside = map(fitted.labels.index, (QUESTION, NEAR, OUTSIDE))
        self._intents = [(place, Intent(label)) for place, label in enumerate(fitted.labels) if label in set(Intent)]
        self._talk = [
            (place, SmallTalkKind(label.removeprefix(TALK)))
            for place, label in enumerate(fitted.labels)
            if label.startswith(TALK)
        ]
        self._facts = [
            (place, Fact(label.removeprefix(FACT)))
            for place, label in enumerate(fitted.labels)
            if label.startswith(FACT)
        ]

    def rank(self, text: str, meaning: MessageVectors | None) -> RankedIntents:
        """Rank the intents of a message and of its parts; `meaning` gives a text's vector, where there is a model."""
        said = digest(" ".join(words_of(text))) if words_of(text) else -1
        exact, fact = self._exact.get(said), self._exact_facts.get(said)
        spelling = self._spelling(text)
        spelled = self._part(text, 0, len(text), spelling, None)
        whole = self._part(text, 0, len(text), spelling, meaning) if meaning is not None else spelled
        if fact is not None:
            exact, whole = INTENT_OF[fact], replace(whole, fact=(fact, 1.0))
        spans = clauses(text, self._breaks)
        parts = self._parts(text, spans, meaning, whole) if len(spans) > 1 else ()
        read = self._windows(text, meaning) if is_long(text) else ()
        return RankedIntents(whole, parts, read, exact, spelled)

    def _windows(self, text: str, meaning: MessageVectors | None) -> tuple[RankedPart, ...]:
        """Rank the windows of a long message that by spelling are likeliest to ask for something."""
        spellings = {span: self._spelling(text[slice(*span)]) for span in windows(text)}
        spelled = [self._part(text, *span, spelling, None) for span, spelling in spellings.items()]
        likely = sorted(spelled, key=lambda part: -sum(each for _, each in part.intents))[:MOST_READ_LONG]
        if meaning is not None:
            meaning.prefetch(text[part.start : part.end] for part in likely[1:])
        return tuple(
            self._part(text, part.start, part.end, spellings[part.start, part.end], meaning) for part in likely
        )

    def _parts(
        self, text: str, spans: list[tuple[int, int]], meaning: MessageVectors | None, whole: RankedPart
    ) -> tuple[RankedPart, ...]:
        """Rank the parts by spelling, and those that spelling takes for requests by their meaning as well.

        Where the whole is a question, or is sure and by spelling no two parts ask for different things, meaning would
        tell nothing.
        """
        spelled = [self._spelling(text[start:end]) for start, end in spans]
        parts = [self._part(text, *span, spelling, None) for span, spelling in zip(spans, spelled, strict=True)]
        asked = {part.best[0] for part in parts if part.best and part.best[1] >= ASKED_FROM}
        sure = whole.best is not None and whole.best[1] >= SURE_FROM and len(asked) < 2
        if sure or whole.question >= QUESTION_FROM:
            return tuple(parts)
        hopeful = [part for part in parts if part.best and part.best[1] >= READ_FROM]
        likely = sorted(hopeful, key=lambda part: -(part.best[1] if part.best else 0))[:MOST_READ]
        if meaning is not None:
            meaning.prefetch(text[part.start : part.end] for part in sorted(likely, key=lambda part: part.start)[1:])
        return tuple(
            self._part(text, part.start, part.end, spelling, meaning) if part in likely else part
            for part, spelling in zip(parts, spelled, strict=True)
        )

    def _spelling(self, said: str) -> Vector:
        """The pieces of a text; the same for both rankers, which were fitted to the same texts."""
        return self._fitted.spelling.vector(features(said, self._words))

    def _part(self, text: str, start: int, end: int, spelling: Vector, meaning: MessageVectors | None) -> RankedPart:
        ranker, vector = self._fitted.spelling, None
        if meaning is not None and self._fitted.meaning is not None:
            ranker, vector = self._fitted.meaning, meaning(text[start:end])
        likely: list[float] = ranker.probabilities(spelling, vector).tolist()
        each_intent = {intent: likely[place] for place, intent in self._intents}
        for place, fact in self._facts:
            each_intent[INTENT_OF[fact]] = each_intent.get(INTENT_OF[fact], 0) + likely[place]
        found = sorted(each_intent.items(), key=lambda pair: -pair[1])
        return RankedPart(
            start=start,
            end=end,
            intents=tuple((intent, round(each, 4)) for intent, each in found[:SHOWN]),
            question=likely[self._question],
            near_miss=likely[self._near],
            outside=likely[self._outside],
            small_talk=_likeliest_kind(self._talk, likely),
            fact=_likeliest_kind(self._facts, likely),
        )


def _likeliest_kind(kinds: Sequence[tuple[int, _Kind]], likely: Sequence[float]) -> tuple[_Kind, float] | None:
    """Return the likeliest of some kinds, by their places, and how likely it is that a text is any of them."""
    ranked = [(likely[place], kind) for place, kind in kinds]
    return (max(ranked)[1], sum(each for each, _ in ranked)) if ranked else None


def with_named(ranked: RankedIntents, whole: Heard) -> RankedIntents:
    """Return a ranked message without the windows that would change what the message does not name."""
    best = [(window, window.best[0] if window.best else None) for window in ranked.windows]
    named = [window for window, intent in best if intent not in NAMING or read_slots(intent, whole).said()]
    return replace(ranked, windows=tuple(named) or ranked.windows)


def likely_intents(ranked: RankedIntents, heard: Heard) -> list[tuple[Intent, float]]:
    """Return the intents and how likely each is, in the light of what was shown; none where none would be offered."""
    after = heard.moment.after
    if ranked.likeliest * (LIKELIER if after is not None else 1) < OFFER_EACH_FROM:
        return []
    return likelier_after(_likely_alone(ranked, heard), after)


def _likely_alone(ranked: RankedIntents, heard: Heard) -> list[tuple[Intent, float]]:
    """Return the intents and how likely each is: as the whole message says, and the part that says it most clearly."""
    whole = {intent: each for intent, each in ranked.whole.intents if _makes_sense(intent, heard)}
    if ranked.windows:
        return _likeliest(ranked.windows, heard)
    if max(whole.values(), default=0) >= SURE_FROM:
        return list(whole.items())
    parts: dict[Intent, float] = {}
    for part in ranked.parts:
        for intent, likely in part.intents:
            parts[intent] = max(likely, parts.get(intent, 0))
    both = {
        intent: (whole.get(intent, 0) + parts.get(intent, 0)) / 2 if parts else whole[intent]
        for intent in {*whole, *parts}
        if intent in whole or _makes_sense(intent, heard)
    }
    return sorted(both.items(), key=lambda pair: (-pair[1], pair[0]))


def _makes_sense(intent: Intent, heard: Heard) -> bool:
    return is_possible(intent, heard) and is_plausible(intent, heard)


def _likeliest(windows: tuple[RankedPart, ...], heard: Heard) -> list[tuple[Intent, float]]:
    """Return the intents of the window of a long message that asks most clearly: what is told around it is no doubt."""
    best = surest_window(windows)
    found = best.intents if best else ()
    return [pair for pair in found if _makes_sense(pair[0], heard)]


def surest_window(windows: tuple[RankedPart, ...]) -> RankedPart | None:
    """Return the last window that surely asks, for people come to the point in the end; else the surest."""
    sure = [window for window in windows if window.best and window.best[1] >= CHANGE_FROM_LONG]
    if sure:
        return max(sure, key=lambda window: (window.end, window.best[1] if window.best else 0))
    return max(windows, key=lambda window: window.best[1] if window.best else 0, default=None)


def surely_asked(ranked: RankedIntents | None) -> float:
    """Return how surely a message as a whole is a request; to tell of a pain is none that speaks against a red flag.

    Of a long one the model reads the beginning, so that each window that was read must ask for the same.
    """
    best = ranked.whole.best if ranked is not None else None
    if ranked is None or best is None or best[0] is Intent.PAIN:
        return 0
    same = all(window.best is not None and window.best[0] is best[0] for window in ranked.windows)
    return best[1] if same else 0
