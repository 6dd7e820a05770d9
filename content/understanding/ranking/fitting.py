"""Fitting what finds answers: half a minute of computing and half a gigabyte, so done in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Lesson:
    """A training set that is made when it is learned from: what was learned before is found by `sources`, sooner."""

    sources: Sequence[str]
    labels: Labels
    make: Callable[[], TrainingSet]

    def name(self, encoder: Encoder | None) -> str:
        """Name the weights that come of it."""
        return weight_cache.key(self.sources, [0] * len(self.sources), self.labels, encoder.key if encoder else "")


def fitted(lesson: TrainingSet | Lesson, encoder: Encoder | None, cache: Path | None) -> Fitted:
    """Return the weights kept in `cache`, or new ones, which are kept there."""
    names = lesson.name(None), lesson.name(encoder)
    if cache is not None and (kept := _kept(names, lesson.labels, encoder, cache)):
        return kept
    rows = lesson.make() if isinstance(lesson, Lesson) else lesson
    if cache is None:
        return _fit_both(rows, names, encoder, None)
    run_apart(_fit_and_keep, rows, names, cache)
    return _kept(names, lesson.labels, encoder, cache) or _fit_both(rows, names, encoder, cache)


def run_apart(work: Callable[..., None], *given: object) -> None:
    """Run a function in a process of its own, to its end or to the death of that process."""
    context = get_context("spawn")  # because we have threads
    theirs, ours = context.Pipe(duplex=False)
    # A daemon ends with us: stopping need not wait for it.
    apart = context.Process(target=_given, args=(work, theirs), daemon=True)
    apart.start()
    # Given by a pipe that has no other reader then: where nobody can read any more, writing fails and does not wait.
    # What a process is started with goes through one that we hold open ourselves.
    theirs.close()
    with suppress(OSError):
        ours.send(given)
    ours.close()
    apart.join()


def _given(work: Callable[..., None], pipe: Connection) -> None:
    given: tuple[Any, ...] = pipe.recv()
    pipe.close()
    work(*given)


def _kept(names: tuple[str, str], labels: Labels, encoder: Encoder | None, cache: Path) -> Fitted | None:
    spelled, meant = names
    spelling = weight_cache.load(cache, spelled, labels)
    if spelling is None or encoder is None:
        return Fitted(spelling, None) if spelling else None
    meaning = weight_cache.load(cache, meant, labels) if encoder.use(cache) else None
    # Of the same texts come the same pieces of words: one table of them is enough, and takes 5 MB.
    return Fitted(spelling, replace(meaning, vocabulary=spelling.vocabulary)) if meaning else None


def _fit_both(rows: TrainingSet, names: tuple[str, str], encoder: Encoder | None, cache: Path | None) -> Fitted:
    spelling = fit_here(rows, names[0], None, cache)
    return Fitted(spelling, fit_here(rows, names[1], encoder, cache) if encoder else None)


def _fit_and_keep(rows: TrainingSet, names: tuple[str, str], cache: Path) -> None:
    encoder, (spelled, meant) = None, names
    if spelled != meant:  # where there is a model
        with suppress(Unavailable):
            encoder = shared()
    if encoder is not None and not encoder.use(cache):
        encoder.keep(cache)
    if _kept(names, rows.labels, encoder, cache) is None:  # the model alone may have been missing
        _fit_both(rows, names, encoder, cache)


def fit_here(rows: TrainingSet, name: str, encoder: Encoder | None, cache: Path | None) -> Ranker:
    """Fit in this process, and keep what came of it in `cache`."""
    meanings = vectors_of(rows.texts, encoder, cache) if encoder else None
    ranker = fit(rows.texts, rows.owner, rows.labels, meanings)
    if cache:
        weight_cache.save(cache, name, ranker)
    return ranker
