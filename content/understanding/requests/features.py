"""Features of a message for the ranker of intents: its pieces, with days, times and figures replaced by kinds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from coach.parsing.mentions.clock_times import find_times
from coach.parsing.mentions.dates import find_days
from coach.parsing.mentions.durations import find_durations, find_ways
from coach.parsing.mentions.efforts import find_scores
from coach.parsing.mentions.figures import find_written_weights
from coach.parsing.mentions.mention import Mention, spoken
from coach.parsing.mentions.spoken_days import SpokenDay
from coach.parsing.normalise import without_accents
from coach.parsing.vocabulary import Vocabulary
from content.understanding.ranking.ngrams import pieces_of_word

FORMAT: Final = "2"  # raise it when the pieces change
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[?]")
_NUMBER: Final = re.compile(r"(?<![\w])[+-]?\d+(?:[.,:/]\d+)*(?![\w])")
_ASKING: Final = "?"


@dataclass(frozen=True)
class Signs:
    """Kinds of what a message names, each with the token that stands for it."""

    text: str  # with tokens in the places of what is named
    kinds: tuple[str, ...]


def signs(text: str, words: Vocabulary) -> Signs:
    """Replace what a message names by its kinds: "ran 5k yesterday" is "ran WAY YESTERDAY"."""
    said = spoken(text, words)
    taken: list[tuple[Mention[object], str]] = []

    def take(mentions: list[Mention[object]], kind: str) -> None:
        for one in mentions:
            if all(one.end <= other.start or other.end <= one.start for other, _ in taken):
                taken.append((one, kind))

    take(list(find_scores(said, words)), "SCORE")
    take(list(find_written_weights(said, words)), "MASS")
    take(list(find_times(said, words)), "CLOCK")
    for day in find_days(said, words):
        take([day], _kind(day.value))
    take(list(find_durations(said, words)), "SPAN")
    take(list(find_ways(said, words)), "WAY")
    for one, kind in sorted(taken, key=lambda pair: -pair[0].start):
        said = f"{said[: one.start]} {kind} {said[one.end :]}"
    said, numbers = _NUMBER.subn(" NUMBER ", said)
    kinds = [kind for _, kind in taken] + ["NUMBER"] * numbers
    return Signs(" ".join(said.split()), tuple(kinds))


@dataclass(frozen=True)
class Features:
    """The words of a message whose n-grams count, and the pieces that count whole."""

    words: list[str]
    others: list[str]


def pieces(text: str, words: Vocabulary) -> Counter[str]:
    """Count the words, pairs of neighbouring words and n-grams within words, what is named replaced by its kind."""
    found = features(text, words)
    return Counter([piece for word in found.words for piece in pieces_of_word(word)] + found.others)


def features(text: str, words: Vocabulary) -> Features:
    """Return what `pieces` counts, words not yet cut."""
    bare_words: list[str] = []
    seen = signs(text, words)
    sequence = ["^"]
    for word in _WORD.findall(seen.text):
        if word.isupper() or word == _ASKING:
            sequence.append(word)
            continue
        bare = without_accents(word).replace("'", "")
        sequence.append(bare)
        bare_words.append(bare)
    pairs = [f"{left}_{right}" for left, right in pairwise([*sequence, "$"])]
    kinds = [f"+{kind}{min(count, 2)}" for kind, count in Counter(seen.kinds).items()]
    return Features(bare_words, [*sequence, *pairs, *kinds])


def _kind(day: SpokenDay) -> str:
    if day.offset is not None:
        return {0: "TODAY", 1: "TOMORROW", -1: "YESTERDAY"}.get(day.offset, "AGO" if day.offset < 0 else "AHEAD")
    return "WEEKDAY" if day.weekday is not None else "DATE"
