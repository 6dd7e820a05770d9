"""Slips of the tongue within a message: "tuesday, no, wednesday" is Wednesday, "an 8, well, 9" a 9."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from coach.parsing.mentions.dates import find_days
from coach.parsing.mentions.efforts import MOST
from coach.parsing.mentions.mention import BEGINS, ENDS, Mention
from coach.parsing.mentions.phrases import phrase_pattern
from coach.parsing.vocabulary import Vocabulary, any_of

_MOST_BETWEEN: Final = 16  # characters between what was said first and the words that take it back: " on the left."
_FIGURE: Final = re.compile(r"(?<![\w.,/:-])\d{1,3}(?:[.,]\d+)?(?![\w/:]|[.,]\d)")


@lru_cache
def _taken_back(words: Vocabulary) -> re.Pattern[str]:
    """Return what stands between a slip and what was meant: ", no, make it a "."""
    wishes, article = words.wishes, any_of(words.numbers.article | words.dates.of)
    led = rf"(?:{any_of(words.efforts.like | words.requests.moved_surely_to)} )?(?:{article} )?"
    return re.compile(
        rf"[^;!?]{{0,{_MOST_BETWEEN}}}?[,.;!?-]* ?{BEGINS}(?:{phrase_pattern(wishes.slip)}[,.]? )+{led}"
        rf"|[^;!?]{{0,{_MOST_BETWEEN}}}?[,.] ?{phrase_pattern(wishes.slip_apart)}[,.]? {led}"
    )


def mended(said: str, words: Vocabulary) -> str:
    """Return a spoken form in which what was taken back is replaced by what was said instead."""
    said = _mend(said, find_days(said, words), words)
    figures = [Mention(found.start(), found.end(), None) for found in _FIGURE.finditer(said)]
    return _mend(said, figures, words)


def _mend(said: str, mentions: Sequence[Mention[object]], words: Vocabulary) -> str:
    for first, second in reversed(list(pairwise(mentions))):
        found = _taken_back(words).fullmatch(said[first.end : second.start])
        if _rates_length(said, first, second, words):
            continue
        if found is not None and not _begins_anew(found[0], said[second.end :], words):
            kept, behind = _kept(found[0], words), said[second.end :]
            kept = "" if behind.startswith(kept) else kept  # "90 on, no, 75 on"
            said = f"{said[: first.start]}{said[second.start : second.end]}{kept}{behind}"
    return said


def _rates_length(said: str, first: Mention[object], second: Mention[object], words: Vocabulary) -> bool:
    """Say whether the second figure tells how hard what lasted so long was, and takes nothing back: "40 min, say 5"."""
    figures = said[first.start : first.end], said[second.start : second.end]
    if not all(map(str.isdecimal, figures)) or not int(figures[1]) <= MOST < int(figures[0]):
        return False
    unit = rf" ?-?{any_of(words.spans.minutes)}{ENDS}"
    return re.match(unit, said[first.end :]) is not None and re.match(unit, said[second.end :]) is None


def _begins_anew(between: str, behind: str, words: Vocabulary) -> bool:
    """Say whether all is said again, and not the last figure alone: "30 on 30 off. no, 30 on and 45 off"."""
    kept = f"{_kept(between, words)} "
    rests = re.match(rf" {any_of(words.spans.rest)}{ENDS}", kept)
    return rests is not None and re.match(rf" {any_of(words.spans.work)}{ENDS}", behind) is not None


def _kept(between: str, words: Vocabulary) -> str:
    """Return what was said of both, before the words that take the first back: " on the left"."""
    slips = words.wishes.slip | words.wishes.slip_apart
    slip = re.search(rf"[,.;!?-]* ?{BEGINS}{phrase_pattern(slips)}{ENDS}", between)
    return between[: slip.start()] if slip else ""
