"""From a question in plain words to one of four outcomes: safety, answer, suggest, none."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import numpy as np
from threadpoolctl import threadpool_limits

from coach.parsing.vocabulary import SafetyWords
from coach.requests import ShownItem
from content.schema.pages import Entry
from content.understanding.follow_ups import FollowUpTexts, page_of
from content.understanding.ranking.context_fitting import ContextLesson, fitted_in_context
from content.understanding.ranking.encoder import Encoder, Unavailable, shared
from content.understanding.ranking.fitting import Fitted, TrainingSet, fitted
from content.understanding.ranking.in_context import BEND_FROM, LEAD, Alone, InContext, with_noun
from content.understanding.ranking.ranker import UNLABELLED, Floats, Labels
from content.understanding.red_flags import Detector, tokens_of

Outcome = Literal["safety", "answer", "suggest", "none"]

# Probabilities that the judge gives. The first keeps wrong answers near 3% of questions that nothing was trained on and
# what it turns away is mostly offered as a suggestion; the second loses under 1% of our questions and declines over 90%
# of the others.
ANSWER_FROM: Final = 0.58
SUGGEST_FROM: Final = 0.3
# Of a follow-up: the page before speaks for it as well, so less is needed. Below it, 3 in 100 more go unanswered.
ANSWER_FROM_IN_CONTEXT: Final = 0.42
# Without the model the judge errs more.
ANSWER_FROM_LEXICAL: Final = 0.7
SUGGEST_FROM_LEXICAL: Final = 0.25
# Where spelling alone is as sure as this, and nothing sounds like a red flag, meaning is not asked: it takes ten times
# as long. Of the questions that nothing was trained on this settles a fifth, and no figure changes by it.
PLAIN_FROM: Final = 0.9
PLAIN_FLAG_BELOW: Final = 0.35
# The summed score of red flags, from which the examples alone raise one.
FLAG_FROM: Final = 0.7
FLAG_FROM_LEXICAL: Final = 0.75  # spelling alone takes like words for like meanings
CALM_FLAG_FROM: Final = 0.85  # where the message itself says that nothing is wrong
SHOWN: Final = 5
# What fits less than this is not worth a button: it drops a fifth of what is suggested beside the point, and the right
# one of one question in a thousand.
SUGGEST_EACH_FROM: Final = 0.06
MAX_QUESTION_CHARACTERS: Final = 2000  # characters


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry and how well it fits, from 0 to 1."""

    entry: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of a search: `candidates` are at least three where there are as many entries, best first."""

    outcome: Outcome
    entry: str | None
    candidates: tuple[Candidate, ...]
    safety: str | None
    ms: float

    @property
    def suggested(self) -> list[str]:
        """The entries that fit at all, best first."""
        return [candidate.entry for candidate in self.candidates if candidate.score >= SUGGEST_EACH_FROM]


@dataclass(frozen=True, slots=True)
class TrainingTexts:
    """The texts a finder learns from."""

    entries: tuple[Entry, ...]
    outside: tuple[str, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # red flags by kind
    harmless: tuple[str, ...] = ()  # sound like a red flag, and are none
    follow_ups: FollowUpTexts = field(default_factory=FollowUpTexts)

    def rows(self) -> tuple[list[str], list[int], list[str]]:
        """Texts and their labels, sorted by label, and the kinds of red flags that labels past `outside` mean."""
        kinds = sorted(kind for kind, texts in self.flags.items() if texts)
        found = [(UNLABELLED, text) for text in self.harmless]
        for place, entry in enumerate(self.entries):
            found += [(place, text) for text in dict.fromkeys((entry.question, *entry.phrasings))]
        found += [(len(self.entries), text) for text in self.outside]
        for place, kind in enumerate(kinds, start=len(self.entries) + 1):
            found += [(place, text) for text in self.flags[kind]]
        return [text for _, text in found], [label for label, _ in found], kinds

    def familiar(self) -> frozenset[str]:
        """Words of ordinary talk, which are no misspelling of a word of a red flag."""
        ordinary = [*self.outside, *self.harmless]
        for entry in self.entries:
            ordinary += [entry.question, entry.text, *entry.phrasings]
        return frozenset(token for text in ordinary for token in tokens_of(text, SafetyWords()))


class FaqSearch:
    """Finds the entry that answers a question. Thread-safe.

    Weights are fitted, or read from the cache, by `warm`, which the first `find` calls where nobody has: a while for
    new content, tenths of a second from the cache.
    """

    def __init__(self, known: TrainingTexts, detector: Detector, cache: Path | None = None) -> None:
        """Prepare; cheap."""
        texts, owner, self._kinds = known.rows()
        self._slugs = [entry.slug for entry in known.entries]
        self._labels = Labels(entries=len(self._slugs), flags=len(self._kinds))
        self._lesson = TrainingSet(texts, owner, self._labels)
        follow_ups = known.follow_ups.known(known.entries)
        self._context_lesson = ContextLesson(
            texts=follow_ups,
            slugs=tuple(self._slugs),
            categories=tuple(entry.category for entry in known.entries),
            related=tuple(entry.related for entry in known.entries),
            finding=self._lesson,
        )
        self._in_context: InContext | None = None
        self._detector = detector
        self._cache = cache
        self._lock = threading.Lock()
        self._fitted: Fitted | None = None
        self._encoder: Encoder | None = None
        self._missing = ""
        try:
            self._encoder = shared()
        except Unavailable as reason:
            self._missing = str(reason)

    @property
    def ready(self) -> bool:
        """True once `find` answers without fitting first."""
        return self._fitted is not None

    def warm(self) -> None:
        """Fit, or load, what finding needs, and open the model. Takes seconds for new content; safe to call twice."""
        with self._lock:
            if self._fitted is None and self._slugs:
                found = fitted(self._lesson, self._encoder, self._cache)
                # A question is little work: split over threads, it would wait for them where all cores are busy.
                threadpool_limits(1, user_api="blas")
                if self._encoder:
                    self._encoder.one("warm")
                if self._encoder and found.meaning:
                    self._in_context = fitted_in_context(
                        self._context_lesson, found.meaning, self._encoder, self._cache
                    )
                self._fitted = found

    def find(self, question: str, after: ShownItem | None = None) -> SearchResult:
        """Decide what a question leads to, in the light of what was shown last. Red flags go first, always."""
        # Half a pair of surrogates is no text to the tokenizer; nobody needs more words than these to ask.
        question = question[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode()
        if not self.ready:
            self.warm()
        start = time.perf_counter()
        flag = self._detector.detect(question)
        if self._fitted is None:
            return SearchResult("safety" if flag else "none", None, (), flag, _ms(start))
        spelling = self._fitted.spelling.spelling(question)
        scores, right, ours = self._fitted.spelling.score(spelling, None)
        plain = right >= PLAIN_FROM and self._flag_score(scores) < PLAIN_FLAG_BELOW
        bent: Floats | None = None
        if self._encoder and self._fitted.meaning and not plain:
            meaning = self._encoder.one(question)
            scores, right, ours = self._fitted.meaning.score(spelling, meaning)
            bent = self._bent(Alone(question, meaning, scores, right), after) if after is not None else None
        flag = flag or self._learned_flag(question, scores)
        if bent is not None:
            scores, right, ours = bent, float(bent[:-1].max()), 1 - float(bent[-1])
        candidates = self._best(scores)
        outcome = self._outcome(flag, right, ours)
        if bent is not None and outcome == "suggest" and right >= ANSWER_FROM_IN_CONTEXT:
            outcome = "answer"
        if outcome == "suggest" and candidates[0].score < SUGGEST_EACH_FROM:
            outcome = "none"
        return SearchResult(outcome, candidates[0].entry if outcome == "answer" else None, candidates, flag, _ms(start))

    def detect_red_flags(self, question: str) -> SearchResult:
        """Look for red flags alone, by their patterns: at once, even while the rest is still being fitted."""
        start = time.perf_counter()
        flag = self._detector.detect(question[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode())
        return SearchResult("safety" if flag else "none", None, (), flag, _ms(start))

    def describe(self) -> str:
        """Say which parts are active."""
        if self._encoder:
            return f"meaning and spelling: MiniLM ({self._encoder.name}) and character n-grams"
        return f"spelling only, by character n-grams: {self._missing}"

    def _bent(self, alone: Alone, after: ShownItem) -> Floats | None:
        """Return the probability of each entry and of none after a page; None where the message stands on its own."""
        page_name, context = page_of(after), self._in_context
        if context is None or self._encoder is None or self._fitted is None or self._fitted.meaning is None:
            return None
        page = context.pages.get(page_name or "")
        if page is None:
            return None
        place = self._context_lesson.texts.place_of(alone.text)
        if place is not None and after.entry is not None:
            return self._named(after.entry, place)
        odds = context.gate.log_odds(alone.text, alone.meaning)
        if odds < BEND_FROM:
            return None
        read = self._encoder.one(with_noun(alone.text, page))
        found = context.probabilities(self._fitted.meaning, alone, read, page, odds)
        by_itself = int(np.argmax(alone.scores[: self._labels.entries]))
        best = int(np.argmax(found))
        if best != by_itself and np.log(found[best]) - np.log(max(found[by_itself], 1e-12)) < LEAD:
            return None
        if best == by_itself:  # two ways lead to it
            found[best] = max(float(found[best]), alone.right)
        return found

    def _named(self, entry: str, place: int) -> Floats | None:
        """Return the probabilities where a message names one of the entries that an answer lists."""
        related = self._context_lesson.related[self._slugs.index(entry)]
        if place >= len(related) or related[place] not in self._slugs:
            return None
        found = np.zeros(self._labels.entries + 1, np.float32)
        found[self._slugs.index(related[place])] = 1
        return found

    def _outcome(self, flag: str | None, right: float, ours: float) -> Outcome:
        if flag:
            return "safety"
        answer_from, suggest_from = (
            (ANSWER_FROM, SUGGEST_FROM) if self._encoder else (ANSWER_FROM_LEXICAL, SUGGEST_FROM_LEXICAL)
        )
        if right >= answer_from:
            return "answer"
        return "suggest" if ours >= suggest_from else "none"

    def _learned_flag(self, question: str, scores: Floats) -> str | None:
        """The red flag that examples speak for, where no pattern matched."""
        likeness = self._flag_score(scores)
        least = FLAG_FROM if self._encoder else FLAG_FROM_LEXICAL
        if likeness < least or (likeness < CALM_FLAG_FROM and self._detector.calm(question)):
            return None
        return self._kinds[int(np.argmax(scores[self._labels.outside + 1 :]))]

    def _flag_score(self, scores: Floats) -> float:
        """Return how strongly the examples of red flags speak for one, all kinds together."""
        return float(np.maximum(scores[self._labels.outside + 1 :], 0).sum())

    def _best(self, scores: Floats) -> tuple[Candidate, ...]:
        entries = scores[: self._labels.entries]
        order = np.argsort(-entries, kind="stable")[:SHOWN].tolist()
        return tuple(Candidate(self._slugs[place], round(min(max(float(entries[place]), 0), 1), 4)) for place in order)


def _ms(start: float) -> float:
    return round((time.perf_counter() - start) * 1000, 3)
