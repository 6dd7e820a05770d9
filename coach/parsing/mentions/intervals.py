"""Intervals within a message: "8 times 20 on 40 off", "10 rounds of 30s with 1 min rest", "8x20/40"."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.durations import find_durations
from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import find_phrases
from coach.parsing.vocabulary import Vocabulary, any_of

MOST_ROUNDS: Final = 60
MOST_BEFORE: Final = 80  # characters before the rounds in which their lengths may stand
_RIGHT_BEHIND: Final = 1  # characters: a space
_SIDE_BY_SIDE: Final = re.compile(r"(?<![\w.:])\d{1,2}(?:[ ,/]+\d{1,3}){2}(?![\w.:])")
_SENTENCE: Final = re.compile(r"[.;!?]")


@dataclass(frozen=True)
class _Grammar:
    """The pattern of a number of rounds."""

    rounds: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    spans = words.spans
    return _Grammar(
        re.compile(
            rf"{BEGINS}(?P<rounds>\d{{1,2}}) ?(?:{any_of(spans.times | {'×'})}(?=\W|\d|$)|{any_of(spans.rounds)}{ENDS})"
        )
    )


def find_intervals(said: str, words: Vocabulary) -> tuple[int | None, int | None, int | None]:
    """Return rounds, seconds of work and seconds of rest; None for each that is not said."""
    found = _grammar(words).rounds.search(said)
    rounds = int(found["rounds"]) if found and 0 < int(found["rounds"]) <= MOST_ROUNDS else None
    behind = said[found.end() :] if found else said
    rest_of = _said_before(said[: found.start()]) if found and not _has_figures(behind, words) else behind
    figures: list[tuple[int, int, int]] = [(one.start, one.end, one.value) for one in find_durations(rest_of, words)]
    for bare in re.finditer(r"(?<![\w.:])\d{1,3}(?![\w.:])", rest_of):
        if not any(start <= bare.start() < end for start, end, _ in figures):
            figures.append((bare.start(), bare.end(), int(bare[0])))
    figures.sort()
    if found is None and (side_by_side := _three(figures, said)) is not None:  # "8 20 10"
        return side_by_side
    work, rest = (
        next((seconds for _, end, seconds in figures if _is(rest_of[end:], cues, _RIGHT_BEHIND)), None)
        for cues in (words.spans.work, words.spans.rest)
    )
    if work is not None and rest is not None:  # "forty on, twenty off"
        return rounds, work, rest
    work = rest = None
    for start, end, seconds in figures:
        behind = rest_of[end : end + 12].split(",")[0]
        if rest is None and _is(behind, words.spans.rest) and not (work is None and _is_first(behind, words)):
            rest = seconds
        elif work is None:
            work = seconds
        elif rest is None and start:
            rest = seconds
    return rounds, work, rest


def _three(figures: list[tuple[int, int, int]], said: str) -> tuple[int, int, int] | None:
    """Return three figures that stand side by side: rounds, work and rest."""
    if len(figures) != 3 or not _SIDE_BY_SIDE.search(said) or not 0 < figures[0][2] <= MOST_ROUNDS:
        return None
    (*_, rounds), (*_, work), (*_, rest) = figures
    return rounds, work, rest


def _has_figures(said: str, words: Vocabulary) -> bool:
    return any(map(str.isdigit, said)) or bool(find_durations(said, words))


def _said_before(said: str) -> str:
    """Return what is said right before the rounds, in the same sentence: "twenty on and forty off, eight times"."""
    said = _SENTENCE.split(said)[-1]
    return said if len(said) <= MOST_BEFORE else said[-MOST_BEFORE:].partition(" ")[2]


def _is(behind: str, words: frozenset[str], within: int = 4) -> bool:
    return any(one.start <= within for one in find_phrases(behind, words))


def _is_first(behind: str, words: Vocabulary) -> bool:
    work, rest = (find_phrases(behind, each) for each in (words.spans.work, words.spans.rest))
    return bool(work) and bool(rest) and work[0].start < rest[0].start
