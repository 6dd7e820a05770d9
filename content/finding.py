"""From a question in plain words to one of four outcomes: safety, answer, suggest, none."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache as remembering
from pathlib import Path
from typing import Final, Literal

import numpy as np
from threadpoolctl import threadpool_limits

from content.finder.encoder import Encoder, Unavailable, shared
from content.finder.fitting import Fitted, Lesson, fitted
from content.finder.flagging import Flag, Recogniser
from content.finder.ranker import Floats, Labels
from content.finder.redflags import Detector, tokens_of
from content.finder.windows import telling, windows
from content.pages import Entry

Outcome = Literal["safety", "answer", "suggest", "none"]

# Probabilities that the judge gives. The first keeps wrong answers near 3% of questions that nothing was trained on and
# what it turns away is mostly offered as a suggestion; the second loses under 1% of our questions and declines over 90%
# of the others.
ANSWER_FROM: Final = 0.65
SUGGEST_FROM: Final = 0.3
# Without the model the judge errs more.
ANSWER_FROM_LEXICAL: Final = 0.7
SUGGEST_FROM_LEXICAL: Final = 0.25
# Where spelling alone is as sure as this, and nothing sounds like a red flag, meaning is not asked: it takes ten times
# as long. Of the questions that nothing was trained on this settles more than a third, and no figure changes by it.
PLAIN_FROM: Final = 0.9
SHOWN: Final = 5
# What fits less than this is not worth a button: it drops a fifth of what is suggested beside the point, and the right
# one of one question in a thousand.
SUGGEST_EACH_FROM: Final = 0.06
LONGEST_QUESTION: Final = 2000  # characters


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry and how well it fits, from 0 to 1."""

    entry: str
    score: float


@dataclass(frozen=True, slots=True)
class Finding:
    """What a question led to: `candidates` are at least three where there are as many entries, best first."""

    outcome: Outcome
    entry: str | None
    candidates: tuple[Candidate, ...]
    safety: str | None  # the kind of red flag
    ms: float
    urgency: str | None = None  # of the red flag: now, today, soon or care

    @property
    def suggested(self) -> list[str]:
        """The entries that fit at all, best first."""
        return [candidate.entry for candidate in self.candidates if candidate.score >= SUGGEST_EACH_FROM]


@dataclass(frozen=True, slots=True)
class Known:
    """The texts a finder learns from."""

    entries: tuple[Entry, ...]
    outside: tuple[str, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # red flags by kind
    harmless: tuple[str, ...] = ()  # sound like a red flag, and are none
    urgencies: Mapping[str, str] = field(default_factory=dict)  # of each kind of red flag

    @property
    def kinds(self) -> list[str]:
        """The kinds of red flags that have examples."""
        return sorted(kind for kind, texts in self.flags.items() if texts)

    def lesson(self) -> Lesson:
        """What entries are learned from: texts sorted by label, the label of each, and what labels there are."""
        found: list[tuple[int, str]] = []
        for place, entry in enumerate(self.entries):
            found += [(place, text) for text in dict.fromkeys((entry.question, *entry.phrasings))]
        found += [(len(self.entries), text) for text in self.outside]
        return _lesson(found, Labels(entries=len(self.entries), flags=0))

    def flag_lesson(self) -> Lesson:
        """What red flags are learned from: of a long example the window that tells it, of harmless ones every one."""
        asked = [text for entry in self.entries for text in dict.fromkeys((entry.question, *entry.phrasings))]
        found = [(0, text) for text in (*asked, *self.outside)]
        found += [(0, part) for text in self.harmless for part in windows(text)]
        window = telling(self.flags)
        for place, kind in enumerate(self.kinds, start=1):
            found += [(place, window(kind, text)) for text in self.flags[kind]]
        return _lesson(found, Labels(entries=0, flags=len(self.kinds)))

    def familiar(self) -> frozenset[str]:
        """Words of ordinary talk, which are no misspelling of a word of a red flag."""
        ordinary = [*self.outside, *self.harmless]
        for entry in self.entries:
            ordinary += [entry.question, entry.text, *entry.phrasings]
        return frozenset(token for text in ordinary for token in tokens_of(text))


def _lesson(found: list[tuple[int, str]], labels: Labels) -> Lesson:
    unique = sorted(dict.fromkeys(found), key=lambda row: row[0])
    return Lesson([text for _, text in unique], [label for label, _ in unique], labels)


class Finder:
    """Finds the entry that answers a question. Thread-safe.

    Weights are fitted, or read from the cache, by `warm`, which the first `find` calls where nobody has: a while for
    new content, tenths of a second from the cache.
    """

    def __init__(self, known: Known, detector: Detector, cache: Path | None = None) -> None:
        """Prepare; cheap."""
        self._slugs = [entry.slug for entry in known.entries]
        self._lesson = known.lesson()
        self._flag_lesson = known.flag_lesson() if known.kinds else None
        self._recogniser = Recogniser(detector, known.kinds, known.urgencies)
        self._cache = cache
        self._lock = threading.Lock()
        self._fitted: tuple[Fitted, Fitted | None] | None = None  # entries, red flags
        self._encoder: Encoder | None = None
        self._missing = ""
        try:
            self._encoder = shared()
        except Unavailable as reason:
            self._missing = str(reason)

    @property
    def ready(self) -> bool:
        """Whether `find` answers without fitting first."""
        return self._fitted is not None

    def warm(self) -> None:
        """Fit, or load, what finding needs, and open the model. Takes seconds for new content; safe to call twice."""
        with self._lock:
            if self._fitted is None and self._slugs:
                found = fitted(self._lesson, self._encoder, self._cache)
                flags = fitted(self._flag_lesson, self._encoder, self._cache) if self._flag_lesson else None
                # A question is little work: split over threads, it would wait for them where all cores are busy.
                threadpool_limits(1, user_api="blas")
                if self._encoder:
                    self._encoder.one("warm")
                self._fitted = (found, flags)

    def find(self, question: str) -> Finding:
        """Decide what a question leads to. Red flags go first, always."""
        # Half a pair of surrogates is no text to the tokenizer; nobody needs more words than these to ask.
        question = question[:LONGEST_QUESTION].encode("utf-8", "replace").decode()
        if not self.ready:
            self.warm()
        start = time.perf_counter()
        if self._fitted is None:
            return self._glanced(question, start)
        entries, flags = self._fitted
        spelled = self._recogniser.spelled(question, flags)
        spelling = entries.spelling.spelling(question)
        scores, right, ours = entries.spelling.score(spelling, None)
        meaning = remembering(self._encoder.one) if self._encoder else None
        plain = right >= PLAIN_FROM and spelled.ordinary
        if meaning and entries.meaning and not plain:
            scores, right, ours = entries.meaning.score(spelling, meaning(question))
        flag = self._recogniser.recognise(
            question, spelled, flags, None if plain else meaning, answered=right >= ANSWER_FROM
        )
        candidates = self._best(scores)
        outcome = self._outcome(flag, right, ours)
        if outcome == "suggest" and candidates[0].score < SUGGEST_EACH_FROM:
            outcome = "none"
        return _finding(flag, outcome, candidates[0].entry if outcome == "answer" else None, candidates, start)

    def glance(self, question: str) -> Finding:
        """Look for red flags alone, by their patterns: at once, even while the rest is still being fitted."""
        return self._glanced(question[:LONGEST_QUESTION].encode("utf-8", "replace").decode(), time.perf_counter())

    def _glanced(self, question: str, start: float) -> Finding:
        flag = self._recogniser.by_rule(question)
        return _finding(flag, "safety" if flag else "none", None, (), start)

    def describe(self) -> str:
        """Say which parts are active."""
        if self._encoder:
            return f"meaning and spelling: MiniLM ({self._encoder.name}) and character n-grams"
        return f"spelling only, by character n-grams: {self._missing}"

    def _outcome(self, flag: Flag | None, right: float, ours: float) -> Outcome:
        if flag:
            return "safety"
        answer_from, suggest_from = (
            (ANSWER_FROM, SUGGEST_FROM) if self._encoder else (ANSWER_FROM_LEXICAL, SUGGEST_FROM_LEXICAL)
        )
        if right >= answer_from:
            return "answer"
        return "suggest" if ours >= suggest_from else "none"

    def _best(self, scores: Floats) -> tuple[Candidate, ...]:
        entries = scores[: len(self._slugs)]
        order = np.argsort(-entries, kind="stable")[:SHOWN].tolist()
        return tuple(Candidate(self._slugs[place], round(min(max(float(entries[place]), 0), 1), 4)) for place in order)


def _finding(
    flag: Flag | None, outcome: Outcome, entry: str | None, candidates: tuple[Candidate, ...], start: float
) -> Finding:
    took = round((time.perf_counter() - start) * 1000, 3)
    kind, urgency = (flag.kind, flag.urgency) if flag else (None, None)
    return Finding(outcome, entry, candidates, kind, took, urgency)
