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

from coach.parsing.vocabulary import SafetyWords
from content.schema.pages import Entry
from content.understanding.ranking.encoder import Encoder, Unavailable, shared
from content.understanding.ranking.fitting import Fitted, TrainingSet, fitted
from content.understanding.ranking.ranker import Floats, Labels
from content.understanding.red_flags.detector import Detector, tokens_of
from content.understanding.red_flags.flagging import Flag, Recogniser
from content.understanding.red_flags.windows import alarm, telling, windows
from content.understanding.requests.fitting import IntentTraining, fitted_intents
from content.understanding.requests.ranked import IntentFinder, RankedIntents

Outcome = Literal["safety", "answer", "suggest", "none"]

# Probabilities that the judge gives. The first keeps wrong answers near 3% of questions that nothing was trained on and
# what it turns away is mostly offered as a suggestion; the second loses under 1% of our questions and declines over 90%
# of the others.
ANSWER_FROM: Final = 0.58
SUGGEST_FROM: Final = 0.3
# Without the model the judge errs more.
ANSWER_FROM_LEXICAL: Final = 0.7
SUGGEST_FROM_LEXICAL: Final = 0.25
# Where spelling alone is as sure as this, and nothing sounds like a red flag, meaning is not asked: it takes ten times
# as long. Of the questions that nothing was trained on this settles a fifth, and no figure changes by it.
PLAIN_FROM: Final = 0.9
SHOWN: Final = 5
TOLD_EACH: Final = (
    4  # of the examples of requests, the one of so many that is nearest to red flags teaches what is none
)
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
    safety: str | None  # the kind of red flag
    ms: float
    urgency: str | None = None  # of the red flag: now, today, soon or care
    intents: RankedIntents | None = None  # None where there are no examples of requests

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
    urgencies: Mapping[str, str] = field(default_factory=dict)  # of each kind of red flag
    told: tuple[str, ...] = ()  # examples of requests: people tell of their pains and illnesses without alarm
    careful: frozenset[str] = frozenset()  # entries that a word of care goes before: their questions are no plain talk

    @property
    def kinds(self) -> list[str]:
        """The kinds of red flags that have examples."""
        return sorted(kind for kind, texts in self.flags.items() if texts)

    def training_set(self) -> TrainingSet:
        """Texts that entries are learned from sorted by label, the label of each, and what labels there are."""
        found: list[tuple[int, str]] = []
        for place, entry in enumerate(self.entries):
            found += [(place, text) for text in dict.fromkeys((entry.question, *entry.phrasings))]
        found += [(len(self.entries), text) for text in self.outside]
        return _training_set(found, Labels(entries=len(self.entries), flags=0))

    def flag_training_set(self) -> TrainingSet:
        """Texts that red flags are learned from: of a long example its telling window, of harmless ones all.

        Of questions, the half whose words are nearest to those of red flags: the other half tells nothing, and a
        ranker with all of them takes 5 MB and a third more time.
        """
        plain = [entry for entry in self.entries if entry.slug not in self.careful]
        asked = [text for entry in plain for text in dict.fromkeys((entry.question, *entry.phrasings))]
        asked.sort(key=alarm(self.flags, asked), reverse=True)
        found = [(0, text) for text in (*asked[: len(asked) // 2], *self.outside)]
        told = sorted(self.told, key=alarm(self.flags, self.told), reverse=True)
        found += [(0, text) for text in told[: len(told) // TOLD_EACH]]
        found += [(0, part) for text in self.harmless for part in windows(text)]
        window = telling(self.flags)
        for place, kind in enumerate(self.kinds, start=1):
            found += [(place, window(kind, text)) for text in self.flags[kind]]
        return _training_set(found, Labels(entries=0, flags=len(self.kinds)))

    def familiar(self) -> frozenset[str]:
        """Words of ordinary talk, which are no misspelling of a word of a red flag."""
        ordinary = [*self.outside, *self.harmless]
        for entry in self.entries:
            ordinary += [entry.question, entry.text, *entry.phrasings]
        return frozenset(token for text in ordinary for token in tokens_of(text, SafetyWords()))


def _training_set(found: list[tuple[int, str]], labels: Labels) -> TrainingSet:
    unique = sorted(dict.fromkeys(found), key=lambda row: row[0])
    return TrainingSet([text for _, text in unique], [label for label, _ in unique], labels)


class FaqSearch:
    """Finds the entry that answers a question. Thread-safe.

    Weights are fitted, or read from the cache, by `warm`, which the first `find` calls where nobody has: a while for
    new content, tenths of a second from the cache.
    """

    def __init__(
        self,
        known: TrainingTexts,
        detector: Detector,
        cache: Path | None = None,
        requests: IntentTraining | None = None,
    ) -> None:
        """Prepare; cheap."""
        self._requests = requests
        self._intents: IntentFinder | None = None
        self._slugs = [entry.slug for entry in known.entries]
        self._training = known.training_set()
        self._flag_training = known.flag_training_set() if known.kinds else None
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
        """True once `find` answers without fitting first."""
        return self._fitted is not None

    def warm(self) -> None:
        """Fit, or load, what finding needs, and open the model. Takes seconds for new content; safe to call twice."""
        with self._lock:
            if self._fitted is None and self._slugs:
                found = fitted(self._training, self._encoder, self._cache)
                flags = fitted(self._flag_training, self._encoder, self._cache) if self._flag_training else None
                if self._requests is not None:
                    intents = fitted_intents(self._requests, self._encoder, self._cache)
                    self._intents = IntentFinder(self._requests, intents)
                # A question is little work: split over threads, it would wait for them where all cores are busy.
                threadpool_limits(1, user_api="blas")
                if self._encoder:
                    self._encoder.one("warm")
                self._fitted = (found, flags)

    def find(self, question: str) -> SearchResult:
        """Decide what a question leads to. Red flags go first, always."""
        # Half a pair of surrogates is no text to the tokenizer; nobody needs more words than these to ask.
        question = question[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode()
        if not self.ready:
            self.warm()
        start = time.perf_counter()
        if self._fitted is None:
            return self._by_rules(question, start)
        entries, flags = self._fitted
        spelled = self._recogniser.spelled(question, flags)
        spelling = entries.spelling.spelling(question)
        scores, right, ours = entries.spelling.score(spelling, None)
        meaning = remembering(self._encoder.one) if self._encoder else None
        plain = right >= PLAIN_FROM and spelled.ordinary
        if meaning and entries.meaning and not plain:
            scores, right, ours = entries.meaning.score(spelling, meaning(question))
        flag = self._recogniser.recognise(question, spelled, flags, None if plain else meaning, answered=right)
        candidates = self._best(scores)
        outcome = self._outcome(flag, right, ours)
        if outcome == "suggest" and candidates[0].score < SUGGEST_EACH_FROM:
            outcome = "none"
        intents = self._intents.rank(question, None if plain else meaning) if self._intents else None
        entry = candidates[0].entry if outcome == "answer" else None
        return _result(flag, outcome, entry, candidates, start, intents)

    def detect_red_flags(self, question: str) -> SearchResult:
        """Look for red flags alone, by their patterns: at once, even while the rest is still being fitted."""
        question = question[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode()
        return self._by_rules(question, time.perf_counter())

    def _by_rules(self, question: str, start: float) -> SearchResult:
        flag = self._recogniser.by_rule(question)
        return _result(flag, "safety" if flag else "none", None, (), start)

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


def _result(
    flag: Flag | None,
    outcome: Outcome,
    entry: str | None,
    candidates: tuple[Candidate, ...],
    start: float,
    intents: RankedIntents | None = None,
) -> SearchResult:
    took = round((time.perf_counter() - start) * 1000, 3)
    kind, urgency = (flag.kind, flag.urgency) if flag else (None, None)
    return SearchResult(outcome, entry, candidates, kind, took, urgency, intents)
