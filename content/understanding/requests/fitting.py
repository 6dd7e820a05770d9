"""Fitting the ranker of intents from examples, and keeping its weights; in a process of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Final

import numpy as np

from coach.parsing.vocabulary import Vocabulary
from coach.requests import Intent
from content.understanding.ranking import kept_arrays
from content.understanding.ranking.fitting import run_apart
from content.understanding.ranking.sentence_model.encoder import Encoder, Unavailable, shared
from content.understanding.ranking.spans import is_long
from content.understanding.ranking.text_vectors import vectors_of
from content.understanding.red_flags.windows import telling
from content.understanding.requests.examples import RequestExamples
from content.understanding.requests.features import FORMAT as FEATURES
from content.understanding.requests.features import pieces
from content.understanding.requests.ranker import IntentRanker, fit

FORMAT: Final = "5"  # raise it when the fitting or the rows change
KIND: Final = "intents"
KEPT: Final = 6  # files; older ones are removed
LED_EACH: Final = 8  # of the FAQ's questions one of so many is learned behind something that is told of oneself, too
TELLING: Final = (
    Intent.DONE, Intent.WEIGHT, Intent.EQUIPMENT, Intent.GIRTH, Intent.RAISES, Intent.PAIN, Intent.MINUTES, Intent.DAYS,
)  # fmt: skip
"""Intents of messages that often lead to a question: "did sprints on monday, when may i do the next"."""
TOLD_STOPS: Final = (",", ".", "", " -")
NEAR, QUESTION, OUTSIDE = "near miss", "question", "outside"  # labels of what is no request
TALK: Final = "small talk "  # and the kind: more of them
FACT: Final = "fact "  # and the fact that is asked for: requests whose intent is that of the fact


@dataclass(frozen=True, slots=True)
class FittedIntents:
    """Fitted rankers: one of spelling alone and, where there is a model, one of meaning and spelling."""

    labels: tuple[str, ...]
    spelling: IntentRanker
    meaning: IntentRanker | None


@dataclass(frozen=True, slots=True)
class IntentTraining:
    """The messages to learn intents from, and the label of each."""

    examples: RequestExamples
    questions: tuple[str, ...]
    outside: tuple[str, ...]
    words: Vocabulary

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that there are examples of."""
        return (
            *sorted(intent.value for intent, texts in self.examples.requests.items() if texts),
            NEAR,
            QUESTION,
            OUTSIDE,
            *(f"{TALK}{kind}" for kind in sorted(self.examples.small_talk)),
            *(f"{FACT}{fact}" for fact in sorted(self.examples.facts)),
        )

    def rows(self) -> list[tuple[str, str]]:
        """Labels and texts."""
        said = self.examples.requests
        asked = {f"{FACT}{fact}": texts for fact, texts in self.examples.facts.items()}
        found = [(intent.value, text) for intent in Intent for text in said.get(intent, ())]
        found += [(label, text) for label, texts in asked.items() for text in texts]
        found += [(label, self._told(text, place)) for place, (label, text) in enumerate(found) if self.examples.asides]
        # Of a long text the model reads the beginning only: what is learned is the window that tells its intent.
        window = telling({intent.value: texts for intent, texts in said.items()} | asked)
        found = [(label, window(label, text) if is_long(text) else text) for label, text in found]
        found += [(NEAR, text) for text in self.examples.near_misses]
        found += [(f"{TALK}{kind}", text) for kind, texts in self.examples.small_talk.items() for text in texts]
        found += [(QUESTION, text) for text in self.questions]
        told = [text for intent in TELLING for text in said.get(intent, ())]
        led = list(enumerate(self.questions[::LED_EACH])) if told else []
        found += [(QUESTION, f"{told[(place * 5) % len(told)]}, {text}") for place, text in led]
        return found + [(OUTSIDE, text) for text in (*self.outside, *self.examples.asides)]

    def _told(self, text: str, place: int) -> str:
        """Return an example within a longer story: behind something said besides, or before it, or both."""
        asides = self.examples.asides
        before, behind = asides[place % len(asides)], asides[(place * 7 + 3) % len(asides)]
        stop = TOLD_STOPS[place % len(TOLD_STOPS)]
        match place % 3:
            case 0:
                return f"{before}{stop} {text}"
            case 1:
                return f"{text}{stop} {behind}"
        return f"{before}{stop} {text}{stop} {behind}"

    def names(self, encoder: Encoder | None) -> tuple[str, str]:
        """Name the weights that come of it: by spelling, and by meaning."""
        said = self.examples
        kinds = [_plain(said.requests), _plain(said.small_talk), _plain(said.facts)]
        sources = [*kinds, *said.near_misses, "", *said.asides, ""]

        def name(key: str) -> str:
            parts = [FORMAT, FEATURES, key, _plain(self.words), *sources, *self.questions, "", *self.outside]
            return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

        return name(""), name(encoder.key if encoder else "")


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Everything that a process of its own needs to fit."""

    texts: Sequence[str]
    counts: Sequence[Counter[str]]
    label: Sequence[int]
    labels: tuple[str, ...]
    names: tuple[str, str]  # of the weights by spelling, and by meaning

    def fit(self, encoder: Encoder | None, cache: Path | None) -> IntentRanker:
        """Fit in this process, and keep what came of it in `cache`."""
        own = np.asarray([self.labels[place] not in {QUESTION, OUTSIDE} for place in self.label])
        meanings = vectors_of(self.texts, encoder, cache) if encoder else None
        ranker = fit(self.counts, np.asarray(self.label, np.int32), len(self.labels), own, meanings)
        if cache is not None:
            _save(cache, self.names[encoder is not None], ranker)
        return ranker


def fitted_intents(training: IntentTraining, encoder: Encoder | None, cache: Path | None) -> FittedIntents:
    """Return the weights kept in `cache`, or new ones, which are kept there."""
    if cache is not None and (kept := _kept(training, encoder, cache)):
        return kept
    rows, labels = training.rows(), training.labels
    prepared = _Prepared(
        texts=[text for _, text in rows],
        counts=[pieces(text, training.words) for _, text in rows],
        label=[labels.index(label) for label, _ in rows],
        labels=labels,
        names=training.names(encoder),
    )
    if cache is not None:
        run_apart(_fit_and_keep, prepared, cache)
        if kept := _kept(training, encoder, cache):
            return kept
    return FittedIntents(labels, prepared.fit(None, cache), prepared.fit(encoder, cache) if encoder else None)


def _fit_and_keep(prepared: _Prepared, cache: Path) -> None:
    prepared.fit(None, cache)
    with suppress(Unavailable):
        encoder = shared()
        if not encoder.use(cache):
            encoder.keep(cache)
            encoder.use(cache)
        prepared.fit(encoder, cache)


def _kept(training: IntentTraining, encoder: Encoder | None, cache: Path) -> FittedIntents | None:
    spelled, meant = training.names(encoder)
    spelling = _load(cache, spelled, len(training.labels))
    if spelling is None:
        return None
    if encoder is None:
        return FittedIntents(training.labels, spelling, None)
    meaning = _load(cache, meant, len(training.labels)) if encoder.use(cache) else None
    return FittedIntents(training.labels, spelling, meaning) if meaning else None


def _load(folder: Path, name: str, labels: int) -> IntentRanker | None:
    kept = kept_arrays.load(folder, KIND, name)
    try:
        if kept is None:
            return None
        index = {piece: place for place, piece in enumerate(kept_arrays.as_text(kept["pieces"]).split("\n"))}
        ranker = IntentRanker(index, kept["telling"], kept["weights"], float(kept["sharpness"]))
    except (KeyError, ValueError):
        return None
    return ranker if ranker.weights.shape[1] == labels else None


def _save(folder: Path, name: str, ranker: IntentRanker) -> None:
    arrays: kept_arrays.Arrays = {
        "pieces": kept_arrays.as_array("\n".join(ranker.index)),
        "telling": ranker.telling,
        "weights": ranker.weights,
        "sharpness": np.asarray(ranker.sharpness, np.float32),
    }
    kept_arrays.save(folder, KIND, name, arrays, most=KEPT)


def _plain(value: object) -> str:
    """Return a text of a vocabulary that is the same in every process."""
    if is_dataclass(value):
        return ";".join(f"{each.name}={_plain(getattr(value, each.name))}" for each in fields(value))
    if isinstance(value, Mapping):
        return ",".join(sorted(f"{key}:{_plain(known)}" for key, known in value.items()))
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)
