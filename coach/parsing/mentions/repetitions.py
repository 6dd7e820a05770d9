"""Repetitions of sets as they are told: "14, 14 and 12", "first set 18, second 15", "4 sets, 10 each", "two tens"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.figures import MOST_REPS, find_reps
from coach.parsing.mentions.mention import BEGINS, ENDS
from coach.parsing.mentions.phrases import phrase_pattern
from coach.parsing.vocabulary import Vocabulary, any_of

MOST_SETS: Final = 10
_NEAR: Final = 34  # characters from one set to the next, of which something joins them: ", only "
_ALONE: Final = 12  # the same, where nothing but a stop stands between
_CHAIN: Final = re.compile(r"(?<![\w.,/:-])\d{1,3}(?:(?:[/-]\d{1,3}){2,9})(?![\w/:-]|[.,]\d)")
_FIGURE: Final = re.compile(r"(?<![\w.,/:-])\d{1,3}(?![\w/:%]|[.,]\d)")
_JOINS: Final = re.compile(r"[,;.&+/-]")
_SENTENCE: Final = re.compile(r"[.!?](?: |$)")
_WORD: Final = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's sets."""

    many: re.Pattern[str]  # "two tens"
    twice: re.Pattern[str]  # "twice 12"
    over: re.Pattern[str]  # "15, 3 times over"
    counted: re.Pattern[str]  # "4 sets", "sets: 5"
    label: re.Pattern[str]  # the number of a set: "set 2 was 14"
    refused: re.Pattern[str]  # "not 12"
    joining: re.Pattern[str]
    plurals: dict[str, int]
    twos: dict[str, int]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    spans, plural = words.spans, words.days.plural
    numbers = words.numbers.values
    plurals = {f"{word}{end}": value for word, value in numbers.items() for end in (plural, f"e{plural}") if value > 1}
    twos = {**dict.fromkeys(spans.twice, 2), **dict.fromkeys(spans.thrice, 3)}
    single = {word for word in spans.rounds if " " not in word}
    rounds, times = any_of(single), any_of(spans.times)
    label = any_of(word for word in single if not word.endswith(plural))
    joining = {*words.schedule.joining, *words.requests.between_sets, *single, *words.dates.ordinals}
    refusing = phrase_pattern(words.wishes.rather | words.wishes.negate)
    return _Grammar(
        many=re.compile(rf"{BEGINS}(?P<sets>\d{{1,2}}) (?P<reps>{any_of(plurals)}){ENDS}"),
        twice=re.compile(rf"{BEGINS}(?P<sets>{any_of(twos)}) (?P<reps>\d{{1,3}}){ENDS}"),
        over=re.compile(
            rf"(?<![\w.,])(?P<reps>\d{{1,3}})(?:(?: [^\W\d_]+){{0,2}},)? "
            rf"(?:(?P<sets>\d{{1,2}}) {times}|(?P<twos>{any_of(twos)})){ENDS}(?! ?\d)"
        ),
        counted=re.compile(
            rf"(?<![\w.,])(?P<sets>\d{{1,2}}) {rounds}{ENDS}|{BEGINS}{rounds}: ?(?P<behind>\d{{1,2}})"
            rf"(?![\w-]|(?:[ ,/]+\d{{1,3}}){{2}})"  # "sets: 20 20 18" tells three
        ),
        label=re.compile(rf"{BEGINS}{label} [1-9](?=:? \w)"),
        refused=re.compile(rf"{BEGINS}{refusing} \d{{1,3}}{ENDS}"),
        joining=re.compile(rf"{BEGINS}{any_of(joining)}{ENDS}"),
        plurals=plurals,
        twos=twos,
    )


def told_reps(said: str, words: Vocabulary) -> tuple[int, ...]:
    """Return the repetitions that a message about sets tells, in order; nothing where it tells none."""
    return told_chain(said) or _repeated(said, words) or _listed(said, words) or find_reps(said, words)


def told_chain(said: str) -> tuple[int, ...]:
    """Return the repetitions of three sets or more that are written in one: "15-15-13"."""
    chain = _CHAIN.search(said)
    return tuple(map(int, re.findall(r"\d+", chain[0]))) if chain is not None else ()


def _repeated(said: str, words: Vocabulary) -> tuple[int, ...]:
    """Return sets of the same: "two tens", "twice 12", "15, three times over", "4 sets, 10 each"."""
    grammar = _grammar(words)
    if found := grammar.many.search(said):
        return _times(grammar.plurals[found["reps"]], int(found["sets"]))
    if found := grammar.twice.search(said):
        return _times(int(found["reps"]), grammar.twos[found["sets"]])
    if found := grammar.over.search(said):
        return _times(int(found["reps"]), int(found["sets"] or grammar.twos.get(found["twos"], 0)))
    counts = list(grammar.counted.finditer(said))
    if len(counts) == 1:
        rest = said[: counts[0].start()] + " " * len(counts[0][0]) + said[counts[0].end() :]
        figures = _FIGURE.findall(rest)
        if len(figures) == 1:
            return _times(int(figures[0]), int(counts[0]["sets"] or counts[0]["behind"]))
    return ()


def _times(reps: int, sets: int) -> tuple[int, ...]:
    return (reps,) * sets if 0 < sets <= MOST_SETS and 0 < reps <= MOST_REPS else ()


def _listed(said: str, words: Vocabulary) -> tuple[int, ...]:
    """Return the longest run of figures that stand near each other, the last of several."""
    grammar = _grammar(words)
    for pattern in (grammar.counted, grammar.label, grammar.refused):
        said = pattern.sub(lambda found: " " * len(found[0]), said)
    runs: list[list[int]] = [[]]
    end = 0
    for found in _FIGURE.finditer(said):
        if runs[-1] and not _is_near(said[end : found.start()], grammar):
            runs.append([])
        runs[-1].append(int(found[0]))
        end = found.end()
    runs = [run for run in runs if 1 < len(run) <= MOST_SETS and all(0 < reps <= MOST_REPS for reps in run)]
    return tuple(_longest(runs))


def _longest(runs: Sequence[list[int]]) -> list[int]:
    return max(enumerate(runs), key=lambda pair: (len(pair[1]), pair[0]), default=(0, []))[1]


def _is_near(gap: str, grammar: _Grammar) -> bool:
    if not _WORD.search(gap):
        return len(gap) <= _ALONE
    if _SENTENCE.search(gap) and _WORD.search(grammar.joining.sub(" ", gap)):
        return False
    return len(gap) <= _NEAR and bool(_JOINS.search(gap) or grammar.joining.search(gap))
