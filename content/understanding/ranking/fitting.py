"""Fitting what finds answers: half a minute of computing and half a gigabyte, so done in a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from content.understanding.ranking import weight_cache
from content.understanding.ranking.ranker import Labels, Ranker, fit
from content.understanding.ranking.sentence_model.encoder import Encoder, Unavailable, shared
from content.understanding.ranking.text_vectors import vectors_of


@dataclass(frozen=True, slots=True)
class Fitted:
    """Fitted rankers: one of spelling alone and, where there is a model, one of meaning and spelling."""

    spelling: Ranker
    meaning: Ranker | None


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The texts to learn from, and the label of each."""

    texts: Sequence[str]
    owner: Sequence[int]
    labels: Labels

    def name(self, encoder: Encoder | None) -> str:
        """Name the weights that come of it."""
        return weight_cache.key(self.texts, self.owner, self.labels, encoder.key if encoder else "")


def fitted(lesson: TrainingSet, encoder: Encoder | None, cache: Path | None) -> Fitted:
    """Return the weights kept in `cache`, or new ones, which are kept there."""
    if cache is None:
        return _fit_both(lesson, encoder, None)
    if kept := _kept(lesson, encoder, cache):
        return kept
    # A daemon ends with us: stopping need not wait for it. "spawn", because we have threads.
    apart = get_context("spawn").Process(target=_fit_and_keep, args=(lesson, cache), daemon=True)
    apart.start()
    apart.join()
    return _kept(lesson, encoder, cache) or _fit_both(lesson, encoder, cache)


def _kept(lesson: TrainingSet, encoder: Encoder | None, cache: Path) -> Fitted | None:
    spelling = weight_cache.load(cache, lesson.name(None), lesson.labels)
    if spelling is None or encoder is None:
        return Fitted(spelling, None) if spelling else None
    meaning = weight_cache.load(cache, lesson.name(encoder), lesson.labels) if encoder.use(cache) else None
    # Of the same texts come the same pieces of words: one table of them is enough, and takes 5 MB.
    return Fitted(spelling, replace(meaning, vocabulary=spelling.vocabulary)) if meaning else None


def _fit_both(lesson: TrainingSet, encoder: Encoder | None, cache: Path | None) -> Fitted:
    spelling = fit_here(lesson, None, cache)
    return Fitted(spelling, fit_here(lesson, encoder, cache) if encoder else None)


def _fit_and_keep(lesson: TrainingSet, cache: Path) -> None:
    encoder = None
    with suppress(Unavailable):
        encoder = shared()
    if encoder is not None and not encoder.use(cache):
        encoder.keep(cache)
    if _kept(lesson, encoder, cache) is None:  # the model alone may have been missing
        _fit_both(lesson, encoder, cache)


def fit_here(lesson: TrainingSet, encoder: Encoder | None, cache: Path | None) -> Ranker:
    """Fit in this process, and keep what came of it in `cache`."""
    meanings = vectors_of(lesson.texts, encoder, cache) if encoder else None
    ranker = fit(lesson.texts, lesson.owner, lesson.labels, meanings)
    if cache:
        weight_cache.save(cache, lesson.name(encoder), ranker)
    return ranker
