"""Efforts and pains on a scale to ten within a message: "8/10", "felt like a 7", "rpe 6", "done. 8"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, without
from coach.parsing.vocabulary import Vocabulary, any_of
from coach.parsing.words import Words

MOST: Final = 10
_FIGURE: Final = r"(?P<figure>10|\d)(?:[.,]\d)?"


@dataclass(frozen=True)
class _Grammar:
    """Patterns of a language's efforts, the surest first."""

    scored: re.Pattern[str]
    named: re.Pattern[str]
    likened: re.Pattern[str]
    one: re.Pattern[str]  # in words, which is no figure otherwise: "call it a one"
    bare: re.Pattern[str]


@lru_cache
def _grammar(words: Vocabulary) -> _Grammar:
    efforts = words.efforts
    range_end = rf"(?: ?(?:-|{any_of(efforts.range)}) ?(?:10|\d))?"
    counted = rf"(?! ?-?{any_of(efforts.counted)}{ENDS})(?! ?[:%°]|[.,/:]\d)"
    return _Grammar(
        scored=re.compile(rf"{BEGINS}{_FIGURE}{range_end} ?{any_of(efforts.out_of)} ?10{ENDS}"),
        named=re.compile(
            rf"{BEGINS}{any_of(efforts.names)}(?:[ :=,]| {any_of(efforts.like | efforts.out_of)})*"
            rf" ?{_FIGURE}{ENDS}{counted}"
        ),
        likened=re.compile(rf"{BEGINS}{any_of(efforts.like)} ?(?:[a-z']+ )?{_FIGURE}{ENDS}{counted}"),
        one=re.compile(rf"{BEGINS}{any_of(_giving(words))} ({any_of(_ones(words))})(?=\W*$|[.,;!?])"),
        bare=re.compile(rf"(?<![\w/.:,#£$€'-]){_FIGURE}{ENDS}{counted}"),
    )


def _giving(words: Vocabulary) -> Words:
    """Return what stands before a figure and nothing but one: "call it a", "i would give"."""
    articles = words.numbers.article
    ended = {phrase for phrase in words.efforts.like if phrase.rpartition(" ")[2] in articles}
    return words.efforts.giving | ended


def _ones(words: Vocabulary) -> Words:
    return frozenset(word for word, value in words.numbers.values.items() if value == 1)


def find_scores(said: str, words: Vocabulary) -> list[Mention[int]]:
    """Return what is scored out of ten: "8/10"."""
    return _found(_grammar(words).scored, said)


def find_called(said: str, names: Words, words: Vocabulary) -> list[Mention[int]]:
    """Return the figures behind one of the names, or else before it: "effort 8/10", "8 for effort"."""
    before, behind = _called(names, words)
    return _found(before, said) or _found(behind, said)


@lru_cache(8)
def _called(names: Words, words: Vocabulary) -> tuple[re.Pattern[str], re.Pattern[str]]:
    of_ten = rf"(?: ?{any_of(words.efforts.out_of)} ?{MOST}{ENDS})?"
    between = rf"(?:[ :=]| {any_of(words.efforts.like | words.efforts.out_of)})*"
    return (
        re.compile(rf"{BEGINS}{any_of(names)}{between} ?{_FIGURE}{ENDS}{of_ten}"),
        re.compile(rf"{BEGINS}{_FIGURE}{ENDS}{of_ten}(?: [^\W\d_]+)? {any_of(names)}{ENDS}"),
    )


def find_effort(said: str, words: Vocabulary, taken: Iterable[Mention[object]] = ()) -> Mention[int] | None:
    """Return the effort or pain of a spoken form; `taken` is what was read as something else."""
    grammar = _grammar(words)
    if scored := _found(grammar.scored, said):
        return scored[-1]
    rest = without(said, taken)
    for pattern in (grammar.named, grammar.likened):
        if found := _found(pattern, rest):
            return found[-1]
    if one := [Mention(found.start(1), found.end(), 1) for found in grammar.one.finditer(rest)]:
        return one[-1]
    bare = _found(grammar.bare, rest)
    return bare[0] if len(bare) == 1 else None


def _found(pattern: re.Pattern[str], said: str) -> list[Mention[int]]:
    return [Mention(found.start(1), found.end(), int(found[1])) for found in pattern.finditer(said)]
