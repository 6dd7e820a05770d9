"""Phrases of a vocabulary within a message: which values of a slot words tell, and what is added or taken away."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from coach.parsing.mentions.mention import BEGINS, ENDS, Mention, find_mentions
from coach.parsing.vocabulary import Vocabulary

ANY_ENDING: Final = "*"
_COMPILED: Final = 256  # lists of phrases; a language has some ninety that are looked for
_JOINED: Final = 256  # the same, and lists that are part of a larger pattern
_NEAR: Final = 14  # characters between a "no" and the verb that it denies
_RIGHT_BEHIND: Final = 2  # characters: a comma and a space
_LONG_AGO: Final = -1000
_OTHERS_NEAR: Final = 28  # characters between somebody else and their illness
_STOPS: Final = ".;!?"


class Kind(StrEnum):
    """A part that a phrase plays in a wish."""

    ITEM = "item"
    NEGATE = "negate"
    DROP = "drop"
    KEEP = "keep"
    WANTED = "wanted"
    NOT_ONLY = "not_only"
    RATHER = "rather"
    TURN = "turn"


def phrase_pattern(words: Iterable[str]) -> str:
    """Return a regular expression for one of the phrases, the longest first; "*" stands for any ending."""
    return _pattern(frozenset(words))


@lru_cache(_JOINED)
def _pattern(words: frozenset[str]) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))
    escaped = (
        re.escape(word.removesuffix(ANY_ENDING)) + (r"\w*" if word.endswith(ANY_ENDING) else "") for word in listed
    )
    joined = "|".join(escaped)
    return f"(?:{joined})" if joined else "(?!)"


@lru_cache(_COMPILED)
def _compiled(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"{BEGINS}{phrase_pattern(words)}{ENDS}")


def find_phrases(said: str, words: frozenset[str]) -> list[Mention[str]]:
    """Return the phrases of a list that stand in a spoken form."""
    return find_mentions(_compiled(words), said, lambda found: found[0])


def told(said: str, values: Mapping[str, frozenset[str]]) -> list[Mention[str]]:
    """Return the values that words tell, the one with the longest phrase first, else in the order of `values`."""
    found = [
        (rank, Mention(one.start, one.end, value))
        for rank, (value, words) in enumerate(values.items())
        for one in find_phrases(said, words)
    ]
    found.sort(key=lambda pair: (-(said[pair[1].start : pair[1].end].count(" ")), pair[0], pair[1].start))
    return [mention for _, mention in found]


def is_of_others(said: str, start: int, words: Vocabulary) -> bool:
    """Say whether what begins there is said of somebody else: "kids are ill"."""
    before = said[max(0, start - _OTHERS_NEAR) : start]
    for stop in _STOPS + ",":
        before = before.rpartition(stop)[2]
    return bool(find_phrases(before, words.wishes.others)) and not find_phrases(before, words.wishes.own)


@dataclass(frozen=True)
class Choices:
    """Values that are added and taken away."""

    add: frozenset[str]
    remove: frozenset[str]


@lru_cache(16)
def _wish_grammar(words: Vocabulary, group: str) -> tuple[re.Pattern[str], tuple[tuple[str, Kind, str], ...]]:
    wishes, values = words.wishes, getattr(words.requests, group)
    kinds: list[tuple[str, Kind, frozenset[str]]] = [
        ("", Kind.NEGATE, wishes.negate),
        ("", Kind.DROP, wishes.drop),
        ("", Kind.WANTED, wishes.wanted),
        ("", Kind.NOT_ONLY, wishes.not_only),
        ("", Kind.KEEP, wishes.keep),
        ("", Kind.RATHER, wishes.rather),
        ("", Kind.TURN, wishes.turn),
    ]
    kinds += [(value, Kind.ITEM, known) for value, known in values.items()]
    listed = [(phrase, kind, value) for value, kind, known in kinds for phrase in known]
    # Of equal length what is chosen goes before what turns a wish.
    listed.sort(key=lambda each: (-len(each[0]), each[1] is not Kind.ITEM, each[0]))
    pattern = "|".join(f"({phrase_pattern([phrase])})" for phrase, _, _ in listed)
    return re.compile(rf"{BEGINS}(?:{pattern}){ENDS}|[{re.escape(_STOPS)},]"), tuple(listed)


def find_choices(said: str, group: str, words: Vocabulary) -> Choices:
    """Return what a spoken form adds and takes away: "no more treadmill, but i have got a barbell now"."""
    pattern, listed = _wish_grammar(words, group)
    reader = _Wishes()
    for found in pattern.finditer(said):
        if found.lastindex is None:
            reader.settle() if found[0] in _STOPS else reader.pause()
        else:
            _, kind, value = listed[found.lastindex - 1]
            reader.take(kind, value, found.start(), found.end())
    reader.settle()
    last = dict(reader.chosen)  # what is said last of a thing counts
    return Choices(
        frozenset(value for value, kept in last.items() if kept),
        frozenset(value for value, kept in last.items() if not kept),
    )


class _Wishes:
    """Reads a message phrase by phrase: a denial or a verb counts for what is named behind it, else before it."""

    def __init__(self) -> None:
        self.chosen: list[tuple[str, bool]] = []
        self._kept: bool | None = None  # of what is named next
        self._before: bool | None = None  # of the thought before
        self._waiting: list[str] = []
        self._denied = _LONG_AGO
        self._named_until = _LONG_AGO
        self._before_denial: list[int] = []  # the places of what was listed right before the last denial
        self._left_as_is = False  # what is named next
        self._paused = False  # a comma stands behind what is denied
        self._doubtful: list[int] = []  # places of what is denied only as it follows that comma

    def take(self, kind: Kind, value: str, start: int, end: int) -> None:
        """Go on by one phrase."""
        match kind:
            case Kind.ITEM:
                self._name(value, start)
                self._named_until = end
            case Kind.NOT_ONLY:
                self._left_as_is = True
            case Kind.NEGATE:
                near, listed = start - self._named_until <= _RIGHT_BEHIND, len(self.chosen)
                self._deny(end)
                self._before_denial = [*range(listed, len(self.chosen))] if near else []
            case Kind.DROP:
                self._deny(_LONG_AGO)
            case Kind.KEEP | Kind.WANTED:
                if start - self._denied > _NEAR:
                    self._want(behind=kind is Kind.WANTED)
            case Kind.RATHER:
                self._choose(kept=True)
                self._deny(_LONG_AGO)
            case Kind.TURN:
                self.settle()

    def _name(self, value: str, start: int) -> None:
        if self._left_as_is:
            self._left_as_is = False
        elif self._kept is None:
            self._waiting.append(value)
        else:
            if start - self._denied <= 1:  # "far, not fast": the "not" is of what follows alone
                self._flip([place for place in self._before_denial if self.chosen[place][0] != value])
            if self._paused:
                self._doubtful.append(len(self.chosen))
            self.chosen.append((value, self._kept))

    def pause(self) -> None:
        """Go on behind a comma: words at its end may wish for what follows, "no calves, stronger legs i want"."""
        self._end_doubt()
        self._paused = self._kept is False

    def settle(self) -> None:
        """End a thought: what no verb was said of is as in the thought before, else added."""
        fallback = self._kept if self._kept is not None else self._before
        self._choose(kept=True if fallback is None else fallback)
        self._before = self._kept if self._kept is not None else self._before
        self._kept = None
        self._denied = _LONG_AGO
        self._end_doubt()

    def _deny(self, end: int) -> None:
        self._choose(kept=False)
        self._kept = False
        self._denied = end
        self._end_doubt()

    def _want(self, *, behind: bool) -> None:
        if behind:
            self._flip(self._doubtful)
        self._kept = True
        self._end_doubt()

    def _flip(self, places: list[int]) -> None:
        for place in places:
            self.chosen[place] = (self.chosen[place][0], True)

    def _end_doubt(self) -> None:
        self._paused = self._left_as_is = False
        self._doubtful.clear()

    def _choose(self, *, kept: bool) -> None:
        self.chosen += [(value, kept) for value in self._waiting]
        self._waiting.clear()
