"""Fitting the ranker of follow-ups: some ten seconds of computing, kept beside the weights of finding."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from content.understanding.follow_ups.texts import ANY_PAGE, FollowUpTexts
from content.understanding.ranking import kept_arrays
from content.understanding.ranking.fitting import TrainingSet
from content.understanding.ranking.gate import Gate, fit_gate, left_out
from content.understanding.ranking.in_context import (
    Alone,
    InContext,
    Page,
    as_features,
    centroids,
    expand,
    fit_choice,
    mixed_meaning,
    relations,
    unit,
    with_noun,
)
from content.understanding.ranking.ranker import Floats, Ranker
from content.understanding.ranking.sentence_model.encoder import Encoder
from content.understanding.ranking.text_vectors import vectors_of

FORMAT = "1"  # raise it when the fitting changes
KIND = "follow-ups"
KEPT = 4
PAGES_EACH = 4  # random pages behind which a message that stands on its own is learned
SHOWN_EACH = 2  # pages of one line that are learned
NEW_SUBJECT_WEIGHT = 3.0
LEAST_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class ContextLesson:
    """The texts to learn from, and of each entry its slug, category and related entries."""

    texts: FollowUpTexts
    slugs: tuple[str, ...]
    categories: tuple[str, ...]
    related: tuple[tuple[str, ...], ...]
    finding: TrainingSet

    def name(self, encoder: Encoder) -> str:
        """Name the weights that come of it."""
        topics = sorted((page, topic.noun, topic.about) for page, topic in self.texts.topics.items())
        entries = (self.slugs, self.categories, self.related)
        parts = (FORMAT, self.finding.name(encoder), entries, self.texts.examples, topics)
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fitted_in_context(lesson: ContextLesson, ranker: Ranker, encoder: Encoder, cache: Path | None) -> InContext | None:
    """Return the weights kept in `cache`, or new ones, which are kept there; None where there are too few examples."""
    if len(lesson.texts.examples) < LEAST_EXAMPLES:
        return None
    name = lesson.name(encoder)
    if cache is not None and (kept := _load(cache, name, lesson, ranker)) is not None:
        return kept
    nouns = {page: topic.noun for page, topic in lesson.texts.topics.items()}
    vectors = dict(zip(nouns, vectors_of(list(nouns.values()), encoder, cache), strict=True))
    found = _fit(lesson, ranker, pages_of(lesson, ranker, vectors), partial(vectors_of, encoder=encoder, cache=cache))
    if cache is not None:
        _save(cache, name, found, vectors)
    return found


def pages_of(lesson: ContextLesson, ranker: Ranker, nouns: Mapping[str, Floats]) -> dict[str, Page]:
    """Every page, from the vectors of their nouns."""
    place = {slug: number for number, slug in enumerate(lesson.slugs)}
    related = np.zeros((len(place), len(place)), np.float32)
    for number, others in enumerate(lesson.related):
        related[number, [place[other] for other in others if other in place]] = 1
    kinds = np.asarray(lesson.categories)
    same = (kinds[:, None] == kinds).astype(np.float32)
    middle = centroids(ranker)
    found = {}
    for page, topic in lesson.texts.topics.items():
        about = [place[slug] for slug in topic.about]
        meaning = unit(middle[about].mean(axis=0))
        if page not in place:
            meaning = unit(meaning + nouns[page])
        found[page] = Page(topic.noun, meaning, relations(about, related, same, middle @ meaning, own=page in place))
    return found


def _fit(
    lesson: ContextLesson, ranker: Ranker, pages: dict[str, Page], read: Callable[[Sequence[str]], Floats]
) -> InContext:
    examples = _examples(lesson, sorted(pages))
    texts = sorted({text for _, _, text, _ in examples})
    behind = [with_noun(text, pages[page]) for page, _, text, _ in examples]
    every = dict.fromkeys((*texts, *behind))
    meanings = dict(zip(every, read(list(every)), strict=True))
    follow_ups = sorted({text for _, _, text, free in examples if not free})
    rows = ranker.rows.unpacked()
    others = [(text, row) for text, row, label in zip(lesson.finding.texts, rows, ranker.owner, strict=True)
              if 0 <= label <= ranker.labels.outside]  # fmt: skip
    others += [(text, meanings[text]) for _, _, text, free in examples if free]
    told = [(text, meanings[text]) for text in follow_ups]
    gate = fit_gate(told, others)
    odds = {text: gate.log_odds(text, meanings[text]) for text in texts}
    odds |= dict(zip(follow_ups, left_out(told, others, gate), strict=True))
    place = {slug: number for number, slug in enumerate(lesson.slugs)}
    features = np.zeros((len(examples), len(place) + 1, 39), np.float32)
    truth = np.zeros(features.shape[:2], np.float32)
    alone: dict[str, Alone] = {}
    for text in texts:
        scores, right, _ = ranker.score(ranker.spelling(text), meanings[text])
        alone[text] = Alone(text, meanings[text], scores, right)
    bent = np.stack([mixed_meaning(alone[text], pages[page]) for page, _, text, _ in examples])
    mixed = ranker.many([ranker.spelling(text) for _, _, text, _ in examples], bent)
    named = ranker.many([ranker.spelling(text) for text in behind], np.stack([meanings[text] for text in behind]))
    for number, (page, entries, text, _) in enumerate(examples):
        seen = as_features(ranker.labels, (alone[text].scores, mixed[number], named[number]), pages[page])
        features[number] = expand(seen, odds[text], alone[text].right)
        truth[number, [place[slug] for slug in entries] or [-1]] = 1 / max(len(entries), 1)
    often = Counter(text for _, _, text, _ in examples)
    weight = np.asarray(
        [(NEW_SUBJECT_WEIGHT if free else 1) / often[text] ** 0.5 for _, _, text, free in examples], np.float32
    )
    return InContext(gate, fit_choice(features, truth, weight), pages)


def _examples(lesson: ContextLesson, pages: list[str]) -> list[tuple[str, tuple[str, ...], str, bool]]:
    """Return page, entries and text of what is learned; the last says that the message stands on its own."""
    found = []
    taken: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for each in lesson.texts.examples:
        if each.after == ANY_PAGE:
            start = zlib.crc32(each.text.encode("utf-8", "surrogatepass"))
            picked = {pages[(start + number * 7919) % len(pages)] for number in range(PAGES_EACH)}
            found += [(page, each.entries, each.text, True) for page in sorted(picked)]
        elif taken[each.text, each.entries] < SHOWN_EACH:
            taken[each.text, each.entries] += 1
            found.append((each.after, each.entries, each.text, False))
    return found


def _load(cache: Path, name: str, lesson: ContextLesson, ranker: Ranker) -> InContext | None:
    """Return what is kept; None where there is nothing or the file is damaged."""
    kept = kept_arrays.load(cache, KIND, name)
    try:
        if kept is None:
            return None
        names = kept_arrays.as_text(kept["pages"]).split("\n")
        pages = pages_of(lesson, ranker, dict(zip(names, kept["nouns"], strict=True)))
        gate = Gate(tuple(kept_arrays.as_text(kept["words"]).split("\n")), kept["gate"])
        return InContext(gate, kept["weights"], pages)
    except (KeyError, ValueError):
        return None


def _save(cache: Path, name: str, found: InContext, nouns: Mapping[str, Floats]) -> None:
    arrays: kept_arrays.Arrays = {
        "pages": kept_arrays.as_array("\n".join(nouns)),
        "nouns": np.stack(list(nouns.values())),
        "words": kept_arrays.as_array("\n".join(found.gate.words)),
        "gate": found.gate.weights,
        "weights": found.weights,
    }
    kept_arrays.save(cache, KIND, name, arrays, most=KEPT)
