"""From a question in plain words to one of four outcomes: safety, answer, suggest, none."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from functools import cache as remembering
from pathlib import Path
from typing import Final, Literal

import numpy as np
from threadpoolctl import threadpool_limits

from coach.requests import ShownItem
from content.schema.pages import URGENCIES
from content.understanding.follow_ups.context_search import ContextSearch, InLight, may_ask
from content.understanding.follow_ups.passages import Passage, Passages
from content.understanding.ranking.fitting import Fitted, TrainingSet, fitted
from content.understanding.ranking.in_context import Alone
from content.understanding.ranking.long_questions import asking_part, with_asking_part
from content.understanding.ranking.ranker import Floats
from content.understanding.ranking.sentence_model.encoder import Encoder, Unavailable, shared
from content.understanding.ranking.sentence_model.message_vectors import MessageVectors, prefetch_thread
from content.understanding.ranking.spans import is_long
from content.understanding.red_flags.detector import Detector
from content.understanding.red_flags.flagging import Classifiers, Flag, Recogniser
from content.understanding.red_flags.patterns import Remark
from content.understanding.requests.fitting import IntentTraining, fitted_intents
from content.understanding.requests.ranked import IntentFinder, RankedIntents, surely_asked
from content.understanding.training_texts import TrainingTexts

Outcome = Literal["safety", "answer", "suggest", "none", "learning"]
"""The last: what would tell is still being fitted, and no rule sees a red flag."""

# Probabilities that the judge gives. The first keeps wrong answers near 3% of questions that nothing was trained on and
# what it turns away is mostly offered as a suggestion; the second loses under 1% of our questions and declines over 90%
# of the others.
ANSWER_FROM: Final = 0.46
SUGGEST_FROM: Final = 0.3
# Of a follow-up: the page before speaks for it as well, so less is needed. Below it, 3 in 100 more go unanswered.
ANSWER_FROM_IN_CONTEXT: Final = 0.38
# Without the model the judge errs more.
ANSWER_FROM_LEXICAL: Final = 0.7
SUGGEST_FROM_LEXICAL: Final = 0.25
# Where spelling alone is as sure as this, and nothing sounds like a red flag, meaning is not asked: it takes ten times
# as long. Of the questions that nothing was trained on this settles a fifth, and no figure changes by it.
PLAIN_FROM: Final = 0.9
SHOWN: Final = 5
# What fits less is not worth a button: a fifth of what is suggested beside the point, one right one in a thousand.
SUGGEST_EACH_FROM: Final = 0.06
# An entry must fit so well itself to answer: a single word fits everything a little. Of 1,195 right answers to
# questions that nothing was trained on it turns ten into suggestions, of 30 wrong ones six.
ANSWER_EACH_FROM: Final = 0.25
# In a story everything fits less: there the best one may answer that leaves the next as far behind as this.
ANSWER_LEADING_FROM: Final = 0.15
LEAD: Final = 1.5  # times the score of the next
MILDEST: Final = URGENCIES[-1]
LEAST_SAID: Final = 2  # words of a message that are left without the signs that it denies
PATIENCE: Final = 8.0  # seconds: from the cache all is ready in four, anew it takes minutes
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
    doubted: bool = False  # the red flag may be none
    intents: RankedIntents | None = None  # None where there are no examples of requests, or a red flag goes alone
    in_context: bool = False  # read in the light of what was shown last
    passage: Passage | None = None  # the line of the answer shown last that this asks for
    page: str | None = None  # the answer shown last, where this leans on it and asks for no other

    @property
    def suggested(self) -> list[str]:
        """The entries that fit at all, best first."""
        return [candidate.entry for candidate in self.candidates if candidate.score >= SUGGEST_EACH_FROM]


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
        self._known = known
        self._context: ContextSearch | None = None
        self._passages = Passages(known.entries, known.follow_ups.asking)
        self._recogniser = Recogniser(detector, known.kinds, known.urgencies)
        self._cache = cache
        self._lock = threading.Lock()
        self._warmed = threading.Event()
        self._fitted: tuple[Fitted, Fitted | None, Classifiers] | None = None  # entries, red flags
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
                training = self._known.training_set()
                found = fitted(training, self._encoder, self._cache)
                telling = self._known.flag_lesson() if self._known.kinds else None
                flags = fitted(telling, self._encoder, self._cache) if telling else None
                classifiers = Classifiers()
                if telling and flags:
                    lines, scored_by = self._known.labelled, telling.name(self._encoder)
                    classifiers = self._recogniser.classifiers(lines, scored_by, flags, self._encoder, self._cache)
                if self._requests is not None:
                    intents = fitted_intents(self._requests, self._encoder, self._cache)
                    self._intents = IntentFinder(self._requests, intents)
                # A question is little work: split over threads, it would wait for them where all cores are busy.
                threadpool_limits(1, user_api="blas")
                if self._encoder:
                    self._encoder.one("warm")
                if self._encoder and found.meaning:
                    self._context = ContextSearch(self._known, training)
                    self._context.warm(found.meaning, self._encoder, self._cache)
                self._fitted = (found, flags, classifiers)
            self._warmed.set()

    def lessons(self) -> tuple[TrainingSet, TrainingSet | None, IntentTraining | None]:
        """The rows that entries, red flags and requests are learned from."""
        telling = self._known.flag_training_set() if self._known.kinds else None
        return self._known.training_set(), telling, self._requests

    def find_soon(self, question: str, after: ShownItem | None = None, *, patience: float = PATIENCE) -> SearchResult:
        """Find as `find` does; what is still being fitted after `patience` seconds is not waited for."""
        if not self.ready:
            if not self._lock.locked():
                threading.Thread(target=self.warm, name="learning", daemon=True).start()
            if not self._warmed.wait(patience):
                return self.detect_red_flags(question)
        return self.find(question, after)

    def find(self, question: str, after: ShownItem | None = None) -> SearchResult:
        """Decide what a question leads to, in the light of what was shown last. Red flags go first, always."""
        # Half a pair of surrogates is no text to the tokenizer; nobody needs more words than these to ask.
        question = question[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode()
        if not self.ready:
            self.warm()
        start = time.perf_counter()
        if self._fitted is None:
            return self._by_rules(question, start)
        entries, flags, classifiers = self._fitted
        spelled = self._recogniser.spelled(question, flags)
        # "no swelling, no heat" is no question about swelling and heat.
        said = self._recogniser.without_denied(question)
        said = said if len(said.split()) >= LEAST_SAID else question
        spelling = entries.spelling.spelling(said)
        scores, right, ours = by_spelling = entries.spelling.score(spelling, None)
        meaning = MessageVectors(self._encoder, prefetch_thread()) if self._encoder else None
        plain = right >= PLAIN_FROM and spelled.ordinary

        @remembering
        def part() -> str:
            return asking_part(said, entries)

        @remembering
        def read() -> tuple[Floats, float, float]:
            if meaning is None or entries.meaning is None or plain:
                return by_spelling
            whole = entries.meaning.score(spelling, meaning(said))
            return with_asking_part(part(), whole, entries, meaning) if is_long(said) else whole

        if meaning is not None and is_long(said) and not plain:
            meaning.prefetch((said, part()))  # while its windows are looked through for red flags

        @remembering
        def ranked() -> RankedIntents | None:
            return self._intents.rank(said, None if plain else meaning) if self._intents else None

        flag = None
        if not plain:
            flag = self._recogniser.recognise(
                question, spelled, flags, classifiers, meaning, asked=lambda: surely_asked(ranked())
            )
        light = InLight(None)
        if flag is None:  # beside a red flag no entry is shown, so that none need be read for its meaning
            scores, right, ours = read()
            # Who denies signs tells, and does not ask on about the page.
            bends = after is not None and (after.session is None or may_ask(question))
            if after and bends and said is question and meaning and entries.meaning and self._context and not plain:
                # What was told before the part that asks is not about the page.
                alone = Alone(part(), meaning(part()), scores, right)
                light = self._context.bend(alone, after, entries.meaning, meaning, len(said.split()))
        bent, page = light.probabilities, after.entry if after and light.asks_on else None
        if bent is not None:
            scores, right, ours = bent, float(bent[:-1].max()), 1 - float(bent[-1])
        candidates = self._best(scores)
        outcome = self._outcome(flag, right, ours)
        if bent is not None and outcome == "suggest" and right >= ANSWER_FROM_IN_CONTEXT:
            outcome = "answer"
        if outcome == "answer" and bent is None and not _fits_itself(candidates):
            outcome = "suggest"
        if outcome == "suggest" and candidates[0].score < SUGGEST_EACH_FROM:
            outcome = "none"
        # Beside a red flag nothing is asked for, but where it calls for no more than a word of care.
        intents = ranked() if flag is None or flag.urgency == MILDEST else None
        entry = (page or candidates[0].entry) if outcome == "answer" else None
        follows, passage = bent is not None or page is not None, None
        if after and flag is None and meaning:
            passage = self._passages.quoted(after, entry, said, meaning, follows=follows, leans=light.may_ask_on)
        if passage is not None and not passage.aside:
            outcome, entry = "answer", passage.entry
        found = _result(flag, outcome, entry, candidates, start, intents)
        return replace(found, in_context=follows, passage=passage, page=page)

    def find_ready(self, question: str) -> SearchResult:
        """Find as `find` does, by rules alone where what finding needs is still being fitted."""
        return self.find(question) if self.ready else self.detect_red_flags(question)

    def remarks(self, text: str) -> frozenset[Remark]:
        """Return what a message says about a red flag, rather than of one."""
        return self._recogniser.remarks(text[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode())

    def detect_red_flags(self, question: str) -> SearchResult:
        """Look for red flags alone, by their patterns: at once, even while the rest is still being fitted."""
        question = question[:MAX_QUESTION_CHARACTERS].encode("utf-8", "replace").decode()
        return self._by_rules(question, time.perf_counter(), otherwise="learning")

    def _by_rules(self, question: str, start: float, otherwise: Outcome = "none") -> SearchResult:
        flag = self._recogniser.by_rule(question)
        return _result(flag, "safety" if flag else otherwise, None, (), start)

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


def _fits_itself(candidates: tuple[Candidate, ...]) -> bool:
    """Return whether the best entry fits well enough to answer, or less well and far better than the next."""
    best, second = candidates[0].score, candidates[1].score if len(candidates) > 1 else 0
    return best >= ANSWER_EACH_FROM or (best >= ANSWER_LEADING_FROM and best >= LEAD * second)


def _result(
    flag: Flag | None,
    outcome: Outcome,
    entry: str | None,
    candidates: tuple[Candidate, ...],
    start: float,
    intents: RankedIntents | None = None,
) -> SearchResult:
    took = round((time.perf_counter() - start) * 1000, 3)
    if flag is None:
        return SearchResult(outcome, entry, candidates, None, took, intents=intents)
    return SearchResult(outcome, entry, candidates, flag.kind, took, flag.urgency, flag.doubted, intents)
