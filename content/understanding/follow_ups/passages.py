"""The lines of an answer that a follow-up is about, by their meaning: "and magnesium?" behind the one on cramps."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from coach.requests import ShownItem
from content.schema.pages import Entry
from content.understanding.follow_ups.asking import AskingWords, Figure
from content.understanding.ranking.ranker import Floats

LEAST_WORDS: Final = 3  # of a sentence that says something
QUOTED_FROM: Final = 0.5  # how near a line of the answer that was shown must be to a follow-up: by meaning, 6 in 7 fit
INSTEAD_FROM: Final = 0.55  # the same, where another entry was found, or none
FEW_WORDS: Final = 4  # at most, of a follow-up that is answered by the entry that was shown instead of another
FIGURE_FROM: Final = (0.28, 0.15)  # how near a line must be that tells what is asked for: any figure, or a narrow one
ASIDE_FROM: Final = 0.2  # how near a line must be to what is told behind it
ASIDE_ALONE_FROM: Final = 0.3  # the same, of what stands on its own
NARROW_WORDS: Final = 8  # at most, of one that asks for a figure of the entry that was shown instead
RARE: Final = 4  # answers at most that have a word which alone tells the line: "brand", "nap"
NAMED: Final = 1.0  # how near a line is that has such a word
BULLET: Final = "•"
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of an entry, and how near its nearest sentence is to what was asked, from 0 to 1.

    `verdict`: it is the answer's first sentence, which says the upshot. `aside`: it is too far to be what is asked for,
    and near enough to what somebody tells behind the answer: "both of them, and gone by morning".
    """

    entry: str
    line: str
    nearness: float
    verdict: bool = False
    aside: bool = False


class Passages:
    """Finds the line of an answer that is nearest to a message. Sentences are read once. Thread-safe."""

    def __init__(self, entries: Collection[Entry], asking: AskingWords) -> None:
        """Prepare; cheap."""
        self._asking = asking
        self._texts = {entry.slug: entry.text for entry in entries}
        self._questions = {entry.slug: entry.question for entry in entries}
        self._worded = {slug: _spaced(text) for slug, text in self._texts.items()}
        self._known: dict[str, tuple[list[tuple[str, str]], Floats]] = {}
        self._lock = threading.Lock()

    def quoted(
        self,
        after: ShownItem,
        found: str | None,
        said: str,
        read: Callable[[str], Floats],
        *,
        follows: bool,
        leans: bool,
    ) -> Passage | None:
        """Return the line of the answer that was shown that a message asks for; None where it asks for something else.

        `follows`: it was read in the light of that answer; `leans`: it leans on it, though another entry may be found.
        Of few words it may ask for its line then: "magnesium?" behind the one that speaks of it. One that stands on its
        own does not where it is as near to the whole question.
        """
        shown = after.entry
        if shown is not None and self._asking.asks_verdict(said):
            return self._verdict(shown)
        figure = self._asking.figure_of(said) if shown is not None and (follows or leans) else None
        if shown is not None and figure is not None:
            few = leans and figure.is_narrow and len(said.split()) <= NARROW_WORDS
            if few or (follows and found in {None, shown}):
                line = self._nearest(shown, said, read, figure)
                return line if line is not None and line.nearness >= FIGURE_FROM[figure.is_narrow] else None
        best = self._nearest(shown, said, read) if shown is not None else None
        if shown is None or best is None:
            return None
        if found != shown:
            asked = follows and self._goes_before(best, found, said)
        else:
            whole = 0.0 if follows else float(_unit(read(self._questions[shown])) @ _unit(read(said)))
            asked = best.nearness >= QUOTED_FROM and best.nearness > whole
        if asked:
            return best
        told = best.nearness >= (ASIDE_FROM if follows and found in {None, shown} else ASIDE_ALONE_FROM)
        ails = told and self._asking.is_of_ailments(self._texts[shown])
        return replace(best, aside=True) if ails else None

    def _goes_before(self, best: Passage, found: str | None, said: str) -> bool:
        """Say whether a line answers a message rather than the entry that was found, which lacks a word of it."""
        if len(said.split()) > FEW_WORDS or best.nearness < INSTEAD_FROM:
            return False
        here, there = self._worded[best.entry], self._worded.get(found or "", "")
        return any(f" {word}" in here and f" {word}" not in there for word in self._rare(said))

    def _verdict(self, slug: str) -> Passage | None:
        """Return the first sentence of an answer; None of an answer that is not known."""
        first = next(iter(_sentences(self._texts.get(slug, ""))), None)
        return Passage(slug, first[1], NAMED, verdict=True) if first is not None else None

    def _nearest(
        self, slug: str, said: str, read: Callable[[str], Floats], figure: Figure | None = None
    ) -> Passage | None:
        """Return the line of an answer that is nearest to a message; None of an answer that is not known.

        `figure`: of its lines that tell this figure; None where none does.
        """
        told, vectors = self._read(slug, read)
        if not told:
            return None
        near = vectors @ _unit(read(said))
        for word in self._rare(said):
            having = [each for each, (_, sentence) in enumerate(told) if f" {word}" in _spaced(sentence)]
            if len({told[each][0] for each in having}) == 1:
                near[having] = NAMED
        if figure is not None:
            near = np.where([figure.is_told(sentence) for _, sentence in told], near, -1.0)
        best = int(np.argmax(near))
        return Passage(slug, told[best][0], float(near[best])) if near[best] > -1 else None

    def _rare(self, said: str) -> list[str]:
        """Return the words of a message that few answers have, without the end of a plural."""
        words = {word.removesuffix("s") for word in _WORD.findall(said.casefold())}
        return [word for word in sorted(words) if sum(f" {word}" in each for each in self._worded.values()) <= RARE]

    def _read(self, slug: str, read: Callable[[str], Floats]) -> tuple[list[tuple[str, str]], Floats]:
        known = self._known.get(slug)
        if known is None:
            told = list(_sentences(self._texts.get(slug, "")))
            vectors = (
                np.stack([_unit(read(sentence)) for _, sentence in told]) if told else np.zeros((0, 0), np.float32)
            )
            known = told, vectors
            with self._lock:
                self._known[slug] = known
        return known


def _sentences(text: str) -> Iterable[tuple[str, str]]:
    """Yield the sentences of an answer, each behind the line that it stands in; headings lead to what follows them."""
    for each in text.split("\n"):
        line = each.strip().removeprefix(BULLET).strip()
        if line.endswith(":"):
            continue
        yield from ((line, sentence) for sentence in _SENTENCE_ENDS.split(line) if len(sentence.split()) >= LEAST_WORDS)


def _spaced(text: str) -> str:
    """Return the words of a text, small, each behind a space."""
    return " " + " ".join(_WORD.findall(text.casefold()))


def _unit(vector: Floats) -> Floats:
    return vector / max(float(np.linalg.norm(vector)), 1e-9)
