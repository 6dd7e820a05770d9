"""Bending the scores of a question towards what was shown last, where the question does not stand on its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from coach.requests import ShownItem
from content.understanding.follow_ups.texts import page_of
from content.understanding.ranking.context_fitting import ContextLesson, fitted_in_context
from content.understanding.ranking.fitting import TrainingSet
from content.understanding.ranking.in_context import BEND_FROM, LEAD, Alone, InContext, with_noun
from content.understanding.ranking.ranker import Floats, Ranker
from content.understanding.ranking.sentence_model.encoder import Encoder
from content.understanding.training_texts import TrainingTexts

STANDS_FROM: Final = 0.3  # as sure a message must be of its own entry for that to go before a page's
LEANS_FROM: Final = 0.0  # log odds of the gate, of a message that leans on the page
LEANS_WORDS: Final = 15  # at most, of one that does
# How probable another entry must be for it to be asked for rather than the page. Of 27 follow-ups by another author
# that ask for another entry, one falls below; of 45 that asked for the page and missed it, most do.
OTHER_FROM: Final = 0.6
SURELY_OTHER_FROM: Final = 0.95  # the same, where the page tells the very figure that is asked for


@dataclass(frozen=True, slots=True)
class InLight:
    """A message in the light of a page: the probability of each entry and of none, where the page bends them.

    `asks_on`: it leans on the page and asks for no other entry, so it is about that page; `may_ask_on`: perhaps.
    """

    probabilities: Floats | None
    asks_on: bool = False
    may_ask_on: bool = False


def may_ask(text: str) -> bool:
    """Say whether a message may be a question: behind a session figures are told that are none about it."""
    return any(each.isalpha() for each in text) if "?" in text else not any(each.isdigit() for each in text)


class ContextSearch:
    """Finds the entry that a follow-up asks for, given the page before it."""

    def __init__(self, known: TrainingTexts, finding: TrainingSet) -> None:
        """Prepare; cheap. `finding` is what entries are learned from."""
        self._slugs = [entry.slug for entry in known.entries]
        self._lesson = ContextLesson(
            texts=known.follow_ups.known(known.entries),
            slugs=tuple(self._slugs),
            categories=tuple(entry.category for entry in known.entries),
            related=tuple(entry.related for entry in known.entries),
            finding=finding,
        )
        self._fitted: InContext | None = None

    def warm(self, ranker: Ranker, encoder: Encoder, cache: Path | None) -> None:
        """Fit, or load, the weights, which are those of this ranker."""
        self._fitted = fitted_in_context(self._lesson, ranker, encoder, cache)

    def bend(
        self, alone: Alone, after: ShownItem, ranker: Ranker, read: Callable[[str], Floats], words: int
    ) -> InLight:
        """Return what a message of so many words is in the light of a page; one that stands on its own is not bent."""
        page_name, context = page_of(after), self._fitted
        page = context.pages.get(page_name or "") if context is not None else None
        if context is None or page is None:
            return InLight(None)
        place = self._lesson.texts.place_of(alone.text)
        if place is not None and after.entry is not None:
            return InLight(self._named(after.entry, place))
        odds = context.gate.log_odds(alone.text, alone.meaning)
        if odds < BEND_FROM:
            return InLight(None)
        found = context.probabilities(ranker, alone, read(with_noun(alone.text, page)), page, odds)
        by_itself = int(np.argmax(alone.scores[: len(self._slugs)]))
        best = int(np.argmax(found))
        surest = float(found[:-1].max()) if words <= LEANS_WORDS and odds >= LEANS_FROM else 1.0
        leans = surest < OTHER_FROM, surest < SURELY_OTHER_FROM
        if (
            best != by_itself
            and alone.right >= STANDS_FROM
            and np.log(found[best]) - np.log(max(found[by_itself], 1e-12)) < LEAD
        ):
            return InLight(None, *leans)
        if best == by_itself:  # two ways lead to it
            found[best] = max(float(found[best]), alone.right)
        return InLight(found, *leans)

    def _named(self, entry: str, place: int) -> Floats | None:
        """Return the probabilities where a message names one of the entries that an answer lists."""
        related = self._lesson.related[self._slugs.index(entry)]
        if place >= len(related) or related[place] not in self._slugs:
            return None
        found = np.zeros(len(self._slugs) + 1, np.float32)
        found[self._slugs.index(related[place])] = 1
        return found
