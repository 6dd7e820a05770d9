"""Denials in a message: which of its words are denied, and the message without the signs that it denies."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from typing import Final

from coach.parsing.vocabulary import SafetyWords

STOP: Final = "."  # any punctuation between words
_REACH: Final = 2  # words behind a denial that it denies: "no swelling", "not very swollen"
_REACH_OF_A_JOIN: Final = 1  # and behind an "or" that goes on with it
_LISTED: Final = 2  # words, at most, between the commas of a list: "no swelling, real heat or redness"


def denied_places(tokens: Sequence[str], commas: Collection[int], words: SafetyWords) -> frozenset[int]:
    """Return the places of the words that are denied: behind "no" or "not", and behind the "or" that goes on with it.

    `commas` are the places of stops that are a comma. A turn of the sentence ends a denial: "no redness but swollen".
    """
    found: set[int] = set()
    left = 0
    for place, token in enumerate(tokens):
        if token == STOP or token in words.turns:
            left = 0
        elif token in words.denials:
            left = _REACH
        elif token in words.joins:
            if place - 1 in found or _list_goes_on(tokens, place, commas, found):
                found.add(place)
                left = _REACH_OF_A_JOIN
        elif left:
            found.add(place)
            left -= token not in words.fillers
    return frozenset(found)


def _list_goes_on(tokens: Sequence[str], join: int, commas: Collection[int], found: set[int]) -> bool:
    """Say whether an "or" ends a list that begins denied, and note its words: "no swelling, heat or redness"."""
    listed: list[int] = []
    place, last = join - 1, join
    while place > 0:
        if place not in commas:
            if tokens[place] == STOP or last - place > _LISTED:
                return False
            listed.append(place)
        elif place - 1 in found:
            found.update(listed)
            return bool(listed)
        else:
            last = place
        place -= 1
    return False


def blanked(text: str, spans: Sequence[tuple[int, int]], places: Set[int]) -> str:
    """Return a text in which the words at these places are spaces: what is left stands where it stood."""
    letters = list(text)
    for place in places:
        start, end = spans[place]
        letters[start:end] = " " * (end - start)
    return "".join(letters)
